"""Somebody who reads a public report and goes through every whole solution of what it withholds."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ipweek.domain.summary_figures import Counted, Figures, Relation, Sum

SPAN = 14
"""How far above its true value a large count is looked for."""
Spans = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Attacker:
    """He knows all figures but the hidden ones: of the small ones that they are, of the others that they are not."""

    figures: Figures
    relations: Sequence[Relation]
    hidden: Collection[str]
    limit: int = 5

    def values(self, key: str, enough: int = 2) -> list[int]:
        """Which values a hidden count may have, up to as many as are enough."""
        found: list[int] = []
        spans = self._spans()
        for value in range(spans[key][0], spans[key][1] + 1):
            if any(True for _solution in self._solutions(spans | {key: (value, value)})):
                found.append(value)
            if len(found) == enough:
                break
        return found

    def _spans(self) -> Spans:
        """Between which values each count is, as far as its own cell tells."""
        spans: Spans = {}
        for key, figure in self.figures.items():
            if figure.of or figure.value is None:
                continue
            value = int(figure.value)
            hidden = (0, self.limit - 1) if value < self.limit else (self.limit, value + SPAN)
            spans[key] = hidden if key in self.hidden else (value, value)
        return spans

    def _solutions(self, spans: Spans) -> Iterator[Spans]:
        """Every way to fill what is open so that all relations and means hold."""
        spans = dict(spans)
        while True:
            before = dict(spans)
            if not all(_narrowed(relation, spans) for relation in self.relations):
                return
            if spans == before:
                break
        if not all(self._mean_holds(key, spans) for key in self.figures):
            return
        open_ = [key for key, (low, high) in spans.items() if low < high]
        if not open_:
            yield spans
            return
        key = min(open_, key=lambda name: spans[name][1] - spans[name][0])
        for value in range(spans[key][0], spans[key][1] + 1):
            yield from self._solutions(spans | {key: (value, value)})

    def _mean_holds(self, key: str, spans: Spans) -> bool:
        """Whether a mean can be what is shown, between that of the lowest and of the highest counts."""
        figure = self.figures[key]
        if len(figure.of) <= 2 or figure.counted is Counted.THINGS or key in self.hidden:
            return True
        (least, most), *scored = (spans[part] for part in figure.of)
        if figure.value is None or least == 0:
            return least == 0
        low, high = (sum(score * span[edge] for score, span in enumerate(scored, 1)) for edge in (0, 1))
        return mean(low, most) <= figure.value <= mean(high, least)


def _narrowed(relation: Relation, spans: Spans) -> bool:
    """Leave out what a relation rules out: its whole less its parts is 0, at most 0, at least 0; False if all is."""
    terms = ((relation.whole, 1), *((part, -times) for part, times in relation.parts))
    least = sum(times * spans[key][times < 0] for key, times in terms)
    most = sum(times * spans[key][times > 0] for key, times in terms)
    if (relation.how is not Sum.AT_LEAST and most < 0) or (relation.how is not Sum.AT_MOST and least > 0):
        return False
    for key, times in terms:
        low, high = spans[key]
        if low == high:
            continue
        kept = [
            value
            for value in range(low, high + 1)
            if (relation.how is Sum.AT_LEAST or most - times * spans[key][times > 0] + times * value >= 0)
            and (relation.how is Sum.AT_MOST or least - times * spans[key][times < 0] + times * value <= 0)
        ]
        if not kept:
            return False
        if (kept[0], kept[-1]) != (low, high):
            least += times * ((kept[0], kept[-1])[times < 0] - spans[key][times < 0])
            most += times * ((kept[0], kept[-1])[times > 0] - spans[key][times > 0])
            spans[key] = kept[0], kept[-1]
    return True


def mean(total: int, n: int) -> Decimal:
    """The mean of scores as a report tells it."""
    return (Decimal(total) / n).quantize(Decimal("0.01"), ROUND_HALF_UP)
