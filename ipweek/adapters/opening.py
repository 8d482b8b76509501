"""A file opened by the program that this system has for its kind: no shell, and nothing is waited for."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from ipweek.domain.errors import IpweekError, NotFoundError

PATIENCE = 2.0
"""Seconds in which an opener that fails has said so; one that runs on shows the file itself."""
_DESKTOPS = ("DISPLAY", "WAYLAND_DISPLAY")


def open_file(path: Path) -> None:
    """Open a file. Raises NotFoundError `open-gone`, IpweekError `open-no-desktop`, `open-refused`."""
    if not path.exists():
        raise NotFoundError("open-gone", path=str(path))
    if hasattr(os, "startfile"):
        _by_windows(path.absolute())
    else:
        _by(_opener(path), path.absolute())


def _by_windows(path: Path) -> None:
    try:
        os.startfile(path)  # type: ignore[attr-defined,unused-ignore]  # noqa: S606 - no shell is asked
    except OSError as error:
        raise _refused(path, error.strerror or str(error)) from error


def _opener(path: Path) -> str:
    """The system's own command; without a desktop there is nothing to open a file on."""
    is_mac = sys.platform == "darwin"
    has_desktop = is_mac or any(os.environ.get(name) for name in _DESKTOPS)
    found = shutil.which("open" if is_mac else "xdg-open") if has_desktop else None
    if found is None:
        raise IpweekError("open-no-desktop", path=str(path.absolute()))
    return found


def _by(command: str, path: Path) -> None:
    try:
        opening = subprocess.Popen(  # noqa: S603 - a list of words, no shell; an absolute path is no option
            [command, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        failed = opening.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return
    except OSError as error:
        raise _refused(path, error.strerror or str(error)) from error
    if failed:
        raise _refused(path, str(failed))


def _refused(path: Path, detail: str) -> IpweekError:
    return IpweekError("open-refused", path=str(path), detail=detail)
