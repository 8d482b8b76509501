"""The doors of events and sessions; what check-in and the programme share inside a transaction."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import Door, DoorCount, DoorSettings, Need
from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.domain.ids import new_id
from ipweek.domain.text import clean
from ipweek.domain.words import LabelKind
from ipweek.services import records
from ipweek.services.audit import record
from ipweek.storage.tables.checkin import (
    Admission,
    Checkpoint,
    CheckpointEnterprise,
    CheckpointIndustry,
    Scan,
)
from ipweek.storage.tables.enterprises import Enterprise, Industry
from ipweek.storage.tables.programme import Event, EventSession, Week

_IS_CHOSEN = or_(
    *(
        exists().where(table.checkpoint_id == Checkpoint.id)
        for table in (CheckpointEnterprise, CheckpointIndustry)
    )
)
_DOORS = (
    select(Checkpoint, Event, EventSession, Week.zone, _IS_CHOSEN)
    .join(Event, Event.id == Checkpoint.event_id)
    .join(Week, Week.id == Event.week_id)
    .outerjoin(EventSession, EventSession.id == Checkpoint.session_id)
    .where(Checkpoint.archived_at.is_(None))
)


_PLAIN = ("opens_at", "closes_at", "entry_rule", "capacity", "name_zh", "name_en", "note")


@dataclass(frozen=True, slots=True)
class _Side:
    """Where it is kept whom a door is for: records of a kind, kept in `of`, by `column` of `table`."""

    kind: str
    of: Any
    table: Any
    column: str


_CHOSEN = {
    "enterprises": _Side("enterprise", Enterprise, CheckpointEnterprise, "enterprise_id"),
    "industries": _Side("industry", Industry, CheckpointIndustry, "industry_id"),
}


def event_id(session: Session, event_code: str) -> UUID:
    """Raises NotFoundError `event-missing`."""
    found = session.scalar(select(Event.id).where(Event.code == event_code))
    if found is None:
        raise NotFoundError("event-missing", event=event_code)
    return found


def find(session: Session, event_code: str, session_code: str | None) -> Door:
    """The door of an event or of one of its sessions. Raises NotFoundError `door-missing`."""
    found = look_for(session, event_code, session_code)
    if found is None:
        raise NotFoundError("door-missing", event=event_code, session=session_code)
    return found


def look_for(session: Session, event_code: str, session_code: str | None) -> Door | None:
    """The door of an event or of one of its sessions, where there is one."""
    wanted = _DOORS.where(Event.code == event_code)
    if session_code is None:
        wanted = wanted.where(Checkpoint.session_id.is_(None))
    else:
        wanted = wanted.where(EventSession.code == session_code)
    row = session.execute(wanted.order_by(Checkpoint.code).limit(1)).one_or_none()
    return None if row is None else _view(row)


def named(session: Session, code: str) -> Door:
    """The door of a code. Raises NotFoundError `door-unknown`."""
    row = session.execute(_DOORS.where(Checkpoint.code == clean(code).lower())).one_or_none()
    if row is None:
        raise NotFoundError("door-unknown", door=code)
    return _view(row)


def of_event(session: Session, event_code: str) -> tuple[Door, ...]:
    """All doors of an event, its own first. Raises NotFoundError `event-missing`."""
    wanted = _DOORS.where(Event.id == event_id(session, event_code))
    wanted = wanted.order_by(Checkpoint.session_id.is_not(None), Checkpoint.code)
    return tuple(_view(row) for row in session.execute(wanted))


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
        session.add(made)
        _apply(session, made, settings or DoorSettings())
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
    return _settings(session, _take(session, door))


def change(session: Session, actor: Actor, moment: datetime, door: UUID, settings: DoorSettings) -> Door:
    """Replace the settings and count anew. Raises InvalidError `door-window`, `door-capacity`."""
    _check(settings)
    row = _take(session, door)
    session.refresh(row, with_for_update=True)
    before, after = asdict(_settings(session, row)), asdict(settings)
    _apply(session, row, settings)
    inside = _inside(session, door)
    row.present = inside if settings.capacity is not None else 0
    row.over = max(row.over, inside - settings.capacity) if settings.capacity is not None else row.over
    after |= {name: getattr(_settings(session, row), name) for name in _CHOSEN}
    changed = [name for name in after if before[name] != after[name]]
    if changed:
        old, new = ({name: values[name] for name in changed} for values in (before, after))
        record(session, actor, moment, "edit", "checkpoint", door, before=old, after=new)
    session.flush()
    return _view(session.execute(_DOORS.where(Checkpoint.id == door)).one())


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


def _apply(session: Session, row: Checkpoint, settings: DoorSettings) -> None:
    """Raises NotFoundError for an enterprise or an industry."""
    for name in _PLAIN:
        setattr(row, name, getattr(settings, name))
    row.categories = list(settings.categories)
    row.labels = [label.value for label in settings.labels]
    chosen = {
        name: {records.find(session, side.kind, code).id for code in getattr(settings, name)}
        for name, side in _CHOSEN.items()
    }
    session.flush()
    for name, side in _CHOSEN.items():
        session.execute(delete(side.table).where(side.table.checkpoint_id == row.id))
        session.add_all(side.table(checkpoint_id=row.id, **{side.column: other}) for other in chosen[name])
    session.flush()


def _settings(session: Session, row: Checkpoint) -> DoorSettings:
    chosen: dict[str, Any] = {
        name: tuple(
            session.scalars(
                select(side.of.code)
                .join(side.table, getattr(side.table, side.column) == side.of.id)
                .where(side.table.checkpoint_id == row.id)
                .order_by(side.of.code)
            )
        )
        for name, side in _CHOSEN.items()
    }
    plain: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN}
    categories, labels = tuple(row.categories), tuple(map(LabelKind, row.labels))
    return DoorSettings(categories=categories, labels=labels, **chosen, **plain)


def _view(found: Row[Checkpoint, Event, EventSession, str, bool]) -> Door:
    row, event, part, zone, is_chosen = found
    named = part or event
    asked = {
        Need.ENROLMENT: part is not None,
        Need.PLACE: row.capacity is not None,
        Need.ENTERPRISE: is_chosen or bool(row.labels),
    }
    return Door(
        id=row.id,
        code=row.code,
        event_id=row.event_id,
        session_id=row.session_id,
        name_zh=row.name_zh or named.name_zh,
        name_en=row.name_en or named.name_en,
        zone=zone,
        needs=frozenset(need for need, asks in asked.items() if asks),
    )
