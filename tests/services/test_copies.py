"""Copies for desks without a network: taken, used, brought back in any order, any number of times."""

import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import ScanRequest
from ipweek.domain.copies import CopyOrder
from ipweek.domain.words import Direction, Reason, Verdict
from ipweek.jobs.desks import DeskJobs
from ipweek.services.checkin import CheckIn
from ipweek.services.copies import Copies
from ipweek.storage.engine import open_engine
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import StandingClock
from tests.world import World, build

EXIT = Direction.EXIT


@pytest.fixture
def world(uow: UnitOfWork) -> World:
    """Three guests of one event."""
    return build(uow)


@pytest.fixture
def jobs(uow: UnitOfWork, clock: StandingClock) -> DeskJobs:
    """Taking and uniting at the main database."""
    return DeskJobs(Copies(uow, clock))


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[Path], UnitOfWork]]:
    """Open a copy's file as its desk does."""
    engines = []

    def open_(file: Path) -> UnitOfWork:
        engines.append(open_engine(f"sqlite:///{file}"))
        return UnitOfWork(engines[-1])

    yield open_
    for engine in engines:
        engine.dispose()


def test_a_desk_goes_on_and_comes_back(
    world: World, jobs: DeskJobs, actor: Actor, clock: StandingClock, tmp_path: Path, opened
) -> None:
    """Scans of a copy are judged there, come back as they were judged, and again add nothing."""
    order = CopyOrder((world.event_code,), desk="B")
    taken = jobs.take(actor, order, tmp_path / "b.db")
    assert stat.S_IMODE(taken.file.stat().st_mode) == 0o600
    there = CheckIn(opened(taken.file), clock)
    door = there.door(world.event_code)
    clock.forward(minutes=5)
    mine = Actor("Li", "B")
    assert there.scan(mine, door, ScanRequest(world.guests[0].code)).verdict is Verdict.ACCEPTED
    assert there.scan(mine, door, ScanRequest(world.guests[0].code)).reason is Reason.ALREADY_IN
    told = jobs.merge(actor, taken.file)
    assert (told.scans, told.known, told.walk_ins, told.conflicts) == (2, 0, 0, 0)
    again = jobs.merge(actor, taken.file)
    assert (again.scans, again.known, again.conflicts) == (0, 2, 0)
    assert CheckIn(world.uow, clock).disagreements(world.event_code) == ()
