"""Text that flows over A4 pages: headings, paragraphs and tables in any script, with page numbers.

Everything is laid out before anything is drawn, so that each page knows how many there are.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from ipweek.domain.text import clean
from ipweek.render.badge_text import wrap
from ipweek.render.fonts import FontSet

_WIDTH, _HEIGHT = A4
_LEFT, _TOP, _BOTTOM = 22 * mm, 20 * mm, 22 * mm
_ROOM = _WIDTH - 2 * _LEFT
_FOOT = 12 * mm
_BODY, _LEADING = 10.5, 1.5
_ROW_LEADING = 1.4
_SIZES = {1: 18.0, 2: 12.5}
_ABOVE = {1: 0.0, 2: 10.0}
_BELOW = {1: 6.0, 2: 3.0}
_BULLET, _INDENT = "•", 12.0
_GUTTER, _PAD = 16.0, 2.5
_LEAST = 60.0
_INK, _SOFT, _FAINT = map(HexColor, ("#14202b", "#5b6873", "#c9d1d8"))


@dataclass(frozen=True, slots=True)
class Heading:
    """A title of the whole (level 1) or of a section (2); it stays with what follows."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some lines of text; a soft one is grey, an item has a bullet."""

    text: str
    soft: bool = False
    item: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells under a header, if there is one; each column is as wide as it needs, within the page.

    `facts` are labels and values: grey labels, no rules.
    """

    rows: tuple[tuple[str, ...], ...]
    header: tuple[str, ...] = ()
    right: frozenset[int] = frozenset()
    facts: bool = False


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own."""


Block = Heading | Paragraph | Grid | NewPage


class Drawn(NamedTuple):
    """What was drawn, and the characters that no font has."""

    pages: int
    missing: str


class _Words(NamedTuple):
    """A line of text on a page, its baseline at y."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    soft: bool = False


class _Rule(NamedTuple):
    """A hairline across the page."""

    y: float


def write(blocks: Iterable[Block], out: BinaryIO, *, title: str, foot: str, folder: Path | None) -> Drawn:
    """Draw the blocks as PDF; `foot` stands beside the page number, `folder` holds fonts that go first."""
    known = tuple(blocks)
    texts = {title, foot, "0123456789/ ", _BULLET, *(text for block in known for text in _texts(block))}
    fonts = FontSet({clean(line) for text in texts for line in text.splitlines()}, folder)
    layout = _Layout(fonts)
    for block in known:
        layout.add(block)
    canvas = Canvas(out, pagesize=A4, pageCompression=1)
    canvas.setCreator("ipweek")
    canvas.setTitle(clean(title))
    for number, page in enumerate(layout.pages, 1):
        _draw(canvas, page, fonts)
        _draw_foot(canvas, fonts, clean(foot), f"{number} / {len(layout.pages)}")
        canvas.showPage()
    canvas.save()
    return Drawn(len(layout.pages), fonts.missing("".join(sorted("".join(map(clean, texts))))))


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text) | Paragraph(text=text):
            yield text
        case Grid(rows=rows, header=header):
            yield from header
            for row in rows:
                yield from row


def _draw(canvas: Canvas, page: Sequence[_Words | _Rule], fonts: FontSet) -> None:
    for mark in page:
        if isinstance(mark, _Rule):
            canvas.setLineWidth(0.4)
            canvas.setStrokeColor(_FAINT)
            canvas.line(_LEFT, mark.y, _WIDTH - _LEFT, mark.y)
        else:
            canvas.setFillColor(_SOFT if mark.soft else _INK)
            fonts.draw(canvas, mark.x, mark.y, mark.text, mark.size, bold=mark.bold)


def _draw_foot(canvas: Canvas, fonts: FontSet, foot: str, number: str) -> None:
    canvas.setFillColor(_SOFT)
    width = fonts.measure(number, 8)
    told = wrap(foot, (_ROOM - width - _GUTTER) / 8, fonts, bold=False)
    if told:
        line = told[0] + ("…" if len(told) > 1 else "")
        fonts.draw(canvas, _LEFT, _FOOT, line, 8)
    fonts.draw(canvas, _WIDTH - _LEFT - width, _FOOT, number, 8)


class _Layout:
    """Places blocks on pages, from the top down."""

    def __init__(self, fonts: FontSet) -> None:
        self._fonts = fonts
        self.pages: list[list[_Words | _Rule]] = [[]]
        self._y = _HEIGHT - _TOP

    def add(self, block: Block) -> None:
        """Place a block below what is there."""
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                self._paragraph(block)
            case Grid():
                self._grid(block)
            case NewPage():
                self._turn()

    def _turn(self) -> None:
        if self.pages[-1]:
            self.pages.append([])
            self._y = _HEIGHT - _TOP

    def _keep(self, height: float) -> None:
        """Turn the page where so much no longer fits on it."""
        if self._y - height < _BOTTOM:
            self._turn()

    def _heading(self, block: Heading) -> None:
        size = _SIZES[block.level]
        lines = self._lines(block.text, _ROOM, size, bold=True)
        self._keep(_ABOVE[block.level] + len(lines) * size * 1.3 + 2 * _BODY * _LEADING)
        if self.pages[-1]:
            self._y -= _ABOVE[block.level]
        for line in lines:
            self._put(_LEFT, line, size, 1.3, bold=True)
        self._y -= _BELOW[block.level]

    def _paragraph(self, block: Paragraph) -> None:
        indent = _INDENT if block.item else 0.0
        for number, line in enumerate(self._lines(block.text, _ROOM - indent, _BODY, bold=block.bold)):
            self._keep(_BODY * _LEADING)
            if block.item and not number:
                self._mark(_LEFT, _BULLET, soft=True)
            self._put(_LEFT + indent, line, _BODY, _LEADING, soft=block.soft, bold=block.bold)
        self._y -= 2 if block.item else 4

    def _grid(self, block: Grid) -> None:
        widths = self._widths(block)
        if block.header:
            self._keep(3 * _BODY * _ROW_LEADING)
            self._row(block.header, widths, block, soft=range(len(widths)))
        for row in block.rows:
            self._row(row, widths, block, soft=(0,) if block.facts else ())
        self._y -= 4

    def _widths(self, block: Grid) -> list[float]:
        """Natural widths; where they do not fit, the widest columns give way."""
        rows = (block.header, *block.rows) if block.header else block.rows
        columns = list(zip(*rows, strict=True))
        widths = [max(self._natural(cell) for cell in column) for column in columns]
        room = _ROOM - _GUTTER * (len(widths) - 1)
        least = min(_LEAST, room / len(widths)) if widths else 0
        while sum(widths) > room + 0.01 and max(widths) > least:
            widest = max(widths)
            second = max([width for width in widths if width < widest], default=least)
            many = widths.count(widest)
            lower = max(second, least, widest - (sum(widths) - room) / many)
            widths = [lower if width == widest else width for width in widths]
        return widths

    def _natural(self, text: str) -> float:
        lines = clean(text, lines=True).split("\n")
        return max(self._fonts.measure(line, _BODY) for line in lines) + 0.5

    def _row(
        self, cells: Sequence[str], widths: Sequence[float], block: Grid, *, soft: Container[int]
    ) -> None:
        """The cells beside each other; a high row goes on on the next page."""
        pad = 0.0 if block.facts else _PAD
        columns = [
            self._lines(cell, width, _BODY, bold=False) for cell, width in zip(cells, widths, strict=True)
        ]
        height = max(map(len, columns), default=0)
        self._keep(min(height, 6) * _BODY * _ROW_LEADING + 2 * pad)
        self._y -= pad
        for number in range(height):
            self._keep(_BODY * _ROW_LEADING)
            x = _LEFT
            for place, (lines, width) in enumerate(zip(columns, widths, strict=True)):
                if number < len(lines):
                    shift = width - self._fonts.measure(lines[number], _BODY) if place in block.right else 0.0
                    self._mark(x + shift, lines[number], soft=place in soft, leading=_ROW_LEADING)
                x += width + _GUTTER
            self._y -= _BODY * _ROW_LEADING
        self._y -= pad
        if not block.facts:
            self.pages[-1].append(_Rule(self._y))

    def _lines(self, text: str, width: float, size: float, *, bold: bool) -> list[str]:
        told = clean(text, lines=True).split("\n")
        return [line for part in told for line in wrap(part, width / size, self._fonts, bold=bold) or ("",)]

    def _mark(self, x: float, text: str, *, soft: bool, leading: float = _LEADING) -> None:
        """Text on the line that comes next, without going on to the one below."""
        baseline = self._y - _BODY * (leading + 0.72) / 2
        self.pages[-1].append(_Words(x, baseline, text, _BODY, soft=soft))

    def _put(
        self, x: float, text: str, size: float, leading: float, *, bold: bool = False, soft: bool = False
    ) -> None:
        baseline = self._y - size * (leading + 0.72) / 2
        self.pages[-1].append(_Words(x, baseline, text, size, bold, soft))
        self._y -= size * leading
