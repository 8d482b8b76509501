"""Registrations found by what is typed or scanned, and as lists show them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain.badge_code import normalise, parse, shown_number
from ipweek.domain.contacts import masked_email, masked_phone, shown_phone
from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.registrations import Registered
from ipweek.domain.words import EventStatus, RegistrationStatus
from ipweek.services.records import find
from ipweek.storage.queries import registrations as queries
from ipweek.storage.queries.merges import holder_of_badge, standing_for
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event


def open_event(session: Session, code: str) -> Event:
    """An event that takes registrations. Raises InvalidError `event-not-open`, `event-archived`, NotFoundError."""
    held: Event = find(session, "event", code)
    if held.archived_at is not None:
        raise InvalidError("event-archived", event=held.code)
    if held.status in (EventStatus.CLOSED, EventStatus.CANCELLED):
        raise InvalidError("event-not-open", event=held.code, status=held.status)
    return held


def resolve(session: Session, ref: str, event: str | None = None) -> Registration:
    """The registration of an id, a badge code, a badge number or the last digits of one.

    Without an event, the person's only registration that is not cancelled. Raises NotFoundError
    `registration-missing`, InvalidError `registration-ambiguous`.
    """
    query = select(Registration)
    text = normalise(ref)
    if text.isdecimal():
        query = query.where(Registration.person_id.in_(_people_of_badge(session, text, ref)))
    else:
        query = query.where(Registration.id == standing_for(session, _uuid(text, ref)))
    if event is not None:
        query = query.where(Registration.event_id == find(session, "event", event).id)
    found = session.scalars(query).all()
    live = [row for row in found if row.status is not RegistrationStatus.CANCELLED]
    chosen = live or found
    if not chosen:
        raise NotFoundError("registration-missing", registration=ref)
    if len(chosen) > 1:
        raise InvalidError("registration-ambiguous", registration=ref, count=len(chosen))
    return chosen[0]


def refuse_ended(session: Session, row: Registration, ref: str) -> None:
    """Raises InvalidError `already-cancelled`, AlreadyThereError `registration-blocked`."""
    if row.status is RegistrationStatus.CANCELLED:
        raise InvalidError("already-cancelled", registration=ref)
    if row.status is RegistrationStatus.BLOCKED:
        raise blocked(session, row.person_id)


def blocked(session: Session, person: UUID) -> AlreadyThereError:
    """The error about somebody who is kept out."""
    return AlreadyThereError("registration-blocked", name=session.get_one(Person, person).name)


def _people_of_badge(session: Session, digits: str, ref: str) -> Sequence[UUID]:
    code = parse(digits)
    number = code.number if code else int(digits) if len(digits) <= 10 else None
    if number is None:
        raise NotFoundError("registration-missing", registration=ref)
    exact = Badge.number == number if code or len(digits) == 10 else Badge.number % 1_000_000 == number
    found = session.scalars(select(holder_of_badge()).where(exact, Badge.person_id.is_not(None))).all()
    return [person for person in found if person is not None]


def _uuid(text: str, ref: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFoundError("registration-missing", registration=ref) from None


def views(session: Session, ids: Sequence[UUID]) -> tuple[Registered, ...]:
    """Registrations by id, in no order."""
    rows = session.execute(queries.registration_rows().where(Registration.id.in_(ids))).all()
    return shown(session, rows)


def shown(
    session: Session, rows: Sequence[queries.FoundRow], *, unmask: bool = False, in_line: bool = True
) -> tuple[Registered, ...]:
    """Rows of `queries.registration_rows` as they leave the service, in their order.

    Their places in the waiting list cost a look at the whole list.
    """
    sessions = queries.sessions_of(session, [row.Registration.id for row in rows])
    replaced = queries.replacements(session, rows)
    waiting = {
        row.Registration.id: row.Registration.event_id
        for row in rows
        if in_line and row.Registration.status == RegistrationStatus.WAITING
    }
    line = queries.places_in_line(session, waiting) if waiting else {}
    return tuple(_view(row, sessions, replaced, line, unmask=unmask) for row in rows)


def _view(
    row: queries.FoundRow,
    sessions: queries.SessionCodes,
    replaced: Mapping[UUID, tuple[UUID, str]],
    line: dict[UUID, int],
    *,
    unmask: bool,
) -> Registered:
    registration, person = row.Registration, row.Person
    enrolled = sessions.get(registration.id, ())
    heir, heir_name = replaced.get(registration.id, (None, None))
    phone, email = person.phone, person.email
    if phone:
        phone = shown_phone(phone) if unmask else masked_phone(phone)
    if email and not unmask:
        email = masked_email(email)
    return Registered(
        id=registration.id,
        person=person.id,
        event=row.event,
        badge_no=shown_number(row.badge) if row.badge is not None else None,
        status=registration.status,
        name=person.name,
        name_latin=person.name_latin,
        enterprise=row.enterprise,
        enterprise_code=row.enterprise_code,
        title=registration.title,
        category=registration.category,
        phone=phone,
        email=email,
        seat=registration.seat,
        source=registration.source,
        substitute_for=row.replaced,
        on_leave=registration.on_leave,
        attended=row.attended,
        registered_at=registration.registered_at,
        sessions=tuple(code for code, status in enrolled if status == RegistrationStatus.REGISTERED),
        place_in_line=line.get(registration.id),
        synthetic=person.synthetic,
        note=registration.note,
        sessions_waiting=tuple(code for code, status in enrolled if status == RegistrationStatus.WAITING),
        substitute_for_id=registration.substitute_for,
        replaced_by=heir_name,
        replaced_by_id=heir,
    )
