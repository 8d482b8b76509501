"""Registering somebody at an event, cancelling, the waiting list, and finding people again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ipweek.adapters import phones, pinyin
from ipweek.domain.actor import Actor
from ipweek.domain.errors import AlreadyThereError, InvalidError
from ipweek.domain.ids import new_id
from ipweek.domain.import_rows import email_address
from ipweek.domain.registrations import Cancelled, NewRegistration, PlaceCounts, Registered, RegistrationPage
from ipweek.domain.text import clean, is_formula
from ipweek.domain.words import Category, RegistrationStatus
from ipweek.services import audit, matching, places, questions
from ipweek.services.badge_numbers import give_badges
from ipweek.services.marks import is_synthetic
from ipweek.services.records import find
from ipweek.services.registration_changes import RegistrationEdits, hand_over_place, release_place
from ipweek.services.registration_rows import open_event, resolve, shown, views
from ipweek.storage.queries import registrations as queries
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Enrolment, Person, Registration
from ipweek.storage.tables.programme import Event

PAGE = 200
_LIMIT = 200
_CATEGORY_LIMIT = 40


class Registrations(RegistrationEdits):
    """The registration desk's use cases."""

    def register(self, actor: Actor, event: str, new: NewRegistration) -> Registered:
        """Register a person, known or new: with a place where one is free, else waiting.

        A substitute takes over the place of the delegate he comes for, whose registration ends.

        Raises InvalidError for a field, NotFoundError for the event, AlreadyThereError `already-registered`.
        """
        new = _checked(new)
        moment = self.clock()
        with self.uow.write() as session:
            held = open_event(session, event)
            answers = questions.checked(session, held.id, new.answers)
            enterprise = matching.enterprise_or_new(session, new.enterprise)
            person = _person(session, new, enterprise)
            row = _registration(session, held, person, enterprise, new, moment)
            row.answers = answers
            session.flush()
            replaced = resolve(session, new.substitute_for, held.code) if new.substitute_for else None
            if replaced is not None:
                row.substitute_for = replaced.id
            handed_over = replaced is not None and hand_over_place(session, replaced, row, moment)
            if not handed_over and places.take_places(session, held.id):
                row.status, row.confirmed_at = RegistrationStatus.REGISTERED, moment
            _enrol(session, row, new.sessions, held, moment)
            give_badges(session, held.week_id, [person.id], moment)
            audit.record(
                session,
                actor,
                moment,
                "register",
                "registration",
                row.id,
                after=_told(new) | {"event": event},
            )
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

    def page(
        self,
        event: str,
        query: str = "",
        *,
        status: RegistrationStatus | None = None,
        after: tuple[str, str] | None = None,
        limit: int = PAGE,
    ) -> RegistrationPage:
        """A window of an event's registrations in the order of pinyin, those that match what was typed."""
        with self.uow.read() as session:
            held: Event = find(session, "event", event)
            wanted = queries.registration_rows().where(Registration.event_id == held.id)
            if status is not None:
                wanted = wanted.where(Registration.status == status)
            if clean(query):
                wanted = wanted.where(queries.matches(clean(query)))
            total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
            if after is not None:
                wanted = wanted.where(queries.after(after))
            rows = session.execute(wanted.order_by(Person.sort_key, Registration.id).limit(limit)).all()
            views = shown(session, rows)
            last = (rows[-1].Person.sort_key, rows[-1].Registration.id.hex) if len(rows) == limit else None
            return RegistrationPage(views, total, last)

    def all(self, actor: Actor, event: str, *, unmask: bool = False) -> tuple[Registered, ...]:
        """Every registration of an event; unmasking phones and e-mail addresses is audited."""
        with self.uow.write() if unmask else self.uow.read() as session:
            held: Event = find(session, "event", event)
            if unmask:
                audit.record(session, actor, self.clock(), "unmask", "event", held.id)
            wanted = queries.registration_rows().where(Registration.event_id == held.id)
            rows = session.execute(wanted.order_by(Person.sort_key, Registration.id)).all()
            return shown(session, rows, unmask=unmask)

    def show(self, ref: str, event: str | None = None) -> Registered:
        """One registration by id, badge number or scanned code. Raises NotFoundError."""
        with self.uow.read() as session:
            return views(session, [resolve(session, ref, event).id])[0]

    def waiting_list(self, event: str) -> tuple[Registered, ...]:
        """The waiting, first in line first."""
        with self.uow.read() as session:
            held: Event = find(session, "event", event)
            wanted = (
                queries.registration_rows()
                .where(Registration.event_id == held.id, Registration.status == RegistrationStatus.WAITING)
                .order_by(Registration.registered_at, Registration.id)
            )
            return shown(session, session.execute(wanted).all())

    def counts(self, event: str) -> PlaceCounts:
        """How the places of an event stand."""
        with self.uow.read() as session:
            held: Event = find(session, "event", event)
            query = (
                select(Registration.status, func.count())
                .where(Registration.event_id == held.id)
                .group_by(Registration.status)
            )
            found = {row[0]: row[1] for row in session.execute(query)}
            return PlaceCounts(
                found.get(RegistrationStatus.REGISTERED, 0),
                found.get(RegistrationStatus.WAITING, 0),
                found.get(RegistrationStatus.CANCELLED, 0),
                held.capacity,
            )


def _checked(new: NewRegistration) -> NewRegistration:
    """The fields cleaned, the phone in E.164. Raises InvalidError with the field's name and value."""
    values = {
        name: clean(getattr(new, name))
        for name in ("name", "name_latin", "enterprise", "email", "title", "category", "seat", "note")
    }
    if not values["name"]:
        raise InvalidError("field-required", field="name")
    for name, value in values.items():
        limit = _CATEGORY_LIMIT if name == "category" else _LIMIT
        if len(value) > limit:
            raise InvalidError("field-too-long", field=name, limit=limit, length=len(value))
        if is_formula(value):
            raise InvalidError("field-formula", field=name, value=value)
    values["category"] = values["category"] or Category.DELEGATE.value
    if values["email"]:
        values["email"] = email_address(values["email"])
    phone = phones.normalise(new.phone) if new.phone.strip() else ""
    return NewRegistration(
        **values,
        phone=phone,
        sessions=new.sessions,
        answers=new.answers,
        source=new.source,
        substitute_for=new.substitute_for,
    )


def _person(session: Session, new: NewRegistration, enterprise: Enterprise | None) -> Person:
    enterprise_id = enterprise.id if enterprise else None
    name = (enterprise.name_zh or enterprise.name_en) if enterprise else None
    found = matching.person_of(session, new.name, new.phone or None, enterprise_id)
    if found is not None:
        found.name_latin, found.email = new.name_latin or found.name_latin, new.email or found.email
        found.search_key = matching.longer_key(found.search_key, found.name_latin, name)
        return found
    person = Person(
        id=new_id(),
        name=new.name,
        name_latin=new.name_latin or None,
        enterprise_id=enterprise_id,
        title=new.title or None,
        phone=new.phone or None,
        email=new.email or None,
        search_key=matching.search_key(new.name, new.name_latin, name, new.phone),
        sort_key=pinyin.sort_key(new.name),
        synthetic=is_synthetic(session),
    )
    session.add(person)
    session.flush()
    return person


def _registration(
    session: Session,
    held: Event,
    person: Person,
    enterprise: Enterprise | None,
    new: NewRegistration,
    moment: datetime,
) -> Registration:
    known = session.scalar(
        select(Registration).where(Registration.person_id == person.id, Registration.event_id == held.id)
    )
    if known is not None and known.status is not RegistrationStatus.CANCELLED:
        raise AlreadyThereError("already-registered", name=person.name, registration=str(known.id))
    row = known or Registration(id=new_id(), person_id=person.id, event_id=held.id)
    row.enterprise_id = enterprise.id if enterprise else None
    row.title, row.category = new.title or None, new.category
    row.seat, row.note = new.seat or None, new.note or None
    row.status, row.source = RegistrationStatus.WAITING, new.source
    row.registered_at, row.confirmed_at, row.cancelled_at, row.on_leave = moment, None, None, False
    session.add(row)
    return row


def _enrol(session: Session, row: Registration, codes: Sequence[str], held: Event, moment: datetime) -> None:
    if not codes:
        return
    having = set(session.scalars(select(Enrolment.session_id).where(Enrolment.registration_id == row.id)))
    for code in dict.fromkeys(codes):
        wanted = find(session, "session", code)
        if wanted.event_id != held.id:
            raise InvalidError("session-of-other-event", session=code, event=held.code)
        if wanted.id not in having:
            session.add(
                Enrolment(
                    id=new_id(),
                    registration_id=row.id,
                    session_id=wanted.id,
                    status=RegistrationStatus.REGISTERED,
                    enrolled_at=moment,
                )
            )


def _told(new: NewRegistration) -> dict[str, object]:
    return {name: getattr(new, name) for name in new.__slots__ if getattr(new, name)}
