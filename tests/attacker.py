"""Somebody who reads a public report and goes through every whole solution of what it withholds."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from ipweek.domain.summary_figures import Counted, Figures, Relation, Sum

SPAN = 14
"""How far above its true value a large count is looked for."""
Spans = dict[str, tuple[int, int]]
Terms = tuple[Sum, tuple[tuple[str, int], ...]]
"""A relation as its whole less its parts."""


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
        spans = self._narrowest
        low, high = spans.get(key, (0, -1))
        for value in range(low, high + 1):
            if any(True for _solution in self._solutions(spans | {key: (value, value)}, self._with(key))):
                found.append(value)
            if len(found) == enough:
                break
        return found

    @cached_property
    def _terms(self) -> list[Terms]:
        return [
            (one.how, ((one.whole, 1), *((part, -times) for part, times in one.parts)))
            for one in self.relations
        ]

    @cached_property
    def _of(self) -> dict[str, list[int]]:
        """The relations in which each count stands."""
        found: dict[str, list[int]] = {}
        for number, (_how, terms) in enumerate(self._terms):
            for key, _times in terms:
                found.setdefault(key, []).append(number)
        return found

    def _with(self, *keys: str) -> set[int]:
        return {number for key in keys for number in self._of.get(key, ())}

    @cached_property
    def _narrowest(self) -> Spans:
        """Between which values each count is, as far as all relations tell without a guess; of none if they cannot hold."""
        spans = self._spans()
        return spans if self._settle(spans, set(range(len(self._terms)))) else {}

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

    def _settle(self, spans: Spans, doubtful: set[int]) -> bool:
        """Narrow the spans until no relation, and none of what has become narrower, tells more."""
        while doubtful:
            narrower = _narrowed(*self._terms[doubtful.pop()], spans)
            if narrower is None:
                return False
            doubtful |= self._with(*narrower)
        return True

    def _solutions(self, spans: Spans, doubtful: set[int]) -> Iterator[Spans]:
        """Every way to fill what is open so that all relations and means hold."""
        spans = dict(spans)
        if not self._settle(spans, doubtful) or not all(self._mean_holds(key, spans) for key in self._means):
            return
        open_ = [key for key, (low, high) in spans.items() if low < high]
        if not open_:
            yield spans
            return
        key = min(open_, key=lambda name: spans[name][1] - spans[name][0])
        for value in range(spans[key][0], spans[key][1] + 1):
            yield from self._solutions(spans | {key: (value, value)}, self._with(key))

    @cached_property
    def _means(self) -> list[str]:
        return [
            key
            for key, figure in self.figures.items()
            if len(figure.of) > 2 and figure.counted is not Counted.THINGS and key not in self.hidden
        ]

    def _mean_holds(self, key: str, spans: Spans) -> bool:
        """Whether a mean can be what is shown, between that of the lowest and of the highest counts."""
        figure = self.figures[key]
        (least, most), *scored = (spans[part] for part in figure.of)
        if figure.value is None or least == 0:
            return least == 0
        low, high = (sum(score * span[edge] for score, span in enumerate(scored, 1)) for edge in (0, 1))
        return mean(low, most) <= figure.value <= mean(high, least)


def _narrowed(how: Sum, terms: Sequence[tuple[str, int]], spans: Spans) -> list[str] | None:
    """Leave out what a relation rules out: its whole less its parts is 0, at most 0, at least 0.

    Tells which counts have become narrower; None if nothing is left of one.
    """
    least = sum(times * spans[key][times < 0] for key, times in terms)
    most = sum(times * spans[key][times > 0] for key, times in terms)
    if (how is not Sum.AT_LEAST and most < 0) or (how is not Sum.AT_MOST and least > 0):
        return None
    narrower = []
    for key, times in terms:
        low, high = spans[key]
        if low == high:
            continue
        edges = [low, high]
        if how is not Sum.AT_LEAST:  # the others at their most leave this much
            _bound(edges, times, times * spans[key][times > 0] - most, at_least=True)
        if how is not Sum.AT_MOST:
            _bound(edges, times, times * spans[key][times < 0] - least, at_least=False)
        if edges[0] > edges[1]:
            return None
        if edges != [low, high]:
            least += times * (edges[times < 0] - spans[key][times < 0])
            most += times * (edges[times > 0] - spans[key][times > 0])
            spans[key] = edges[0], edges[1]
            narrower.append(key)
    return narrower


def _bound(edges: list[int], times: int, limit: int, *, at_least: bool) -> None:
    """Move the edges of a count in until so many times it is at least, or at most, the limit."""
    if at_least is (times > 0):
        edges[0] = max(edges[0], -(-limit // times))
    else:
        edges[1] = min(edges[1], limit // times)


def mean(total: int, n: int) -> Decimal:
    """The mean of scores as a report tells it."""
    return (Decimal(total) / n).quantize(Decimal("0.01"), ROUND_HALF_UP)
