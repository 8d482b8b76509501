"""The rows of a copy, and what the ids in them mean here."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from ipweek.services.copy_reading import CopyContents
from ipweek.storage.queries.merges import standing_for
from ipweek.storage.tables.people import Person

Row = dict[str, Any]
_PEOPLE = cast("Table", Person.__table__)
_AT_ONCE = 5_000


class CopyRows:
    """Which rows of a copy are new here; references of rows are told in the ids of today.

    A record of the copy may mean one that is here already, under an id of its own (`means`); one that a merge has
    removed since means the one that it was merged into, and one that is gone means nothing.
    """

    def __init__(self, session: Session, contents: CopyContents, merged: int) -> None:
        self._session, self._contents, self._merged = session, contents, merged
        self._meant: dict[Table, dict[UUID, UUID | None]] = {}

    def added(self, table: Table) -> Sequence[Row]:
        """All that the copy added, in its order."""
        return self._contents.added[table.name]

    def changed(self, table: Table) -> list[Row]:
        """What the copy changed, of rows that it was given, since it was merged last."""
        return [row for position, row in self._contents.changed[table.name] if position > self._merged]

    def unknown(self, table: Table) -> list[Row]:
        """What the copy added and is not here yet."""
        (key,) = table.primary_key.columns
        rows = self.added(table)
        known = self._there(key, [row[key.name] for row in rows])
        return [row for row in rows if row[key.name] not in known]

    def means(self, table: Table, record: UUID, here: UUID) -> None:
        """Let an id of the copy mean another one here."""
        self._meant.setdefault(table, {})[record] = here

    def meaning(self, table: Table, record: UUID) -> UUID | None:
        """The id here of a record of the copy."""
        meant = self._meant.setdefault(table, {})
        if record not in meant:
            self._look_up(table, [record])
        return meant[record]

    def mapped(self, table: Table, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows with the ids of today in all their references."""
        listed = list(rows)
        targets = {column.name: target for column in table.columns if (target := _target(column)) is not None}
        for name, target in targets.items():
            self._look_up(target, {row[name] for row in listed if row[name] is not None})
        for row in listed:
            yield row | {
                name: None if row[name] is None else self._meant[target].get(row[name])
                for name, target in targets.items()
            }

    def _look_up(self, table: Table, records: Collection[UUID]) -> None:
        meant = self._meant.setdefault(table, {})
        asked = [record for record in records if record not in meant]
        if not asked:
            return
        (key,) = table.primary_key.columns
        there = self._there(key, asked)
        own = {row[key.name] for row in self.added(table)} if table.name in self._contents.added else set()
        for record in asked:
            if record in there or record in own:
                meant[record] = record
            else:
                into = standing_for(self._session, record)
                meant[record] = into if self._there(key, [into]) else None
        if table is _PEOPLE:
            self._follow_merges(meant, asked)

    def _follow_merges(self, meant: dict[UUID, UUID | None], asked: Collection[UUID]) -> None:
        """Whom a merge found to be somebody else is that one."""
        query = select(Person.id, Person.merged_into).where(
            Person.id.in_([meant[record] for record in asked]), Person.merged_into.is_not(None)
        )
        merged = {row.id: row.merged_into for row in self._session.execute(query)}
        for record in asked:
            here = meant[record]
            meant[record] = merged.get(here, here) if here is not None else None

    def _there(self, key: Column[Any], ids: Sequence[UUID]) -> set[UUID]:
        found: set[UUID] = set()
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start : start + _AT_ONCE]
            found |= set(self._session.scalars(select(key).where(key.in_(part))))
        return found


def _target(column: Column[Any]) -> Table | None:
    """The table whose ids a column holds."""
    for key in column.foreign_keys:
        return key.column.table if key.column.name == "id" else None
    return None
