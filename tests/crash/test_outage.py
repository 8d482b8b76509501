"""A desk whose server goes: it goes on by itself, and brings everything to the server when that is back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from sqlalchemy import select

from ipweek import bootstrap
from ipweek.config import Settings
from ipweek.domain.checkin import ScanAnswer, ScanRequest
from ipweek.domain.desk_line import CameBack, News, WentOffline
from ipweek.domain.errors import DatabaseError
from ipweek.domain.words import Reason, Verdict
from ipweek.jobs import desk_line
from ipweek.services.checkin import CheckIn
from ipweek.storage.engine import open_engine
from ipweek.storage.tables.checkin import Scan
from ipweek.storage.unit_of_work import UnitOfWork
from tests.stoppable import Stoppable, stoppable_postgres
from tests.world import World, build

PATIENCE = 60.0


@pytest.fixture(scope="module")
def server() -> Iterator[Stoppable]:
    """A server that these tests stop and start."""
    with stoppable_postgres() as server:
        yield server


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_line, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(desk_line, "LEAST_SECONDS", 0.1)
    monkeypatch.setattr(desk_line, "REST", 1.0)


def until(met: Callable[[], bool]) -> None:
    """Wait for it."""
    end = monotonic() + PATIENCE
    while not met():
        assert monotonic() < end
        sleep(0.02)


class Desk:
    """A desk that is kept at work, with what it heard of its server."""

    def __init__(self, url: str, home: Path, name: str = "A") -> None:
        settings = Settings(home, url, "en", name, "Chen", None, home / "cache")
        self.news: list[News] = []
        self.app = bootstrap.open_desk(settings, self.news.append, "huizhou-2019")
        assert self.app.line is not None
        self.line = self.app.line

    def ready(self) -> "Desk":
        """Wait for the copy to hold what the server holds."""
        stamp = self.line._own.stamp()
        until(lambda: self.line._stamp == stamp)
        return self

    def scan(self, code: str, **further) -> ScanAnswer:
        """At the event's door."""
        door = self.app.checkin.door("release-2019")
        return self.app.checkin.scan(self.app.actor, door, ScanRequest(code, **further))

    def heard(self, kind: type[News]) -> list[News]:
        """The news of one kind."""
        return [each for each in self.news if isinstance(each, kind)]


@pytest.fixture
def world(server: Stoppable) -> Iterator[World]:
    """Twelve guests."""
    engine = open_engine(server.database())
    yield build(UnitOfWork(engine), 12)
    engine.dispose()


@pytest.fixture
def opened(world: World, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Open a desk; all are closed at the end."""
    desks = []

    def open_(**further) -> Desk:
        url = world.uow.engine.url.render_as_string(hide_password=False)
        desks.append(Desk(url, tmp_path, **further))
        return desks[-1]

    yield open_
    for desk in desks:
        desk.app.close()


def logged(world: World) -> list[tuple[str, Verdict, bool]]:
    """The server's log in its order: code, verdict, whether a copy judged it."""
    with world.uow.read() as session:
        rows = session.execute(
            select(Scan.code, Scan.verdict, Scan.offline).order_by(Scan.device_at, Scan.sequence)
        )
        return [tuple(row) for row in rows]


def test_goes_on_alone_and_comes_back(server: Stoppable, world: World, opened) -> None:
    """Scans before, during and after an outage are all on the server, in order, each once."""
    desk, codes = opened(), [guest.code for guest in world.guests]
    assert not desk.scan(codes[0]).offline
    desk.ready()
    server.stop()
    answers = [desk.scan(code) for code in codes[1:4]]
    assert [(said.verdict, said.offline) for said in answers] == [(Verdict.ACCEPTED, True)] * 3
    assert desk.scan(codes[0]).reason is Reason.ALREADY_IN
    assert desk.heard(WentOffline) == [WentOffline(desk.line.since)]
    with pytest.raises(DatabaseError, match="needs-server"):
        desk.app.reports.week("huizhou-2019")
    server.start()
    until(lambda: desk.heard(CameBack))
    assert desk.heard(CameBack) == [CameBack(4, 0, 0)]
    assert not desk.scan(codes[4]).offline
    accepted = [(code, Verdict.ACCEPTED, 0 < place < 4) for place, code in enumerate(codes[:4])]
    expected = [*accepted, (codes[0], Verdict.REFUSED, True), (codes[4], Verdict.ACCEPTED, False)]
    assert logged(world) == expected
    assert CheckIn(world.uow).disagreements(world.event_code) == ()
