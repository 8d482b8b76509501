"""`case search` and `case sheet`: finding typical cases, and what to hand out where one is analysed."""

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipweek.cli.base import as_json, command, open_app, option
from ipweek.cli.printing import note, print_rows, say, show
from ipweek.cli.records import GROUPS, shape
from ipweek.domain.cases import CaseFilter
from ipweek.domain.errors import InvalidError, UsageError
from ipweek.domain.records import Field, FieldKind, Record, parse
from ipweek.domain.words import CaseCause, Countermeasure
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ipweek.bootstrap import App
    from ipweek.render.summary_layout import Document

FORMATS = ("terminal", "md", "pdf")
_PAPER = 100
_PAGE = 200
_AS_OF = Field("--as-of", N_("As of"), FieldKind.DAY)


@command(N_("Find cases by words in any of their fields, and by filters; the oldest come first."))
@click.argument("words", nargs=-1, metavar="[WORD]…")
@option("--industry", metavar="CODE", help=N_("only of this industry"))
@option("--forum", metavar="TEXT", help=N_("only before this forum; a part of its name will do"))
@option("--cause", type=click.Choice([cause.value for cause in CaseCause]), help=N_("only of this cause"))
@option(
    "--countermeasure",
    type=click.Choice([measure.value for measure in Countermeasure]),
    help=N_("only where this was done about it"),
)
@as_json
def search(
    words: tuple[str, ...],
    industry: str | None,
    forum: str | None,
    cause: str | None,
    countermeasure: str | None,
    *,
    as_json: bool,
) -> None:
    """All words have to be there."""
    from ipweek.render import case_lists  # noqa: PLC0415 - Rich only where it is shown

    wanted = CaseFilter(
        " ".join(words),
        industry,
        forum,
        CaseCause(cause) if cause else None,
        Countermeasure(countermeasure) if countermeasure else None,
    )
    found: list[Record] = []
    with open_app() as app:
        while page := app.cases.search(wanted, offset=len(found), limit=_PAGE).records:
            found += page
    print_rows(found, as_json=as_json, shape=shape, table=case_lists.cases)


@command(N_("The sheet of a case, or of all that a session analyses: as of the session's day."))
@click.argument("case", required=False)
@option("--session", "place", metavar="S", help=N_("the code of a session or event: all of its cases"))
@option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="terminal",
    show_default=True,
    help=N_("the format"),
)
@option("--as-of", metavar="DATE", help=N_("leave out what happened after this day"))
@option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=N_("the file to write; it is there whole or not at all"),
)
def sheet(case: str | None, place: str | None, form: str, as_of: str | None, out: Path | None) -> None:
    """In the language of --lang."""
    if bool(case) == bool(place):
        raise UsageError("case-or-session")
    if form == "pdf" and out is None:
        raise UsageError("pdf-needs-file")
    day = _day(as_of)
    with open_app() as app:
        jobs = app.case_jobs
        sheets = jobs.of_case(case, day) if case else jobs.of_place(place or "", day)
        if out is None:
            _print(sheets, form)
        else:
            _write(app, sheets, form, out)


def _day(text: str | None) -> date | None:
    """A day as it is typed. Raises UsageError `field-day`."""
    try:
        day: date | None = parse(_AS_OF, text or "")
    except InvalidError as error:
        raise UsageError(error.code, **error.params) from error
    return day


def _print(sheets: "Iterable[Document]", form: str) -> None:
    from ipweek.jobs.cases import markdown  # noqa: PLC0415 - only where it is wanted
    from ipweek.render.summary_terminal import laid_out  # noqa: PLC0415 - Rich only where it is shown

    if form == "md":
        click.echo(markdown(tuple(sheets)), nl=False)
        return
    for number, one in enumerate(sheets):
        if number:
            say("")
        show(laid_out(one, shutil.get_terminal_size().columns))


def _write(app: "App", sheets: "tuple[Document, ...]", form: str, out: Path) -> None:
    from ipweek.cli.printing import write_file  # noqa: PLC0415 - only where it is wanted

    if form == "terminal":
        from ipweek.render.plain_text import plain  # noqa: PLC0415 - as above
        from ipweek.render.summary_terminal import laid_out  # noqa: PLC0415 - as above

        write_file(out, "\n".join(plain(laid_out(one, _PAPER), _PAPER) for one in sheets))
    else:
        run = (app.case_jobs.pdf if form == "pdf" else app.case_jobs.markdown)(sheets, out)
        if run.missing:
            note(_("No font has these characters, which are drawn as boxes: {missing}"), missing=run.missing)
    say(_("Written: {path}"), path=out)


group = GROUPS["case"]
for made in (search, sheet):
    group.add_command(made)
