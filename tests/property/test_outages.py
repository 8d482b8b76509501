"""Whenever a server goes and comes back, the doors admit the same people."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import ScanRequest, Standing
from ipweek.domain.errors import DatabaseError, NotFoundError
from ipweek.domain.words import Direction
from ipweek.jobs.desk_line import DeskLine
from ipweek.services.checkin import CheckIn
from ipweek.services.own_copies import OwnCopies
from ipweek.storage.desk_unit_of_work import DeskUnitOfWork
from ipweek.storage.engine import open_engine
from ipweek.storage.queries import checkin_log
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import StandingClock
from tests.world import World, build

STEPS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(("scan", "scan", "scan", "leave", "mark", "undo"))),
    min_size=1,
    max_size=10,
)
OUTAGES = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 5), st.booleans()), max_size=3)
"""Before which step, for how many, and whether the server had done the first of them before it went."""


class Server(UnitOfWork):
    """A database that is out of reach when a test says so; `last_word` has it do what it is asked before it goes."""

    is_there, last_word = True, False

    def write_core(self):
        """A write transaction, if there is a server."""
        if self.is_there:
            return super().write_core()
        if self.last_word:
            self.last_word = False
            return _unheard(super().write_core())
        raise DatabaseError("database-unreachable")

    def read(self):
        """A read transaction, if there is a server, or one that is about to say its last word."""
        if not (self.is_there or self.last_word):
            raise DatabaseError("database-unreachable")
        return super().read()


class _unheard:  # noqa: N801 - a context manager
    def __init__(self, inner) -> None:
        self._inner = inner

    def __enter__(self):
        return self._inner.__enter__()

    def __exit__(self, *error: object) -> None:
        self._inner.__exit__(*error)
        if error[0] is None:
            raise DatabaseError("database-unreachable")


class Own(OwnCopies):
    """The desk's own copies, beside a server of the kind above."""

    def answers(self) -> bool:
        """Whether the test lets the server be there."""
        assert isinstance(self._server, Server)
        return self._server.is_there

    def abandon(self) -> None:
        """Nobody waits."""


class Scene:
    """One desk, its server in a file, and a line that moves only when the test says so."""

    def __init__(self, template: Path, folder: Path) -> None:
        folder.mkdir()
        shutil.copyfile(template, folder / "server.db")
        self.engine = open_engine(f"sqlite:///{folder / 'server.db'}")
        self.server, self.clock, self.actor = Server(self.engine), StandingClock(), Actor("o", "d")
        self.world: World = build(self.server, 4)
        desk = DeskUnitOfWork(self.server)
        self.line = DeskLine(Own(desk, self.clock), folder / "offline", self.actor)
        self.line._thread.start = lambda: None  # type: ignore[method-assign]
        self.line.start("huizhou-2019")
        self.checkin = CheckIn(desk, self.clock)
        self.door = self.checkin.door(self.world.event_code)

    def step(self, guest: int, what: str) -> None:
        """Something happens at the door, a minute later."""
        self.clock.forward(minutes=1)
        asked, at = self.world.guests[guest], (self.actor, self.door)
        if what == "mark":
            self.checkin.mark_present(*at, asked.registration)
        elif what == "undo":
            try:
                self.checkin.undo(*at, asked.registration)
            except NotFoundError as error:
                assert error.code in ("entry-missing", "entry-not-in-copy")  # noqa: PT017
        else:
            direction = Direction.EXIT if what == "leave" else Direction.ENTRY
            self.checkin.scan(*at, ScanRequest(asked.code, direction=direction))

    def play(self, steps, outages) -> dict[int, Standing]:
        """All steps, the server away as told; how each guest stands at the end, by the server."""
        ends = -1
        for place, (guest, what) in enumerate(steps):
            if self.server.is_there:  # a copy as fresh as can be
                self.line._due = 0.0
                self.line._look()
            if place >= ends and not self.server.is_there:
                self.back()
            for begin, length, last_word in outages:
                if begin == place and self.server.is_there:
                    self.server.is_there, self.server.last_word, ends = False, last_word, place + length
            self.step(guest, what)
        self.back()
        assert self.checkin.disagreements(self.world.event_code) == ()
        with self.server.read() as session:
            found = checkin_log.standings(session, self.world.event)
        order = {guest.registration: place for place, guest in enumerate(self.world.guests)}
        return {order[key[0]]: standing for key, standing in found.items() if standing != Standing()}

    def back(self) -> None:
        """The server is there again, and the desk sees it."""
        self.server.is_there, self.server.last_word = True, False
        self.line._due = 0.0
        self.line._look()
        assert not self.line.is_away
        self.line._look()

    def close(self) -> None:
        """Let the files go."""
        self.line.close()
        self.engine.dispose()


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[Path]:
    """A new folder each time."""
    return (tmp_path / f"{number}" for number in count())


def _settings(examples: int) -> settings:
    """To make a case smaller takes minutes: an example writes ten copies."""
    return settings(
        max_examples=examples,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )


def check(template: Path, folders: Iterator[Path], steps, outages) -> None:
    """With and without the outages everybody is as he is."""
    told = []
    for kept in (outages, ()):
        scene = Scene(template, next(folders))
        try:
            told.append(scene.play(steps, kept))
        finally:
            scene.close()
    assert told[0] == told[1]


@_settings(5)
@given(steps=STEPS, outages=OUTAGES)
def test_any_outage_admits_the_same(sqlite_template: Path, folders, steps, outages) -> None:
    """Whatever happens at a door, with the server away at any moments, leaves everybody as it would without an outage."""
    check(sqlite_template, folders, steps, outages)


@pytest.mark.soak
@_settings(60)
@given(steps=STEPS, outages=OUTAGES)
def test_any_outage_admits_the_same_soaked(sqlite_template: Path, folders, steps, outages) -> None:
    """Many doors."""
    check(sqlite_template, folders, steps, outages)
