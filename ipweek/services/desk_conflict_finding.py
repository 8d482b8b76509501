"""Conflicts kept in step with the log: new ones noted, those that were none after all taken away, settled ones left."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, insert, or_, select
from sqlalchemy.orm import Session

from ipweek.domain.ids import new_id
from ipweek.domain.words import ConflictStatus, DeskConflictKind
from ipweek.storage.queries import desk_conflicts as queries
from ipweek.storage.queries.recount import Touched, counted_among
from ipweek.storage.tables.copies import Conflict, Copy

_OF_PLACES = (
    DeskConflictKind.TWO_ENTRIES,
    DeskConflictKind.CANCELLED_MEANWHILE,
    DeskConflictKind.BLOCKED_MEANWHILE,
    DeskConflictKind.NO_PLACE,
)
_COLUMNS = (
    *("event_id", "checkpoint_id", "registration_id", "person_id", "other_id", "badge_id"),
    *("first_scan_id", "second_scan_id", "copy_id", "amount"),
)


def find(
    session: Session,
    copy: Copy,
    moment: datetime,
    touched: Touched,
    newcomers: Sequence[UUID],
    more: Sequence[dict[str, Any]],
) -> int:
    """Note what a merge brought up; how many conflicts are new."""
    connection = session.connection()
    of_copy = [
        *queries.walk_ins_twice(connection, copy.id, newcomers),
        *queries.clock_skew(connection, copy.id, copy.taken_at, moment),
        *more,
    ]
    return look_again(session, moment, touched, of_copy)


def look_again(
    session: Session, moment: datetime, touched: Touched, more: Sequence[dict[str, Any]] = ()
) -> int:
    """Hold the open conflicts of what was touched against the log; how many are new."""
    connection = session.connection()
    found = [
        *queries.two_entries(connection, touched),
        *queries.without_place(connection, touched),
        *queries.over_capacity(connection, session.scalars(counted_among(touched)).all()),
        *queries.unknown_badges(connection),
        *more,
    ]
    known = {row.key: row for row in _known(session, found, touched)}
    keys = {each["key"] for each in found}
    gone = [row.id for row in known.values() if row.key not in keys and row.status is ConflictStatus.OPEN]
    session.execute(delete(Conflict).where(Conflict.id.in_(gone)))
    fresh = [_row(each, moment) for each in found if each["key"] not in known]
    if fresh:
        session.execute(insert(Conflict), fresh)
    for each in found:
        held = known.get(each["key"])
        if held is not None and held.status is ConflictStatus.OPEN:
            for name in ("first_scan_id", "amount"):
                setattr(held, name, each.get(name))
    session.flush()
    return len(fresh)


def _known(session: Session, found: Sequence[dict[str, Any]], touched: Touched) -> Iterator[Conflict]:
    """The conflicts found before, and those still open that this merge might have cleared up."""
    about = or_(
        and_(Conflict.kind.in_(_OF_PLACES), Conflict.registration_id.in_(touched.registrations)),
        and_(Conflict.kind == DeskConflictKind.OVER_CAPACITY, Conflict.checkpoint_id.in_(touched.doors)),
        Conflict.kind == DeskConflictKind.UNKNOWN_BADGE,
    )
    keys = [each["key"] for each in found]
    yield from session.scalars(
        select(Conflict).where(
            or_(Conflict.key.in_(keys), and_(about, Conflict.status == ConflictStatus.OPEN))
        )
    ).all()


def _row(found: dict[str, Any], moment: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "key": found["key"],
        "kind": found["kind"],
        "status": ConflictStatus.OPEN,
        "found_at": moment,
        **{name: found.get(name) for name in _COLUMNS},
    }
