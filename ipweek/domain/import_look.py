"""What a spreadsheet looks like before anything of it is checked: its kind, its sheet, its header row."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from ipweek.domain.errors import IpweekError
from ipweek.domain.import_fields import KINDS
from ipweek.domain.import_recognition import LEFT_OUT, HeaderRecogniser, column_letter, recognise
from ipweek.domain.import_report import ColumnGuess
from ipweek.domain.import_rows import Row

FIRST_ROWS = 60
"""So many rows of a sheet, blank ones not counted, tell what it is."""
_HEADER_WITHIN = 30


@dataclass(frozen=True, slots=True)
class SheetStart:
    """A sheet by its size and its first rows that are not blank, numbered as shown; a text file has one, without name."""

    name: str
    height: int
    width: int
    hidden: bool
    first: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class HeaderPlace:
    """The row of a sheet that is likeliest the header of a kind: its number, and how sure that is; 0 fields is a guess."""

    row: int
    fields: int
    sureness: int


@dataclass(frozen=True, slots=True)
class FileStart:
    """The sheets of a file by their first rows, and where the header of each kind would be in each."""

    sheets: tuple[SheetStart, ...]
    headers: Mapping[tuple[str, str], HeaderPlace]

    def sheet(self, name: str | None) -> SheetStart:
        """A sheet by its name; a text file has one without."""
        return next(sheet for sheet in self.sheets if sheet.name == (name or ""))

    def header(self, sheet: str | None, kind: str) -> HeaderPlace | None:
        """Where the header of a kind would be; nowhere in an empty sheet."""
        return self.headers.get((sheet or "", kind))

    def likeliest(self, kinds: Sequence[str]) -> tuple[SheetStart, str]:
        """The sheet whose headers are known best, and as what; the first of each where none is known."""
        shown = [sheet for sheet in self.sheets if not sheet.hidden and sheet.first] or list(self.sheets)

        def sure(each: tuple[SheetStart, str]) -> tuple[int, int]:
            place = self.header(each[0].name, each[1])
            return (place.fields, place.sureness) if place else (0, 0)

        return max(((sheet, kind) for sheet in shown for kind in kinds), key=sure)


def file_start(
    sheets: Sequence[SheetStart], known: Mapping[str, Mapping[str, Mapping[str, str]]]
) -> FileStart:
    """Find the headers of the kinds that are `known`, each with what earlier imports keep of header sets."""
    places: dict[tuple[str, str], HeaderPlace] = {}
    for kind, remembered in known.items():
        recogniser = HeaderRecogniser(kind, remembered=remembered)
        for sheet in sheets:
            rows = (
                HeaderPlace(row.number, *_sureness(row, recogniser)) for row in sheet.first[:_HEADER_WITHIN]
            )
            best = max(rows, key=lambda place: (place.fields, place.sureness), default=None)
            if best is not None:
                places[sheet.name, kind] = best
    return FileStart(tuple(sheets), places)


def name_of(column: ColumnGuess, columns: Sequence[ColumnGuess]) -> str:
    """By what a column is told apart from the others: its header, or its letter where it has none of its own."""
    alike = [other for other in columns if other.header.casefold() == column.header.casefold()]
    return column.header if column.header and len(alike) == 1 else column_letter(column.column)


def corrected(
    said: Mapping[str, str], columns: Sequence[ColumnGuess], column: ColumnGuess, field: str
) -> dict[str, str]:
    """What was said of the columns, and that this one holds a field; whichever held it before holds nothing."""
    now = {name: known for name, known in said.items() if known != field or field == LEFT_OUT}
    if field != LEFT_OUT:
        now |= {name_of(other, columns): LEFT_OUT for other in columns if other.field == field}
    return now | {name_of(column, columns): field}


def first_of_twins(header: Row, twins: Collection[str], field: str) -> dict[str, str]:
    """Of several columns with one header, that the first one holds the field they contend for."""
    places = (column for column, text in enumerate(header.cells) if text in twins)
    return {column_letter(column): field for column in islice(places, 1)}


@dataclass(frozen=True, slots=True)
class AnyHeader(HeaderRecogniser):
    """Knows a row of headers of whatever kind."""

    kind: str = ""

    def score(self, headers: Sequence[str]) -> int:
        """How many fields the row names, of the kind that knows most of it."""
        return max(_sureness(Row(0, tuple(headers)), HeaderRecogniser(kind))[0] for kind in KINDS)


def _sureness(row: Row, recogniser: HeaderRecogniser) -> tuple[int, int]:
    """How many fields a row of headers names, half of them where a needed one is missing; the surer words count then."""
    complete = recogniser.score(row.cells)
    try:
        fields = recognise(row.cells, recogniser.kind, None, recogniser.recall(row.cells)).fields
    except IpweekError:
        return complete, 0
    held = {known.name: known.headers for known in KINDS[recogniser.kind]}
    ranks = (_rank(held[name], row.cells[column]) for column, name in fields.items())
    return complete or len(fields) // 2, -sum(ranks)


def _rank(headers: Sequence[str], text: str) -> int:
    return next((rank for rank, known in enumerate(headers) if known == text.casefold()), len(headers))
