"""`import`: a spreadsheet of enterprises, registrations, a programme or patents, all or nothing unless `--partial`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ipweek.cli.base import Group, as_json, command, event_option, open_app, option
from ipweek.cli.patents import patents, undo
from ipweek.cli.printing import note, print_json, print_rows, say
from ipweek.cli.timetable import check_scope, of_event, of_week
from ipweek.domain.import_fields import parse_map
from ipweek.domain.import_report import BatchLine, ImportReport
from ipweek.domain.words import ImportKind
from ipweek.i18n import N_, _
from ipweek.render import problems

_F = TypeVar("_F", bound=Callable[..., Any])
_DONE_IN_PART = 3


def _reading(function: _F) -> _F:
    """The argument and options of every import."""
    for add in (
        as_json,
        option("--partial", is_flag=True, help=N_("take the good rows and leave the others")),
        option("--dry-run", is_flag=True, help=N_("say what would happen and store nothing")),
        option("--sheet", metavar="S", help=N_("the sheet to read, where a workbook has several")),
        option(
            "--map", "columns", multiple=True, metavar="COL=FIELD", help=N_("which column holds which field")
        ),
        click.argument("file", type=click.Path(path_type=Path)),
    ):
        function = add(function)
    return function


@command(N_("Import enterprises from .xlsx, .xls, .ods or .csv."))
@_reading
def enterprises(**asked: Any) -> None:
    """Known enterprises are completed, never emptied."""
    _import(ImportKind.ENTERPRISES, None, **asked)


@command(N_("Import the registrations of an event from .xlsx, .xls, .ods or .csv."))
@event_option
@_reading
def registrations(event: str, **asked: Any) -> None:
    """The same file twice changes nothing."""
    _import(ImportKind.REGISTRATIONS, event, **asked)


@command(N_("Import events and sessions of a week, or sessions of an event, from .xlsx, .xls, .ods or .csv."))
@of_event
@of_week
@_reading
def programme(
    event: str | None,
    week: str | None,
    file: Path,
    columns: tuple[str, ...],
    sheet: str | None,
    *,
    dry_run: bool,
    partial: bool,
    as_json: bool,
) -> None:
    """Rooms and speakers that are not known yet are added."""
    check_scope(event, week)
    mapping = parse_map(columns)
    with open_app() as app:
        report = app.imports.programme(
            app.actor, file, week, event, sheet=sheet, columns=mapping, dry_run=dry_run, partial=partial
        )
    _finish(report, dry_run=dry_run, partial=partial, as_json=as_json)


def _import(
    kind: ImportKind,
    event: str | None,
    file: Path,
    columns: tuple[str, ...],
    sheet: str | None,
    *,
    dry_run: bool,
    partial: bool,
    as_json: bool,
) -> None:
    mapping = parse_map(columns)
    with open_app() as app:
        report = app.imports.run(
            app.actor, kind, file, event, sheet=sheet, columns=mapping, dry_run=dry_run, partial=partial
        )
    _finish(report, dry_run=dry_run, partial=partial, as_json=as_json)


def _finish(report: ImportReport, *, dry_run: bool, partial: bool, as_json: bool) -> None:
    """Tell what came of it, and leave with the status that says so."""
    if as_json:
        print_json(shape(report))
    else:
        _tell(report, dry_run=dry_run)
    if report.refused:
        click.get_current_context().exit(_DONE_IN_PART if partial else 1)


def shape(report: ImportReport) -> dict[str, Any]:
    """What `import --json` prints: the errors, and no warnings."""
    return {
        "batch": str(report.batch) if report.batch else None,
        "rows": report.rows,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "refused": report.refused,
        "errors": [problems.as_json(found) for found in report.problems if found.severity == "error"],
    }


def _tell(report: ImportReport, *, dry_run: bool) -> None:
    for problem in report.problems:
        note("{line}", line=problems.line(problem))
    if report.unmapped:
        note(_("Columns that were left out: {columns}"), columns=_(", ").join(report.unmapped))
    counts = _("{rows} rows: {added} added, {updated} updated, {unchanged} unchanged, {refused} refused")
    say(counts, rows=report.rows, added=report.added, updated=report.updated, unchanged=report.unchanged,
        refused=report.refused)  # fmt: skip
    if report.waiting:
        say(_("{count} of them wait for a place"), count=report.waiting)
    if dry_run:
        say(_("Nothing was stored: this was a dry run."))
    elif not report.written:
        say(_("Nothing was stored: correct the rows above, or add --partial to take the others."))


@command(N_("List the imports so far, the newest first."), name="list")
@as_json
def list_all(*, as_json: bool) -> None:
    """With their counts."""
    from ipweek.render import lists  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        found = app.imports.batches()
    print_rows(found, as_json=as_json, shape=_batch, table=lists.batches)


def _batch(line: BatchLine) -> dict[str, Any]:
    return {
        "batch": str(line.id),
        "kind": line.kind,
        "event": line.event,
        "result": line.result,
        "file": line.file_name,
        "rows": line.rows,
        "added": line.added,
        "updated": line.updated,
        "unchanged": line.unchanged,
        "refused": line.refused,
        "at": line.imported_at,
        "undone_at": line.undone_at,
        "operator": line.operator,
    }


group = Group("import", help=N_("Read a spreadsheet: all of it or, with any error, nothing."))
for made in (enterprises, registrations, programme, patents, undo, list_all):
    group.add_command(made)
