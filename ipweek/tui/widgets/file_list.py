"""The spreadsheets of a folder to choose from, and the folders beside them."""

import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ipweek.i18n import N_
from ipweek.tui.widgets.rows import Column

ENDINGS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".csv", ".tsv", ".txt")
_MOST = 500
_UNITS = ("B", "KB", "MB", "GB")


@dataclass(frozen=True, slots=True)
class Pick:
    """A file, or a folder to look into; `label` is what is shown of a folder."""

    path: Path
    label: str
    is_folder: bool = False
    size: int = 0
    changed: datetime | None = None


COLUMNS = (
    Column[Pick](N_("File"), lambda pick: (pick.label, "dim") if pick.is_folder else pick.label),
    Column[Pick](
        N_("Changed"), lambda pick: (f"{pick.changed:%Y-%m-%d %H:%M}" if pick.changed else "", "dim")
    ),
    Column[Pick](N_("Size"), lambda pick: ("" if pick.is_folder else _size(pick.size), "dim"), right=True),
)


def as_path(typed: str) -> str:
    """A path as it was typed, pasted or dropped: without quotation marks, an address of a file as its path."""
    text = typed.strip()
    if text.startswith("file://"):
        text = unquote(urlsplit(text).path)
    elif text[:1] in "'\"" and text[-1:] == text[:1] and len(text) > 1:
        text = text[1:-1]
    elif "\\ " in text and sys.platform != "win32":
        with suppress(ValueError):
            text = " ".join(shlex.split(text))
    return str(Path(text).expanduser()) + ("/" if text.endswith(("/", os.sep)) else "") if text else ""


def picks(typed: str, folder: Path, others: Sequence[Path]) -> tuple[Path, tuple[Pick, ...]]:
    """The folder that is meant, and what is in it: spreadsheets, the newest first, then folders, then the others.

    Runs in a thread. A beginning of a name leaves only what begins so.
    """
    begun = ""
    if typed:
        here = Path(typed)
        folder, begun = (here, "") if typed.endswith("/") or here.is_dir() else (here.parent, here.name)
    folder = folder.absolute()
    files: list[Pick] = []
    folders: list[Pick] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "~$")) or not entry.name.casefold().startswith(begun.casefold()):
                continue
            with suppress(OSError):
                if entry.is_dir():
                    folders.append(Pick(folder / entry.name, f"{entry.name}/", is_folder=True))
                elif entry.name.lower().endswith(ENDINGS):
                    about = entry.stat()
                    changed = datetime.fromtimestamp(about.st_mtime)  # noqa: DTZ006 - as the desk's clock shows it
                    files.append(Pick(folder / entry.name, entry.name, size=about.st_size, changed=changed))
    files.sort(key=lambda pick: (-pick.changed.timestamp() if pick.changed else 0, pick.label))
    folders.sort(key=lambda pick: pick.label.casefold())
    return folder, (*files[:_MOST], *folders[:_MOST], *(() if begun else _beside(folder, others)))


def _beside(folder: Path, others: Sequence[Path]) -> Iterator[Pick]:
    """The folder above, and those that spreadsheets came from before."""
    if folder.parent != folder:
        yield Pick(folder.parent, "../", is_folder=True)
    for other in others:
        if other not in (folder, folder.parent):
            yield Pick(other, f"{other}{os.sep}", is_folder=True)


def is_folder(path: Path) -> bool:
    """Whether a path is a folder; one that the system cannot even ask for is none. In a thread."""
    try:
        return path.is_dir()
    except OSError:
        return False


def usual_folders(recent: Sequence[object]) -> tuple[Path, ...]:
    """The folders that are there of those that spreadsheets came from, and where people keep theirs. In a thread."""
    from platformdirs import user_desktop_path, user_documents_path, user_downloads_path  # noqa: PLC0415

    known = [Path(each) for each in recent if isinstance(each, str)]
    for usual in (Path.cwd, user_downloads_path, user_desktop_path, user_documents_path):
        with suppress(OSError):
            known.append(usual())
    return tuple(dict.fromkeys(folder for folder in known if folder.is_dir()))


def _size(size: int) -> str:
    number, unit = float(size), 0
    while number >= 1000 and unit < len(_UNITS) - 1:
        number, unit = number / 1024, unit + 1
    return f"{number:.0f} {_UNITS[unit]}"
