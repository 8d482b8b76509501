"""The fair write lock of a SQLite workspace.

SQLite's own waiting starves a desk for seconds when eight write at once; a lock file polled every
millisecond keeps the longest wait under a tenth of a second, and the system frees it when a process dies.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ipweek.domain.errors import DatabaseError

DEADLINE_SECONDS = 10.0


class WriteLock:
    """One writer at a time, among all threads and processes that use the same database file."""

    def __init__(self, database: Path) -> None:
        self._lock = FileLock(
            database.with_name(database.name + ".lock"),
            thread_local=True,
            poll_interval=0.001,
            fallback_to_soft=False,
            mode=0o600,
        )

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock inside the block. Raises DatabaseError `database-busy` after the deadline."""
        try:
            self._lock.acquire(timeout=DEADLINE_SECONDS)
        except Timeout:
            raise DatabaseError("database-busy") from None
        except OSError as error:
            raise DatabaseError("database-readonly", path=str(self._lock.lock_file)) from error
        try:
            yield
        finally:
            self._lock.release()
