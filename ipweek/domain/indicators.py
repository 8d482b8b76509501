"""Indicator arithmetic: how far an actual is from its target, with respect for what was really said.

A figure may be *more than* or *about* a number, so what follows from it is a bound too. An actual that nobody
stated makes everything None: no data is not 0 %.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ipweek.domain.words import Better, Comparator, Provenance

_FLIPPED = {
    Comparator.EQUAL: Comparator.EQUAL,
    Comparator.ABOUT: Comparator.ABOUT,
    Comparator.MORE: Comparator.LESS,
    Comparator.AT_LEAST: Comparator.AT_MOST,
    Comparator.LESS: Comparator.MORE,
    Comparator.AT_MOST: Comparator.AT_LEAST,
}
_UPWARDS = (Comparator.MORE, Comparator.AT_LEAST)
_DOWNWARDS = (Comparator.LESS, Comparator.AT_MOST)
_STRICT = (Comparator.MORE, Comparator.LESS)


@dataclass(frozen=True, slots=True)
class Reading:
    """A value of an indicator as somebody stated it; `period` is as stated, `read_as` how we read it."""

    value: Decimal
    comparator: Comparator
    period: str
    read_as: str | None
    as_of: date | None
    provenance: Provenance
    note_zh: str | None = None
    note_en: str | None = None

    @property
    def covers(self) -> str:
        """The period it is taken to be of."""
        return self.read_as or self.period


@dataclass(frozen=True, slots=True)
class Progress:
    """What an actual and a target amount to.

    `gap` = target − actual · `attainment` = actual / target · `growth_needed` = target / actual − 1 ·
    `since_baseline` = (actual − base) / (target − base). `gap_is` tells whether `gap` and `growth_needed` are
    exact or bounds, `attainment_is` and `since_is` the same of the others. `reached` is None where the
    comparators leave it open.
    """

    gap: Decimal | None = None
    attainment: Decimal | None = None
    growth_needed: Decimal | None = None
    since_baseline: Decimal | None = None
    gap_is: Comparator = Comparator.EQUAL
    attainment_is: Comparator = Comparator.EQUAL
    since_is: Comparator = Comparator.EQUAL
    reached: bool | None = None


def progress(
    actual: Reading | None,
    target: Reading | None,
    baseline: Reading | None = None,
    better: Better = Better.HIGHER,
) -> Progress:
    """What the two amount to: everything None unless both are known. Nothing is a share of 0 or of less."""
    if actual is None or target is None:
        return Progress()
    now, aim = actual.value, target.value
    about = Comparator.ABOUT in (actual.comparator, target.comparator)
    bound = Comparator.ABOUT if about else actual.comparator
    since, since_is = _since(baseline, now, aim, bound)
    return Progress(
        gap=aim - now,
        attainment=now / aim if aim > 0 else None,
        growth_needed=aim / now - 1 if now > 0 else None,
        since_baseline=since,
        gap_is=_FLIPPED[bound],
        attainment_is=bound,
        since_is=since_is,
        reached=reaches(actual, target, better),
    )


def _since(
    baseline: Reading | None, now: Decimal, aim: Decimal, bound: Comparator
) -> tuple[Decimal | None, Comparator]:
    """The way made from the baseline; where that leads down, less is more of it."""
    exact = (Comparator.EQUAL, Comparator.ABOUT)
    if baseline is None or aim == baseline.value or baseline.comparator not in exact:
        return None, Comparator.EQUAL
    if baseline.comparator is Comparator.ABOUT:
        bound = Comparator.ABOUT
    downwards = aim < baseline.value
    return (now - baseline.value) / (aim - baseline.value), _FLIPPED[bound] if downwards else bound


@dataclass(frozen=True, slots=True)
class Change:
    """How much an actual is above the one of the year before; `rate` where both are exact."""

    amount: Decimal
    amount_is: Comparator
    rate: Decimal | None


def change(now: Reading | None, before: Reading | None) -> Change | None:
    """The difference, a bound where one of them was; None where they leave it open."""
    if now is None or before is None:
        return None
    bound = _difference(now.comparator, before.comparator)
    if bound is None:
        return None
    amount = now.value - before.value
    rate = amount / before.value if bound is Comparator.EQUAL and before.value > 0 else None
    return Change(amount, bound, rate)


def _difference(now: Comparator, before: Comparator) -> Comparator | None:
    """What is known of a difference of two such numbers."""
    taken = _FLIPPED[before]
    if taken is Comparator.EQUAL or now is taken:
        return now
    if now is Comparator.EQUAL:
        return taken
    for direction in (_UPWARDS, _DOWNWARDS):
        if now in direction and taken in direction:
            return direction[0]
    return None


def reaches(actual: Reading, target: Reading, better: Better = Better.HIGHER) -> bool | None:
    """Whether the actual meets the target; None where an *about* or an open bound does not tell.

    A target said as a plain number asks for at least that much, or at most, as the indicator is better higher
    or lower.
    """
    if Comparator.ABOUT in (actual.comparator, target.comparator):
        return None
    asked = target.comparator
    if asked is Comparator.EQUAL:
        asked = Comparator.AT_LEAST if better is Better.HIGHER else Comparator.AT_MOST
    upwards = asked in _UPWARDS
    ahead = actual.value - target.value if upwards else target.value - actual.value
    towards, away = (_UPWARDS, _DOWNWARDS) if upwards else (_DOWNWARDS, _UPWARDS)
    touches = asked not in _STRICT
    least_meets = ahead > 0 or (ahead == 0 and (touches or actual.comparator in _STRICT))
    if actual.comparator is Comparator.EQUAL:
        return ahead > 0 or (ahead == 0 and touches)
    if actual.comparator in towards:
        return True if least_meets else None
    assert actual.comparator in away
    most_meets = ahead > 0 or (ahead == 0 and touches and actual.comparator not in _STRICT)
    return None if most_meets else False
