"""Sheets of badges in PDF: cards of a layout's design in their places, and the programme on the back."""

from collections.abc import Sequence
from typing import BinaryIO, NamedTuple

from reportlab.lib.colors import Color, HexColor, black
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ipweek.domain.badge_design import Cut, Part
from ipweek.domain.badges import BadgeFace, BadgeWords, ProgrammeLine, SheetLayout
from ipweek.domain.errors import InvalidError
from ipweek.render import badge_back
from ipweek.render.badge_colours import ribbon_colour
from ipweek.render.badge_fitting import Fitting, Placed, all_texts
from ipweek.render.badge_logo import logo
from ipweek.render.fonts import FontSet
from ipweek.render.qr import SIZE, mask_bytes

_FAINT, _SOFT = HexColor("#c9d1d8"), HexColor("#51606d")
_TICK, _TICK_GAP = 4 * mm, 1 * mm


class SheetSummary(NamedTuple):
    """What was drawn."""

    pages: int
    badges: int


def texts(
    faces: Sequence[BadgeFace],
    layout: SheetLayout,
    words: BadgeWords | None = None,
    programme: Sequence[ProgrammeLine] = (),
) -> set[str]:
    """Every text that the sheets show: what a `FontSet` for them has to be given."""
    shown = all_texts(faces, layout, words or BadgeWords())
    return shown.union(badge_back.texts(programme)) if layout.design.back else shown


def draw_sheet(
    faces: Sequence[BadgeFace],
    out: BinaryIO,
    fonts: FontSet,
    *,
    layout: SheetLayout,
    start_at: int = 1,
    words: BadgeWords | None = None,
    programme: Sequence[ProgrammeLine] = (),
) -> SheetSummary:
    """Write the badges as PDF, the first at place `start_at` of the first page, for a sheet part used.

    Where the layout has a back, each page is followed by its own, as a printer for both sides takes them.
    Raises InvalidError `badge-start-place` where the page has no such place, `logo-unreadable`.
    """
    if not 1 <= start_at <= layout.cards:
        raise InvalidError("badge-start-place", place=start_at, places=layout.cards)
    canvas = Canvas(out, pagesize=(layout.page_width * mm, layout.page_height * mm), pageCompression=1)
    canvas.setCreator("ipweek")
    canvas.setTitle(faces[0].event if faces else "")
    sheet = _Sheet(canvas, fonts, layout, words or BadgeWords(), programme)
    place = start_at - 1
    for face in faces:
        sheet.card(face, place)
        place = (place + 1) % layout.cards
        if not place:
            sheet.end()
    if place or not faces:
        sheet.end()
    canvas.save()
    sheets = -(-(start_at - 1 + len(faces)) // layout.cards) or 1
    return SheetSummary(sheets * layout.sides, len(faces))


class _Sheet:
    """Draws cards on the pages of one canvas."""

    def __init__(
        self,
        canvas: Canvas,
        fonts: FontSet,
        layout: SheetLayout,
        words: BadgeWords,
        programme: Sequence[ProgrammeLine],
    ) -> None:
        self._canvas, self._fonts, self._layout = canvas, fonts, layout
        self._design = layout.design
        self._fitting = Fitting(layout, fonts, words)
        self._programme = programme
        self._colours: dict[str, Color] = {}
        self._ribbons: dict[str, Color] = {}
        self._logo = logo(self._design.logo) if self._design.logo else None
        symbol = self._design.symbol
        side, left = symbol.size * mm, symbol.x * mm
        self._symbol = f"q {side:.3f} 0 0 {side:.3f} {left:.3f} {-(symbol.y * mm) - side:.3f} cm\n"

    def card(self, face: BadgeFace, place: int) -> None:
        """Draw one card in its place; within, the origin is its upper left corner."""
        canvas, layout = self._canvas, self._layout
        left, top = layout.corner(place)
        canvas.saveState()
        canvas.translate(left * mm, (layout.page_height - top) * mm)
        self._ribbon(face)
        if self._logo is not None:
            self._picture(self._logo)
        for text in self._fitting.placed(face):
            self._text(text)
        if not face.name:
            self._lines_to_write_on()
        self._code(face.code)
        if layout.cut is Cut.FRAME:
            canvas.setLineWidth(0.25)
            canvas.setStrokeColor(_FAINT)
            canvas.rect(0, -layout.card_height * mm, layout.card_width * mm, layout.card_height * mm)
        canvas.restoreState()

    def end(self) -> None:
        """Finish a page, and its back where there is one."""
        if self._layout.cut is Cut.MARKS:
            self._ticks()
        self._canvas.showPage()
        back = self._design.back
        if back is not None:
            badge_back.draw(self._canvas, self._fonts, back, self._layout.page_height, self._programme)
            self._canvas.showPage()

    def _ribbon(self, face: BadgeFace) -> None:
        ribbon = self._design.ribbon
        if ribbon is None:
            return
        area = ribbon.area
        colour = self._ribbons.get(face.category)
        if colour is None:
            colour = self._ribbons[face.category] = self._colour(ribbon_colour(ribbon, face.category))
        self._canvas.setFillColor(colour)
        self._canvas.rect(area.x * mm, -area.bottom * mm, area.width * mm, area.height * mm, stroke=0, fill=1)

    def _picture(self, picture: ImageReader) -> None:
        assert self._design.logo is not None
        area = self._design.logo.area
        self._canvas.drawImage(
            picture,
            area.x * mm,
            -area.bottom * mm,
            area.width * mm,
            area.height * mm,
            mask="auto",
            preserveAspectRatio=True,
        )

    def _text(self, text: Placed) -> None:
        canvas, part = self._canvas, self._design.texts[text.part]
        canvas.setFillColor(self._colour(part.colour))
        for line in text.lines:
            self._fonts.draw(canvas, line.x, -line.y, line.text, text.size, bold=part.bold)
        if part.framed and text.lines:
            wide = max(self._fonts.measure(line.text, text.size, bold=part.bold) for line in text.lines)
            left = min(line.x for line in text.lines) - 1 * mm
            upper, lower = text.lines[0].y - 1.12 * text.size, text.lines[-1].y + 0.42 * text.size
            canvas.setStrokeColor(self._colour(part.colour))
            canvas.setLineWidth(0.5)
            canvas.roundRect(left, -lower, wide + 2 * mm, lower - upper, 0.6 * mm)

    def _lines_to_write_on(self) -> None:
        """A blank badge has two, where the name and the enterprise stand on others."""
        self._canvas.setLineWidth(0.5)
        self._canvas.setStrokeColor(_SOFT)
        for part in (Part.NAME, Part.ENTERPRISE):
            if part in self._design.texts:
                area = self._design.texts[part].area
                self._canvas.line(area.x * mm, -area.bottom * mm, area.right * mm, -area.bottom * mm)

    def _code(self, code: str) -> None:
        self._canvas.setFillColor(black)
        # reportlab's own inline images go through PIL; a 1-bit mask is a few bytes of page content.
        self._canvas._code.append(  # noqa: SLF001
            f"{self._symbol}BI /W {SIZE} /H {SIZE} /IM true /BPC 1 /D [1 0] /F /AHx ID\n"
            f"{mask_bytes(code).hex()}>\nEI Q"
        )

    def _ticks(self) -> None:
        """Short lines outside the cards, in line with their edges."""
        canvas, layout = self._canvas, self._layout
        canvas.setLineWidth(0.35)
        canvas.setStrokeColor(_SOFT)
        corners = [layout.corner(place) for place in range(layout.cards)]
        right, bottom = corners[-1][0] + layout.card_width, corners[-1][1] + layout.card_height
        height = layout.page_height * mm
        left, upper, lower = corners[0][0] * mm, height - corners[0][1] * mm, height - bottom * mm
        for x in {edge for corner in corners for edge in (corner[0], corner[0] + layout.card_width)}:
            canvas.line(x * mm, upper + _TICK_GAP, x * mm, upper + _TICK_GAP + _TICK)
            canvas.line(x * mm, lower - _TICK_GAP, x * mm, lower - _TICK_GAP - _TICK)
        for y in {edge for corner in corners for edge in (corner[1], corner[1] + layout.card_height)}:
            canvas.line(left - _TICK_GAP, height - y * mm, left - _TICK_GAP - _TICK, height - y * mm)
            edge = right * mm + _TICK_GAP
            canvas.line(edge, height - y * mm, edge + _TICK, height - y * mm)

    def _colour(self, name: str) -> Color:
        known = self._colours.get(name)
        if known is None:
            known = self._colours[name] = HexColor(name)
        return known
