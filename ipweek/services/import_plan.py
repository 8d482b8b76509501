"""What an import would write: rows to insert and to change, collected before anything is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from ipweek.domain.import_rows import Problem
from ipweek.domain.words import RowOutcome
from ipweek.storage.tables import Base


@dataclass(slots=True)
class RowResult:
    """What one row comes to."""

    number: int
    outcome: RowOutcome
    record_id: UUID | None
    before: dict[str, Any] = field(default_factory=dict)
    record_kind: str | None = None


@dataclass(slots=True)
class Plan:
    """Rows by table; stored in the order in which tables refer to one another.

    `sides` are records that rows needed beside their own.
    """

    results: list[RowResult] = field(default_factory=list)
    sides: list[RowResult] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    inserts: dict[type[Base], list[dict[str, Any]]] = field(default_factory=dict)
    changes: dict[type[Base], list[dict[str, Any]]] = field(default_factory=dict)

    def insert(self, table: type[Base], row: dict[str, Any]) -> None:
        """Plan one new row; rows of a table all have the same columns."""
        self.inserts.setdefault(table, []).append(row)

    def change(self, table: type[Base], identity: UUID, values: Mapping[str, Any]) -> None:
        """Plan a change of a row by its id."""
        self.changes.setdefault(table, []).append({"id": identity, **values})

    def count(self, outcome: RowOutcome) -> int:
        """How many rows come to this."""
        return sum(1 for result in self.results if result.outcome is outcome)

    def store(self, session: Session) -> None:
        """Write it all, within the caller's transaction."""
        planned = {table.__tablename__: rows for table, rows in self.inserts.items()}
        for table in Base.metadata.sorted_tables:
            if table.name in planned:
                session.execute(insert(table), planned[table.name])
        for changing, changed in self.changes.items():
            for row in changed:
                values = {name: value for name, value in row.items() if name != "id"}
                columns = changing.__table__.c
                session.execute(update(changing).where(columns["id"] == row["id"]).values(values))
