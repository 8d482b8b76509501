"""Writing a file so that it is there whole, or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EISDIR
from pathlib import Path
from typing import BinaryIO

from ipweek.domain.errors import InvalidError


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A binary file that takes the place of `path` only when the block ends well.

    Raises InvalidError `file-not-writable` where the folder is missing, read-only or full, or the name too long.
    """
    try:
        if path.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        handle, name = tempfile.mkstemp(prefix=".ipweek-", dir=path.parent or Path())
    except OSError as error:
        raise InvalidError("file-not-writable", path=str(path), detail=error.strerror or "") from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(name).replace(path)
    except OSError as error:
        _forget(name)
        raise InvalidError("file-not-writable", path=str(path), detail=error.strerror or "") from error
    except BaseException:
        _forget(name)
        raise


def _forget(name: str) -> None:
    with suppress(OSError):
        Path(name).unlink()
