"""Upright columns over time, on round numbers."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ipweek.i18n import _
from ipweek.render import chart_frame as frame
from ipweek.render import chart_text, words
from ipweek.render.chart_frame import Scale
from ipweek.render.chart_marks import Line, Mark, Rect, Text
from ipweek.render.chart_text import RULER
from ipweek.render.summary_figures import number
from ipweek.render.summary_layout import Chart, ChartRow

_NARROWEST = 3.0  # a slot, in pixels; with more of them, neighbours are added up
_WIDEST = 5.0  # a column, times the size
_TICKS = 4
_NOTHING = "–"


def lay_out(chart: Chart, top: float, width: float, size: float) -> tuple[list[Mark], float]:
    """The marks below `top`, from the back to the front, and where they end."""
    several, chart = _summed(chart, int(width * 0.85 / _NARROWEST))
    columns = _Columns(chart, top, width, size)
    marks = [*columns.grid(), *columns.columns(), *columns.labels()]
    told = [_("Each column adds up {n} of them.").format(n=several)] if several > 1 else []
    told += [f"{_NOTHING} {words.no_data()}"] if columns.has_gaps else []
    below, bottom = frame.notes(told, columns.bottom + 1.75 * size, width, size)
    return [*marks, *below], bottom


def _summed(chart: Chart, most: int) -> tuple[int, Chart]:
    """The chart with at most so many rows, and how many of its own each of them adds up."""
    several = -(-len(chart.rows) // most)
    if several == 1:
        return 1, chart
    groups = (chart.rows[start : start + several] for start in range(0, len(chart.rows), several))
    return several, Chart(
        chart.title, chart.kind, chart.series, tuple(_sum(chart, group) for group in groups)
    )


def _sum(chart: Chart, rows: Sequence[ChartRow]) -> ChartRow:
    by_series = zip(*(frame.values(chart, row) for row in rows), strict=True)
    known = [[value for value in values if value is not None] for values in by_series]
    sums = tuple(sum(map(Decimal, values), Decimal(0)) if values else None for values in known)
    return ChartRow(rows[0].label, sums, tuple(number(value) or "" for value in sums))


class _Columns:
    """The grid with its numbers at the left, columns on it, labels below."""

    def __init__(self, chart: Chart, top: float, width: float, size: float) -> None:
        self._chart, self._width, self._size = chart, width, size
        self._ticks = frame.ticks(*frame.bounds(chart), _TICKS)
        self._numbers = [chart_text.cut(number(tick) or "", 0.25 * width, size) for tick in self._ticks]
        self._left = max(RULER.measure(text, size) for text in self._numbers) + 0.6 * size
        self._slot = (width - self._left) / len(chart.rows)
        self._top, self.bottom = top + 1.5 * size, top + 1.5 * size + max(0.26 * width, 10 * size)
        height = self.bottom - self._top
        self._scale = Scale(float(self._ticks[0]), float(self._ticks[-1]), self.bottom, -height)
        self._each = min(self._slot * 0.84 / max(len(chart.series), 1), _WIDEST * size)
        self._values = {
            (place, series): value
            for place, row in enumerate(chart.rows)
            for series, value in enumerate(frame.values(chart, row))
        }
        self._shown = self._texts()
        self.has_gaps = any(spot not in self._shown for spot, value in self._values.items() if value is None)

    def grid(self) -> Iterator[Mark]:
        """Lines at the round numbers, the one at 0 strong."""
        for tick, text in zip(self._ticks, self._numbers, strict=True):
            y = self._scale.at(tick)
            yield Line(self._left, y, self._width, y, strong=not tick)
            room = RULER.measure(text, self._size)
            yield Text(self._left - 0.6 * self._size, frame.middle(y, self._size), text, room, "end")

    def columns(self) -> Iterator[Mark]:
        """A column for each value, with the value above it where there is room; a dash where nothing is known."""
        many = max(len(self._chart.series), 1)
        for (place, series), value in self._values.items():
            x = self._left + (place + 0.5) * self._slot + (series - many / 2) * self._each
            top, bottom = self._scale.at(max(value or 0, 0)), self._scale.at(min(value or 0, 0))
            if value:
                yield Rect(x, top, self._each, bottom - top, frame.fill(series))
            text = self._shown.get((place, series))
            if text:
                yield self._above(x + self._each / 2, top, text, soft=value is None)
            elif value is None:
                y = top - 0.3 * self._size
                yield Line(x + 0.2 * self._each, y, x + 0.8 * self._each, y, strong=True)

    def labels(self) -> Iterator[Text]:
        """Below the columns, every so manieth where not all have room."""
        most = max(self._slot - 0.6 * self._size, 8 * self._size)
        labels = [chart_text.cut(row.label, most, self._size) for row in self._chart.rows]
        widest = max(RULER.measure(label, self._size) for label in labels) + 0.6 * self._size
        end = 0.0
        for place in range(0, len(labels), max(1, -int(-widest // self._slot))):
            room = RULER.measure(labels[place], self._size)
            x = self._left + (place + 0.5) * self._slot
            x = min(max(x, room / 2), self._width - room / 2)
            if x - room / 2 >= end:
                y = self.bottom + 1.5 * self._size
                yield Text(x, y, labels[place], room, "middle")
                end = x + room / 2 + 0.3 * self._size

    def _texts(self) -> dict[tuple[int, int], str]:
        """What stands above the columns by place and series: all, or that of the highest where not all have room."""
        every = {
            (place, series): text
            for place, row in enumerate(self._chart.rows)
            for series, text in enumerate(frame.shown(self._chart, row))
        }
        if all(RULER.measure(text, self._size) <= self._each - 2 for text in every.values()):
            return every
        known = {spot: value for spot, value in self._values.items() if value is not None}
        highest = max(known, key=lambda spot: known[spot], default=None)
        return {highest: every[highest]} if highest else {}

    def _above(self, x: float, y: float, text: str, *, soft: bool) -> Text:
        text = chart_text.cut(text, self._width - self._left, self._size)
        room = RULER.measure(text, self._size)
        x = min(max(x, self._left + room / 2), self._width - room / 2)
        return Text(x, y - 0.3 * self._size, text, room, "middle", soft)
