"""Taking a merge back: every row as it was, or, where later work stands on it, none."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, Table, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from ipweek.domain.errors import InvalidError
from ipweek.domain.merging import MergeChange
from ipweek.services.merge_log import at, decoded, encoded
from ipweek.storage.queries.merges import references
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.base import Base
from ipweek.storage.tables.merges import Merge, MergeRow
from ipweek.storage.tables.people import Registration

_DERIVED = ("search_key",)
"""Made of other columns: where it was made anew since, it stays, and answers to a name too many at worst."""
_WATCHED = tuple(cast("Table", table.__table__) for table in (Registration, Badge))


def dependants(session: Session, registrations: Iterable[UUID], badges: Iterable[UUID]) -> dict[str, Any]:
    """How many rows refer to each of these, by table and column."""
    found: dict[str, Any] = {}
    for target, ids in zip(_WATCHED, (tuple(registrations), tuple(badges)), strict=True):
        for column in references(target):
            query = select(column, func.count()).where(column.in_(ids)).group_by(column)
            counts = {identity.hex: count for identity, count in session.execute(query)}
            found[str(column)] = {identity.hex: counts.get(identity.hex, 0) for identity in ids}
    return found


def undo(session: Session, merge: Merge) -> None:
    """Take every row back, the last first. Raises InvalidError `merge-built-upon` with what was done since."""
    rows = session.scalars(
        select(MergeRow).where(MergeRow.merge_id == merge.id).order_by(MergeRow.position)
    ).all()
    found = [*_altered(session, rows), *_added_since(session, merge)]
    if not found:
        found = [name for row in reversed(rows) if (name := _take_back(session, row))]
    if found:
        listed = Counter(found)
        raise InvalidError("merge-built-upon", work=dict(sorted(listed.items())))


def _altered(session: Session, rows: Sequence[MergeRow]) -> Iterable[str]:
    """Rows that are no longer as the merge left them."""
    left: dict[tuple[str, str], tuple[dict[str, Any], dict[str, Any] | None]] = {}
    for row in rows:
        if row.change is MergeChange.COUNTED:
            continue
        place = (row.table_name, str(sorted(row.key.items())))
        _key, values = left.pop(place, ({}, {}))
        after = None if row.change is MergeChange.REMOVED else {**(values or {}), **row.after}
        key = row.key | {name: row.after[name] for name in row.key if name in row.after}
        left[row.table_name, str(sorted(key.items()))] = (key, after)
    for (name, _place), (key, after) in left.items():
        table = Base.metadata.tables[name]
        now = session.execute(select(table).where(at(table, _decoded(table, key)))).mappings().first()
        if (now is None) != (after is None) or (now is not None and _differs(now, after or {})):
            yield name


def _differs(now: Mapping[Any, Any], after: Mapping[str, Any]) -> bool:
    return any(encoded(now[name]) != value for name, value in after.items() if name not in _DERIVED)


def _added_since(session: Session, merge: Merge) -> Iterable[str]:
    """Rows that refer to a registration or badge of the two, and did not when they were merged."""
    then = merge.dependants
    ids = []
    for table in _WATCHED:
        named = {identity for column in references(table) for identity in then.get(str(column), {})}
        ids.append([UUID(identity) for identity in sorted(named)])
    for name, counts in dependants(session, *ids).items():
        for identity, count in counts.items():
            yield from [name.partition(".")[0]] * abs(count - then.get(name, {}).get(identity, 0))


def _take_back(session: Session, row: MergeRow) -> str | None:
    """The name of what has not the room that this needs, None where it is done."""
    table = Base.metadata.tables[row.table_name]
    before = _decoded(table, row.before)
    if row.change is MergeChange.COUNTED:
        return None if _uncount(session, table, row) else row.table_name
    if row.change is MergeChange.REMOVED:
        session.execute(insert(table).values(before))
        return None
    here = at(
        table, _decoded(table, row.key | {name: row.after[name] for name in row.key if name in row.after})
    )
    if row.change is MergeChange.ADDED:
        session.execute(delete(table).where(here))
        return None
    for name in _DERIVED:
        if name in before and session.scalar(select(table.c[name]).where(here)) != row.after[name]:
            del before[name]
    if before:
        session.execute(update(table).where(here).values(before))
    return None


def _uncount(session: Session, table: Table, row: MergeRow) -> bool:
    """Give or take what the merge took or gave, if there is room for it."""
    new = {name: table.c[name] - (after - row.before[name]) for name, after in row.after.items()}
    room = [value >= 0 for value in new.values()]
    limit = table.c.capacity + table.c.over if "over" in table.c else table.c.capacity
    room += [
        or_(table.c.capacity.is_(None), new[name] <= limit) for name in ("taken", "present") if name in new
    ]
    done = session.execute(update(table).where(table.c.id == UUID(row.key["id"]), *room).values(new))
    return cast("CursorResult[Any]", done).rowcount == 1


def _decoded(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: decoded(table.c[name], value) for name, value in values.items()}
