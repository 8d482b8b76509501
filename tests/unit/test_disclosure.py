"""What a public report withholds, case by case."""

import random
import time
from decimal import Decimal

import pytest

from ipweek.domain.disclosure import small, withheld
from ipweek.domain.summary_figures import Counted, Figure, Sum
from tests.attacker import Attacker
from tests.property.test_disclosure import Sheet

THINGS, ANSWERS = Counted.THINGS, Counted.ANSWERS


def test_few_absent_take_the_rate_along() -> None:
    """Of 60 expected 57 came: neither the 3 nor what gives them away shows; the two headlines do."""
    sheet = Sheet()
    came, absent = sheet.count("attendance.expected_attended", 57), sheet.count("attendance.absent", 3)
    sheet.whole("attendance.expected", [came, absent])
    sheet.relate(sheet.count("attendance.attended", 70), [came, sheet.count("walk_in", 8)], Sum.AT_MOST)
    sheet.rate("attendance.rate", came, "attendance.expected")
    assert withheld(sheet.figures, sheet.relations) == {absent, came, "attendance.rate"}


def test_large_figures_and_things_are_all_shown() -> None:
    """Nothing small, nothing withheld; three seats and two patents are nobody's privacy."""
    sheet = Sheet()
    sheet.whole("all", [sheet.count("some", 12), sheet.count("others", 5)])
    sheet.rate("fill", "some", sheet.count("capacity", 3, THINGS))
    sheet.count("patents", 2, THINGS)
    assert withheld(sheet.figures, sheet.relations) == frozenset()


@pytest.mark.parametrize("n", range(5))
def test_from_0_to_4_all_are_withheld(n: int) -> None:
    """And 5 is not; the limit is another one where that is asked for."""
    sheet = Sheet()
    sheet.count("late", n)
    sheet.count("marked", 5)
    assert withheld(sheet.figures, ()) == {"late"}
    assert withheld(sheet.figures, (), limit=10) == {"late", "marked"}


def test_what_nobody_stated_is_not_withheld() -> None:
    """It says nothing, and where a sum holds without it, it counts nothing."""
    sheet = Sheet()
    sheet.relate(sheet.count("all", 9), [sheet.count("a", 9), sheet.count("b", None)])
    assert withheld(sheet.figures, sheet.relations) == frozenset()
    sheet.count("a", 3)
    sheet.count("c", 6)
    sheet.relations.clear()
    sheet.relate("all", ["a", "b", "c"])
    assert withheld(sheet.figures, sheet.relations) == {"a", "c"}


def test_sums_that_are_wrong_tell_nothing() -> None:
    """Figures that do not reconcile withhold nothing more than what is small."""
    sheet = Sheet()
    sheet.relate(sheet.count("all", 20), [sheet.count("a", 3), sheet.count("b", 9)])
    assert withheld(sheet.figures, sheet.relations) == {"a"}


def test_nobody_learns_that_he_is_the_only_one() -> None:
    """Of two enterprises in two districts each knows that it is one: a third district keeps them apart."""
    sheet = Sheet()
    parts = [sheet.count(f"district.{place}", n) for place, n in enumerate((1, 1, 30, 8))]
    sheet.whole("all", parts)
    assert withheld(sheet.figures, sheet.relations) == {"district.0", "district.1", "district.3"}


def test_few_scores_have_no_mean() -> None:
    """Of four answers, of none, and of nine that are all alike the mean tells too much; of others it is told."""
    for given, hidden in (
        ([0, 0, 0, 0, 4], True),
        ([0, 0, 0, 0, 0], True),
        ([0, 0, 0, 0, 9], True),
        ([5, 6, 7, 8, 9], False),
    ):
        sheet = Sheet()
        sheet.scores("feedback", given)
        assert ("feedback.mean" in withheld(sheet.figures, sheet.relations)) is hidden


def test_a_mean_is_worth_as_much_as_a_sum() -> None:
    """With two scores withheld the mean tells them apart, unless it or another score goes, too."""
    sheet = Sheet()
    sheet.scores("feedback", [2, 6, 9, 3, 7])
    hidden = withheld(sheet.figures, sheet.relations)
    known = Attacker(sheet.figures, sheet.relations, small(sheet.figures))
    assert known.values("feedback.distribution.1") == [2]
    assert len(hidden - small(sheet.figures)) == 1
    assert len(Attacker(sheet.figures, sheet.relations, hidden).values("feedback.distribution.1")) > 1


def test_figures_that_are_equal_go_together() -> None:
    """The same number under another key; and the sum of a week whose other event has no number."""
    sheet = Sheet()
    sheet.relate(sheet.count("totals.late", 3), [sheet.count("events.one.late", 3)])
    sheet.whole("week", [sheet.count("events.one.came", 4), sheet.count("events.two.came", 50)])
    hidden = withheld(sheet.figures, sheet.relations)
    assert hidden == {"totals.late", "events.one.late", "events.one.came", "events.two.came"}


def test_means_of_other_things_are_no_business_of_anybody() -> None:
    """Patents per 10,000 people have decimals and are shown."""
    figures = {"per": Figure("per", "per", THINGS, Decimal("1.25"))}
    assert withheld(figures, ()) == frozenset()


def big(rng: random.Random) -> Sheet:
    """A week of twelve events with 300 quarters of an hour, 60 sessions, 30 industries and 20 districts each."""
    sheet = Sheet()
    for event in range(12):
        quarters = [sheet.count(f"{event}.arrivals.{n}", max(0, int(rng.gauss(4, 4)))) for n in range(300)]
        attended = sheet.whole(f"{event}.attended", quarters)
        came = sheet.figures[attended].value
        walk_in = sheet.count(f"{event}.walk_in_attended", rng.randint(0, 20))
        expected = sheet.count(f"{event}.expected_attended", came - sheet.figures[walk_in].value)
        sheet.relate(attended, [walk_in, expected], Sum.AT_MOST)
        sheet.whole(f"{event}.expected", [expected, sheet.count(f"{event}.absent", rng.randint(0, 8))])
        sheet.rate(f"{event}.rate", expected, f"{event}.expected")
        seats = sheet.count(f"{event}.seats", 40, THINGS)
        for place in range(60):
            held = sheet.count(f"{event}.sessions.{place}", rng.randint(0, 40))
            sheet.relate(attended, [held], Sum.AT_MOST)
            sheet.rate(f"{held}.fill", held, seats)
        for name in ("registered", "took_part"):
            groups = [sheet.count(f"{event}.district.{n}.{name}", rng.randint(0, 12)) for n in range(20)]
            firms = sheet.whole(f"{event}.{name}", groups)
            most = sheet.figures[firms].value
            kinds = [
                sheet.count(f"{event}.industry.{n}.{name}", min(most, rng.randint(0, 12))) for n in range(29)
            ]
            kinds.append(sheet.count(f"{event}.industry.29.{name}", most))
            sheet.relate(firms, kinds, Sum.AT_LEAST)
            for kind in kinds:
                sheet.relate(firms, [kind], Sum.AT_MOST)
    for name in ("attended", "expected", "expected_attended"):
        sheet.whole(f"totals.{name}", [f"{event}.{name}" for event in range(12)])
    return sheet


def test_a_large_week_takes_no_time() -> None:
    """Thousands of figures in under 0.3 s, one in a hundred withheld beside the small ones; the same each time."""
    sheet = big(random.Random(7))
    begun = time.process_time()
    hidden = withheld(sheet.figures, sheet.relations)
    assert time.process_time() - begun < 0.3
    counts = [key for key, figure in sheet.figures.items() if not figure.of]
    assert len(counts) > 5_500
    beside = [key for key in hidden - small(sheet.figures) if key in counts]
    assert 0 < len(beside) < 60
    assert hidden == withheld(sheet.figures, sheet.relations)
