"""Who was inside for how long, came late or left early: by person and door, and counted by session."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain.badge_code import shown_number
from ipweek.domain.starts import Start
from ipweek.domain.stays import Limits, Stay, StayCounts, StayLine, limits, verdicts
from ipweek.services import doors
from ipweek.services.base import Service
from ipweek.storage.queries import stays as queries
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.checkin import Checkpoint
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event, EventSession, Week


class Stays(Service):
    """Added up from the log whenever it is asked for: what is annulled no longer counts."""

    def of_event(self, event_code: str) -> tuple[StayLine, ...]:
        """Everybody with an entry at a door of the event or of its sessions, the first to come first.

        Raises NotFoundError `event-missing`.
        """
        with self.uow.read() as session:
            return lines(session, [doors.event_id(session, event_code)], self.clock())

    def of_registration(self, registration: UUID) -> tuple[StayLine, ...]:
        """One registration's times inside, door by door. Raises NotFoundError for none."""
        with self.uow.read() as session:
            event = session.get_one(Registration, registration).event_id
            return lines(session, [event], self.clock(), [registration])


def limits_of(session: Session, events: Collection[UUID], now: datetime) -> dict[UUID, Limits]:
    """The limits of every door of these events, archived ones too: they have a log."""
    query = (
        select(Checkpoint.id, Checkpoint.closes_at, Event, EventSession, Week.zone)
        .join(Event, Event.id == Checkpoint.event_id)
        .join(Week, Week.id == Event.week_id)
        .outerjoin(EventSession, EventSession.id == Checkpoint.session_id)
        .where(Checkpoint.event_id.in_(events))
    )
    return {
        door: limits(*_times(held or event), closes_at, timedelta(minutes=event.grace_minutes), zone, now)
        for door, closes_at, event, held, zone in session.execute(query)
    }


def _times(held: Event | EventSession) -> tuple[Start | None, Start | None]:
    return (
        Start(held.start_day, held.start_time) if held.start_day else None,
        Start(held.end_day, held.end_time) if held.end_day else None,
    )


def by_session(session: Session, event: UUID, now: datetime) -> dict[UUID, StayCounts]:
    """The stays by the doors of an event's sessions."""
    query = (
        select(Checkpoint.id, Checkpoint.session_id)
        .where(Checkpoint.event_id == event, Checkpoint.session_id.is_not(None))
        .order_by(Checkpoint.archived_at.is_not(None), Checkpoint.code)
    )
    of_session = session.execute(query).all()
    known = limits_of(session, [event], now)
    counted = queries.by_door(session, {door: known[door] for door, _held in of_session})
    found: dict[UUID, StayCounts] = {}
    for door, held in of_session:
        n, seconds, left = counted.get(door, (0, 0, 0))
        if held is not None:
            found.setdefault(held, StayCounts(n, seconds, left if known[door].early_before else None))
    return found


def lines(
    session: Session, events: Collection[UUID], now: datetime, registrations: Collection[UUID] | None = None
) -> tuple[StayLine, ...]:
    """Stays with whose they are and where, the first to come first."""
    known = limits_of(session, events, now)
    rows = queries.of_people(session, known, registrations)
    whose = _people(session, {row.registration_id for row in rows})
    where = _places(session, events)
    return tuple(
        StayLine(
            row.registration_id, *whose[row.registration_id], *where[row.checkpoint_id],
            as_stay(row, known[row.checkpoint_id]),
        )
        for row in rows
    )  # fmt: skip


def as_stay(row: Any, known: Limits) -> Stay:
    """What a row of the query says."""
    inside = bool(row.inside)
    said = verdicts(row.first_in, row.last_out, known, inside=inside)
    return Stay(row.first_in, row.last_out, inside, None if row.unknown else int(row.seconds), *said)


def minutes_of(
    session: Session, event: UUID, now: datetime, registrations: Collection[UUID]
) -> dict[UUID, int]:
    """By registration the minutes inside: by the event's own door, else by those of its sessions together."""
    known = limits_of(session, [event], now)
    own = set(
        session.scalars(
            select(Checkpoint.id).where(Checkpoint.event_id == event, Checkpoint.session_id.is_(None))
        )
    )
    of_event: dict[UUID, int | None] = {}
    of_sessions: dict[UUID, int | None] = {}
    for row in queries.of_people(session, known, registrations):
        kept = of_event if row.checkpoint_id in own else of_sessions
        seconds, before = None if row.unknown else int(row.seconds), kept.get(row.registration_id, 0)
        kept[row.registration_id] = None if seconds is None or before is None else before + seconds
    return {
        who: (seconds + 30) // 60 for who, seconds in (of_sessions | of_event).items() if seconds is not None
    }


def _people(session: Session, registrations: Iterable[UUID]) -> dict[UUID, tuple[str | None, str, str]]:
    """Badge number, name and enterprise of registrations."""
    wanted = sorted(registrations)
    found: dict[UUID, tuple[str | None, str, str]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        query = (
            select(Registration.id, Badge.number, Person.name, Enterprise.name_zh, Enterprise.name_en)
            .join(Person, Person.id == Registration.person_id)
            .join(Event, Event.id == Registration.event_id)
            .outerjoin(Enterprise, Enterprise.id == Registration.enterprise_id)
            .outerjoin(Badge, (Badge.person_id == Person.id) & (Badge.week_id == Event.week_id))
            .where(Registration.id.in_(wanted[start : start + _AT_ONCE]))
        )
        for one, number, name, zh, en in session.execute(query):
            badge = shown_number(number) if number is not None else None
            found[one] = (badge, name, zh or en or "")
    return found


_AT_ONCE = 10_000  # values in a statement: SQLite takes 32,766


def _places(session: Session, events: Collection[UUID]) -> dict[UUID, tuple[str, str | None]]:
    """The codes of doors and of the sessions that they lead to."""
    query = (
        select(Checkpoint.id, Checkpoint.code, EventSession.code)
        .outerjoin(EventSession, EventSession.id == Checkpoint.session_id)
        .where(Checkpoint.event_id.in_(events))
    )
    return {door: (code, held) for door, code, held in session.execute(query)}
