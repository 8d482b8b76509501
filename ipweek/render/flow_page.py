"""Pages as they fill from the top down, what stands on them, and how that is drawn.

Everything is laid out before anything is drawn, so that each page knows how many there are.
"""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Final, NamedTuple

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ipweek.domain.text import clean
from ipweek.render import chart_pdf
from ipweek.render.badge_text import wrap
from ipweek.render.chart_marks import Drawing
from ipweek.render.fonts import FontSet

WIDTH: Final[float] = A4[0]
HEIGHT: Final[float] = A4[1]
LEFT: Final[float] = 22 * mm
TOP: Final[float] = HEIGHT - 20 * mm
BOTTOM: Final[float] = 22 * mm
ROOM: Final[float] = WIDTH - 2 * LEFT
BODY: Final = 10.5
LEADING: Final = 1.5
GUTTER: Final = 16.0
_FOOT, _FOOT_SIZE = 12 * mm, 8.0
_CAPITALS = 0.72  # of the size
_INK, _SOFT, _FAINT, _ALARM = map(HexColor, ("#14202b", "#5b6873", "#c9d1d8", "#b3261e"))


class Words(NamedTuple):
    """A line of text on a page, its baseline at y."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    soft: bool = False


class Rule(NamedTuple):
    """A hairline from the left margin."""

    y: float
    width: float


class Frame(NamedTuple):
    """A frame around what must not be overlooked."""

    bottom: float
    height: float


class Chart(NamedTuple):
    """A chart, its upper edge at y."""

    y: float
    drawing: Drawing


class Photo(NamedTuple):
    """A picture, its lower left corner at (x, y)."""

    x: float
    y: float
    width: float
    height: float
    content: bytes


class Place(NamedTuple):
    """A heading that readers can jump to."""

    y: float
    title: str
    level: int


Mark = Words | Rule | Frame | Chart | Photo | Place


class Flow:
    """The pages so far, and how far down the last one is filled."""

    def __init__(self, fonts: FontSet) -> None:
        self.fonts = fonts
        self.pages: list[list[Mark]] = [[]]
        self.y = TOP

    @property
    def is_fresh(self) -> bool:
        """Whether nothing stands on the page yet."""
        return not self.pages[-1]

    def turn(self) -> None:
        """Go on at the top of a page."""
        if not self.is_fresh:
            self.pages.append([])
            self.y = TOP

    def keep(self, height: float) -> bool:
        """Turn the page where so much no longer fits on it; whether that was so."""
        turned = self.y - height < BOTTOM and not self.is_fresh
        if turned:
            self.turn()
        return turned

    def put(self, mark: Mark) -> None:
        """Put something on the page."""
        self.pages[-1].append(mark)

    def lines(self, text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
        """A text in lines of that width, its own line breaks kept."""
        told = clean(text, lines=True).split("\n")
        return [line for part in told for line in wrap(part, width / size, self.fonts, bold=bold) or ("",)]

    def write(
        self,
        x: float,
        text: str,
        size: float = BODY,
        leading: float = LEADING,
        *,
        bold: bool = False,
        soft: bool = False,
    ) -> None:
        """Text on the line that comes next, without going on to the one below."""
        baseline = self.y - size * (leading + _CAPITALS) / 2
        self.put(Words(x, baseline, text, size, bold, soft))


def draw(canvas: Canvas, page: Sequence[Mark], fonts: FontSet, place: Callable[[Place], None]) -> None:
    """Draw what stands on a page; `place` is told of its headings."""
    is_soft = None  # what the colour is that texts are drawn in
    for mark in page:
        match mark:
            case Words(x, y, text, size, bold, soft):
                if soft is not is_soft:
                    canvas.setFillColor(_SOFT if soft else _INK)
                is_soft = soft
                fonts.draw(canvas, x, y, text, size, bold=bold)
            case Rule(y, width):
                canvas.setLineWidth(0.4)
                canvas.setStrokeColor(_FAINT)
                canvas.line(LEFT, y, LEFT + width, y)
            case Frame(bottom, height):
                canvas.setLineWidth(1.2)
                canvas.setStrokeColor(_ALARM)
                canvas.rect(LEFT, bottom, ROOM, height)
            case Chart(y, drawing):
                chart_pdf.draw(canvas, fonts, drawing, LEFT, y)
                is_soft = None
            case Photo(x, y, width, height, content):
                canvas.drawImage(ImageReader(BytesIO(content)), x, y, width, height, mask="auto")
            case Place():
                place(mark)


def draw_foot(canvas: Canvas, fonts: FontSet, foot: str, number: str) -> None:
    """Draw what stands below every page: a text, cut where it is too long, and the page's number."""
    canvas.setFillColor(_SOFT)
    width = fonts.measure(number, _FOOT_SIZE)
    told = wrap(foot, (ROOM - width - GUTTER) / _FOOT_SIZE, fonts, bold=False)
    if told:
        fonts.draw(canvas, LEFT, _FOOT, told[0] + ("…" if len(told) > 1 else ""), _FOOT_SIZE)
    fonts.draw(canvas, WIDTH - LEFT - width, _FOOT, number, _FOOT_SIZE)
