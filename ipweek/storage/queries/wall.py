"""What the wall shows beside the counts of the live view: sessions with their fill, results, enterprises."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, distinct, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from ipweek.domain.words import EventStatus, LinkRole
from ipweek.storage.queries.reports import enrolments, has_entered
from ipweek.storage.tables.checkin import Admission, Checkpoint
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.navigation import NavigationResult, ResultLink
from ipweek.storage.tables.people import Registration
from ipweek.storage.tables.programme import EventSession, Room


def sessions(session: Session, event: UUID) -> Sequence[Any]:
    """Rows of (EventSession, Room or None) of an event, without the cancelled and the archived."""
    query = (
        select(EventSession, Room)
        .outerjoin(Room, Room.id == EventSession.room_id)
        .where(EventSession.event_id == event, EventSession.archived_at.is_(None))
        .where(EventSession.status != EventStatus.CANCELLED)
    )
    return session.execute(query).all()


def fill(session: Session, event: UUID) -> dict[UUID, Any]:
    """By session somebody is enrolled in or went into: (passed, present, taken).

    How many ever passed its doors, how many are inside, and how many have a place, being inside or enrolled.
    """
    inside = case((Admission.inside, 1), else_=0)
    at_doors = (
        select(
            Checkpoint.session_id,
            Admission.registration_id,
            literal(1).label("passed"),
            inside.label("here"),
            inside.label("has_place"),
        )
        .join(Admission, Admission.checkpoint_id == Checkpoint.id)
        .where(Checkpoint.event_id == event, Checkpoint.session_id.is_not(None), has_entered())
    )
    booked = enrolments([event]).add_columns(literal(0), literal(0), literal(1))
    held = union_all(at_doors, booked).subquery("held")
    has_place = case((held.c.has_place == 1, held.c.registration_id))
    here = case((held.c.here == 1, held.c.registration_id))
    query = select(
        held.c.session_id,
        func.sum(held.c.passed).label("passed"),
        func.count(distinct(here)).label("present"),
        func.count(distinct(has_place)).label("taken"),
    ).group_by(held.c.session_id)
    return {row.session_id: row for row in session.execute(query)}


def limits(session: Session, event: UUID) -> dict[UUID, list[int | None]]:
    """By session that has doors: how many each lets in, None without a limit."""
    query = select(Checkpoint.session_id, Checkpoint.capacity).where(
        Checkpoint.event_id == event, Checkpoint.session_id.is_not(None), Checkpoint.archived_at.is_(None)
    )
    found: dict[UUID, list[int | None]] = {}
    for held, capacity in session.execute(query):
        if held is not None:
            found.setdefault(held, []).append(capacity)
    return found


def released(session: Session, event: UUID, day: date) -> Sequence[NavigationResult]:
    """The results that an event or one of its sessions released on a day."""
    linked = (
        select(ResultLink.result_id)
        .outerjoin(EventSession, EventSession.id == ResultLink.session_id)
        .where(
            or_(ResultLink.event_id == event, EventSession.event_id == event),
            ResultLink.role == LinkRole.RELEASED,
        )
    )
    query = select(NavigationResult).where(
        NavigationResult.id.in_(linked), NavigationResult.released_on == day
    )
    return session.scalars(query.order_by(NavigationResult.code)).all()


def enterprises_inside(session: Session, event: UUID) -> int:
    """How many enterprises somebody is inside for."""
    found = _inside(event).where(Registration.enterprise_id.is_not(None)).distinct().subquery("found")
    return session.scalar(select(func.count()).select_from(found)) or 0


def enterprise_names(session: Session, event: UUID) -> Sequence[Any]:
    """Rows of (code, zh, en) of these enterprises."""
    query = (
        select(Enterprise.code, Enterprise.name_zh.label("zh"), Enterprise.name_en.label("en"))
        .where(Enterprise.id.in_(_inside(event)))
        .order_by(Enterprise.code)
    )
    return session.execute(query).all()


def _inside(event: UUID) -> Select[*tuple[Any, ...]]:
    """The enterprises of whoever is inside by whichever door of the event, once for each of them."""
    return (
        select(Registration.enterprise_id)
        .join(Admission, Admission.registration_id == Registration.id)
        .join(Checkpoint, Checkpoint.id == Admission.checkpoint_id)
        .where(Checkpoint.event_id == event, Admission.inside.is_(True), has_entered())
    )
