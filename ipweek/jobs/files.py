"""Writing a file so that it is there whole, or not at all."""

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EISDIR, EOPNOTSUPP
from pathlib import Path
from typing import BinaryIO

from ipweek.domain.errors import InvalidError


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A binary file that takes the place of `path` only when the block ends well; a link stays one.

    Raises InvalidError `file-not-writable` where the folder is missing, read-only or full, or the name too long,
    and `file-open-elsewhere` where an office program holds the file open.
    """
    try:
        target = path.resolve()
        if _is_device(target):  # a file in its place would take the device away from the whole machine
            with target.open("wb", buffering=0) as device:
                yield device
            return
        _refuse_open(target)
        handle, name = tempfile.mkstemp(prefix=".ipweek-", dir=target.parent)
    except (OSError, ValueError, RuntimeError) as error:  # a name with NUL; links in a circle
        raise _not_writable(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        _take_place(Path(name), target)
    except OSError as error:
        _forget(name)
        raise _not_writable(path, error) from error
    except BaseException:
        _forget(name)
        raise


@contextmanager
def new_whole(path: Path) -> Iterator[Path]:
    """An empty file of its owner's alone, for what writes by name; it becomes `path` when the block ends well.

    Raises InvalidError `file-not-writable`.
    """
    try:
        target = path.resolve()
        handle, name = tempfile.mkstemp(prefix=".ipweek-", dir=target.parent)
        os.close(handle)
    except (OSError, ValueError, RuntimeError) as error:
        raise _not_writable(path, error) from error
    try:
        yield Path(name)
        _take_place(Path(name), target)
    except OSError as error:
        _forget(name)
        raise _not_writable(path, error) from error
    except BaseException:
        _forget(name)
        raise


def make_folder(folder: Path) -> None:
    """Make a folder where there is none. Raises InvalidError `file-not-writable`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable(folder, error) from error


def _is_device(target: Path) -> bool:
    """Whether something stands there that is written into; raises OSError where nothing can be written."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
    if stat.S_ISREG(mode) and not os.access(target, os.W_OK):
        raise PermissionError(EACCES, os.strerror(EACCES))
    if not stat.S_ISREG(mode) and not stat.S_ISCHR(mode):  # a pipe would wait for its reader without end
        raise OSError(EOPNOTSUPP, os.strerror(EOPNOTSUPP))
    return stat.S_ISCHR(mode)


def _refuse_open(target: Path) -> None:
    """An office program that has the file open would write its own state over ours, and marks that it has."""
    for lock in (f"~${target.name}", f".~lock.{target.name}#"):
        if target.exists() and target.with_name(lock).exists():
            raise InvalidError("file-open-elsewhere", path=str(target), lock=lock)


def _take_place(made: Path, target: Path) -> None:
    try:
        made.replace(target)
    except PermissionError as error:  # Windows: another program holds the file
        if not target.exists():
            raise
        raise InvalidError("file-open-elsewhere", path=str(target), lock=f"~${target.name}") from error


def _not_writable(path: Path, error: Exception) -> InvalidError:
    return InvalidError(
        "file-not-writable", path=str(path), detail=getattr(error, "strerror", None) or str(error)
    )


def _forget(name: str) -> None:
    with suppress(OSError):
        Path(name).unlink()
