"""One week against another as a document and as JSON."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import Any

from ipweek.domain.comparison import Comparison, compared_figures, prefix
from ipweek.domain.figure_list import code
from ipweek.domain.figures import Named
from ipweek.domain.reports import WeekSummary
from ipweek.domain.text import clean
from ipweek.i18n import _, language
from ipweek.render import summary_figures as figures
from ipweek.render import words
from ipweek.render.summary_document import warning
from ipweek.render.summary_json import json_of
from ipweek.render.summary_layout import (
    Cell,
    Chart,
    ChartKind,
    ChartRow,
    Document,
    Figure,
    Section,
    Table,
    table,
)
from ipweek.render.summary_people import name
from ipweek.render.summary_tell import Teller

Row = tuple[str, str]
"""A label with the key of a figure of a week."""


def document(comparison: Comparison, hidden: Collection[str] = frozenset()) -> Document:
    """Both weeks side by side; `hidden` are the keys of withheld figures."""
    tell = Teller(compared_figures(comparison), hidden)
    first, second = (name(week.header.week) for week in comparison.weeks)
    return Document(
        _("{week} against {other}").format(week=first, other=second),
        warning(synthetic=comparison.synthetic),
        tuple((name(week.header.week), _dates(week)) for week in comparison.weeks),
        (
            _sums(tell, comparison),
            *_groups(tell, comparison),
            *_indicators(tell, comparison),
            *_results(tell, comparison),
        ),
    )


def shape(comparison: Comparison) -> dict[str, Any]:
    """The JSON form: both weeks as they are told alone, under `weeks`, and who came to both."""
    return {
        "week": comparison.week.header.week.code,
        "against": comparison.against.header.week.code,
        "both": {"unique_people": comparison.people, "enterprises": comparison.enterprises},
        "weeks": {week.header.week.code: json_of(week) for week in comparison.weeks},
    }


def _dates(week: WeekSummary) -> str:
    days = [figures.day(day) for day in (week.header.starts_on, week.header.ends_on) if day]
    return " – ".join(day for day in days if day) or str(week.header.year)


def _sums(tell: Teller, comparison: Comparison) -> Section:
    rows = [
        (_("Events"), "totals.events"),
        (_("Sessions"), "totals.sessions"),
        (_("Registered"), "totals.registrations.registered"),
        (_("Walk-ins"), "totals.registrations.walk_in"),
        (_("Substitutes"), "totals.registrations.substitute"),
        (_("Unique people who attended"), "totals.unique_people"),
        (_("Attendances"), "totals.attendances"),
        (_("Attendance rate"), "totals.rate"),
        (_("Enterprises registered"), "enterprises.registered"),
        (_("Enterprises attended"), "enterprises.attended"),
        (_("Typical cases"), "cases.total"),
        (_("Demands"), "demands.total"),
        (_("Demands matched"), "demands.matched"),
        (_("Demands settled with a result"), "demands.closed"),
        (_("Answers"), "feedback.answers"),
        (_("Satisfaction (mean of 1 to 5)"), "feedback.mean"),
    ]
    both = _("People who attended both weeks: {people}; enterprises: {enterprises}.").format(
        people=tell.cell("both.unique_people"), enterprises=tell.cell("both.enterprises")
    )
    drawn = _chart(tell, comparison, _("The weeks in figures"), [rows[2], rows[5], rows[6], rows[8], rows[9]])
    return Section(_("The weeks in figures"), (_table(tell, comparison, "", rows),), (both,), charts=drawn)


def _groups(tell: Teller, comparison: Comparison) -> Iterator[Section]:
    """Enterprises that attended, by industry, district and label of either week."""
    for title, way in (
        (_("Industry"), "by_industry"),
        (_("District"), "by_district"),
        (_("Label"), "by_label"),
    ):
        found: dict[str, str] = {}
        for week in comparison.weeks:
            for group in getattr(week.totals.enterprises, way):
                found.setdefault(code(group.group), _group(group.group, way))
        rows = [(label, f"enterprises.{way}.{key}.attended") for key, label in found.items()]
        if rows:
            caption = _("Enterprises attended, by {group}").format(group=title.lower())
            drawn = _chart(tell, comparison, caption, rows)
            yield Section(caption, (_table(tell, comparison, title, rows),), charts=drawn)


def _group(group: Named | None, way: str) -> str:
    if group is None:
        return words.not_stated()
    return words.label(group.code) if way == "by_label" else name(group)


def _indicators(tell: Teller, comparison: Comparison) -> Iterator[Section]:
    found = {
        line.indicator.code: name(line.indicator) for week in comparison.weeks for line in week.indicators
    }
    rows = [(label, f"indicators.{key}.actual") for key, label in found.items()]
    if rows:
        yield Section(_("Indicators"), (_table(tell, comparison, _("Indicator"), rows),))


def _results(tell: Teller, comparison: Comparison) -> Iterator[Section]:
    """Results by their industry: a year's result has a code of its own."""
    rows: list[tuple[Cell, ...]] = []
    for week in comparison.weeks:
        here = tell.under(prefix(week))
        rows += (
            (
                name(week.header.week),
                name(result.header.industry),
                name(result.header.result),
                here.cell(f"results.{result.header.result.code}.reach.rate"),
            )
            for result in week.results
        )
    if rows:
        titles = (_("Week"), _("Industry"), _("Navigation result"), _("Reach"))
        yield Section(_("Results and their reach"), (table(titles, rows, texts=3),))


def _table(tell: Teller, comparison: Comparison, title: str, rows: Sequence[Row]) -> Table:
    titles = (title, *(name(week.header.week) for week in comparison.weeks), _("Difference"))
    return table(titles, [_row(tell, comparison, label, key) for label, key in rows])


def _row(tell: Teller, comparison: Comparison, label: str, key: str) -> tuple[Cell, ...]:
    now, before = (tell.under(prefix(week)).cell(key) for week in comparison.weeks)
    return (label, now, before, _change(now, before))


def _change(now: Figure, before: Figure) -> Cell:
    """The difference, of shares in percentage points; nothing where one side is not known or withheld."""
    if not isinstance(now.value, int | Decimal) or not isinstance(before.value, int | Decimal):
        return "–"
    change = Decimal(now.value) - before.value
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    if now.rate is not None:
        return Figure(_("{points} points").format(points=f"{sign}{abs(change) * 100:.1f}"), change)
    return Figure(sign + (figures.number(abs(change)) or ""), change)


def _chart(tell: Teller, comparison: Comparison, caption: str, rows: Sequence[Row]) -> tuple[Chart, ...]:
    drawn = []
    for label, key in rows:
        told = [tell.under(prefix(week)) for week in comparison.weeks]
        values = tuple(here.number(key) for here in told)
        drawn.append(ChartRow(label, values, tuple(str(here.cell(key)) for here in told)))
    series = tuple(clean(week.header.week.name(language())) for week in comparison.weeks)
    known = any(value is not None for row in drawn for value in row.values)
    return (Chart(caption, ChartKind.BARS, series, tuple(drawn)),) if known else ()
