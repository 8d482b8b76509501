"""Results to stdout, everything else to stderr; nothing that a person typed reaches the terminal raw."""

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipweek.domain.text import clean

if TYPE_CHECKING:
    from rich.console import RenderableType


def say(message: str, **values: object) -> None:
    """A line of result; the values are cleaned before they take their places."""
    click.echo(filled(message, values))


def note(message: str, **values: object) -> None:
    """A line that is no result, to stderr."""
    click.echo(filled(message, values), err=True)


def filled(message: str, values: Mapping[str, object]) -> str:
    """A translated message with its values, cleaned."""
    return message.format(**{name: clean(str(value)) for name, value in values.items()})


def print_json(value: Any, *, line: bool = False) -> None:
    """JSON, indented or, with `line`, as one line; either is flushed at once."""
    from ipweek.render.json_text import json_text  # noqa: PLC0415 - only where it is wanted

    click.echo(json_text(value, line=line))


def show(renderable: "RenderableType") -> None:
    """A Rich table or text, in the terminal's width; into a file or a pipe nothing is cut off."""
    from rich.console import Console  # noqa: PLC0415 - Rich is not loaded for `--help`

    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = max(console.width, console.measure(renderable, options=_endless(console)).maximum)
    console.print(renderable)


def _endless(console: Any) -> Any:
    return console.options.update(width=10_000)


def under(title: str, renderable: "RenderableType") -> None:
    """A renderable under a title of its own."""
    say("")
    say("{title}", title=title)
    show(renderable)


def print_rows(
    rows: Iterable[Any], *, as_json: bool, shape: Callable[[Any], Any], table: Callable[[Any], Any]
) -> None:
    """A list, either way."""
    found = list(rows)
    if as_json:
        print_json([shape(row) for row in found])
    else:
        show(table(found))


def write_file(out: Path, text: str) -> None:
    """Put a text at a path, whole or not at all. Raises InvalidError `file-not-writable`."""
    from ipweek.jobs.files import written_whole  # noqa: PLC0415 - `--help` does without

    with written_whole(out) as file:
        file.write(text.encode("utf-8", "backslashreplace"))
