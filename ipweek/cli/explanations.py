"""`report --explain`: what a figure means, and the rows behind it."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipweek.cli.base import open_app
from ipweek.cli.printing import print_json, say, show, write_file
from ipweek.cli.rights import show_whole
from ipweek.domain.errors import UsageError
from ipweek.domain.exports import Scope
from ipweek.i18n import _

if TYPE_CHECKING:
    from ipweek.render.summary_layout import Document

LIST = "list"
TERMINAL, MARKDOWN, JSON = FORMATS = ("terminal", "md", "json")
_PAPER = 100


def explain(scope: Scope, key: str, form: str, out: Path | None, *, unmask: bool) -> None:
    """Print or write what is behind a figure; for `list`, which figures there are.

    Raises UsageError `explain-format`, and as `Explanations.explain` does.
    """
    from ipweek.render import explanation, explanation_json  # noqa: PLC0415 - `--help` does without

    if form not in FORMATS:
        raise UsageError("explain-format", format=form)
    with open_app() as app:
        if key == LIST:
            summary = app.reports.event(scope.event) if scope.event else app.reports.week(scope.week or "")
            _put(lambda: explanation.listed(summary), lambda: explanation_json.listed(summary), form, out)
        else:
            show_whole(app, unmask=unmask)
            told = app.explanations.explain(app.actor, scope, key, unmask=unmask, limit=None)
            _put(lambda: explanation.document(told), lambda: explanation_json.shape(told), form, out)


def _put(document: Callable[[], "Document"], shape: Callable[[], Any], form: str, out: Path | None) -> None:
    from ipweek.render import summary_terminal  # noqa: PLC0415 - Rich only where it is shown

    if out is not None:
        write_file(out, _text(document, shape, form))
        say(_("Written: {path}"), path=out)
    elif form == JSON:
        print_json(shape())
    elif form == MARKDOWN:
        click.echo(_text(document, shape, form), nl=False)
    else:
        show(summary_terminal.laid_out(document(), shutil.get_terminal_size().columns))


def _text(document: Callable[[], "Document"], shape: Callable[[], Any], form: str) -> str:
    """As a text that ends with a line feed."""
    from ipweek.render import summary_markdown, summary_terminal  # noqa: PLC0415 - `--help` does without
    from ipweek.render.json_text import json_text  # noqa: PLC0415 - as above
    from ipweek.render.plain_text import plain  # noqa: PLC0415 - as above

    if form == JSON:
        return json_text(shape()) + "\n"
    if form == MARKDOWN:
        return summary_markdown.laid_out(document())
    return plain(summary_terminal.laid_out(document(), _PAPER), _PAPER)
