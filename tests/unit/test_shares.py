"""Shares of patent counts: rounding intervals and agreement."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipweek.domain.shares import Derived, agrees, whole_of


def test_huizhou_of_guangdong():
    """285 at 6 % are about 4,750, and between 4,385 and 5,181."""
    assert whole_of(285, Decimal(6)) == Derived(4750, 4385, 5181)


@pytest.mark.parametrize(
    ("stated", "computed", "answer"),
    [
        ("6", "5.5", True),
        ("6", "5.4999", False),
        ("6", "6.4999", True),
        ("6", "6.5", False),
        ("6.0", "6.04", True),
        ("6.0", "6.2", False),
        ("0", "0.4", True),
    ],
)
def test_agreement_at_the_stated_precision(stated, computed, answer):
    """6 % accepts 5.5 ≤ x < 6.5, and 6.0 % a tenth of that."""
    assert agrees(Decimal(stated), Decimal(computed)) is answer


def test_a_share_that_may_be_nothing_bounds_nothing():
    """0 % and 0.4 % stated as 0.4 differ: only the second bounds the whole."""
    assert whole_of(3, Decimal(0)) is None
    assert whole_of(3, Decimal("0.4")) == Derived(750, 667, 857)


@given(part=st.integers(1, 10**7), share=st.integers(1, 100))
def test_the_bounds_are_the_very_wholes_that_agree(part, share):
    """The ends round to the stated share, their outer neighbours do not."""
    found = whole_of(part, Decimal(share))

    def rounds(whole: int) -> bool:
        exact = Fraction(part * 100, whole)
        return Fraction(2 * share - 1, 2) <= exact < Fraction(2 * share + 1, 2)

    if found.low <= found.high:
        assert rounds(found.low)
        assert rounds(found.high)
        assert found.low == 1 or not rounds(found.low - 1)
        assert not rounds(found.high + 1)
