"""A merge loses nothing, and its undo is nothing, in random worlds on both engines."""

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.conftest import NOON, StandingClock
from tests.merge_world import FIRMS, MergeWorld

PERSON = st.integers(0, 3)
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("register"), PERSON, st.integers(0, 1), st.integers(0, 3), st.integers(0, 2)),
        st.tuples(st.just("register"), PERSON, st.just(0), st.integers(1, 3), st.integers(0, 2)),
        st.tuples(st.just("substitute"), PERSON, PERSON),
        st.tuples(st.just("end"), PERSON, st.integers(0, 1), st.sampled_from(["cancel", "block", "unblock"])),
        st.tuples(st.just("enrol"), PERSON, st.integers(0, 1)),
        st.tuples(
            st.just("scan"), PERSON, st.integers(0, 2), st.sampled_from(["entry", "exit", "override", "undo"])
        ),
        st.tuples(st.just("print"), PERSON),
        st.tuples(st.just("receive"), PERSON),
    ),
    min_size=4,
    max_size=22,
)
START = [("register", person, 0, 3, person % 3) for person in range(4)]
"""Four at an event for two, in a session for one: two of them wait."""
GIVEN = given(moves=MOVES, pair=st.permutations(range(4)))
UNSHRUNK = (Phase.explicit, Phase.generate)
"""A world takes a fifth of a second: making a failing one smaller would take minutes."""
QUIET = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)


def merge_and_back(uow, actor, moves, pair) -> None:
    """Play, merge two people and see that all is there; undo and see that all is as it was; merge twice, undo twice."""
    world = MergeWorld(uow, StandingClock(NOON), actor)
    world.play([*START, *moves])
    world.check_counts()
    keep, drop, third, _rest = (world.person(number) for number in pair)
    before, had, totals = world.dump(), world.holdings(keep, drop), world.totals()
    made = world.merging.merge(actor, keep, drop)
    assert world.holdings(keep) == had
    assert world.totals() == totals
    world.check_counts()
    world.tick.forward(minutes=1)
    between = world.dump()
    again = world.merging.merge(actor, third, keep)
    world.check_counts()
    world.merging.undo(actor, str(again.id))
    assert world.dump() == between
    world.merging.undo(actor, str(made.id))
    assert world.dump() == before
    assert world.audit.broken() == ()


@example(
    moves=[
        *(("scan", person, door, "entry") for person in (0, 1) for door in (0, 1)),
        ("scan", 0, 0, "exit"),
        ("scan", 0, 0, "entry"),
        *(("print", 1), ("receive", 0), ("receive", 1), ("substitute", 0, 1), ("register", 1, 1, 0, 2)),
    ],
    pair=[0, 1, 2, 3],
)
@settings(max_examples=7, deadline=None, phases=UNSHRUNK, suppress_health_check=QUIET)
@GIVEN
def test_merging_people_keeps_all_and_undone_is_nothing(uow, actor, moves, pair):
    """Both registered at one event, both scanned at one door, waiting, cancelled and blocked in any mixture."""
    merge_and_back(uow, actor, moves, pair)


@pytest.mark.soak
@settings(max_examples=150, deadline=None, phases=UNSHRUNK, suppress_health_check=QUIET)
@GIVEN
def test_merging_people_at_length(uow, actor, moves, pair):
    """The same, longer."""
    merge_and_back(uow, actor, moves, pair)


@settings(max_examples=5, deadline=None, phases=UNSHRUNK, suppress_health_check=QUIET)
@given(moves=MOVES, way=st.booleans(), labels=st.lists(st.tuples(st.booleans(), st.booleans()), max_size=3))
def test_merging_enterprises_keeps_all_and_undone_is_nothing(uow, actor, moves, way, labels):
    """People, registrations, demands, industries: those of one are the other's, then each its own again."""
    world = MergeWorld(uow, StandingClock(NOON), actor)
    world.play([*START, *moves])
    for one, _other in labels:
        firm = FIRMS[one]
        world.records.edit(actor, "enterprise", code_of(world, firm), {"industries": ("led",)})
        world.add("demand", "", enterprise=code_of(world, firm))
    keep, drop = FIRMS[:2] if way else FIRMS[1::-1]
    before, totals = world.dump(), world.totals()
    made = world.merging.merge(actor, keep, drop)
    assert world.totals() == totals
    assert not (set(made.drop.has) - {"enterprise_aliases"})
    assert code_of(world, drop) == code_of(world, keep)
    world.check_counts()
    world.merging.undo(actor, str(made.id))
    assert world.dump() == before


def code_of(world: MergeWorld, name: str) -> str:
    """The code of the enterprise that a name leads to."""
    from ipweek.services.matching import enterprise_of

    with world.uow.read() as session:
        return enterprise_of(session, name).code
