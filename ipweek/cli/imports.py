"""`import`: a spreadsheet of enterprises, registrations, a programme or patents, all or nothing unless `--partial`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ipweek.cli.base import Group, as_json, command, event_option, open_app, option
from ipweek.cli.import_undo import mappings, undo
from ipweek.cli.patents import patents
from ipweek.cli.printing import note, print_json, print_rows, say
from ipweek.cli.progress import importing
from ipweek.cli.timetable import check_scope, of_event, of_week
from ipweek.domain.errors import UsageError
from ipweek.domain.import_recognition import parse_map
from ipweek.domain.import_report import BatchLine, ImportReport
from ipweek.domain.words import ImportKind
from ipweek.i18n import N_, _
from ipweek.render import import_lines, problems

if TYPE_CHECKING:
    from ipweek.bootstrap import App

_F = TypeVar("_F", bound=Callable[..., Any])
_DONE_IN_PART = 3
_SHOWN = 200


def _reading(function: _F) -> _F:
    """The argument and options of every import."""
    for add in (
        as_json,
        option("--partial", is_flag=True, help=N_("take the good rows and leave the others")),
        option("--dry-run", is_flag=True, help=N_("say what would happen and store nothing")),
        option(
            "--errors",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="OUT.xlsx",
            callback=_workbook,
            help=N_("write the refused rows with their reasons, to mend and import again"),
        ),
        option(
            "--header-row",
            type=click.IntRange(1),
            metavar="N",
            help=N_("the row of the headers, as the spreadsheet numbers it"),
        ),
        option("--sheet", metavar="S", help=N_("the sheet to read, where a workbook has several")),
        option(
            "--map",
            "columns",
            multiple=True,
            metavar="COL=FIELD",
            help=N_("which column holds which field; - for none"),
        ),
        click.argument("file", type=click.Path(path_type=Path)),
    ):
        function = add(function)
    return function


def _workbook(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
    """Refuse another ending before anything is read."""
    if value is not None and value.suffix.lower() != ".xlsx":
        raise UsageError("ending-unknown", path=value.name, known=[".xlsx"])
    return value


@command(N_("Import enterprises from .xlsx, .xls, .ods or .csv."))
@_reading
def enterprises(**asked: Any) -> None:
    """Known enterprises are completed, never emptied."""
    _import(
        lambda app, file, about: app.imports.run(app.actor, ImportKind.ENTERPRISES, file, **about), **asked
    )


@command(N_("Import the registrations of an event from .xlsx, .xls, .ods or .csv."))
@event_option
@_reading
def registrations(event: str, **asked: Any) -> None:
    """The same file twice changes nothing."""
    kind = ImportKind.REGISTRATIONS
    _import(lambda app, file, about: app.imports.run(app.actor, kind, file, event, **about), **asked)


@command(N_("Import the answers to an online form about an event from .xlsx, .xls, .ods or .csv."))
@event_option
@_reading
def feedback(event: str, **asked: Any) -> None:
    """Matched to people by phone, anonymous otherwise."""
    kind = ImportKind.FEEDBACK
    _import(lambda app, file, about: app.imports.run(app.actor, kind, file, event, **about), **asked)


@command(N_("Import events and sessions of a week, or sessions of an event, from .xlsx, .xls, .ods or .csv."))
@of_event
@of_week
@_reading
def programme(event: str | None, week: str | None, **asked: Any) -> None:
    """Rooms and speakers that are not known yet are added."""
    check_scope(event, week)
    _import(lambda app, file, about: app.imports.programme(app.actor, file, week, event, **about), **asked)


def _import(
    run: Callable[["App", Path, dict[str, Any]], ImportReport],
    file: Path,
    columns: tuple[str, ...],
    errors: Path | None,
    *,
    as_json: bool,
    **about: Any,
) -> None:
    """Run an import, tell what came of it, and leave with the status that says so."""
    about["columns"] = parse_map(columns)
    with open_app() as app, importing(file) as progress:
        report = run(app, file, {**about, "progress": progress})
    if as_json:
        print_json(shape(report))
    else:
        _tell(report, dry_run=about["dry_run"])
    if errors is not None and report.refused_rows:
        from ipweek.jobs.imports import write_refused  # noqa: PLC0415 - only where it is wanted

        note(_("Refused rows, ready to mend and import again: {path}"), path=write_refused(report, errors))
    if report.refused:
        click.get_current_context().exit(_DONE_IN_PART if about["partial"] else 1)


def shape(report: ImportReport) -> dict[str, Any]:
    """What `import --json` prints: the counts and the errors, and what else there is to know."""
    return {
        "batch": str(report.batch) if report.batch else None,
        "rows": report.rows,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "refused": report.refused,
        "errors": [problems.as_json(found) for found in report.problems if found.severity == "error"],
        "warnings": [problems.as_json(found) for found in report.problems if found.severity != "error"],
        **import_lines.report_json(report),
    }


def _tell(report: ImportReport, *, dry_run: bool) -> None:
    for problem in report.problems:
        note("{line}", line=problems.line(problem))
    _tell_columns(report, dry_run=dry_run)
    _tell_changes(report, dry_run=dry_run)
    counts = _("{rows} rows: {added} added, {updated} updated, {unchanged} unchanged, {refused} refused")
    say(counts, rows=report.rows, added=report.added, updated=report.updated, unchanged=report.unchanged,
        refused=report.refused)  # fmt: skip
    if report.waiting:
        say(_("{count} of them wait for a place"), count=report.waiting)
    if dry_run:
        say(_("Nothing was stored: this was a dry run."))
    elif not report.written:
        say(_("Nothing was stored: correct the rows above, or add --partial to take the others."))
    else:
        note(_("To take it back: ipweek import undo {batch}"), batch=report.batch)


def _tell_columns(report: ImportReport, *, dry_run: bool) -> None:
    if report.remembered:
        note(
            _(
                "The columns are read as in an earlier import of these headers; “ipweek import mappings list” shows them."
            )
        )
    if dry_run:
        if report.sheet:
            say(_("Sheet {sheet}, headers in row {row}:"), sheet=report.sheet, row=report.header_row)
        else:
            say(_("Headers in row {row}:"), row=report.header_row)
        for guess in report.columns:
            say("  {line}", line=import_lines.column_line(guess))
    elif report.unmapped:
        note(_("Columns that were left out: {columns}"), columns=_(", ").join(report.unmapped))


def _tell_changes(report: ImportReport, *, dry_run: bool) -> None:
    """Every difference of a dry run; of an import those that ask for a second look."""
    warned = {problem.row for problem in report.problems if problem.code == "phone-known"}
    found = [one for one in report.changes if dry_run or (one.duplicate_of and one.row not in warned)]
    tell = say if dry_run else note
    for change in found[:_SHOWN]:
        tell("{line}", line=import_lines.change_line(change))
    if len(found) > _SHOWN:
        tell(_("… and {n} more"), n=len(found) - _SHOWN)


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
for made in (enterprises, registrations, programme, patents, feedback, undo, list_all, mappings):
    group.add_command(made)
