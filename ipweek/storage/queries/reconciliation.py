"""The records counted another way: the log of scans added up against the admissions kept beside it.

One statement reads the whole log, whatever the event: in the order of the table that is quicker than door by door.
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Subquery,
    and_,
    case,
    func,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from ipweek.domain.words import Direction, ScanKind, Verdict
from ipweek.storage.queries.reports import came
from ipweek.storage.tables.checkin import Admission, Checkpoint, Scan

_Annulment = aliased(Scan)


def against_log(session: Session, events: Collection[UUID]) -> Sequence[Any]:
    """Per event and registration at a door: what the log says, what is kept, and where the two differ.

    Rows of (event, pairs, entries, kept_entries, entries_differ, first_differ, inside, kept_inside, inside_differ).
    """
    pairs = _pairs(session, events)
    inside, kept_inside = _inside(pairs), func.coalesce(pairs.c.inside, 0)
    kept = func.coalesce(pairs.c.kept, 0)
    query = (
        select(
            Checkpoint.event_id.label("event"),
            func.count().label("pairs"),
            func.sum(pairs.c.entries).label("entries"),
            func.sum(kept).label("kept_entries"),
            _count(pairs.c.entries != kept).label("entries_differ"),
            _count(pairs.c.first_in.is_distinct_from(pairs.c.kept_first)).label("first_differ"),
            func.sum(inside).label("inside"),
            func.sum(kept_inside).label("kept_inside"),
            _count(inside != kept_inside).label("inside_differ"),
        )
        .join(Checkpoint, Checkpoint.id == pairs.c.checkpoint_id)
        .group_by(Checkpoint.event_id)
    )
    return session.execute(query).all()


def _pairs(session: Session, events: Collection[UUID]) -> Subquery:
    """A row for each registration and door, of the log, of the admissions, or of both."""
    doors = session.scalars(select(Checkpoint.id).where(Checkpoint.event_id.in_(events))).all()
    entry = Scan.direction == Direction.ENTRY
    log = select(
        Scan.registration_id,
        Scan.checkpoint_id,
        case((entry, Scan.device_at)).label("in_at"),
        case((~entry, Scan.device_at)).label("out_at"),
        null().label("kept"),
        null().label("kept_first"),
        null().label("inside"),
    ).where(*_counted(), _one_of(Scan.checkpoint_id, doors))
    kept = select(
        Admission.registration_id,
        Admission.checkpoint_id,
        null(),
        null(),
        Admission.entries,
        Admission.first_in,
        case((Admission.inside, 1), else_=0),
    ).where(_one_of(Admission.checkpoint_id, doors))
    both = union_all(log, kept).subquery("both")
    return (
        select(
            both.c.registration_id,
            both.c.checkpoint_id,
            func.count(both.c.in_at).label("entries"),
            func.min(both.c.in_at).label("first_in"),
            func.max(both.c.in_at).label("last_in"),
            func.max(both.c.out_at).label("last_out"),
            func.max(both.c.kept).label("kept"),
            func.max(both.c.kept_first).label("kept_first"),
            func.max(both.c.inside).label("inside"),
        )
        .group_by(both.c.registration_id, both.c.checkpoint_id)
        .subquery("pairs")
    )


def _counted() -> tuple[ColumnElement[bool], ...]:
    """The lines of the log that `domain.checkin.fold` counts."""
    annulled = select(_Annulment.annuls).where(_Annulment.annuls.is_not(None))
    return (
        Scan.verdict == Verdict.ACCEPTED,
        Scan.kind != ScanKind.ANNULMENT,
        Scan.registration_id.is_not(None),
        Scan.id.not_in(annulled),
    )


def _one_of(door: Any, doors: Sequence[UUID]) -> ColumnElement[bool]:
    """Whether it is one of the doors, said so that no index on them is used."""
    return case((door.in_(doors), true())) == true()


def _inside(pairs: Subquery) -> ColumnElement[int]:
    """1 where the last line of the log is an entry; two of the same moment are told apart by their receipt."""
    came_in, went_out = pairs.c.last_in, pairs.c.last_out
    return case(
        (came_in.is_(None), 0),
        (or_(went_out.is_(None), came_in > went_out), 1),
        (came_in < went_out, 0),
        else_=_last_of(pairs),
    )


def _last_of(pairs: Subquery) -> ScalarSelect[int]:
    return (
        select(case((Scan.direction == Direction.ENTRY, 1), else_=0))
        .where(
            *_counted(),
            Scan.registration_id == pairs.c.registration_id,
            Scan.checkpoint_id == pairs.c.checkpoint_id,
            Scan.device_at == pairs.c.last_in,
        )
        .order_by(Scan.received_at.desc(), Scan.sequence.desc(), Scan.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def counted_doors(session: Session, events: Collection[UUID]) -> Sequence[Any]:
    """Rows of (code, present, inside) of the doors that have a limit, and so count who is in."""
    inside = and_(Admission.checkpoint_id == Checkpoint.id, Admission.inside)
    query = (
        select(Checkpoint.code, Checkpoint.present, func.count(Admission.registration_id).label("inside"))
        .outerjoin(Admission, inside)
        .where(Checkpoint.event_id.in_(events), Checkpoint.capacity.is_not(None))
        .group_by(Checkpoint.code, Checkpoint.present)
        .order_by(Checkpoint.code)
    )
    return session.execute(query).all()


def attendances(session: Session, events: Collection[UUID]) -> int:
    """Everybody with an entry at a door of these events, whatever his registration says."""
    return session.scalar(select(func.count()).select_from(came(events))) or 0
