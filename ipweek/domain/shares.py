"""Shares of patent counts: what a rounded share implies, and whether stated and computed shares agree."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class ShareCheck:
    """A share in percent: `stated` as somebody said it, `computed` from two counts.

    `agrees` is None where either is missing.
    """

    stated: Decimal | None
    computed: Decimal | None
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Derived:
    """A whole that follows from a part and its rounded share: the middle value and the bounds it may lie in."""

    count: int
    low: int
    high: int


def half_step(stated: Decimal) -> Decimal:
    """Half a unit of the last stated place: 0.5 for 6 %, 0.05 for 6.0 %."""
    exponent = stated.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(5).scaleb(min(exponent, 0) - 1)


def agrees(stated: Decimal, computed: Decimal) -> bool:
    """Whether a computed percentage rounds to the stated one: 6 % accepts 5.5 ≤ x < 6.5."""
    half = half_step(stated)
    return stated - half <= computed < stated + half


def whole_of(part: int, share: Decimal) -> Derived | None:
    """The whole of which `part` is `share` percent; None where the share may be 0.

    285 at 6 % is about 4,750, and between 4,385 and 5,181 for a share rounded to whole percent.
    """
    half = half_step(share)
    if share - half <= 0:
        return None
    middle = (Decimal(part) * 100 / share).to_integral_value(ROUND_HALF_UP)
    low = (Decimal(part) * 100 / (share + half)).to_integral_value(ROUND_FLOOR) + 1
    high = (Decimal(part) * 100 / (share - half)).to_integral_value(ROUND_FLOOR)
    return Derived(int(middle), int(low), int(high))
