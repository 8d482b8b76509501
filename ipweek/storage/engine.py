"""Engines: SQLite by default, PostgreSQL for many desks."""

import os
from contextlib import suppress
from pathlib import Path
from socket import SHUT_RDWR, socket
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

import psutil
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from ipweek.domain.errors import DatabaseError, UsageError
from ipweek.storage.seals import register_functions

_NETWORK_FILE_SYSTEMS = ("nfs", "cifs", "smb", "afp", "9p", "fuse.sshfs", "webdav", "davfs", "ncp")
BUSY_TIMEOUT_MS = 10_000
_REACH = {
    "connect_timeout": 2,
    "tcp_user_timeout": 3_000,
    "keepalives": 1,
    "keepalives_idle": 1,
    "keepalives_interval": 1,
    "keepalives_count": 2,
}
"""A pulled cable is noticed within five seconds; the system's own patience is a quarter of an hour."""
IDLE_SECONDS = 1.0
_FOR_SCANS = (
    "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off -c statement_timeout=5000"
)
"""One plan for every scan, by indexes: to plan the statement anew takes four times as long as to execute it."""


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
        engine = create_engine(address, pool_size=8, max_overflow=8, connect_args=_arguments(address))
    except ModuleNotFoundError:
        raise UsageError("postgres-not-installed") from None
    _watch_connections(engine, 0.0)
    return engine


def _arguments(address: URL, **further: Any) -> dict[str, Any]:
    """What psycopg is told, unless the address says otherwise."""
    wanted = _REACH | further
    return {name: value for name, value in wanted.items() if name not in address.query}


def answers(engine: Engine) -> bool:
    """Whether the server takes a new connection and answers on it."""
    pool = engine.pool.recreate()
    try:
        connection = pool.connect()
        try:
            assert connection.dbapi_connection is not None
            engine.dialect.do_ping(connection.dbapi_connection)
        finally:
            connection.close()
    except engine.dialect.loaded_dbapi.Error:
        return False
    finally:
        pool.dispose()
    return True


_in_use: WeakKeyDictionary[Engine, set[Any]] = WeakKeyDictionary()


def _watch_connections(engine: Engine, idle_seconds: float) -> None:
    """Know which are in use, and ask one that was idle for so long whether it still stands."""
    used = _in_use[engine] = set[Any]()

    def take(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
        used.add(connection)
        since = record.info.get("used")
        if since is None or monotonic() - since < idle_seconds:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            used.discard(connection)
            raise DisconnectionError from error

    def give_back(connection: Any, record: ConnectionPoolEntry) -> None:
        used.discard(connection)
        record.info["used"] = monotonic()

    event.listen(engine, "checkout", take)
    event.listen(engine, "checkin", give_back)


def abandon(engine: Engine) -> None:
    """Break the connections on which somebody waits for a server that does not answer: whoever waits is told so."""
    engines = [engine, _scanning[engine]] if engine in _scanning else [engine]
    for each in engines:
        for connection in tuple(_in_use.get(each, ())):
            with suppress(OSError, ValueError, each.dialect.loaded_dbapi.Error):
                broken = socket(fileno=connection.fileno())
                try:
                    broken.shutdown(SHUT_RDWR)
                finally:
                    broken.detach()


_scanning: WeakKeyDictionary[Engine, Engine] = WeakKeyDictionary()


def for_scans(engine: Engine) -> Engine:
    """The connections of a PostgreSQL engine on which scans are made: each statement a transaction of its own.

    It is prepared once, and sent as it is ($1, $2 …) rather than searched for placeholders every time.
    """
    if engine not in _scanning:
        from psycopg import RawCursor  # noqa: PLC0415 - only where there is a server

        options = f"{engine.url.query.get('options', '')} {_FOR_SCANS}"
        address = engine.url.difference_update_query(["options"])
        further = {"options": options, "cursor_factory": RawCursor, "prepare_threshold": 0}
        made = create_engine(
            address,
            isolation_level="AUTOCOMMIT",
            paramstyle="numeric_dollar",
            use_native_hstore=False,
            pool_size=1,
            max_overflow=7,
            pool_reset_on_return=None,
            connect_args=_arguments(address, **further),
        )
        _watch_connections(made, IDLE_SECONDS)
        event.listen(engine, "engine_disposed", lambda _engine: made.dispose())
        _scanning[engine] = made
    return _scanning[engine]


def _open_sqlite(address: URL) -> Engine:
    file = database_file(address)
    _refuse_network(file)
    _create_private(file)
    engine = create_engine(address.set(database=str(file)), connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", set_up)
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


def set_up(connection: Any, _record: object) -> None:
    """Let a new SQLite connection be as durable and as strict as we want it."""
    # The driver must not begin by itself: a deferred transaction that turns into a writer fails at once.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    register_functions(connection)
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sealing'").fetchone():
        # Somebody takes the file of a desk's copy along as it is, and leaves what lies beside it.
        connection.execute("PRAGMA wal_autocheckpoint=1")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("ipweek_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")
