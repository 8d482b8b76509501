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
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from ipweek.domain.words import Direction, ScanKind, Verdict
from ipweek.storage.queries.reports import came, one_of, spelt
from ipweek.storage.tables.checkin import Admission, Checkpoint, Scan
from ipweek.storage.tables.programme import Event

_Annulment = aliased(Scan)


def against_log(session: Session, events: Collection[UUID]) -> Sequence[Any]:
    """Per event and registration at a door: what the log says, what is kept, and where the two differ.

    Rows of (event, pairs, entries, kept_entries, entries_differ, first_differ, inside, kept_inside, inside_differ).
    """
    pair = _pairs(session, events)
    matched = (
        select(
            pair.c.event,
            func.count().label("pairs"),
            func.sum(pair.c.entries).label("entries"),
            func.sum(pair.c.entries_differ).label("entries_differ"),
            func.sum(pair.c.first_differ).label("first_differ"),
            func.sum(pair.c.inside).label("inside"),
            _count(pair.c.inside != pair.c.kept_inside).label("inside_differ"),
            func.sum(pair.c.known).label("known"),
        )
        .group_by(pair.c.event)
        .subquery("matched")
    )
    held = (
        select(
            Checkpoint.event_id.label("event"),
            func.sum(Admission.entries).label("entries"),
            _count(Admission.inside).label("inside"),
            _count(_holds_something(Admission)).label("admissions"),
        )
        .join(Checkpoint, Checkpoint.id == Admission.checkpoint_id)
        .where(Checkpoint.event_id.in_(events))
        .group_by(Checkpoint.event_id)
        .subquery("held")
    )
    told = func.coalesce
    alone = told(held.c.admissions, 0) - told(matched.c.known, 0)  # admissions of which the log says nothing
    query = (
        select(
            Event.id.label("event"),
            (told(matched.c.pairs, 0) + alone).label("pairs"),
            told(matched.c.entries, 0).label("entries"),
            told(held.c.entries, 0).label("kept_entries"),
            (told(matched.c.entries_differ, 0) + alone).label("entries_differ"),
            (told(matched.c.first_differ, 0) + alone).label("first_differ"),
            told(matched.c.inside, 0).label("inside"),
            told(held.c.inside, 0).label("kept_inside"),
            (told(matched.c.inside_differ, 0) + alone).label("inside_differ"),
        )
        .outerjoin(matched, matched.c.event == Event.id)
        .outerjoin(held, held.c.event == Event.id)
        .where(Event.id.in_(events), or_(matched.c.event.is_not(None), held.c.event.is_not(None)))
    )
    return session.execute(query).all()


def _pairs(session: Session, events: Collection[UUID]) -> Subquery:
    """A row of numbers for each registration and door that the log has: what it says, and whether that is kept.

    The numbers are done before they are grouped, by OFFSET 0: what is sorted for it is then short, and counted once.
    """
    log, kept = _log(session, events), aliased(Admission)
    here = and_(kept.registration_id == log.c.registration_id, kept.checkpoint_id == log.c.checkpoint_id)
    return (
        select(
            Checkpoint.event_id.label("event"),
            log.c.entries,
            _inside(log).label("inside"),
            _one(log.c.entries != func.coalesce(kept.entries, 0)).label("entries_differ"),
            _one(log.c.first_in.is_distinct_from(kept.first_in)).label("first_differ"),
            _one(kept.inside).label("kept_inside"),
            _one(_holds_something(kept)).label("known"),
        )
        .join(Checkpoint, Checkpoint.id == log.c.checkpoint_id)
        .outerjoin(kept, here)
        .offset(0)
        .subquery("pair")
    )


def _holds_something(kept: type[Admission]) -> ColumnElement[bool]:
    """An annulled entry leaves an admission that holds nothing."""
    return or_(kept.entries > 0, kept.inside)


def _log(session: Session, events: Collection[UUID]) -> Subquery:
    """A row for each registration and door that the log has."""
    doors = session.scalars(select(Checkpoint.id).where(Checkpoint.event_id.in_(events))).all()
    entry = Scan.direction == Direction.ENTRY
    return (
        select(
            Scan.registration_id,
            Scan.checkpoint_id,
            func.count().filter(entry).label("entries"),
            func.min(Scan.device_at).filter(entry).label("first_in"),
            func.max(Scan.device_at).filter(entry).label("last_in"),
            func.max(Scan.device_at).filter(~entry).label("last_out"),
        )
        .where(*_counted(), one_of(Scan.checkpoint_id, doors))
        .group_by(Scan.registration_id, Scan.checkpoint_id)
        .having(Scan.registration_id.is_not(None))
        .subquery("log")
    )


def _counted() -> tuple[ColumnElement[bool], ...]:
    """The lines of the log that `domain.checkin.fold` counts."""
    annulled = select(_Annulment.annuls).where(_Annulment.annuls.is_not(None))
    return (
        Scan.verdict == spelt(Verdict.ACCEPTED),
        Scan.kind != spelt(ScanKind.ANNULMENT),
        Scan.id.not_in(annulled),
    )


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
            # The lines of one registration are few, those of a door many: it is to be looked up by the former.
            func.coalesce(Scan.checkpoint_id, pairs.c.checkpoint_id) == pairs.c.checkpoint_id,
            Scan.device_at == pairs.c.last_in,
        )
        .order_by(Scan.received_at.desc(), Scan.sequence.desc(), Scan.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _one(condition: Any) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _count(condition: Any) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def counted_doors(session: Session, events: Collection[UUID]) -> Sequence[Any]:
    """Rows of (event_id, code, present, inside) of the doors that have a limit, and so count who is in."""
    inside = and_(Admission.checkpoint_id == Checkpoint.id, Admission.inside)
    query = (
        select(
            Checkpoint.event_id,
            Checkpoint.code,
            Checkpoint.present,
            func.count(Admission.registration_id).label("inside"),
        )
        .outerjoin(Admission, inside)
        .where(Checkpoint.event_id.in_(events), Checkpoint.capacity.is_not(None))
        .group_by(Checkpoint.event_id, Checkpoint.code, Checkpoint.present)
        .order_by(Checkpoint.code)
    )
    return session.execute(query).all()


def attendances(session: Session, events: Collection[UUID]) -> int:
    """Everybody with an entry at a door of these events, whatever his registration says."""
    return session.scalar(select(func.count()).select_from(came(events, whole=True))) or 0
