"""A person on one page, and correcting what was typed wrong."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ipweek.adapters import phones, pinyin
from ipweek.domain.actor import Actor
from ipweek.domain.badge_code import shown_number
from ipweek.domain.badges import PrintLine
from ipweek.domain.contacts import masked_email, masked_phone
from ipweek.domain.errors import InvalidError
from ipweek.domain.import_rows import email_address
from ipweek.domain.people import PersonChanges, PersonPage
from ipweek.domain.text import clean, is_formula
from ipweek.services import audit, matching
from ipweek.services.badges import print_line
from ipweek.services.directory import Directory, meant
from ipweek.services.registration_rows import shown
from ipweek.services.stays import lines
from ipweek.storage.queries import checkin_log
from ipweek.storage.queries import registrations as queries
from ipweek.storage.tables.badges import Badge, Print
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event

_LIMIT = 200


class People(Directory):
    """Everything about one person."""

    def show(self, ref: str, event: str | None = None) -> PersonPage:
        """A person by an id, his own or a registration's, by badge number or scanned code. Raises NotFoundError."""
        with self.uow.read() as session:
            return _page(session, *meant(session, ref, event), self.clock())

    def edit(self, actor: Actor, ref: str, changes: PersonChanges, event: str | None = None) -> PersonPage:
        """Correct a person's record; his badge stays genuine, and what past events say stays.

        Raises InvalidError with the field's name and value.
        """
        with self.uow.write() as session:
            person, registration = meant(session, ref, event)
            wanted = {
                name: value for name, value in _checked(changes).items() if getattr(person, name) != value
            }
            before = {name: getattr(person, name) for name in wanted}
            for name, value in wanted.items():
                setattr(person, name, value)
            if wanted:
                _rebuild_keys(session, person)
                audit.record(
                    session, actor, self.clock(), "edit", "person", person.id, before=before, after=wanted
                )
            session.flush()
            return _page(session, person, registration, self.clock())


def _checked(changes: PersonChanges) -> dict[str, Any]:
    """The changed fields, cleaned; an empty text is None. Raises InvalidError."""
    given = {name: getattr(changes, name) for name in PersonChanges.__slots__}
    values: dict[str, Any] = {name: clean(text) for name, text in given.items() if text is not None}
    for name, value in values.items():
        if len(value) > _LIMIT:
            raise InvalidError("field-too-long", field=name, limit=_LIMIT, length=len(value))
        if name != "phone" and is_formula(value):
            raise InvalidError("field-formula", field=name, value=value)
    if values.get("name") == "":
        raise InvalidError("field-required", field="name")
    if values.get("phone"):
        values["phone"] = phones.normalise(values["phone"])
    if values.get("email"):
        values["email"] = email_address(values["email"])
    if values.get("rank"):
        values["rank"] = _rank(values["rank"])
    return {name: None if value == "" else value for name, value in values.items()}


def _rank(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 6):
        raise InvalidError("field-integer", field="rank", value=text)
    return int(text)


def _rebuild_keys(session: Session, person: Person) -> None:
    """The person answers to the corrected names, and to every enterprise that he has come for."""
    came_for = select(Registration.enterprise_id).where(Registration.person_id == person.id)
    rows = session.scalars(
        select(Enterprise)
        .where(or_(Enterprise.id == person.enterprise_id, Enterprise.id.in_(came_for)))
        .order_by(Enterprise.id)
    )
    key = matching.search_key(person.name, person.name_latin, None, person.phone)
    person.search_key = matching.longer_key(key, *(row.name_zh or row.name_en for row in rows))
    person.sort_key = pinyin.sort_key(person.name)


def _page(session: Session, person: Person, registration: Registration | None, now: datetime) -> PersonPage:
    held = registration.event_id if registration else None
    week = session.scalar(select(Event.week_id).where(Event.id == held))
    badge = session.scalar(select(Badge).where(Badge.person_id == person.id, Badge.week_id == week))
    rows = session.execute(
        queries.registration_rows()
        .where(Registration.person_id == person.id)
        .order_by(Event.start_day, Event.code)
    ).all()
    stays = lines(
        session, {row.Registration.event_id for row in rows}, now, [row.Registration.id for row in rows]
    )
    return PersonPage(
        person=person.id,
        name=person.name,
        name_latin=person.name_latin,
        title=person.title,
        phone=masked_phone(person.phone) if person.phone else None,
        email=masked_email(person.email) if person.email else None,
        rank=person.rank,
        badge_no=shown_number(badge.number) if badge else None,
        issue=badge.issue if badge else None,
        registrations=shown(session, rows),
        answers={row.Registration.id: _answers(row.Registration.answers) for row in rows},
        prints=_prints(session, person, badge),
        scans=checkin_log.lines_of_person(session, person.id),
        synthetic=person.synthetic,
        stays=stays,
    )


def _answers(kept: Mapping[str, Any]) -> dict[str, str]:
    return {question: str(answer) for question, answer in kept.items()}


def _prints(session: Session, person: Person, badge: Badge | None) -> tuple[PrintLine, ...]:
    if badge is None:
        return ()
    rows = session.scalars(
        select(Print).where(Print.badge_id == badge.id).order_by(Print.printed_at.desc(), Print.id.desc())
    )
    return tuple(print_line(row, badge.number, person.name) for row in rows)
