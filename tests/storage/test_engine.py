"""Engines: private files, what is refused with a code, and what every connection is set to."""

import multiprocessing
import os
import sqlite3
import stat
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest
from sqlalchemy import event, insert, select, text

from ipweek.domain.errors import DatabaseError, IpweekError, UsageError
from ipweek.domain.ids import new_id
from ipweek.storage import engine as engines
from ipweek.storage import lock as locks
from ipweek.storage import migrate
from ipweek.storage.engine import open_engine
from ipweek.storage.lock import WriteLock
from ipweek.storage.tables.programme import Room, Venue
from ipweek.storage.unit_of_work import UnitOfWork
from tests.desk import refusal


class Mount(NamedTuple):
    """As psutil tells of a partition."""

    mountpoint: str
    fstype: str


@pytest.fixture
def file(sqlite_template: Path, tmp_path: Path) -> Path:
    """A migrated SQLite file."""
    copy = tmp_path / "ipweek.db"
    copy.write_bytes(sqlite_template.read_bytes())
    copy.chmod(0o600)
    return copy


def opened(file: Path) -> UnitOfWork:
    """Transactions on a file."""
    return UnitOfWork(open_engine(f"sqlite:///{file}"))


def add_venue(uow: UnitOfWork, **values: object) -> None:
    """Write one row."""
    with uow.write() as session:
        session.add(Venue(id=new_id(), code=new_id().hex, **values))


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX's")
def test_files_are_private(tmp_path: Path) -> None:
    """The database, its log, the log's index and the lock are the owner's alone, whatever the umask; so is the folder."""
    before = os.umask(0)
    try:
        uow = opened(tmp_path / "home" / "ipweek.db")
        migrate.upgrade(uow.engine)
        add_venue(uow)
        names = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "home").iterdir()}
    finally:
        os.umask(before)
    wanted = ("ipweek.db", "ipweek.db-shm", "ipweek.db-wal", "ipweek.db.lock")
    assert names == dict.fromkeys(wanted, 0o600)
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smbfs", "fuse.sshfs", "9p"])
def test_network_file_systems_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """A file below a network mount is refused with the reason and not created; beside it, it is not."""
    monkeypatch.setattr(
        psutil, "disk_partitions", lambda **_all: [Mount("/", "ext4"), Mount(str(tmp_path / "n"), kind)]
    )
    target = tmp_path / "n" / "deep" / "ipweek.db"
    params = refusal(DatabaseError, "database-on-network", open_engine, f"sqlite:///{target}")
    assert params == {"path": str(target), "file_system": kind}
    assert not target.parent.exists()
    open_engine(f"sqlite:///{tmp_path / 'near.db'}").dispose()
    assert (tmp_path / "near.db").exists()


def test_local_mount_below_a_network_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The nearest mount decides."""
    monkeypatch.setattr(
        psutil, "disk_partitions", lambda **_all: [Mount("/", "nfs"), Mount(str(tmp_path), "ext4")]
    )
    open_engine(f"sqlite:///{tmp_path / 'ipweek.db'}").dispose()
    assert (tmp_path / "ipweek.db").exists()


def test_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without permission, or one that is a file, is told with its path."""
    (tmp_path / "plain").write_text("text", encoding="utf-8")
    params = refusal(
        DatabaseError, "database-not-writable", open_engine, f"sqlite:///{tmp_path}/plain/ipweek.db"
    )
    assert params["path"] == str(tmp_path / "plain" / "ipweek.db")

    def refused(*_arguments: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(engines.os, "open", refused)
    params = refusal(DatabaseError, "database-not-writable", open_engine, f"sqlite:///{tmp_path}/ipweek.db")
    assert params["detail"] == "Permission denied"


def test_not_a_database(tmp_path: Path) -> None:
    """A file of another kind is told so, by a look at its schema and by a transaction, and stays as it was."""
    other = tmp_path / "ipweek.db"
    other.write_bytes(b"not a database " * 100)
    uow = opened(other)
    refusal(DatabaseError, "database-not-a-database", migrate.require_current, uow.engine)
    refusal(DatabaseError, "database-not-a-database", migrate.upgrade, uow.engine)
    refusal(DatabaseError, "database-not-a-database", add_venue, uow)
    assert other.read_bytes() == b"not a database " * 100


def test_full_disk(file: Path) -> None:
    """A full disk is told so; the transaction leaves nothing, and the next one works when there is room."""
    uow = opened(file)
    pages = [0]

    def limit(connection: sqlite3.Connection, *_more: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages[0] or 1_000_000}")

    event.listen(uow.engine, "checkout", limit)
    with sqlite3.connect(file) as connection:
        pages[0] = connection.execute("PRAGMA page_count").fetchone()[0]
    refusal(DatabaseError, "database-full", add_venue, uow, note="x" * 1_000_000)
    pages[0] = 0
    with uow.read() as session:
        assert session.scalars(select(Venue.id)).all() == []
    add_venue(uow, note="x" * 1_000_000)


def test_readonly_database(file: Path) -> None:
    """Writing where nothing may be written is told so; reading goes on."""
    uow = opened(file)
    event.listen(
        uow.engine, "checkout", lambda connection, *_more: connection.execute("PRAGMA query_only=ON")
    )
    refusal(DatabaseError, "database-readonly", add_venue, uow)
    with uow.read() as session:
        assert session.scalars(select(Venue.id)).all() == []


def test_settings_after_migrations(tmp_path: Path) -> None:
    """After a migration in the same engine foreign keys hold, the log is written ahead, and nothing is lost."""
    uow = opened(tmp_path / "ipweek.db")
    migrate.upgrade(uow.engine)
    with uow.read() as session:
        told = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("foreign_keys", "journal_mode", "synchronous", "busy_timeout")
        }
    assert told == {"foreign_keys": 1, "journal_mode": "wal", "synchronous": 2, "busy_timeout": 10_000}
    with uow.engine.connect() as connection, pytest.raises(Exception, match="FOREIGN KEY"):
        connection.execute(insert(Room), {"id": new_id(), "code": "r", "venue_id": new_id()})


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("nonsense", "database-url-invalid"),
        ("postgresql+psycopg://host:port/db", "database-url-invalid"),
        ("mysql://host/db", "database-url-unsupported"),
        ("postgresql://host/db", "database-url-unsupported"),
        ("sqlite+aiosqlite:///x.db", "database-url-unsupported"),
        ("sqlite://", "database-needs-file"),
        ("sqlite:///:memory:", "database-needs-file"),
    ],
)
def test_addresses(url: str, code: str) -> None:
    """An address that names no database of ours is refused by a code, without its password."""
    refusal(UsageError, code, open_engine, url)


def test_server_out_of_reach() -> None:
    """A server that does not answer is told so, by each way in."""
    uow = UnitOfWork(open_engine("postgresql+psycopg://nobody:secret@127.0.0.1:9/none?connect_timeout=2"))
    with pytest.raises(IpweekError) as caught:
        migrate.require_current(uow.engine)
    assert (caught.value.code, "secret" in str(caught.value)) == ("database-unreachable", False)

    def work(way: str) -> None:
        with getattr(uow, way)() as opened:
            opened.execute(text("SELECT 1"))

    for way in ("read", "write", "write_core", "autocommit"):
        refusal(DatabaseError, "database-unreachable", work, way)


def test_busy_lock_has_a_deadline(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for the write lock in vain is told that the database is busy."""
    monkeypatch.setattr(locks, "DEADLINE_SECONDS", 0.05)
    with WriteLock(file).held():
        refusal(DatabaseError, "database-busy", add_venue, opened(file))
    add_venue(opened(file))


def hold_and_wait(file: str, held: object) -> None:
    """Take the lock and a write transaction, and keep them."""
    uow = UnitOfWork(open_engine(f"sqlite:///{file}"))
    with uow.write() as session:
        session.add(Venue(id=new_id(), code="half"))
        session.flush()
        held.set()
        multiprocessing.Event().wait()


def test_killed_process_frees_the_lock(file: Path) -> None:
    """A process killed in the middle of a write leaves neither its lock nor its half transaction."""
    spawn = multiprocessing.get_context("spawn")
    held = spawn.Event()
    process = spawn.Process(target=hold_and_wait, args=(str(file), held))
    process.start()
    assert held.wait(60)
    process.kill()
    process.join()
    uow = opened(file)
    add_venue(uow)
    with uow.read() as session:
        assert "half" not in session.scalars(select(Venue.code)).all()
