"""How near the targets are, a line for each: the same on Home and in the list of indicators."""

from collections.abc import Sequence
from decimal import Decimal

from ipweek.domain.reports import IndicatorSummary
from ipweek.domain.words import Better
from ipweek.i18n import _, language
from ipweek.render import summary_figures as figures
from ipweek.render.bars import bar
from ipweek.render.lines import Leads, Line, Span, fit

_WIDTHS = (11, 9, 9)
_BAR, _LONG_BAR, _PERCENT = 8, 20, 9
_WIDE = 100


def target_lines(indicators: Sequence[IndicatorSummary], width: int) -> Sequence[Line]:
    """A title and a line for each; one leads to its indicator."""
    width = min(width, _WIDE)
    titles = (_("actual"), _("target"), _("gap"))
    cells = [(fit(title, size, right=True), "dim") for title, size in zip(titles, _WIDTHS, strict=True)]
    head = Line(((fit(_("Towards the targets"), _room(width)), "strong"), *cells))
    return (head, *(_line(line, width) for line in indicators))


def _room(width: int) -> int:
    return max(width - sum(_WIDTHS) - 2 - _bar_width(width) - _PERCENT, 10)


def _bar_width(width: int) -> int:
    return _BAR if width < _WIDE else _LONG_BAR


def _line(line: IndicatorSummary, width: int) -> Line:
    progress = line.progress
    cells = (figures.reading(line.actual), figures.reading(line.target) or "–", gap(line) or "")
    spans: list[Span] = [
        (fit(line.indicator.name(language()), _room(width)), "plain"),
        *(figures.figure(cell, size) for cell, size in zip(cells, _WIDTHS, strict=True)),
    ]
    if progress.attainment is not None:
        # Where less is better a longer bar would look like more of it.
        share = progress.attainment if line.better is Better.HIGHER else Decimal(0)
        told = figures.bounded_percent(progress.attainment, progress.attainment_is, 1)
        spans += [
            ("  ", "plain"),
            (bar(share, _bar_width(width)), "accent"),
            (fit(told or "", _PERCENT, right=True), "plain"),
        ]
    return Line(tuple(spans), Leads("indicator", line.indicator.code))


def gap(line: IndicatorSummary) -> str | None:
    """How far it is to the target, or that it is reached."""
    if line.progress.reached:
        return _("reached")
    return figures.bounded(line.progress.gap, line.progress.gap_is)
