"""While something long goes on: Ctrl+C as a wish to stop, and one line on stderr where somebody sees it."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from ipweek.cli.printing import filled
from ipweek.domain.errors import CancelledError
from ipweek.domain.import_report import ImportProgress, Progress
from ipweek.i18n import N_, _

_STAGES = {
    "reading": N_("Reading {file} …"),
    "checking": N_("Checking {file}: row {done} of {total}"),
    "matching": N_("Comparing {file} with what is there: {done} of {total}"),
    "storing": N_("Storing {file}: {done} records"),
}
_CLEAR = "\r\x1b[K"


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Ctrl+C is a wish to stop, which is heard while it can be granted; what is being stored is stored whole."""
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    asked: list[int] = []

    def ask_to_stop(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    before = signal.signal(signal.SIGINT, ask_to_stop)
    try:
        yield lambda: bool(asked)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def importing(file: Path) -> Iterator[Progress]:
    """Hears of an import's progress. Ctrl+C ends it with CancelledError `import-stopped`, and nothing is stored."""
    seen = sys.stderr.isatty()
    with stoppable() as stopped:

        def told(progress: ImportProgress) -> None:
            if stopped():
                raise CancelledError("import-stopped", file=file.name)
            if seen:
                numbers = {"done": progress.done, "total": progress.total}
                text = filled(_(_STAGES[progress.stage]), {"file": file.name, **numbers})
                click.echo(_CLEAR + text, nl=False, err=True)

        try:
            yield told
        finally:
            if seen:
                click.echo(_CLEAR, nl=False, err=True)
