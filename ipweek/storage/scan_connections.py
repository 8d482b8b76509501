"""The connections on which a desk scans, kept from one scan to the next."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, PoolProxiedConnection, event
from sqlalchemy.exc import DBAPIError

from ipweek.storage.driver_errors import translated
from ipweek.storage.engine import IDLE_SECONDS, for_scans

_KEPT = 2


@dataclass(slots=True)
class _Kept:
    connection: PoolProxiedConnection
    cursor: Any
    used: float


class ScanConnections:
    """Cursors of a PostgreSQL driver, on which each statement is a transaction of its own.

    What is kept here need not be taken from a pool, which is a third of what a desk itself does for a scan.
    """

    def __init__(self, scans: Engine) -> None:
        self._engine = scans
        self._error = self._engine.dialect.loaded_dbapi.Error
        self._kept: list[_Kept] = []
        event.listen(self._engine, "engine_disposed", lambda _engine: self._let_go())

    @contextmanager
    def cursor(self) -> Iterator[Any]:
        """Raises DatabaseError where the server is out of reach or cannot, DBAPIError for a broken rule."""
        held: _Kept | None = None
        try:
            held = self._taken()
            yield held.cursor
        except self._error as error:
            if held is not None and self._is_lost(held, error):
                held.connection.invalidate()
                held = None
                self._let_go()
            told = DBAPIError.instance(None, None, error, self._error)
            assert isinstance(told, DBAPIError)
            raise translated(told) from error
        finally:
            if held is not None:
                self._give_back(held)

    def _taken(self) -> _Kept:
        """The one used last; after a while it is asked first whether it still stands."""
        try:
            held = self._kept.pop()
        except IndexError:
            return self._made()
        if monotonic() - held.used < IDLE_SECONDS:
            return held
        try:
            self._engine.dialect.do_ping(held.connection)
        except self._error:
            held.connection.invalidate()
            self._let_go()
            return self._made()
        return held

    def _made(self) -> _Kept:
        connection = self._engine.raw_connection()
        return _Kept(connection, connection.cursor(), monotonic())

    def _is_lost(self, held: _Kept, error: Any) -> bool:
        return self._engine.dialect.is_disconnect(error, held.connection.driver_connection, None)

    def _give_back(self, held: _Kept) -> None:
        if len(self._kept) < _KEPT:
            held.used = monotonic()
            self._kept.append(held)
        else:
            held.connection.close()

    def _let_go(self) -> None:
        """What one of them has lost, the others have lost too."""
        while self._kept:
            self._kept.pop().connection.invalidate()


_of: WeakKeyDictionary[Engine, ScanConnections] = WeakKeyDictionary()


def scan_connections(engine: Engine) -> ScanConnections:
    """Those of an engine, the same for all who use it."""
    if engine not in _of:
        _of[engine] = ScanConnections(for_scans(engine))
    return _of[engine]
