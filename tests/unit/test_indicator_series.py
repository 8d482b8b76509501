"""Series over several periods: which actual answers for which target, and what changed."""

from decimal import Decimal

import pytest

from ipweek.domain.figures import Named
from ipweek.domain.indicator_series import Value, lines, matches, ordered, summaries
from ipweek.domain.indicators import Reading, change, progress
from ipweek.domain.words import Better, Comparator, Provenance, ValueKind

HIGHER = Better.HIGHER


def said(text: str, period: str = "2019", read_as: str | None = None, how: str = "stated") -> Reading:
    """A reading of a text such as `>= 14`."""
    comparator, _, number = text.rpartition(" ")
    return Reading(Decimal(number), Comparator(comparator or "="), period, read_as, None, Provenance(how))


def value(
    kind: str, text: str, period: str = "2019", read_as: str | None = None, how: str = "stated"
) -> Value:
    """A value whose code says what it is."""
    return Value(f"{kind}-{period}-{how}", ValueKind(kind), said(text, period, read_as, how))


def test_a_figure_read_as_another_year_answers_for_the_target() -> None:
    """12.99 stated for 2019 is read as 2018: the target of 2019 is set against it, and 2019 itself is not stated."""
    values = [value("actual", "12.99", "2019", "2018"), value("target", ">= 14")]
    earlier, aimed = lines(values, HIGHER)
    assert (earlier.period, earlier.actual, earlier.match) == ("2018", values[0], None)
    assert (aimed.period, aimed.actual, aimed.answer) == ("2019", None, values[0])
    found = aimed.match.progress
    assert (found.gap, found.reached) == (Decimal("1.01"), False)
    assert (round(found.attainment, 4), round(found.growth_needed, 4)) == (
        Decimal("0.9279"),
        Decimal("0.0778"),
    )
    (summary,) = summaries(Named("i"), None, HIGHER, values)
    assert (summary.actual, summary.target, summary.progress) == (
        values[0].reading,
        values[1].reading,
        found,
    )


def test_each_target_has_the_actual_of_its_time() -> None:
    """A later actual never answers for an earlier target; a later target takes the newest there is."""
    values = [
        value("actual", "12", "2018"),
        value("actual", "15", "2019"),
        value("target", "13", "2018"),
        value("target", "14", "2019"),
        value("target", "20", "2016-2020"),
    ]
    found = matches(values, HIGHER)
    assert [(one.target.covers, one.actual.covers, one.progress.reached) for one in found] == [
        ("2018", "2018", False),
        ("2019", "2019", True),
        ("2016-2020", "2019", False),
    ]


def test_no_actual_yet_is_no_data() -> None:
    """A target before any actual has nothing to be set against, and no 0 either."""
    aimed, _later = lines([value("target", "5", "2018"), value("actual", "7", "2019")], HIGHER)
    assert (aimed.match.actual, aimed.match.progress.attainment, aimed.match.progress.reached) == (None,) * 3


def test_what_is_no_known_period_is_not_left_out() -> None:
    """A period that nobody can read answers only where no other does."""
    odd = value("actual", "3", "last year")
    assert matches([odd, value("target", "5")], HIGHER)[0].actual == odd
    assert (
        matches([odd, value("actual", "4", "2010"), value("target", "5")], HIGHER)[0].actual.covers == "2010"
    )


def test_stated_before_imported_before_derived() -> None:
    """Of one period the stated value counts; the others stay in the list of values."""
    values = [
        value("actual", "3", how="derived"),
        value("actual", "2", how="stated"),
        value("actual", "4", "2019年"),
    ]
    (line,) = lines(values, HIGHER)
    assert line.actual.reading.value in (2, 4)
    assert line.actual.reading.provenance is Provenance.STATED
    assert len(ordered(values)) == 3


def test_change_against_the_year_before() -> None:
    """Year by year and half by half; a gap of years compares with nothing."""
    values = [value("actual", text, period) for text, period in
              (("10", "2016"), ("12", "2018"), ("15", "2019"), ("4", "2018H1"), ("5", "2019H1"))]  # fmt: skip
    found = {line.period: line.change for line in lines(values, HIGHER)}
    assert (found["2019"].amount, found["2019"].rate) == (3, Decimal("0.25"))
    assert (found["2019H1"].amount, found["2019H1"].rate) == (1, Decimal("0.25"))
    assert found["2018"] is found["2016"] is found["2018H1"] is None


@pytest.mark.parametrize(
    ("now", "before", "bound"),
    [
        ("5", "3", "="),
        ("> 5", "3", ">"),
        ("5", "> 3", "<"),
        ("5", "<= 3", ">="),
        ("> 5", "<= 3", ">"),
        ("~ 5", "3", "~"),
        ("> 5", "> 3", None),
        ("~ 5", "> 3", None),
    ],
)
def test_the_change_of_bounds(now: str, before: str, bound: str | None) -> None:
    """A bound makes the difference one, two against each other leave it open; only exact ones have a rate."""
    found = change(said(now), said(before))
    assert (found.amount_is if found else None) == (Comparator(bound) if bound else None)
    if found:
        assert (found.rate is not None) == (bound == "=")


def test_of_nothing_nothing_is_a_share() -> None:
    """Negative numbers have a gap, and no percentage that would mislead; no actual has no change."""
    found = progress(said("-3"), said("-5"))
    assert (found.gap, found.attainment, found.growth_needed, found.reached) == (-2, None, None, True)
    assert change(said("5"), said("-2")).rate is None
    assert change(None, said("5")) is None


def test_lower_is_better() -> None:
    """At most 5 of 10 at the start: 6 is 80 % of the way, less than 6 is more of it."""
    found = progress(said("< 6"), said("<= 5"), said("10"), Better.LOWER)
    assert (found.since_baseline, found.since_is, found.gap_is) == (
        Decimal("0.8"), Comparator.MORE, Comparator.MORE)  # fmt: skip
    assert found.reached is None


def test_about_stays_about() -> None:
    """An approximate target makes all that follows from it approximate; a baseline bound proves no way made."""
    found = progress(said("> 10"), said("~ 20"), said("> 5"))
    assert (found.gap_is, found.attainment_is, found.since_baseline) == (
        Comparator.ABOUT, Comparator.ABOUT, None)  # fmt: skip
