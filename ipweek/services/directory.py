"""Everybody, whether registered somewhere or not: listing, adding, removing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, exists, func, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.contacts import masked_email, masked_phone
from ipweek.domain.errors import AlreadyThereError
from ipweek.domain.people import PeoplePage, PersonLine
from ipweek.domain.registrations import NewRegistration, PageKey
from ipweek.domain.text import clean
from ipweek.services import audit, matching
from ipweek.services.base import Service
from ipweek.services.newcomers import checked, new_person
from ipweek.services.records import find
from ipweek.services.registration_rows import resolve
from ipweek.storage.queries import merges
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event

PAGE = 200
_LONGEST = 1_000
"""Longer patterns are refused by SQLite."""


class Directory(Service):
    """People by pinyin; phones and e-mail addresses masked."""

    def page(
        self,
        query: str = "",
        event: str | None = None,
        *,
        archived: bool = False,
        after: PageKey | None = None,
        limit: int = PAGE,
    ) -> PeoplePage:
        """A window of those who match what was typed, of an event's people where one is named, behind `after`."""
        with self.uow.read() as session:
            wanted = _people().order_by(Person.sort_key, Person.id).limit(limit)
            for word in clean(query).lower().split():
                wanted = wanted.where(Person.search_key.contains(word[:_LONGEST], autoescape=True))
            if event is not None:
                held = find(session, "event", event).id
                wanted = wanted.where(
                    exists().where(Registration.person_id == Person.id, Registration.event_id == held)
                )
            if not archived:
                wanted = wanted.where(Person.archived_at.is_(None))
            if after is not None:
                last = (after[0], UUID(str(after[1])))
                wanted = wanted.where(tuple_(Person.sort_key, Person.id) > tuple_(*last))
            rows = session.execute(wanted).all()
            person = rows[-1].Person if len(rows) == limit else None
            return PeoplePage(_lines(session, rows), (person.sort_key, person.id.hex) if person else None)

    def add(self, actor: Actor, new: NewRegistration) -> PersonLine:
        """Add somebody who is registered nowhere yet; what only a registration has is left out.

        Raises InvalidError with the field's name and value, AlreadyThereError `person-known`.
        """
        new = checked(new)
        with self.uow.write() as session:
            enterprise = matching.enterprise_or_new(session, new.enterprise)
            known = matching.person_of(
                session, new.name, new.phone or None, enterprise.id if enterprise else None
            )
            if known is not None:
                raise AlreadyThereError("person-known", name=known.name, person=str(known.id))
            person = new_person(session, new, enterprise)
            after = {"name": new.name, "phone": new.phone, "enterprise": new.enterprise}
            audit.record(session, actor, self.clock(), "add", "person", person.id, after=after)
            session.flush()
            return _lines(session, session.execute(_people().where(Person.id == person.id)).all())[0]

    def remove(self, actor: Actor, ref: str, event: str | None = None) -> bool:
        """Delete somebody to whom nothing refers, else archive him. Returns whether he was archived.

        Raises NotFoundError.
        """
        with self.uow.write() as session:
            person, _registration = meant(session, ref, event)
            identity, before = person.id, {"name": person.name}
            archived = not _deleted(session, person)
            if archived:
                person.archived_at = self.clock()
            action = "archive" if archived else "delete"
            audit.record(session, actor, self.clock(), action, "person", identity, before=before)
            return archived


def meant(session: Session, ref: str, event: str | None = None) -> tuple[Person, Registration | None]:
    """A person by an id, his own or a registration's, by badge number or scanned code.

    With him the registration that was named, else his latest, if he has one. Raises NotFoundError.
    """
    person = session.get(Person, found) if (found := _identity(ref)) else None
    if person is None:
        registration = resolve(session, ref, event)
        return session.get_one(Person, registration.person_id), registration
    person = merges.kept(session, person)
    query = select(Registration).where(Registration.person_id == person.id)
    return person, session.scalars(query.order_by(Registration.registered_at.desc()).limit(1)).first()


def _identity(ref: str) -> UUID | None:
    try:
        return UUID(ref.strip())
    except ValueError:
        return None


def _deleted(session: Session, person: Person) -> bool:
    try:
        with session.begin_nested():
            session.delete(person)
            session.flush()
    except IntegrityError:
        session.refresh(person)
        return False
    return True


def _people() -> Select[*tuple[Any, ...]]:
    name = func.coalesce(Enterprise.name_zh, Enterprise.name_en).label("enterprise")
    return select(Person, name).outerjoin(Enterprise, Enterprise.id == Person.enterprise_id)


def _lines(session: Session, rows: Sequence[Row[Any]]) -> tuple[PersonLine, ...]:
    people = [row.Person.id for row in rows]
    query = (
        select(Registration.person_id, Event.code)
        .join(Event, Event.id == Registration.event_id)
        .where(Registration.person_id.in_(people))
        .order_by(Event.start_day, Event.code)
    )
    events: dict[UUID, list[str]] = {}
    for person, event in session.execute(query):
        events.setdefault(person, []).append(event)
    return tuple(
        PersonLine(
            id=person.id,
            name=person.name,
            name_latin=person.name_latin,
            enterprise=row.enterprise,
            title=person.title,
            phone=masked_phone(person.phone) if person.phone else None,
            email=masked_email(person.email) if person.email else None,
            events=tuple(events.get(person.id, ())),
            archived=person.archived_at is not None,
        )
        for row in rows
        for person in (row.Person,)
    )
