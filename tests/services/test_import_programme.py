"""Importing a programme: what a sheet says once holds for the rows below; twice is once; every error at once."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from ipweek.domain.errors import NotFoundError
from ipweek.domain.import_report import ImportReport
from ipweek.i18n import choose
from ipweek.jobs.schedule import ScheduleJobs
from ipweek.services.programme import Programme
from tests.desk import EVENT, Desk, refusal

WEEK = "huizhou-2019"
HEADER = ("日期", "时间", "活动名称", "议题", "地点", "主讲人", "主持人", "类型", "规模")
ROWS = (
    (
        "4月24日（星期三）",
        "9:30-11:30",
        "专利导航成果发布会",
        "",
        "惠州会展中心",
        "",
        "",
        "成果发布",
        "200人",
    ),
    (
        "",
        "上午9:30",
        "",
        "开幕致辞",
        "惠州会展中心",
        "王局长（市市场监管局，局长）、李总",
        "张三",
        "仪式",
        "",
    ),
    ("", "10：00—10：45", "", "软包锂电成果发布", "一号厅", "李四", "张三", "成果发布", ""),
    ("", "10:45-11:30", "", "QLED成果发布", "惠州会展中心 二号厅", "李四、王五", "张三", "成果发布", ""),
    ("4月26日", "", "", "", "", "", "", "", ""),
    ("", "下午2:00-3:30", "企业交流会", "锂电专场", "惠州宾馆", "", "", "交流", "50"),
)

Import = Callable[..., ImportReport]


@pytest.fixture
def imported(desk: Desk, tmp_path: Path) -> Import:
    """Import rows of cells, as a CSV file."""

    def run(header: Sequence[str], *rows: Sequence[str], **more) -> ImportReport:
        path = tmp_path / "programme.csv"
        lines = (",".join(f'"{cell}"' for cell in row) for row in (header, *rows))
        path.write_text("\n".join(lines), "utf-8")
        return desk.imports.programme(desk.actor, path, **({"week": WEEK} | more))

    return run


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    """Added, updated, unchanged, refused."""
    return report.added, report.updated, report.unchanged, report.refused


def session_named(desk: Desk, name: str) -> dict:
    """The values of the session of that Chinese name."""
    return next(dict(row.values) for row in desk.records.list("session") if row.values["name_zh"] == name)


def test_a_sheet_becomes_a_programme(desk: Desk, imported: Import) -> None:
    """Events, sessions, halves of days, full-width hours, a venue and its rooms, people with their titles."""
    report = imported(HEADER, *ROWS)
    assert counts(report) == (5, 0, 0, 0)
    assert report.rows == 5, "a row that is only a day is a heading"
    opening = session_named(desk, "开幕致辞")
    assert (str(opening["start"]), opening["end"], opening["kind"], opening["room"]) == (
        "2019-04-24 09:30",
        None,
        "ceremony",
        None,
    )
    assert opening["speakers"] == ("wangjuzhang", "lizong")
    assert desk.records.show("speaker", "wangjuzhang").values["title"] == "市市场监管局，局长"
    lithium, qled = session_named(desk, "软包锂电成果发布"), session_named(desk, "QLED成果发布")
    assert (str(lithium["start"]), str(lithium["end"])) == ("2019-04-24 10:00", "2019-04-24 10:45")
    rooms = {row.code: row.values for row in desk.records.list("room")}
    assert {rooms[one["room"]]["name_zh"] for one in (lithium, qled)} == {"一号厅", "二号厅"}
    assert {room["venue"] for room in rooms.values()} == {qled["room"].removesuffix("-erhaoting")}
    event = desk.records.show("event", lithium["event"]).values
    assert (str(event["start"]), str(event["end"]), event["capacity"]) == (
        "2019-04-24 09:30",
        "2019-04-24 11:30",
        200,
    )
    exchange = session_named(desk, "锂电专场")
    implied = desk.records.show("event", exchange["event"]).values
    assert (implied["name_zh"], str(implied["start"]), str(exchange["start"]), exchange["capacity"]) == (
        "企业交流会",
        "2019-04-26",
        "2019-04-26 14:00",
        50,
    )


def test_twice_is_once(desk: Desk, imported: Import) -> None:
    """The same file again changes nothing; a changed hour changes that session, and its calendar number."""
    imported(HEADER, *ROWS)
    before = {kind: desk.records.list(kind) for kind in ("event", "session", "venue", "room", "speaker")}
    assert counts(imported(HEADER, *ROWS)) == (0, 0, 5, 0)
    assert {kind: desk.records.list(kind) for kind in before} == before
    moved = ("", "10:15-10:45", *ROWS[2][2:])
    assert counts(imported(HEADER, *ROWS[:2], moved, *ROWS[3:])) == (0, 1, 4, 0)
    assert str(session_named(desk, "软包锂电成果发布")["start"]) == "2019-04-24 10:15"
    slots = Programme(desk.uow, desk.clock).timetable(WEEK).slots
    assert {slot.name_zh: slot.sequence for slot in slots}["软包锂电成果发布"] == 1


def test_an_empty_cell_changes_nothing(desk: Desk, imported: Import) -> None:
    """What is known stays where a sheet does not say it: the hour too."""
    desk.add(
        "session", "talk", name_zh="报告", start="2019-04-25 09:30", end="2019-04-25 10:00", capacity="80"
    )
    report = imported(("活动", "议题", "日期", "备注"), ("Conference", "报告", "2019-04-25", "请提前入场"))
    assert counts(report) == (0, 1, 0, 0)
    values = desk.records.show("session", "talk").values
    assert (str(values["start"]), str(values["end"]), values["capacity"]) == (
        "2019-04-25 09:30",
        "2019-04-25 10:00",
        80,
    )


def test_breaks_of_one_name(desk: Desk, imported: Import) -> None:
    """Sessions of one name in an event are told apart by when they are."""
    header = ("日期", "时间", "议题")
    rows = (("2019-04-25", "10:00", "茶歇"), ("", "15:00", "茶歇"))
    assert counts(imported(header, *rows, week=None, event=EVENT)) == (2, 0, 0, 0)
    assert counts(imported(header, *rows, week=None, event=EVENT)) == (0, 0, 2, 0)
    later = (rows[0], ("", "15:30", "茶歇"))
    assert counts(imported(header, *later, week=None, event=EVENT)) == (0, 1, 1, 0)
    starts = sorted(str(row.values["start"]) for row in desk.records.list("session", EVENT))
    assert starts == ["2019-04-25 10:00", "2019-04-25 15:30"]


def test_every_error_at_once_and_nothing_stored(desk: Desk, imported: Import) -> None:
    """Each with its row, column and value; formulas, hours that are none, ends before starts, codes of others."""
    desk.add("week", "other-2019")
    desk.add("event", "elsewhere", week="other-2019")
    header = ("代码", "活动", "议题", "日期", "时间", "结束", "规模", "主讲人", "类型")
    rows = (
        ("", "发布会", "=HYPERLINK(1)", "2019-04-25", "9:30", "", "", "", ""),
        ("", "", "乙", "2019-04-25", "25:00", "", "", "", ""),
        ("", "", "丙", "2019-04-25", "9:30", "8:30", "", "", ""),
        ("elsewhere", "", "丁", "2019-04-25", "9:30", "", "", "", ""),
        ("", "", "戊", "2019-04-25", "9:30", "", "很多", "张三;@SUM(1)", "派对"),
        ("", "", "己", "2019-02-30", "", "", "", "", ""),
        ("", "", "庚", "2019-04-25", "10:00", "", "", "李四", ""),
    )
    report = imported(header, *rows)
    told = [(found.row, found.column, found.value, found.code, found.severity) for found in report.problems]
    assert told == [
        (2, "议题", "=HYPERLINK(1)", "formula", "error"),
        (3, "时间", "25:00", "when-unreadable", "error"),
        (4, "结束", "2019-04-25 08:30", "ends-before-start", "error"),
        (5, "代码", "elsewhere", "code-taken", "error"),
        (6, "类型", "派对", "kind-of-event", "warning"),
        (6, "主讲人", "张三;@SUM(1)", "formula", "error"),
        (6, "规模", "很多", "number-invalid", "error"),
        (7, "日期", "2019-02-30", "when-unreadable", "error"),
    ]
    assert (report.written, counts(report)) == (False, (0, 0, 0, 6))
    assert desk.records.count("session") == desk.records.count("speaker") == 0
    assert desk.imports.batches() == ()
    good = imported(header, *rows, partial=True)
    assert counts(good) == (1, 0, 0, 6)
    assert [row.values["name_zh"] for row in desk.records.list("session")] == ["庚"]
    assert [row.code for row in desk.records.list("speaker")] == ["lisi"], "nothing of the refused rows stays"
    assert desk.audit.broken() == ()


def test_a_dry_run_tells_and_takes_all_back(desk: Desk, imported: Import) -> None:
    """The counts are those of the import; not a row stays."""
    assert counts(imported(HEADER, *ROWS, dry_run=True)) == (5, 0, 0, 0)
    assert [desk.records.count(kind) for kind in ("event", "session", "speaker", "venue")] == [1, 0, 0, 0]


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        (("", "", "09:00"), ["value-missing"]),
        (("", "甲", "09:00"), ["day-missing", "value-missing"]),
        (("发布会", "甲", "09:00"), ["day-missing"]),
    ],
)
def test_what_is_missing(imported: Import, cells: tuple[str, ...], codes: list[str]) -> None:
    """A row without a name, a session without an event, an hour without a day."""
    report = imported(("活动", "议题", "时间"), cells)
    assert [found.code for found in report.problems] == codes


def test_merged_cells_of_a_workbook(desk: Desk, tmp_path: Path) -> None:
    """A title above, days and venues merged down, hours as cells of time, a second sheet to choose."""
    path = tmp_path / "programme.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        book.add_worksheet("说明").write(0, 0, "填表说明")
        sheet = book.add_worksheet("日程")
        clock = book.add_format({"num_format": "hh:mm"})
        sheet.merge_range(0, 0, 0, 4, "知识产权宣传周日程")
        for column, name in enumerate(("日期", "开始", "会议名称", "场次", "会场")):
            sheet.write(1, column, name)
        sheet.merge_range(2, 0, 3, 0, "2019年4月24日")
        sheet.merge_range(2, 2, 3, 2, "发布会")
        sheet.merge_range(2, 4, 3, 4, "一号厅")
        for line, (at, name) in enumerate(((0.375, "甲"), (0.4375, "乙")), start=2):
            sheet.write_number(line, 1, at, clock)
            sheet.write(line, 3, name)
    report = desk.imports.programme(desk.actor, path, WEEK)
    assert (counts(report), report.sheet) == ((2, 0, 0, 0), "日程")
    found = [(str(row.values["start"]), row.values["room"]) for row in desk.records.list("session")]
    assert found == [("2019-04-24 09:00", "yihaoting-yihaoting"), ("2019-04-24 10:30", "yihaoting-yihaoting")]


@pytest.mark.parametrize("tongue", ["en", "zh"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_exported_is_read_again(
    desk: Desk, imported: Import, tmp_path: Path, tongue: str, form: str
) -> None:
    """In either language, row for row unchanged, names that begin like formulas written so that none runs."""
    imported(HEADER, *ROWS)
    desk.add("session", "evil", name_en="Evil", room="")
    try:
        choose(tongue)
        path = tmp_path / f"out.{form}"
        path.write_bytes(ScheduleJobs(Programme(desk.uow, desk.clock)).file(form, WEEK).content)
    finally:
        choose("en")
    report = desk.imports.programme(desk.actor, path, WEEK)
    assert counts(report) == (0, 0, 8, 0)


def test_a_week_that_is_not_there(desk: Desk, imported: Import) -> None:
    """Is told by its code."""
    assert (
        refusal(NotFoundError, "record-missing", imported, HEADER, *ROWS, week="w-1999")["code"] == "w-1999"
    )
