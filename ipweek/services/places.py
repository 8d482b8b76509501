"""Places of events and of their sessions: stand in line, then take a place by one conditional update.

Who has no place at the event holds none in its sessions: what he wishes is kept, and counts when he moves up.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, Select, or_, select, update
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.ids import new_id
from ipweek.domain.words import RegistrationStatus
from ipweek.services import audit
from ipweek.storage.tables.people import Enrolment, Registration
from ipweek.storage.tables.programme import Event, EventSession

Held = type[Event] | type[EventSession]
"""What has places."""

_REGISTERED, _WAITING, _CANCELLED = (
    RegistrationStatus.REGISTERED,
    RegistrationStatus.WAITING,
    RegistrationStatus.CANCELLED,
)


def take_places(session: Session, held: Held, identity: UUID, count: int = 1) -> int:
    """Take up to `count` places of an event or a session; returns how many were free.

    The update decides, so that two desks never sell the last place twice, on either engine.
    """
    if _took(session, held, identity, count):
        return count
    free = session.scalar(
        select(held.capacity - held.taken).where(held.id == identity).with_for_update(key_share=True)
    )
    return free if free and _took(session, held, identity, free) else 0


def _took(session: Session, held: Held, identity: UUID, count: int) -> bool:
    result = session.execute(
        update(held)
        .where(held.id == identity, or_(held.capacity.is_(None), held.taken + count <= held.capacity))
        .values(taken=held.taken + count)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", result).rowcount == 1


def take_for(session: Session, row: Registration, moment: datetime) -> None:
    """Give somebody who waits a place where one is free, and then places in the sessions that he wishes."""
    if take_places(session, Event, row.event_id):
        _confirm(session, row, moment)


def _confirm(session: Session, row: Registration, moment: datetime) -> None:
    row.status, row.confirmed_at = _REGISTERED, moment
    session.flush()
    _seat(session, row)


def _seat(session: Session, row: Registration) -> None:
    for wish in enrolments_of(session, row):
        if wish.status is _WAITING and take_places(session, EventSession, wish.session_id):
            wish.status = _REGISTERED


def enrolments_of(session: Session, row: Registration) -> Sequence[Enrolment]:
    """What a registration takes part in, waits for, or did until it ended."""
    query = select(Enrolment).where(Enrolment.registration_id == row.id)
    return session.scalars(query.order_by(Enrolment.session_id)).all()


def wish(session: Session, row: Registration, sessions: Collection[UUID], moment: datetime) -> None:
    """Stand in line for sessions; without any, for those of before the registration ended."""
    known = {one.session_id: one for one in enrolments_of(session, row)}
    for identity in sessions or known:
        if identity not in known:
            known[identity] = Enrolment(id=new_id(), registration_id=row.id, session_id=identity)
            session.add(known[identity])
        elif known[identity].status is not _CANCELLED:
            continue
        known[identity].status, known[identity].enrolled_at = _WAITING, moment
    session.flush()
    if row.status is _REGISTERED:
        _seat(session, row)


def give_back(session: Session, held: Held, identity: UUID, count: int = 1) -> None:
    """Free places of an event or a session."""
    session.execute(
        update(held)
        .where(held.id == identity)
        .values(taken=held.taken - count)
        .execution_options(synchronize_session=False)
    )


def leave(session: Session, actor: Actor, one: Enrolment, moment: datetime) -> Registration | None:
    """Give up a session, or the wait for it; returns who moved up."""
    had_place = one.status is _REGISTERED
    one.status = _CANCELLED
    session.flush()
    if not had_place:
        return None
    give_back(session, EventSession, one.session_id)
    return promote_first(session, actor, EventSession, one.session_id, moment)


def leave_all(session: Session, actor: Actor, row: Registration, moment: datetime) -> None:
    """Give up every session of a registration that ends; what it held is remembered."""
    for one in enrolments_of(session, row):
        leave(session, actor, one, moment)


def pass_on(session: Session, actor: Actor, old: Registration, new: Registration, moment: datetime) -> None:
    """Hand over what an ending registration holds in the sessions that the new one wishes; the rest is free."""
    wished = {one.session_id: one for one in enrolments_of(session, new)}
    for one in enrolments_of(session, old):
        heir = wished.get(one.session_id)
        if heir is None or heir.status is not _WAITING or one.status is _CANCELLED:
            leave(session, actor, one, moment)
        else:
            heir.status, heir.enrolled_at, one.status = one.status, one.enrolled_at, _CANCELLED
    session.flush()
    if new.status is _REGISTERED:
        _seat(session, new)


def promote_first(
    session: Session, actor: Actor, held: Held, identity: UUID, moment: datetime
) -> Registration | None:
    """Move the first in line up where a place is free; returns his registration."""
    session.flush()
    first = session.scalars(_line(held, identity).limit(1)).first()
    if first is None or not take_places(session, held, identity):
        return None
    if isinstance(first, Registration):
        _confirm(session, first, moment)
        audit.record(session, actor, moment, "promote", "registration", first.id)
        return first
    first.status = _REGISTERED
    row = session.get_one(Registration, first.registration_id)
    after = {"session": session.get_one(EventSession, identity).code}
    audit.record(session, actor, moment, "promote", "registration", row.id, after=after)
    return row


def _line(held: Held, identity: UUID) -> Select[Registration] | Select[Enrolment]:
    if held is Event:
        return (
            select(Registration)
            .where(Registration.event_id == identity, Registration.status == _WAITING)
            .order_by(Registration.registered_at, Registration.id)
        )
    return (
        select(Enrolment)
        .join(Registration, Registration.id == Enrolment.registration_id)
        .where(
            Enrolment.session_id == identity,
            Enrolment.status == _WAITING,
            Registration.status == _REGISTERED,
        )
        .order_by(Enrolment.enrolled_at, Enrolment.id)
    )
