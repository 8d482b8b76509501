"""A chart laid out as rectangles, lines and texts, the same for every format that draws it."""

from collections.abc import Iterator

from ipweek.domain.text import clean
from ipweek.i18n import _
from ipweek.render import chart_columns, chart_text, words
from ipweek.render import chart_frame as frame
from ipweek.render.chart_frame import Scale
from ipweek.render.chart_marks import Anchor, Drawing, Fill, Line, Mark, Rect, Text
from ipweek.render.chart_text import LEADING, RULER
from ipweek.render.summary_layout import Chart, ChartKind, ChartRow

SIZE = 11.0
_HIGHEST = 56.0  # times the size: what fits on a page with its title
_BAR = 0.95  # times the size
_LABELS, _VALUES = 0.36, 0.36  # of the width, at most
_MOST_SHARE = 1.5  # more than that goes on out of sight


def lay_out(chart: Chart, width: float, size: float = SIZE) -> Drawing:
    """The chart as wide as that, its texts of one size; what does not fit on a page is told as left out."""
    marks, top = frame.legend(chart, width, size)
    if not chart.rows:
        body, bottom = frame.notes((words.no_data(),), top, width, size)
    elif chart.kind is ChartKind.COLUMNS:
        body, bottom = chart_columns.lay_out(chart, top, width, size)
    else:
        body, bottom = _Bars(chart, width, size).lay_out(top)
    title, told = clean(chart.title), frame.description(chart)
    return Drawing(width, bottom + 1, size, title, told, (*body, *marks))


class _Bars:
    """Lying bars, a group for each row, the label before them and the values behind."""

    def __init__(self, chart: Chart, width: float, size: float) -> None:
        self._chart, self._width, self._size = chart, width, size
        self._shares = chart.kind is ChartKind.SHARES
        self._labels = [self._label(row) for row in chart.rows]
        self._shown = [self._values(row) for row in chart.rows]
        values = max(RULER.measure(text, size) for texts in self._shown for text in texts)
        self._start = max(RULER.measure(line, size) for lines in self._labels for line in lines) + 0.7 * size
        low, high = map(float, frame.bounds(chart))
        high = min(max(1.0, high), _MOST_SHARE) if self._shares else high
        self._scale = Scale(low, high, self._start, width - self._start - values - 0.7 * size)

    def lay_out(self, top: float) -> tuple[list[Mark], float]:
        """The marks from the back to the front, and where they end."""
        marks: list[Mark] = []
        y, drawn = top, 0
        for row, label in zip(self._chart.rows, self._labels, strict=True):
            height = self._height(label)
            if drawn and y + height > top + _HIGHEST * self._size:
                break
            marks += self._row(drawn, row, y, height)
            y, drawn = y + height, drawn + 1
        zero = self._scale.at(0)
        marks.append(Line(zero, top, zero, y, strong=True))
        if frame.is_over(self._chart):
            marks.append(Line(self._scale.at(1), top, self._scale.at(1), y, strong=True))
        rest = len(self._chart.rows) - drawn
        told = (_("… and {n} more in the table").format(n=rest),) if rest else ()
        below, y = frame.notes(told, y, self._width, self._size)
        return [*marks, *below], y

    def _label(self, row: ChartRow) -> tuple[str, ...]:
        text = clean(row.label) or words.not_stated()
        return chart_text.lines(text, _LABELS * self._width, self._size, most=2)

    def _values(self, row: ChartRow) -> tuple[str, ...]:
        """The values as text; one that goes on out of sight says so."""
        pairs = zip(frame.values(self._chart, row), frame.shown(self._chart, row), strict=True)
        return tuple(
            chart_text.cut(f"» {text}" if self._is_hidden(value) else text, _VALUES * self._width, self._size)
            for value, text in pairs
        )

    def _is_hidden(self, value: frame.Value) -> bool:
        return self._shares and value is not None and value > _MOST_SHARE

    def _height(self, label: tuple[str, ...]) -> float:
        return (max(len(label), len(self._chart.series)) * LEADING + 0.55) * self._size

    def _row(self, place: int, row: ChartRow, y: float, height: float) -> Iterator[Mark]:
        values, centre = frame.values(self._chart, row), y + height / 2
        for series, at in enumerate(self._lines(len(values), centre)):
            value, text, end = values[series], self._shown[place][series], self._scale.at(0)
            if value is not None:
                bars = list(self._bars(float(value), at - _BAR * self._size / 2, frame.fill(series)))
                end = max([end, *(bar.x + bar.width for bar in bars)])
                yield from bars
            yield self._text(end + 0.5 * self._size, at, text, soft=value is None)
        label = self._labels[place]
        for line, at in zip(label, self._lines(len(label), centre), strict=True):
            yield self._text(self._start - 0.7 * self._size, at, line, anchor="end")

    def _lines(self, many: int, centre: float) -> list[float]:
        """The middles of so many lines below each other."""
        return [centre + (line - (many - 1) / 2) * LEADING * self._size for line in range(many)]

    def _text(self, x: float, y: float, text: str, *, anchor: Anchor = "start", soft: bool = False) -> Text:
        room = RULER.measure(text, self._size)
        return Text(x, frame.middle(y, self._size), text, room, anchor, soft)

    def _bars(self, value: float, y: float, fill: Fill) -> Iterator[Rect]:
        """The bar of a value, with the whole behind it where it is a share."""
        if not self._shares:
            if value:
                yield self._between(0, value, y, fill)
            return
        yield self._between(0, 1, y, Fill.WHOLE)
        if value:
            yield self._between(0, min(value, 1), y, fill)
        if value > 1:
            yield self._between(1, min(value, _MOST_SHARE), y, Fill.OVER)

    def _between(self, one: float, other: float, y: float, fill: Fill) -> Rect:
        left, right = sorted((self._scale.at(one), self._scale.at(other)))
        return Rect(left, y, right - left, _BAR * self._size, fill)
