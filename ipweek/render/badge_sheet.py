"""Sheets of badges in PDF: cards of one design, scaled into the places of a layout."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO, NamedTuple
from zlib import crc32

from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from ipweek.domain.badge_code import grouped
from ipweek.domain.badges import A4_2X5, BadgeFace, BadgeWords, MissingGlyphs, SheetLayout
from ipweek.domain.errors import InvalidError
from ipweek.render.badge_text import Box, Fitted, fit
from ipweek.render.fonts import FontSet
from ipweek.render.qr import QUIET_ZONE, SIZE, mask_bytes

# The card as designed, in points from its lower left corner; every layout scales it.
WIDTH, HEIGHT = 90 * mm, 54 * mm
_EDGE = 5 * mm
_RIBBON = 9 * mm
_MODULE = 0.95 * mm
_SYMBOL = SIZE * _MODULE
_QUIET = QUIET_ZONE * _MODULE
_SYMBOL_X = WIDTH - _SYMBOL - _QUIET - 0.7 * mm
_SYMBOL_Y = 19.6 * mm
_COLUMN = _SYMBOL_X - _QUIET - _EDGE  # the text left of the symbol's quiet zone

_INK, _SOFT, _FAINT, _NOTICE = map(HexColor, ("#14202b", "#51606d", "#c9d1d8", "#b3261e"))
_RIBBONS = tuple(
    map(HexColor, ("#8a4b08", "#7a1f3d", "#1e6b52", "#5b3a8c", "#1f4e79", "#0f6674", "#4a5a12", "#3d4852"))
)

_WEEK = Box(WIDTH - 2 * _EDGE, 4.6 * mm, 9.5, 6.5, bold=True)
_EVENT = Box(WIDTH - 2 * _EDGE, 4.4 * mm, 7.5, 5.5)
_NAME = Box(_COLUMN, 13 * mm, 27, 17, bold=True, leading=1.15)
_LATIN = Box(_COLUMN, 4.5 * mm, 10.5, 7.5)
_ENTERPRISE = Box(_COLUMN, 8 * mm, 9.5, 7.5, bold=True, leading=1.22)
_TITLE = Box(_COLUMN, 3.6 * mm, 8, 6)
_CATEGORY = Box(48 * mm, 7 * mm, 14, 9, bold=True)
_SEAT = Box(28 * mm, 6 * mm, 10, 7)


class SheetSummary(NamedTuple):
    """What was drawn."""

    pages: int
    badges: int


def texts(faces: Sequence[BadgeFace], words: BadgeWords | None = None) -> set[str]:
    """Every text that the sheets show: what a `FontSet` for them has to be given."""
    words = words or BadgeWords()
    shown = {words.synthetic, words.seat}
    return shown.union(*(_texts(face) for face in faces)) if faces else shown


def missing(faces: Sequence[BadgeFace], fonts: FontSet) -> list[MissingGlyphs]:
    """The badges with characters that no font has, in order; to be shown before anything prints."""
    found = ((face.name, fonts.missing(" ".join(_texts(face)))) for face in faces)
    return [MissingGlyphs(name, characters) for name, characters in found if characters]


def draw_sheet(
    faces: Sequence[BadgeFace],
    out: BinaryIO,
    fonts: FontSet,
    *,
    layout: SheetLayout = A4_2X5,
    start_at: int = 1,
    words: BadgeWords | None = None,
) -> SheetSummary:
    """Write the badges as PDF, the first at place `start_at` of the first page, for a sheet part used.

    Raises InvalidError `badge-start-place` where the page has no such place.
    """
    if not 1 <= start_at <= layout.cards:
        raise InvalidError("badge-start-place", place=start_at, places=layout.cards)
    page = (layout.page_width * mm, layout.page_height * mm)
    canvas = Canvas(out, pagesize=page, pageCompression=1)
    canvas.setCreator("ipweek")
    canvas.setTitle(faces[0].event if faces else "")
    card = _Card(canvas, fonts, words or BadgeWords())
    place = start_at - 1
    for number, face in enumerate(faces):
        if number and place == 0:
            canvas.showPage()
        _draw_at(card, face, layout, place)
        place = (place + 1) % layout.cards
    if not faces:
        canvas.showPage()
    canvas.save()
    return SheetSummary(-(-(start_at - 1 + len(faces)) // layout.cards) or 1, len(faces))


def _draw_at(card: "_Card", face: BadgeFace, layout: SheetLayout, place: int) -> None:
    """Draw one card in its place: as large as fits there, in the middle."""
    canvas = card.canvas
    left, top = (length * mm for length in layout.corner(place))
    width, height = layout.card_width * mm, layout.card_height * mm
    scale = min(width / WIDTH, height / HEIGHT)
    canvas.saveState()
    canvas.translate(
        left + (width - WIDTH * scale) / 2,
        layout.page_height * mm - top - height + (height - HEIGHT * scale) / 2,
    )
    if abs(scale - 1) > 1e-9:
        canvas.scale(scale, scale)
    card.draw(face)
    if layout.cards > 1:
        card.outline()
    canvas.restoreState()


class _Card:
    """Draws cards on one canvas, remembering how texts that come again were fitted."""

    def __init__(self, canvas: Canvas, fonts: FontSet, words: BadgeWords) -> None:
        self.canvas = canvas
        self._fonts = fonts
        self._words = words
        self._fitted: dict[tuple[str, Box], Fitted] = {}

    def draw(self, face: BadgeFace) -> None:
        """Draw a card whose lower left corner is the origin."""
        self._ribbon(face)
        self._head(face)
        self._person(face)
        self._symbol(face.code)

    def outline(self) -> None:
        """A hairline along the card's edge, to cut by."""
        self.canvas.setLineWidth(0.25)
        self.canvas.setStrokeColor(_FAINT)
        self.canvas.rect(0, 0, WIDTH, HEIGHT)

    def _ribbon(self, face: BadgeFace) -> None:
        canvas = self.canvas
        canvas.setFillColor(_RIBBONS[crc32(face.category.encode()) % len(_RIBBONS)])
        canvas.rect(0, 0, WIDTH, _RIBBON, stroke=0, fill=1)
        canvas.setFillColor(white)
        self._centred(face.category, _CATEGORY, _EDGE, _RIBBON / 2)
        if face.seat:
            seat = f"{self._words.seat} {face.seat}"
            width = self._widest(seat, _SEAT)
            self._centred(seat, _SEAT, WIDTH - _EDGE - width, _RIBBON / 2)

    def _head(self, face: BadgeFace) -> None:
        canvas = self.canvas
        mark = 0.0
        if face.synthetic:
            mark = self._fonts.measure(self._words.synthetic, 5.5, bold=True) + 2 * mm
            canvas.setFillColor(_NOTICE)
            canvas.setStrokeColor(_NOTICE)
            canvas.setLineWidth(0.5)
            canvas.roundRect(WIDTH - _EDGE - mark, HEIGHT - 6.9 * mm, mark, 3.1 * mm, 0.6 * mm)
            left, bottom = WIDTH - _EDGE - mark + 1 * mm, HEIGHT - 6 * mm
            self._fonts.draw(canvas, left, bottom, self._words.synthetic, 5.5, bold=True)
            mark += 2 * mm
        canvas.setFillColor(_INK)
        self._from_top(face.week, replace(_WEEK, width=_WEEK.width - mark), _EDGE, HEIGHT - 2.6 * mm)
        canvas.setFillColor(_SOFT)
        self._from_top(face.event, _EVENT, _EDGE, HEIGHT - 7.4 * mm)

    def _person(self, face: BadgeFace) -> None:
        canvas = self.canvas
        y = HEIGHT - 12.6 * mm
        if not face.name:
            canvas.setLineWidth(0.5)
            canvas.setStrokeColor(_SOFT)
            for below in (9 * mm, 19 * mm):
                canvas.line(_EDGE, y - below, _EDGE + _COLUMN, y - below)
            return
        canvas.setFillColor(_INK)
        y = self._from_top(face.name, _NAME, _EDGE, y)
        if face.name_latin:
            y = self._from_top(face.name_latin, _LATIN, _EDGE, y - 1.0 * mm)
        y -= 1.2 * mm
        y = self._from_top(face.enterprise, _ENTERPRISE, _EDGE, y) - 0.4 * mm
        canvas.setFillColor(_SOFT)
        self._from_top(face.title, _TITLE, _EDGE, y)

    def _symbol(self, code: str) -> None:
        canvas, fonts = self.canvas, self._fonts
        canvas.setFillColor(black)
        # reportlab's own inline images go through PIL; a 1-bit mask is a few bytes of page content.
        canvas._code.append(  # noqa: SLF001
            f"q {_SYMBOL:.3f} 0 0 {_SYMBOL:.3f} {_SYMBOL_X:.3f} {_SYMBOL_Y:.3f} cm\n"
            f"BI /W {SIZE} /H {SIZE} /IM true /BPC 1 /D [1 0] /F /AHx ID\n{mask_bytes(code).hex()}>\nEI Q"
        )
        groups = grouped(code).split(" ")
        canvas.setFillColor(_INK)
        for line, below in ((" ".join(groups[:4]), 6.2 * mm), (" ".join(groups[4:]), 8.7 * mm)):
            width = fonts.measure(line, 6.5)
            fonts.draw(canvas, _SYMBOL_X + (_SYMBOL - width) / 2, _SYMBOL_Y - below, line, 6.5)

    def _fit(self, text: str, box: Box) -> Fitted:
        known = self._fitted.get((text, box))
        if known is None:
            known = self._fitted[text, box] = fit(text, box, self._fonts)
        return known

    def _widest(self, text: str, box: Box) -> float:
        size, lines = self._fit(text, box)
        return max(self._fonts.measure(line, size, bold=box.bold) for line in lines)

    def _from_top(self, text: str, box: Box, x: float, top: float) -> float:
        """Draw a text downwards from `top`; returns the lower edge of its last line."""
        if not text:
            return top
        size, lines = self._fit(text, box)
        for line in lines:
            self._fonts.draw(self.canvas, x, top - 0.94 * size, line, size, bold=box.bold)
            top -= size * box.leading
        return top

    def _centred(self, text: str, box: Box, x: float, middle: float) -> None:
        """Draw a text around a height."""
        if text:
            size, lines = self._fit(text, box)
            extra = (len(lines) - 1) * size * box.leading
            self._from_top(text, box, x, middle + 0.58 * size + extra / 2)


def _texts(face: BadgeFace) -> Iterator[str]:
    yield from (face.name, face.name_latin, face.enterprise, face.title)
    yield from (face.category, face.week, face.event, face.seat)
