"""Times inside from the log: each accepted entry lasts until the next line of that person at that door."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    cast,
    extract,
    false,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from ipweek.domain.stays import Limits
from ipweek.domain.words import Direction, ScanKind, Verdict
from ipweek.storage.queries.reports import one_of, spelt
from ipweek.storage.tables.base import Moment
from ipweek.storage.tables.checkin import Scan

Doors = Mapping[UUID, Limits]
"""The doors that are asked about, each with its limits."""

_annulling = aliased(Scan)
_COUNTS = and_(
    Scan.verdict == spelt(Verdict.ACCEPTED),
    Scan.kind != spelt(ScanKind.ANNULMENT),
    Scan.registration_id.is_not(None),
    Scan.id.not_in(select(_annulling.annuls).where(_annulling.annuls.is_not(None))),
)
_IN_TURN: dict[str, Any] = {
    "partition_by": (Scan.registration_id, Scan.checkpoint_id),
    "order_by": (Scan.device_at, Scan.received_at, Scan.sequence, Scan.id),
}


def _lines(doors: Collection[UUID], registrations: Collection[UUID] | None) -> CTE:
    """What counts, each line with the moment of the one that follows and whether this is an entry."""
    wanted = select(
        Scan.registration_id,
        Scan.checkpoint_id,
        Scan.device_at,
        (Scan.direction == Direction.ENTRY).label("entry"),
        func.lead(Scan.device_at, type_=Moment()).over(**_IN_TURN).label("following"),
    ).where(
        _COUNTS, one_of(Scan.checkpoint_id, doors) if registrations is None else Scan.checkpoint_id.in_(doors)
    )
    if registrations is not None:
        wanted = wanted.where(Scan.registration_id.in_(registrations))
    return wanted.cte("lines")


def stays(
    engine: str, doors: Doors, registrations: Collection[UUID] | None = None
) -> Select[*tuple[Any, ...]]:
    """One row for each registration and door with an entry.

    `seconds` leaves out a time whose end nobody knows, which `unknown` tells.
    """
    line = _lines(doors, registrations).c
    until = _moment_of(line.checkpoint_id, {door: known.until for door, known in doors.items()})
    ends = func.coalesce(line.following, until, type_=Moment())
    lasted = _seconds(ends, engine) - _seconds(line.device_at, engine)
    counted = and_(line.entry, ends > line.device_at)
    is_last = and_(line.entry, line.following.is_(None))
    return (
        select(
            line.registration_id,
            line.checkpoint_id,
            func.min(case((line.entry, line.device_at)), type_=Moment()).label("first_in"),
            func.max(case((~line.entry, line.device_at)), type_=Moment()).label("last_out"),
            func.max(case((is_last, 1), else_=0)).label("inside"),
            func.max(case((and_(is_last, ends.is_(None)), 1), else_=0)).label("unknown"),
            func.sum(case((counted, lasted), else_=0)).label("seconds"),
        )
        .group_by(line.registration_id, line.checkpoint_id)
        .having(func.count(case((line.entry, 1))) > 0)
    )


def by_door(session: Session, doors: Doors) -> dict[UUID, tuple[int, int, int]]:
    """By door of how many the time is known, the seconds of these together, and how many left early."""
    if not doors:
        return {}
    row = stays(session.get_bind().dialect.name, doors).subquery("stays").c
    early = _before(row, {door: known.early_before for door, known in doors.items()})
    known = row.unknown == 0
    query = select(
        row.checkpoint_id,
        func.count(case((known, 1))),
        func.sum(case((known, row.seconds), else_=0)),
        func.count(case((and_(row.inside == 0, early), 1))),
    ).group_by(row.checkpoint_id)
    return {door: (n, int(seconds or 0), left) for door, n, seconds, left in session.execute(query)}


def of_people(session: Session, doors: Doors, registrations: Collection[UUID] | None = None) -> list[Any]:
    """The rows of `stays`, the first to come first."""
    if not doors:
        return []
    row = stays(session.get_bind().dialect.name, doors, registrations).subquery("stays")
    return list(session.execute(select(row).order_by(row.c.first_in, row.c.registration_id)))


def who(session: Session, doors: Doors, *, left_early: bool) -> Select[*tuple[Any, ...]]:
    """The registrations of whom the time inside is known, or those who left early."""
    row = stays(session.get_bind().dialect.name, doors).subquery("stays").c
    early = _before(row, {door: known.early_before for door, known in doors.items()})
    return select(row.registration_id).where(and_(row.inside == 0, early) if left_early else row.unknown == 0)


def ended(session: Session, doors: Collection[UUID], registrations: Collection[UUID]) -> dict[UUID, int]:
    """By the scan of an exit for how many seconds that person had been inside."""
    earlier = func.lag(Scan.direction).over(**_IN_TURN)
    turn = (
        select(
            Scan.id,
            Scan.registration_id,
            Scan.checkpoint_id,
            Scan.device_at,
            (Scan.direction == Direction.ENTRY).label("entry"),
            func.coalesce(earlier == Direction.ENTRY, false()).label("after_entry"),
            func.row_number().over(**_IN_TURN).label("turn"),
        )
        .where(_COUNTS, Scan.checkpoint_id.in_(doors), Scan.registration_id.in_(registrations))
        .cte("turns")
    ).c
    begun = case((and_(turn.entry, ~turn.after_entry), turn.device_at))
    begins = func.max(begun, type_=Moment()).over(
        partition_by=(turn.registration_id, turn.checkpoint_id), order_by=turn.turn, rows=(None, 0)
    )
    row = select(turn.id, turn.device_at, turn.entry, turn.after_entry, begins.label("begins")).subquery().c
    engine = session.get_bind().dialect.name
    lasted = _seconds(row.device_at, engine) - _seconds(row.begins, engine)
    found = session.execute(select(row.id, lasted).where(~row.entry, row.after_entry))
    return {scan: int(seconds) for scan, seconds in found}


def _moment_of(
    door: ColumnElement[Any], moments: Mapping[UUID, datetime | None]
) -> ColumnElement[datetime | None]:
    known = [(door == one, literal(moment, Moment())) for one, moment in moments.items() if moment]
    return case(*known, else_=null()) if known else cast(null(), Moment())


def _before(row: Any, moments: Mapping[UUID, datetime | None]) -> ColumnElement[bool]:
    """Whether somebody's last exit was before the moment of its door; false where that has none."""
    earlier = [
        and_(row.checkpoint_id == door, row.last_out < literal(moment, Moment()))
        for door, moment in moments.items()
        if moment is not None
    ]
    return func.coalesce(or_(*earlier), false()) if earlier else false()


def _seconds(moment: ColumnElement[Any], engine: str) -> ColumnElement[int]:
    """Whole seconds since 1970."""
    seconds: ColumnElement[Any] = extract("epoch", moment)
    if engine == "postgresql":
        seconds = func.floor(seconds)  # SQLite gives whole seconds, and may be built without floor()
    return cast(seconds, Integer)
