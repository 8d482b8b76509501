"""`report`: what came of an event or week."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipweek.cli.base import command, open_app, option
from ipweek.cli.printing import note, say, show
from ipweek.cli.rights import show_whole
from ipweek.domain.errors import UsageError
from ipweek.domain.exports import Scope
from ipweek.i18n import N_, _
from ipweek.services.collector import collector_still

if TYPE_CHECKING:
    from ipweek.jobs.reports import Report

FORMATS = ("terminal", "md", "html", "pdf", "docx", "xlsx", "csv", "json")


@command(N_("The summary of an event or a week; every rate with its numerator and denominator."))
@option("--event", metavar="E", help=N_("the event's code"))
@option("--week", metavar="W", help=N_("the week's code"))
@option("--against", metavar="W", help=N_("another week to hold the week against"))
@option("--format", "form", type=click.Choice(FORMATS), help=N_("the format; else that of the file's ending"))
@option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=N_("the file to write; it is there whole or not at all"),
)
@option("--brief", is_flag=True, help=N_("the brief of one page"))
@option("--public", is_flag=True, help=N_("withhold counts below 5, and what they could be computed from"))
@option("--appendices", is_flag=True, help=N_("add the lists behind the figures, names masked"))
@option(
    "--explain",
    metavar="FIGURE",
    help=N_("explain one figure by its key, with the rows behind it; “list” tells the keys"),
)
@option("--unmask", is_flag=True, help=N_("whole names in the lists; this is noted in the audit"))
@collector_still()
def report(
    event: str | None,
    week: str | None,
    against: str | None,
    form: str | None,
    out: Path | None,
    *,
    brief: bool,
    public: bool,
    appendices: bool,
    explain: str | None,
    unmask: bool,
) -> None:
    """In the language of --lang."""
    from ipweek.jobs.reports import EVENT, PICTURED, TERMINAL, WEEK, ReportOrder, form_of, text  # noqa: PLC0415 - `--help` does without

    if bool(event) == bool(week):
        raise UsageError("event-or-week")
    found = form_of(out, form)
    if explain is not None:
        from ipweek.cli import explanations  # noqa: PLC0415 - as above

        if against or brief or public or appendices:
            raise UsageError("explain-alone")
        explanations.explain(Scope(event, week), explain, found, out, unmask=unmask)
        return
    order = ReportOrder(
        EVENT if event else WEEK,
        event or week or "",
        against,
        brief=brief,
        public=public,
        appendices=appendices or unmask,
        unmask=unmask,
        pictures=found in PICTURED,
    )
    with open_app() as app:
        show_whole(app, unmask=unmask)
        told = app.report_jobs.read(app.actor, order, found)
        if out is not None:
            run = app.report_jobs.write(told, found, out)
            say(_("Written: {path}"), path=out)
            if run.missing:
                note(_("No font has these characters: {characters}"), characters=run.missing)
        elif found == TERMINAL:
            show_report(told)
        else:
            click.echo(text(told, found), nl=False)


def show_report(told: "Report") -> None:
    """The report on the terminal, as wide as that is."""
    from ipweek.render import summary_terminal  # noqa: PLC0415 - Rich only where it is shown

    show(summary_terminal.laid_out(told.document(), shutil.get_terminal_size().columns))
