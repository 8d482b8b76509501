"""Where in a sheet the table is: its header row, its rows, and what stands around them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ipweek.domain.import_recognition import HeaderRecogniser
from ipweek.domain.imports import Row, Table

HEADER_WITHIN = 60
"""The header is looked for in so many rows, blank ones not counted."""

_ORDINALS = frozenset(("序号", "编号", "序", "no", "号", "#", "num", "index"))
_REMARK = re.compile(
    r"\W*(?:备注|注意|注|说明|填表说明|填报说明|合计|总计|共计|remarks?|notes?)\s*(?:$|[:：\d一(（、,，]|事项)",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"合\s*计|总\s*计|小\s*计|共\s*计|total|subtotal|sum", re.IGNORECASE)
_SENTENCE = re.compile(r"[：。；！]|^\d{1,2}\s*[、.．)）]\s*\D|.{60}")
_SIGNATURE = re.compile(r"\D{1,12}[:：].*")
_NUMBER = re.compile(r"[\d.,%]*")


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet's rows that are not blank, each with its number and its cells from column A on."""

    sheet: str
    rows: Sequence[tuple[int, Sequence[str]]]


def header_place(grid: Grid, header: HeaderRecogniser, row: int | None = None) -> tuple[int, int]:
    """Which of the grid's rows names the most fields, and how many; 0 where none is a header.

    Where the `row` is known, its place and how many it names; below 0 where it is blank.
    """
    if row is not None:
        named = ((place, cells) for place, (number, cells) in enumerate(grid.rows) if number == row)
        return next(((place, header.score(cells)) for place, cells in named), (0, -1))
    scores = [header.score(cells) for _, cells in grid.rows[:HEADER_WITHIN]]
    best = max(scores, default=0)
    return (scores.index(best), best) if best else (0, 0)


def fullest_place(grid: Grid) -> tuple[int, int]:
    """Which of the grid's first rows has the most cells filled, and how many."""
    counts = [sum(map(bool, cells)) for _, cells in grid.rows[:HEADER_WITHIN]]
    return counts.index(max(counts)), max(counts)


def table_of(grid: Grid, place: int) -> Table:
    """The table below the header at this place of the grid.

    Left out are blank rows, rows with nothing but an ordinal, headers repeated on every page, and remarks.
    """
    header_row, header = grid.rows[place]
    width = max(column for column, cell in enumerate(header) if cell) + 1
    columns = tuple(header[:width])
    ordinals = {column for column, cell in enumerate(columns) if _plain(cell) in _ORDINALS}
    padding = ("",) * width
    rows: list[Row] = []
    left_out: list[int] = []
    previous = header_row
    for number, raw in grid.rows[place + 1 :]:
        cells = tuple(raw[:width]) if len(raw) >= width else (*raw, *padding[len(raw) :])
        filled = [column for column, cell in enumerate(cells) if cell]
        if not _is_beside(cells, filled, ordinals, apart=number > previous + 1):
            if cells != columns:
                rows.append(Row(number, cells))
            previous = number
        elif filled:
            left_out.append(number)
    return Table(grid.sheet, header_row, columns, tuple(rows), tuple(left_out))


def _is_beside(cells: tuple[str, ...], filled: list[int], ordinals: set[int], *, apart: bool) -> bool:
    """Whether a row is no data: nothing, an ordinal, a remark, a total, a signature.

    `apart`: a blank row or a remark stands between it and the last row of data. A row in doubt is data.
    """
    if all(column in ordinals for column in filled):
        return True
    first = cells[filled[0]]
    if len(filled) == 1 and (_REMARK.match(first) or (apart and _SENTENCE.search(first))):
        return True
    if _TOTAL.fullmatch(first):
        return all(_NUMBER.fullmatch(cells[column]) for column in filled[1:])
    return apart and all(_SIGNATURE.fullmatch(cells[column]) for column in filled)


def _plain(header: str) -> str:
    return unicodedata.normalize("NFKC", header).casefold().strip(" .:*")
