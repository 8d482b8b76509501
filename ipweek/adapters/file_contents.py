"""The bytes of a file that somebody chose, and what they are, whatever the file is called."""

import re
import stat
from pathlib import Path

from ipweek.adapters.spreadsheet_limits import FILE_BYTES
from ipweek.domain.errors import InvalidError, NotFoundError

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_LOCKS = ("~$", ".~")  # Excel and WPS, LibreOffice and WPS
_PACKED = (
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"BZh",
    b"\xfd7zXZ\0",
    b"PK\x05\x06",
    b"PK\x07\x08",
)
_NO_TABLE = {
    b"%PDF": "pdf", b"\x89PNG": "picture", b"\xff\xd8\xff": "picture", b"GIF8": "picture", b"II*\0": "picture",
    b"MM\0*": "picture", rb"{\rtf": "document",
}  # fmt: skip
_BEGINNING = 4096
_PAGE = re.compile(
    r"(?:<!--.*?-->|<\?xml[^>]*>|\s)*<(?:!doctype\s+html|html|head|meta|body|table|style)\b|mime-version:",
    re.DOTALL,
)
_SHEETS_IN_XML = ("urn:schemas-microsoft-com:office:spreadsheet", "urn:oasis:names:tc:opendocument")


def check_place(path: Path) -> None:
    """Refuse what is no file to be read, before anything opens it: a pipe would never end.

    Raises NotFoundError file-missing; InvalidError file-lock (an office program's mark of an open document),
    file-is-folder, file-is-device, file-unreadable.
    """
    if path.name.startswith(_LOCKS):
        raise InvalidError("file-lock", file=path.name)
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # a name with NUL is a ValueError
        raise NotFoundError("file-missing", file=str(path)) from error
    except OSError as error:
        raise InvalidError("file-unreadable", file=path.name, why=error.strerror) from error
    if stat.S_ISDIR(mode):
        raise InvalidError("file-is-folder", file=path.name)
    if not stat.S_ISREG(mode):
        raise InvalidError("file-is-device", file=path.name)


def content(path: Path) -> bytes:
    """All bytes of a file, read once. Raises as `check_place` does, and file-empty, too-large."""
    check_place(path)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            data = file.read(FILE_BYTES + 1) if size <= FILE_BYTES else b""
    except OSError as error:
        raise InvalidError("file-unreadable", file=path.name, why=error.strerror) from error
    if max(size, len(data)) > FILE_BYTES:
        raise InvalidError("too-large", what="bytes", found=size, limit=FILE_BYTES)
    if not data:
        raise InvalidError("file-empty", file=path.name)
    return data


def refuse_other_kinds(data: bytes, file: str) -> None:
    """Say what a file is that is neither a workbook nor text with separated values.

    Raises InvalidError file-packed, file-no-table, and file-other-kind for what a spreadsheet program opens.
    """
    if data.startswith(_PACKED):
        raise InvalidError("file-packed", file=file)
    for beginning, form in _NO_TABLE.items():
        if data.startswith(beginning):
            raise InvalidError("file-no-table", file=file, form=form)
    begins = data[:_BEGINNING].decode("utf-8", "ignore").lstrip("\ufeff \r\n\t").casefold()
    if any(mark in begins for mark in _SHEETS_IN_XML) and begins.startswith("<"):
        raise InvalidError("file-other-kind", file=file, form="xml")
    if _PAGE.match(begins):
        raise InvalidError("file-other-kind", file=file, form="page")
