"""Transactions: a service method opens one, and leaving the block is the decision."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.orm import Session

from ipweek.storage.driver_errors import translated_errors
from ipweek.storage.engine import database_file, for_scans
from ipweek.storage.lock import DEADLINE_SECONDS, WriteLock
from ipweek.storage.scan_connections import ScanConnections, scan_connections
from ipweek.storage.tables.programme import Workspace

T = TypeVar("T")

_TURN = text(
    f"SELECT set_config('lock_timeout', '{DEADLINE_SECONDS:.0f}s', true), pg_advisory_xact_lock(4413002019)"
)


class UnitOfWork:
    """Opens the transactions of one database: many readers, one fair queue of writers.

    On SQLite all writers take turns. On PostgreSQL those of `write` do, so that looking for a person, a code or
    the first in line and acting on it are one step on either engine; scans wait for nobody.
    """

    def __init__(self, engine: Engine, *, stands_in: bool = False) -> None:
        """`stands_in` says that this is a copy in the place of a server that is away."""
        self._engine, self._stands_in = engine, stands_in
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
            Session(self._writer, expire_on_commit=False, info=self._info()) as session,
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

    def cursor(self) -> AbstractContextManager[Any]:
        """The driver's own cursor on such a connection, for the hottest path of all."""
        return self._scans.cursor()

    @cached_property
    def _scans(self) -> ScanConnections:
        return scan_connections(self.engine)

    def _info(self) -> dict[str, object]:
        return {"copy": self.copy, "stands_in": self._stands_in}

    def _writing(self) -> AbstractContextManager[None]:
        return self._lock.held() if self._lock else nullcontext()
