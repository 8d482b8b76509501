"""Engines: SQLite by default, PostgreSQL for many desks."""

import os
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from ipweek.domain.errors import DatabaseError, UsageError
from ipweek.storage.seals import register_functions

_NETWORK_FILE_SYSTEMS = ("nfs", "cifs", "smb", "afp", "9p", "fuse.sshfs", "webdav", "davfs", "ncp")
BUSY_TIMEOUT_MS = 10_000


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///FILE` or `postgresql+psycopg://…`.

    Raises UsageError for another address, DatabaseError where a SQLite file would lie on a network file system.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise UsageError("database-url-invalid") from None
    if address.drivername in ("sqlite", "sqlite+pysqlite"):
        return _open_sqlite(address)
    if address.drivername == "postgresql+psycopg":
        return _open_postgres(address)
    raise UsageError("database-url-unsupported", driver=address.drivername)


def database_file(url: URL) -> Path:
    """The file of a SQLite address."""
    if not url.database or url.database == ":memory:":
        raise UsageError("database-needs-file")
    return Path(url.database).expanduser().resolve()


def _open_postgres(address: URL) -> Engine:
    try:
        return create_engine(address, pool_pre_ping=True, pool_size=8, max_overflow=8)
    except ModuleNotFoundError:
        raise UsageError("postgres-not-installed") from None


def _open_sqlite(address: URL) -> Engine:
    file = database_file(address)
    _refuse_network(file)
    _create_private(file)
    engine = create_engine(address.set(database=str(file)), connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _refuse_network(file: Path) -> None:
    """SQLite's locks are not kept by network file systems, and a torn database is the result."""
    if str(file).startswith("\\\\"):
        raise DatabaseError("database-on-network", path=str(file), file_system="UNC")
    mounts = {partition.mountpoint: partition.fstype for partition in psutil.disk_partitions(all=True)}
    for folder in file.parents:
        file_system = mounts.get(str(folder))
        if file_system is not None:
            if file_system.lower().startswith(_NETWORK_FILE_SYSTEMS):
                raise DatabaseError("database-on-network", path=str(file), file_system=file_system)
            return


def _create_private(file: Path) -> None:
    """Create the file readable by its owner alone; the WAL and its index inherit the mode."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise DatabaseError("database-not-writable", path=str(file), detail=error.strerror) from error


def _set_up(connection: Any, _record: object) -> None:
    # The driver must not begin by itself: a deferred transaction that turns into a writer fails at once.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    register_functions(connection)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("ipweek_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")
