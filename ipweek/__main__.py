"""`ipweek` and `python -m ipweek`."""

import gc
import sys
from io import TextIOWrapper
from typing import TextIO


def main() -> None:
    """Run the command line on this process's arguments and streams."""
    for stream in (sys.stdout, sys.stderr):
        _make_printable(stream)
    if isinstance(sys.stdin, TextIOWrapper) and not sys.stdin.isatty():
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")
    from ipweek.cli.app import cli  # noqa: PLC0415 - the streams come first, for it may have to print

    try:
        cli.main(prog_name="ipweek")
    finally:
        gc.freeze()  # whatever is left goes with the process, and need not be looked through on the way out


def _make_printable(stream: TextIO) -> None:
    """No character may end the program: files and pipes take UTF-8, a console what it has."""
    if isinstance(stream, TextIOWrapper):
        encoding = stream.encoding if stream.isatty() else "utf-8"
        stream.reconfigure(encoding=encoding, errors="backslashreplace")


if __name__ == "__main__":
    main()
