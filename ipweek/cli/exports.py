"""`export`: what is in the workspace, as files that other programs read."""

from pathlib import Path

import click

from ipweek.cli.base import Group, command, open_app, option
from ipweek.cli.printing import note, say
from ipweek.cli.timetable import check_scope, of_event, of_week
from ipweek.domain.errors import UsageError
from ipweek.i18n import N_, _, language

_FORMATS = ("ics", "xlsx", "csv", "json")


@command(N_("The programme of a week or an event as a calendar, a table or JSON, in the language of --lang."))
@of_event
@of_week
@option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help=N_("the format; else that of the file's ending, else ics"),
)
@option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=N_("the file to write; it is there whole or not at all"),
)
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
group.add_command(schedule)
