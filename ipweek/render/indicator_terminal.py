"""Indicators in a terminal, by Rich; whatever was typed is never markup."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ipweek.domain.indicator_series import IndicatorPage
from ipweek.i18n import _, language
from ipweek.render import lists, words
from ipweek.render import summary_figures as figures
from ipweek.render.indicator_lines import indicator_lines
from ipweek.render.indicator_targets import gap
from ipweek.render.lines import Line, wrapped
from ipweek.render.result_terminal import texts


def series(page: IndicatorPage, width: int) -> RenderableType:
    """The whole indicator in `width` cells."""
    title = [Line(((text, "strong"),)) for text in wrapped(page.record.name(language()), width)]
    return Group(*texts((*title, Line(), *indicator_lines(page, width))))


def overview(pages: Iterable[IndicatorPage]) -> Table:
    """A row for each indicator: where it stands towards its latest target."""
    headers = [_("Code"), _("Name"), _("Period"), _("Actual"), _("Target"), _("Gap"), _("Attainment")]
    table = lists.grid(headers, (_row(page) for page in pages))
    for column in table.columns[3:]:
        column.justify = "right"
        column.no_wrap = True
    return table


def _row(page: IndicatorPage) -> tuple[str | Text | None, ...]:
    latest, progress = page.latest, page.latest.progress
    of = latest.target or latest.actual
    missing = Text(words.not_stated(), "dim")
    return (
        page.record.code,
        page.record.name(language()),
        of.covers if of else None,
        figures.reading(latest.actual) or missing,
        figures.reading(latest.target) or "–",
        gap(latest) or (words.no_data() if latest.target else "–"),
        figures.bounded_percent(progress.attainment, progress.attainment_is)
        or (words.no_data() if latest.target else "–"),
    )
