"""`result show`, `result check` and `document check`: a navigation result as a whole, its rules, its files."""

import shutil
from typing import TYPE_CHECKING

import click

from ipweek.cli.base import as_json, command, open_app, option
from ipweek.cli.printing import print_json, show
from ipweek.domain.documents import DocumentState
from ipweek.domain.navigation import Severity
from ipweek.i18n import N_

if TYPE_CHECKING:
    from ipweek.bootstrap import App

LEAST = 80


def width() -> int:
    """The terminal's columns, at least as many as the charts need."""
    return max(shutil.get_terminal_size().columns, LEAST)


def show_result(app: "App", code: str, *, as_json: bool) -> None:
    """Everything that is known of a result."""
    page, reach = app.navigation.result(code), app.reports.reach(code)
    if as_json:
        from ipweek.render.result_json import result_json  # noqa: PLC0415 - only where it is wanted

        print_json(result_json(page, reach))
    else:
        from ipweek.render import result_terminal  # noqa: PLC0415 - Rich only where it is shown

        show(result_terminal.terminal(page, reach, width()))


@command(N_("Check a result by the rules; the status is 1 where one is broken."), name="check")
@click.argument("code")
@as_json
@click.pass_context
def check_result(ctx: click.Context, code: str, *, as_json: bool) -> None:
    """Warnings are shown, and hinder nothing."""
    with open_app() as app:
        page = app.navigation.result(code)
    if as_json:
        from ipweek.render.result_json import note_json  # noqa: PLC0415 - only where it is wanted

        print_json([note_json(note, page) for note in page.notes])
    else:
        from ipweek.render import result_terminal  # noqa: PLC0415 - Rich only where it is shown

        show(result_terminal.notes(page, width()))
    ctx.exit(any(note.severity is Severity.BROKEN for note in page.notes))


@command(
    N_("Compare files with the digests that were kept; the status is 1 where one is changed or missing."),
    name="check",
)
@click.argument("code", required=False)
@option("--result", metavar="R", help=N_("only the documents of this result"))
@as_json
@click.pass_context
def check_documents(ctx: click.Context, code: str | None, result: str | None, *, as_json: bool) -> None:
    """All of them, or one."""
    with open_app() as app:
        found = app.documents.check(code, result)
    if as_json:
        from ipweek.render.result_json import check_json  # noqa: PLC0415 - only where it is wanted

        print_json([check_json(one) for one in found])
    else:
        from ipweek.render import result_terminal  # noqa: PLC0415 - Rich only where it is shown

        show(result_terminal.checks(found))
    ctx.exit(any(one.state in (DocumentState.CHANGED, DocumentState.MISSING) for one in found))


MORE = {"result": (check_result,), "document": (check_documents,)}
"""What these groups can do beside the verbs of every kind."""
