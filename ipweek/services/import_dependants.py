"""What stands in the way of taking an import back: whatever refers to its additions, or changed them later."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, and_, or_, select
from sqlalchemy.orm import Session

from ipweek.domain.import_report import Dependant
from ipweek.domain.words import RowOutcome
from ipweek.services.import_undo_log import Key, Step, UndoLog, chunks, is_programme
from ipweek.services.import_undo_names import places_of
from ipweek.services.import_undo_programme import programme_values
from ipweek.storage.tables import Base
from ipweek.storage.tables.audit import AuditEntry
from ipweek.storage.tables.imports import ImportBatch, ImportRow

_WHY = {
    "scans": "scanned",
    "admissions": "scanned",
    "prints": "printed",
    "print_run_badges": "printed",
    "registrations": "registered",
    "enrolments": "enrolled",
    "demands": "demand",
    "receipts": "receipt",
}
_BY_COLUMN = {
    ("registrations", "substitute_for"): "substitute",
    ("registrations", "enterprise_id"): "represented",
    ("people", "enterprise_id"): "represented",
}
_NO_WORK = ("promote", "unmask", "export")
"""What the trail tells of a record without anybody having changed it."""

_DERIVED = ("search_key",)
"""Columns that other changes bring along."""

Where = tuple[str, UUID]
"""A table's name and the id of a row that the import added or changed."""


@dataclass(frozen=True, slots=True)
class _Found:
    where: Where
    why: str
    params: Mapping[str, object]


def dependants(session: Session, log: UndoLog) -> tuple[Dependant, ...]:
    """All of it, one a record and reason, by the rows of the file."""
    found = [*_referring(session, log), *_differing(session, log), *_missing_enterprises(session, log)]
    told = {one.where for one in found}
    later = (*_imported_later(session, log), *_changed_by_hand(session, log))
    found += (one for one in later if one.where not in told)
    once = {(one.where, one.why, str(one.params)): one for one in found}
    places = places_of(session, log, {one.where for one in found})
    made = (Dependant(*places[one.where], one.why, one.params) for one in once.values())
    return tuple(sorted(made, key=lambda one: (one.row, one.name, one.why_code)))


def _referring(session: Session, log: UndoLog) -> Iterator[_Found]:
    """Rows of any table that refer to what was added, and were not added with it."""
    own: dict[str, set[Key]] = {name: set(keys) for name, keys in log.additions.items()}
    added = frozenset(own)
    for step in log.steps:  # what they refer to is compared with what the import left them with
        own.setdefault(step.table.name, set()).add((step.record,))
    for table in Base.metadata.sorted_tables:
        if table.name.startswith("import_") or session.execute(select(table).limit(1)).first() is None:
            continue
        for column in table.columns:
            for reference in column.foreign_keys:
                name = reference.column.table.name
                if name in added:
                    yield from _rows_referring(session, log, table, column, name, own)


def _rows_referring(
    session: Session,
    log: UndoLog,
    table: Table,
    column: Column[Any],
    name: str,
    own: Mapping[str, set[Key]],
) -> Iterator[_Found]:
    mine = own.get(table.name, set())
    why = _BY_COLUMN.get((table.name, column.name)) or _WHY.get(table.name, "referred")
    for chunk in chunks(log.ids(name)):
        rows = session.execute(select(column, *table.primary_key).where(column.in_(chunk)))
        for identity, *key in rows:
            if tuple(key) not in mine:
                yield _Found((name, identity), why, {})


def _differing(session: Session, log: UndoLog) -> Iterator[_Found]:
    """Records that say something else than the import left them with."""
    for step, now in programme_values(session, log) if is_programme(log) else _values(session, log):
        yield from _compared(step, now)


def _values(session: Session, log: UndoLog) -> Iterator[tuple[Step, Mapping[str, Any] | None]]:
    """Each step with what its record said after it: now, or before the step that came then."""
    wanted: dict[str, dict[UUID, None]] = {}
    for step in (*log.steps, *log.made):
        wanted.setdefault(step.table.name, {})[step.record] = None
    now: dict[Where, dict[str, Any]] = {}
    for name, ids in wanted.items():
        table = Base.metadata.tables[name]
        for chunk in chunks(list(ids)):
            for row in session.execute(select(table).where(table.c.id.in_(chunk))).mappings():
                now[name, row["id"]] = dict(row)
    for step in (*log.steps, *log.made):
        held = now.get((step.table.name, step.record))
        if held is None:
            yield step, None
            continue
        yield step, {name: _logged(held[name]) for name in step.after}
        held.update(step.before)


def _logged(value: Any) -> Any:
    """A value as the log keeps it."""
    return value if isinstance(value, str | int | bool | dict | None) else str(value)


def _compared(step: Step, now: Mapping[str, Any] | None) -> Iterator[_Found]:
    where = (step.table.name, step.record)
    if now is None:
        yield _Found(where, "gone", {})
        return
    for name, value in step.after.items():
        if name not in _DERIVED and now[name] != value:
            yield _Found(where, "changed", {"field": name})


def _missing_enterprises(session: Session, log: UndoLog) -> Iterator[_Found]:
    """Registrations whose former enterprise is no more."""
    former = {
        UUID(step.before["enterprise_id"]): step
        for step in log.steps
        if step.table.name == "registrations" and step.before.get("enterprise_id")
    }
    enterprises = Base.metadata.tables["enterprises"]
    there: set[UUID] = set()
    for chunk in chunks(list(former)):
        there.update(session.scalars(select(enterprises.c.id).where(enterprises.c.id.in_(chunk))))
    for identity, step in former.items():
        if identity not in there:
            yield _Found((step.table.name, step.record), "gone", {})


def _imported_later(session: Session, log: UndoLog) -> Iterator[_Found]:
    """Additions that another import changed."""
    tables = {key[0]: name for name, keys in log.additions.items() for key in keys}
    query = (
        select(ImportRow.record_id, ImportBatch.file_name)
        .join(ImportBatch, ImportBatch.id == ImportRow.batch_id)
        .where(
            ImportRow.batch_id != log.batch.id,
            ImportRow.outcome == RowOutcome.UPDATED,
            ImportBatch.undone_at.is_(None),
        )
    )
    for record, file in session.execute(query):
        if record in tables:
            yield _Found((tables[record], record), "imported", {"file": file})


def _changed_by_hand(session: Session, log: UndoLog) -> Iterator[_Found]:
    """What the trail tells of additions after the import."""
    if is_programme(log):
        return
    tables = {key[0]: name for name, keys in log.additions.items() for key in keys}
    for record in session.scalars(_later(session, log)):
        if record in tables:
            yield _Found((tables[record], record), "changed", {})


def _later(session: Session, log: UndoLog) -> Any:
    """The records that the trail names after the import's own entry."""
    own = session.execute(
        select(AuditEntry.run_id, AuditEntry.sequence).where(
            AuditEntry.action == "import", AuditEntry.record_id == log.batch.id
        )
    ).one()
    after = or_(
        and_(AuditEntry.run_id == own.run_id, AuditEntry.sequence > own.sequence),
        and_(AuditEntry.run_id != own.run_id, AuditEntry.happened_at >= log.batch.imported_at),
    )
    return select(AuditEntry.record_id).where(
        after, AuditEntry.record_id.is_not(None), AuditEntry.action.not_in(_NO_WORK)
    )
