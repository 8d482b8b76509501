"""Sign-in sheets in PDF: A4 rows with a code each and room to sign, headings kept with their rows.

Everything is placed before anything is drawn, so that each page knows how many there are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from ipweek.domain.glyphs import MissingGlyphs
from ipweek.domain.signin import SheetOrder, SheetRow, SignInSheet
from ipweek.i18n import N_, _
from ipweek.render import words
from ipweek.render.badge_text import Box, fit
from ipweek.render.dates import day_text
from ipweek.render.fonts import FontSet
from ipweek.render.qr import SIZE, mask_bytes

_WIDTH, _HEIGHT = A4
_LEFT, _TOP, _BOTTOM = 12 * mm, 11 * mm, 14 * mm
_ROOM = _WIDTH - 2 * _LEFT
_HEAD = 21 * mm
_TITLES = 7 * mm
_GROUP = 8 * mm
_ROW = 15.5 * mm
_MODULE = 0.5 * mm
_SYMBOL = SIZE * _MODULE
_PAD = 1.2 * mm
_INK, _SOFT, _FAINT, _SHADE, _NOTICE = map(HexColor, ("#14202b", "#51606d", "#9aa5ae", "#eef1f3", "#b3261e"))


class _Column(NamedTuple):
    title: str
    width: float


_NUMBER, _CODE, _SHORT, _SEAT, _SIGN, _REMARKS = (
    _Column(N_("№"), 9 * mm),
    _Column(N_("Check-in code"), 15 * mm),
    _Column(N_("Number to key in"), 17 * mm),
    _Column(N_("Seat"), 12 * mm),
    _Column(N_("Signature"), 32 * mm),
    _Column(N_("Time, remarks"), 21 * mm),
)
_NAME = _Column(N_("Name"), 32 * mm)
_ABOUT = _Column(N_("Enterprise, title"), _ROOM - sum(
    column.width for column in (_NUMBER, _CODE, _SHORT, _SEAT, _SIGN, _REMARKS, _NAME)
))  # fmt: skip
_COLUMNS = (_NUMBER, _NAME, _ABOUT, _SEAT, _SIGN, _REMARKS, _SHORT, _CODE)
_TITLE = Box(_ROOM - 44 * mm, 8 * mm, 17, 11, bold=True)
_LINE = Box(_ROOM - 44 * mm, 8.4 * mm, 9.5, 8)


class SheetsDrawn(NamedTuple):
    """What was drawn."""

    pages: int
    rows: int


@dataclass(slots=True)
class _Page:
    """Headings (an enterprise, and whether it goes on from the page before) and numbered rows, None for a blank."""

    parts: list[tuple[str, bool] | tuple[int, SheetRow | None]] = field(default_factory=list)
    used: float = 0.0


def texts(sheet: SignInSheet) -> set[str]:
    """Every text that the sheet shows: what a `FontSet` for it has to be given."""
    shown = {
        *_head(sheet),
        _mark(sheet),
        _foot(),
        _no_enterprise(),
        _going_on(""),
        _page_of(0, 0),
        "0123456789",
    }
    shown.update(_(column.title) for column in _COLUMNS)
    return shown.union(*(_row_texts(row) for row in sheet.rows))


def missing(sheet: SignInSheet, fonts: FontSet) -> list[MissingGlyphs]:
    """The rows, and the heading, with characters that no font has."""
    told = [(sheet.event, " ".join(_head(sheet)))]
    told += [(row.name, " ".join(_row_texts(row))) for row in sheet.rows]
    found = ((name, fonts.missing(text)) for name, text in told)
    return [MissingGlyphs(name, characters) for name, characters in found if characters]


def draw(sheet: SignInSheet, out: BinaryIO, fonts: FontSet, blank_rows: int = 0) -> SheetsDrawn:
    """Write the sheet as PDF, with rows for walk-ins at its end."""
    pages = _placed(sheet, blank_rows)
    canvas = Canvas(out, pagesize=A4, pageCompression=1)
    canvas.setCreator("ipweek")
    canvas.setTitle(f"{_('Sign-in sheet')} {sheet.event}")
    pen = _Pen(canvas, fonts, sheet)
    for number, page in enumerate(pages, 1):
        pen.page(page, _page_of(number, len(pages)))
        canvas.showPage()
    canvas.save()
    return SheetsDrawn(len(pages), len(sheet.rows))


def _placed(sheet: SignInSheet, blank_rows: int) -> list[_Page]:
    """Rows on pages; a heading never stands at the foot of one, and stands again where its rows go on."""
    room = _HEIGHT - _TOP - _HEAD - _TITLES - _BOTTOM
    pages, group = [_Page()], None
    rows: Sequence[SheetRow | None] = (*sheet.rows, *[None] * blank_rows)
    for number, row in enumerate(rows, 1):
        heading = _heading(sheet, row)
        needed = _ROW + (_GROUP if heading is not None and heading != group else 0)
        if pages[-1].used + needed > room:
            pages.append(_Page())
        page = pages[-1]
        if heading is not None and (heading != group or not page.parts):
            page.parts.append((heading, heading == group))
            page.used += _GROUP
        page.parts.append((number, row))
        page.used += _ROW
        group = heading
    return pages


def _heading(sheet: SignInSheet, row: SheetRow | None) -> str | None:
    if sheet.order is not SheetOrder.ENTERPRISE:
        return None
    return _("Walk-ins") if row is None else row.enterprise or _no_enterprise()


class _Pen:
    """Draws pages on one canvas."""

    def __init__(self, canvas: Canvas, fonts: FontSet, sheet: SignInSheet) -> None:
        self._canvas, self._fonts, self._sheet = canvas, fonts, sheet

    def page(self, page: _Page, number: str) -> None:
        """A whole page from the top down."""
        self._heads(number)
        top = _HEIGHT - _TOP - _HEAD
        self._titles(top)
        top -= _TITLES
        for first, second in page.parts:
            if isinstance(first, str):
                self._group(top, _going_on(first) if second else first)
                top -= _GROUP
            else:
                assert not isinstance(second, bool)
                self._row(top, first, second)
                top -= _ROW

    def _heads(self, number: str) -> None:
        title, about, when = _head(self._sheet)
        canvas, top = self._canvas, _HEIGHT - _TOP
        canvas.setFillColor(_INK)
        self._text(title, _TITLE, _LEFT, top)
        canvas.setFillColor(_SOFT)
        self._text(about, _LINE, _LEFT, top - 8 * mm)
        self._text(when, _LINE, _LEFT, top - 14 * mm)
        self._right(number, 10, top - 4.5 * mm)
        if self._sheet.synthetic:
            canvas.setFillColor(_NOTICE)
            self._right(_mark(self._sheet), 8, top - 10 * mm)
        canvas.setFillColor(_SOFT)
        self._fonts.draw(canvas, _LEFT, 7 * mm, _foot(), 7.5)
        self._right(number, 7.5, 7 * mm)

    def _titles(self, top: float) -> None:
        canvas = self._canvas
        canvas.setFillColor(_SHADE)
        canvas.rect(_LEFT, top - _TITLES, _ROOM, _TITLES, stroke=0, fill=1)
        canvas.setFillColor(_SOFT)
        for x, column in _places():
            box = Box(column.width - 2 * _PAD, _TITLES - _PAD, 8.5, 7, leading=1.1)
            self._middle(_(column.title), box, x + _PAD, top, _TITLES)
        self._rule(top - _TITLES, 0.8)

    def _group(self, top: float, text: str) -> None:
        self._canvas.setFillColor(_INK)
        self._middle(
            text, Box(_ROOM - 2 * _PAD, _GROUP - _PAD, 10.5, 8, bold=True), _LEFT + _PAD, top, _GROUP
        )
        self._rule(top - _GROUP, 0.6)

    def _row(self, top: float, number: int, row: SheetRow | None) -> None:
        canvas = self._canvas
        canvas.setFillColor(_INK)
        for x, column in _places():
            inner = column.width - 2 * _PAD
            for text, box, above, height in _cells(column, number, row, inner, self._sheet.order):
                canvas.setFillColor(_INK if box.bold or column is not _ABOUT else _SOFT)
                self._middle(text, box, x + _PAD, top - above, height)
            if column is _CODE and row is not None and row.code:
                self._symbol(row.code, x + (column.width - _SYMBOL) / 2, top - (_ROW + _SYMBOL) / 2)
            if x > _LEFT:
                canvas.setStrokeColor(_FAINT)
                canvas.setLineWidth(0.25)
                canvas.line(x, top, x, top - _ROW)
        self._rule(top - _ROW, 0.4)

    def _symbol(self, code: str, x: float, y: float) -> None:
        self._canvas.setFillColor(black)
        self._canvas._code.append(  # noqa: SLF001 - as on badges: a 1-bit mask is a few bytes of page content
            f"q {_SYMBOL:.3f} 0 0 {_SYMBOL:.3f} {x:.3f} {y:.3f} cm\n"
            f"BI /W {SIZE} /H {SIZE} /IM true /BPC 1 /D [1 0] /F /AHx ID\n{mask_bytes(code).hex()}>\nEI Q"
        )

    def _rule(self, y: float, width: float) -> None:
        self._canvas.setLineWidth(width)
        self._canvas.setStrokeColor(_FAINT)
        self._canvas.line(_LEFT, y, _LEFT + _ROOM, y)

    def _right(self, text: str, size: float, y: float) -> None:
        self._fonts.draw(self._canvas, _LEFT + _ROOM - self._fonts.measure(text, size), y, text, size)

    def _text(self, text: str, box: Box, x: float, top: float) -> None:
        """Downwards from `top`."""
        if text:
            size, lines = fit(text, box, self._fonts)
            for line in lines:
                self._fonts.draw(self._canvas, x, top - 0.94 * size, line, size, bold=box.bold)
                top -= size * box.leading

    def _middle(self, text: str, box: Box, x: float, top: float, height: float) -> None:
        """In the middle of a height."""
        if text:
            size, lines = fit(text, box, self._fonts)
            used = (len(lines) - 1) * size * box.leading + size
            self._text(text, box, x, top - (height - used) / 2)


def _places() -> Iterator[tuple[float, _Column]]:
    x = _LEFT
    for column in _COLUMNS:
        yield x, column
        x += column.width


_Cell = tuple[str, Box, float, float]


def _cells(
    column: _Column, number: int, row: SheetRow | None, width: float, order: SheetOrder
) -> Iterator[_Cell]:
    """The texts of a cell, each with its box, how far below the row's top its part begins, and that part's height."""
    if column is _NUMBER:
        yield str(number), Box(width, _ROW, 9, 7), 0, _ROW
    if row is None:
        return
    if column is _NAME:
        yield from _stacked(
            (row.name, 12, 9, True), (row.name_latin, 8, 6.5, False), width, 9.0 if row.name_latin else 0
        )
    elif column is _ABOUT:
        about = _about(row)
        if order is SheetOrder.ENTERPRISE:
            yield about, Box(width, _ROW - 2 * _PAD, 8.5, 7.5), 0, _ROW
        else:
            yield from _stacked((row.enterprise, 8.5, 7.5, True), (about, 7.5, 6.5, False), width, 9.4)
    elif column is _SEAT:
        yield row.seat, Box(width, _ROW - 2 * _PAD, 10, 7.5), 0, _ROW
    elif column is _SHORT:
        yield row.number, Box(width, _ROW - 2 * _PAD, 13, 8, bold=True), 0, _ROW
    elif column is _REMARKS and row.on_leave:
        yield _("on leave"), Box(width, _ROW / 2, 8, 7), 0, _ROW / 2


def _stacked(
    first: tuple[str, float, float, bool], second: tuple[str, float, float, bool], width: float, upper: float
) -> Iterator[_Cell]:
    """Two texts one above the other; without room for the second the first has it all."""
    height = upper * mm if second[0] and upper else _ROW
    for (text, largest, one_line, bold), above, room in (
        (first, 0.0, height),
        (second, height, _ROW - height),
    ):
        if text and room:
            yield text, Box(width, room - _PAD, largest, one_line, bold=bold, leading=1.15), above, room


def _about(row: SheetRow) -> str:
    return " · ".join(part for part in (row.title, words.category(row.category)) if part)


def _head(sheet: SignInSheet) -> tuple[str, str, str]:
    """Title, what it is about, when and where."""
    event = " · ".join(part for part in (sheet.event, sheet.session) if part)
    day = day_text(sheet.start.day) if sheet.start else ""
    time = f"{sheet.start.time:%H:%M}" if sheet.start and sheet.start.time else ""
    when = " · ".join(part for part in (f"{day} {time}".strip(), sheet.place) if part)
    return _("Sign-in sheet"), " · ".join(part for part in (event, sheet.week) if part), when


def _mark(sheet: SignInSheet) -> str:
    return _("SYNTHETIC 样例") if sheet.synthetic else ""


def _foot() -> str:
    return _("Sign in your own row. Walk-ins write name and enterprise in a free row and call at the desk.")


def _no_enterprise() -> str:
    return _("no enterprise")


def _going_on(heading: str) -> str:
    return _("{enterprise} (continued)").format(enterprise=heading)


def _page_of(number: int, pages: int) -> str:
    return _("Page {number} of {pages}").format(number=number, pages=pages)


def _row_texts(row: SheetRow) -> tuple[str, ...]:
    more = _("on leave") if row.on_leave else ""
    return (row.name, row.name_latin, row.enterprise, _about(row), row.seat, more, _("Walk-ins"))
