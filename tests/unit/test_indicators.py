"""Indicator arithmetic, with comparators taken at their word."""

from decimal import Decimal

import pytest

from ipweek.domain.indicators import Progress, Reading, progress, reaches
from ipweek.domain.words import Better, Comparator, Provenance


def said(text: str) -> Reading:
    """A reading of a text such as `>= 14`."""
    comparator, _, value = text.rpartition(" ")
    return Reading(Decimal(value), Comparator(comparator or "="), "2019", None, None, Provenance.STATED)


def test_huizhou_inventions_per_10k():
    """12.99 against at least 14: 1.01 short, 92.79 %, 7.78 % to grow."""
    found = progress(said("12.99"), said(">= 14"))
    assert found.gap == Decimal("1.01")
    assert round(found.attainment, 4) == Decimal("0.9279")
    assert round(found.growth_needed, 4) == Decimal("0.0778")
    assert (found.since_baseline, found.reached) == (None, False)


def test_no_actual_is_no_data():
    """Neither 0 % nor anything else follows from an unknown actual, nor from a missing target."""
    assert progress(None, said("> 45")) == Progress()
    assert progress(said("21643"), None) == Progress()
    assert progress(None, None).attainment is None


def test_progress_since_the_baseline():
    """(actual − base) / (target − base); a base that equals the target says nothing."""
    assert progress(said("12"), said("16"), said("8")).since_baseline == Decimal("0.5")
    assert progress(said("12"), said("16"), said("16")).since_baseline is None


def test_zero_divides_nothing():
    """An actual of 0 has an attainment and no growth rate; a target of 0 has no attainment."""
    assert progress(said("0"), said("5")).attainment == 0
    assert progress(said("0"), said("5")).growth_needed is None
    assert progress(said("5"), said("0")).attainment is None


def test_bounds_stay_bounds():
    """More than 100 of 150: less than 50 short, more than two thirds."""
    found = progress(said("> 100"), said("150"))
    assert (found.gap, found.gap_is, found.attainment_is) == (50, Comparator.LESS, Comparator.MORE)


@pytest.mark.parametrize(
    ("actual", "target", "reached"),
    [
        ("45", "> 45", False),
        ("45", ">= 45", True),
        ("45", "45", True),
        ("46", "> 45", True),
        ("> 45", "> 45", True),
        (">= 45", "> 45", None),
        ("> 40", "> 45", None),
        ("> 50", "> 45", True),
        ("< 45", ">= 45", False),
        ("<= 45", ">= 45", None),
        ("< 50", ">= 45", None),
        ("~ 50", ">= 45", None),
        ("50", "~ 45", None),
        ("3", "<= 5", True),
        ("5", "< 5", False),
        ("> 5", "<= 5", False),
        ("< 5", "< 5", True),
    ],
)
def test_reaching_a_target(actual, target, reached):
    """True or False only where every value the actual may have agrees."""
    assert reaches(said(actual), said(target)) is reached


def test_a_plain_target_asks_in_the_better_direction():
    """At most 5 complaints, where fewer are better."""
    assert reaches(said("4"), said("5"), Better.LOWER) is True
    assert reaches(said("6"), said("5"), Better.LOWER) is False
