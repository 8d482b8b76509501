"""Who heard a navigation result: the enterprises of its industry at the doors where it was released."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, Select, Subquery, and_, distinct, exists, func, or_, select, union_all
from sqlalchemy.orm import Session

from ipweek.domain.words import LinkRole, RegistrationStatus
from ipweek.storage.tables.checkin import Admission, Checkpoint
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseContact, EnterpriseIndustry
from ipweek.storage.tables.navigation import NavigationResult, ResultLink
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event, EventSession, Week

_EVENT = func.coalesce(ResultLink.event_id, EventSession.event_id)


def known(session: Session, results: Collection[UUID]) -> set[UUID]:
    """Those of the results that were released at an event with registrations: of the others nobody knows."""
    places = _places(results)
    registered = exists().where(Registration.event_id == places.c.event_id)
    return set(session.scalars(select(places.c.result_id).where(registered)))


def standings(session: Session, results: Collection[UUID]) -> Iterator[Any]:
    """Per result and enterprise of its industry: (result_id, archived_at, heard, registered), one look at each."""
    doors, places = _doors(results), _places(results)
    doors_of = session.execute(select(doors.c.result_id, doors.c.door)).all()
    places_of = session.execute(select(places.c.result_id, places.c.event_id)).all()
    for result in results:
        yield from session.execute(
            _standing(
                result,
                [row.door for row in doors_of if row.result_id == result],
                [row.event_id for row in places_of if row.result_id == result],
            )
        )


def _standing(
    result: UUID, doors: Collection[UUID], events: Collection[UUID]
) -> Select[UUID, datetime | None, bool, bool]:
    here = Registration.enterprise_id == EnterpriseIndustry.enterprise_id
    heard = exists().where(
        here,
        Admission.registration_id == Registration.id,
        Admission.checkpoint_id.in_(doors),
        Admission.entries > 0,
    )
    registered = exists().where(here, Registration.event_id.in_(events))
    return (
        select(
            NavigationResult.id.label("result_id"),
            Enterprise.archived_at,
            heard.label("heard"),
            registered.label("registered"),
        )
        .join(EnterpriseIndustry, EnterpriseIndustry.industry_id == NavigationResult.industry_id)
        .join(Enterprise, Enterprise.id == EnterpriseIndustry.enterprise_id)
        .where(NavigationResult.id == result)
    )


def reach_rows(session: Session, result: UUID) -> Sequence[Any]:
    """Per enterprise of the result's industry: people who heard it, people registered; by code."""
    return session.execute(_rows([result]).order_by(Enterprise.code)).all()


def delegates(session: Session, result: UUID) -> Sequence[Any]:
    """The registrations of the industry's enterprises where it was released, with when a door that counts let them in."""
    doors, places = _doors([result]), _places([result])
    came = (
        select(Admission.registration_id, func.min(Admission.first_in).label("at"))
        .join(doors, doors.c.door == Admission.checkpoint_id)
        .where(Admission.entries > 0)
        .group_by(Admission.registration_id)
        .subquery("came")
    )
    query = (
        select(
            Registration.enterprise_id,
            Registration.person_id,
            Person.name,
            Registration.title,
            Registration.status,
            Registration.on_leave,
            came.c.registration_id.is_not(None).label("heard"),
            came.c.at,
        )
        .join(places, places.c.event_id == Registration.event_id)
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(came, came.c.registration_id == Registration.id)
        .where(Registration.enterprise_id.in_(_industry(result)))
        .order_by(came.c.registration_id.is_(None), came.c.at.nulls_last(), Person.sort_key, Registration.id)
    )
    return session.execute(query).all()


def contacts(session: Session, result: UUID) -> Sequence[Any]:
    """Whom to call at the industry's enterprises, in the order in which to try: those who can be called first."""
    query = (
        select(
            EnterpriseContact.enterprise_id,
            EnterpriseContact.name,
            EnterpriseContact.phone,
            EnterpriseContact.email,
        )
        .where(EnterpriseContact.enterprise_id.in_(_industry(result)))
        .order_by(*_callable(EnterpriseContact), EnterpriseContact.id)
    )
    return session.execute(query).all()


def people(session: Session, result: UUID) -> Sequence[Any]:
    """The same, one each, of the people of enterprises without such a contact: those registered there before others."""
    places = _places([result])
    there = Registration.event_id.in_(select(places.c.event_id))
    known = exists().where(
        EnterpriseContact.enterprise_id == Registration.enterprise_id,
        or_(EnterpriseContact.phone.is_not(None), EnterpriseContact.email.is_not(None)),
    )
    order = (
        *_callable(Person),
        Registration.status == RegistrationStatus.CANCELLED,
        ~there,
        Person.rank.nulls_last(),
        Person.sort_key,
        Registration.id,
    )
    place = func.row_number().over(partition_by=Registration.enterprise_id, order_by=order)
    ranked = (
        select(Registration.enterprise_id, Person.name, Person.phone, Person.email, place.label("place"))
        .join(Person, Person.id == Registration.person_id)
        .where(Registration.enterprise_id.in_(_industry(result)), Person.archived_at.is_(None), ~known)
        .subquery("ranked")
    )
    return session.execute(select(ranked).where(ranked.c.place == 1)).all()


def zone(session: Session, result: UUID) -> str | None:
    """The time zone of where it was released."""
    places = _places([result])
    query = (
        select(Week.zone).join(Event, Event.week_id == Week.id).join(places, places.c.event_id == Event.id)
    )
    return session.scalar(query.order_by(Event.code).limit(1))


def _industry(result: UUID) -> Select[UUID]:
    """The enterprises of the result's industry."""
    return (
        select(EnterpriseIndustry.enterprise_id)
        .join(NavigationResult, NavigationResult.industry_id == EnterpriseIndustry.industry_id)
        .where(NavigationResult.id == result)
    )


def _callable(table: Any) -> tuple[Any, ...]:
    """Puts those with a phone before those with an address only, and these before the others."""
    return table.phone.is_(None), table.email.is_(None)


def _rows(results: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    heard, registered = _heard(results), _registered(results)
    return (
        select(
            NavigationResult.id.label("result_id"),
            Enterprise.id.label("enterprise_id"),
            Enterprise.code,
            Enterprise.name_zh,
            Enterprise.name_en,
            Enterprise.district,
            Enterprise.synthetic,
            Enterprise.note,
            func.coalesce(heard.c.people, 0).label("heard"),
            func.coalesce(registered.c.people, 0).label("registered"),
        )
        .join(EnterpriseIndustry, EnterpriseIndustry.industry_id == NavigationResult.industry_id)
        .join(Enterprise, Enterprise.id == EnterpriseIndustry.enterprise_id)
        .outerjoin(
            heard, and_(heard.c.result_id == NavigationResult.id, heard.c.enterprise_id == Enterprise.id)
        )
        .outerjoin(
            registered,
            and_(registered.c.result_id == NavigationResult.id, registered.c.enterprise_id == Enterprise.id),
        )
        .where(
            NavigationResult.id.in_(results),
            or_(Enterprise.archived_at.is_(None), registered.c.people.is_not(None)),
        )
    )


def _released(results: Collection[UUID]) -> tuple[Any, ...]:
    return ResultLink.result_id.in_(results), ResultLink.role == LinkRole.RELEASED


def _doors(results: Collection[UUID]) -> CTE:
    """The doors of the sessions that released a result; where there is none, those of its events."""
    of_sessions = (
        select(ResultLink.result_id, Checkpoint.id.label("door"))
        .join(Checkpoint, Checkpoint.session_id == ResultLink.session_id)
        .where(*_released(results))
        .cte("session_doors")
    )
    of_events = (
        select(ResultLink.result_id, Checkpoint.id)
        .outerjoin(EventSession, EventSession.id == ResultLink.session_id)
        .join(Checkpoint, Checkpoint.event_id == _EVENT)
        .where(*_released(results), ~exists().where(of_sessions.c.result_id == ResultLink.result_id))
    )
    return union_all(select(of_sessions.c.result_id, of_sessions.c.door), of_events).cte("doors")


def _heard(results: Collection[UUID]) -> Subquery:
    doors = _doors(results)
    return (
        select(
            doors.c.result_id,
            Registration.enterprise_id,
            func.count(distinct(Registration.person_id)).label("people"),
        )
        .join(Admission, and_(Admission.checkpoint_id == doors.c.door, Admission.entries > 0))
        .join(Registration, Registration.id == Admission.registration_id)
        .group_by(doors.c.result_id, Registration.enterprise_id)
        .subquery("heard")
    )


def _places(results: Collection[UUID]) -> Subquery:
    """The events at which a result was released."""
    return (
        select(ResultLink.result_id, _EVENT.label("event_id"))
        .outerjoin(EventSession, EventSession.id == ResultLink.session_id)
        .where(*_released(results))
        .distinct()
        .subquery("places")
    )


def _registered(results: Collection[UUID]) -> Subquery:
    """Registrations of any status, waiting and cancelled included."""
    places = _places(results)
    return (
        select(
            places.c.result_id,
            Registration.enterprise_id,
            func.count(distinct(Registration.person_id)).label("people"),
        )
        .join(Registration, Registration.event_id == places.c.event_id)
        .group_by(places.c.result_id, Registration.enterprise_id)
        .subquery("registered")
    )
