"""Events and sessions as slots of a programme: those of a week, and one as a form would have it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from ipweek.domain.ids import new_id
from ipweek.domain.programme import Entry, Party, Slot
from ipweek.domain.starts import Start
from ipweek.domain.words import EventKind, EventStatus, LinkRole, RegistrationStatus, SpeakerRole
from ipweek.services.records import find
from ipweek.storage.tables.audit import AuditEntry
from ipweek.storage.tables.base import Moment
from ipweek.storage.tables.cases import Case, CaseLink
from ipweek.storage.tables.checkin import Checkpoint
from ipweek.storage.tables.navigation import NavigationResult, ResultLink
from ipweek.storage.tables.people import Enrolment
from ipweek.storage.tables.programme import (
    Event,
    EventSession,
    Room,
    SessionSpeaker,
    Speaker,
    Venue,
    Week,
    Workspace,
)


def slots_of(session: Session, week: Week) -> tuple[Slot, ...]:
    """Events and sessions of a week by time; an event before its sessions, the undated last."""
    events = session.execute(
        select(Event, Venue)
        .outerjoin(Venue, Venue.id == Event.venue_id)
        .where(Event.week_id == week.id, Event.archived_at.is_(None))
    ).all()
    sessions = session.execute(
        select(EventSession, Event, Room, Venue)
        .join(Event, Event.id == EventSession.event_id)
        .outerjoin(Room, Room.id == EventSession.room_id)
        .outerjoin(Venue, Venue.id == func.coalesce(Room.venue_id, Event.venue_id))
        .where(Event.week_id == week.id, EventSession.archived_at.is_(None), Event.archived_at.is_(None))
    ).all()
    people = _speakers(session, [row.EventSession.id for row in sessions])
    made = [_event_slot(event, venue, week.zone) for event, venue in events]
    made += [_session_slot(*row, week.zone, people.get(row[0].id, ((), ()))) for row in sessions]
    return tuple(sorted(made, key=_by_time))


def _by_time(slot: Slot) -> tuple[Any, ...]:
    day = slot.start.day if slot.start else date.max
    clock = slot.start.time.isoformat() if slot.start and slot.start.time else ""
    return day, clock, slot.event or slot.code, slot.event is not None, slot.code


def _event_slot(event: Event, venue: Venue | None, zone: str) -> Slot:
    return Slot(
        event.id,
        event.code,
        None,
        event.kind,
        event.name_zh,
        event.name_en,
        event.status,
        _start(event.start_day, event.start_time),
        _start(event.end_day, event.end_time),
        zone,
        venue=_party(venue),
        capacity=event.capacity,
        registered=event.taken,
        sequence=event.sequence,
    )


def _session_slot(
    held: EventSession,
    event: Event,
    room: Room | None,
    venue: Venue | None,
    zone: str,
    people: tuple[tuple[Party, ...], tuple[Party, ...]],
) -> Slot:
    return Slot(
        held.id,
        held.code,
        event.code,
        held.kind,
        held.name_zh,
        held.name_en,
        held.status,
        _start(held.start_day or event.start_day, held.start_time),
        _start(held.end_day, held.end_time),
        zone,
        venue=_party(venue),
        room=_party(room),
        room_capacity=room.capacity if room else None,
        capacity=held.capacity,
        # A session that nobody enrols in is for everybody at the event.
        registered=held.taken or event.taken,
        speakers=people[0],
        moderators=people[1],
        sequence=held.sequence,
    )


def _start(day: date | None, clock: Any) -> Start | None:
    return Start(day, clock) if day else None


def _party(row: Room | Venue | Speaker | None) -> Party | None:
    return Party(row.code, row.name_zh, row.name_en) if row else None


def _speakers(
    session: Session, sessions: Sequence[UUID]
) -> dict[UUID, tuple[tuple[Party, ...], tuple[Party, ...]]]:
    """Speakers and moderators by session, in their order."""
    found: dict[UUID, tuple[list[Party], list[Party]]] = {}
    rows = session.execute(
        select(SessionSpeaker, Speaker)
        .join(Speaker, Speaker.id == SessionSpeaker.speaker_id)
        .where(SessionSpeaker.session_id.in_(sessions))
        .order_by(SessionSpeaker.position)
    )
    for link, speaker in rows:
        pair = found.setdefault(link.session_id, ([], []))
        pair[link.role is SpeakerRole.MODERATOR].append(Party(speaker.code, speaker.name_zh, speaker.name_en))
    return {own: (tuple(speaking), tuple(leading)) for own, (speaking, leading) in found.items()}


def in_both(session: Session, week: UUID) -> dict[tuple[str, str], int]:
    """How many are enrolled in two sessions, by the pair of codes in alphabetical order."""
    one, other = aliased(Enrolment), aliased(Enrolment)
    first, second = aliased(EventSession), aliased(EventSession)
    held = RegistrationStatus.REGISTERED
    query = (
        select(first.code, second.code, func.count())
        .join_from(one, other, one.registration_id == other.registration_id)
        .join(first, first.id == one.session_id)
        .join(second, second.id == other.session_id)
        .join(Event, Event.id == first.event_id)
        .where(Event.week_id == week, first.code < second.code, one.status == held, other.status == held)
        .where(first.start_time.is_not(None), second.start_time.is_not(None))
        .group_by(first.code, second.code)
    )
    return {(left, right): count for left, right, count in session.execute(query)}


def draft_of(session: Session, kind: str, row: Any, wanted: Mapping[str, Any], week: Week) -> Slot:
    """The slot as it would be, from a form's values."""
    room: Room | None = find(session, "room", wanted["room"]) if wanted.get("room") else None
    venue_code = wanted.get("venue")
    venue = find(session, "venue", venue_code) if venue_code else None
    slot = Slot(
        row.id if row else new_id(),
        wanted.get("code") or (row.code if row else "…"),
        wanted.get("event") if kind == "session" else None,
        wanted.get("kind") or EventKind.OTHER,
        wanted.get("name_zh"),
        wanted.get("name_en"),
        wanted.get("status") or EventStatus.PLANNED,
        wanted.get("start"),
        wanted.get("end"),
        week.zone,
        venue=_party(venue),
        room=_party(room),
        room_capacity=room.capacity if room else None,
        registered=row.taken if row else 0,
    )
    if kind == "event":
        return slot
    event: Event = find(session, "event", wanted["event"])
    return replace(
        slot,
        start=slot.start or _start(event.start_day, None),
        registered=slot.registered or event.taken,
        speakers=_parties(session, wanted.get("speakers")),
        moderators=_parties(session, wanted.get("moderators")),
    )


def _parties(session: Session, codes: Sequence[str] | None) -> tuple[Party, ...]:
    found = (_party(find(session, "speaker", code)) for code in codes or ())
    return tuple(party for party in found if party)


def entries_of(session: Session, slots: Sequence[Slot]) -> tuple[Entry, ...]:
    """Slots with what a calendar tells beside them; what came with a seed is as old as the workspace."""
    ids = [slot.id for slot in slots]
    made: datetime = session.scalars(select(Workspace.created_at)).one()
    changed = dict(
        session.execute(
            select(AuditEntry.record_id, func.max(AuditEntry.happened_at))
            .where(AuditEntry.record_id.in_(ids))
            .group_by(AuditEntry.record_id)
        ).all()
    )
    released = ResultLink.role == LinkRole.RELEASED
    results = _linked(session, ids, NavigationResult, ResultLink, ResultLink.result_id, released)
    cases = _linked(session, ids, Case, CaseLink, CaseLink.case_id)
    grace = dict(session.execute(select(Event.id, Event.grace_minutes).where(Event.id.in_(ids))).all())
    doors = _doors(session, ids)
    return tuple(
        Entry(
            slot,
            changed.get(slot.id) or made,
            results.get(slot.id, ()),
            cases.get(slot.id, ()),
            slot.id in doors,
            doors.get(slot.id),
            grace.get(slot.id),
        )
        for slot in slots
    )


def _doors(session: Session, ids: Sequence[UUID]) -> dict[UUID, datetime | None]:
    """When the first own door of each opens, by the ids of events and sessions that have one."""
    place = func.coalesce(Checkpoint.session_id, Checkpoint.event_id)
    opens = func.min(Checkpoint.opens_at, type_=Moment())
    return dict(session.execute(select(place, opens).where(place.in_(ids)).group_by(place)).all())


def _linked(
    session: Session, ids: Sequence[UUID], table: Any, link: Any, other: Any, *more: Any
) -> dict[UUID, tuple[Party, ...]]:
    """What is linked to events and sessions, by their ids."""
    place = func.coalesce(link.session_id, link.event_id)
    query = (
        select(place, table.code, table.name_zh, table.name_en)
        .join(link, other == table.id)
        .where(place.in_(ids), *more)
        .order_by(table.code)
    )
    found: dict[UUID, tuple[Party, ...]] = {}
    for own, *named in session.execute(query):
        found[own] = (*found.get(own, ()), Party(*named))
    return found
