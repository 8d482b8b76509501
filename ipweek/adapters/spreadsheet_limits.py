"""How much a spreadsheet may unfold to, found before anything opens it: a small file can hold a huge sheet.

The reader lays a sheet out as a full rectangle up to its last cell, so one cell far out costs as much as a
full sheet.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat

from ipweek.domain.errors import InvalidError

FILE_BYTES = 100 << 20
UNFOLDED_BYTES = 512 << 20
MARKS = 30_000_000
MAX_ROWS = 1_000_000
MAX_COLUMNS = 500
MAX_CELLS = 10_000_000
"""The rectangle up to the last filled cell; with it a read stays within about a gigabyte."""

_CHUNK = 1 << 20
_OVERLAP = 256
_FAR = re.compile(rb"""r\s*=\s*["'](?:[A-Za-z]{2}|[A-Za-z]?(?:[4-9]\d{5}|\d{7}))""")  # past Z, or row 400,000
_ABSURD_COUNT = re.compile(
    rb"""ount\s*=\s*["']\+?\d{8,}"""
)  # the reader reserves memory for what is announced
_EMPTY_AFTER = rb"""(?:\s+[\w:]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*\s*/>"""
_ABSURD_PLACE = re.compile(
    rb"""r(?<=\sr)\s*=\s*["'](?:[A-Za-z]{4}|[A-Za-z]*\d{8})"""
)  # no program knows XFE or row 1,048,577
_FILLED_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,3})(\d{1,10})["'](?!""" + _EMPTY_AFTER + rb")")


def check_archive(data: bytes, file: str) -> None:
    """Refuse an archive that is no XLSX or ODS file, encrypted, broken, or would unfold to too much.

    Raises InvalidError file-packed, file-no-table, file-other-kind, file-protected, file-broken, too-large.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_entries(archive, file)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, zlib.error) as error:
        raise InvalidError("file-broken") from error


def check_area(rows: int, columns: int) -> None:
    """Refuse a sheet of more rows, columns or cells than are read. Raises InvalidError too-large."""
    if rows > MAX_ROWS:
        raise InvalidError("too-large", what="rows", found=rows, limit=MAX_ROWS)
    if columns > MAX_COLUMNS:
        raise InvalidError("too-large", what="columns", found=columns, limit=MAX_COLUMNS)
    if rows * columns > MAX_CELLS:
        raise InvalidError("too-large", what="cells", found=rows * columns, limit=MAX_CELLS)


def _check_entries(archive: zipfile.ZipFile, file: str) -> None:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if not names & {"xl/workbook.xml", "content.xml"}:
        _refuse_other_archives(names, file)
    if any(entry.flag_bits & 1 for entry in entries) or _is_encrypted_document(archive, names):
        raise InvalidError("file-protected")
    _within("bytes", sum(entry.file_size for entry in entries), UNFOLDED_BYTES)
    size = marks = 0
    for entry in entries:
        open_document = entry.filename == "content.xml"
        for more, found in (_check_open_document if open_document else _check_workbook_part)(archive, entry):
            size += more
            marks += found
            _within("bytes", size, UNFOLDED_BYTES)
            _within("marks", marks, MARKS)


def _refuse_other_archives(names: set[str], file: str) -> None:
    if names & {"word/document.xml", "ppt/presentation.xml"}:
        raise InvalidError("file-no-table", file=file, form="document")
    if "xl/workbook.bin" in names or any(name.startswith("Index/") for name in names):
        raise InvalidError("file-other-kind", file=file, form="workbook")
    raise InvalidError(
        "file-broken" if any(name.startswith("xl/") for name in names) else "file-packed", file=file
    )


def _is_encrypted_document(archive: zipfile.ZipFile, names: set[str]) -> bool:
    """An ODS file with a password tells so in its manifest; its content is no XML then."""
    if "META-INF/manifest.xml" not in names:
        return False
    with archive.open("META-INF/manifest.xml") as manifest:
        return b"encryption-data" in manifest.read(_CHUNK)


def _within(what: str, found: int, limit: int) -> None:
    if found > limit:
        raise InvalidError("too-large", what=what, found=found, limit=limit)


def unfolded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What an entry really unfolds to, whatever size it declares."""
    entry.file_size = UNFOLDED_BYTES + _CHUNK
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _check_workbook_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[tuple[int, int]]:
    """Yield the bytes and marks of each chunk; then, where any cell lies far out, measure the filled ones."""
    far = False
    for chunk, tags in whole_tags(unfolded(archive, entry)):
        # A zero byte is XML in another encoding, which no office program writes and of which the readers see nothing.
        if b"\0" in tags or b"<!DOCTYPE" in tags or _ABSURD_COUNT.search(tags) or _ABSURD_PLACE.search(tags):
            raise InvalidError("file-broken")
        far = far or _FAR.search(tags) is not None
        yield len(chunk), chunk.count(b"<")
    if far:
        _measure(whole_tags(unfolded(archive, entry)))


def _measure(parts: Iterator[tuple[bytes, bytes]]) -> None:
    columns: set[bytes] = set()
    last_row = 0
    for _, tags in parts:
        found = set(_FILLED_PLACE.findall(tags))
        columns.update(letters for letters, _ in found)
        last_row = max(last_row, max((int(number) for _, number in found), default=0))
        check_area(last_row, max(map(_column_number, columns), default=0))


def whole_tags(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Each chunk, and what can be searched with it: up to its last tag, which waits for the next chunk."""
    tail = b""
    for chunk in chunks:
        window = tail + chunk
        cut = max(window.rfind(b"<"), 0)
        if len(window) - cut > _CHUNK:
            yield chunk, window
            tail = window[-_OVERLAP:]
        else:
            yield chunk, window[:cut]
            tail = window[cut:]
    yield b"", tail


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _check_open_document(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[tuple[int, int]]:
    """The same for the content of an ODS file, where a cell or a row says how often it repeats."""
    measure = _RepeatedCells()
    for chunk in unfolded(archive, entry):
        measure.feed(chunk)
        yield len(chunk), chunk.count(b"<")


class _RepeatedCells:
    """Counts the rectangle of each sheet of an ODS file up to its last filled cell."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._rows = self._row_end = self._columns = self._column = self._cell_end = 0

    def feed(self, chunk: bytes) -> None:
        try:
            self._parser.Parse(chunk)
        except expat.ExpatError as error:
            raise InvalidError("file-broken") from error

    def _refuse(self, *_declaration: object) -> None:
        raise InvalidError("file-broken")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._rows = self._row_end = self._columns = 0
        elif name == "table:table-row":
            self._row_end += int(attributes.get("table:number-rows-repeated", 1))
            self._column = 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._column += int(attributes.get("table:number-columns-repeated", 1))
            if "office:value-type" in attributes or "table:formula" in attributes:
                self._filled()
        elif name == "text:p":
            self._filled()

    def _filled(self) -> None:
        self._rows = max(self._rows, self._row_end)
        self._columns = max(self._columns, self._column)
        check_area(self._rows, self._columns)
