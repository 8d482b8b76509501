"""The doors of events and sessions; what check-in and the programme share inside a transaction."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import Door, DoorCount, DoorSettings
from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.domain.ids import new_id
from ipweek.services.audit import record
from ipweek.storage.tables.checkin import Admission, Checkpoint, Scan
from ipweek.storage.tables.programme import Event, EventSession, Week

_DOORS = (
    select(Checkpoint, Event, EventSession, Week.zone)
    .join(Event, Event.id == Checkpoint.event_id)
    .join(Week, Week.id == Event.week_id)
    .outerjoin(EventSession, EventSession.id == Checkpoint.session_id)
    .where(Checkpoint.archived_at.is_(None))
)


def event_id(session: Session, event_code: str) -> UUID:
    """Raises NotFoundError `event-missing`."""
    found = session.scalar(select(Event.id).where(Event.code == event_code))
    if found is None:
        raise NotFoundError("event-missing", event=event_code)
    return found


def find(session: Session, event_code: str, session_code: str | None) -> Door:
    """The door of an event or of one of its sessions. Raises NotFoundError `door-missing`."""
    wanted = _DOORS.where(Event.code == event_code)
    if session_code is None:
        wanted = wanted.where(Checkpoint.session_id.is_(None))
    else:
        wanted = wanted.where(EventSession.code == session_code)
    row = session.execute(wanted.order_by(Checkpoint.code).limit(1)).one_or_none()
    if row is None:
        raise NotFoundError("door-missing", event=event_code, session=session_code)
    return _view(*row)


def of_event(session: Session, event_code: str) -> tuple[Door, ...]:
    """All doors of an event, its own first. Raises NotFoundError `event-missing`."""
    wanted = _DOORS.where(Event.id == event_id(session, event_code))
    wanted = wanted.order_by(Checkpoint.session_id.is_not(None), Checkpoint.code)
    return tuple(_view(*row) for row in session.execute(wanted))


def ensure(
    session: Session,
    actor: Actor,
    moment: datetime,
    event_code: str,
    session_code: str | None = None,
    settings: DoorSettings | None = None,
) -> Door:
    """The door, made where there is none, back from the archive where it was removed.

    Raises NotFoundError `event-missing` or `session-missing`.
    """
    event = event_id(session, event_code)
    part = None if session_code is None else _session_id(session, event, session_code)
    same_part = Checkpoint.session_id.is_(None) if part is None else Checkpoint.session_id == part
    existing = session.scalar(
        select(Checkpoint)
        .where(Checkpoint.event_id == event, same_part)
        .order_by(Checkpoint.archived_at.is_not(None))
        .limit(1)
    )
    if existing is None:
        _check(settings or DoorSettings())
        code = _free_code(session, event_code, session_code)
        made = Checkpoint(id=new_id(), code=code, event_id=event, session_id=part, present=0, over=0)
        _apply(made, settings or DoorSettings())
        session.add(made)
        record(session, actor, moment, "add", "checkpoint", made.id, after={"code": code})
    elif existing.archived_at is not None:
        existing.archived_at = None
        record(session, actor, moment, "restore", "checkpoint", existing.id)
    session.flush()
    return find(session, event_code, session_code)


def _session_id(session: Session, event: UUID, session_code: str) -> UUID:
    wanted = select(EventSession.id).where(EventSession.code == session_code, EventSession.event_id == event)
    found = session.scalar(wanted)
    if found is None:
        raise NotFoundError("session-missing", session=session_code)
    return found


def _free_code(session: Session, event_code: str, session_code: str | None) -> str:
    """The code of the event or session; a session named like an event adds its event's."""
    code = session_code or event_code
    taken = session.scalar(select(exists().where(Checkpoint.code == code)))
    return f"{event_code}.{code}"[:60] if taken else code


def settings_of(session: Session, door: UUID) -> DoorSettings:
    """Raises NotFoundError `door-missing`."""
    return _settings(_take(session, door))


def change(session: Session, actor: Actor, moment: datetime, door: UUID, settings: DoorSettings) -> Door:
    """Replace the settings and count anew. Raises InvalidError `door-window`, `door-capacity`."""
    _check(settings)
    row = _take(session, door)
    session.refresh(row, with_for_update=True)
    before, after = asdict(_settings(row)), asdict(settings)
    _apply(row, settings)
    inside = _inside(session, door)
    row.present = inside if settings.capacity is not None else 0
    row.over = max(row.over, inside - settings.capacity) if settings.capacity is not None else row.over
    changed = [name for name in after if before[name] != after[name]]
    if changed:
        old, new = ({name: values[name] for name in changed} for values in (before, after))
        record(session, actor, moment, "edit", "checkpoint", door, before=old, after=new)
    session.flush()
    return _view(*session.execute(_DOORS.where(Checkpoint.id == door)).one())


def remove(session: Session, actor: Actor, moment: datetime, door: UUID) -> bool:
    """Delete a door, or archive one with history and answer True. Raises NotFoundError `door-missing`."""
    row = _take(session, door)
    used = exists().where(Scan.checkpoint_id == door)
    archived = bool(session.scalar(select(or_(used, exists().where(Admission.checkpoint_id == door)))))
    if archived:
        row.archived_at = moment
    else:
        session.delete(row)
    record(
        session,
        actor,
        moment,
        "archive" if archived else "remove",
        "checkpoint",
        door,
        before={"code": row.code},
    )
    return archived


def count(session: Session, door: UUID) -> DoorCount:
    """How many are inside, whether or not the door has a limit."""
    row = _take(session, door)
    return DoorCount(row.capacity, _inside(session, door), row.over)


def _take(session: Session, door: UUID) -> Checkpoint:
    row = session.scalar(select(Checkpoint).where(Checkpoint.id == door, Checkpoint.archived_at.is_(None)))
    if row is None:
        raise NotFoundError("door-missing", door=str(door))
    return row


def _inside(session: Session, door: UUID) -> int:
    wanted = select(func.count()).where(Admission.checkpoint_id == door, Admission.inside)
    return session.scalar(wanted) or 0


def _check(settings: DoorSettings) -> None:
    opens, closes = settings.opens_at, settings.closes_at
    if opens is not None and closes is not None and closes < opens:
        raise InvalidError("door-window", opens_at=opens, closes_at=closes)
    if settings.capacity is not None and settings.capacity < 0:
        raise InvalidError("door-capacity", capacity=settings.capacity)


def _apply(row: Checkpoint, settings: DoorSettings) -> None:
    values: dict[str, Any] = {**asdict(settings), "categories": list(settings.categories)}
    for name, value in values.items():
        setattr(row, name, value)


def _settings(row: Checkpoint) -> DoorSettings:
    return DoorSettings(
        row.opens_at,
        row.closes_at,
        row.entry_rule,
        tuple(row.categories),
        row.capacity,
        row.name_zh,
        row.name_en,
        row.note,
    )


def _view(row: Checkpoint, event: Event, part: EventSession | None, zone: str) -> Door:
    named = part or event
    return Door(
        id=row.id,
        code=row.code,
        event_id=row.event_id,
        session_id=row.session_id,
        name_zh=row.name_zh or named.name_zh,
        name_en=row.name_en or named.name_en,
        zone=zone,
    )
