"""The rules in SQL are the rules in Python; the admissions are what the log adds up to."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import RULES, DoorFacts, LoggedScan, ScanRequest, first_reason, fold
from ipweek.domain.errors import NotFoundError
from ipweek.domain.ids import new_id
from ipweek.domain.words import Direction, EntryRule, Reason, RegistrationStatus, ScanKind, Verdict
from ipweek.services.checkin import CheckIn
from ipweek.storage.tables.checkin import Checkpoint
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import NOON, StandingClock
from tests.door_facts import WELCOME, in_sql
from tests.world import World, build

SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
_moments = st.none() | st.sampled_from([NOON + timedelta(seconds=s) for s in (-1, 0, 1)])
_small = st.integers(0, 3)
_statuses = st.none() | st.sampled_from(RegistrationStatus)
_categories = st.sampled_from(["delegate", "guest", "来宾", 'a"b', ""])
_turns: dict[str, st.SearchStrategy[Any]] = {
    "code": st.sampled_from([None, Reason.INVALID, Reason.FORGED, Reason.AMBIGUOUS]),
    "direction": st.sampled_from(Direction),
    "offline": st.booleans(),
    "person": st.booleans(),
    "status": _statuses,
    "category": st.none() | _categories,
    "issue": st.none() | _small,
    "key_id": st.none() | _small,
    "current_issue": st.none() | _small,
    "current_key": st.none() | _small,
    "revoked_at": _moments,
    "enrolment": _statuses,
    "enrolment_needed": st.booleans(),
    "categories": st.lists(_categories, max_size=3).map(tuple),
    "enterprise_needed": st.booleans(),
    "enterprise_listed": st.booleans(),
    "opens_at": _moments,
    "closes_at": _moments,
    "entry_rule": st.sampled_from(EntryRule),
    "capacity": st.none() | _small,
    "present": _small,
    "inside": st.booleans(),
    "entries": _small,
}
# Few turns from a welcome reach the last rules, many reach the first ones.
some_facts = st.fixed_dictionaries({}, optional=_turns).map(lambda turned: DoorFacts(**{**WELCOME, **turned}))


@settings(max_examples=400, deadline=None)
@given(facts=some_facts)
def test_sql_says_what_python_says(connection: Connection, facts: DoorFacts) -> None:
    """On any facts the CASE of each engine gives the first reason of the reference."""
    assert in_sql(connection, facts) == first_reason(facts)


def test_rules_are_asked_in_the_order_of_the_reasons() -> None:
    """The reference holds one rule for each reason, in the vocabulary's order."""
    assert list(RULES) == list(Reason)


def test_a_welcome_passes() -> None:
    """Facts with nothing against them pass."""
    assert first_reason(DoorFacts(**WELCOME)) is None


_steps = st.lists(
    st.tuples(st.sampled_from(["entry", "exit", "undo", "override"]), st.integers(0, 2), st.integers(-5, 5)),
    min_size=1,
    max_size=12,
)


@pytest.fixture
def world(uow: UnitOfWork) -> World:
    """Three guests, whose log grows from example to example."""
    return build(uow)


@pytest.mark.parametrize("capacity", [None, 1])
@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(steps=_steps)
def test_admissions_are_what_the_log_says(world: World, capacity: int | None, steps: list[Any]) -> None:
    """Entries, exits, undo and overrides at any moments, late ones too: log and admissions agree."""
    world.set(Checkpoint, world.door, capacity=capacity)
    checkin = CheckIn(world.uow, StandingClock())
    door = checkin.door(world.event_code)
    for what, who, minutes in steps:
        guest, actor = world.guests[who], Actor("o", "d")
        if what == "undo":
            try:
                checkin.undo(actor, door, guest.registration)
            except NotFoundError:
                continue
        else:
            direction = Direction.EXIT if what == "exit" else Direction.ENTRY
            why = "because" if what == "override" else None
            at = NOON + timedelta(minutes=minutes)
            checkin.scan(actor, door, ScanRequest(guest.code, at=at, direction=direction, override=why))
    assert checkin.disagreements(world.event_code) == ()


_people, _door = [new_id() for _ in range(2)], new_id()
_logged = st.builds(
    LoggedScan,
    id=st.builds(new_id),
    kind=st.just(ScanKind.SCAN),
    registration=st.sampled_from([*_people, None]),
    checkpoint=st.just(_door),
    direction=st.sampled_from(Direction),
    at=st.integers(0, 3).map(lambda n: NOON + timedelta(minutes=n)),
    received_at=st.integers(0, 3).map(lambda n: NOON + timedelta(minutes=n)),
    sequence=st.integers(1, 3),
    verdict=st.sampled_from(Verdict),
    desk=st.sampled_from(["a", "b"]),
    annuls=st.none(),
)


@given(rows=st.lists(_logged, max_size=8), chance=st.randoms())
def test_fold_does_not_mind_the_order(rows: list[LoggedScan], chance: Random) -> None:
    """The log adds up to the same in any order, with repeats."""
    shuffled = [*rows]
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(rows)
