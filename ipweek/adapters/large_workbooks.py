"""Large XLSX files read piece by piece: no more of a sheet is held than a row, and its texts lie in a file.

Cells merged down a column are taken as they stand, for where they are is told only behind the last row.
"""

import re
import zipfile
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile

from ipweek.adapters import workbook_xml
from ipweek.adapters.spreadsheet_limits import MAX_COLUMNS, MAX_ROWS
from ipweek.adapters.spreadsheets import as_text
from ipweek.domain.errors import InvalidError, NotFoundError

Progress = Callable[[int, int], None]
Rows = Iterator[tuple[int, Sequence[str]]]

LARGE_BYTES = 64 << 20
"""A workbook that unfolds to more than this is read here; a smaller one is held in memory as a whole."""
MOST_BYTES = 4 << 30
LONGEST_CELL = 1 << 16

_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_CODE = re.compile(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]', re.IGNORECASE)
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - spreadsheets know no zones


def is_large(path: Path) -> bool:
    """Whether a file is an XLSX workbook that had better not be held in memory."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    names = {entry.filename for entry in entries}
    return "xl/workbook.xml" in names and sum(entry.file_size for entry in entries) > LARGE_BYTES


@dataclass(frozen=True, slots=True)
class LargeSheet:
    """A sheet: its name, and a way to go through its rows, numbered as shown."""

    name: str
    rows: Callable[[Progress], Rows]


def sheets(path: Path, wanted: str | None = None) -> Iterator[LargeSheet]:
    """The visible sheets of a workbook, or the named one.

    Raises NotFoundError sheet-missing, InvalidError file-broken, file-protected, too-large.
    """
    with _read_errors(), zipfile.ZipFile(path) as archive:
        if any(entry.flag_bits & 1 for entry in archive.infolist()):
            raise InvalidError("file-protected")
        unfolded = sum(entry.file_size for entry in archive.infolist())
        if unfolded > MOST_BYTES:
            raise InvalidError("too-large", what="bytes", found=unfolded, limit=MOST_BYTES)
        book = _Book(path, archive)
    if wanted is not None and wanted not in book.parts:
        raise NotFoundError("sheet-missing", sheet=wanted, sheets=list(book.parts))
    for name in [wanted] if wanted is not None else book.shown:
        yield LargeSheet(name, book.reader(name))


class _Book:
    """What the sheets of a workbook share: their parts in the archive, the texts, which styles are dates."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path = path
        self.parts: dict[str, str] = {}
        self.shown: list[str] = []
        self.epoch = _EPOCH
        for about in workbook_xml.tags(archive, "xl/workbook.xml", "workbookPr"):
            self.epoch = _EPOCH_1904 if about.get("date1904") in ("1", "true") else _EPOCH
        for about, part in workbook_xml.sheets(archive):
            self.parts[about["name"]] = part
            if about.get("state", "visible") == "visible":
                self.shown.append(about["name"])
        self.dates = _date_styles(archive)
        self.texts = _Texts(archive)

    def reader(self, name: str) -> Callable[[Progress], Rows]:
        def rows(progress: Progress) -> Rows:
            with _read_errors(), zipfile.ZipFile(self._path) as archive:
                yield from _rows(archive, self.parts[name], self, progress)

        return rows


class _Texts:
    """The shared texts of a workbook, in a file of our own; in memory is only where each begins."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - closed with the object
        self._ends = array("Q", [0])
        self._pieces: list[str] = []
        self._reading = self._aid = False
        if "xl/sharedStrings.xml" in archive.namelist():
            workbook_xml.parse(archive, "xl/sharedStrings.xml", self._start, self._stop, self._text)

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        tag = name[name.rfind(":") + 1 :]
        if tag == "t":
            self._reading = not self._aid
        elif tag == "rPh":
            self._aid = True

    def _stop(self, name: str) -> None:
        tag = name[name.rfind(":") + 1 :]
        if tag == "t":
            self._reading = False
        elif tag == "rPh":
            self._aid = False
        elif tag == "si":
            text = "".join(self._pieces)[:LONGEST_CELL].encode("utf-8", "replace")
            self._ends.append(self._ends[-1] + self._file.write(text))
            self._pieces.clear()

    def _text(self, data: str) -> None:
        if self._reading:
            self._pieces.append(data)

    def __getitem__(self, place: int) -> str:
        if not 0 <= place < len(self._ends) - 1:
            return ""
        self._file.seek(self._ends[place])
        return self._file.read(self._ends[place + 1] - self._ends[place]).decode()


class _Cells:
    """Collects the cells of one row after the other from the tags of a sheet; an error in a formula is empty."""

    def __init__(self, book: _Book) -> None:
        self._book = book
        self.done: list[tuple[int, list[str]]] = []
        self._number = 0
        self._row: list[str] = []
        self._kind = self._style = ""
        self._column = -1
        self._pieces: list[str] = []
        self._reading = False
        self._aid = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name[name.rfind(":") + 1 :]
        if tag == "c":
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            place = attributes.get("r")
            self._column = _column(place) if place else self._column + 1
        elif tag in ("v", "t"):
            self._reading = not self._aid
        elif tag == "row":
            self._number = int(attributes.get("r") or self._number + 1)
            self._row, self._column = [], -1
        elif tag == "rPh":
            self._aid = True

    def stop(self, name: str) -> None:
        tag = name[name.rfind(":") + 1 :]
        if tag == "c":
            if self._pieces:
                self._put(self._value("".join(self._pieces)))
                self._pieces.clear()
        elif tag in ("v", "t"):
            self._reading = False
        elif tag == "row":
            if self._number > MAX_ROWS:
                raise InvalidError("too-large", what="rows", found=self._number, limit=MAX_ROWS)
            self.done.append((self._number, self._row))
        elif tag == "rPh":
            self._aid = False

    def text(self, data: str) -> None:
        if self._reading:
            self._pieces.append(data)

    def _put(self, value: str) -> None:
        if self._column >= MAX_COLUMNS:
            raise InvalidError("too-large", what="columns", found=self._column + 1, limit=MAX_COLUMNS)
        gap = self._column - len(self._row)
        if gap < 0:
            self._row[self._column] = value
            return
        if gap:
            self._row.extend([""] * gap)
        self._row.append(value)

    def _value(self, raw: str) -> str:
        kind = self._kind
        if kind in ("s", "inlineStr", "str"):
            return as_text(self._book.texts[int(raw)] if kind == "s" else raw[:LONGEST_CELL])
        if kind == "b":
            return as_text(raw.strip() == "1")
        if kind == "d":
            return as_text(datetime.fromisoformat(raw))
        return "" if kind == "e" else self._number_text(float(raw))

    def _number_text(self, number: float) -> str:
        if self._style in self._book.dates:
            return as_text(self._book.epoch + timedelta(seconds=round(number * 86400)))
        return as_text(number)


def _rows(archive: zipfile.ZipFile, part: str, book: _Book, progress: Progress) -> Rows:
    cells = _Cells(book)
    entry = archive.getinfo(part)
    parser = workbook_xml.parser(cells.start, cells.stop, cells.text)
    read = 0
    with archive.open(entry) as stream:
        while chunk := stream.read(workbook_xml.CHUNK):
            parser.Parse(chunk)
            read += len(chunk)
            progress(read, entry.file_size)
            yield from cells.done
            cells.done.clear()
    parser.Parse(b"", True)  # noqa: FBT003 - expat's own


def _date_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """The places of the cell styles whose number format is a date, as cells name them."""
    custom: dict[int, str] = {}
    styles: list[int] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        tag = name[name.rfind(":") + 1 :]
        if tag == "numFmt":
            custom[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside:
            styles.append(int(attributes.get("numFmtId", 0)))

    def stop(name: str) -> None:
        nonlocal inside
        if name.endswith("cellXfs"):
            inside = False

    if "xl/styles.xml" in archive.namelist():
        workbook_xml.parse(archive, "xl/styles.xml", start, stop, lambda _data: None)
    return frozenset(str(place) for place, style in enumerate(styles) if _is_date(style, custom.get(style)))


def _is_date(number: int, code: str | None) -> bool:
    if code is None:
        return number in _DATES
    return (
        re.search(r"[ymdhs]", _NOT_CODE.sub("", code).casefold()) is not None
        and "general" not in code.casefold()
    )


def _column(place: str) -> int:
    """The column of a place such as AB12; A is 0."""
    column = 0
    for char in place:
        if not "A" <= char <= "Z":
            break
        column = column * 26 + ord(char) - 64
    return column - 1


@contextmanager
def _read_errors() -> Iterator[None]:
    try:
        yield
    except workbook_xml.BROKEN as error:  # fmt: skip
        raise InvalidError("file-broken") from error
