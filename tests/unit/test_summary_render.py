"""Summaries as Rich, Markdown and JSON, in both languages, with names that would break each."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from rich.cells import cell_len
from rich.console import Console

from ipweek.domain.figures import Named, Rate, SourceRef, Words
from ipweek.domain.indicators import Reading, progress
from ipweek.domain.reach import Reach, ReachRow
from ipweek.domain.report_counts import (
    Arrivals,
    AttendanceCounts,
    EnterpriseCounts,
    EnterpriseGroup,
    RegistrationCounts,
)
from ipweek.domain.reports import (
    EventHeader,
    EventLine,
    EventSummary,
    IndicatorSummary,
    LevelFigure,
    Place,
    ReachCounts,
    ResultHeader,
    ResultSummary,
    SessionSummary,
    Stated,
    WeekHeader,
    WeekSummary,
    WeekTotals,
)
from ipweek.domain.shares import ShareCheck
from ipweek.domain.starts import Start
from ipweek.domain.words import (
    Comparator,
    CountUnit,
    EventKind,
    EventStatus,
    Level,
    LinkRole,
    Membership,
    Provenance,
    ReachState,
    ResultStatus,
    StatementKind,
)
from ipweek.i18n import speaking
from ipweek.render import reach_json, reach_terminal, summary_json, summary_markdown, summary_terminal, words
from ipweek.render.summary_layout import ChartKind
from ipweek.render.summary_sections import of_summary

DAY = date(2019, 4, 25)
HOSTILE = "[/]=1|2`<script>*x*\x1b[31m\u202e"
SOURCE = SourceRef(Named("page", None, "A page"), date(2019, 4, 26), None)


def reading(value: str, comparator: Comparator = Comparator.EQUAL, read_as: str | None = None) -> Reading:
    """A stated value of 2019."""
    return Reading(Decimal(value), comparator, "2019", read_as, None, Provenance.STATED)


def figure(level: Level, count: int, provenance: Provenance, low: int | None = None) -> LevelFigure:
    """A count; a derived one with bounds."""
    formula = "285 / 6 %" if low else None
    high = 5181 if low else None
    rest = (CountUnit.APPLICATION, None, None, None, None, formula, SOURCE)
    return LevelFigure(level, None, provenance, count, low, high, Comparator.EQUAL, *rest)


WEEK = WeekHeader(
    Named("huizhou-2019", "2019年惠州市知识产权宣传周", "IP Week Huizhou 2019"),
    Words("惠州", "Huizhou"),
    2019,
    "Asia/Shanghai",
    None,
    None,
    Words("严格知识产权保护,营造一流营商环境", "Strengthening intellectual property protection"),
    synthetic=False,
)
HEADER = EventHeader(
    event=Named("release-2019", "三大重点产业专利导航成果发布会", "Results release conference"),
    week="huizhou-2019",
    kind=EventKind.RELEASE,
    status=EventStatus.OPEN,
    membership=Membership.STATED,
    start=Start(DAY),
    end=None,
    venue=None,
    host=None,
    organizer="惠州市",
    co_organizer=None,
    capacity=None,
    synthetic=False,
)
REGISTRATIONS = RegistrationCounts(120, 4, 3, 1, 5, 2)
ATTENDANCE = AttendanceCounts(110, 80, 4, 1, 5, 5, 87, 3, None)
ENTERPRISES = EnterpriseCounts(
    40,
    32,
    by_industry=(
        EnterpriseGroup(Named("li-ion", "软包锂离子电池", "Soft-pack"), 18, 14),
        EnterpriseGroup(None, 22, 18),
    ),
    by_district=(EnterpriseGroup(Named("惠城"), 30, 25), EnterpriseGroup(None, 10, 7)),
    by_label=(EnterpriseGroup(Named("high_tech"), 12, 11),),
)
LI_ION = ResultSummary(
    ResultHeader(
        Named("li-ion-2019", "软包锂离子电池产业专利导航成果", "Soft-pack lithium-ion batteries"),
        Named("li-ion", "软包锂离子电池", None),
        1,
        ResultStatus.RELEASED,
        DAY,
        None,
    ),
    (Place("event", HEADER.event, LinkRole.RELEASED),),
    (
        figure(Level.PROVINCE, 4750, Provenance.DERIVED, 4385),
        figure(Level.CITY, 285, Provenance.STATED),
    ),
    ShareCheck(Decimal(6), None, None),
    ReachCounts(14, 2, 2),
)
QLED = replace(
    LI_ION,
    header=replace(LI_ION.header, result=Named("qled-2019", "QLED显示技术", None)),
    figures=(),
    share=None,
    reach=None,
)
STOCK = IndicatorSummary(
    Named("inventions-per-10k", "每万人口发明专利拥有量", "Invention patents per 10,000 people"),
    "per 10,000",
    reading("12.99", read_as="2018"),
    reading("14", Comparator.AT_LEAST),
    None,
    progress(reading("12.99"), reading("14", Comparator.AT_LEAST)),
    (SOURCE,),
)
CERTIFIED = IndicatorSummary(
    Named("certified-enterprises", None, "Newly certified enterprises"),
    None,
    None,
    reading("45", Comparator.MORE),
    None,
    progress(None, reading("45", Comparator.MORE)),
    (),
)
HEG = Stated(
    "heg",
    StatementKind.ATTENDEE,
    Named("heg", None, "Huizhou HEG Technology Co., Ltd"),
    Words(None, "HEG attended."),
    Words(None, None),
    None,
    None,
    None,
    None,
    None,
    SOURCE,
)
SESSIONS = (
    SessionSummary(
        Named("talk", "成果发布", "Release"),
        EventKind.RELEASE,
        EventStatus.OPEN,
        Start(DAY, time(14)),
        None,
        None,
        has_door=True,
        enrolled=90,
        attended=80,
        capacity=100,
        synthetic=True,
    ),
    SessionSummary(
        Named("cases", None, "Typical case analysis"),
        EventKind.CASE_ANALYSIS,
        EventStatus.CANCELLED,
        None,
        None,
        None,
        has_door=False,
        enrolled=0,
        attended=None,
        capacity=None,
        synthetic=False,
    ),
)
ARRIVALS = (Arrivals(datetime(2019, 4, 25, 4, tzinfo=UTC), 87),)
EVENT = EventSummary(
    WEEK,
    HEADER,
    REGISTRATIONS,
    ATTENDANCE,
    ENTERPRISES,
    SESSIONS,
    (LI_ION, QLED),
    (STOCK, CERTIFIED),
    (HEG,),
    ARRIVALS,
    synthetic=True,
)
LINE = EventLine(HEADER, REGISTRATIONS, ATTENDANCE, EnterpriseCounts(40, 32), 2, 3, ARRIVALS)
UNDATED = replace(
    LINE,
    header=replace(
        HEADER, event=Named("exchange", "企业交流会", None), start=None, membership=Membership.NOT_STATED
    ),
    registrations=RegistrationCounts(0, 0, 0, 0, 0, 0),
    attendance=None,
    enterprises=EnterpriseCounts(0, None),
)
THE_WEEK = WeekSummary(
    WEEK,
    (LINE, UNDATED),
    (LI_ION, QLED),
    (STOCK, CERTIFIED),
    WeekTotals(2, 2, REGISTRATIONS, 80, 87, Rate(80, 110), ENTERPRISES),
    (HEG,),
    synthetic=False,
)
UNKNOWN = replace(
    EVENT,
    registrations=RegistrationCounts(0, 0, 0, 0, 0, 0),
    attendance=None,
    enterprises=EnterpriseCounts(0, None),
    sessions=(),
    arrivals=(),
    synthetic=False,
)


def plain(renderable: object, width: int) -> list[str]:
    """Its lines without styles."""
    console = Console(file=io.StringIO(), width=width, color_system=None)
    with console.capture() as capture:
        console.print(renderable)
    return capture.get().splitlines()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("summary", [EVENT, THE_WEEK, UNKNOWN], ids=["event", "week", "unknown"])
def test_terminal_fits_its_width(summary, width, language):
    """No line is wider than the screen in cells, and no figure is cut."""
    with speaking(language):
        lines = plain(summary_terminal.terminal(summary, width), width)
    assert max(cell_len(line) for line in lines) <= width
    text = "\n".join(lines)
    assert "…" not in text
    assert "12.99" in text
    assert "92.79 %" in text
    assert "4,385–5,181" in text.replace("\n", " ")


@pytest.mark.parametrize("width", [80, 120])
def test_terminal_aligns_chinese_by_cells(width):
    """The figures of a column end in one cell, whatever script stands before them."""
    named = replace(STOCK, indicator=Named("long", "量子点 QLED 显示", None))
    with speaking("zh"):
        shown = plain(
            summary_terminal.terminal(replace(EVENT, indicators=(STOCK, CERTIFIED, named)), width), width
        )
    ends = {cell_len(line[: line.index(" 12.99") + 6]) for line in shown if " 12.99" in line}
    ends |= {
        cell_len(line[: line.index("not stated") + 10])
        for line in shown
        if "Newly certified enterprises  n" in line
    }
    assert len(ends) == 1
    assert sum(" 12.99" in line for line in shown) == 2


@pytest.mark.parametrize(
    "show", [lambda s: "\n".join(plain(summary_terminal.terminal(s, 120), 120)), summary_markdown.markdown]
)
def test_rates_show_both_counts(show):
    """Attendance, session fill and reach print numerator and denominator."""
    text = show(EVENT)
    for rate in ("72.7 % (80 of 110)", "80.0 % (80 of 100)", "77.8 % (14 of 18)", "100.0 % (5 of 5)"):
        assert rate in text
    assert "72.7 % (80 of 110)" in show(THE_WEEK)


@pytest.mark.parametrize(
    "show", [lambda s: "\n".join(plain(summary_terminal.terminal(s, 120), 120)), summary_markdown.markdown]
)
def test_what_is_not_known_is_not_zero(show):
    """Hour, venue, QLED counts, attendance and the certified enterprises say so in words."""
    text = show(UNKNOWN)
    assert "time not stated" in text
    assert "attendance is not known" in text
    assert "no data" in text
    assert "0 %" not in text.replace("10,000", "").replace("100 %", "")
    certified = next(line for line in text.splitlines() if "Newly certified" in line)
    assert "not stated" in certified
    assert "45" in certified


def test_arrivals_of_several_days_say_the_day():
    """The first quarter of each day has its date, once there is more than one."""
    days = [datetime(2019, 4, day, hour, tzinfo=UTC) for day, hour in ((25, 1), (25, 2), (26, 1))]
    for held, told in ((days, ["04-25 09:00", "10:00", "04-26 09:00"]), (days[:2], ["09:00", "10:00"])):
        lasting = replace(EVENT, arrivals=tuple(Arrivals(at, 9) for at in held))
        drawn = [chart for section in of_summary(lasting) for chart in section.charts]
        labels = [[row.label for row in chart.rows] for chart in drawn if chart.kind is ChartKind.COLUMNS]
        assert labels == [told]


def test_synthetic_is_a_line_of_its_own():
    """Visible in both forms, and absent where nothing is made up."""
    assert any(line.startswith("SYNTHETIC") for line in plain(summary_terminal.terminal(EVENT, 80), 80))
    assert "SYNTHETIC" in summary_markdown.markdown(EVENT)
    assert "SYNTHETIC" not in summary_markdown.markdown(UNKNOWN)


def test_stated_attendees_are_shown_apart():
    """HEG stands under a title that says it is counted in nothing."""
    text = summary_markdown.markdown(EVENT)
    assert "counted in no figure" in text
    assert text.index("counted in no figure") < text.index("Huizhou HEG Technology")


def test_names_in_the_language_with_the_other_to_fall_back_on():
    """Chinese names on a Chinese page; one that has no Chinese name keeps its English one."""
    with speaking("zh"):
        text = summary_markdown.markdown(EVENT)
        assert summary_json.json_of(EVENT)["event"]["name"] == "三大重点产业专利导航成果发布会"
    assert "# 三大重点产业专利导航成果发布会" in text
    assert "Newly certified enterprises" in text
    assert "QLED显示技术" in summary_markdown.markdown(EVENT)


def hostile() -> EventSummary:
    """An event whose texts are markup in every language there is."""
    named = Named("release-2019", HOSTILE, HOSTILE)
    return replace(
        EVENT,
        header=replace(HEADER, event=named, host=HOSTILE),
        sessions=(replace(SESSIONS[0], session=named),),
    )


def test_hostile_names_stay_text_in_the_terminal():
    """Neither Rich markup nor an escape sequence nor a bidi override gets through."""
    text = "\n".join(plain(summary_terminal.terminal(hostile(), 120), 120))
    assert "[/]=1|2`<script>*x*[31m" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_hostile_names_stay_text_in_markdown():
    """No HTML, no table cell more, no emphasis, no link."""
    text = summary_markdown.markdown(hostile())
    assert "<script>" not in text
    assert r"\[/\]=1\|2\`&lt;script&gt;\*x\*\[31m" in text
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert all(line.replace(r"\|", "").count("|") >= 3 for line in rows)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# a", r"\# a"),
        ("- a", r"\- a"),
        ("1. a", r"1\. a"),
        ("+ a", r"\+ a"),
        ("---", r"\---"),
        ("12.99", "12.99"),
        ("2019-04-25", "2019-04-25"),
        ("> a", "&gt; a"),
        ("a_b_c", r"a\_b\_c"),
    ],
)
def test_markdown_escapes_the_start_of_a_line(text, shown):
    """What would begin a block is escaped; plain figures stay readable."""
    assert summary_markdown.escaped(text) == shown


def test_json_has_the_documented_shape():
    """The keys of the command line's page, rates with their counts, nothing that `json` refuses."""
    found = json.loads(json.dumps(summary_json.json_of(EVENT)))
    assert {"event", "registrations", "attendance", "enterprises", "sessions", "results"} <= set(found)
    assert {"cases", "demands", "feedback", "indicators"} <= set(found)
    assert found["registrations"].items() >= {"registered": 120, "waiting": 4, "cancelled": 3}.items()
    assert found["registrations"].items() >= {"walk_in": 5, "substitute": 2}.items()
    assert found["attendance"]["rate"] == {"value": 0.7273, "numerator": 80, "denominator": 110}
    assert found["attendance"].items() >= {"attended": 87, "absent": 30, "on_leave": 4, "late": None}.items()
    assert found["enterprises"]["by_industry"][1] == {
        "code": None,
        "name": None,
        "registered": 22,
        "attended": 18,
    }
    assert (found["cases"], found["demands"]["total"], found["feedback"]) == ([], 0, None)
    result = found["results"][0]
    assert (result["code"], result["released"]) == ("li-ion-2019", "2019-04-25")
    assert result["reach"].items() >= {"heard": 14, "registered_only": 2, "missed": 2}.items()
    stock, certified = found["indicators"]
    assert stock.items() >= {"actual": 12.99, "target": 14, "comparator": ">=", "gap": 1.01}.items()
    assert stock.items() >= {"attainment": 0.9279, "provenance": "stated", "growth_needed": 0.0778}.items()
    assert certified.items() >= {"actual": None, "target": 45, "comparator": ">"}.items()
    assert certified.items() >= {"gap": None, "attainment": None}.items()


def test_json_of_the_unknown_is_null():
    """Attendance, its rate and the reach are null, never 0."""
    found = summary_json.json_of(UNKNOWN)
    assert found["attendance"]["attended"] is None
    assert found["attendance"]["rate"] == {"value": None, "numerator": None, "denominator": None}
    assert found["enterprises"]["attended"] is None
    assert found["results"][1]["reach"]["heard"] is None


def test_json_of_a_week():
    """Events in order with their counts; people and attendances are two figures."""
    found = json.loads(json.dumps(summary_json.json_of(THE_WEEK)))
    assert [event["code"] for event in found["events"]] == ["release-2019", "exchange"]
    assert (found["totals"]["unique_people"], found["totals"]["attendances"]) == (80, 87)
    assert found["events"][1]["attendance"]["attended"] is None
    assert found["events"][0]["start"] == {"day": "2019-04-25", "time": None}


REACH = Reach(
    LI_ION.header,
    LI_ION.places[0],
    known=True,
    heard=(ReachRow(Named("a", "样例甲有限公司"), "惠城", 2, synthetic=True, state=ReachState.HEARD),),
    registered_only=(),
    missed=(ReachRow(Named("b", "[/]"), None, 0, synthetic=True, state=ReachState.MISSED),),
)


def test_reach_row_by_row():
    """The three lists with their sizes, in the terminal and as JSON."""
    text = "\n".join(plain(reach_terminal.terminal(REACH, 80), 80))
    assert "50.0 % (1 of 2)" in text
    assert "样例甲有限公司" in text
    assert "[/]" in text
    found = reach_json.reach_json(REACH)
    assert [row["code"] for row in found["heard"]] == ["a"]
    assert (found["registered_only"], found["missed"][0]["district"]) == ([], None)


def test_reach_that_is_not_known():
    """Null lists and a sentence, for a result released nowhere or where nobody is registered."""
    nobody = replace(REACH, known=False, heard=(), missed=())
    assert "not known" in "\n".join(plain(reach_terminal.terminal(nobody, 80), 80))
    assert reach_json.reach_json(nobody)["missed"] is None
    nowhere = replace(nobody, place=None)
    assert "No event or session" in "\n".join(plain(reach_terminal.terminal(nowhere, 80), 80))


def test_every_word_of_a_vocabulary_has_a_display_word():
    """A code added to a vocabulary does not reach a reader raw."""
    from enum import StrEnum

    from ipweek.domain import duplicates
    from ipweek.domain import words as vocabularies
    from ipweek.render.vocabularies import WORDS

    found = [
        kind
        for module in (vocabularies, duplicates)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, StrEnum)
    ]
    shown = {kind: WORDS.get(kind, {}) for kind in found if kind not in (StrEnum, Comparator)}
    assert {kind.__name__: set(map(str, kind)) - set(shown[kind]) for kind in shown} == {
        kind.__name__: set() for kind in shown
    }
    assert {words.sign(comparator) for comparator in Comparator} == {"", "> ", "≥ ", "≈ ", "< ", "≤ "}
