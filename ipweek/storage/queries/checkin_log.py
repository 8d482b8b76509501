"""Reading the scan log, and the runs that number it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, Select, case, func, select, tuple_, update
from sqlalchemy.orm import Session, aliased

from ipweek.domain.checkin import LoggedScan, ScanAnswer, ScanLine, Standing
from ipweek.domain.words import Direction, Reason, ScanKind, Verdict
from ipweek.storage.queries.checkin_rules import ADMISSIONS, CHECKPOINTS
from ipweek.storage.tables.checkin import Admission, Checkpoint, Scan
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import EventSession

_annulling = aliased(Scan)
_REPRESENTED = case((Registration.id.is_not(None), Registration.enterprise_id), else_=Person.enterprise_id)
_LINES = (
    select(
        *(column.label(column.name) for column in Scan.__table__.columns),
        Checkpoint.code.label("door"),
        EventSession.code.label("session"),
        func.coalesce(Person.name, "").label("name"),
        func.coalesce(Enterprise.name_zh, Enterprise.name_en, "").label("enterprise"),
        func.coalesce(Registration.title, Person.title, "").label("title"),
        func.coalesce(Registration.category, "").label("category"),
        func.coalesce(Registration.seat, "").label("seat"),
        _annulling.id.is_not(None).label("annulled"),
    )
    .select_from(Scan)
    .join(Checkpoint, Checkpoint.id == Scan.checkpoint_id)
    .outerjoin(EventSession, EventSession.id == Checkpoint.session_id)
    .outerjoin(Person, Person.id == Scan.person_id)
    .outerjoin(Registration, Registration.id == Scan.registration_id)
    .outerjoin(Enterprise, Enterprise.id == _REPRESENTED)
    .outerjoin(_annulling, _annulling.annuls == Scan.id)
)


def answer_of(session: Session | Connection, scan: UUID) -> ScanAnswer | None:
    """The answer that a logged scan was given, with the names of today."""
    row = session.execute(_LINES.where(Scan.id == scan)).mappings().one_or_none()
    return None if row is None else _answer(row)


def lines(
    session: Session, event: UUID, limit: int, before: ScanLine | None, verdict: Verdict | None
) -> tuple[ScanLine, ...]:
    """The newest lines of an event's doors, or those older than `before`."""
    wanted = _LINES.where(Checkpoint.event_id == event)
    if before is not None:
        wanted = wanted.where(
            tuple_(Scan.received_at, Scan.id) < tuple_(before.received_at, before.answer.id)
        )
    if verdict is not None:
        wanted = wanted.where(Scan.verdict == verdict)
    wanted = wanted.order_by(Scan.received_at.desc(), Scan.id.desc()).limit(limit)
    return tuple(_line(row) for row in session.execute(wanted).mappings())


def lines_after(session: Session, event: UUID, limit: int, after: ScanLine | None) -> tuple[ScanLine, ...]:
    """The oldest lines of an event's doors, or those younger than `after`."""
    wanted = _LINES.where(Checkpoint.event_id == event)
    if after is not None:
        wanted = wanted.where(tuple_(Scan.received_at, Scan.id) > tuple_(after.received_at, after.answer.id))
    wanted = wanted.order_by(Scan.received_at, Scan.id).limit(limit)
    return tuple(_line(row) for row in session.execute(wanted).mappings())


def lines_of_person(session: Session, person: UUID, limit: int = 50) -> tuple[ScanLine, ...]:
    """The newest lines of one person, at all doors."""
    wanted = _LINES.where(Scan.person_id == person).order_by(Scan.received_at.desc(), Scan.id.desc())
    return tuple(_line(row) for row in session.execute(wanted.limit(limit)).mappings())


def _line(row: RowMapping) -> ScanLine:
    return ScanLine(
        _answer(row),
        row["door"],
        row["received_at"],
        row["operator"],
        row["offline"],
        row["why"],
        row["annulled"],
        row["session"],
        row["allowed_by"],
    )


def _answer(row: RowMapping) -> ScanAnswer:
    return ScanAnswer(
        id=row["id"],
        code=row["code"],
        kind=ScanKind(row["kind"]),
        direction=Direction(row["direction"]),
        verdict=Verdict(row["verdict"]),
        reason=Reason(row["reason"]) if row["reason"] else None,
        registration=row["registration_id"],
        name=row["name"],
        enterprise=row["enterprise"],
        title=row["title"],
        category=row["category"],
        seat=row["seat"],
        at=row["device_at"],
        desk=row["desk"],
        first_at=row["first_at"],
        first_desk=row["first_desk"],
        override=row["override"],
        offline=row["offline"],
    )


_COUNTED = select(
    Scan.id,
    Scan.kind,
    Scan.registration_id,
    Scan.checkpoint_id,
    Scan.direction,
    Scan.device_at,
    Scan.received_at,
    Scan.sequence,
    Scan.verdict,
    Scan.desk,
    Scan.annuls,
).where(Scan.registration_id.is_not(None), Scan.verdict == Verdict.ACCEPTED)


def accepted_at(session: Session, event: UUID) -> tuple[LoggedScan, ...]:
    """What `fold` needs of an event's log."""
    wanted = _COUNTED.join(Checkpoint, Checkpoint.id == Scan.checkpoint_id).where(
        Checkpoint.event_id == event
    )
    return _logged(session.execute(wanted))


def accepted_of(connection: Connection, registration: UUID, door: UUID) -> tuple[LoggedScan, ...]:
    """What `fold` needs of one registration's log at one door."""
    wanted = _COUNTED.where(Scan.registration_id == registration, Scan.checkpoint_id == door)
    return _logged(connection.execute(wanted))


def _logged(rows: Iterable[Any]) -> tuple[LoggedScan, ...]:
    return tuple(LoggedScan(*row) for row in rows)


def standings(session: Session, event: UUID) -> dict[tuple[UUID, UUID], Standing]:
    """The kept admissions of an event's doors, keyed as `fold` keys them."""
    wanted = (
        select(Admission)
        .join(Checkpoint, Checkpoint.id == Admission.checkpoint_id)
        .where(Checkpoint.event_id == event)
    )
    return {
        (row.registration_id, row.checkpoint_id): Standing(
            row.inside, row.entries, row.first_in, row.first_desk, row.last_in, row.last_out
        )
        for row in session.scalars(wanted)
    }


def last_entry(registration: UUID, door: UUID) -> Select[Any]:
    """The last accepted entry that nothing annuls yet, as its whole row."""
    return (
        select(Scan.__table__)
        .outerjoin(_annulling, _annulling.annuls == Scan.id)
        .where(
            Scan.registration_id == registration,
            Scan.checkpoint_id == door,
            Scan.verdict == Verdict.ACCEPTED,
            Scan.direction == Direction.ENTRY,
            Scan.kind != ScanKind.ANNULMENT,
            _annulling.id.is_(None),
        )
        .order_by(Scan.device_at.desc(), Scan.received_at.desc(), Scan.sequence.desc())
        .limit(1)
    )


def annulment(
    entry: RowMapping, identity: UUID, sequence: int, at: datetime, received_at: datetime
) -> dict[str, Any]:
    """The row that annuls an entry; who does it is still to be said."""
    return {
        **{str(name): value for name, value in entry.items()},
        "id": identity,
        "sequence": sequence,
        "kind": ScanKind.ANNULMENT,
        "device_at": at,
        "received_at": received_at,
        "annuls": entry["id"],
        **dict.fromkeys(("reason", "first_at", "first_desk", "why", "allowed_by", "copy_id")),
        "override": False,
        "offline": False,
    }


def take_admission(connection: Connection, registration: UUID, door: UUID) -> bool:
    """Lock a counted door, then the admission, in the order in which a scan does; whether it was inside."""
    counted = select(CHECKPOINTS.c.id).where(CHECKPOINTS.c.id == door, CHECKPOINTS.c.capacity.is_not(None))
    connection.execute(counted.with_for_update(key_share=True))
    held = select(ADMISSIONS.c.inside).where(*_at(registration, door)).with_for_update()
    return bool(connection.scalar(held))


def put_standing(
    connection: Connection, registration: UUID, door: UUID, standing: Standing, *, was_inside: bool
) -> None:
    """Keep a standing that was added up anew; whoever is no longer inside gives a counted place back."""
    values = {name: getattr(standing, name) for name in Standing.__dataclass_fields__}
    connection.execute(update(ADMISSIONS).where(*_at(registration, door)).values(values))
    if was_inside and not standing.inside:
        present = CHECKPOINTS.c.present
        counted = (CHECKPOINTS.c.id == door, CHECKPOINTS.c.capacity.is_not(None), present > 0)
        connection.execute(update(CHECKPOINTS).where(*counted).values(present=present - 1))


def _at(registration: UUID, door: UUID) -> tuple[Any, Any]:
    return ADMISSIONS.c.registration_id == registration, ADMISSIONS.c.checkpoint_id == door


def run_so_far(session: Session, run: UUID) -> tuple[int, datetime | None]:
    """The last number that a run gave to a scan, and its latest effective time."""
    found = session.execute(
        select(func.max(Scan.sequence), func.max(Scan.device_at)).where(Scan.run_id == run)
    )
    sequence, at = found.one()
    return sequence or 0, at


def forged_since(session: Session, door: UUID, moment: datetime) -> int:
    """How many forged codes a door has read since a moment."""
    recent = (Scan.checkpoint_id == door, Scan.received_at >= moment, Scan.reason == Reason.FORGED)
    return session.scalar(select(func.count()).where(*recent)) or 0
