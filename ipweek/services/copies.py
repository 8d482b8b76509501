"""Copies for desks without a network: granted, filled, listed, and taken back."""

import secrets
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.copies import SECRET_BYTES, CopyMerged, CopyOrder, DeskCopy, Manifest, sealing_key
from ipweek.domain.errors import DatabaseError, InvalidError, NotFoundError
from ipweek.domain.ids import new_id
from ipweek.domain.text import clean
from ipweek.services import audit, copy_contents
from ipweek.services.base import Service
from ipweek.services.copy_merge import CopyMerge
from ipweek.services.copy_reading import manifest_in, read_copy
from ipweek.services.records import find
from ipweek.storage import copy_admissions, copy_file, seals
from ipweek.storage.tables.badges import Lease
from ipweek.storage.tables.checkin import Scan
from ipweek.storage.tables.copies import Copy
from ipweek.storage.tables.programme import Event, Workspace

_LEASES = 9_999
_NAME_LENGTH = 120


class Copies(Service):
    """A desk's copy is a workspace of its own that only appends, and comes back any number of times."""

    def own(self) -> DeskCopy | None:
        """The copy that this database is; None for a main one."""
        if self.uow.copy is None:
            return None
        with self.uow.read() as session:
            return _view(session.get_one(Copy, self.uow.copy), 0)

    def desk_name(self) -> str | None:
        """The name of the desk whose copy this database is."""
        own = self.own()
        return None if own is None else own.desk

    def copies(self) -> tuple[DeskCopy, ...]:
        """The copies that were taken, the newest first."""
        with self.uow.read() as session:
            back = select(func.count()).where(Scan.copy_id == Copy.id).scalar_subquery()
            rows = session.execute(select(Copy, back).order_by(Copy.taken_at.desc(), Copy.id.desc()))
            return tuple(_view(*row) for row in rows)

    def grant(self, actor: Actor, order: CopyOrder) -> Manifest:
        """A new copy's name and its own range of badge numbers; `fill` writes it.

        Raises NotFoundError for an event or week, InvalidError `copy-of-copy` or `copy-of-nothing`.
        """
        moment = self.clock()
        with self.uow.write() as session:
            if self.uow.copy is not None:
                raise InvalidError("copy-of-copy")
            workspace = _workspace(session)
            codes = _event_codes(session, order)
            number = (session.scalar(select(func.max(Lease.number))) or 0) + 1
            if number > _LEASES:
                raise DatabaseError("leases-used-up")
            desk = clean(order.desk or "")[:_NAME_LENGTH] or f"desk-{number}"
            manifest = Manifest(new_id(), workspace.id, desk, codes, number, moment, actor.operator)
            session.add(Lease(id=new_id(), number=number, desk=desk, granted_at=moment))
            session.flush()
            session.add(Copy(id=manifest.copy, **_told(manifest)))
            after = {"desk": desk, "events": list(codes), "lease": number}
            audit.record(session, actor, moment, "take", "copy", manifest.copy, after=after)
        return manifest

    def fill(self, manifest: Manifest, file: Path) -> Manifest:
        """Write the copy into an empty file, as everything stands at one moment, and sign it."""
        with self.uow.read() as session, copy_file.made(file) as into:
            workspace = session.scalars(select(Workspace)).one()
            assert workspace.secret is not None
            events = session.scalars(select(Event.id).where(Event.code.in_(manifest.events))).all()
            counts = copy_contents.write(session, into, manifest.copy, events)
            signed = replace(manifest, rows=counts)
            seals.begin(into, *_signed(into, signed, workspace.secret))
        return signed

    def withdraw(self, actor: Actor, manifest: Manifest) -> None:
        """Take back a grant of which no file was written."""
        with self.uow.write() as session:
            session.delete(session.get_one(Copy, manifest.copy))
            session.flush()
            session.execute(delete(Lease).where(Lease.number == manifest.lease))
            before = {"desk": manifest.desk, "lease": manifest.lease}
            audit.record(session, actor, self.clock(), "withdraw", "copy", manifest.copy, before=before)

    def carry(self, since: datetime, file: Path) -> None:
        """Tell a copy to which nothing was added who has come and gone since, at whatever desk, and sign it anew."""
        with self.uow.read() as session:
            standings = copy_admissions.changed_since(session, since)
            secret = session.scalars(select(Workspace.secret)).one()
        assert secret is not None
        with copy_admissions.carried(standings, file) as (into, scans):
            if scans:
                manifest, _signature = manifest_in(into, file)
                rows = {**manifest.rows, Scan.__tablename__: manifest.rows[Scan.__tablename__] + scans}
                seals.begin_again(into, *_signed(into, replace(manifest, rows=rows), secret))

    def merge(self, actor: Actor, file: Path) -> CopyMerged:
        """Take back what a copy's file has added, in one transaction; what is known already is left alone.

        Raises InvalidError `copy-missing`, `copy-not-one`, `copy-unreadable`, `copy-other-version`,
        `copy-other-workspace`, or `copy-altered` with the part that does not hold.
        """
        if self.uow.copy is not None:
            raise InvalidError("merge-into-copy")
        with self.uow.read() as session:
            workspace = session.scalars(select(Workspace)).first()
            if workspace is None:
                raise NotFoundError("workspace-missing")
            identity, secret = workspace.id, workspace.secret
        contents = read_copy(file, identity, secret)
        with self.uow.write() as session:
            return CopyMerge(session, actor, self.clock(), contents).run()


def _signed(into: Connection, manifest: Manifest, secret: bytes) -> tuple[str, str]:
    """Sign a copy's file; the key with which it seals, and the signature."""
    signature = manifest.signed(secret)
    values = {"rows": dict(manifest.rows), "signature": signature}
    into.execute(Copy.__table__.update().values(values))  # type: ignore[attr-defined]
    return sealing_key(secret, manifest.copy), signature


def _workspace(session: Session) -> Workspace:
    """The one row, with a secret from now on. Raises NotFoundError `workspace-missing`."""
    row = session.scalars(select(Workspace)).first()
    if row is None:
        raise NotFoundError("workspace-missing")
    row.secret = row.secret or secrets.token_bytes(SECRET_BYTES)
    return row


def _event_codes(session: Session, order: CopyOrder) -> tuple[str, ...]:
    codes = {find(session, "event", code).code for code in order.events}
    if order.week is not None:
        of_week = Event.week_id == find(session, "week", order.week).id
        codes |= set(session.scalars(select(Event.code).where(of_week, Event.archived_at.is_(None))))
    if not codes:
        raise InvalidError("copy-of-nothing")
    return tuple(sorted(codes))


def _told(manifest: Manifest) -> dict[str, object]:
    return {
        "lease": manifest.lease,
        "desk": manifest.desk,
        "events": list(manifest.events),
        "rows": dict(manifest.rows),
        "taken_at": manifest.taken_at,
        "operator": manifest.operator,
    }


def _view(row: Copy, scans: int) -> DeskCopy:
    return DeskCopy(
        row.id, row.desk, tuple(row.events), row.lease, row.taken_at, row.operator, row.merged_at, scans
    )
