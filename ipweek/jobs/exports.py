"""What is in the workspace into a file: written as it is read, so that many rows take no more memory than few."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ipweek.domain.actor import Actor
from ipweek.domain.errors import UsageError
from ipweek.domain.exports import MASKED, Export, ExportKind, Scope
from ipweek.jobs.files import written_whole
from ipweek.jobs.schedule import ScheduleJobs
from ipweek.services.exports import Exports

FORMATS = ("xlsx", "csv", "json")


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What is wanted of which place, in which format; whole numbers and addresses only where `unmask` says so."""

    kind: ExportKind
    scope: Scope
    form: str
    unmask: bool = False


class ExportJobs:
    """Files in the language in force."""

    def __init__(self, exports: Exports, schedule: ScheduleJobs) -> None:
        self._exports = exports
        self._schedule = schedule

    def write(self, actor: Actor, order: ExportOrder, out: Path) -> int:
        """Write a file, and say how many rows it has.

        Raises InvalidError `file-not-writable`, UsageError `event-needed`, NotFoundError.
        """
        with written_whole(out) as file:
            return self.stream(actor, order, file)

    def stream(self, actor: Actor, order: ExportOrder, file: IO[bytes]) -> int:
        """The same into an open file. What is unmasked is noted in the audit before anybody has the file."""
        if order.kind is ExportKind.SCHEDULE:
            made = self._schedule.file(order.form, order.scope.week, order.scope.event)
            file.write(made.content)
            return made.entries
        unmask = order.unmask and order.kind in MASKED
        if unmask:
            self._exports.may_unmask(actor)
        counted = _Counted()
        with self._exports.opened(order.kind, order.scope, unmask=unmask) as export:
            _WRITERS[order.form](file, export, counted.of(export.rows()))
        if unmask:
            self._exports.note(actor, order.kind, order.scope, counted.rows, order.form)
        return counted.rows


class _Counted:
    """Counts rows while they pass."""

    def __init__(self) -> None:
        self.rows = 0

    def of(self, rows: Iterable[Any]) -> Iterator[Any]:
        for row in rows:
            self.rows += 1
            yield row


def form_of(out: Path, form: str | None = None) -> str:
    """The format that is wanted: the one named, else that of the file's ending. Raises UsageError `ending-unknown`."""
    found = form or out.suffix.lower().removeprefix(".")
    if found not in FORMATS:
        raise UsageError("ending-unknown", path=str(out), known=tuple(f".{each}" for each in FORMATS))
    return found


def _csv(file: IO[bytes], export: Export, rows: Iterator[Any]) -> None:
    from ipweek.render import sheets  # noqa: PLC0415 - only where it is wanted

    header, cells = _table(export, rows)
    sheets.write_csv(file, header, cells)


def _xlsx(file: IO[bytes], export: Export, rows: Iterator[Any]) -> None:
    from ipweek.render import export_rows, sheets  # noqa: PLC0415 - only where it is wanted

    header, cells = _table(export, rows)
    sheets.write_xlsx(file, export_rows.title(export.kind), header, cells)


def _table(export: Export, rows: Iterator[Any]) -> tuple[list[str], Iterator[list[object]]]:
    from ipweek.render import export_rows  # noqa: PLC0415 - only where it is wanted

    columns = export_rows.columns(export)
    cells = ([column.value(row, export.zone) for column in columns] for row in rows)
    return [column.title for column in columns], cells


def _json(file: IO[bytes], export: Export, rows: Iterator[Any]) -> None:
    from ipweek.render import export_json  # noqa: PLC0415 - only where it is wanted
    from ipweek.render.json_text import json_text  # noqa: PLC0415

    file.write(b"[")
    for number, row in enumerate(rows):
        told = json_text(export_json.shape(export.kind, row, export.zone)).replace("\n", "\n  ")
        file.write((",\n  " if number else "\n  ").encode() + told.encode("utf-8", "backslashreplace"))
    file.write(b"\n]\n")


_WRITERS: Mapping[str, Callable[[IO[bytes], Export, Iterator[Any]], None]] = {
    "xlsx": _xlsx,
    "csv": _csv,
    "json": _json,
}
