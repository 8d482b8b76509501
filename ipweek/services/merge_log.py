"""The log of a merge: every row that it changes, adds or removes, with its values before and after.

All of a merge's statements go through here, so that an undo finds each of them. Rows that other use cases change on
the way (somebody moves up for a place set free) are taken down as they are flushed.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    Enum,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Row,
    Table,
    Time,
    UniqueConstraint,
    Uuid,
    and_,
    delete,
    event,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.orm import Session

from ipweek.domain.ids import new_id
from ipweek.domain.merging import MergeChange
from ipweek.storage.queries.merges import references
from ipweek.storage.tables.audit import AuditEntry, AuditValues
from ipweek.storage.tables.base import ExactDecimal, Moment
from ipweek.storage.tables.merges import MergeRow

_OWN = (AuditEntry, AuditValues)
_ALIKE = {"enterprise_contacts": ("name", "phone", "email")}
"""Rows that say the same in these columns are one, without a constraint that says so."""


class MergeLog:
    """Changes rows and takes them down."""

    def __init__(self, session: Session, merge: UUID) -> None:
        self.session, self.merge = session, merge
        self._rows: list[dict[str, Any]] = []

    def change(self, table: Table, where: ColumnElement[bool], values: Mapping[str, Any]) -> None:
        """Give the rows these values, those that have them already left alone."""
        for row in self._found(table, where):
            self._change_row(table, row, values)

    def change_one(self, table: Table, row: Row[Any], values: Mapping[str, Any]) -> None:
        """Give one row, read before, these values."""
        self._change_row(table, row, values)

    def _change_row(self, table: Table, row: Row[Any], values: Mapping[str, Any]) -> None:
        old = row._mapping  # noqa: SLF001 - public, in spite of its name
        new = {name: value for name, value in values.items() if old[name] != value}
        if new:
            self.session.execute(update(table).where(_is(table, row)).values(new))
            before = {name: old[name] for name in new}
            self._note(MergeChange.CHANGED, table, _key(table, row), before, new)

    def remove(self, table: Table, row: Row[Any], into: UUID | None = None) -> None:
        """Delete one row, which from now on means another one."""
        self.session.execute(delete(table).where(_is(table, row)))
        self._note(MergeChange.REMOVED, table, _key(table, row), dict(row._mapping), {}, into)  # noqa: SLF001

    def add(self, table: Table, values: Mapping[str, Any]) -> None:
        """Insert one row, of all its columns."""
        self.session.execute(insert(table).values(values))
        self._note(
            MergeChange.ADDED,
            table,
            {column.name: values[column.name] for column in table.primary_key},
            {},
            values,
        )

    def move(self, column: Column[Any], old: UUID, new: UUID) -> None:
        """Let every row that refers to `old` refer to `new`.

        Where a constraint allows `new` one such row only, and there is one, it takes what it does not state itself
        from the other, and whatever refers to that one.
        """
        table = column.table
        assert isinstance(table, Table)
        for row in self._found(table, column == old):
            twin = self._twin(table, row, column, new)
            if twin is None:
                self._change_row(table, row, {column.name: new})
            else:
                self._fill(table, twin, row)

    def _twin(self, table: Table, row: Row[Any], column: Column[Any], new: UUID) -> Row[Any] | None:
        for names in _unique_with(table, column):
            wanted = {name: getattr(row, name) for name in names} | {column.name: new}
            if None in wanted.values() and names != (column.name, *_ALIKE.get(table.name, ())):
                continue
            same = and_(*(table.c[name].is_not_distinct_from(value) for name, value in wanted.items()))
            twin = self.session.execute(select(table).where(same)).first()
            if twin is not None:
                return twin
        return None

    def _fill(self, table: Table, twin: Row[Any], row: Row[Any]) -> None:
        pairs = zip(table.columns, twin, row, strict=True)
        gaps = {column.name: other for column, own, other in pairs if own is None and other is not None}
        into = getattr(twin, "id", None)
        if into is not None:
            for reference in references(table):
                self.move(reference, row.id, into)
        self.remove(table, row, into)
        self._change_row(table, twin, gaps)

    @contextmanager
    def following(self, counted: Mapping[Table, Sequence[str]], among: Mapping[Table, Any]) -> Iterator[None]:
        """Take down what other use cases do inside: the rows that they flush, and the counts of these tables."""
        before = self._counts(counted, among)
        event.listen(self.session, "before_flush", self._flushing)
        try:
            yield
            self.session.flush()
        finally:
            event.remove(self.session, "before_flush", self._flushing)
        self.session.expire_all()
        for key, counts in self._counts(counted, among).items():
            self.count(*key, before[key], counts)

    def count(
        self, table: Table, identity: UUID, before: Mapping[str, int], after: Mapping[str, int]
    ) -> None:
        """Note what a count became; others count there too, so an undo takes back the difference."""
        changed = [name for name, value in after.items() if before[name] != value]
        if changed:
            old, new = ({name: counts[name] for name in changed} for counts in (before, after))
            self._note(MergeChange.COUNTED, table, {"id": identity}, old, new)

    def _counts(
        self, counted: Mapping[Table, Sequence[str]], among: Mapping[Table, Any]
    ) -> dict[tuple[Table, UUID], dict[str, int]]:
        return {
            (table, row.id): {name: getattr(row, name) for name in names}
            for table, names in counted.items()
            for row in self._found(table, among[table])
        }

    def _flushing(self, session: Session, _context: object, _instances: object) -> None:
        for changed in session.dirty:
            state = inspect(changed)
            before: dict[str, Any] = {}
            after: dict[str, Any] = {}
            for attribute in state.mapper.column_attrs:
                history = state.attrs[attribute.key].history
                if history.has_changes():
                    before[attribute.key], after[attribute.key] = history.deleted[0], history.added[0]
            if before:
                self._note(MergeChange.CHANGED, state.mapper.local_table, {"id": changed.id}, before, after)
        unforeseen = [made for made in session.new if not isinstance(made, _OWN)]
        assert not unforeseen, unforeseen

    def _found(self, table: Table, where: ColumnElement[bool]) -> Sequence[Row[Any]]:
        return self.session.execute(select(table).where(where).order_by(*table.primary_key)).all()

    def _note(
        self,
        change: MergeChange,
        table: Any,
        key: Mapping[str, Any],
        before: Mapping[str, Any],
        after: Mapping[str, Any],
        into: UUID | None = None,
    ) -> None:
        self._rows.append(
            {
                "id": new_id(),
                "merge_id": self.merge,
                "position": len(self._rows),
                "change": change,
                "table_name": table.name,
                "key": _encoded(key),
                "before": _encoded(before),
                "after": _encoded(after),
                "record_id": key.get("id") if change is MergeChange.REMOVED else None,
                "into_id": into,
            }
        )

    def store(self) -> dict[str, int]:
        """Write the log; returns how many rows of each table it tells of."""
        if self._rows:
            self.session.execute(insert(MergeRow), self._rows)
        told: dict[str, set[str]] = {}
        for row in self._rows:
            told.setdefault(row["table_name"], set()).add(str(row["key"]))
        return {table: len(keys) for table, keys in told.items()}


def _unique_with(table: Table, column: Column[Any]) -> Iterator[tuple[str, ...]]:
    """The columns that may not repeat together with this one."""
    for constraint in table.constraints:
        if (
            isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint)
            and column.name in constraint.columns
        ):
            yield tuple(each.name for each in constraint.columns)
    for index in table.indexes:
        # One that holds for some rows only is minded by whoever merges.
        partial = index.dialect_options["sqlite"]["where"] is not None
        if isinstance(index, Index) and index.unique and not partial and column.name in index.columns:
            yield tuple(each.name for each in index.columns)
    if table.name in _ALIKE:
        yield (column.name, *_ALIKE[table.name])


def _key(table: Table, row: Row[Any]) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in table.primary_key}


def _is(table: Table, row: Row[Any]) -> ColumnElement[bool]:
    return at(table, _key(table, row))


def at(table: Table, key: Mapping[str, Any]) -> ColumnElement[bool]:
    """The row of a primary key."""
    return and_(*(table.c[name] == value for name, value in key.items()))


def _encoded(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: encoded(value) for name, value in values.items()}


def encoded(value: Any) -> Any:
    """A column's value as JSON keeps it."""
    if isinstance(value, UUID | bytes):
        return value.hex if isinstance(value, UUID) else value.hex()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return str(value) if isinstance(value, Decimal) else value


def decoded(column: Column[Any], value: Any) -> Any:
    """A value that JSON kept, as its column takes it."""
    kind = column.type
    if value is None:
        return None
    if isinstance(kind, Enum):
        return cast("type[StrEnum]", kind.enum_class)(value)
    for known, made in _DECODERS.items():
        if isinstance(kind, known):
            return made(value)
    return value


_DECODERS: Mapping[type[Any], Any] = {
    Uuid: UUID,
    Moment: datetime.fromisoformat,
    Date: date.fromisoformat,
    Time: time.fromisoformat,
    ExactDecimal: Decimal,
    LargeBinary: bytes.fromhex,
}
