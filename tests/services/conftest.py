"""A desk in an empty workspace, with a week and an event, and in the seeded one."""

import pytest

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import Door
from ipweek.services.checkin import CheckIn
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import StandingClock
from tests.desk import Desk, with_event, with_huizhou, with_workspace
from tests.kept_world import kept
from tests.world import World


@pytest.fixture(scope="session")
def actor() -> Actor:
    """An operator at a desk, in the run in which the worlds that are kept were built: its entries are one chain."""
    return Actor("operator", "desk-1")


@pytest.fixture
def bare(uow: UnitOfWork, clock: StandingClock, actor: Actor) -> Desk:
    """A desk without a workspace."""
    return Desk(uow, clock, actor)


@pytest.fixture
def empty(bare: Desk) -> Desk:
    """A desk in a workspace without records."""
    return kept(bare, with_workspace)


@pytest.fixture
def desk(bare: Desk) -> Desk:
    """A desk in a workspace with a week and an event."""
    return kept(bare, with_workspace, with_event)


@pytest.fixture
def huizhou(bare: Desk) -> Desk:
    """A desk in the workspace of Huizhou 2019."""
    return kept(bare, with_workspace, with_huizhou)


@pytest.fixture
def checkin(uow: UnitOfWork, clock: StandingClock) -> CheckIn:
    """The doors."""
    return CheckIn(uow, clock)


@pytest.fixture
def door(world: World, checkin: CheckIn) -> Door:
    """The door of the test's event."""
    return checkin.door(world.event_code)
