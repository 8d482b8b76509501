"""Registrations as lists show them."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from ipweek.domain.words import RegistrationStatus
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.checkin import Admission
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Enrolment, Person, Registration
from ipweek.storage.tables.programme import Event, EventSession

_Replaced = aliased(Registration)
_ReplacedPerson = aliased(Person)
_ENDED = (RegistrationStatus.CANCELLED, RegistrationStatus.BLOCKED)
_CHUNK = 1_000  # ids in one statement; both engines have a limit


@cache
def registration_rows() -> Select[*tuple[Any, ...]]:
    """All that a list shows of registrations, in no order."""
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


SessionCodes = dict[UUID, list[tuple[str, RegistrationStatus]]]
"""The sessions of each registration, with the status that it has there."""


def sessions_of(session: Session, registrations: list[UUID]) -> SessionCodes:
    """The sessions that each registration has a place in or waits for."""
    found: SessionCodes = {}
    for start in range(0, len(registrations), _CHUNK):
        for registration, code, status in session.execute(_codes(registrations[start : start + _CHUNK])):
            found.setdefault(registration, []).append((code, status))
    return found


def _codes(registrations: list[UUID]) -> Select[*tuple[Any, ...]]:
    return (
        select(Enrolment.registration_id, EventSession.code, Enrolment.status)
        .join(EventSession, EventSession.id == Enrolment.session_id)
        .where(Enrolment.registration_id.in_(registrations), Enrolment.status != RegistrationStatus.CANCELLED)
        .order_by(
            EventSession.start_day.nulls_last(), EventSession.start_time.nulls_first(), EventSession.code
        )
    )


def replacements(session: Session, rows: Sequence["FoundRow"]) -> dict[UUID, tuple[UUID, str]]:
    """Who came instead of those who gave their place up: the id and name of the latest substitute of each."""
    ended = [row.Registration for row in rows if row.Registration.status in _ENDED]
    found: dict[UUID, tuple[UUID, str]] = {}
    for start in range(0, len(ended), _CHUNK):
        part = ended[start : start + _CHUNK]
        query = (
            select(_Replaced.id, Registration.id, Person.name)
            .join(_Replaced, _Replaced.id == Registration.substitute_for)
            .join(Person, Person.id == Registration.person_id)
            .where(
                Registration.event_id.in_({row.event_id for row in part}),
                _Replaced.id.in_([row.id for row in part]),
            )
            .order_by(Registration.registered_at, Registration.id)
        )
        found |= {row[0]: (row[1], row[2]) for row in session.execute(query)}
    return found


def places_in_line(session: Session, waiting: Mapping[UUID, UUID]) -> dict[UUID, int]:
    """Where these waiting registrations, each with its event, stand in their lines, from 1."""
    order = (Registration.registered_at, Registration.id)
    place = func.row_number().over(partition_by=Registration.event_id, order_by=order).label("place")
    line = (
        select(Registration.id, place)
        .where(
            Registration.event_id.in_(set(waiting.values())),
            Registration.status == RegistrationStatus.WAITING,
        )
        .subquery()
    )
    query = select(line.c.id, line.c.place)
    if len(waiting) <= _CHUNK:
        query = query.where(line.c.id.in_(waiting))
    return {row.id: row.place for row in session.execute(query)}


FoundRow = Row[Any]
