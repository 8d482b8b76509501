"""Conflicts between desks that were apart: listed with both sides, and settled by a person."""

from datetime import datetime

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.desk_conflicts import WAYS, DeskConflict
from ipweek.domain.duplicates import DuplicateKind
from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.domain.ids import new_id
from ipweek.domain.text import clean
from ipweek.domain.words import ConflictStatus, DeskConflictKind, Keep
from ipweek.services import audit, desk_conflict_finding, desk_conflict_views, doors
from ipweek.services.base import Service
from ipweek.services.duplicates import tell_apart
from ipweek.services.merging import unite
from ipweek.storage.queries import checkin_log as log
from ipweek.storage.queries import recount
from ipweek.storage.tables.checkin import Scan
from ipweek.storage.tables.copies import Conflict
from ipweek.storage.tables.people import Person

_NOTE_LENGTH = 500
_SHORTEST = 4
_ENTRIES = {Keep.FIRST: "second_scan_id", Keep.SECOND: "first_scan_id"}
"""Of two entries, the one that goes."""


class DeskConflicts(Service):
    """What uniting desks brought up."""

    def conflicts(
        self, event: str | None = None, *, settled: bool = False, limit: int = 500
    ) -> tuple[DeskConflict, ...]:
        """The open ones, the oldest first, or with `settled` all. Raises NotFoundError `event-missing`."""
        with self.uow.read() as session:
            query = select(Conflict).order_by(Conflict.found_at, Conflict.id).limit(limit)
            if event is not None:
                of_event = Conflict.event_id == doors.event_id(session, event)
                query = query.where(or_(of_event, Conflict.event_id.is_(None)))
            if not settled:
                query = query.where(Conflict.status == ConflictStatus.OPEN)
            return desk_conflict_views.views(session, session.scalars(query).all())

    def show(self, ref: str) -> DeskConflict:
        """One by its id, or the end of it. Raises NotFoundError `conflict-missing`."""
        with self.uow.read() as session:
            return desk_conflict_views.views(session, [_find(session, ref)])[0]

    def settle(self, actor: Actor, ref: str, keep: Keep, note: str = "") -> DeskConflict:
        """Decide which side stands: the other entry is annulled, of two people one is made or both are kept.

        Raises NotFoundError `conflict-missing`, InvalidError `conflict-settled` or `conflict-way`, and for people
        as `Merging.merge`.
        """
        moment = self.clock()
        with self.uow.write() as session:
            row = _find(session, ref)
            if row.status is ConflictStatus.SETTLED:
                raise InvalidError("conflict-settled", by=row.operator or "", at=row.settled_at)
            if keep not in WAYS[row.kind]:
                raise InvalidError("conflict-way", kind=row.kind, ways=WAYS[row.kind])
            row.status, row.settled_at, row.how = ConflictStatus.SETTLED, moment, keep
            row.operator, row.desk = actor.operator[:120], actor.desk[:120]
            row.note = clean(note)[:_NOTE_LENGTH] or None
            session.flush()
            identity = row.id
            if row.kind is DeskConflictKind.WALK_IN_TWICE:
                _settle_people(session, actor, row, keep, moment)
            else:
                _settle_scans(session, actor, row, keep, moment)
            after = {"kind": row.kind, "keep": keep, "note": row.note}
            audit.record(session, actor, moment, "settle", "conflict", identity, after=after)
            session.flush()
            session.expire_all()
            return desk_conflict_views.views(session, [session.get_one(Conflict, identity)])[0]


def _find(session: Session, ref: str) -> Conflict:
    wanted = clean(ref).replace("-", "").lower()
    ids = session.scalars(select(Conflict.id)).all() if len(wanted) >= _SHORTEST else []
    found = [identity for identity in ids if identity.hex.endswith(wanted)]
    if len(found) != 1:
        raise NotFoundError("conflict-missing", conflict=ref)
    return session.get_one(Conflict, found[0], with_for_update=True)


def _settle_people(session: Session, actor: Actor, row: Conflict, keep: Keep, moment: datetime) -> None:
    first, second = (session.get_one(Person, each) for each in (row.person_id, row.other_id))
    if keep is Keep.BOTH:
        tell_apart(session, actor, moment, DuplicateKind.PEOPLE, first, second)
    else:
        own, other = (first, second) if keep is Keep.FIRST else (second, first)
        unite(session, actor, moment, DuplicateKind.PEOPLE, own, other, {})


def _settle_scans(session: Session, actor: Actor, row: Conflict, keep: Keep, moment: datetime) -> None:
    """Annul what does not stand, unless somebody has done so already; then see what that leaves."""
    if row.kind is DeskConflictKind.TWO_ENTRIES:
        scan = getattr(row, _ENTRIES[keep]) if keep in _ENTRIES else None
    else:
        scan = row.first_scan_id if keep is Keep.SECOND else None
    if scan is None or session.scalar(select(Scan.id).where(Scan.annuls == scan)) is not None:
        return
    connection = session.connection()
    sequence, latest = log.run_so_far(session, actor.run)
    entry = connection.execute(select(Scan.__table__).where(Scan.id == scan)).mappings().one()
    at = moment if latest is None else max(moment, latest)
    annulment = log.annulment(entry, new_id(), sequence + 1, at, moment)
    signed = {"run_id": actor.run, "operator": actor.operator[:120], "desk": actor.desk[:120]}
    connection.execute(insert(Scan), annulment | signed)
    place = entry["registration_id"], entry["checkpoint_id"]
    touched = recount.touched_at(*place)
    if place[0] is not None:
        recount.recount(connection, touched)
    desk_conflict_finding.look_again(session, moment, touched)
