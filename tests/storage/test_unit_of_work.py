"""Transactions on both engines: all or nothing, one picture, writers in turn."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from threading import Barrier, Event
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import IntegrityError

from ipweek.domain.errors import DatabaseError
from ipweek.domain.ids import new_id
from ipweek.storage import scan_connections
from ipweek.storage.engine import open_engine
from ipweek.storage.tables.programme import Venue
from ipweek.storage.unit_of_work import UnitOfWork


def codes(uow: UnitOfWork) -> list[str]:
    """The venues that a new transaction sees."""
    with uow.read() as session:
        return sorted(session.scalars(select(Venue.code)))


def venue(code: str) -> Venue:
    """A row to write."""
    return Venue(id=new_id(), code=code)


def test_leaving_commits(uow: UnitOfWork) -> None:
    """What a block wrote is there after it, and values can be read from its objects."""
    with uow.write() as session:
        made = venue("hall")
        session.add(made)
    assert (codes(uow), made.code) == (["hall"], "hall")


def test_exception_rolls_back(uow: UnitOfWork) -> None:
    """Any exception takes everything back, on a session and on a bare connection."""

    def fail(way: str) -> None:
        with getattr(uow, way)() as opened:
            opened.execute(Venue.__table__.insert(), {"id": new_id(), "code": "hall"})
            raise KeyboardInterrupt

    for way in ("write", "write_core"):
        with pytest.raises(KeyboardInterrupt):
            fail(way)
    assert codes(uow) == []


def test_reading_writes_nothing(uow: UnitOfWork) -> None:
    """What a read transaction wrote by mistake is gone."""
    with uow.read() as session:
        session.add(venue("hall"))
        session.flush()
    assert codes(uow) == []


def test_one_picture(uow: UnitOfWork) -> None:
    """A read transaction sees nothing of what is committed while it lasts."""
    with uow.read() as session:
        before = session.scalar(select(func.count()).select_from(Venue))
        with uow.write() as other:
            other.add(venue("hall"))
        assert session.scalar(select(func.count()).select_from(Venue)) == before == 0
    assert codes(uow) == ["hall"]


def test_two_threads_write_at_once(uow: UnitOfWork) -> None:
    """Two threads that write at the same moment both succeed, many times over."""
    together = Barrier(2)

    def write(thread: int) -> None:
        together.wait()
        for number in range(25):
            with uow.write() as session:
                session.add(venue(f"{thread}-{number}"))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, range(2)))
    assert len(codes(uow)) == 50


def test_writers_take_turns(uow: UnitOfWork) -> None:
    """Look first and write then, in one transaction, is safe: of eight threads one finds the place free."""
    together = Barrier(8)

    def take(_thread: int) -> bool:
        together.wait()
        with uow.write() as session:
            free = session.scalar(select(func.count()).select_from(Venue)) == 0
            if free:
                session.add(venue(new_id().hex))
            return free

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, range(8))) == 1


@pytest.mark.parametrize("engine_url", ["postgresql"], indirect=True)
def test_scans_wait_for_nobody(uow: UnitOfWork) -> None:
    """A bare connection writes while a long transaction has its turn; on SQLite there is one writer."""
    with uow.write() as session:
        session.add(venue("slow"))
        session.flush()
        with uow.write_core() as connection:
            connection.execute(Venue.__table__.insert(), {"id": new_id(), "code": "quick"})
        assert codes(uow) == ["quick"]
    assert codes(uow) == ["quick", "slow"]


@pytest.mark.parametrize("engine_url", ["postgresql"], indirect=True)
def test_turn_has_a_deadline(uow: UnitOfWork, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for a turn in vain is told that the database is busy, and later waits have no such limit."""
    from ipweek.storage import unit_of_work

    short = text(str(unit_of_work._TURN).replace("'10s'", "'50ms'"))
    done = Event()

    def hold() -> None:
        with uow.write():
            held.set()
            done.wait(60)

    held = Event()
    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        assert held.wait(60)
        monkeypatch.setattr(unit_of_work, "_TURN", short)
        with pytest.raises(DatabaseError, match="database-busy"), uow.write():
            pass
        done.set()
        holding.result()
    with uow.read() as session:
        assert session.scalar(text("SHOW lock_timeout")) == "0"


@pytest.mark.parametrize("engine_url", ["postgresql"], indirect=True)
def test_autocommit(uow: UnitOfWork) -> None:
    """Each statement stands by itself."""

    def write_twice() -> None:
        with uow.autocommit() as connection:
            for _twice in range(2):
                connection.execute(Venue.__table__.insert(), {"id": new_id(), "code": "hall"})

    with pytest.raises(IntegrityError):
        write_twice()
    assert codes(uow) == ["hall"]


@pytest.mark.parametrize("engine_url", ["postgresql"], indirect=True)
def test_a_cursor_is_kept(uow: UnitOfWork) -> None:
    """One scan after the other finds the same connection; two at a time have one each."""

    def backend(cursor: Any) -> int:
        return cursor.execute(b"SELECT pg_backend_pid()").fetchone()[0]

    with uow.cursor() as first, uow.cursor() as second:
        assert backend(first) != backend(second)
        own = backend(first)
    with uow.cursor() as cursor:
        assert backend(cursor) == own


@pytest.mark.parametrize("engine_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("idle", [0.0, 2.0])
def test_a_cursor_that_the_server_ended(
    uow: UnitOfWork, engine: Engine, idle: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In use it is told as out of reach, after a while of rest not even that; either way the next one works."""
    with uow.cursor() as cursor:
        own = cursor.execute(b"SELECT pg_backend_pid()").fetchone()[0]
    with engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:own, 5000)"), {"own": own})
    now = monotonic()
    monkeypatch.setattr(scan_connections, "monotonic", lambda: now + idle)
    told = nullcontext() if idle else pytest.raises(DatabaseError, match="database-unreachable")
    with told, uow.cursor() as cursor:
        cursor.execute(b"SELECT 1")
    with uow.cursor() as cursor:
        assert cursor.execute(b"SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize("engine_url", ["postgresql"], indirect=True)
def test_no_cursor_without_a_server(engine: Engine) -> None:
    """A desk that finds nobody at the server's address is told so."""
    nobody = open_engine(engine.url.set(port=1).render_as_string(hide_password=False))
    with pytest.raises(DatabaseError, match="database-unreachable"), UnitOfWork(nobody).cursor():
        pass


def test_broken_rule_passes_as_it_is(uow: UnitOfWork) -> None:
    """What is no state of the database is left to the service that knows what it means."""

    def write_twice() -> None:
        with uow.write() as session:
            session.add_all([venue("hall"), venue("hall")])

    with pytest.raises(IntegrityError):
        write_twice()


@pytest.mark.parametrize("engine_url", ["postgresql"], indirect=True)
def test_connection_that_the_server_ended(uow: UnitOfWork, engine: Engine) -> None:
    """A connection ended in the middle of the work is told as out of reach; the next one works."""

    def end_own() -> None:
        with uow.write() as session:
            own = session.scalar(text("SELECT pg_backend_pid()"))
            with engine.connect() as other:
                other.execute(text("SELECT pg_terminate_backend(:own)"), {"own": own})
            session.add(venue("hall"))

    with pytest.raises(DatabaseError, match="database-unreachable"):
        end_own()
    assert codes(uow) == []
