"""Two events that differ in nothing but what is withheld make the same public report, in every form."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import pytest

from ipweek.domain.comparison import Comparison
from ipweek.domain.disclosure import withheld
from ipweek.domain.errors import UsageError
from ipweek.domain.exchange import DemandCounts
from ipweek.domain.feedback import FeedbackCounts, Scores, SessionFeedback
from ipweek.domain.figure_list import figures_of
from ipweek.domain.figure_sums import relations_of
from ipweek.domain.figures import Named, Rate
from ipweek.domain.reconciliation import LOG_ENTRIES, compared, related, unreconciled
from ipweek.domain.report_counts import (
    Arrivals,
    AttendanceCounts,
    EnterpriseCounts,
    EnterpriseGroup,
    RegistrationCounts,
)
from ipweek.domain.report_notes import ReportNotes
from ipweek.domain.reports import EventLine, EventSummary, ReachCounts, Summary, WeekSummary, WeekTotals
from ipweek.domain.stays import StayCounts
from ipweek.domain.words import DemandCategory, DemandStatus
from ipweek.i18n import speaking
from ipweek.jobs.reports import BINARY, EVENT, WEEK, WRITERS, Report, ReportOrder, text
from ipweek.render.summary_layout import Document, Figure
from tests.unit import test_summary_render as samples

ORDER = ReportOrder(EVENT, "release-2019", public=True)
NINE = datetime(2019, 4, 25, 9, tzinfo=UTC)


def groups(*counts: tuple[str, int, int]) -> tuple[EnterpriseGroup, ...]:
    """As a service sorts them: large ones first."""
    found = (EnterpriseGroup(Named(code), registered, attended) for code, registered, attended in counts)
    return tuple(sorted(found, key=lambda group: (-group.registered, group.group.code)))


def scores(*given: int) -> Scores:
    """How often 1 to 5 were given."""
    return Scores(MappingProxyType({score: n for score, n in enumerate(given, 1) if n}))


def event(*, other: bool) -> EventSummary:
    """One event or the other: `either` are the numbers in which they differ, all of them withheld."""

    def either(one: Any, two: Any) -> Any:
        return two if other else one

    talk, _cases = samples.SESSIONS
    small = replace(
        talk,
        session=Named("small", None, "A small one"),
        enrolled=either(4, 3),
        attended=either(2, 1),
        capacity=50,
        stay=StayCounts(either(2, 1), either(3000, 900), either(1, 0)),
    )
    talk = replace(talk, stay=StayCounts(60, 60 * 3600, either(3, 4)))
    quarters = either((3, 108, 4), (4, 108, 3))
    demands = either((3, 2, 7, 0), (2, 0, 7, 3)), either((4, 2, 3, 3), (3, 3, 2, 4))
    categories = (
        DemandCategory.DISPUTE,
        DemandCategory.LAYOUT,
        DemandCategory.TALENT,
        DemandCategory.TRANSFER,
    )
    statuses = DemandStatus.NEW, DemandStatus.ACCEPTED, DemandStatus.MATCHED, DemandStatus.CLOSED
    made = replace(
        samples.EVENT,
        header=replace(samples.HEADER, start=talk.start),
        registrations=RegistrationCounts(120, either(3, 4), either(2, 1), either(0, 1), 6, either(1, 2)),
        attendance=AttendanceCounts(
            expected=110,
            expected_attended=either(107, 106),
            on_leave=either(2, 1),
            after_opening=either(2, 3),
            walk_in=6,
            walk_in_attended=5,
            attended=115,
            marked=either(4, 2),
            late=either(3, 2),
        ),
        enterprises=EnterpriseCounts(
            40,
            32,
            by_industry=groups(("led", 18, 14), ("qled", 22, 18), ("li", either(2, 3), either(1, 2))),
            by_district=groups(
                ("惠城", 30, 24),
                ("博罗", either(4, 3), either(4, 3)),
                ("惠东", either(3, 4), either(3, 2)),
                ("仲恺", 3, either(1, 3)),
            ),
            by_label=(
                *groups(("high_tech", 11, 9), ("little_giant", either(3, 4), either(1, 0))),
                EnterpriseGroup(None, 27, 24),
            ),
        ),
        sessions=(talk, small),
        results=(
            replace(samples.LI_ION, reach=ReachCounts(14, either(2, 3), either(3, 2))),
            replace(samples.QLED, reach=ReachCounts(either(2, 3), either(3, 2), 1)),
        ),
        arrivals=tuple(
            Arrivals(NINE + n * timedelta(minutes=15), people) for n, people in enumerate(quarters)
        ),
        demands=DemandCounts(
            MappingProxyType(dict(zip(categories, demands[0], strict=True))),
            MappingProxyType(dict(zip(statuses, demands[1], strict=True))),
            either(1, 2),
        ),
        feedback=FeedbackCounts(
            30,
            28,
            either(4, 3),
            either(2, 3),
            scores(*either((2, 2, 2, 12, 12), (1, 4, 1, 12, 12))),
            MappingProxyType({"Catering": scores(0, 0, 0, 0, either(3, 4))}),
            (SessionFeedback("talk", None, "Release", either(4, 3), scores(0, 0, 0, 1, either(2, 1))),),
        ),
        notes=ReportNotes(invited=either(3, 4)),
    )
    return checked(made, either(131, 128))


def checked(summary: Summary, entries: int) -> Any:
    """With its reconciliation, the log's entries among it."""
    figures = figures_of(summary)
    checks = related(figures, relations_of(summary, figures))
    return replace(summary, checks=(*checks, compared(LOG_ENTRIES, "release-2019", entries, entries)))


def week(*, other: bool) -> WeekSummary:
    """The week of that event, and of one without registrations."""
    told = event(other=other)
    line = EventLine(
        told.header,
        told.registrations,
        told.attendance,
        EnterpriseCounts(40, 32),
        2,
        2,
        told.arrivals,
        0,
        told.demands,
        told.feedback,
    )
    rate = Rate(told.attendance.expected_attended, 110)
    totals = WeekTotals(2, 4, told.registrations, 115, 115, rate, told.enterprises)
    made = replace(
        samples.THE_WEEK,
        events=(line, samples.UNDATED),
        results=told.results,
        totals=totals,
        notes=told.notes,
    )
    return checked(made, 131 - 3 * other)


def pair(kind: str, **more: Any) -> tuple[Report, Report]:
    """Both reports, public unless told otherwise."""
    order = replace(ORDER, kind=kind, **more)
    make = event if kind == EVENT else week
    first, second = (make(other=other) for other in (False, True))
    return Report(order, first), Report(order, second)


def test_the_two_are_sound() -> None:
    """Nothing is out of sum in either, they differ in many figures, and both withhold the same."""
    one, two = pair(EVENT)
    assert not unreconciled([*one.subject.checks, *two.subject.checks])
    differing = {key for key, figure in one.figures.items() if figure.value != two.figures[key].value}
    assert one.hidden == two.hidden
    assert len(differing) > 40
    assert differing <= one.hidden


@pytest.mark.parametrize("kind", [EVENT, WEEK])
@pytest.mark.parametrize("tongue", ["en", "zh"])
def test_no_form_tells_them_apart(kind: str, tongue: str) -> None:
    """As text, as the pages that PDF, Word and spreadsheets are made of, and as the brief; in public only."""
    with speaking(tongue):
        one, two = pair(kind)
        for form in (form for form in WRITERS if form not in BINARY):
            assert text(one, form) == text(two, form), form
        assert one.document() == two.document()
        brief = pair(kind, brief=True)
        assert brief[0].document() == brief[1].document()
        one, two = pair(kind, public=False)
        for form in (form for form in WRITERS if form not in BINARY):
            assert text(one, form) != text(two, form), form


def test_weeks_side_by_side_tell_no_more() -> None:
    """A week held against another one."""
    plain = replace(week(other=False), header=replace(samples.WEEK, week=Named("huizhou-2018")))
    order = replace(ORDER, kind=WEEK, against="huizhou-2018")
    one, two = (Report(order, Comparison(week(other=other), plain, 50, 2 + other)) for other in (False, True))
    assert one.document() == two.document()
    for form in ("md", "json", "csv"):
        assert text(one, form) == text(two, form), form


def cells(document: Document) -> list[Figure]:
    """All figures of all tables."""
    found = (
        cell
        for section in document.sections
        for table in section.tables
        for row in table.rows
        for cell in row
    )
    return [cell for cell in found if isinstance(cell, Figure)]


def test_withheld_cells_have_a_word_and_no_number() -> None:
    """A small count says that it is small, all else that it is withheld; its bar is not drawn."""
    report, _other = pair(EVENT)
    hidden = [cell for cell in cells(report.document()) if cell.key in report.hidden]
    assert {cell.text for cell in hidden} == {"<5", "withheld"}
    assert {(cell.value, cell.rate) for cell in hidden} == {(None, None)}
    assert len(hidden) > 30
    drawn = [row for section in report.document().sections for chart in section.charts for row in chart.rows]
    assert any(None in row.values for row in drawn)


def test_json_says_which_are_withheld() -> None:
    """They are null at their places, rates with both counts; checks tell whether they hold and no numbers."""
    import json

    report, _other = pair(EVENT)
    told = json.loads(text(report, "json"))
    assert set(told["withheld"]) == report.hidden
    assert told["registrations"]["waiting"] is None
    assert told["registrations"]["registered"] == 120
    assert told["attendance"]["rate"] == {"value": None, "numerator": None, "denominator": None}
    assert told["notes"]["invited"] is None
    assert told["feedback"]["ratings"][0]["n"] is None
    assert [held["stayed"] for held in told["sessions"]] == [60, None]
    by_category = dict.fromkeys(DemandCategory) | {"talent": 7}
    assert told["demands"]["by_category"] == by_category
    assert {check["found"] for check in told["checks"]} == {None}
    assert all(check["holds"] for check in told["checks"])
    districts = {group["code"]: group["registered"] for group in told["enterprises"]["by_district"]}
    assert districts == {"惠城": 30, "仲恺": None, "博罗": None, "惠东": None}


def test_how_long_few_were_inside_is_told_nowhere() -> None:
    """The mean of two people's minutes goes with how many they are; that of sixty shows, who left early not."""
    import json

    told = json.loads(text(pair(EVENT)[0], "json"))
    talk, small = (
        [held[key] for key in ("stayed", "mean_minutes", "left_early")] for held in told["sessions"]
    )
    assert (talk, small) == ([60, 60, None], [None, None, None])
    csv = text(pair(EVENT)[0], "csv").splitlines()
    (line,) = (line for line in csv if line.startswith("sessions.small.mean_minutes,"))
    assert line.endswith(",,,,counted from the records here,yes")


def test_every_number_of_the_json_is_a_figure_or_nobodys_privacy() -> None:
    """What counts people, enterprises, answers or demands stands under the key of a figure."""
    from ipweek.render import summary_json
    from ipweek.render.summary_public import withhold

    for summary in (event(other=False), week(other=False)):
        values = summary_json.json_of(summary)
        figures = figures_of(summary)
        bare = withhold(values, set(figures))
        assert leaves(bare, "") <= {"year", "version", "count", "low", "high", "stated", "value", "capacity"}


def leaves(node: Any, name: str) -> set[str]:
    """The last names of all numbers."""
    if isinstance(node, dict):
        return {leaf for key, value in node.items() for leaf in leaves(value, key)}
    if isinstance(node, list):
        return {leaf for item in node for leaf in leaves(item, name)}
    return {name} if isinstance(node, int | float) and not isinstance(node, bool) else set()


@pytest.mark.parametrize("more", [{"appendices": True}, {"unmask": True}])
def test_a_public_report_has_no_lists(more: dict[str, bool]) -> None:
    """Neither names nor masked names."""
    with pytest.raises(UsageError) as refused:
        replace(ORDER, **more).check()
    assert refused.value.code == "report-public-lists"


def test_a_report_that_does_not_reconcile_tells_no_hidden_number() -> None:
    """Nor those of the log; where everything is shown it tells both."""
    told = []
    for other in (False, True):
        summary = event(other=other)
        wrong = compared(LOG_ENTRIES, "release-2019", 3 + other, 4 + other)
        report = Report(ORDER, replace(summary, checks=(*summary.checks, wrong)))
        told.append(report.document().alarms)
        assert report.hidden == withheld(report.figures, report.relations)
        open_ = Report(replace(ORDER, public=False), report.subject).document().alarms
        assert open_ != told[-1]
        assert f"{4 + other}" in open_[0]
    assert told[0] == told[1]
