"""How the scans of a desk's run are numbered."""

from datetime import datetime
from threading import Lock
from uuid import UUID

from ipweek.storage.queries import checkin_log as log
from ipweek.storage.unit_of_work import UnitOfWork


class Runs:
    """The next number and the earliest allowed moment of each run, for all threads of this process."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._lock = Lock()
        self._last: dict[UUID, tuple[int, datetime | None]] = {}

    def next(self, run: UUID, moment: datetime) -> tuple[int, datetime]:
        """The number and the effective time of a scan: never before the run's previous one."""
        with self._lock:
            last = self._last.get(run)
            if last is None:
                with self._uow.read() as session:
                    last = log.run_so_far(session, run)
            sequence, previous = last
            at = moment if previous is None else max(moment, previous)
            self._last[run] = (sequence + 1, at)
            return sequence + 1, at

    def forget(self, run: UUID) -> None:
        """Ask the log again: a number was given out and nothing came of it."""
        with self._lock:
            self._last.pop(run, None)
