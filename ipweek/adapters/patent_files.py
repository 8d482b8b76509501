"""Patent exports as files: the header found below whatever stands above it, the rows read one by one.

Text and large XLSX files go through in pieces, so their length costs no memory; other workbooks are unpacked as a whole.
"""

import codecs
import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import StringIO, TextIOWrapper
from itertools import islice
from pathlib import Path

from ipweek.adapters import large_workbooks, spreadsheets
from ipweek.adapters.csv_text import DELIMITERS
from ipweek.adapters.large_workbooks import LargeSheet
from ipweek.adapters.spreadsheet_limits import MAX_ROWS
from ipweek.domain.errors import InvalidError, IpweekError, NotFoundError
from ipweek.domain.import_recognition import column_letter
from ipweek.domain.patent_headers import PatentFormat, guessed, recognise, score
from ipweek.domain.patent_imports import PatentColumn, PatentColumns
from ipweek.domain.patent_records import PatentRecord, PatentSource, ReadingStoppedError
from ipweek.domain.patent_rows import RowReader
from ipweek.domain.text import clean
from ipweek.domain.words import CountUnit

Rows = Iterator[tuple[int, Sequence[str]]]
Progress = Callable[[int, int], None]
"""Told how much is done of how much: bytes of a text file or a large workbook, rows of another."""

TEXT_BYTES = 2 << 30
STEP = 500
"""After so many rows it is asked whether to stop, and told how far the reading is."""

_HEADER_WITHIN = 40
_HEAD = 1 << 18
_CHUNK = 1 << 20
_SAMPLE = 60
_SAMPLES = 2


@dataclass(frozen=True, slots=True)
class PatentFile:
    """An export opened and understood; `sheet` is empty for a text file, `header_row` as a spreadsheet shows it."""

    path: Path
    sheet: str
    header_row: int
    layout: PatentFormat
    _source: Callable[[Progress], Rows]

    def rows(
        self, progress: Progress | None = None, stopped: Callable[[], bool] | None = None
    ) -> Iterator[tuple[int, PatentRecord]]:
        """The records with the numbers of their rows, blank rows and repeated headers left out.

        Raises ReadingStoppedError where `stopped` says so, InvalidError quotes-broken, too-large, file-broken.
        """
        reader = RowReader(self.layout)
        header = self.layout.headers
        for step, (number, cells) in enumerate(self._source(progress or _untold), 1):
            if step % STEP == 0 and stopped is not None and stopped():
                raise ReadingStoppedError
            if any(cells) and not (cells[0] == header[0] and _same(cells, header)):
                yield number, reader.read(cells)


@dataclass(frozen=True, slots=True)
class _Found:
    """A file opened as a table: where its likeliest header stands, and the rows from there on."""

    sheet: str
    header_row: int
    headers: Sequence[str]
    below: Sequence[Sequence[str]]
    source: Callable[[Progress], Rows]


def open_export(
    path: Path, mapping: Mapping[str, str] | None = None, *, sheet: str | None = None
) -> PatentFile:
    """Open an export; `mapping` says what columns hold that are not recognised, or not rightly.

    Raises InvalidError not-a-patent-export with the fullest row above, column-twice, field-unknown, and as
    `spreadsheets.read_table` for a file that cannot be read; NotFoundError column-missing, file-missing.
    """
    found = _find(path, mapping or {}, sheet)
    layout = recognise(found.headers, mapping or {})
    return PatentFile(path, found.sheet, found.header_row, layout, found.source)


def columns(
    path: Path, mapping: Mapping[str, str] | None = None, *, sheet: str | None = None
) -> PatentColumns:
    """The columns of a file with their first cells, even where they do not make an export.

    Raises as `open_export` for a file that cannot be read.
    """
    found = _find(path, mapping or {}, sheet)
    headers = [clean(header) for header in found.headers]
    problem: IpweekError | None = None
    try:
        layout = recognise(headers, mapping or {})
    except IpweekError as error:
        problem = error
        fields = guessed(headers, mapping or {})
        source, units = PatentSource.OTHER, tuple[CountUnit, ...]()
    else:
        fields = {column: field for field, column in layout.columns.items()}
        source, units = layout.source, layout.units
    told = tuple(
        PatentColumn(column_letter(column), header, fields.get(column), _samples(found.below, column))
        for column, header in enumerate(headers)
        if header
    )
    return PatentColumns(found.sheet, found.header_row, source, told, units, problem)


def _samples(rows: Sequence[Sequence[str]], column: int) -> tuple[str, ...]:
    cells = (clean(row[column][:_SAMPLE]) for row in rows if column < len(row))
    return tuple(islice(dict.fromkeys(cell for cell in cells if cell), _SAMPLES))


def _find(path: Path, mapping: Mapping[str, str], sheet: str | None) -> _Found:
    if spreadsheets.is_workbook(path):
        return _workbook(path, mapping, sheet)
    if sheet is not None:
        raise NotFoundError("sheet-missing", sheet=sheet, sheets=[])
    return _text(path, mapping)


def _workbook(path: Path, mapping: Mapping[str, str], wanted: str | None) -> _Found:
    """The sheet whose header names most fields."""
    heads = [
        (sheet, list(islice(_filled(sheet.rows(_untold)), _HEADER_WITHIN))) for sheet in _sheets(path, wanted)
    ]
    heads = [(sheet, head) for sheet, head in heads if head]
    if not heads:
        raise InvalidError("file-empty", file=path.name)
    sheet, head = max(heads, key=lambda found: _best(found[1], mapping)[0])
    number, cells = _best(head, mapping)[1]

    def source(progress: Progress) -> Rows:
        return ((row, found) for row, found in sheet.rows(progress) if row > number)

    return _Found(sheet.name, number, cells, _below(head, number), source)


def _sheets(path: Path, wanted: str | None) -> Iterator[LargeSheet]:
    """The sheets of a workbook; a large one is read piece by piece."""
    if large_workbooks.is_large(path):
        yield from large_workbooks.sheets(path, wanted)
        return
    for sheet in spreadsheets.sheets(path, wanted):
        yield LargeSheet(sheet.name, partial(_held, sheet))


def _held(sheet: spreadsheets.Sheet, progress: Progress) -> Rows:
    for row, cells in sheet.rows():
        if row % STEP == 0:
            progress(row, sheet.height)
        yield row, cells
    progress(sheet.height, sheet.height)


def _text(path: Path, mapping: Mapping[str, str]) -> _Found:
    size = path.stat().st_size
    if not size:
        raise InvalidError("file-empty", file=path.name)
    if size > TEXT_BYTES:
        raise InvalidError("too-large", what="bytes", found=size, limit=TEXT_BYTES)
    encoding = _encoding(path)
    head = _head(path, encoding)
    parted = {
        delimiter: list(_records(StringIO(head), delimiter, _HEADER_WITHIN)) for delimiter in DELIMITERS
    }
    delimiter = max(DELIMITERS, key=lambda mark: _best(parted[mark], mapping)[0])
    if not parted[delimiter]:
        raise InvalidError("file-empty", file=path.name)
    number, cells = _best(parted[delimiter], mapping)[1]

    def source(progress: Progress) -> Rows:
        with path.open("rb") as raw, TextIOWrapper(raw, encoding, newline="") as text:
            for _ in islice(csv.reader(text, delimiter=delimiter), number):
                pass  # what stands above may have quotes of any kind
            for row, found in _strict(csv.reader(text, delimiter=delimiter, strict=True), number):
                if row % STEP == 0:
                    progress(raw.tell(), size)
                yield row, found
        progress(size, size)

    return _Found("", number, cells, _below(parted[delimiter], number), source)


def _below(head: Sequence[tuple[int, Sequence[str]]], number: int) -> list[Sequence[str]]:
    return [cells for row, cells in head if row > number]


def _best(
    head: Sequence[tuple[int, Sequence[str]]], mapping: Mapping[str, str]
) -> tuple[int, tuple[int, Sequence[str]]]:
    """How many fields the likeliest header names, and its row; the fullest row where none names any."""
    scores = [score(cells, mapping) for _, cells in head]
    best = max(scores, default=0)
    if best:
        return best, head[scores.index(best)]
    return 0, max(head, key=lambda row: sum(map(bool, row[1])), default=(0, ()))


def _encoding(path: Path) -> str:
    """UTF-8, UTF-16 with its mark, or GB18030: the first that reads the whole file.

    Raises InvalidError not-a-spreadsheet where none does, or the text has NUL characters.
    """
    with path.open("rb") as file:
        marked = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                texts = (decoder.decode(chunk) for chunk in iter(lambda: file.read(_CHUNK), b""))
                if any("\0" in text for text in texts):
                    break
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise InvalidError("not-a-spreadsheet", found="text")


def _head(path: Path, encoding: str) -> str:
    with path.open("rb") as raw, TextIOWrapper(raw, encoding, newline="") as text:
        return text.read(_HEAD)


def _records(text: Iterable[str], delimiter: str, most: int) -> Rows:
    """The first records that are not blank, with their numbers; quotes gone wrong end them."""
    try:
        yield from islice(_filled(enumerate(csv.reader(text, delimiter=delimiter), 1)), most)
    except csv.Error:
        return


def _strict(reader: Iterator[list[str]], before: int) -> Rows:
    """All records behind the header, with their numbers."""
    row = before
    while True:
        row += 1
        if row > MAX_ROWS:
            raise InvalidError("too-large", what="rows", found=row, limit=MAX_ROWS)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error):
                limit = csv.field_size_limit()
                raise InvalidError("too-large", what="field", row=row, limit=limit) from error
            raise InvalidError("quotes-broken", row=row) from error
        yield row, cells


def _filled(rows: Iterable[tuple[int, Sequence[str]]]) -> Rows:
    return ((number, cells) for number, cells in rows if any(cells))


def _same(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row is the header once more, as where exports were joined."""
    return [clean(cell) for cell in cells[: len(header)]] == list(header)


def _untold(_done: int, _of: int) -> None:
    """Nobody wants to know how far the reading is."""
