"""Columns of a table in Word: as wide as their texts need within the page, in the largest type that serves."""

import re
from collections.abc import Iterable, Sequence
from math import ceil
from typing import NamedTuple

from rich.cells import cell_len

from ipweek.render.docx_package import TEXT_WIDTH

_ROOM = TEXT_WIDTH * 72 / 25.4
_PAD = 9.0
"""Beside a cell's text, in points, left and right together."""
_LEADING, _BETWEEN = 1.5, 3.0
"""How high a line of Chinese is by its letters at the most, and what a row adds."""
_SIZES = (12.0, 10.5, 9.0, 7.5, 6.5)
_MANY, _SMALL = 7, 10.5
_READABLE, _CALM = 9.0, 2
"""Rows have at most two lines on average where type that is still easy to read allows it."""
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

    @property
    def all_rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows with the header."""
        return (self.header, *self.rows) if self.header else self.rows


class Fit(NamedTuple):
    """How a table fits the page: the size of its type, its columns' widths and its height in points."""

    size: float
    widths: tuple[float, ...]
    height: float
    calm: bool


def fit(grid: Grid, usual: float) -> Fit:
    """The `usual` type, or smaller where words would break or rows get many lines."""
    columns = list(zip(*grid.all_rows, strict=True))
    lengths = [[cell_len(cell) / 2 + _CAPITALS for cell in column] for column in columns]
    most = min(usual, _SMALL) if len(columns) > _MANY else usual
    least = [_least(*column) for column in zip(columns, lengths, strict=True)]
    sizes = [size for size in _SIZES if size <= most]
    room = _ROOM - _PAD * len(columns)
    unbroken = [size for size in sizes if sum(least) * size <= room] or sizes[-1:]
    labelled = not grid.header and len(columns) == 2
    found = [_at(size, room / size, least, lengths, labelled=labelled) for size in unbroken]
    return next((one for one in found if one.calm and one.size >= _READABLE), found[0])


def _at(
    size: float, room: float, least: Sequence[float], lengths: Sequence[Sequence[float]], *, labelled: bool
) -> Fit:
    """How the table fits in a size; `room` and lengths are in ems."""
    natural = [max(column) for column in lengths]
    widths = _labelled(room, natural[0]) if labelled else _share(room, least, natural)
    lines = [_lines(row, widths) for row in zip(*lengths, strict=True)]
    height = sum(lines) * size * _LEADING + len(lines) * _BETWEEN
    points = tuple(width * size + _PAD for width in widths)
    return Fit(size, points, height, sum(lines) <= _CALM * len(lines))


def _lines(row: Iterable[float], widths: Sequence[float]) -> int:
    return max(ceil(length / width) for length, width in zip(row, widths, strict=True))


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


def _least(cells: Sequence[str], lengths: Sequence[float]) -> float:
    """How many ems the longest word takes; four Chinese characters stand together, and addresses break."""
    longest = max((cell_len(word) / 2 for cell in cells for word in _UNBROKEN.findall(cell)), default=0.0)
    return max(min(max(lengths), 4.0), min(longest, _LONGEST) + _CAPITALS)
