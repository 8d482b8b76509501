"""Lists of registrations: one query, a window at a time."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from ipweek.domain.words import RegistrationStatus
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.checkin import Admission
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Enrolment, Person, Registration
from ipweek.storage.tables.programme import Event, EventSession

_Replaced = aliased(Registration)
_ReplacedPerson = aliased(Person)
LIKE_ESCAPE = "\\"


def registration_rows() -> Select[*tuple[Any, ...]]:
    """All that a list shows of registrations, without phone tails or orders."""
    attended = exists().where(Admission.registration_id == Registration.id, Admission.entries > 0)
    return (
        select(
            Registration,
            Person,
            Enterprise.code.label("enterprise_code"),
            func.coalesce(Enterprise.name_zh, Enterprise.name_en).label("enterprise"),
            Event.code.label("event"),
            Badge.number.label("badge"),
            _ReplacedPerson.name.label("replaced"),
            attended.label("attended"),
        )
        .join(Person, Person.id == Registration.person_id)
        .join(Event, Event.id == Registration.event_id)
        .outerjoin(Enterprise, Enterprise.id == Registration.enterprise_id)
        .outerjoin(Badge, (Badge.person_id == Person.id) & (Badge.week_id == Event.week_id))
        .outerjoin(_Replaced, _Replaced.id == Registration.substitute_for)
        .outerjoin(_ReplacedPerson, _ReplacedPerson.id == _Replaced.person_id)
    )


def matches(query: str) -> ColumnElement[bool]:
    """Whether the person answers to what was typed: every word of it, anywhere in the search key."""
    words = query.lower().split()
    found = and_(*(Person.search_key.like(f"%{escaped(word)}%", escape=LIKE_ESCAPE) for word in words))
    if len(words) == 1 and words[0].isdecimal():
        return or_(found, Badge.number == int(words[0][:18]))
    return found


def escaped(word: str) -> str:
    """A word with the wildcards of LIKE taken literally."""
    return word.replace(LIKE_ESCAPE, LIKE_ESCAPE * 2).replace("%", r"\%").replace("_", r"\_")


def after(key: tuple[str, str]) -> ColumnElement[bool]:
    """The rows behind a key of (sort key, registration id in hex)."""
    return tuple_(Person.sort_key, Registration.id) > tuple_(key[0], UUID(key[1]))


def sessions_of(session: Session, registrations: list[UUID]) -> dict[UUID, list[str]]:
    """Codes of the sessions that each registration is enrolled in."""
    found: dict[UUID, list[str]] = {}
    query = (
        select(Enrolment.registration_id, EventSession.code)
        .join(EventSession, EventSession.id == Enrolment.session_id)
        .where(
            Enrolment.registration_id.in_(registrations), Enrolment.status == RegistrationStatus.REGISTERED
        )
        .order_by(
            EventSession.start_day.nulls_last(), EventSession.start_time.nulls_first(), EventSession.code
        )
    )
    for registration, code in session.execute(query):
        found.setdefault(registration, []).append(code)
    return found


def places_in_line(session: Session, events: set[UUID]) -> dict[UUID, int]:
    """Where each waiting registration of these events stands, from 1."""
    line: dict[UUID, int] = {}
    for event in events:
        query = (
            select(Registration.id)
            .where(Registration.event_id == event, Registration.status == RegistrationStatus.WAITING)
            .order_by(Registration.registered_at, Registration.id)
        )
        line |= {waiting: place for place, waiting in enumerate(session.scalars(query), 1)}
    return line


FoundRow = Row[Any]
