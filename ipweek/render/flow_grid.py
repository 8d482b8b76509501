"""A table on pages: columns as wide as they need, smaller letters where there are many, the header on each page."""

from collections.abc import Sequence

from ipweek.domain.text import clean
from ipweek.render.flow_blocks import Grid
from ipweek.render.flow_page import BODY, BOTTOM, GUTTER, LEADING, LEFT, ROOM, TOP, Flow, Rule

_ROW_LEADING = 1.4
_PAD = 2.5
_SIZES = (BODY, 9.0, 8.0, 7.0)
_READABLE = (BODY, 9.0)
_EACH = 92.0  # so wide at least, times the columns, that tables below each other end alike
_LEAST = 5.7  # em of a column of words where others need the room
_SPARE = 0.05  # em, for rounding
_TOGETHER = 6  # lines of a row that stay on one page
_SHORT = 12  # a table of so few rows stays on one page
_HIGHEST_WHOLE, _HIGHEST_HEAD = (
    (TOP - BOTTOM) / 2,
    (TOP - BOTTOM) / 3,
)  # more than that does not stay together


class Columns:
    """The widths of a table's columns and the size of its letters."""

    def __init__(self, flow: Flow, block: Grid) -> None:
        self._flow, self._block = flow, block
        self._ems: dict[str, float] = {}
        rows = (block.header, *block.rows) if block.header else block.rows
        natural = [max(map(self._natural, column)) + _SPARE for column in zip(*rows, strict=True)]
        self.gutter = GUTTER * min(1.0, 6 / len(natural)) if natural else GUTTER
        figures = [
            width if place in block.right else min(width, _LEAST) for place, width in enumerate(natural)
        ]
        whole = (size for size in _READABLE[: 1 if block.facts else 2] if self._fits(natural, size))
        self.size = next(whole, next((size for size in _SIZES if self._fits(figures, size)), _SIZES[-1]))
        self.widths = self._shared([width * self.size for width in natural])
        self.whole = sum(self.widths) + self.gutter * (len(natural) - 1)

    @property
    def line(self) -> float:
        """How high a line is."""
        return self.size * _ROW_LEADING

    def lines(self, cell: str, width: float) -> Sequence[str]:
        """A cell in lines of its column's width."""
        if "\n" not in cell and self._ems[cell] * self.size <= width:
            return (clean(cell),)
        return self._flow.lines(cell, width, self.size)

    def _natural(self, text: str) -> float:
        """How wide a cell is by itself, in em."""
        known = self._ems.get(text)
        if known is None:
            lines = clean(text, lines=True).split("\n")
            known = self._ems[text] = max(self._flow.fonts.measure(line, 1.0) for line in lines)
        return known

    def _fits(self, columns: Sequence[float], size: float) -> bool:
        return sum(columns) * size + self.gutter * (len(columns) - 1) <= ROOM

    def _shared(self, widths: list[float]) -> list[float]:
        """Natural widths; where they do not fit, the widest columns of words give way, at last those of figures.

        In a narrow table the widest column of words takes what is left of the least width.
        """
        room = ROOM - self.gutter * (len(widths) - 1)
        words = [place for place in range(len(widths)) if place not in self._block.right]
        least = _LEAST * self.size
        _narrow(widths, words, room, min(least, room / max(len(widths), 1)))
        _narrow(widths, range(len(widths)), room, 0.0)
        spare = min(room, _EACH * len(widths)) - sum(widths)
        if spare > 0 and not self._block.facts:
            widths[max(words or range(len(widths)), key=widths.__getitem__)] += spare
        return widths


def _narrow(widths: list[float], places: Sequence[int], room: float, least: float) -> None:
    """Take from the widest of these columns until all fit, none narrower than `least`."""
    while places and sum(widths) > room + 0.01:
        widest = max(widths[place] for place in places)
        if widest <= least + 0.001:
            return
        broad = [place for place in places if widths[place] == widest]
        second = max([widths[place] for place in places if widths[place] < widest], default=least)
        lower = max(second, least, widest - (sum(widths) - room) / len(broad))
        for place in broad:
            widths[place] = lower


def least(flow: Flow, block: Grid) -> float:
    """How much of a table has to stand together: all of a short one; of a longer one its beginning, roughly."""
    if 0 < len(block.rows) <= _SHORT:
        return _Table(flow, block).least
    return (1 + bool(block.header)) * 2 * BODY * _ROW_LEADING + bool(block.caption) * BODY * LEADING


def place(flow: Flow, block: Grid) -> None:
    """Put a table on the page, and what does not fit on those that follow."""
    if block.rows:
        _Table(flow, block).place()
        flow.y -= 4


class _Table:
    """A table whose columns are known, row by row."""

    def __init__(self, flow: Flow, block: Grid) -> None:
        self._flow, self._block, self._columns = flow, block, Columns(flow, block)
        self._pad = 0.0 if block.facts else _PAD
        self._soft = frozenset((0,)) if block.facts else frozenset[int]()
        self._caption = flow.lines(block.caption, ROOM, BODY, bold=True) if block.caption else []
        self._head = self._lines(block.header) if block.header else []
        self._repeated = bool(self._head) and self._height(self._head) <= _HIGHEST_HEAD

    @property
    def least(self) -> float:
        """How much of it has to stand together: all where that is short, else the header with some lines."""
        head = len(self._caption) * BODY * LEADING + self._height(self._head)
        if len(self._block.rows) <= _SHORT:
            whole = head + sum(self._height(self._lines(row)) for row in self._block.rows)
            if whole <= _HIGHEST_WHOLE:
                return whole
        return head + 2 * self._columns.line

    def place(self) -> None:
        """Put it on the page, and what does not fit on those that follow."""
        self._flow.keep(self.least)
        for line in self._caption:
            self._flow.keep(BODY * LEADING)
            self._flow.write(LEFT, line, bold=True)
            self._flow.y -= BODY * LEADING
        if self._head:
            self._titles()
        for row in self._block.rows:
            self._row(row)

    def _titles(self) -> None:
        self._cells(self._head, soft=frozenset(range(len(self._head))))

    def _row(self, cells: Sequence[str]) -> None:
        """The cells beside each other; a high row goes on on the next page."""
        lines = self._lines(cells)
        many = min(max(map(len, lines), default=0), _TOGETHER)
        self._keep(many * self._columns.line + 2 * self._pad)
        self._cells(lines, soft=self._soft)

    def _cells(self, lines: Sequence[Sequence[str]], *, soft: frozenset[int]) -> None:
        self._flow.y -= self._pad
        for number in range(max(map(len, lines), default=0)):
            self._keep(self._columns.line)
            self._line(lines, number, soft=soft)
        self._end()

    def _height(self, lines: Sequence[Sequence[str]]) -> float:
        return max(map(len, lines)) * self._columns.line + 2 * self._pad if lines else 0.0

    def _keep(self, height: float) -> None:
        """Turn the page where so much no longer fits; the titles come again where they leave room for rows."""
        if self._flow.keep(height) and self._repeated:
            self._titles()

    def _end(self) -> None:
        self._flow.y -= self._pad
        if not self._block.facts:
            self._flow.put(Rule(self._flow.y, self._columns.whole))

    def _lines(self, cells: Sequence[str]) -> list[Sequence[str]]:
        pairs = zip(cells, self._columns.widths, strict=True)
        return [self._columns.lines(cell, width) for cell, width in pairs]

    def _line(self, lines: Sequence[Sequence[str]], number: int, *, soft: frozenset[int]) -> None:
        """One line of each cell that has so many."""
        flow, columns, x = self._flow, self._columns, LEFT
        for place, (cell, width) in enumerate(zip(lines, columns.widths, strict=True)):
            if number < len(cell) and cell[number]:
                text = cell[number]
                right = place in self._block.right
                shift = width - flow.fonts.measure(text, columns.size) if right else 0.0
                flow.write(x + shift, text, columns.size, _ROW_LEADING, soft=place in soft)
            x += width + columns.gutter
        flow.y -= columns.line
