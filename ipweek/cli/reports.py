"""`report`: what came of an event or week."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipweek.cli.base import command, open_app, option
from ipweek.cli.printing import say, show, text_of, write_file
from ipweek.domain.errors import UsageError
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from ipweek.domain.reports import Summary

FORMATS = ("terminal", "md", "json")
_PAPER = 100


@command(N_("The summary of an event or a week; every rate with its numerator and denominator."))
@option("--event", metavar="E", help=N_("the event's code"))
@option("--week", metavar="W", help=N_("the week's code"))
@option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="terminal",
    show_default=True,
    help=N_("the format"),
)
@option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=N_("the file to write; it is there whole or not at all"),
)
def report(event: str | None, week: str | None, form: str, out: Path | None) -> None:
    """In the language of --lang."""
    if bool(event) == bool(week):
        raise UsageError("event-or-week")
    with open_app() as app:
        summary: Summary = app.reports.event(event) if event else app.reports.week(week or "")
    if out is not None:
        write_report(summary, form, out)
        say(_("Written: {path}"), path=out)
    elif form == "terminal":
        show_report(summary)
    else:
        click.echo(_text(summary, form, _PAPER), nl=False)


def show_report(summary: "Summary") -> None:
    """The summary on the terminal, as wide as that is."""
    from ipweek.render import summary_terminal  # noqa: PLC0415 - Rich only where it is shown

    show(summary_terminal.terminal(summary, shutil.get_terminal_size().columns))


def write_report(summary: "Summary", form: str, out: Path) -> None:
    """The summary as a file, whole or not at all. Raises InvalidError `file-not-writable`."""
    write_file(out, _text(summary, form, _PAPER))


def _text(summary: "Summary", form: str, width: int) -> str:
    """The summary as a text that ends with a line feed."""
    if form == "md":
        from ipweek.render.summary_markdown import markdown  # noqa: PLC0415 - only where it is wanted

        return markdown(summary)
    if form == "json":
        from ipweek.render.json_text import json_text  # noqa: PLC0415 - as above
        from ipweek.render.summary_json import json_of  # noqa: PLC0415 - as above

        return json_text(json_of(summary)) + "\n"
    from ipweek.render import summary_terminal  # noqa: PLC0415 - as above

    return text_of(summary_terminal.terminal(summary, width), width)
