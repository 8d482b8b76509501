"""Transactions: a service method opens one, and leaving the block is the decision."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from ipweek.domain.errors import DatabaseError
from ipweek.storage.engine import database_file, for_scans
from ipweek.storage.lock import DEADLINE_SECONDS, WriteLock
from ipweek.storage.tables.programme import Workspace

T = TypeVar("T")

_SQLITE_CODES = {
    "SQLITE_FULL": "database-full",
    "SQLITE_READONLY": "database-readonly",
    "SQLITE_CANTOPEN": "database-not-writable",
    "SQLITE_NOTADB": "database-not-a-database",
    "SQLITE_CORRUPT": "database-corrupt",
    "SQLITE_BUSY": "database-busy",
    "SQLITE_LOCKED": "database-busy",
    "SQLITE_IOERR": "database-io-error",
}
_POSTGRES_CODES = {
    "53100": "database-full",
    "25006": "database-readonly",
    "55P03": "database-busy",
    "40P01": "database-busy",
    "40001": "database-busy",
    "57014": "database-unreachable",
}


_TURN = text(
    f"SELECT set_config('lock_timeout', '{DEADLINE_SECONDS:.0f}s', true), pg_advisory_xact_lock(4413002019)"
)


class UnitOfWork:
    """Opens the transactions of one database: many readers, one fair queue of writers.

    On SQLite all writers take turns. On PostgreSQL those of `write` do, so that looking for a person, a code or
    the first in line and acting on it are one step on either engine; scans wait for nobody.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = (
            engine if self.is_sqlite else engine.execution_options(isolation_level="REPEATABLE READ")
        )
        self._writer = engine.execution_options(ipweek_writes=True)
        self._lock = WriteLock(database_file(engine.url)) if self.is_sqlite else None

    @property
    def engine(self) -> Engine:
        """The database's engine."""
        return self._engine

    @property
    def is_sqlite(self) -> bool:
        """Whether it is an embedded database."""
        return self.engine.dialect.name == "sqlite"

    @property
    def copy(self) -> UUID | None:
        """The desk's copy that this database is, None for a main one."""
        return self._own_copy

    @property
    def is_away(self) -> bool:
        """Whether a server is away and a copy in its place; a database of its own never is."""
        return False

    @cached_property
    def _own_copy(self) -> UUID | None:
        if not self.is_sqlite:
            return None
        with self.read() as session:
            return session.scalar(select(Workspace.copy_id))

    def repeated(self, work: Callable[[], T]) -> T:
        """Do what may be done twice. Where a database can go away, another one takes its place."""
        return work()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A read transaction: one consistent picture."""
        with translated_errors(), Session(self._reader) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A write transaction: commits on leaving, rolls back on any exception."""
        with (
            translated_errors(),
            self._writing(),
            Session(self._writer, expire_on_commit=False, info={"copy": self.copy}) as session,
            session.begin(),
        ):
            if not self.is_sqlite:
                session.execute(_TURN)
            yield session

    @contextmanager
    def write_core(self) -> Iterator[Connection]:
        """A write transaction on a bare connection, for the hot paths."""
        with translated_errors(), self._writing(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def autocommit(self) -> Iterator[Connection]:
        """A connection on which each statement is a transaction of its own (PostgreSQL)."""
        with translated_errors(), for_scans(self.engine).connect() as connection:
            yield connection

    @contextmanager
    def cursor(self) -> Iterator[Any]:
        """The driver's own cursor on such a connection, for the hottest path of all."""
        engine = for_scans(self.engine)
        driver = engine.dialect.loaded_dbapi
        with translated_errors():
            connection = engine.raw_connection()
            try:
                yield connection.cursor()
            except driver.Error as error:
                if engine.dialect.is_disconnect(error, connection.driver_connection, None):
                    connection.invalidate(error)
                raise DBAPIError.instance(None, None, error, driver.Error) from error
            finally:
                connection.close()

    def _writing(self) -> AbstractContextManager[None]:
        return self._lock.held() if self._lock else nullcontext()


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn what a driver says of the engine's state into a DatabaseError; other errors pass."""
    try:
        yield
    except DBAPIError as error:
        code = _code_of(error)
        if code is None:
            raise
        raise DatabaseError(code) from error


def _code_of(error: DBAPIError) -> str | None:
    original = error.orig
    if isinstance(original, sqlite3.Error):
        name = getattr(original, "sqlite_errorname", "") or ""
        return next((code for prefix, code in _SQLITE_CODES.items() if name.startswith(prefix)), None)
    state = getattr(original, "sqlstate", None)
    if state is None:
        return "database-unreachable" if error.connection_invalidated or _is_operational(error) else None
    if state.startswith(("08", "57P")):
        return "database-unreachable"
    return _POSTGRES_CODES.get(state)


def _is_operational(error: DBAPIError) -> bool:
    return type(error.orig).__name__ == "OperationalError"
