"""XLS files (BIFF in an OLE container) looked through before they are read: what they are, how far, what is hidden."""

import struct
from collections.abc import Iterator
from io import BytesIO

from ipweek.adapters.sheet_marks import Marks
from ipweek.adapters.spreadsheet_limits import check_area
from ipweek.domain.errors import InvalidError

_BOF, _EOF, _ROW, _COLUMN_INFO, _BOUND_SHEET, _PASSWORD = 0x0809, 0x000A, 0x0208, 0x007D, 0x0085, 0x002F
_FORMULA, _ERROR_OR_FLAG, _NOT_AVAILABLE = 0x0006, 0x0205, 0x2A
_CELLS = frozenset((0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E))
_BLANKS = frozenset((0x00BE, 0x0201))
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = {"worddocument": "document", "powerpoint document": "document"}


def marks(data: bytes, file: str) -> list[Marks]:
    """What is hidden in each sheet, by its place among them; refused is what is protected, too large or no spreadsheet.

    Raises InvalidError file-protected, file-no-table, file-broken, too-large.
    """
    stream = _stream(data, file)
    about = [(kind, place) for kind, place, length in _records(stream, 0) if length >= 4 or kind == _PASSWORD]
    if any(kind == _PASSWORD for kind, _ in about):
        raise InvalidError("file-protected")
    starts = [struct.unpack_from("<I", stream, place)[0] for kind, place in about if kind == _BOUND_SHEET]
    return [_sheet(stream, start) for start in starts]


def _stream(data: bytes, file: str) -> bytes:
    from olefile import OleFileIO  # noqa: PLC0415 - few files are as old

    try:
        with OleFileIO(BytesIO(data)) as container:
            names = {"/".join(parts).casefold() for parts in container.listdir()}
            if "encryptedpackage" in names:
                raise InvalidError("file-protected")
            for name, form in _OTHERS.items():
                if name in names:
                    raise InvalidError("file-no-table", file=file, form=form)
            for name in ("workbook", "book"):
                if name in names:
                    read: bytes = container.openstream(name).read()
                    return read
    except (
        OSError,
        ValueError,
        IndexError,
        struct.error,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:
        raise InvalidError("file-protected" if _ENCRYPTED in data else "file-broken") from error
    raise InvalidError("file-broken")


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """The records of a substream up to its end, or to where it is cut: kind, place and length of their data."""
    place, depth = start, 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if place + 4 + length > len(stream):
            return
        yield kind, place + 4, length
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        place += 4 + length


def _is_error(record: bytes, kind: int) -> bool:
    """Whether a cell shows an error other than #N/A, which people type for nothing."""
    if kind == _ERROR_OR_FLAG and len(record) >= 8:
        return record[7] == 1 and record[6] != _NOT_AVAILABLE
    if kind == _FORMULA and len(record) >= 14:  # its value is no number, but an error
        return record[12:14] == b"\xff\xff" and record[6] == 2 and record[8] != _NOT_AVAILABLE
    return False


def _sheet(stream: bytes, start: int) -> Marks:
    found = Marks()
    height = width = 0
    for kind, place, length in _records(stream, start):
        if kind in _CELLS and length >= 4:
            row, column = struct.unpack_from("<HH", stream, place)
            if kind in (0x00BD, 0x00BE):  # several cells: their last column stands at the end
                (column,) = struct.unpack_from("<H", stream, place + length - 2)
            if kind not in _BLANKS:
                height, width = max(height, row + 1), max(width, column + 1)
            if _is_error(stream[place : place + length], kind):
                found.faults[row + 1, column] = "formula-error"
        elif kind == _ROW and length >= 16:
            (row,) = struct.unpack_from("<H", stream, place)
            (options,) = struct.unpack_from("<H", stream, place + 12)
            if options & 0x20:
                found.rows.add(row + 1)
        elif kind == _COLUMN_INFO and length >= 10:
            first, last, _, _, options = struct.unpack_from("<5H", stream, place)
            if options & 1:
                found.columns.update(range(first, min(last, 255) + 1))
    check_area(height, width)
    return found
