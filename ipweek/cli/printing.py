"""Results to stdout, everything else to stderr; nothing that a person typed reaches the terminal raw."""

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ipweek.domain.starts import Start
from ipweek.domain.text import clean, is_hidden

if TYPE_CHECKING:
    from rich.console import RenderableType

_BEYOND_ASCII = re.compile(r"[^\x00-\x7e]")


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
    click.echo(json_text(value, line=line))


def json_text(value: Any, *, line: bool = False) -> str:
    """The value as JSON: moments in ISO 8601, what would steer a terminal as an escape."""
    told = json.dumps(value, ensure_ascii=False, indent=None if line else 2, default=_plain)
    return _BEYOND_ASCII.sub(lambda found: _escaped(found[0]), told)


def _escaped(char: str) -> str:
    return f"\\u{ord(char):04x}" if is_hidden(char) else char


def _plain(value: object) -> Any:
    if isinstance(value, Start):
        return str(value).replace(" ", "T")
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, UUID | Path):
        return str(value)
    raise TypeError(type(value).__name__)


def show(renderable: "RenderableType") -> None:
    """A Rich table or text, in the terminal's width; into a file or a pipe nothing is cut off."""
    from rich.console import Console  # noqa: PLC0415 - Rich is not loaded for `--help`

    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = max(console.width, console.measure(renderable, options=_endless(console)).maximum)
    console.print(renderable)


def _endless(console: Any) -> Any:
    return console.options.update(width=10_000)


def text_of(renderable: "RenderableType", width: int) -> str:
    """What a Rich renderable prints, without colours, in so many columns."""
    from rich.console import Console  # noqa: PLC0415 - Rich is not loaded for `--help`

    console = Console(
        width=width, no_color=True, color_system=None, markup=False, highlight=False, emoji=False
    )
    with console.capture() as captured:
        console.print(renderable)
    return captured.get()


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
