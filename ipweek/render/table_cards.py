"""Table cards (席卡): a sheet folded in the middle stands like a tent, the name to be read from both sides."""

from collections.abc import Sequence
from typing import BinaryIO, NamedTuple

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, A5
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from ipweek.domain.badges import BadgeWords
from ipweek.domain.name_lists import Named
from ipweek.i18n import language
from ipweek.render.badge_text import Box, fit
from ipweek.render.fonts import FontSet

SIZES = {"a4": A4, "a5": A5}
_INK, _SOFT, _FAINT, _NOTICE = map(HexColor, ("#14202b", "#51606d", "#c9d1d8", "#b3261e"))
_ENLARGED = 300.0
"""Points that a name of two characters may have: its box decides."""


class CardSummary(NamedTuple):
    """What was drawn."""

    pages: int


def texts(people: Sequence[Named], words: BadgeWords) -> set[str]:
    """Every text that the cards show."""
    return {words.synthetic, *(text for one in people for text in _texts(one))}


def draw(
    people: Sequence[Named], out: BinaryIO, fonts: FontSet, *, size: str, words: BadgeWords
) -> CardSummary:
    """A page for each person, both halves the same, the upper one upside down."""
    width, height = SIZES[size]
    canvas = Canvas(out, pagesize=(width, height), pageCompression=1)
    canvas.setCreator("ipweek")
    for one in people:
        canvas.setLineWidth(0.25)
        canvas.setStrokeColor(_FAINT)
        canvas.setDash(3, 3)
        canvas.line(0, height / 2, width, height / 2)
        canvas.setDash()
        _face(canvas, fonts, one, width, height / 2, words)
        canvas.saveState()
        canvas.translate(width, height)
        canvas.rotate(180)
        _face(canvas, fonts, one, width, height / 2, words)
        canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return CardSummary(len(people))


def _texts(one: Named) -> tuple[str, str, str]:
    """The name; under it what he represents, and as what."""
    return _spaced(one.called(language())), one.represents(language()), one.title


def _spaced(name: str) -> str:
    """A name of two Chinese characters is set as wide as one of three."""
    is_short = len(name) == 2 and name.isalpha() and not name.isascii()
    return f"{name[0]}\u3000{name[1]}" if is_short else name


def _face(canvas: Canvas, fonts: FontSet, one: Named, width: float, height: float, words: BadgeWords) -> None:
    """One half, its lower left corner the origin."""
    room = width - 24 * mm
    name, enterprise, title = _texts(one)
    canvas.setFillColor(_INK)
    _centred(canvas, fonts, name, Box(room, height * 0.46, _ENLARGED, 40, bold=True, leading=1.1),
             (width, height * 0.60))  # fmt: skip
    canvas.setFillColor(_SOFT)
    _centred(canvas, fonts, enterprise, Box(room, height * 0.15, height * 0.07, 11), (width, height * 0.25))
    _centred(canvas, fonts, title, Box(room, height * 0.09, height * 0.055, 10), (width, height * 0.12))
    if one.synthetic:
        canvas.setFillColor(_NOTICE)
        fonts.draw(canvas, 6 * mm, height - 8 * mm, words.synthetic, 8, bold=True)


def _centred(canvas: Canvas, fonts: FontSet, text: str, box: Box, where: tuple[float, float]) -> None:
    """Draw a text around a height, in the middle of a width."""
    if not text:
        return
    width, middle = where
    # One line is as large as the height allows, too.
    size, lines = fit(text, box, fonts)
    if len(lines) == 1:
        size = min(size, box.height / box.leading)
    top = middle + len(lines) * size * box.leading / 2
    for number, line in enumerate(lines):
        x = (width - fonts.measure(line, size, bold=box.bold)) / 2
        y = top - number * size * box.leading - (box.leading - 1) * size / 2 - 0.88 * size
        fonts.draw(canvas, x, y, line, size, bold=box.bold)
