"""Actuals as bars over the periods, each with the mark of its target."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from ipweek.domain.indicator_series import IndicatorPage, PeriodLine
from ipweek.i18n import _
from ipweek.render.bars import bar
from ipweek.render.lines import Line, Span, fit
from ipweek.render.summary_figures import figure, reading

PERIOD = 12
_FIGURE = 12
_LONGEST = 60
_TARGET, _BASELINE = "┃", "╎"


@dataclass(frozen=True, slots=True)
class _Scale:
    """From the least to the most, 0 always among them, in so many cells."""

    low: Decimal
    high: Decimal
    cells: int

    def cell(self, value: Decimal) -> int:
        """The cell in which a value ends."""
        place = (value - self.low) * self.cells / (self.high - self.low)
        return max(min(-int(-place // 1) - 1, self.cells - 1), 0)

    def bar(self, value: Decimal) -> str:
        """From 0 to the value; to the left where it is below."""
        if self.low == 0:
            return bar(value / self.high, self.cells)
        first, last = sorted((self.cell(Decimal(0)), self.cell(value)))
        return (" " * first + "█" * (last - first + 1)).ljust(self.cells)


def chart(page: IndicatorPage, width: int) -> Iterator[Line]:
    """A bar for each period, all on one scale from 0; an actual that nobody stated has none and says so."""
    numbers = [value.reading.value for value in page.values] or [Decimal(0)]
    low, high = min(*numbers, Decimal(0)), max(*numbers, Decimal(0))
    if low == high:
        return
    room = min(max(width - PERIOD - 2 * _FIGURE, 8), _LONGEST)
    scale = _Scale(low, high, room)
    titles = (
        fit("", PERIOD + room),
        fit(_("Actual"), _FIGURE, right=True),
        fit(_("Target"), _FIGURE, right=True),
    )
    yield Line((("".join(titles), "dim"),))
    for line in page.lines:
        yield Line(
            (
                (fit(line.period, PERIOD), "plain"),
                *_bar(line, scale),
                figure(reading(line.actual.reading) if line.actual else None, _FIGURE),
                figure(reading(line.target.reading) if line.target else "–", _FIGURE),
            )
        )
    keys = [f"█ {_('actual')}", f"{_TARGET} {_('target')}"]
    keys += [f"{_BASELINE} {_('baseline')}"] if any(line.baseline for line in page.lines) else []
    yield Line(((fit("", PERIOD) + "   ".join(keys), "dim"),))


def _bar(line: PeriodLine, scale: _Scale) -> Iterator[Span]:
    text = scale.bar(line.actual.reading.value) if line.actual else " " * scale.cells
    cells = [(char, "accent") for char in text]
    for value, mark in ((line.baseline, _BASELINE), (line.target, _TARGET)):
        if value is not None:
            cells[scale.cell(value.reading.value)] = (mark, "strong")
    for role, same in groupby(cells, key=lambda cell: cell[1]):
        yield "".join(char for char, _role in same), role
