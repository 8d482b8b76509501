"""A desk in an empty workspace, with a week and an event, and in the seeded one."""

import pytest

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import Door
from ipweek.services.checkin import CheckIn
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import StandingClock
from tests.desk import EVENT, Desk
from tests.world import World


@pytest.fixture
def empty(uow: UnitOfWork, clock: StandingClock, actor: Actor) -> Desk:
    """A desk in a workspace without records."""
    made = Desk(uow, clock, actor)
    made.workspaces.create(actor)
    return made


@pytest.fixture
def desk(empty: Desk) -> Desk:
    """A desk in a workspace with a week and an event."""
    empty.add("week", "huizhou-2019")
    empty.add("event", EVENT, start="2019-04-25")
    return empty


@pytest.fixture
def huizhou(empty: Desk) -> Desk:
    """A desk in the workspace of Huizhou 2019."""
    empty.workspaces.seed(empty.actor, "huizhou-2019")
    return empty


@pytest.fixture
def checkin(uow: UnitOfWork, clock: StandingClock) -> CheckIn:
    """The doors."""
    return CheckIn(uow, clock)


@pytest.fixture
def door(world: World, checkin: CheckIn) -> Door:
    """The door of the test's event."""
    return checkin.door(world.event_code)
