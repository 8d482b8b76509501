"""`import undo` and `import mappings`: taking an import back, and what imports remember of columns."""

from typing import TYPE_CHECKING, Any

import click

from ipweek.cli.base import Group, as_json, command, open_app, option, yes
from ipweek.cli.base import confirm as ask
from ipweek.cli.printing import note, print_json, print_rows, say
from ipweek.domain.errors import InvalidError, UsageError
from ipweek.domain.import_report import MappingLine, UndoReport
from ipweek.domain.words import ImportKind
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from ipweek.bootstrap import App

_SHOWN = 50


@command(
    N_(
        "Take an import back, unless later work stands on it: what it added goes, what it changed is as before."
    )
)
@click.argument("batch")
@option("--dry-run", is_flag=True, help=N_("say what would happen and change nothing"))
@yes
@as_json
def undo(batch: str, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Figures of a patent export go from drafts; a released result keeps its own."""
    with open_app() as app:
        if app.imports.kind_of(batch) is ImportKind.PATENTS:
            _undo_patents(app, batch, dry_run=dry_run, yes=yes, as_json=as_json)
            return
        if not dry_run:
            ask(N_("Take back everything that the import {batch} did?"), yes=yes, batch=batch)
        try:
            report = app.imports.undo(app.actor, batch, dry_run=dry_run)
        except InvalidError as error:
            _tell_dependants(error.params.get("dependants", ()))
            raise
    _finish(report, dry_run=dry_run, as_json=as_json)


def _undo_patents(app: "App", batch: str, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    if dry_run:
        raise UsageError("undo-no-dry-run")
    ask(N_("Remove all figures of the import {batch} from drafts?"), yes=yes, batch=batch)
    line = app.patents.undo(app.actor, batch)
    if as_json:
        from ipweek.render.patent_json import import_json  # noqa: PLC0415 - only where it is wanted

        print_json(import_json(line))
    else:
        say(_("Undone: {file}, imported into {result}"), file=line.file_name, result=line.result)


def _finish(report: UndoReport, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        print_json(_shape(report, dry_run=dry_run))
    elif report.dependants:
        _tell_dependants(report.dependants)
        say(_("{file} cannot be taken back: later work stands on it."), file=report.file_name)
    else:
        counts = {"file": report.file_name, "removed": report.removed, "restored": report.restored}
        if dry_run:
            say(_("{file} can be taken back: {removed} would go, {restored} would be as before."), **counts)
        else:
            say(_("Taken back: {file}; {removed} gone, {restored} as before."), **counts)
    if report.dependants:
        click.get_current_context().exit(1)


def _tell_dependants(found: Any) -> None:
    from ipweek.render.import_lines import dependant_line  # noqa: PLC0415 - only where it is shown

    for one in found[:_SHOWN]:
        note("{line}", line=dependant_line(one))
    if len(found) > _SHOWN:
        note(_("… and {n} more"), n=len(found) - _SHOWN)


def _shape(report: UndoReport, *, dry_run: bool) -> dict[str, Any]:
    from ipweek.render.import_lines import dependant_json  # noqa: PLC0415 - only where it is wanted

    return {
        "batch": str(report.batch),
        "file": report.file_name,
        "undone": not dry_run and not report.dependants,
        "removed": report.removed,
        "restored": report.restored,
        "dependants": [dependant_json(one) for one in report.dependants],
    }


@command(N_("List the remembered mappings of columns, the one used last first."), name="list")
@as_json
def list_mappings(*, as_json: bool) -> None:
    """One for each set of headers that the synonyms alone do not explain."""
    from ipweek.render import lists  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        found = app.imports.mappings()
    print_rows(found, as_json=as_json, shape=_mapping, table=lists.mappings)


def _mapping(line: MappingLine) -> dict[str, Any]:
    return {"id": str(line.id), "kind": line.kind, "mapping": dict(line.mapping), "used_at": line.used_at}


@command(N_("Forget a remembered mapping, or with --all every one."))
@click.argument("mapping", required=False)
@option("--all", "everything", is_flag=True, help=N_("forget them all"))
def forget(mapping: str | None, *, everything: bool) -> None:
    """The next file with these headers begins with the guess again."""
    if (mapping is None) is not everything:
        raise UsageError("mapping-or-all")
    with open_app() as app:
        count = app.imports.forget(mapping)
    say(_("Forgotten: {count}"), count=count)


mappings = Group("mappings", help=N_("What imports remember of the columns of files."))
for made in (list_mappings, forget):
    mappings.add_command(made)
