"""What a sheet says beside its values: rows and columns that are hidden, cells whose formula has no value.

The reader of values knows nothing of it. In an XLSX file it is looked for in the bytes, for a parser would take
longer than the whole import.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from ipweek.adapters import workbook_xml
from ipweek.adapters.spreadsheet_limits import MAX_COLUMNS, MAX_ROWS, unfolded

Place = tuple[int, int]
"""A row as the spreadsheet numbers it, and a column, of which 0 is A."""


@dataclass(slots=True)
class Marks:
    """Hidden rows and columns of a sheet, and cells without a value that can be read, each with the problem's code."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    faults: dict[Place, str] = field(default_factory=dict)


_SIGNS = (b"hidden=", b'="e"', b"<f>", b"<f ", b'ht="0"', b'width="0"')
_HIDDEN = re.compile(rb"""\shidden=["'](?:1|true)["']|\s(?:ht|width)=["']0(?:\.0*)?["']""")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^<>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^<>]*)>")
_FORMULA = re.compile(rb"<c\b([^<>]*)>\s*<f\b(?:[^<>]*/>|[^<>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_ERROR = re.compile(rb"""<c\b([^<>]*\st=["']e["'][^<>]*)>""")
_NUMBER = re.compile(rb"""\sr=["'](\d{1,7})["']""")
_PLACE = re.compile(rb"""\sr=["']([A-Za-z]{1,3})(\d{1,7})["']""")
_SPAN = re.compile(rb"""\s(min|max)=["'](\d{1,5})["']""")
_TEXT_RESULT = re.compile(rb"""\st=["'](?:str|e)["']""")
_NOT_AVAILABLE = b"#N/A"  # people type it for nothing
_LONGEST_ROW = 4 << 20


def of_workbook(archive: zipfile.ZipFile, sheet: str) -> Marks:
    """The marks of a sheet of an XLSX file; none where the workbook does not say where the sheet is."""
    try:
        parts = {about["name"]: part for about, part in workbook_xml.sheets(archive)}
    except workbook_xml.BROKEN:
        return Marks()
    if parts.get(sheet) not in archive.namelist():
        return Marks()
    entry = archive.getinfo(parts[sheet])
    if not any(sign in chunk for chunk in unfolded(archive, entry) for sign in _SIGNS):
        return Marks()
    found = Marks()
    number = 0
    for rows in _whole_rows(unfolded(archive, entry)):
        for about in _COLUMN.findall(rows):
            if _HIDDEN.search(about):
                found.columns.update(_span(about))
        for about in _ROW.findall(rows):
            told = _NUMBER.search(about)
            number = int(told[1]) if told else number + 1
            if number <= MAX_ROWS and _HIDDEN.search(about):
                found.rows.add(number)
        found.faults.update(_faults(rows))
    return found


def _whole_rows(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The bytes, cut where a row begins; one without an end is cut anywhere."""
    tail = b""
    for chunk in chunks:
        window = tail + chunk
        cut = window.rfind(b"<row", 1)
        if cut < 0 and len(window) < _LONGEST_ROW:
            tail = window
            continue
        cut = len(window) if cut < 0 else cut
        yield window[:cut]
        tail = window[cut:]
    yield tail


def _span(about: bytes) -> range:
    ends = {name: int(value) for name, value in _SPAN.findall(about)}
    return range(max(ends.get(b"min", 1), 1) - 1, min(ends.get(b"max", 0), MAX_COLUMNS))


def _faults(rows: bytes) -> Mapping[Place, str]:
    found: dict[Place, str] = {}
    if b"<f" in rows:
        for about in _FORMULA.findall(rows):
            place = _PLACE.search(about)
            if place and not _TEXT_RESULT.search(about):
                found[_cell(place)] = "formula-unvalued"
    for error in _ERROR.finditer(rows):
        place = _PLACE.search(error[1])
        if place and _NOT_AVAILABLE not in rows[error.end() : rows.find(b"</c>", error.end())]:
            found[_cell(place)] = "formula-error"
    return found


def _cell(place: re.Match[bytes]) -> Place:
    column = 0
    for letter in place[1].upper():
        column = column * 26 + letter - ord("A") + 1
    return int(place[2]), column - 1


def of_open_document(archive: zipfile.ZipFile, sheet: str) -> Marks:
    """The marks of a sheet of an ODS file; a formula there always has its value, if only an error."""
    entry = archive.getinfo("content.xml")
    if not any(b"visibility" in chunk or b'"error"' in chunk for chunk in unfolded(archive, entry)):
        return Marks()
    reading = _OpenDocument(sheet)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.CharacterDataHandler = reading.start, reading.text
    for chunk in unfolded(archive, entry):
        parser.Parse(chunk)
    return reading.marks


class _OpenDocument:
    """Collects the hidden columns, the hidden filled rows and the errors of one sheet."""

    def __init__(self, sheet: str) -> None:
        self.marks = Marks()
        self._sheet = sheet
        self._here = self._hidden = False
        self._row = self._row_end = self._column = self._cell = 0
        self._error: Place | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in a tag."""
        if name == "table:table":
            self._here = attributes.get("table:name") == self._sheet
            self._row = self._row_end = self._column = 0
        elif name == "table:table-column" and self._here:
            end = self._column + int(attributes.get("table:number-columns-repeated", 1))
            if _is_hidden(attributes):
                self.marks.columns.update(range(self._column, min(end, MAX_COLUMNS)))
            self._column = end
        elif name == "table:table-row" and self._here:
            self._row, self._hidden = self._row_end, _is_hidden(attributes)
            self._row_end += int(attributes.get("table:number-rows-repeated", 1))
            self._cell = 0
        elif name in ("table:table-cell", "table:covered-table-cell") and self._here:
            error = attributes.get("calcext:value-type") == "error"
            self._error = (self._row + 1, self._cell) if error else None
            self._cell += int(attributes.get("table:number-columns-repeated", 1))
        elif name == "text:p" and self._here and self._hidden:
            self.marks.rows.update(range(self._row + 1, min(self._row_end, MAX_ROWS) + 1))

    def text(self, data: str) -> None:
        """Take in a text: that of an error says which it is."""
        if self._error and data.startswith("#") and data != "#N/A":
            self.marks.faults[self._error] = "formula-error"
            self._error = None


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("table:visibility", "visible") != "visible"
