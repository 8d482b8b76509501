"""Taking an import of a programme back: its log keeps the values of records, as they are typed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.kinds import KINDS
from ipweek.domain.records import parse, shown
from ipweek.services.import_undo_log import Step, UndoLog
from ipweek.services.records import as_record, edit_row
from ipweek.storage.tables.kinds import KEEPING

if TYPE_CHECKING:
    from uuid import UUID


def restore_programme(session: Session, actor: Actor, moment: datetime, log: UndoLog) -> None:
    """Give each record that the import changed, and did not add, its former values."""
    added = {step.record for step in log.made}
    for step in log.steps:
        if step.record not in added:
            fields = {field.name: field for field in KINDS[step.kind].fields}
            row = session.get_one(KEEPING[step.kind].table, step.record)
            values = {name: parse(fields[name], text) for name, text in step.before.items()}
            edit_row(session, actor, moment, step.kind, row.code, values)


def programme_values(session: Session, log: UndoLog) -> Iterator[tuple[Step, Mapping[str, Any] | None]]:
    """Each record as the import left it, with what it says now, as typed; None where it is gone."""
    left: dict[UUID, Step] = {}
    for step in (*log.made, *reversed(log.steps)):
        held = left.setdefault(step.record, step)
        left[step.record] = replace(held, after={**held.after, **step.after})
    for step in left.values():
        row = session.get(KEEPING[step.kind].table, step.record)
        values = as_record(session, step.kind, row).values if row is not None else None
        yield step, values and {name: shown(values[name]) for name in step.after}
