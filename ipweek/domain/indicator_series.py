"""An indicator over its periods: which actual answers for which target, and what follows from the two.

Periods are those that the values are read as; how they were stated stays beside.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ipweek.domain import periods
from ipweek.domain.figures import Named, SourceRef
from ipweek.domain.indicators import Change, Progress, Reading, change, progress
from ipweek.domain.records import Record
from ipweek.domain.reports import IndicatorSummary
from ipweek.domain.words import Better, Provenance, ValueKind

_PROVENANCES = list(Provenance)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an indicator with its code and where it was said."""

    code: str
    kind: ValueKind
    reading: Reading
    source: SourceRef | None = None

    @property
    def covers(self) -> str:
        """The period it is taken to be of."""
        return self.reading.covers


@dataclass(frozen=True, slots=True)
class Match:
    """A target, the actual that answers for it and the baseline it starts from; any may be None."""

    actual: Value | None
    target: Value | None
    baseline: Value | None
    progress: Progress


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """What is known of one period.

    `actual` is of this very period. `match` is of its target, whose actual may be of an earlier one; None where
    the period has no target. `change` is against the year before.
    """

    period: str
    actual: Value | None
    baseline: Value | None
    match: Match | None
    change: Change | None

    @property
    def target(self) -> Value | None:
        """What was asked for this period."""
        return self.match.target if self.match else None

    @property
    def answer(self) -> Value | None:
        """The actual of an earlier period, where that is what the target is set against."""
        answer = self.match.actual if self.match else None
        return answer if answer is not None and answer != self.actual else None


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """An indicator with all its values, in the order of their periods; `latest` is what a list shows of it."""

    record: Record
    week: Named
    unit: str | None
    better: Better
    values: tuple[Value, ...]
    lines: tuple[PeriodLine, ...]
    latest: IndicatorSummary


def ordered(values: Iterable[Value]) -> tuple[Value, ...]:
    """By period, the actual before the target before the baseline, the stated one first."""
    kinds = list(ValueKind)
    return tuple(
        sorted(
            values, key=lambda one: (periods.order(one.covers), kinds.index(one.kind), _rank(one), one.code)
        )
    )


def _rank(value: Value) -> int:
    return _PROVENANCES.index(value.reading.provenance)


def matches(values: Iterable[Value], better: Better) -> tuple[Match, ...]:
    """One for each target, by period; one without a target where nobody set any."""
    known = ordered(values)
    targets: Sequence[Value | None] = [one for one in known if one.kind is ValueKind.TARGET] or [None]
    return tuple(_match(known, target, better) for target in targets)


def _match(values: Sequence[Value], target: Value | None, better: Better) -> Match:
    actual = _latest(values, ValueKind.ACTUAL, target)
    baseline = _latest(values, ValueKind.BASELINE, target)
    now, aim, base = (one.reading if one else None for one in (actual, target, baseline))
    return Match(actual, target, baseline, progress(now, aim, base, better))


def _latest(values: Sequence[Value], kind: ValueKind, target: Value | None) -> Value | None:
    """The newest that is not known to be later than the target; of equals that of its very period, the stated one."""
    aim = target.covers if target else ""
    found = (one for one in values if one.kind is kind and not (target and periods.is_later(one.covers, aim)))

    def age(one: Value) -> tuple[int, bool, str, int, bool]:
        span, day = periods.span(one.covers), one.reading.as_of
        return (
            span.last if span else -1,
            periods.same(one.covers, aim),
            day.isoformat() if day else "",
            -_rank(one),
            one.reading.read_as is None,
        )

    return max(found, key=age, default=None)


def lines(values: Iterable[Value], better: Better) -> tuple[PeriodLine, ...]:
    """A line for each period that anything was said of."""
    known = ordered(values)
    return tuple(_lines(known, matches(known, better)))


def _lines(values: Sequence[Value], matched: Sequence[Match]) -> Iterator[PeriodLine]:
    named: list[str] = []
    for value in values:
        if not any(periods.same(value.covers, period) for period in named):
            named.append(value.covers)
    for period in named:
        actual = _of(values, ValueKind.ACTUAL, period)
        span = periods.span(period)
        earlier = span.year_before if span else None
        before = next((name for name in named if earlier and periods.span(name) == earlier), None)
        last = _of(values, ValueKind.ACTUAL, before) if before else None
        yield PeriodLine(
            period,
            actual,
            _of(values, ValueKind.BASELINE, period),
            next((one for one in matched if one.target and periods.same(one.target.covers, period)), None),
            change(actual.reading if actual else None, last.reading if last else None),
        )


def _of(values: Sequence[Value], kind: ValueKind, period: str) -> Value | None:
    """What counts in a period, as `_latest` chooses it."""
    here = [one for one in values if periods.same(one.covers, period)]
    return _latest(here, kind, None)


def summaries(
    named: Named, unit: str | None, better: Better, values: Iterable[Value]
) -> tuple[IndicatorSummary, ...]:
    """What a summary says: a line for each target, or one without."""
    return tuple(_summary(named, unit, better, match) for match in matches(values, better))


def _summary(named: Named, unit: str | None, better: Better, match: Match) -> IndicatorSummary:
    told = (match.actual, match.target, match.baseline)
    sources = dict.fromkeys(one.source for one in told if one and one.source)
    actual, target, baseline = (one.reading if one else None for one in told)
    return IndicatorSummary(named, unit, actual, target, baseline, match.progress, tuple(sources), better)
