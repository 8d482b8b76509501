"""What drivers say of an engine's state, as errors of our own."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from ipweek.domain.errors import DatabaseError

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


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn what a driver says of the engine's state into a DatabaseError; other errors pass."""
    try:
        yield
    except DBAPIError as error:
        told = translated(error)
        if told is error:
            raise
        raise told from error


def translated(error: DBAPIError) -> DatabaseError | DBAPIError:
    """What a driver's error says of the engine's state; any other error as it is."""
    code = _code_of(error)
    return error if code is None else DatabaseError(code)


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
    """By its name, for the driver need not be there; a timeout of its own is one, too."""
    return any(each.__name__ == "OperationalError" for each in type(error.orig).__mro__)
