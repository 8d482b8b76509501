"""What an import did: the log that an undo reads, and the report that people read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.ids import new_id
from ipweek.domain.import_report import ImportReport
from ipweek.domain.import_rows import Problem
from ipweek.domain.imports import Checked
from ipweek.domain.words import RowOutcome
from ipweek.services import audit
from ipweek.services.import_files import File
from ipweek.services.import_plan import Plan
from ipweek.storage.bulk import insert_rows
from ipweek.storage.tables.imports import ImportAddition, ImportBatch, ImportRow
from ipweek.storage.tables.programme import Event

_KEYS_IN_A_PART = 5000
_NOTHING: dict[str, object] = {}


def report(
    file: File, checked: Checked[Any], plan: Plan, batch: UUID | None, *, told: bool, waiting: int = 0
) -> ImportReport:
    """What came of it, or would come; where it is not `told`, errors alone are."""
    refused = frozenset(checked.refused)
    return ImportReport(
        batch=batch,
        kind=file.kind,
        sheet=file.table.sheet,
        header_row=file.table.header_row,
        rows=checked.rows,
        added=plan.count(RowOutcome.ADDED) if told else 0,
        updated=plan.count(RowOutcome.UPDATED) if told else 0,
        unchanged=plan.count(RowOutcome.UNCHANGED) if told else 0,
        refused=len(refused),
        waiting=waiting if told else 0,
        mapping=file.mapping,
        unmapped=file.recognition.unmapped,
        left_out=file.table.left_out,
        problems=_in_order((*checked.problems, *placed(plan.warnings, file))),
        columns=file.columns,
        changes=tuple(sorted(plan.changes, key=lambda change: change.row)) if told else (),
        refused_rows=tuple(row for row in file.table.rows if row.number in refused) if refused else (),
        headers=file.table.columns,
        remembered=bool(file.remembered),
    )


def placed(problems: Sequence[Problem], file: File) -> list[Problem]:
    """Problems of matching, which know the field, with the header that the file has for it."""
    headers = {name: header for header, name in file.mapping.items()}
    return [replace(problem, column=headers.get(problem.column, problem.column)) for problem in problems]


def _in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.row))


def write(
    session: Session,
    actor: Actor,
    moment: datetime,
    event: Event | None,
    file: File,
    checked: Checked[Any],
    plan: Plan,
) -> UUID:
    """Write the batch, what each row did, what was added, and the audit entry."""
    counts = {
        "rows": checked.rows,
        "added": plan.count(RowOutcome.ADDED),
        "updated": plan.count(RowOutcome.UPDATED),
        "unchanged": plan.count(RowOutcome.UNCHANGED),
        "refused": len(checked.refused),
    }
    batch = ImportBatch(
        id=new_id(),
        kind=file.kind,
        event_id=event.id if event else None,
        file_name=file.path.name,
        sha256=file.sha256,
        mapping=file.mapping,
        imported_at=moment,
        operator=actor.operator,
        **counts,
    )
    session.add(batch)
    session.flush()
    insert_rows(session, ImportRow.metadata.tables[ImportRow.__tablename__], _rows(batch, plan))
    for part in _parts(plan):
        insert_rows(
            session,
            ImportAddition.metadata.tables[ImportAddition.__tablename__],
            [{"batch_id": batch.id, **part}],
        )
    after = {"file": file.path.name, "sha256": batch.sha256, **counts}
    audit.record(session, actor, moment, "import", file.kind.value, batch.id, after=after)
    return batch.id


def _rows(batch: ImportBatch, plan: Plan) -> Iterator[dict[str, Any]]:
    for result in chain(plan.results, plan.sides):
        yield {
            "id": new_id(),
            "batch_id": batch.id,
            "number": result.number,
            "outcome": result.outcome,
            "record_kind": result.record_kind or batch.kind.value,
            "record_id": result.record_id,
            "before": _plain(result.before),
            "after": _plain(result.after),
        }


def _parts(plan: Plan) -> Iterator[dict[str, Any]]:
    for table, keys in plan.additions():
        for part, start in enumerate(range(0, len(keys), _KEYS_IN_A_PART)):
            yield {"table_name": table, "part": part, "keys": keys[start : start + _KEYS_IN_A_PART]}


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    if not values:
        return _NOTHING
    kept = (str, int, bool, dict, type(None))
    return {name: value if isinstance(value, kept) else str(value) for name, value in values.items()}
