"""Holding the clock of a desk against the server's, or against what was written last."""

from datetime import datetime

from sqlalchemy import DateTime, func, select, type_coerce

from ipweek.domain.actor import Actor
from ipweek.domain.clocks import ClockReading, DeskClock, against_log, against_server
from ipweek.domain.ids import new_id
from ipweek.services.base import Service
from ipweek.storage.tables.audit import AuditEntry
from ipweek.storage.tables.checkin import ClockCheck, Scan
from ipweek.storage.unit_of_work import UnitOfWork

_MILLISECOND = 1_000


class Clocks(Service):
    """Measures, puts right and notes it for the run."""

    def __init__(self, uow: UnitOfWork, clock: DeskClock) -> None:
        super().__init__(uow, clock)
        self._desk = clock

    def read(self) -> ClockReading:
        """How far this computer's clock is off, nothing changed."""
        device = self._desk.device
        if self.uow.is_sqlite:
            return against_log(device(), self._newest())
        with self.uow.autocommit() as connection:
            asked = select(type_coerce(func.clock_timestamp(), DateTime(timezone=True)))
            connection.scalar(asked)  # the first answer waits for the connection
            before = device()
            server: datetime = connection.scalar(asked)  # type: ignore[assignment]
            return against_server(before, server, device())

    def check(self, actor: Actor) -> ClockReading:
        """The same, from now on taken into account, and noted with the run."""
        found = self.read()
        self._desk.offset = found.offset
        row = ClockCheck(
            id=new_id(),
            run_id=actor.run,
            desk=actor.desk[:120],
            operator=actor.operator[:120],
            source=found.source,
            checked_at=self.clock(),
            behind_ms=round(found.behind.total_seconds() * _MILLISECOND),
            offset_ms=round(found.offset.total_seconds() * _MILLISECOND),
        )
        with self.uow.write() as session:
            session.add(row)
        return found

    def _newest(self) -> datetime | None:
        """The last moment at which anything was written, by the log of scans and the audit, whose ids go by time."""
        with self.uow.read() as session:
            scanned = session.scalar(select(func.max(Scan.received_at)))
            audited = session.scalar(select(AuditEntry.happened_at).order_by(AuditEntry.id.desc()).limit(1))
        return max((moment for moment in (scanned, audited) if moment is not None), default=None)
