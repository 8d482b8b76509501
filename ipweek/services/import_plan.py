"""What an import would write: rows to insert and to change, collected before anything is stored."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import Table, bindparam, inspect, update
from sqlalchemy.orm import Session

from ipweek.domain.import_report import RowChange
from ipweek.domain.import_rows import Problem
from ipweek.domain.words import RowOutcome
from ipweek.storage.bulk import insert_rows
from ipweek.storage.tables import Base

_AT_ONCE = 2000
"""Rows that go to the database together, between two words about the progress."""

_NOTHING: Mapping[str, Any] = MappingProxyType({})

Held = dict[str, Any]
"""A row as the plan leaves it: what the database has, or what this import adds, with what changes on the way."""


@dataclass(slots=True)
class RowResult:
    """What one row of the file comes to for a record: for its own, or for one beside it."""

    number: int
    outcome: RowOutcome
    record_id: UUID | None
    before: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    after: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    record_kind: str | None = None


@dataclass(slots=True)
class Plan:
    """Rows by table; stored in the order in which tables refer to one another.

    `sides` are records that rows needed or changed beside their own; `keys` are of what was added by other
    ways than this plan.
    """

    results: list[RowResult] = field(default_factory=list)
    sides: list[RowResult] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    changes: list[RowChange] = field(default_factory=list)
    inserts: dict[type[Base], list[Held]] = field(default_factory=dict)
    keys: dict[str, list[str]] = field(default_factory=dict)
    _fresh: set[int] = field(default_factory=set)
    _noted: dict[int, dict[str, Any]] = field(default_factory=dict)
    _updates: dict[type[Base], dict[UUID, dict[str, Any]]] = field(default_factory=dict)

    def insert(self, table: type[Base], row: Held) -> None:
        """Plan one new row; rows of a table all have the same columns."""
        self.inserts.setdefault(table, []).append(row)
        self._fresh.add(id(row))

    def change(self, table: type[Base], held: Held, values: Mapping[str, Any]) -> dict[str, Any]:
        """Plan a change of a row that is known or planned; returns the former values of a known one."""
        before = {name: held[name] for name in values}
        held.update(values)
        if id(held) in self._fresh:
            noted = self._noted.get(id(held), {})
            noted.update((name, value) for name, value in values.items() if name in noted)
            return {}
        self._updates.setdefault(table, {}).setdefault(held["id"], {}).update(values)
        return before

    def refer(self, table: type[Base], held: Held, values: Mapping[str, Any]) -> dict[str, Any]:
        """Plan what refers to other rows of its table: written once all of them are there; returns as `change`."""
        before = {} if id(held) in self._fresh else {name: held[name] for name in values}
        self._updates.setdefault(table, {}).setdefault(held["id"], {}).update(values)
        return before

    def beside(self, kind: str, number: int, held: Held, before: dict[str, Any]) -> None:
        """Note the change of a record beside the row's own; one that this import adds needs no note."""
        if before:
            after = {name: held[name] for name in before}
            self.sides.append(RowResult(number, RowOutcome.UPDATED, held["id"], before, after, kind))

    def added_beside(self, kind: str, number: int, row: Held, names: Iterable[str]) -> None:
        """Note a new record beside the row's own, with the values by which an undo tells whether it was changed."""
        values = self._noted[id(row)] = {name: row[name] for name in names}
        self.sides.append(RowResult(number, RowOutcome.ADDED, row["id"], {}, values, kind))

    def count(self, outcome: RowOutcome) -> int:
        """How many rows come to this."""
        return sum(1 for result in self.results if result.outcome is outcome)

    def store(self, session: Session, told: Callable[[int], None] = lambda _rows: None) -> None:
        """Write it all, within the caller's transaction; `told` hears how many rows went."""
        planned: dict[str, list[Held]] = {table.__tablename__: rows for table, rows in self.inserts.items()}
        for table in Base.metadata.sorted_tables:
            for chunk in _chunks(planned.get(table.name, [])):
                insert_rows(session, table, chunk)
                told(len(chunk))
        for changing, changed in self._updates.items():
            _update(session, Base.metadata.tables[changing.__tablename__], changed)

    def additions(self) -> Iterator[tuple[str, list[str]]]:
        """The keys of the new rows by table, as `key_text` writes them."""
        for table, rows in self.inserts.items():
            names = [column.name for column in inspect(table).primary_key]
            yield table.__tablename__, [key_text(row[name] for name in names) for row in rows]
        yield from self.keys.items()


def key_text(parts: Iterable[UUID]) -> str:
    """A primary key as the log keeps it."""
    return ":".join([part.hex for part in parts])


def _update(session: Session, table: Table, changed: Mapping[UUID, Mapping[str, Any]]) -> None:
    """One statement for all rows that change in the same columns."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for identity, values in changed.items():
        alike.setdefault(tuple(sorted(values)), []).append({"id_": identity, **values})
    for rows in alike.values():
        session.execute(update(table).where(table.c.id == bindparam("id_")), rows)


def _chunks(rows: list[Held]) -> Iterator[list[Held]]:
    return (rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE))
