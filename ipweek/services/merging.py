"""Making one of two people or enterprises, and two of one again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.duplicates import DuplicateKind
from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.domain.ids import new_id
from ipweek.domain.merging import Merged, MergeLine, Review, Side, TwoBadges, check_fields
from ipweek.services import audit, merge_enterprises, merge_people, merge_review, merge_undo
from ipweek.services.base import Service
from ipweek.services.duplicates import RECORD_KINDS, both_meant, name_of
from ipweek.services.merge_log import MergeLog
from ipweek.services.merge_registrations import IMPORTED
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.merges import DistinctPair, Merge, MergeRow
from ipweek.storage.tables.people import Person, Registration


class Merging(Service):
    """A merge keeps every registration, enrolment, scan, badge and demand, and is taken back whole."""

    def review(
        self, keep: str, drop: str, fields: Mapping[str, Side] | None = None, event: str | None = None
    ) -> Review:
        """Two side by side: what they say, what they have, what a merge would come to. Raises as `merge`."""
        with self.uow.read() as session:
            kind, own, other = both_meant(session, keep, drop, event)
            check_fields(kind, fields or {})
            _refuse_archived(own, other)
            return merge_review.review(session, kind, own, other, fields or {})

    def merge(
        self,
        actor: Actor,
        keep: str,
        drop: str,
        fields: Mapping[str, Side] | None = None,
        event: str | None = None,
    ) -> Merged:
        """Let everything of `drop` be `keep`'s; `fields` says whose value is taken where it is not `keep`'s.

        Raises UsageError `duplicates-mixed` or `merge-field`, InvalidError `duplicates-same` or `merge-archived`,
        NotFoundError `duplicates-missing`.
        """
        with self.uow.write() as session:
            kind, own, other = both_meant(session, keep, drop, event)
            check_fields(kind, fields or {})
            return unite(session, actor, self.clock(), kind, own, other, fields or {})

    def undo(self, actor: Actor, merge: str) -> Merged:
        """Take a merge back, every row as it was.

        Raises NotFoundError `merge-missing`, InvalidError `merge-undone`, `merge-in-merge`, or `merge-built-upon`
        with a list of what was done since.
        """
        with self.uow.write() as session:
            row = _find(session, merge)
            if row.undone_at is not None:
                raise InvalidError("merge-undone", merge=str(row.id))
            _refuse_buried(session, row)
            merge_undo.undo(session, row)
            session.expire_all()
            row.undone_at = self.clock()
            after = {"merge": row.id.hex}
            kind = RECORD_KINDS[row.kind]
            audit.record(session, actor, row.undone_at, "undo-merge", kind, row.keep_id, after=after)
            session.flush()
            counts = select(MergeRow.table_name, func.count(func.distinct(MergeRow.position)))
            counts = counts.where(MergeRow.merge_id == row.id).group_by(MergeRow.table_name)
            return _merged(session, row, {found[0]: found[1] for found in session.execute(counts)})

    def merges(self, limit: int = 100) -> tuple[MergeLine, ...]:
        """The merges so far, the newest first."""
        with self.uow.read() as session:
            number = select(func.count()).where(MergeRow.merge_id == Merge.id).scalar_subquery()
            query = select(Merge, number).order_by(Merge.merged_at.desc(), Merge.id.desc()).limit(limit)
            return tuple(
                MergeLine(
                    row.id,
                    row.kind,
                    _name(session, row.kind, row.keep_id),
                    _name(session, row.kind, row.drop_id),
                    rows,
                    row.merged_at,
                    row.operator,
                    row.undone_at,
                )
                for row, rows in session.execute(query)
            )


def unite(
    session: Session,
    actor: Actor,
    moment: datetime,
    kind: DuplicateKind,
    own: Person | Enterprise,
    other: Person | Enterprise,
    fields: Mapping[str, Side],
) -> Merged:
    """Let everything of one be the other's, within the caller's transaction. Raises InvalidError `merge-archived`."""
    _refuse_archived(own, other)
    for row in (own, other):
        session.refresh(row, with_for_update={"key_share": True})
    before = _told(other)
    keep_id, drop_id = own.id, other.id
    touched = _touched(session, keep_id, drop_id)
    made = Merge(id=new_id(), kind=kind, keep_id=keep_id, drop_id=drop_id, dependants={})
    made.merged_at, made.operator = moment, actor.operator
    session.add(made)
    session.flush()
    log = MergeLog(session, made.id)
    promoted: list[str] = []
    badges: tuple[TwoBadges, ...] = ()
    _move_decisions(log, keep_id, drop_id)
    log.change(IMPORTED, IMPORTED.c.record_id == drop_id, {"record_id": keep_id})
    if isinstance(own, Person) and isinstance(other, Person):
        promoted, badges = merge_people.merge(log, actor, own, other, fields, moment)
    elif isinstance(own, Enterprise) and isinstance(other, Enterprise):
        merge_enterprises.merge(log, own, other, fields, moment)
    counts = log.store()
    session.expire_all()
    made.dependants = merge_undo.dependants(session, *touched)
    after = {"dropped": drop_id.hex, "merge": made.id.hex}
    audit.record(session, actor, moment, "merge", RECORD_KINDS[kind], keep_id, before=before, after=after)
    session.flush()
    return _merged(session, made, counts, tuple(promoted), badges)


def _refuse_archived(*rows: Any) -> None:
    for row in rows:
        if row.archived_at is not None:
            raise InvalidError("merge-archived", name=name_of(row))


def _told(row: Any) -> dict[str, Any]:
    return {"name": name_of(row), "id": row.id.hex}


def _touched(session: Session, keep: UUID, drop: UUID) -> tuple[list[UUID], list[UUID]]:
    """The registrations and badges that a merge of people joins; none for enterprises, which have neither."""
    registrations = select(Registration.id).where(Registration.person_id.in_((keep, drop)))
    badges = select(Badge.id).where(Badge.person_id.in_((keep, drop)))
    return list(session.scalars(registrations)), list(session.scalars(badges))


def _move_decisions(log: MergeLog, keep: UUID, drop: UUID) -> None:
    """Whoever is not the one is not the other; a decision about the two themselves is past."""
    table: Any = DistinctPair.__table__
    rows = log.session.execute(
        select(table).where((table.c.first_id == drop) | (table.c.second_id == drop))
    ).all()
    for row in rows:
        third = row.second_id if row.first_id == drop else row.first_id
        first, second = sorted((keep, third))
        known = select(table.c.id).where(table.c.first_id == first, table.c.second_id == second)
        if third == keep or log.session.scalar(known) is not None:
            log.remove(table, row)
        else:
            log.change_one(table, row, {"first_id": first, "second_id": second})


def _find(session: Session, text: str) -> Merge:
    try:
        row = session.get(Merge, UUID(text.strip()))
    except ValueError:
        row = None
    if row is None:
        raise NotFoundError("merge-missing", merge=text)
    return row


def _refuse_buried(session: Session, row: Merge) -> None:
    """A later merge of either of them is taken back first."""
    ids = (row.keep_id, row.drop_id)
    later = session.scalar(
        select(Merge)
        .where(
            (Merge.keep_id.in_(ids)) | (Merge.drop_id.in_(ids)),
            (Merge.merged_at > row.merged_at) | ((Merge.merged_at == row.merged_at) & (Merge.id > row.id)),
            Merge.undone_at.is_(None),
        )
        .order_by(Merge.merged_at.desc(), Merge.id.desc())
        .limit(1)
    )
    if later is not None:
        raise InvalidError("merge-in-merge", merge=str(later.id))


def _row(session: Session, kind: DuplicateKind, identity: UUID) -> Person | Enterprise | None:
    if kind is DuplicateKind.PEOPLE:
        return session.get(Person, identity)
    return session.get(Enterprise, identity)


def _name(session: Session, kind: DuplicateKind, identity: UUID) -> str:
    row = _row(session, kind, identity)
    return name_of(row) if row is not None else ""


def _merged(
    session: Session,
    row: Merge,
    rows: Mapping[str, int],
    promoted: tuple[str, ...] = (),
    badges: tuple[TwoBadges, ...] = (),
) -> Merged:
    both = [_row(session, row.kind, identity) for identity in (row.keep_id, row.drop_id)]
    keep, drop = (merge_review.party(session, each) for each in both if each is not None)
    return Merged(row.id, row.kind, keep, drop, rows, promoted, badges)
