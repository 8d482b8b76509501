"""What all charts share: the scale, the legend above, the notes below, and the values in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from ipweek.domain.text import clean
from ipweek.i18n import _
from ipweek.render import chart_text, words
from ipweek.render.chart_marks import SERIES, Fill, Mark, Rect, Text
from ipweek.render.chart_text import LEADING, RULER
from ipweek.render.summary_layout import Chart, ChartKind, ChartRow

Value = Decimal | int | None
_BASELINE = 0.36  # of the size: from the middle of capitals and Han down to their baseline


@dataclass(frozen=True, slots=True)
class Scale:
    """From the least to the most value, 0 among them, onto a length that begins at `start`."""

    low: float
    high: float
    start: float
    length: float

    def at(self, value: Decimal | float) -> float:
        """Where a value lies."""
        return self.start + (float(value) - self.low) / (self.high - self.low) * self.length


def bounds(chart: Chart) -> tuple[Decimal, Decimal]:
    """The least and the most of the values, 0 always among them, and never the same."""
    known = [Decimal(value) for row in chart.rows for value in values(chart, row) if value is not None]
    low, high = min([Decimal(0), *known]), max([Decimal(0), *known])
    return (low, high) if low < high else (Decimal(0), Decimal(1))


def ticks(low: Decimal, high: Decimal, most: int) -> tuple[Decimal, ...]:
    """Round numbers, at most `most` steps, that begin at or below the least and end at or above the most."""
    raw = (high - low) / most
    power = Decimal(1).scaleb(raw.adjusted())
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= raw)
    if all(end == end.to_integral_value() for end in (low, high)):
        step = max(step, Decimal(1))
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    return tuple(step * number for number in range(int(first), int(last) + 1))


def values(chart: Chart, row: ChartRow) -> tuple[Value, ...]:
    """A value for each series; what is no number is None."""
    padded = (*row.values, *([None] * len(chart.series)))[: max(len(chart.series), 1)]
    return tuple(None if isinstance(value, Decimal) and not value.is_finite() else value for value in padded)


def shown(chart: Chart, row: ChartRow) -> tuple[str, ...]:
    """The values as text, in words where there is none."""
    texts = (*row.shown, *([""] * len(chart.series)))
    return tuple(
        clean(text) or (words.no_data() if value is None else str(value))
        for text, value in zip(texts, values(chart, row), strict=False)
    )


def is_over(chart: Chart) -> bool:
    """Whether a share is more than the whole."""
    return chart.kind is ChartKind.SHARES and any(
        value is not None and value > 1 for row in chart.rows for value in values(chart, row)
    )


def fill(series: int) -> Fill:
    """What the bars of a series are filled with."""
    return SERIES[series % len(SERIES)]


def middle(y: float, size: float) -> float:
    """The baseline of a text whose middle is at y."""
    return y + _BASELINE * size


def legend(chart: Chart, width: float, size: float) -> tuple[list[Mark], float]:
    """Samples of the series with their names, from the top of the chart, and how high they are."""
    entries = [(fill(place), name) for place, name in enumerate(chart.series) if clean(name)]
    entries += [(Fill.OVER, _("more than the whole"))] if is_over(chart) else []
    marks: list[Mark] = []
    x, y, line = 0.0, 0.0, LEADING * size
    for kind, name in entries:
        text = chart_text.cut(name, width - 1.6 * size, size)
        room = RULER.measure(text, size)
        if x and x + 1.4 * size + room > width:
            x, y = 0.0, y + line
        marks.append(Rect(x + 0.5, y + 0.2 * size, 0.9 * size, 0.9 * size, kind, sample=True))
        marks.append(Text(x + 1.4 * size, middle(y + line / 2, size), text, room))
        x += 3.0 * size + room
    return marks, y + line + 0.6 * size if entries else 0.0


def notes(texts: Sequence[str], y: float, width: float, size: float) -> tuple[list[Mark], float]:
    """Sentences below the chart from y on, and where they end."""
    marks: list[Mark] = []
    for text in texts:
        for line in chart_text.lines(text, width, size, most=3):
            y += LEADING * size
            marks.append(Text(0.0, y - 0.3 * size, line, RULER.measure(line, size), soft=True))
    return marks, y


def description(chart: Chart) -> str:
    """All values in words, for those who do not see the chart."""
    return _("; ").join(
        f"{clean(row.label) or words.not_stated()}: {_(', ').join(_told(chart, row))}" for row in chart.rows
    )


def _told(chart: Chart, row: ChartRow) -> Iterator[str]:
    names = (*map(clean, chart.series), "")
    for name, text in zip(names, shown(chart, row), strict=False):
        yield f"{name} {text}".strip() if len(chart.series) > 1 else text
