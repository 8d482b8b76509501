"""The charts of a summary: each shows figures of a table beside it, and nothing that is withheld."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ipweek.domain.reports import EventLine, IndicatorSummary, ResultSummary, SessionSummary
from ipweek.domain.text import clean
from ipweek.domain.words import Level
from ipweek.i18n import _, language
from ipweek.render import summary_figures as figures
from ipweek.render import words
from ipweek.render.summary_layout import Chart, ChartKind, ChartRow
from ipweek.render.summary_tell import Teller

_FEWEST = 2  # a picture of one bar tells nothing


def _counts(tell: Teller, label: str, keys: Sequence[str]) -> ChartRow:
    return ChartRow(
        label, tuple(tell.number(key) for key in keys), tuple(str(tell.cell(key)) for key in keys)
    )


def _drawn(chart: Chart) -> tuple[Chart, ...]:
    """The chart, where there is something to see in it."""
    seen = sum(any(value is not None for value in row.values) for row in chart.rows)
    return (chart,) if seen >= _FEWEST else ()


def arrivals(tell: Teller, spans: Sequence[tuple[str, str]]) -> tuple[Chart, ...]:
    """First entries by quarter of an hour; `spans` are labels with keys."""
    rows = tuple(_counts(tell, label, [key]) for label, key in spans)
    return _drawn(Chart(_("Arrivals by quarter of an hour"), ChartKind.COLUMNS, (_("People"),), rows))


def groups(tell: Teller, title: str, rows: Sequence[tuple[str | None, str]]) -> tuple[Chart, ...]:
    """Enterprises registered and attended by industry, district or label."""
    drawn = tuple(
        _counts(tell, label or words.not_stated(), [f"{key}.registered", f"{key}.attended"])
        for label, key in rows
    )
    caption = _("Enterprises by {group}").format(group=title.lower())
    return _drawn(Chart(caption, ChartKind.BARS, (_("Registered"), _("Attended")), drawn))


def fill(tell: Teller, held: Sequence[SessionSummary]) -> tuple[Chart, ...]:
    """How full the sessions were; without a capacity, how many attended."""
    limited = [one for one in held if one.fill is not None]
    rows = tuple(
        ChartRow(
            clean(one.session.name(language())),
            (tell.share(f"sessions.{one.session.code}.fill"),),
            (str(tell.cell(f"sessions.{one.session.code}.fill")),),
        )
        for one in limited
    )
    came = tuple(
        _counts(
            tell,
            clean(one.session.name(language())),
            [f"sessions.{one.session.code}.enrolled", f"sessions.{one.session.code}.attended"],
        )
        for one in held
    )
    return (
        *_drawn(
            Chart(_("Enrolled and attended by session"), ChartKind.BARS, (_("Enrolled"), _("Attended")), came)
        ),
        *_drawn(Chart(_("Fill of sessions"), ChartKind.SHARES, (_("Fill"),), rows)),
    )


def events(tell: Teller, lines: Sequence[EventLine]) -> tuple[Chart, ...]:
    """Registered and attended by event."""
    rows = tuple(
        _counts(
            tell.under(f"events.{line.header.event.code}."),
            clean(line.header.event.name(language())),
            ["registrations.registered", "attendance.attended"],
        )
        for line in lines
        if line.attendance
    )
    return _drawn(
        Chart(_("Registered and attended by event"), ChartKind.BARS, (_("Registered"), _("Attended")), rows)
    )


def levels(results: Iterable[ResultSummary]) -> tuple[Chart, ...]:
    """Each result's count at the levels that have one."""
    return tuple(chart for result in results for chart in _levels(result))


def _levels(result: ResultSummary) -> tuple[Chart, ...]:
    found = [(level, result.figure(level)) for level in Level]
    rows = tuple(
        ChartRow(
            words.word(level),
            (figure.count if figure else None,),
            (figures.level(figure) or words.not_stated(),),
        )
        for level, figure in found
    )
    title = _("{result}: counts by level").format(result=clean(result.header.result.name(language())))
    return _drawn(Chart(title, ChartKind.BARS, (_("Number"),), rows))


def reach(tell: Teller, results: Sequence[ResultSummary]) -> tuple[Chart, ...]:
    """Which share of its industry heard each result."""
    rows = tuple(
        ChartRow(clean(result.header.result.name(language())), (tell.share(key),), (str(tell.cell(key)),))
        for result in results
        for key in (f"results.{result.header.result.code}.reach.rate",)
        if result.reach
    )
    return _drawn(Chart(_("Reach of the results"), ChartKind.SHARES, (_("Heard"),), rows))


def targets(lines: Sequence[IndicatorSummary]) -> tuple[Chart, ...]:
    """How much of each target is attained."""
    rows = tuple(
        ChartRow(
            clean(line.indicator.name(language())),
            (_share(line.progress.attainment),),
            (
                figures.bounded_percent(line.progress.attainment, line.progress.attainment_is)
                or words.no_data(),
            ),
        )
        for line in lines
        if line.target
    )
    known = any(row.values[0] is not None for row in rows)
    return (
        (Chart(_("Attainment of the targets"), ChartKind.SHARES, (_("Attainment"),), rows),) if known else ()
    )


def _share(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.0001"))
