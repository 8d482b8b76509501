"""What stands on Home, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len

from ipweek.domain.figures import Rate
from ipweek.domain.reports import EventLine, ResultSummary, WeekSummary
from ipweek.domain.words import Level
from ipweek.i18n import _, language
from ipweek.render import exchange_lists
from ipweek.render import summary_figures as figures
from ipweek.render.indicator_targets import target_lines
from ipweek.render.summary_feedback import mean
from ipweek.tui.dates import day_text
from ipweek.tui.figures import right, spark
from ipweek.tui.widgets.page import Leads, Line
from ipweek.tui.widgets.text import fit

if TYPE_CHECKING:
    from ipweek.tui.widgets.lines import Span

_RESULT_WIDTHS = (11, 12, 8, 10)
_WIDE = 100
_GAP = ("  ", "plain")


@dataclass(frozen=True, slots=True)
class NewRecord:
    """An offer to add a record of a kind."""

    kind: str


def first_steps() -> Sequence[Line]:
    """What to do in an empty workspace."""
    return (
        Line(),
        Line(((_("This workspace is empty."), "strong"),)),
        Line(),
        Line(((_("Set up the week: its city, year, first and last day"), "accent"),), NewRecord("week")),
        Line(((_("Press Enter; Esc brings you back here. F1 lists the keys of every screen."), "dim"),)),
    )


def week_lines(week: WeekSummary, width: int) -> Sequence[Line]:
    """The days, the results, the targets; on a wide screen no farther apart than the eye can follow."""
    width = min(width, _WIDE)
    lines: list[Line] = []
    if week.synthetic:
        lines.append(Line(((_("SYNTHETIC: made-up people and hours are among these."), "warn"),)))
    lines += _days(week, width)
    if week.results:
        lines += [Line(), _result_titles(week, width), *(_result(result, width) for result in week.results)]
    if week.indicators:
        lines += [Line(), *target_lines(week.indicators, width)]
    return lines


def _days(week: WeekSummary, width: int) -> Iterator[Line]:
    if not week.events:
        yield Line(((_("Add the first event of the week"), "accent"),), NewRecord("event"))
    for day, events in groupby(
        week.events, lambda event: event.header.start.day if event.header.start else None
    ):
        yield Line(((day_text(day) if day else _("Undated"), "strong"),))
        for event in events:
            yield from _event(event, width)


def _event(event: EventLine, width: int) -> Iterator[Line]:
    start, attendance = event.header.start, event.attendance
    clock = f"{start.time:%H:%M}" if start and start.time else ""
    title = "  ".join(part for part in (clock, event.header.event.name(language())) if part)
    counts: list[Span] = []
    if attendance is not None:
        rate = Rate(attendance.attended, event.registrations.registered).value  # of the two counts beside it
        counts = [
            _GAP,
            (_("registered {n}").format(n=event.registrations.registered), "plain"),
            _GAP,
            (_("came {n}").format(n=attendance.attended), "plain"),
            _GAP,
            (fit("–" if rate is None else figures.percent(rate), 8, right=True), "strong"),
            _GAP,
            (fit(spark([arrival.people for arrival in event.arrivals], 8), 8), "accent"),
        ]
    used = sum(cell_len(text) for text, _role in counts)
    yield Line(
        ((fit(title, max(width - used, 10)), "plain"), *counts), Leads("event", event.header.event.code)
    )
    notes = [] if clock or not start else [_("time not stated")]
    notes += [
        text.format(n=n)
        for n, text in (
            (event.results, _("{n} results")),
            (event.enterprises.registered, _("{n} enterprises")),
            (event.sessions, _("{n} sessions")),
            (event.cases, _("{n} cases")),
            (event.registrations.waiting, _("{n} waiting")),
        )
        if n
    ]
    if notes:
        yield Line((("    " + " · ".join(notes), "dim"),))
    if event.demands.total:
        role = "warn" if event.demands.overdue else "dim"
        told = ("    " + exchange_lists.short(event.demands), role)
        yield Line((told,), Leads("exchange", event.header.event.code))
    if event.feedback.answers:
        said = _("{n} answers, satisfaction {mean}").format(
            n=event.feedback.answers, mean=mean(event.feedback.satisfaction)
        )
        yield Line((("    " + said, "dim"),), Leads("feedback", event.header.event.code))


def _titles(name: str, titles: Sequence[str], widths: Sequence[int], room: int) -> Line:
    cells = [(fit(title, size, right=True), "dim") for title, size in zip(titles, widths, strict=True)]
    return Line(((fit(name, room), "strong"), *cells))


def _result_titles(week: WeekSummary, width: int) -> Line:
    city = week.header.city.text(language()) or _("City")
    titles = (city, _("Province"), _("share"), _("heard"))
    return _titles(_("Results released"), titles, _RESULT_WIDTHS, _results_room(width))


def _results_room(width: int) -> int:
    return max(width - sum(_RESULT_WIDTHS), 10)


def _result(result: ResultSummary, width: int) -> Line:
    reach = result.reach
    heard = _("{n} of {total}").format(n=reach.heard, total=reach.total) if reach and reach.total else "–"
    cells = (
        figures.level(result.figure(Level.CITY)),
        figures.level(result.figure(Level.PROVINCE)),
        figures.share(result.share) or "",
        heard,
    )
    figured = [right(cell, size) for cell, size in zip(cells, _RESULT_WIDTHS, strict=True)]
    name = fit(result.header.result.name(language()), _results_room(width))
    return Line(((name, "plain"), *figured), Leads("result", result.header.result.code))
