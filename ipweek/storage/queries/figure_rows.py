"""The rows behind the figures of a summary, by the conditions that `queries.reports` counts them by."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, case, func, literal, select, tuple_
from sqlalchemy.orm import Session, aliased

from ipweek.domain.words import Direction, ScanKind, Verdict
from ipweek.storage.queries.reports import by_person
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.checkin import Checkpoint, Scan
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event

_CHUNK = 1_000  # ids in one statement; both engines have a limit
_annulling = aliased(Scan)
_BY_NAME = (Person.sort_key, Person.id)
Key = tuple[str, UUID]
"""Behind which row of a list by name another one begins."""


def registrations(
    session: Session,
    wanted: ColumnElement[bool],
    entry: Subquery,
    counts: ColumnElement[bool] | None,
    after: Key | None,
    limit: int | None,
) -> tuple[int, int, Sequence[Any]]:
    """How many there are, how many of them count, and a window of them by name behind the key `after`."""
    counting = literal(1) if counts is None else case((counts, 1), else_=0)
    source = (
        select(Registration.id, counting.label("counts"))
        .outerjoin(entry, entry.c.registration_id == Registration.id)
        .where(wanted)
    )
    totals = source.subquery()
    total, part = session.execute(
        select(func.count(), func.coalesce(func.sum(totals.c.counts), 0)).select_from(totals)
    ).one()
    order = (Person.sort_key, Registration.id)
    query = (
        source.with_only_columns(
            Registration.id,
            Person.sort_key,
            Event.code.label("event"),
            Badge.number.label("badge"),
            Person.name,
            Enterprise.code,
            Enterprise.name_zh,
            Enterprise.name_en,
            Registration.status,
            Registration.source,
            entry.c.first_in,
            counting.label("counts"),
            maintain_column_froms=True,
        )
        .join(Person, Person.id == Registration.person_id)
        .join(Event, Event.id == Registration.event_id)
        .outerjoin(Enterprise, Enterprise.id == Registration.enterprise_id)
        .outerjoin(Badge, (Badge.person_id == Person.id) & (Badge.week_id == Event.week_id))
        .order_by(*order)
        .limit(limit)
    )
    return total, part, session.execute(_behind(query, order, after)).all()


def people(
    session: Session, events: Collection[UUID], after: Key | None, limit: int | None
) -> tuple[int, Sequence[Any]]:
    """How many different people came, and a window of them with how often each did."""
    found = by_person(events)
    total = session.scalar(select(func.count()).select_from(found)) or 0
    query = (
        select(
            Person.id,
            Person.sort_key,
            Person.name,
            Enterprise.code,
            Enterprise.name_zh,
            Enterprise.name_en,
            found.c.times,
        )
        .join(found, found.c.person_id == Person.id)
        .outerjoin(Enterprise, Enterprise.id == Person.enterprise_id)
        .order_by(*_BY_NAME)
        .limit(limit)
    )
    return total, session.execute(_behind(query, _BY_NAME, after)).all()


def _behind(
    query: Select[*tuple[Any, ...]], order: tuple[Any, Any], after: Key | None
) -> Select[*tuple[Any, ...]]:
    return query if after is None else query.where(tuple_(*order) > tuple_(*map(literal, after)))


def enterprises(session: Session, rows: Subquery) -> Sequence[Any]:
    """The enterprises of these rows of (enterprise_id, delegates, came), by code."""
    query = (
        select(
            Enterprise.code,
            Enterprise.name_zh,
            Enterprise.name_en,
            Enterprise.district,
            rows.c.delegates,
            rows.c.came,
        )
        .join(rows, rows.c.enterprise_id == Enterprise.id)
        .order_by(Enterprise.code)
    )
    return session.execute(query).all()


def entered_by(
    session: Session, registrations: Sequence[UUID], events: Collection[UUID], held: UUID | None
) -> dict[UUID, ScanKind]:
    """How each of these first came in, by a scan or by a mark, at the event's doors or those of one session.

    The doors are no condition of the statement: SQLite would read all that they saw, once for each part of the list.
    """
    here = Checkpoint.event_id.in_(events) if held is None else Checkpoint.session_id == held
    doors = set(session.scalars(select(Checkpoint.id).where(here)))
    found: dict[UUID, ScanKind] = {}
    for start in range(0, len(registrations), _CHUNK):
        query = (
            select(Scan.registration_id, Scan.checkpoint_id, Scan.kind)
            .outerjoin(_annulling, _annulling.annuls == Scan.id)
            .where(
                Scan.registration_id.in_(registrations[start : start + _CHUNK]),
                Scan.verdict == Verdict.ACCEPTED,
                Scan.direction == Direction.ENTRY,
                Scan.kind != ScanKind.ANNULMENT,
                _annulling.id.is_(None),
            )
            .order_by(Scan.device_at, Scan.received_at, Scan.sequence)
        )
        for registration, door, kind in session.execute(query):
            if registration is not None and door in doors:
                found.setdefault(registration, kind)
    return found
