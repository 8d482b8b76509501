"""Registering somebody at an event, in somebody's place too, and cancelling."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.errors import AlreadyThereError, InvalidError
from ipweek.domain.ids import new_id
from ipweek.domain.registrations import Cancelled, NewRegistration, Registered
from ipweek.domain.words import Category, RegistrationStatus
from ipweek.services import audit, matching, places, questions
from ipweek.services.badge_numbers import give_badges
from ipweek.services.enrolments import Enrolments, sessions_named, wished_codes
from ipweek.services.newcomers import checked, new_person
from ipweek.services.registration_changes import (
    RegistrationEdits,
    hand_over,
    release_place,
)
from ipweek.services.registration_lists import RegistrationLists
from ipweek.services.registration_rows import blocked, open_event, refuse_ended, resolve, views
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event


@dataclass(frozen=True, slots=True)
class Arrival:
    """When somebody registered, and under which ids: the same at every try, so that a lost answer makes nobody twice."""

    moment: datetime
    registration: UUID = field(default_factory=new_id)
    person: UUID = field(default_factory=new_id)


class Registrations(RegistrationLists, RegistrationEdits, Enrolments):
    """The registration desk's use cases."""

    def register(self, actor: Actor, event: str, new: NewRegistration) -> Registered:
        """Register a person, known or new: with a place where one is free, else waiting.

        A substitute takes over what the delegate holds for whom he comes: the place, or the place in line, and
        where nothing else is said the enterprise, the seat and the sessions. The delegate's registration ends.

        Raises InvalidError for a field, an answer, `event-not-open` or `event-archived`, NotFoundError for the
        event, AlreadyThereError `already-registered` or `registration-blocked`.
        """
        arrival, new = Arrival(self.clock()), checked(new)
        return self.uow.repeated(partial(self._register, actor, event, new, arrival))

    def _register(self, actor: Actor, event: str, new: NewRegistration, arrival: Arrival) -> Registered:
        with self.uow.write() as session:
            row = session.get(Registration, arrival.registration)
            if row is None:
                held = open_event(session, event)
                old = resolve(session, new.substitute_for, held.code) if new.substitute_for else None
                row = _take_in(session, actor, held, new, old, arrival)
                row.substitute_for = None if old is None or old is row else old.id
                session.flush()
            return views(session, [row.id])[0]

    def transfer(self, actor: Actor, ref: str, new: NewRegistration, event: str | None = None) -> Registered:
        """Pass what a registration holds on to somebody else, who comes for himself and not as a substitute.

        Raises as `register`, and InvalidError `already-cancelled` or `registration-blocked`.
        """
        moment, new = self.clock(), checked(new)
        with self.uow.write() as session:
            old = resolve(session, ref, event)
            refuse_ended(session, old, ref)
            held = open_event(session, session.get_one(Event, old.event_id).code)
            row = _take_in(session, actor, held, new, old, Arrival(moment))
            after = {"to": row.id}
            audit.record(session, actor, moment, "transfer", "registration", old.id, after=after)
            session.flush()
            return views(session, [row.id])[0]

    def cancel(self, actor: Actor, ref: str, event: str | None = None) -> Cancelled:
        """Cancel a registration; the first in line moves up by itself.

        Raises NotFoundError, InvalidError `already-cancelled` or `registration-ambiguous`.
        """
        moment = self.clock()
        with self.uow.write() as session:
            row = resolve(session, ref, event)
            session.refresh(row, with_for_update=True)
            if row.status is RegistrationStatus.CANCELLED:
                raise InvalidError("already-cancelled", registration=ref)
            before = {"status": row.status}
            row.cancelled_at = moment
            promoted = release_place(session, actor, row, RegistrationStatus.CANCELLED, moment)
            after = {"status": row.status}
            audit.record(session, actor, moment, "cancel", "registration", row.id, before=before, after=after)
            session.flush()
            session.expire_all()
            return Cancelled(
                views(session, [row.id])[0], views(session, [promoted.id])[0] if promoted else None
            )


def _take_in(
    session: Session,
    actor: Actor,
    held: Event,
    new: NewRegistration,
    old: Registration | None,
    arrival: Arrival,
) -> Registration:
    """Register a person in the place of another registration, where there is one."""
    moment = arrival.moment
    answers = questions.checked(session, held.id, new.answers)
    enterprise = matching.enterprise_or_new(session, new.enterprise)
    if old is not None:
        new, enterprise = _inheriting(session, new, enterprise, old)
    wanted = sessions_named(session, new.sessions, held.id)
    person = _person(session, new, enterprise, arrival.person)
    row = _registration(session, held, person, enterprise, new, arrival)
    row.answers = answers
    session.flush()
    places.wish(session, row, [one.id for one in wanted], moment)
    if old is None or not hand_over(session, actor, old, row, moment):
        places.take_for(session, row, moment)
    give_badges(session, held.week_id, [person.id], moment)
    after = _told(new) | {"event": held.code}
    audit.record(session, actor, moment, "register", "registration", row.id, after=after)
    return row


def _person(session: Session, new: NewRegistration, enterprise: Enterprise | None, identity: UUID) -> Person:
    enterprise_id = enterprise.id if enterprise else None
    found = matching.person_of(session, new.name, new.phone or None, enterprise_id)
    if found is not None:
        found.name_latin, found.email = new.name_latin or found.name_latin, new.email or found.email
        name = (enterprise.name_zh or enterprise.name_en) if enterprise else None
        found.search_key = matching.longer_key(found.search_key, found.name_latin, name)
        return found
    return new_person(session, new, enterprise, identity)


def _registration(
    session: Session,
    held: Event,
    person: Person,
    enterprise: Enterprise | None,
    new: NewRegistration,
    arrival: Arrival,
) -> Registration:
    known = session.scalar(
        select(Registration).where(Registration.person_id == person.id, Registration.event_id == held.id)
    )
    if known is not None and known.status is RegistrationStatus.BLOCKED:
        raise blocked(session, person.id)
    if known is not None and known.status is not RegistrationStatus.CANCELLED:
        raise AlreadyThereError("already-registered", name=person.name, registration=str(known.id))
    row = known or Registration(id=arrival.registration, person_id=person.id, event_id=held.id)
    row.enterprise_id = enterprise.id if enterprise else None
    row.title, row.category = new.title or None, new.category or Category.DELEGATE.value
    row.seat, row.note = new.seat or None, new.note or None
    row.status, row.source = RegistrationStatus.WAITING, new.source
    row.registered_at, row.confirmed_at, row.cancelled_at = arrival.moment, None, None
    row.substitute_for, row.on_leave = None, False
    session.add(row)
    return row


def _inheriting(
    session: Session, new: NewRegistration, enterprise: Enterprise | None, old: Registration
) -> tuple[NewRegistration, Enterprise | None]:
    """What is not said of the new one goes with the place: enterprise, category, seat and sessions."""
    if enterprise is None and old.enterprise_id is not None:
        enterprise = session.get_one(Enterprise, old.enterprise_id)
    inherited = replace(
        new,
        category=new.category or old.category,
        seat=new.seat or old.seat or "",
        sessions=new.sessions or wished_codes(session, old),
    )
    return inherited, enterprise


def _told(new: NewRegistration) -> dict[str, object]:
    return {name: getattr(new, name) for name in new.__slots__ if getattr(new, name)}
