"""`import patents`: a patent export into figures of a result."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipweek.cli.base import as_json, command, open_app, option
from ipweek.cli.printing import note, print_json, say, show
from ipweek.cli.progress import stoppable
from ipweek.domain.errors import InvalidError
from ipweek.domain.import_recognition import parse_map
from ipweek.domain.patent_figures import TallyTerms
from ipweek.domain.words import ApplicantRule, CountUnit
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from ipweek.domain.patent_imports import PatentReport

_DONE_IN_PART = 3


@command(
    N_("Count a patent export for a draft result: levels, years, branches, applicants. Ctrl+C stops it.")
)
@click.argument("file", type=click.Path(path_type=Path))
@option("--result", required=True, metavar="R", help=N_("the result's code; it must be a draft"))
@option(
    "--map",
    "columns",
    multiple=True,
    metavar="COL=FIELD",
    help=N_("which column holds which field; - for none"),
)
@option("--sheet", metavar="S", help=N_("the sheet to read, where a workbook has several"))
@option(
    "--unit",
    type=click.Choice([unit.value for unit in CountUnit]),
    help=N_("what counts once; else the export's own"),
)
@option(
    "--rule",
    type=click.Choice([rule.value for rule in ApplicantRule]),
    default=ApplicantRule.FIRST.value,
    help=N_("whose region counts: the first applicant's, or any"),
)
@option("--cut-off", metavar="DATE", help=N_("the day up to which the data go; else the latest publication"))
@option(
    "--region",
    metavar="CODE",
    help=N_("the city's region code, such as 441300; else that of the result's week"),
)
@option("--top", type=click.IntRange(1, 1000), default=20, help=N_("how many applicants of each level"))
@option("--dry-run", is_flag=True, help=N_("say what would happen and store nothing"))
@as_json
@click.pass_context
def patents(
    ctx: click.Context,
    file: Path,
    result: str,
    columns: tuple[str, ...],
    sheet: str | None,
    unit: str | None,
    rule: str,
    cut_off: str | None,
    region: str | None,
    top: int,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Everything is stored or nothing; rows without a number are left out and told."""
    from ipweek.domain.patent_imports import PatentReport  # noqa: PLC0415 - `--help` does without

    terms = TallyTerms(CountUnit(unit) if unit else None, None, ApplicantRule(rule), _day(cut_off), top)
    with open_app() as app, stoppable() as stopped, _progress(file) as progress:
        preview = app.patents.preview(
            file,
            result,
            terms,
            mapping=parse_map(columns),
            sheet=sheet,
            region=region,
            progress=progress,
            stopped=stopped,
        )
        report = PatentReport(None, preview) if dry_run else app.patents.store(app.actor, preview)
    if as_json:
        from ipweek.render.patent_json import report_json  # noqa: PLC0415 - only where it is wanted

        print_json(report_json(report))
    else:
        _tell(report)
    if preview.figures.refused:
        ctx.exit(_DONE_IN_PART)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidError("field-day", field="cut_off", value=text) from None


def _tell(report: "PatentReport") -> None:
    from rich.console import Group  # noqa: PLC0415 - Rich only where it is shown

    from ipweek.cli.results import width  # noqa: PLC0415 - as above
    from ipweek.render.patent_lines import preview_lines  # noqa: PLC0415
    from ipweek.render.result_terminal import texts  # noqa: PLC0415

    show(Group(*texts(preview_lines(report.preview, width()))))
    say("")
    if report.batch is None:
        say(_("Nothing was stored: this was a dry run."))
        return
    say(
        _("Stored in {result} as imported figures; batch {batch}"),
        result=report.preview.result,
        batch=report.batch,
    )
    if report.linked:
        say(_("Applicants that are enterprises here: {n}"), n=report.linked)


@contextmanager
def _progress(file: Path) -> Iterator[Callable[[int, int], None]]:
    """A bar with the time left, where somebody sees stderr."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    note(_("Opening {file} …"), file=file.name)
    bar: Any = click.progressbar(length=1000, label=_("Reading"), file=sys.stderr)
    with bar:

        def told(done: int, of: int) -> None:
            bar.update(1000 * done // max(of, 1) - bar.pos)

        yield told
