"""`export`: what is in the workspace, as files that other programs read."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, TypeVar

import click

from ipweek.cli.base import Group, command, event_option, open_app, option
from ipweek.cli.printing import note, say
from ipweek.cli.rights import show_whole
from ipweek.cli.timetable import check_scope, of_event, of_week
from ipweek.domain.errors import UsageError
from ipweek.domain.exports import ExportKind, Scope
from ipweek.i18n import N_, _, language

_F = TypeVar("_F", bound=Callable[..., Any])
_PART = 2**20
_FORMATS = ("ics", "xlsx", "csv", "json")
_out = option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=N_("the file to write; it is there whole or not at all"),
)


def _writing(function: _F) -> _F:
    """The options of every export of rows."""
    for add in (
        option(
            "--unmask",
            is_flag=True,
            help=N_("whole phone numbers, e-mail addresses and codes; this is audited"),
        ),
        _out,
        option(
            "--format",
            "form",
            type=click.Choice(("xlsx", "csv", "json")),
            help=N_("the format; else that of the file's ending, else csv"),
        ),
    ):
        function = add(function)
    return function


@command(N_("The registrations of an event, in columns that the import reads again."))
@event_option
@_writing
def registrations(event: str, **asked: Any) -> None:
    """Cancelled and waiting ones too."""
    _export(ExportKind.REGISTRATIONS, Scope(event=event), **asked)


@command(N_("Enterprises with labels, contacts and quota, in columns that the import reads again."))
@of_event
@_writing
def enterprises(event: str | None, **asked: Any) -> None:
    """All, or those with a registration at an event."""
    _export(ExportKind.ENTERPRISES, Scope(event=event), **asked)


@command(N_("The log of an event's doors, one row a scan, refused ones too."))
@event_option
@_writing
def scans(event: str, **asked: Any) -> None:
    """The first scan first."""
    _export(ExportKind.SCANS, Scope(event=event), **asked)


@command(N_("What enterprises ask for, of an event or a week."))
@of_event
@of_week
@_writing
def demands(event: str | None, week: str | None, **asked: Any) -> None:
    """Confidential texts are masked too."""
    check_scope(event, week)
    _export(ExportKind.DEMANDS, Scope(event, week), **asked)


@command(N_("The answers to an event's forms, in columns that the import reads again."))
@event_option
@_writing
def feedback(event: str, **asked: Any) -> None:
    """Anonymous ones without a name."""
    _export(ExportKind.FEEDBACK, Scope(event=event), **asked)


def _export(kind: ExportKind, scope: Scope, form: str | None, out: Path | None, *, unmask: bool) -> None:
    """To stdout where no file is named."""
    from ipweek.jobs.exports import ExportOrder, form_of  # noqa: PLC0415 - `--help` does without

    form = form_of(out, form) if out else form or "csv"
    if out is None and form == "xlsx":
        raise UsageError("xlsx-needs-file")
    order = ExportOrder(kind, scope, form, unmask)
    with open_app() as app:
        show_whole(app, unmask=unmask)
        if out is not None:
            rows = app.export_jobs.write(app.actor, order, out)
            say(_("Written: {path}, rows: {n}"), path=out, n=rows)
            return
        with TemporaryFile() as held:
            app.export_jobs.stream(app.actor, order, held)
            held.seek(0)
            while part := held.read(_PART):
                click.echo(part, nl=False)


@command(N_("The programme of a week or an event as a calendar, a table or JSON, in the language of --lang."))
@of_event
@of_week
@option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help=N_("the format; else that of the file's ending, else ics"),
)
@_out
def schedule(event: str | None, week: str | None, form: str | None, out: Path | None) -> None:
    """To stdout where no file is named."""
    check_scope(event, week)
    ending = out.suffix.lower().removeprefix(".") if out else ""
    form = form or (ending if ending in _FORMATS else "ics")
    if form == "xlsx" and out is None:
        raise UsageError("xlsx-needs-file")
    with open_app() as app:
        if out is None:
            made = app.schedule_jobs.file(form, week, event)
            click.echo(made.content, nl=False)
        else:
            made = app.schedule_jobs.write(out, form, week, event)
            say(_("Written: {path}"), path=out)
    for slot in made.left_out:
        note(_("Left out, because no day is stated: {name}"), name=slot.name(language()))


group = Group("export", help=N_("Write what is here into files that other programs read."))
for made in (registrations, enterprises, scans, schedule, demands, feedback):
    group.add_command(made)
