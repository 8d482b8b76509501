"""Two registrations of one person at one event: one goes on, with all that both of them had.

The scans keep what they read and how they were judged; they tell of the registration that goes on, and its
admissions are added up anew, so that every report counts one person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Row, Table, select

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import Standing, fold
from ipweek.domain.words import RegistrationStatus
from ipweek.services import places
from ipweek.services.merge_log import MergeLog
from ipweek.storage.queries import checkin_log
from ipweek.storage.queries.merges import references
from ipweek.storage.tables.checkin import Admission, Checkpoint, Scan
from ipweek.storage.tables.imports import ImportRow
from ipweek.storage.tables.people import Enrolment, Person, Registration
from ipweek.storage.tables.programme import Event, EventSession

REGISTRATIONS, ENROLMENTS, ADMISSIONS, CHECKPOINTS, EVENTS, SESSIONS, IMPORTED = (
    cast("Table", table.__table__)
    for table in (Registration, Enrolment, Admission, Checkpoint, Event, EventSession, ImportRow)
)
_REGISTERED, _WAITING, _CANCELLED, _BLOCKED = (
    RegistrationStatus.REGISTERED,
    RegistrationStatus.WAITING,
    RegistrationStatus.CANCELLED,
    RegistrationStatus.BLOCKED,
)
_LIVE = (_REGISTERED, _WAITING)
_ORDER = (_BLOCKED, _REGISTERED, _WAITING, _CANCELLED)
"""Which of two goes on: who is kept out under one name is kept out under both; then the live one, then the earlier."""
_GAPS = ("enterprise_id", "title", "note", "substitute_for", "seat", "seat_key")
_OWN = ("enrolments.registration_id", "admissions.registration_id")


def goes_on(one: Any, other: Any) -> Any:
    """Which of two registrations of a person at an event goes on."""
    return min(one, other, key=lambda row: (_ORDER.index(row.status), row.registered_at, row.id))


@dataclass(slots=True)
class Freed:
    """Places that a merge sets free, and the sessions in which the one that goes on waits now."""

    event: UUID
    place: bool = False
    sessions: list[UUID] = field(default_factory=list)
    wished: list[UUID] = field(default_factory=list)


def unite(log: MergeLog, stays: Row[Any], goes: Row[Any]) -> Freed:
    """Let everything of one registration be the other's, and remove it; gives no place to anybody yet."""
    both_hold = stays.status is _REGISTERED or stays.status is _BLOCKED
    freed = Freed(stays.event_id, place=both_hold and goes.status is _REGISTERED)
    _unite_enrolments(log, stays, goes, freed)
    standings = _unite_scans(log, stays.id, goes.id)
    _fill(log, stays, goes)
    log.change(REGISTRATIONS, REGISTRATIONS.c.id == goes.id, {"substitute_for": None})
    for column in references(REGISTRATIONS):
        if str(column) not in _OWN:
            log.move(column, goes.id, stays.id)
    log.change(IMPORTED, IMPORTED.c.record_id == goes.id, {"record_id": stays.id})
    _admit(log, stays.id, goes.id, standings)
    left = log.session.execute(select(REGISTRATIONS).where(REGISTRATIONS.c.id == goes.id)).one()
    log.remove(REGISTRATIONS, left, stays.id)
    return freed


def _unite_enrolments(log: MergeLog, stays: Row[Any], goes: Row[Any], freed: Freed) -> None:
    own = {row.session_id: row for row in _enrolments(log, stays.id)}
    for row in _enrolments(log, goes.id):
        held = own.get(row.session_id)
        best = row if held is None else goes_on(_as_wish(held), _as_wish(row)).row
        status = best.status if stays.status in _LIVE else _CANCELLED
        holding = sum(each is not None and each.status is _REGISTERED for each in (held, row))
        freed.sessions += [row.session_id] * (holding - (status is _REGISTERED))
        if status is _WAITING:
            freed.wished.append(row.session_id)
        if held is None:
            log.change_one(ENROLMENTS, row, {"registration_id": stays.id, "status": status})
        else:
            log.remove(ENROLMENTS, row, held.id)
            log.change_one(ENROLMENTS, held, {"status": status, "enrolled_at": best.enrolled_at})


@dataclass(frozen=True, slots=True)
class _Wish:
    """An enrolment, compared as registrations are."""

    row: Any
    status: RegistrationStatus
    registered_at: datetime
    id: UUID


def _as_wish(row: Row[Any]) -> _Wish:
    return _Wish(row, row.status, row.enrolled_at, row.id)


def _enrolments(log: MergeLog, registration: UUID) -> Sequence[Row[Any]]:
    found = select(ENROLMENTS).where(ENROLMENTS.c.registration_id == registration)
    return log.session.execute(found.order_by(ENROLMENTS.c.session_id)).all()


def _unite_scans(log: MergeLog, stays: UUID, goes: UUID) -> dict[UUID, tuple[Standing, int]]:
    """How the one that goes on stands at the doors of the other: what the log adds up to, and how many were inside."""
    doors = set(log.session.scalars(select(Scan.checkpoint_id).where(Scan.registration_id == goes)))
    doors |= set(
        log.session.scalars(select(Admission.checkpoint_id).where(Admission.registration_id == goes))
    )
    found: dict[UUID, tuple[Standing, int]] = {}
    connection = log.session.connection()
    for door in sorted(doors):
        inside = sum(checkin_log.take_admission(connection, row, door) for row in (stays, goes))
        logged = [
            replace(scan, registration=stays)
            for row in (stays, goes)
            for scan in checkin_log.accepted_of(connection, row, door)
        ]
        found[door] = fold(logged).get((stays, door), Standing()), inside
    return found


def _admit(log: MergeLog, stays: UUID, goes: UUID, standings: dict[UUID, tuple[Standing, int]]) -> None:
    """Keep what was added up; whoever stood inside twice gives a counted place back."""
    for row in log.session.execute(select(ADMISSIONS).where(ADMISSIONS.c.registration_id == goes)).all():
        log.remove(ADMISSIONS, row)
    for door, (standing, were_inside) in standings.items():
        there = ADMISSIONS.c.checkpoint_id == door
        values = {name: getattr(standing, name) for name in Standing.__dataclass_fields__}
        kept = log.session.execute(
            select(ADMISSIONS).where(there, ADMISSIONS.c.registration_id == stays)
        ).first()
        if kept is not None:
            log.change_one(ADMISSIONS, kept, values)
        elif standing != Standing():
            log.add(ADMISSIONS, {"registration_id": stays, "checkpoint_id": door, **values})
        _give_room(log, door, were_inside - standing.inside)


def _give_room(log: MergeLog, door: UUID, by: int) -> None:
    row = log.session.execute(select(CHECKPOINTS).where(CHECKPOINTS.c.id == door)).one()
    present = max(row.present - by, 0)
    if row.capacity is not None and present != row.present:
        log.session.execute(CHECKPOINTS.update().where(CHECKPOINTS.c.id == door).values(present=present))
        log.count(CHECKPOINTS, door, {"present": row.present}, {"present": present})


def _fill(log: MergeLog, stays: Row[Any], goes: Row[Any]) -> None:
    """What the one that goes on does not state is taken from the other."""
    both = (stays.id, goes.id)
    values = {name: getattr(goes, name) for name in _GAPS if getattr(stays, name) is None}
    if stays.substitute_for in both or values.get("substitute_for") in both:  # he came instead of himself
        values["substitute_for"] = None
    values["answers"] = {**goes.answers, **stays.answers}
    if stays.status is goes.status is _REGISTERED:
        values["confirmed_at"] = min(filter(None, (stays.confirmed_at, goes.confirmed_at)), default=None)
    log.change_one(REGISTRATIONS, stays, values)


def give_places(log: MergeLog, actor: Actor, freed: Freed, moment: datetime) -> list[str]:
    """Pass on what was set free, by the rules of a cancellation; returns the names of those who moved up."""
    session, moved = log.session, list[Registration | None]()
    session.expire_all()
    counted = {EVENTS: ("taken",), SESSIONS: ("taken",)}
    among = {EVENTS: EVENTS.c.id == freed.event, SESSIONS: SESSIONS.c.event_id == freed.event}
    with log.following(counted, among):
        for identity in freed.sessions:
            places.give_back(session, EventSession, identity)
            moved.append(places.promote_first(session, actor, EventSession, identity, moment))
        for identity in freed.wished:
            moved.append(places.promote_first(session, actor, EventSession, identity, moment))
        if freed.place:
            places.give_back(session, Event, freed.event)
            moved.append(places.promote_first(session, actor, Event, freed.event, moment))
        people = [row.person_id for row in moved if row is not None]
    query = select(Person.id, Person.name).where(Person.id.in_(people))
    names: dict[UUID, str] = {row.id: row.name for row in session.execute(query)}
    return [names[person] for person in people]
