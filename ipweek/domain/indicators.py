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


@dataclass(frozen=True, slots=True)
class Progress:
    """What an actual and a target amount to.

    `gap` = target − actual · `attainment` = actual / target · `growth_needed` = target / actual − 1 ·
    `since_baseline` = (actual − base) / (target − base). `attainment_is` tells whether `attainment` and
    `since_baseline` are exact or bounds, `gap_is` the same of `gap` and `growth_needed`. `reached` is None
    where the comparators leave it open.
    """

    gap: Decimal | None = None
    attainment: Decimal | None = None
    growth_needed: Decimal | None = None
    since_baseline: Decimal | None = None
    gap_is: Comparator = Comparator.EQUAL
    attainment_is: Comparator = Comparator.EQUAL
    reached: bool | None = None


def progress(
    actual: Reading | None,
    target: Reading | None,
    baseline: Reading | None = None,
    better: Better = Better.HIGHER,
) -> Progress:
    """What the two amount to: everything None unless both are known."""
    if actual is None or target is None:
        return Progress()
    now, aim = actual.value, target.value
    return Progress(
        gap=aim - now,
        attainment=now / aim if aim else None,
        growth_needed=aim / now - 1 if now else None,
        since_baseline=_since(baseline, now, aim),
        gap_is=_FLIPPED[actual.comparator],
        attainment_is=actual.comparator,
        reached=reaches(actual, target, better),
    )


def _since(baseline: Reading | None, now: Decimal, aim: Decimal) -> Decimal | None:
    if baseline is None or aim == baseline.value:
        return None
    return (now - baseline.value) / (aim - baseline.value)


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
