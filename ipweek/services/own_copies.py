"""The copy that a desk keeps for itself while there is a server: whether it is still good, and what is in it."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from ipweek.domain.actor import Actor
from ipweek.domain.copies import CopyMerged, CopyOrder, Manifest
from ipweek.domain.errors import DatabaseError, InvalidError
from ipweek.services.base import Clock, utc_now
from ipweek.services.copies import Copies
from ipweek.services.copy_reading import read_manifest
from ipweek.storage import copy_file, migrate
from ipweek.storage.desk_unit_of_work import DeskUnitOfWork
from ipweek.storage.engine import abandon, answers, open_engine
from ipweek.storage.tables.audit import AuditEntry
from ipweek.storage.tables.checkin import Scan
from ipweek.storage.tables.copies import Copy
from ipweek.storage.tables.programme import Event, Week
from ipweek.storage.unit_of_work import UnitOfWork

_SKEW = timedelta(minutes=1)
"""By how much the clocks of desks may differ; a copy that is written whole asks for no clock."""
Stamp = tuple[int, int]
"""How many changes and scans there were: as long as they are the same, so is a copy."""


class OwnCopies:
    """Both sides of a desk: its server, and the file that takes its place."""

    def __init__(self, uow: DeskUnitOfWork, clock: Clock = utc_now) -> None:
        self.uow = uow
        self.clock = clock
        self._server = uow.server
        self._copies = Copies(uow.server, clock)

    def answers(self) -> bool:
        """Whether the server is there."""
        return answers(self._server.engine)

    def abandon(self) -> None:
        """Let go whoever still waits for the server."""
        abandon(self._server.engine)

    def stamp(self) -> Stamp:
        """The server's, as of now."""
        with self._server.read() as session:
            changes = session.scalar(select(func.count()).select_from(AuditEntry)) or 0
            return changes, session.scalar(select(func.count()).select_from(Scan)) or 0

    def renew(self, actor: Actor, week: str, held: Manifest | None, file: Path) -> Manifest:
        """Write a copy of a week's events as they stand now, under the name that the held one has, if it covers them.

        Raises as `Copies.grant`.
        """
        with self._server.read() as session:
            wanted = session.scalars(
                select(Event.code).join(Week).where(Week.code == week, Event.archived_at.is_(None))
            )
            covered = held is not None and held.events == tuple(sorted(wanted))
            if held is None or not covered or session.get(Copy, held.copy) is None:
                held = None
        manifest = held or self._copies.grant(actor, CopyOrder(week=week, desk=actor.desk))
        return replace(self._copies.fill(manifest, file), rows={})

    def carry(self, since: datetime, file: Path) -> None:
        """Tell the copy who has come and gone since, at whatever desk."""
        self._copies.carry(since - _SKEW, file)

    def unite(self, actor: Actor, file: Path) -> CopyMerged:
        """Bring what the file has added to the server. Raises as `Copies.merge`, or for another schema."""
        migrate.require_current(self._server.engine)
        return self._copies.merge(actor, file)

    def manifest(self, file: Path) -> Manifest | None:
        """What a file is a copy of; None where it is none, or none that this version reads."""
        try:
            return replace(read_manifest(file), rows={})
        except InvalidError:
            return None

    def is_untouched(self, file: Path) -> bool:
        """Whether nothing was added to the file since it was written; one that cannot be read counts as touched."""
        return copy_file.added(file) == 0

    def go_on_with(self, file: Path) -> UnitOfWork:
        """Let the file take the server's place. Raises DatabaseError where it cannot."""
        engine = open_engine(f"sqlite:///{file.as_posix()}")
        migrate.require_current(engine)
        opened = UnitOfWork(engine, stands_in=True)
        if opened.copy is None:
            raise DatabaseError("database-corrupt")
        self.uow.go_on_with(opened)
        return opened
