"""Badge templates as files: those that come with the program lie here, an organizer's in a folder of his own.

A name is looked for in the organizer's folder first, so that a changed copy of `a4-2x5` goes before ours.
"""

from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

from ipweek.domain import badge_templates
from ipweek.domain.badge_templates import TemplateFile
from ipweek.domain.badges import STANDARD, SheetLayout
from ipweek.domain.errors import InvalidError, NotFoundError, UsageError

_OURS = Path(__file__).parent
_SUFFIX = ".toml"
_LARGEST = 200_000
_DEEPEST = 3


def names(folder: Path | None) -> tuple[str, ...]:
    """The templates there are: the usual one, ours by name, then the organizer's own."""
    ours = sorted(_stems(_OURS), key=lambda name: (name != STANDARD, name))
    own = sorted(set(_stems(folder)) - set(ours)) if folder else []
    return (*ours, *own)


def builtin(name: str) -> SheetLayout:
    """One of ours by name."""
    return find(name, None)


def find(name: str, folder: Path | None) -> SheetLayout:
    """The layout of a template, by name or by the path of its file.

    Raises UsageError `layout-unknown`, InvalidError `template-…`.
    """
    return _find(name, folder, ())


def path_of(name: str, folder: Path | None) -> Path:
    """The file of a template. Raises UsageError `layout-unknown`."""
    if name.lower().endswith(_SUFFIX) or "/" in name or "\\" in name:
        return Path(name).expanduser()
    for place in (folder, _OURS):
        path = place / f"{name}{_SUFFIX}" if place and name else None
        if path is not None and path.is_file():
            return path
    raise UsageError("layout-unknown", layout=name, known=", ".join(names(folder)))


def text_of(name: str, folder: Path | None) -> str:
    """A template as it is written. Raises UsageError `layout-unknown`, InvalidError `template-unreadable`."""
    return _read(path_of(name, folder))


def is_own(name: str, folder: Path | None) -> bool:
    """Whether a template is the organizer's."""
    return path_of(name, folder).parent != _OURS


def _find(name: str, folder: Path | None, above: Sequence[Path]) -> SheetLayout:
    path = path_of(name, folder)
    if path in above or len(above) > _DEEPEST:
        # What is based on its own name means ours of that name.
        path = _OURS / f"{name}{_SUFFIX}"
        if path in above or not path.is_file():
            raise InvalidError("template-circle", file=above[0].name, layout=name)
    if path.parent == _OURS:
        return _ours(path.stem)
    return _parsed(path, folder, above)


@cache
def _ours(name: str) -> SheetLayout:
    return _parsed(_OURS / f"{name}{_SUFFIX}", None, ())


def _parsed(path: Path, folder: Path | None, above: Sequence[Path]) -> SheetLayout:
    base = partial(_find, folder=folder, above=(*above, path))
    told = path.name if path.parent in (folder, _OURS) else str(path)
    return badge_templates.parse(_read(path), TemplateFile(path.stem, told, path.parent), base)


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise InvalidError("template-unreadable", file=str(path), detail="")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise NotFoundError("template-missing", file=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        detail = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise InvalidError("template-unreadable", file=str(path), detail=detail or "") from error


def _stems(folder: Path | None) -> list[str]:
    if folder is None or not folder.is_dir():
        return []
    return [path.stem for path in folder.iterdir() if path.suffix.lower() == _SUFFIX]
