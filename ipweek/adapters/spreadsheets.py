"""Spreadsheet files read into tables: XLSX, XLS and ODS by calamine, CSV and TSV as text; told by content."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ipweek.adapters import csv_text
from ipweek.adapters.spreadsheet_limits import FILE_BYTES, check_archive, check_area
from ipweek.adapters.table_shape import HEADER_WITHIN, Grid, fullest_place, header_place, table_of
from ipweek.domain.errors import InvalidError, IpweekError, NotFoundError
from ipweek.domain.import_fields import HeaderRecogniser
from ipweek.domain.import_report import SheetLine
from ipweek.domain.imports import Table

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_TEXT_SUFFIXES = ("", ".csv", ".tsv", ".txt")
_HEADER_LINE = 50_000
_EXACT = 10**15  # a spreadsheet keeps fifteen digits
_NOTHING = frozenset(("(空)", "（空）", "N/A", "n/a", "#N/A", "-", "--", "—", "——", "/", "\\"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its name, its height, and a way to go through its rows, numbered as shown."""

    name: str
    height: int
    rows: Callable[[], Iterator[tuple[int, list[str]]]]


def read_table(
    path: Path,
    *,
    sheet: str | None = None,
    header_fields: HeaderRecogniser,
    header_row: int | None = None,
    any_header: bool = False,
) -> Table:
    """Read the table of the sheet whose header is recognised best, or of the named one.

    `header_row` says which row is the header, as the spreadsheet numbers it; with `any_header` the fullest row
    is taken for one where none is recognised. Raises NotFoundError file-missing, sheet-missing; InvalidError
    file-empty, file-lock (an office program's `~$` file), file-unreadable, not-a-spreadsheet, file-protected,
    file-broken, too-large, quotes-broken, header-row-blank, and header-not-found with the fullest row seen.
    """
    content = _content(path)
    grids = [grid for grid in _grids(content, path.suffix.lower(), sheet, header_fields) if grid.rows]
    if not grids:
        raise InvalidError("file-empty", file=path.name)
    places = [header_place(grid, header_fields, header_row) for grid in grids]
    if max(score for _, score in places) == 0 and header_row is None:
        if not any_header:
            raise _header_not_found(grids, header_fields)
        places = [fullest_place(grid) for grid in grids]
    best = max(range(len(grids)), key=lambda index: places[index][1])
    if places[best][1] < 0:
        raise InvalidError("header-row-blank", row=header_row)
    also = tuple(grid.sheet for index, grid in enumerate(grids) if index != best and places[index][1] > 0)
    table = table_of(grids[best], places[best][0])
    return Table(table.sheet, table.header_row, table.columns, table.rows, table.left_out, also)


def sheet_lines(path: Path) -> tuple[SheetLine, ...]:
    """The sheets of a workbook, hidden ones too; a text file is one without a name. Raises as `read_table` does."""
    if not is_workbook(path):
        text = csv_text.decode(_content(path))
        rows = csv_text.records(text, max(csv_text.DELIMITERS, key=text.count))
        widths = [len(fields) for _number, fields in rows]
        return (SheetLine("", len(widths), max(widths, default=0)),)
    data = _content(path)
    _check_workbook(data)
    return tuple(_sheet_lines(data))


def _sheet_lines(data: bytes) -> Iterator[SheetLine]:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415

    with _reader_errors():
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        for about in workbook.sheets_metadata:
            end = workbook.get_sheet_by_name(about.name).end
            height, width = (end[0] + 1, end[1] + 1) if end else (0, 0)
            yield SheetLine(about.name, height, width, about.visible != SheetVisibleEnum.Visible)


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook by its first bytes, and not text."""
    _check_place(path)
    try:
        with path.open("rb") as file:
            return file.read(8).startswith((_ZIP, _OLE))
    except OSError as error:
        raise InvalidError("file-unreadable", file=path.name, why=error.strerror) from error


def sheets(path: Path, sheet: str | None = None) -> Iterator[Sheet]:
    """The visible sheets of a workbook, or the named one, whose rows are made into text only as they are read.

    Raises as `read_table` does.
    """
    data = _content(path)
    _check_workbook(data)
    for name, found in _workbook_sheets(data, sheet):
        yield Sheet(name, found.end[0] + 1 if found.end else 0, partial(_sheet_rows, found))


def _check_place(path: Path) -> None:
    if path.name.startswith("~$"):
        raise InvalidError("file-lock", file=path.name)
    try:
        if not path.exists():
            raise NotFoundError("file-missing", file=str(path))
        if not path.is_file():
            raise InvalidError("not-a-spreadsheet", file=path.name)
    except OSError as error:
        raise InvalidError("file-unreadable", file=path.name, why=error.strerror) from error


def _content(path: Path) -> bytes:
    _check_place(path)
    try:
        if path.stat().st_size > FILE_BYTES:
            raise InvalidError("too-large", what="bytes", found=path.stat().st_size, limit=FILE_BYTES)
        data = path.read_bytes()
    except OSError as error:
        raise InvalidError("file-unreadable", file=path.name, why=error.strerror) from error
    if not data:
        raise InvalidError("file-empty", file=path.name)
    return data


def _grids(data: bytes, suffix: str, sheet: str | None, header: HeaderRecogniser) -> Iterator[Grid]:
    if data.startswith((_ZIP, _OLE)):
        _check_workbook(data)
    elif suffix in _TEXT_SUFFIXES:
        if sheet is not None:
            raise NotFoundError("sheet-missing", sheet=sheet, sheets=[])
        yield _text_grid(csv_text.decode(data), header)
        return
    else:
        raise InvalidError("not-a-spreadsheet", found=suffix)
    yield from (_sheet_grid(name, found) for name, found in _workbook_sheets(data, sheet))


def _check_workbook(data: bytes) -> None:
    if data.startswith(_ZIP):
        check_archive(data)
    elif _ENCRYPTED_PACKAGE in data:
        raise InvalidError("file-protected")


def _text_grid(text: str, header: HeaderRecogniser) -> Grid:
    """The records, parted by the delimiter under which a header is recognised best."""
    lines = [line[:_HEADER_LINE] for line in islice(StringIO(text), 4 * HEADER_WITHIN) if line.strip()]

    def score(delimiter: str) -> tuple[int, int]:
        start = [[cell.strip(' "\n') for cell in line.split(delimiter)] for line in lines]
        named = header_place(Grid("", list(enumerate(start))), header)[1]
        return named, sum(len(cells) > 1 for cells in start)

    found = csv_text.records(text, max(csv_text.DELIMITERS, key=score))
    return Grid("", list(_filled((number, [as_text(field) for field in fields]) for number, fields in found)))


def _workbook_sheets(data: bytes, sheet: str | None) -> Iterator[tuple[str, "CalamineSheet"]]:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415

    with _reader_errors():
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        if sheet is not None and sheet not in workbook.sheet_names:
            raise NotFoundError("sheet-missing", sheet=sheet, sheets=workbook.sheet_names)
        shown = [
            about.name for about in workbook.sheets_metadata if about.visible == SheetVisibleEnum.Visible
        ]
        for name in [sheet] if sheet is not None else shown:
            yield name, workbook.get_sheet_by_name(name)


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


def _sheet_grid(name: str, sheet: "CalamineSheet") -> Grid:
    return Grid(name, list(_filled(_sheet_rows(sheet))))


def _sheet_rows(sheet: "CalamineSheet") -> Iterator[tuple[int, list[str]]]:
    """The rows numbered as shown: the reader begins at row 1, but only at the first filled column."""
    if sheet.start is None or sheet.end is None:
        return
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    check_area(height, width)
    before = [""] * sheet.start[1]
    values: dict[int, str] = {}
    with _reader_errors():
        merged = _merged_down(sheet, height, width)
        for index, raw in enumerate(sheet.iter_rows()):
            cells = before + [as_text(value) for value in raw]
            for column, first in merged.get(index, ()):
                values[column] = cells[column] if first else values.get(column, "")
                cells[column] = values[column]
            yield index + 1, cells


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


def _filled(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    return ((number, cells) for number, cells in rows if any(cells))


def as_text(value: object) -> str:
    """A cell as people meant it: 3.0 is 3, a phone kept as a number its digits, a date in ISO form."""
    if isinstance(value, str):
        text = value.strip()
        return "" if len(text) < 5 and text in _NOTHING else text
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
