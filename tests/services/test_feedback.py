"""What people said afterwards: how it comes in, whose it is, what it adds up to, and how it is taken back."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from ipweek.domain.errors import NotFoundError
from ipweek.domain.import_report import ImportReport
from ipweek.domain.words import EventStatus, ImportKind
from ipweek.services.checkin import CheckIn
from ipweek.services.feedback import Feedback
from ipweek.services.reports import Reports
from ipweek.storage.tables.feedback import FeedbackAnswer
from ipweek.storage.tables.programme import Event
from tests.desk import EVENT, Desk, refusal

FORM = Path(__file__).parent.parent / "data" / "feedback-form.xlsx"
HEADER = (
    "序号,提交答卷时间,1、手机号码,2、场次,3、总体满意度（1-5分）,4、对专利导航成果的评价（1-5分）"
    ",5、讲师评分（1-5分）,6、意见建议"
)


@pytest.fixture
def feedback(desk: Desk) -> Feedback:
    """The service at a desk with an event, two sessions, and people who came."""
    desk.add("session", "exchange", name_zh="企业交流会")
    desk.add("session", "release", name_zh="成果发布会")
    door = CheckIn(desk.uow, desk.clock).door(EVENT)
    for name, phone in (("李雷", "19900001000"), ("韩梅", "19900001003"), ("单杰", "")):
        row = desk.register(name, phone, "样例光电有限公司")
        CheckIn(desk.uow, desk.clock).mark_present(desk.actor, door, row.id)
    return Feedback(desk.uow, desk.clock)


def form(folder: Path, *rows: str, header: str = HEADER) -> Path:
    """A form's export as CSV."""
    path = folder / "form.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8-sig")
    return path


def brought(desk: Desk, path: Path, **named: Any) -> ImportReport:
    """Import a form of the event."""
    return desk.imports.run(desk.actor, ImportKind.FEEDBACK, path, EVENT, **named)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    """Added, updated, unchanged, refused."""
    return report.added, report.updated, report.unchanged, report.refused


def told(report: ImportReport) -> list[tuple[int, str, str, str]]:
    """Row, column, value and code of each problem."""
    return [(one.row, one.column, one.value, one.code) for one in report.problems]


def test_the_sample_comes_in_once(desk: Desk, feedback: Feedback) -> None:
    """40 answers, two of known people; again all are unchanged, whether or not the event is closed by then."""
    report = brought(desk, FORM)
    assert counts(report) == (40, 0, 0, 0)
    assert [
        (one.row, one.code, dict(one.params)) for one in report.problems if one.column == "1、手机号码"
    ] == [(4, "answerer-unknown", {"count": 32})]
    with desk.uow.write() as session:
        session.execute(update(Event).values(status=EventStatus.CLOSED))
    assert counts(brought(desk, FORM)) == (0, 0, 40, 0)
    found, answered = feedback.counts(EVENT)
    assert (found.answers, found.anonymous, found.respondents, found.comments) == (40, 38, 40, 23)
    assert (found.satisfaction.n, found.satisfaction.mean) == (40, Decimal("4.53"))
    assert {question: scores.n for question, scores in found.ratings.items()} == {"对专利导航成果的评价": 40}
    assert answered is not None
    assert (answered.numerator, answered.denominator) == (40, 3)
    first = feedback.show(EVENT, "1")
    assert (first.name, first.phone, first.enterprise) == ("李雷", "199****1000", "样例光电有限公司")
    assert (first.session_code, first.satisfaction, first.comment) == ("exchange", 4, "希望多讲海外维权")


def test_rated_questions_are_kept_under_their_headers(desk: Desk, feedback: Feedback, tmp_path: Path) -> None:
    """Numbers with 分 and words are scores; what asks for none is left out, and told."""
    path = form(
        tmp_path,
        "1,2019/4/26 9:01:00,19900001000,企业交流会,5分,满意,3,",
        "2,2019/4/26 9:02:00,19900001000,成果发布会,非常不满意,,5（很好）,好",
        "3,2019/4/26 9:03:00,,不知道的场次,,４,,",
        "4,2019/4/26 9:04:00,,,,,,",
        header=HEADER + ",7、是否用餐",
    )
    report = brought(desk, path)
    assert (report.added, report.unmapped) == (3, ("7、是否用餐",))
    assert told(report) == [
        (4, "2、场次", "不知道的场次", "session-unknown"),
        (5, "3、总体满意度（1-5分）", "", "answer-empty"),
    ]
    found, answered = feedback.counts(EVENT)
    assert dict(found.satisfaction.by_score) == {1: 1, 5: 1}
    assert {name: dict(scores.by_score) for name, scores in found.ratings.items()} == {
        "对专利导航成果的评价": {4: 2},
        "讲师评分": {3: 1, 5: 1},
    }
    assert (found.answers, found.respondents, found.anonymous) == (3, 2, 1)
    assert answered is not None
    assert answered.value == Decimal("0.6667")
    assert [line.session("zh") for line in feedback.page(EVENT)] == [
        "企业交流会",
        "成果发布会",
        "不知道的场次",
    ]
    assert [(one.code, one.answers) for one in found.sessions] == [("exchange", 1), ("release", 1)]


def test_scores_outside_one_to_five_refuse_the_file(desk: Desk, feedback: Feedback, tmp_path: Path) -> None:
    """Each with row, column and value; nothing is stored unless the good rows are asked for."""
    path = form(
        tmp_path,
        "1,,,,0,5,5,",
        "2,,,,6,5,5,",
        "3,,,,5,4.5,不好说,",
        "4,,138****5678,,5,5,5,",
        "5,,,,5,5,5,好",
    )
    report = brought(desk, path)
    satisfied, results, lecturer, phone = (header.strip() for header in
        ("3、总体满意度（1-5分）", "4、对专利导航成果的评价（1-5分）", "5、讲师评分（1-5分）", "1、手机号码"))  # fmt: skip
    assert sorted(told(report)) == [
        (2, satisfied, "0", "score-outside"),
        (3, satisfied, "6", "score-outside"),
        (4, results, "4.5", "score-outside"),
        (4, lecturer, "不好说", "score-outside"),
        (5, phone, "138****5678", "masked-value"),
    ]
    assert (report.batch, feedback.counts(EVENT)[0].answers) == (None, 0)
    assert counts(brought(desk, path, dry_run=True))[3] == 4
    assert feedback.counts(EVENT)[0].answers == 0
    assert counts(brought(desk, path, partial=True)) == (1, 0, 0, 4)


def test_answers_without_a_number_are_known_by_what_they_say(
    desk: Desk, feedback: Feedback, tmp_path: Path
) -> None:
    """Two who say the same are two; in another order, again, they are the same two."""
    header, rows = "满意度,意见", ("5,好", "4,", "5,好")
    assert counts(brought(desk, form(tmp_path, *rows, header=header))) == (3, 0, 0, 0)
    assert counts(brought(desk, form(tmp_path, *reversed(rows), header=header))) == (0, 0, 3, 0)
    assert feedback.counts(EVENT)[0].answers == 3


def test_two_forms_number_alike(desk: Desk, feedback: Feedback, tmp_path: Path) -> None:
    """Number 1 of another form, sent at another time, is another answer; the same one corrected is updated."""
    brought(desk, form(tmp_path, "1,2019/4/26 9:01:00,,,5,5,5,"))
    assert counts(brought(desk, form(tmp_path, "1,2019/4/26 10:00:00,,,4,5,5,"))) == (1, 0, 0, 0)
    report = brought(desk, form(tmp_path, "1,2019/4/26 9:01:00,19900001000,,3,5,5,改"))
    assert counts(report) == (0, 1, 0, 0)
    assert {change.field for change in report.changes[0].fields} == {"phone", "satisfaction", "comment"}
    assert feedback.counts(EVENT)[0].satisfaction.mean == Decimal("3.50")


def test_a_phone_of_several_is_nobodys(desk: Desk, feedback: Feedback, tmp_path: Path) -> None:
    """A name or a registration tells who of them; else the answer is anonymous, with a warning."""
    desk.register("李明", "19900001000")
    report = brought(desk, form(tmp_path, "1,,19900001000,,5,5,5,"))
    assert told(report) == [(2, "1、手机号码", "+8619900001000", "answerer-unclear")]
    assert feedback.show(EVENT, "1").name is None


def test_an_import_is_taken_back_whole(desk: Desk, feedback: Feedback, tmp_path: Path) -> None:
    """What it added goes, what it changed is as before, scores of further questions too."""
    brought(desk, form(tmp_path, "1,,19900001000,企业交流会,5,5,5,好"))
    before = feedback.page(EVENT)
    report = brought(desk, form(tmp_path, "1,,19900001003,成果发布会,2,1,,", "2,,,,1,1,1,"))
    assert counts(report) == (1, 1, 0, 0)
    desk.imports.undo(desk.actor, report.batch)
    assert feedback.page(EVENT) == before
    with desk.uow.read() as session:
        assert session.scalar(select(func.count()).select_from(FeedbackAnswer)) == 1


def test_the_summary_says_it(desk: Desk, feedback: Feedback) -> None:
    """An event's summary and its week's have mean, n and the response rate with its two counts."""
    reports = Reports(desk.uow, desk.clock)
    assert reports.event(EVENT).feedback.answers == 0
    brought(desk, FORM)
    for summary in (reports.event(EVENT), reports.week("huizhou-2019")):
        assert (summary.feedback.satisfaction.mean, summary.feedback.answers) == (Decimal("4.53"), 40)
        assert summary.answered is not None
        assert (summary.answered.numerator, summary.answered.denominator) == (40, 3)


def test_an_unknown_answer_is_missing(desk: Desk, feedback: Feedback) -> None:
    """By the number that was asked for."""
    assert refusal(NotFoundError, "answer-missing", feedback.show, EVENT, "99")["answer"] == "99"
    assert feedback.page(EVENT) == ()
