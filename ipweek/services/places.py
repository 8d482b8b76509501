"""Places of events and sessions: insert as waiting, then take a place by one conditional update."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import Session

from ipweek.domain.words import RegistrationStatus
from ipweek.storage.tables.people import Registration
from ipweek.storage.tables.programme import Event


def take_places(session: Session, event: UUID, count: int = 1) -> int:
    """Take up to `count` places of an event; returns how many were free.

    The update decides, so that two desks never sell the last place twice, on either engine.
    """
    if _took(session, event, count):
        return count
    free = session.scalar(
        select(Event.capacity - Event.taken).where(Event.id == event).with_for_update(key_share=True)
    )
    return free if free and _took(session, event, free) else 0


def take_for(session: Session, row: Registration, moment: datetime) -> None:
    """Give somebody who waits a place, where one is free."""
    if take_places(session, row.event_id):
        row.status, row.confirmed_at = RegistrationStatus.REGISTERED, moment


def _took(session: Session, event: UUID, count: int) -> bool:
    result = session.execute(
        update(Event)
        .where(Event.id == event, or_(Event.capacity.is_(None), Event.taken + count <= Event.capacity))
        .values(taken=Event.taken + count)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", result).rowcount == 1


def give_back_place(session: Session, event: UUID) -> None:
    """Free one place of an event."""
    session.execute(
        update(Event)
        .where(Event.id == event)
        .values(taken=Event.taken - 1)
        .execution_options(synchronize_session=False)
    )


def promote_first(session: Session, event: UUID, moment: datetime) -> UUID | None:
    """Move the first in line up where a place is free; returns his registration."""
    first = session.scalar(
        select(Registration.id)
        .where(Registration.event_id == event, Registration.status == RegistrationStatus.WAITING)
        .order_by(Registration.registered_at, Registration.id)
        .limit(1)
        .with_for_update(key_share=True)
    )
    if first is None or not take_places(session, event):
        return None
    session.execute(
        update(Registration)
        .where(Registration.id == first)
        .values(status=RegistrationStatus.REGISTERED, confirmed_at=moment)
    )
    return first
