"""The file of a desk's copy: made with the schema of today, read as it stands at one moment."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError as DriverError
from sqlalchemy.pool import StaticPool

from ipweek.domain.errors import InvalidError
from ipweek.storage import seals
from ipweek.storage.migrate import HEAD
from ipweek.storage.tables import Base

_MAGIC = b"SQLite format 3\0"
_BESIDE = ("", "-wal", "-journal")


@contextmanager
def made(path: Path) -> Iterator[Connection]:
    """A connection to a new database of the current schema, in one transaction that ends with the block."""
    engine = create_engine(f"sqlite:///{path.as_posix()}")
    event.listen(engine, "connect", _as_new)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as connection:
            Base.metadata.create_all(connection)
            connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
            connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
            yield connection
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            assert not broken, broken[:5]
    finally:
        engine.dispose()
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _as_new(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=MEMORY")
    seals.register_functions(connection)


@contextmanager
def snapshot(path: Path) -> Iterator[Connection]:
    """What a copy's file holds at one moment, in memory, however busy the desk is with it.

    Raises InvalidError `copy-missing`, `copy-not-one` or `copy-unreadable`, and `copy-other-version` where another
    version of the program made it.
    """
    _look(path)
    memory = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    try:
        _copy_into(memory, path)
        engine = create_engine("sqlite://", creator=lambda: memory, poolclass=StaticPool)
        with engine.connect() as connection:
            _look_inside(connection, path)
            yield connection
    except (sqlite3.DatabaseError, DriverError) as error:
        raise InvalidError("copy-unreadable", path=str(path), detail=str(error).splitlines()[0]) from error
    finally:
        memory.close()


def added(path: Path) -> int | None:
    """How many changes of its own a copy's file has sealed; None where it cannot be read."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=10)) as file:
            found: tuple[int] | None = file.execute("SELECT position FROM sealing").fetchone()
            return None if found is None else found[0]
    except sqlite3.Error:
        return None


def _look(path: Path) -> None:
    if path.is_dir():
        raise InvalidError("copy-not-one", path=str(path))
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except FileNotFoundError:
        raise InvalidError("copy-missing", path=str(path)) from None
    except OSError as error:
        raise InvalidError("copy-unreadable", path=str(path), detail=error.strerror or "") from error
    if start != _MAGIC:
        raise InvalidError("copy-not-one", path=str(path))


def _copy_into(memory: sqlite3.Connection, path: Path) -> None:
    """By SQLite's own backup; from a medium that nothing can be written to, by way of a folder of our own."""
    try:
        _back_up(memory, path)
    except sqlite3.OperationalError:
        with tempfile.TemporaryDirectory(prefix="ipweek-copy-") as folder:
            for ending in _BESIDE:
                beside = path.with_name(path.name + ending)
                if beside.exists():
                    shutil.copyfile(beside, Path(folder) / f"copy.db{ending}")
            _back_up(memory, Path(folder) / "copy.db")


def _back_up(memory: sqlite3.Connection, path: Path) -> None:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=10)) as source:
        source.backup(memory)
    memory.execute("PRAGMA journal_mode=MEMORY")


def _look_inside(connection: Connection, path: Path) -> None:
    sound = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if sound != "ok":
        raise sqlite3.DatabaseError(str(sound))
    names = set(inspect(connection).get_table_names())
    if not names >= {"alembic_version", "workspaces", "seals", "sealing", "copies"}:
        raise InvalidError("copy-not-one", path=str(path))
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found != HEAD:
        raise InvalidError("copy-other-version", found=found, expected=HEAD)
