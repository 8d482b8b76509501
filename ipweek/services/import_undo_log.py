"""What a batch's log says that an undo needs: what was added, and each change in the order to take it back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from ipweek.domain.words import ImportKind, RowOutcome
from ipweek.storage.tables import Base
from ipweek.storage.tables.imports import ImportAddition, ImportBatch, ImportRow

Key = tuple[UUID, ...]
_AT_ONCE = 2000
_TABLES = {
    "enterprises": "enterprises",
    "registrations": "registrations",
    "feedback": "feedback",
    "person": "people",
    "label": "enterprise_labels",
    "contact": "enterprise_contacts",
    "event": "events",
    "session": "sessions",
    "venue": "venues",
    "room": "rooms",
    "speaker": "speakers",
}
"""The tables of the kinds of records that an import's rows name."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Step:
    """What a row of the file did to a record: the values before and after, as the log keeps them."""

    row: int
    kind: str
    table: Table
    record: UUID
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class UndoLog:
    """`additions` are keys by table; `steps` the changes, the last one first; `made` what was added with its values."""

    batch: ImportBatch
    additions: Mapping[str, Sequence[Key]]
    steps: Sequence[Step]
    made: Sequence[Step]
    rows: Mapping[UUID, int]

    def ids(self, table: str) -> list[UUID]:
        """The ids of what was added to a table."""
        return [key[0] for key in self.additions.get(table, ())]


def log_of(session: Session, batch: ImportBatch) -> UndoLog | None:
    """The log of a batch; None for one of an older version, which kept too little."""
    columns = (ImportRow.number, ImportRow.outcome, ImportRow.record_kind, ImportRow.record_id,
               ImportRow.before, ImportRow.after)  # fmt: skip
    query = select(*columns).where(ImportRow.batch_id == batch.id)
    steps: list[Step] = []
    made: list[Step] = []
    rows: dict[UUID, int] = {}
    for number, outcome, kind, record, before, after in session.execute(
        query.order_by(ImportRow.number.desc(), ImportRow.id.desc())
    ):
        if after is None:
            return None
        rows[record] = number
        if before or after:
            step = Step(number, kind, Base.metadata.tables[_TABLES[kind]], record, before, after)
            (steps if outcome is RowOutcome.UPDATED else made).append(step)
    return UndoLog(batch, _additions(session, batch), steps, made, rows)


def _additions(session: Session, batch: ImportBatch) -> dict[str, list[Key]]:
    found: dict[str, list[Key]] = {}
    query = select(ImportAddition).where(ImportAddition.batch_id == batch.id)
    for part in session.scalars(query.order_by(ImportAddition.table_name, ImportAddition.part)):
        keys = found.setdefault(part.table_name, [])
        keys += (tuple(UUID(hex=one) for one in key.split(":")) for key in part.keys)
    return found


def chunks(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """So many at once as one statement takes."""
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def is_programme(log: UndoLog) -> bool:
    """Whether the values of the log are those of records, not of rows."""
    return log.batch.kind is ImportKind.PROGRAMME
