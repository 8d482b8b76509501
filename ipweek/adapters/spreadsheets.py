"""Spreadsheet files read into tables: XLSX, XLS and ODS by calamine, CSV and TSV as text; told by content."""

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ipweek.adapters import csv_text, old_workbooks, sheet_marks
from ipweek.adapters.file_contents import OLE, ZIP, check_place, content, refuse_other_kinds
from ipweek.adapters.sheet_marks import Marks
from ipweek.adapters.spreadsheet_limits import MAX_COLUMNS, check_archive, check_area
from ipweek.adapters.table_shape import HEADER_WITHIN, Grid, fullest_place, header_place, table_of
from ipweek.domain.errors import InvalidError, IpweekError, NotFoundError
from ipweek.domain.import_look import FIRST_ROWS, AnyHeader, SheetStart
from ipweek.domain.import_recognition import HeaderRecogniser
from ipweek.domain.import_report import SheetLine
from ipweek.domain.import_rows import Hidden, Row, Table
from ipweek.domain.text import NOTHING

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_TEXT_SUFFIXES = ("", ".csv", ".tsv", ".txt")
_LONGEST_CELL = 40_000  # characters; no program keeps more, and no field takes as much
_LEARNT_FROM = 2000  # rows
_EXACT = 10**15  # a spreadsheet keeps fifteen digits


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its name, its height, and a way to go through its rows, numbered as shown."""

    name: str
    height: int
    rows: Callable[[], Iterator[tuple[int, Sequence[str]]]]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked of a file: the sheet, the row of the header, and whether any row will do for one."""

    header: HeaderRecogniser
    sheet: str | None = None
    row: int | None = None
    any_header: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """A grid in which a header was looked for: where it is, and how many fields it names; 0 is none."""

    grid: Grid
    place: int
    score: int


def read_table(
    path: Path,
    *,
    sheet: str | None = None,
    header_fields: HeaderRecogniser,
    header_row: int | None = None,
    any_header: bool = False,
) -> Table:
    """Read the table of the sheet whose header is recognised best, or of the named one.

    `header_row` says which row is the header, as the spreadsheet numbers it; with `any_header` the fullest row is
    taken for one where none is recognised. Hidden rows and columns are read and told; hidden sheets are told, and
    read only where named.

    Raises as `file_contents.content` does; NotFoundError sheet-missing; InvalidError file-packed, file-no-table,
    file-other-kind, not-a-spreadsheet, file-protected, file-broken, too-large, what `csv_text.read` raises,
    sheets-hidden, sheets-none, header-row-blank, and header-not-found with the fullest row that was seen.
    """
    data, wanted = content(path), _Wanted(header_fields, sheet, header_row, any_header)
    if data.startswith((ZIP, OLE)):
        return _of_workbook(_Workbook(data, path.name), wanted)
    refuse_other_kinds(data, path.name)
    if sheet is not None:
        raise NotFoundError("sheet-missing", sheet=sheet, sheets=[])
    try:
        return _best([_seen(_text_grid(data, header_fields), wanted)], path.name, wanted)
    except InvalidError as error:
        if error.code == "header-not-found" and path.suffix.lower() not in _TEXT_SUFFIXES:
            raise InvalidError("not-a-spreadsheet", found=path.name) from error
        raise


def sheet_lines(path: Path) -> tuple[SheetLine, ...]:
    """The sheets of a workbook, hidden ones too; a text file is one without a name. Raises as `read_table` does."""
    data = content(path)
    if not data.startswith((ZIP, OLE)):
        refuse_other_kinds(data, path.name)
        rows = csv_text.read(data, lambda lines, delimiter: (0, sum(line.count(delimiter) for line in lines)))
        widths = [len(fields) for _number, fields in rows]
        return (SheetLine("", len(widths), max(widths, default=0)),)
    book = _Workbook(data, path.name)
    ends = ((name, book.sheet(name).end or (-1, -1)) for name in book.names)
    return tuple(SheetLine(name, row + 1, column + 1, name in book.hidden) for name, (row, column) in ends)


def starts(path: Path) -> tuple[SheetStart, ...]:
    """The first rows of every sheet, hidden ones too; a text file is one sheet without a name.

    Raises as `read_table` does, but for what concerns headers.
    """
    data = content(path)
    if data.startswith((ZIP, OLE)):
        book = _Workbook(data, path.name)
        return tuple(_start(book, name) for name in book.names)
    refuse_other_kinds(data, path.name)
    grid = _text_grid(data, AnyHeader())
    if not grid.rows:
        raise InvalidError("file-empty", file=path.name)
    first = tuple(Row(number, tuple(cells)) for number, cells in grid.rows[:FIRST_ROWS])
    if _width(first) < 2 and path.suffix.lower() not in _TEXT_SUFFIXES:
        raise InvalidError("not-a-spreadsheet", found=path.name)
    return (SheetStart("", len(grid.rows), _width(first), hidden=False, first=first),)


def _start(book: "_Workbook", name: str) -> SheetStart:
    first = tuple(Row(number, tuple(cells)) for number, cells in book.grid(name, FIRST_ROWS).rows)
    height = (book.sheet(name).end or (-1, -1))[0] + 1
    return SheetStart(name, height, _width(first), name in book.hidden, first)


def _width(rows: Iterable[Row]) -> int:
    return max((column + 1 for row in rows for column, cell in enumerate(row.cells) if cell), default=0)


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook by its first bytes, and not text."""
    check_place(path)
    try:
        with path.open("rb") as file:
            return file.read(8).startswith((ZIP, OLE))
    except OSError as error:
        raise InvalidError("file-unreadable", file=path.name, why=error.strerror) from error


def sheets(path: Path, sheet: str | None = None) -> Iterator[Sheet]:
    """The visible sheets of a workbook, or the named one, whose rows are made into text only as they are read.

    Raises as `read_table` does.
    """
    book = _Workbook(content(path), path.name)
    for name in book.wanted(sheet):
        found = book.sheet(name)
        yield Sheet(name, found.end[0] + 1 if found.end else 0, partial(_sheet_rows, found))


class _Workbook:
    """A workbook looked through for what would harm, then opened by the reader."""

    def __init__(self, data: bytes, file: str) -> None:
        from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

        self.file = file
        self._data, self._old = data, old_workbooks.marks(data, file) if data.startswith(OLE) else []
        if data.startswith(ZIP):
            check_archive(data, file)
        with _reader_errors():
            self._book = CalamineWorkbook.from_filelike(BytesIO(data))
            about = [each for each in self._book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
            self._places = {each.name: place for place, each in enumerate(self._book.sheets_metadata)}
        self.names = [each.name for each in about]
        self.hidden = [each.name for each in about if each.visible != SheetVisibleEnum.Visible]

    def wanted(self, sheet: str | None) -> list[str]:
        """The sheet that is named, else all that are shown. Raises NotFoundError sheet-missing."""
        if sheet is None:
            return [name for name in self.names if name not in self.hidden]
        if sheet not in self.names:
            raise NotFoundError("sheet-missing", sheet=sheet, sheets=self.names)
        return [sheet]

    def sheet(self, name: str) -> "CalamineSheet":
        """The reader's sheet."""
        with _reader_errors():
            return self._book.get_sheet_by_name(name)

    def grid(self, name: str, most: int | None = None) -> Grid:
        """The filled rows of a sheet, or only the first of them."""
        return Grid(name, list(islice(_filled(_sheet_rows(self.sheet(name))), most)))

    def marks(self, name: str) -> Marks:
        """What is hidden in a sheet, and which formulas have no value."""
        if self._old:
            place = self._places[name]
            return self._old[place] if place < len(self._old) else Marks()
        with _reader_errors(), zipfile.ZipFile(BytesIO(self._data)) as archive:
            if "content.xml" in archive.namelist():
                return sheet_marks.of_open_document(archive, name)
            return sheet_marks.of_workbook(archive, name)


def _of_workbook(book: _Workbook, wanted: _Wanted) -> Table:
    if not book.names:
        raise InvalidError("sheets-none", file=book.file)
    found = [_seen(book.grid(name), wanted) for name in book.wanted(wanted.sheet)]
    hidden = (
        [] if wanted.sheet is not None else [name for name in book.hidden if _has_header(book, name, wanted)]
    )
    if hidden and wanted.row is None and not any(each.score for each in found):
        raise InvalidError("sheets-hidden", file=book.file, sheets=hidden)
    table = _best(found, book.file, wanted)
    marks = book.marks(table.sheet)
    numbers = {row.number for row in table.rows}
    return replace(
        table,
        hidden=Hidden(
            tuple(sorted(marks.rows & numbers)),
            tuple(sorted(column for column in marks.columns if column < len(table.columns))),
            tuple(hidden),
        ),
        faults={place: code for place, code in marks.faults.items() if place[0] in numbers},
    )


def _has_header(book: _Workbook, name: str, wanted: _Wanted) -> bool:
    """Whether a sheet that nobody sees holds a list too; one that cannot be read holds none."""
    try:
        return header_place(book.grid(name, HEADER_WITHIN), wanted.header)[1] > 0
    except InvalidError:
        return False


def _seen(grid: Grid, wanted: _Wanted) -> _Found:
    return _Found(grid, *header_place(grid, wanted.header, wanted.row))


def _best(grids: list[_Found], file: str, wanted: _Wanted) -> Table:
    filled = [found for found in grids if found.grid.rows]
    if not filled:
        raise InvalidError("file-empty", file=file)
    if not any(found.score for found in filled) and wanted.row is None:
        if not wanted.any_header:
            raise _header_not_found([found.grid for found in filled], wanted.header)
        filled = [_Found(found.grid, *fullest_place(found.grid)) for found in filled]
    best = max(filled, key=lambda found: found.score)
    if best.score < 0:
        raise InvalidError("header-row-blank", row=wanted.row)
    also = tuple(found.grid.sheet for found in filled if found is not best and found.score > 0)
    return replace(table_of(best.grid, best.place), also=also)


def _text_grid(data: bytes, header: HeaderRecogniser) -> Grid:
    """The records, in the encoding and parted by the delimiter under which a header is recognised best."""

    def score(lines: list[str], delimiter: str) -> tuple[int, int]:
        start = [[cell.strip(' "\r\n') for cell in line.split(delimiter, MAX_COLUMNS)] for line in lines]
        named = header_place(Grid("", list(enumerate(start))), header)[1]
        return named, sum(len(cells) > 1 for cells in start)

    found = csv_text.read(data, score)
    return Grid("", list(_filled((number, [as_text(field) for field in fields]) for number, fields in found)))


@contextmanager
def _reader_errors() -> Iterator[None]:
    """Turn whatever the reader raises at a broken file into a refusal; its panics are BaseExceptions."""
    from python_calamine import CalamineError, PasswordError  # noqa: PLC0415

    try:
        yield
    except IpweekError:
        raise
    except PasswordError as error:
        raise InvalidError("file-protected") from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise InvalidError("file-broken") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise InvalidError("file-broken") from error


def _sheet_rows(sheet: "CalamineSheet") -> Iterator[tuple[int, Sequence[str]]]:
    """The rows numbered as shown: the reader begins at row 1, but only at the first filled column."""
    if sheet.start is None or sheet.end is None:
        return
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    check_area(height, width)
    before = [""] * sheet.start[1]
    values: dict[int, str] = {}
    kept: dict[str, str] = {}  # what comes again and again is in memory once
    with _reader_errors():
        merged = _merged_down(sheet, height, width)
        for index, raw in enumerate(sheet.iter_rows()):
            cells = before + [
                ("" if (text := value.strip()) in NOTHING else text)
                if value.__class__ is str and len(value) <= _LONGEST_CELL
                else as_text(value)
                for value in raw
            ]
            for column, first in merged.get(index, ()):
                values[column] = cells[column] if first else values.get(column, "")
                cells[column] = values[column]
            if index < _LEARNT_FROM:
                for cell in cells:
                    kept.setdefault(cell, cell)
            yield index + 1, tuple([kept.get(cell, cell) for cell in cells])


def _merged_down(sheet: "CalamineSheet", height: int, width: int) -> dict[int, list[tuple[int, bool]]]:
    """Cells merged down a column, by row: which column, and whether its value is the one for all."""
    found: dict[int, list[tuple[int, bool]]] = {}
    covered = 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left == right < width and bottom > top:
            rows = range(top, min(bottom + 1, height))
            covered += len(rows)
            if covered > height * width:  # merges that overlap without end
                raise InvalidError("file-broken")
            for row in rows:
                found.setdefault(row, []).append((left, row == top))
    return found


def _filled(rows: Iterator[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, Sequence[str]]]:
    return ((number, cells) for number, cells in rows if any(cells))


def as_text(value: object) -> str:
    """A cell as people meant it: 3.0 is 3, a phone kept as a number its digits, a date in ISO form."""
    if isinstance(value, str):
        text = value.strip() if len(value) <= _LONGEST_CELL else value[:_LONGEST_CELL].strip()
        return "" if len(text) < 5 and text in NOTHING else text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if abs(value) < _EXACT and value == int(value) else f"{value:.15G}"
    return _moment_text(value)


def _moment_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(" ", "seconds")
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _header_not_found(grids: list[Grid], header: HeaderRecogniser) -> InvalidError:
    seen = [(grid.sheet, number, cells) for grid in grids for number, cells in grid.rows[:HEADER_WITHIN]]
    sheet, row, cells = max(seen, key=lambda place: sum(map(bool, place[2])))
    shown = [cell[:40] for cell in cells if cell][:20]
    return InvalidError("header-not-found", sheet=sheet, row=row, seen=shown, expected=list(header.expected))
