"""A desk whose server goes: it goes on by itself, and brings everything to the server when that is back."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from uuid import UUID

import pytest
from sqlalchemy import select

from ipweek import bootstrap
from ipweek.config import Settings
from ipweek.domain.actor import Actor
from ipweek.domain.checkin import ScanAnswer, ScanRequest
from ipweek.domain.desk_line import CameBack, News, WentOffline
from ipweek.domain.errors import DatabaseError, NotFoundError
from ipweek.domain.registrations import NewRegistration
from ipweek.domain.words import DeskConflictKind, Direction, Reason, RegistrationStatus, Verdict
from ipweek.jobs import desk_line
from ipweek.services.checkin import CheckIn
from ipweek.services.desk_conflicts import DeskConflicts
from ipweek.services.people import People
from ipweek.services.registrations import Registrations
from ipweek.storage import scan_connections
from ipweek.storage.engine import open_engine
from ipweek.storage.tables.checkin import Checkpoint, Scan
from ipweek.storage.tables.people import Person
from ipweek.storage.unit_of_work import UnitOfWork
from tests.stoppable import Stoppable, stoppable_postgres
from tests.world import World, build

PATIENCE = 60.0


@pytest.fixture(scope="module")
def _server() -> Iterator[Stoppable]:
    with stoppable_postgres() as server:
        yield server


@pytest.fixture
def server(_server: Stoppable) -> Iterator[Stoppable]:
    """A server that these tests stop and start."""
    yield _server
    _server.start()


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
        self.door = self.app.checkin.door("release-2019")

    def ready(self) -> "Desk":
        """Wait for the copy to hold what the server holds."""
        until(lambda: self.line._stamp == self.line._own.stamp())
        return self

    def scan(self, code: str, **further) -> ScanAnswer:
        """At the event's door."""
        return self.app.checkin.scan(self.app.actor, self.door, ScanRequest(code, **further))

    def heard(self, kind: type[News]) -> list[News]:
        """The news of one kind."""
        return [each for each in self.news if isinstance(each, kind)]


@pytest.fixture
def world(server: Stoppable) -> Iterator[World]:
    """Twelve guests."""
    made = open_engine(server.database())
    yield build(UnitOfWork(made), 12)
    made.dispose()


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


def test_knows_whom_other_desks_let_in(
    server: Stoppable, world: World, opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two copies the desk follows who came and went everywhere: it lets nobody in anew, and can undo it."""
    monkeypatch.setattr(desk_line, "LEAST_SECONDS", 1_000.0)
    world.set(Checkpoint, world.door, capacity=2)
    desk, other = opened(), CheckIn(world.uow)
    until(lambda: desk.line._stamp is not None)
    whole = desk.line._stamp
    codes = [guest.code for guest in world.guests]
    for code, direction in (
        (codes[0], Direction.ENTRY),
        (codes[1], Direction.ENTRY),
        (codes[1], Direction.EXIT),
    ):
        other.scan(Actor("Li", "B"), desk.door, ScanRequest(code, direction=direction))
    until(lambda: desk.line._carried[0] == desk.line._own.stamp())
    assert desk.line._stamp == whole
    assert desk.line._own.is_untouched(desk.line._place.file)
    server.stop()
    assert desk.scan(codes[0]).reason is Reason.ALREADY_IN
    assert desk.scan(codes[1]).verdict is Verdict.ACCEPTED
    assert desk.scan(codes[2]).reason is Reason.FULL
    desk.app.checkin.undo(desk.app.actor, desk.door, world.guests[0].registration)
    assert desk.scan(codes[2]).verdict is Verdict.ACCEPTED
    with pytest.raises(NotFoundError, match="entry-not-in-copy"):
        desk.app.checkin.undo(desk.app.actor, desk.door, world.guests[0].registration)
    server.start()
    until(lambda: bool(desk.heard(CameBack)))
    assert desk.heard(CameBack) == [CameBack(5, 0, 0)]
    assert desk.app.checkin.inside(desk.door, [guest.registration for guest in world.guests]) == {
        world.guests[1].registration,
        world.guests[2].registration,
    }
    assert CheckIn(world.uow).disagreements(world.event_code) == ()


def test_marks_undo_and_walk_ins_go_on(server: Stoppable, world: World, opened) -> None:
    """Whatever a door does goes on alone: a mark, an undone entry, a newcomer with a badge, an exit."""
    desk = opened().ready()
    first, second = world.guests[:2]
    app, door, event = desk.app, desk.door, world.event_code
    desk.scan(first.code)
    desk.ready()
    server.stop()
    assert app.checkin.mark_present(app.actor, door, second.registration).offline
    app.checkin.undo(app.actor, door, first.registration)
    assert desk.scan(first.code).verdict is Verdict.ACCEPTED
    desk.scan(first.code, direction=Direction.EXIT)
    made = app.registrations.register(app.actor, event, NewRegistration(name="新来", phone="13800138000"))
    code = next(row.code for row in app.badges.codes(event) if row.registration == made.id)
    assert desk.scan(code).name == "新来"
    with pytest.raises(DatabaseError, match="needs-server"):
        app.registrations.leave(app.actor, str(second.registration))
    server.start()
    until(lambda: desk.heard(CameBack))
    assert desk.heard(CameBack) == [CameBack(5, 1, 0)]
    inside = app.checkin.inside(door, [first.registration, second.registration, made.id])
    assert inside == {second.registration, made.id}
    assert CheckIn(world.uow).disagreements(event) == ()


def test_two_desks_undo_the_same_entry(server: Stoppable, world: World, opened) -> None:
    """An entry that both annulled while they were apart is annulled once, and nobody is left offline."""
    desks = [opened(name="A"), opened(name="B")]
    guest = world.guests[0]
    desks[0].scan(guest.code)
    for desk in desks:
        desk.ready()
    server.stop()
    for desk in desks:
        desk.app.checkin.undo(desk.app.actor, desk.door, guest.registration)
    server.start()
    for desk in desks:
        until(lambda desk=desk: bool(desk.heard(CameBack)))
    assert not desks[0].scan(guest.code).offline
    assert CheckIn(world.uow).disagreements(world.event_code) == ()


def test_two_desks_let_the_same_person_in(server: Stoppable, world: World, opened) -> None:
    """Apart, both doors accept one badge; once they are back, somebody is asked which entry stands."""
    desks = [opened(name="A").ready(), opened(name="B").ready()]
    server.stop()
    for desk in desks:
        assert desk.scan(world.guests[0].code).verdict is Verdict.ACCEPTED
    server.start()
    for desk in desks:
        until(lambda desk=desk: bool(desk.heard(CameBack)))
    told = [news for desk in desks for news in desk.heard(CameBack)]
    assert sorted(news.conflicts for news in told) == [0, 1]
    found = DeskConflicts(world.uow).conflicts(world.event_code)
    assert [each.kind for each in found] == [DeskConflictKind.TWO_ENTRIES]


def test_closed_while_offline(server: Stoppable, world: World, opened) -> None:
    """The next start goes on with the same copy while the server is away, and else catches up first."""
    desk = opened().ready()
    server.stop()
    desk.scan(world.guests[0].code)
    desk.app.close()
    again = opened()
    assert again.line.is_away
    assert again.scan(world.guests[0].code).reason is Reason.ALREADY_IN
    again.app.close()
    server.start()
    last = opened()
    assert last.news == [CameBack(2, 0, 0)]
    assert last.scan(world.guests[0].code).reason is Reason.ALREADY_IN
    assert len(logged(world)) == 3


@pytest.mark.parametrize("idle_seconds", [0.0, 60.0])
def test_frozen_server_is_let_go(
    server: Stoppable, world: World, opened, monkeypatch: pytest.MonkeyPatch, idle_seconds: float
) -> None:
    """A server that stands still keeps a scan waiting for seconds, not for ever; it is there once, whoever wrote it.

    Whether the connection has just been used, or is asked first and made anew.
    """
    monkeypatch.setattr(scan_connections, "IDLE_SECONDS", idle_seconds)
    desk = opened().ready()
    desk.scan(world.guests[0].code)
    desk.ready()
    server.freeze()
    begun = monotonic()
    try:
        said = desk.scan(world.guests[1].code)
        assert monotonic() - begun < 15
    finally:
        server.thaw()
    assert (said.verdict, said.offline) == (Verdict.ACCEPTED, True)
    until(lambda: bool(desk.heard(CameBack)))
    assert [code for code, _verdict, _offline in logged(world)] == [guest.code for guest in world.guests[:2]]


def test_answer_lost_on_the_way(world: World, opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan that the server has written and could not confirm is in the log once after it was repeated."""
    desk = opened().ready()
    execute = CheckIn._execute

    def cut_off(self, *arguments):
        execute(self, *arguments)
        monkeypatch.setattr(CheckIn, "_execute", execute)
        monkeypatch.setattr("ipweek.services.own_copies.answers", lambda _engine: False)
        raise DatabaseError("database-unreachable")

    monkeypatch.setattr(CheckIn, "_execute", cut_off)
    said = desk.scan(world.guests[0].code)
    assert (said.verdict, said.offline) == (Verdict.ACCEPTED, True)
    monkeypatch.setattr("ipweek.services.own_copies.answers", lambda _engine: True)
    until(lambda: bool(desk.heard(CameBack)))
    assert desk.heard(CameBack) == [CameBack(0, 0, 0)]
    assert logged(world) == [(world.guests[0].code, Verdict.ACCEPTED, False)]


def people(world: World, name: str) -> list[UUID]:
    """Who goes by a name on the server."""
    with world.uow.read() as session:
        return list(session.scalars(select(Person.id).where(Person.name == name)))


def test_walk_in_at_the_moment_of_an_outage(server: Stoppable, world: World, opened) -> None:
    """Somebody who is being registered when the server goes is registered by the desk alone, without another word."""
    desk = opened().ready()
    server.stop()
    new = NewRegistration(name="新来", enterprise="惠州新来科技有限公司")
    made = desk.app.registrations.register(desk.app.actor, world.event_code, new)
    assert desk.heard(WentOffline)
    server.start()
    until(lambda: bool(desk.heard(CameBack)))
    assert desk.heard(CameBack) == [CameBack(0, 1, 0)]
    assert desk.app.registrations.show(str(made.id)).name == "新来"
    assert len(people(world, "新来")) == 1


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("answering", [False, True])
def test_walk_in_whose_answer_is_lost(
    world: World, opened, monkeypatch: pytest.MonkeyPatch, known: bool, answering: bool
) -> None:
    """The server has written him and could not say so: he is one person with one registration, known before or new."""
    desk = opened().ready()
    if known:
        directory = People(world.uow)
        directory.add(desk.app.actor, NewRegistration(name="新来", phone="13800138000"))
    registering, tries = Registrations._register, count()

    def cut_off(self, *arguments):
        told = registering(self, *arguments)
        if next(tries):
            return told
        monkeypatch.setattr("ipweek.services.own_copies.answers", lambda _engine: answering)
        raise DatabaseError("database-unreachable")

    monkeypatch.setattr(Registrations, "_register", cut_off)
    new = NewRegistration(name="新来", phone="13800138000")
    made = desk.app.registrations.register(desk.app.actor, world.event_code, new)
    assert desk.line.is_away is not answering
    monkeypatch.setattr("ipweek.services.own_copies.answers", lambda _engine: True)
    until(lambda: not desk.line.is_away)
    assert len(people(world, "新来")) == 1
    row = desk.app.registrations.show(str(made.id))
    assert (row.status, row.person) == (RegistrationStatus.REGISTERED, people(world, "新来")[0])
    assert DeskConflicts(world.uow).conflicts(world.event_code) == ()
    assert desk.app.audit.broken() == ()


def start_stream(world: World, home: Path) -> "subprocess.Popen[str]":
    """`ipweek checkin --stdin --json` on the world's server."""
    url = world.uow.engine.url.render_as_string(hide_password=False)
    told = {"IPWEEK_DATABASE_URL": url, "IPWEEK_HOME": str(home), "IPWEEK_LANG": "en", "IPWEEK_DESK": "door"}
    command = [sys.executable, "-m", "ipweek", "checkin", "--event", world.event_code, "--stdin", "--json"]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=os.environ | told, bufsize=1
    )


def ask(stream: "subprocess.Popen[str]", code: str) -> dict[str, object]:
    """Send a code, and wait for its line."""
    assert stream.stdin is not None
    assert stream.stdout is not None
    stream.stdin.write(code + "\n")
    line = stream.stdout.readline()
    assert line, stream.communicate()
    return json.loads(line)


def test_stream_killed_while_offline(server: Stoppable, world: World, opened, tmp_path: Path) -> None:
    """The stream says that it goes on alone; killed there, it has lost nothing that it acknowledged."""
    codes = [guest.code for guest in world.guests]
    stream = start_stream(world, tmp_path)
    try:
        assert "offline" not in ask(stream, codes[0])
        until(lambda: bool(list(tmp_path.glob("offline/*/1.db"))))
        server.stop()
        answers = [ask(stream, code) for code in codes[1:6]]
        assert [(said["verdict"], said.get("offline")) for said in answers] == [("accepted", True)] * 5
    finally:
        stream.kill()
    assert "offline since" in stream.communicate()[1]
    server.start()
    assert opened().news == [CameBack(5, 0, 0)]
    assert [row[0] for row in logged(world)] == codes[:6]


@pytest.mark.parametrize("rounds", [2, pytest.param(8, marks=pytest.mark.soak)])
def test_killed_while_catching_up(
    server: Stoppable, world: World, opened, tmp_path: Path, rounds: int
) -> None:
    """Whenever in its way back a process dies, what it kept is on the server once after the next start."""
    stamps = []
    for number in range(rounds):
        stream = start_stream(world, tmp_path)
        try:
            kept = lambda: bool(list(tmp_path.glob("offline/*/1.db")))  # noqa: E731
            ask(stream, "1")
            until(kept)
            server.stop()
            stamps += [ask(stream, guest.code)["at"] for guest in world.guests[:6]]
            server.start()
            sleep(2.0 + 0.6 * number / rounds)
        finally:
            stream.kill()
            stream.communicate()
    opened()
    log = [row for row in logged(world) if row[0] != "1"]
    assert len(log) == len(stamps) == 6 * rounds
    assert CheckIn(world.uow).disagreements(world.event_code) == ()
