"""A main database and desks with copies of it, for the tests of uniting them."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, select

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import ScanAnswer, ScanRequest
from ipweek.domain.copies import CopyMerged, CopyOrder
from ipweek.domain.desk_conflicts import DeskConflict
from ipweek.domain.registrations import NewRegistration, Registered
from ipweek.domain.words import Direction, RegistrationSource
from ipweek.jobs.desks import DeskJobs
from ipweek.services.badge_binding import Bindings
from ipweek.services.badges import Badges
from ipweek.services.checkin import CheckIn
from ipweek.services.copies import Copies
from ipweek.services.desk_conflicts import DeskConflicts
from ipweek.services.registrations import Registrations
from ipweek.storage.engine import open_engine
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.programme import Event
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import StandingClock
from tests.world import World, build

EVENT = "release-2019"


class DoorDesk:
    """The services that a door needs, over one database."""

    def __init__(self, uow: UnitOfWork, clock: StandingClock, name: str, file: Path | None = None) -> None:
        self.uow, self.clock, self.file = uow, clock, file
        self.actor = Actor("Li", name)
        self.checkin, self.registrations = CheckIn(uow, clock), Registrations(uow, clock)
        self.badges, self.bindings = Badges(uow, clock), Bindings(uow, clock)
        self.copies, self.conflicts = Copies(uow, clock), DeskConflicts(uow, clock)
        self.door = self.checkin.door(EVENT)

    def scan(self, code: str, direction: Direction = Direction.ENTRY, why: str | None = None) -> ScanAnswer:
        """Read a badge."""
        return self.checkin.scan(self.actor, self.door, ScanRequest(code, direction=direction, override=why))

    def walk_in(self, name: str, phone: str = "", enterprise: str = "", **given: object) -> Registered:
        """Register somebody who comes unannounced."""
        new = NewRegistration(
            name, phone=phone, enterprise=enterprise, source=RegistrationSource.WALK_IN, **given
        )  # type: ignore[arg-type]
        return self.registrations.register(self.actor, EVENT, new)

    def code(self, row: Registered) -> str:
        """The code on somebody's badge."""
        return next(each.code for each in self.badges.codes(EVENT) if each.registration == row.id)

    def badge(self, number: int) -> Badge:
        """A badge by its number."""
        with self.uow.read() as session:
            return session.scalars(select(Badge).where(Badge.number == number)).one()


class Apart:
    """A main database with guests, and desks that go away with copies of it."""

    def __init__(self, uow: UnitOfWork, clock: StandingClock, folder: Path, guests: int = 3) -> None:
        self.world: World = build(uow, guests)
        self.world.set(Event, self.world.event, taken=guests)
        self.clock, self._folder = clock, folder
        self.main = DoorDesk(uow, clock, "main")
        self.jobs = DeskJobs(self.main.copies)
        self._engines: list[Engine] = []

    def desk(self, name: str) -> DoorDesk:
        """A desk that takes a copy along and opens it, a minute later."""
        file = self.jobs.take(
            self.main.actor, CopyOrder((EVENT,), desk=name), self._folder / f"{name}.db"
        ).file
        self.clock.forward(minutes=1)
        return self.opened(file, name)

    def opened(self, file: Path, name: str) -> DoorDesk:
        """A desk that opens a file."""
        self._engines.append(open_engine(f"sqlite:///{file}"))
        return DoorDesk(UnitOfWork(self._engines[-1]), self.clock, name, file)

    def merge(self, desk: DoorDesk) -> CopyMerged:
        """Unite a desk's file; the doors agree with their log."""
        assert desk.file is not None
        told = self.jobs.merge(self.main.actor, desk.file)
        assert self.main.checkin.disagreements(EVENT) == ()
        return told

    @property
    def conflicts(self) -> tuple[DeskConflict, ...]:
        """Those that are open."""
        return self.main.conflicts.conflicts(EVENT)

    def close(self) -> None:
        """Close the desks' files."""
        for engine in self._engines:
            engine.dispose()


def tampered(file: Path, change: Callable[[sqlite3.Connection], object]) -> Path:
    """Alter a file by other means, its triggers taken out first."""
    connection = sqlite3.connect(file, isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    change(connection)
    connection.close()
    return file
