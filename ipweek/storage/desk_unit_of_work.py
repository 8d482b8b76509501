"""A desk's transactions: on the server, and while it is away on the desk's own copy."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, local
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from ipweek.domain.errors import DatabaseError
from ipweek.storage.unit_of_work import T, UnitOfWork

_TRIES = 3


class DeskUnitOfWork(UnitOfWork):
    """Each transaction stays on the side on which it began, and `repeated` keeps several on one.

    `lost` is called when the server did not answer; it says whether to try again is of use, on whichever side.
    """

    def __init__(self, server: UnitOfWork) -> None:
        self.server = server
        self.lost: Callable[[], bool] = lambda: False
        self._local: UnitOfWork | None = None
        self._held = local()
        self._turn = Condition()
        self._busy = 0
        self._is_closed = False

    @property
    def engine(self) -> Engine:
        """The engine of the side in force."""
        return self._side.engine

    @property
    def copy(self) -> UUID | None:
        """The desk's copy while the server is away."""
        return self._side.copy

    @property
    def is_away(self) -> bool:
        """Whether the server is away, and the copy in its place."""
        return self._local is not None

    @property
    def _side(self) -> UnitOfWork:
        return getattr(self._held, "side", None) or self._local or self.server

    def go_on_with(self, local_copy: UnitOfWork) -> None:
        """From here on the copy; what is under way on the server comes to its own end."""
        with self._turn:
            self._local = local_copy

    @contextmanager
    def handing_over(self, patience: float) -> Iterator[bool]:
        """Inside, nothing happens on the copy; with a clean end the server is in its place again.

        False where something on the copy has not come to its end in time: then all stays as it is.
        """
        with self._turn:
            self._is_closed = True
            is_quiet = self._turn.wait_for(lambda: not self._busy, patience)
        try:
            yield is_quiet
            if is_quiet:
                self._local = None
        finally:
            with self._turn:
                self._is_closed = False
                self._turn.notify_all()

    def repeated(self, work: Callable[[], T]) -> T:
        """Do what may be done twice, again where the server did not answer: with the copy, or with the server after all."""
        if getattr(self._held, "side", None) is not None:
            return work()
        for left in reversed(range(_TRIES)):
            try:
                with self._on_one_side():
                    return work()
            except DatabaseError as error:
                if error.code != "database-unreachable" or not left or not self.lost():
                    raise
        raise AssertionError

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A read transaction on one side."""
        with self._on_one_side() as side, side.read() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A write transaction on one side."""
        with self._on_one_side() as side, side.write() as session:
            yield session

    @contextmanager
    def write_core(self) -> Iterator[Connection]:
        """A write transaction on a bare connection of one side."""
        with self._on_one_side() as side, side.write_core() as connection:
            yield connection

    @contextmanager
    def autocommit(self) -> Iterator[Connection]:
        """A connection of the server's on which each statement is a transaction of its own."""
        with self._on_one_side() as side, side.autocommit() as connection:
            yield connection

    @contextmanager
    def cursor(self) -> Iterator[Any]:
        """The driver's own cursor on such a connection."""
        with self._on_one_side() as side, side.cursor() as cursor:
            yield cursor

    @contextmanager
    def _on_one_side(self) -> Iterator[UnitOfWork]:
        if getattr(self._held, "side", None) is not None:
            yield self._held.side
            return
        with self._turn:
            self._turn.wait_for(lambda: not self._is_closed)
            side = self._local or self.server
            is_local = side is self._local
            self._busy += is_local
        self._held.side = side
        try:
            yield side
        finally:
            self._held.side = None
            with self._turn:
                self._busy -= is_local
                self._turn.notify_all()


class ServerUnitOfWork(UnitOfWork):
    """The server for what a desk's copy does not hold: while it is away that is said at once.

    Raises DatabaseError `needs-server` with the desk's unit of work away.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.server_is_away: Callable[[], bool] = lambda: False

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A read transaction."""
        self._look()
        with super().read() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A write transaction."""
        self._look()
        with super().write() as session:
            yield session

    @contextmanager
    def write_core(self) -> Iterator[Connection]:
        """A write transaction on a bare connection."""
        self._look()
        with super().write_core() as connection:
            yield connection

    def _look(self) -> None:
        if self.server_is_away():
            raise DatabaseError("needs-server")
