"""Who is behind the figures of a summary, by the conditions that `queries.reports` counts them by."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from ipweek.storage.queries.reports import Cutoffs, came, conditions, has_entered, marks, not_cancelled
from ipweek.storage.tables.base import Moment
from ipweek.storage.tables.checkin import Admission, Checkpoint
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.navigation import NavigationResult, ResultLink
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event, EventSession

LISTS = ("attended", "absent", "on_leave", "walk_in", "substitute")
"""The figures of people that have a list; a row says of each whether it is among them."""
_IN_PARTS = {"yield_per": 2_000}
"""A hundred thousand rows fetched at once would stop every other thread for as long."""
_Replaced = aliased(Registration)
_ReplacedPerson = aliased(Person)


def people(
    session: Session, events: Collection[UUID], confirmed_by: Cutoffs, late_after: Cutoffs
) -> Iterable[Any]:
    """All registrations of these events by pinyin, each with the figures that count it."""
    entry, marked = came(events), marks(events)
    met = conditions(entry, confirmed_by, late_after)
    query = (
        select(
            Registration.id,
            Event.code.label("event"),
            Enterprise.code.label("enterprise"),
            func.coalesce(Registration.title, Person.title).label("title"),
            Registration.category,
            Person.name,
            Person.name_latin,
            _ReplacedPerson.name.label("replaced"),
            _ReplacedPerson.name_latin.label("replaced_latin"),
            entry.c.first_in,
            marked.c.registration_id.is_not(None).label("marked"),
            not_cancelled().label("counts"),
            *(met[name].label(name) for name in (*LISTS, "late")),
        )
        .join(Person, Person.id == Registration.person_id)
        .join(Event, Event.id == Registration.event_id)
        .outerjoin(Enterprise, Enterprise.id == Registration.enterprise_id)
        .outerjoin(entry, entry.c.registration_id == Registration.id)
        .outerjoin(marked, marked.c.registration_id == Registration.id)
        .outerjoin(_Replaced, _Replaced.id == Registration.substitute_for)
        .outerjoin(_ReplacedPerson, _ReplacedPerson.id == _Replaced.person_id)
        .where(Registration.event_id.in_(events))
        .order_by(Person.sort_key, Registration.id)
    )
    return session.execute(query, execution_options=_IN_PARTS)


def enterprises(session: Session, events: Collection[UUID]) -> Sequence[Any]:
    """The enterprises with a registration at one of these events, by code."""
    there = select(Registration.enterprise_id).where(Registration.event_id.in_(events))
    query = select(Enterprise.code, Enterprise.name_zh, Enterprise.name_en, Enterprise.district)
    return session.execute(query.where(Enterprise.id.in_(there)).order_by(Enterprise.code)).all()


def entries(session: Session, events: Collection[UUID]) -> Iterable[Any]:
    """Who went into which session, and when he first did; a session with a door that nobody passed has a row of None."""
    query = (
        select(
            Event.code.label("event"),
            EventSession.code,
            EventSession.name_zh,
            EventSession.name_en,
            Admission.registration_id,
            func.min(Admission.first_in, type_=Moment()).label("first_in"),
        )
        .join(Event, Event.id == EventSession.event_id)
        .join(Checkpoint, Checkpoint.session_id == EventSession.id)
        .outerjoin(Admission, and_(Admission.checkpoint_id == Checkpoint.id, has_entered()))
        .where(EventSession.event_id.in_(events), EventSession.archived_at.is_(None))
        .group_by(Event.id, EventSession.id, Admission.registration_id)
        .order_by(
            EventSession.start_day.nulls_last(), EventSession.start_time.nulls_first(), EventSession.code
        )
    )
    return session.execute(query, execution_options=_IN_PARTS)


def results(session: Session, events: Collection[UUID]) -> Sequence[NavigationResult]:
    """The results that these events and their sessions released, presented or discussed, by code."""
    shown = (
        select(ResultLink.result_id)
        .outerjoin(EventSession, EventSession.id == ResultLink.session_id)
        .where(func.coalesce(ResultLink.event_id, EventSession.event_id).in_(events))
    )
    query = select(NavigationResult).where(NavigationResult.id.in_(shown)).order_by(NavigationResult.code)
    return session.scalars(query).all()
