"""The counts of the live view and the wall: a handful of statements, each grouped in the database."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, case, exists, func, select
from sqlalchemy.orm import Session

from ipweek.domain.words import RegistrationStatus
from ipweek.storage.queries.reports import Cutoffs, conditions, has_entered, span_of
from ipweek.storage.tables.base import Moment
from ipweek.storage.tables.checkin import Admission, Checkpoint
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseIndustry, Industry
from ipweek.storage.tables.people import Registration
from ipweek.storage.tables.programme import EventSession


def doors(session: Session, event: UUID) -> Sequence[Any]:
    """Rows of (code, zh, en, capacity, came, inside), the event's own doors first; an archived one that was used too."""
    came = _count(Admission.entries > 0).label("came")
    query = (
        select(
            Checkpoint.code,
            func.coalesce(Checkpoint.name_zh, EventSession.name_zh).label("zh"),
            func.coalesce(Checkpoint.name_en, EventSession.name_en).label("en"),
            Checkpoint.capacity,
            came,
            _count(Admission.inside.is_(True)).label("inside"),
        )
        .outerjoin(Admission, Admission.checkpoint_id == Checkpoint.id)
        .outerjoin(EventSession, EventSession.id == Checkpoint.session_id)
        .where(Checkpoint.event_id == event)
        .group_by(Checkpoint.id, EventSession.id)
        .having(Checkpoint.archived_at.is_(None) | (came > 0))
        .order_by(Checkpoint.session_id.is_not(None), Checkpoint.code)
    )
    return session.execute(query).all()


def enterprises(session: Session, event: UUID) -> Sequence[Any]:
    """Rows of (id, code, zh, en, registered, came), a row of nothing but counts for those without one."""
    entry = _in_and_out(event)
    counts = (
        select(
            Registration.enterprise_id.label("id"),
            _count(Registration.status == RegistrationStatus.REGISTERED).label("registered"),
            func.count(entry.c.registration_id).label("came"),
        )
        .outerjoin(entry, entry.c.registration_id == Registration.id)
        .where(Registration.event_id == event)
        .group_by(Registration.enterprise_id)
        .subquery()
    )
    query = select(
        counts.c.id,
        Enterprise.code,
        Enterprise.name_zh.label("zh"),
        Enterprise.name_en.label("en"),
        counts.c.registered,
        counts.c.came,
    ).outerjoin(Enterprise, Enterprise.id == counts.c.id)
    return session.execute(query).all()


def industries(session: Session, event: UUID) -> Sequence[Any]:
    """Rows of (enterprise id, code, zh, en): the industries of the enterprises at an event."""
    there = exists().where(
        Registration.enterprise_id == EnterpriseIndustry.enterprise_id, Registration.event_id == event
    )
    query = (
        select(EnterpriseIndustry.enterprise_id, Industry.code, Industry.name_zh, Industry.name_en)
        .join(Industry, Industry.id == EnterpriseIndustry.industry_id)
        .where(there)
    )
    return session.execute(query).all()


_STANDING = ("expected", "expected_attended", "walk_in_attended", "attended", "late")


def standing(
    session: Session, event: UUID, confirmed_by: Cutoffs, late_after: Cutoffs, seconds: int
) -> Sequence[Any]:
    """Rows of (span, expected, expected_attended, walk_in_attended, attended, late, inside).

    By the span of so many seconds since 1970 in which somebody's first entry fell, None for those who did not come:
    one reading gives the totals and the arrivals.
    """
    entry = _in_and_out(event)
    met = conditions(entry, confirmed_by, late_after)
    span = span_of(session, entry.c.first_in, seconds).label("span")
    query = (
        select(
            span,
            *(_count(met[name]).label(name) for name in _STANDING),
            func.coalesce(func.sum(entry.c.inside), 0).label("inside"),
        )
        .outerjoin(entry, entry.c.registration_id == Registration.id)
        .where(Registration.event_id == event)
        .group_by(span)
    )
    return session.execute(query).all()


def _in_and_out(event: UUID) -> Subquery:
    """Who came by whichever door of the event, when first, and whether he is inside somewhere (1 or 0)."""
    return (
        select(
            Admission.registration_id,
            func.min(Admission.first_in, type_=Moment()).label("first_in"),
            func.max(case((Admission.inside, 1), else_=0)).label("inside"),
        )
        .join(Checkpoint, Checkpoint.id == Admission.checkpoint_id)
        .where(Checkpoint.event_id == event, has_entered())
        .group_by(Admission.registration_id)
        .subquery()
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))
