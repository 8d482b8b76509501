"""Tables of a report in Word: a header on every page, rows kept whole, columns as wide as they need within the page."""

import re
from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from rich.cells import cell_len

from ipweek.i18n import _
from ipweek.render import words
from ipweek.render.docx_looks import CELL, HEAD, TABLE
from ipweek.render.docx_package import TEXT_WIDTH
from ipweek.render.docx_styles import twips
from ipweek.render.docx_xml import Element, el, flag, paragraph, run
from ipweek.render.summary_layout import Table

_ROOM = TEXT_WIDTH * 72 / 25.4
_PAD = 9.0
"""Beside a cell's text, in points, left and right together."""
_LEADING, _BETWEEN = 1.3, 4.0
"""How high a line is by its letters, and what a row adds."""
_SIZES = (12.0, 10.5, 9.0, 7.5, 6.5)
_MANY, _SMALL = 7, 10.5
_SHORT = 12
"""A table of so few rows stays on one page."""
_CAPITALS = 0.5
"""Bold and capital letters are wider than half an em."""
_LONGEST = 10.0
"""A word of more ems is broken where the line ends."""
_UNBROKEN = re.compile(r"[!-~]+|.")


class Grid(NamedTuple):
    """Texts of a table, and which columns are figures; labels stand in the first column where there is no header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()


def grid_of(table: Table) -> Grid:
    """What of a table shows on paper: no bars; a list of figures without a header gets one."""
    shown = [place for place, column in enumerate(table.columns) if not column.bar]
    header = tuple(table.columns[place].title for place in shown)
    if not any(header) and len(shown) == 2:
        header = (_("Item"), _("Figures"))
    rows = tuple(
        tuple(words.not_stated() if row[place] is None else str(row[place]) for place in shown)
        for row in table.rows
    )
    right = frozenset(place for place, number in enumerate(shown) if table.columns[number].right)
    return Grid(header if any(header) else (), rows, right)


def table(grid: Grid, usual: float) -> Element:
    """The table, as wide as the text of the page, in the `usual` type or the largest in which its words fit."""
    size, widths = _fit(grid, usual)
    own = None if size == usual else size
    spans = [twips(width) for width in widths]
    rows = [_row(grid.header, spans, own, grid, head=True)] if grid.header else []
    last = len(grid.rows) - 1
    rows += [
        _row(row, spans, own, grid, keep=len(grid.rows) <= _SHORT and number < last)
        for number, row in enumerate(grid.rows)
    ]
    look = "0620" if grid.header else "0680"  # the look of the first row, or of the first column; no bands
    return el(
        "tbl",
        el(
            "tblPr",
            el("tblStyle", val=TABLE),
            el("tblW", w=sum(spans), type="dxa"),
            el("jc", val="center"),
            el("tblLayout", type="fixed"),
            el("tblLook", val=look),
        ),
        el("tblGrid", *(el("gridCol", w=span) for span in spans)),
        *rows,
    )


def _row(
    cells: Sequence[str],
    spans: Sequence[int],
    size: float | None,
    grid: Grid,
    *,
    head: bool = False,
    keep: bool = False,
) -> Element:
    made = []
    for place, (words_, span) in enumerate(zip(cells, spans, strict=True)):
        label = head or (not grid.header and place == 0)
        side = (el("jc", val="right"),) if place in grid.right and not head else ()
        told = paragraph(
            HEAD if label else CELL,
            run(words_, size),
            keep=keep,
            props=side,
        )
        made.append(el("tc", el("tcPr", el("tcW", w=span, type="dxa")), told))
    return el("tr", el("trPr", el("cantSplit"), flag("tblHeader", on=head)), *made)


def height(grid: Grid, usual: float) -> float:
    """About how high the table is, in points."""
    size, widths = _fit(grid, usual)
    rows = (grid.header, *grid.rows) if grid.header else grid.rows
    lines = sum(
        max(
            (
                ceil(_natural((cell,)) * size / (width - _PAD))
                for cell, width in zip(row, widths, strict=True)
            ),
            default=1,
        )
        for row in rows
    )
    return lines * size * _LEADING + len(rows) * _BETWEEN


def _fit(grid: Grid, usual: float) -> tuple[float, list[float]]:
    """The size of the type and the widths of the columns, in points."""
    columns = list(zip(*((grid.header, *grid.rows) if grid.header else grid.rows), strict=True))
    most = min(usual, _SMALL) if len(columns) > _MANY else usual
    sizes = [size for size in _SIZES if size <= most]
    room = _ROOM - _PAD * len(columns)
    least, natural = [_least(column) for column in columns], [_natural(column) for column in columns]
    size = next((size for size in sizes if sum(least) * size <= room), sizes[-1])
    labelled = not grid.header and len(columns) == 2
    widths = _labelled(room / size, natural[0]) if labelled else _share(room / size, least, natural)
    return size, [width * size + _PAD for width in widths]


def _share(room: float, least: Sequence[float], natural: Sequence[float]) -> list[float]:
    """Widths that fill the room: by need where all have enough, else the widest columns give way, down to their words."""
    if sum(natural) <= room:
        return [width * room / sum(natural) for width in natural]
    if sum(least) >= room:
        return [width * room / sum(least) for width in least]
    low, high = 0.0, max(natural)
    for _halving in range(30):
        cap = (low + high) / 2
        widths = [max(few, min(width, cap)) for few, width in zip(least, natural, strict=True)]
        low, high = (low, cap) if sum(widths) > room else (cap, high)
    return widths


def _labelled(room: float, label: float) -> list[float]:
    """Labels need little; what they label has the rest."""
    width = min(label + 2, room / 3)
    return [width, room - width]


def _natural(column: Sequence[str]) -> float:
    """How many ems the longest text of a column takes on one line."""
    return max((cell_len(cell) / 2 for cell in column), default=0.0) + _CAPITALS


def _least(column: Sequence[str]) -> float:
    """How many ems its longest word takes; four Chinese characters stand together, and addresses break."""
    longest = max((cell_len(word) / 2 for cell in column for word in _UNBROKEN.findall(cell)), default=0.0)
    return max(min(_natural(column), 4.0), min(longest, _LONGEST) + _CAPITALS)
