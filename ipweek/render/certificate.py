"""Certificates of attendance in PDF: A4 across, in Chinese, English or both, with a number that can be verified."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zoneinfo import ZoneInfo

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from ipweek.domain.certificates import BOTH, Certificate, InBoth
from ipweek.domain.glyphs import MissingGlyphs
from ipweek.i18n import N_, _, speaking
from ipweek.render.badge_text import Box, fit
from ipweek.render.dates import date_text
from ipweek.render.fonts import FontSet

_WIDTH, _HEIGHT = landscape(A4)
_EDGE = 26 * mm
_ROOM = _WIDTH - 2 * _EDGE
_QUIET = 4
_MODULE = 0.8 * mm
_INK, _SOFT, _ACCENT, _NOTICE = map(HexColor, ("#14202b", "#51606d", "#7a5a1e", "#b3261e"))
_TOP, _FOOT = _HEIGHT - 22 * mm, 54 * mm
_MOST_SHARE = 13 * mm

_STATEMENTS = {
    (True, True): N_("attended {event} of {week} on {day}."),
    (True, False): N_("attended {event} on {day}."),
    (False, True): N_("attended {event} of {week}."),
    (False, False): N_("attended {event}."),
}
_SPANS = {
    True: N_("attended {event} of {week} from {day} to {last}."),
    False: N_("attended {event} from {day} to {last}."),
}


class _Line(NamedTuple):
    """A text in the middle of the page, the room that it may take, and its share of what is left free."""

    text: str
    box: Box
    below: float
    colour: HexColor = _INK


def tongues(lang: str) -> tuple[str, ...]:
    """The languages of `zh`, `en` or `both`."""
    return ("zh", "en") if lang == BOTH else (lang,)


def texts(certificates: Sequence[Certificate], lang: str) -> set[str]:
    """Every text that they show."""
    return {text for one in certificates for text in _texts(one, lang)}


def missing(certificates: Sequence[Certificate], fonts: FontSet, lang: str) -> list[MissingGlyphs]:
    """The certificates with characters that no font has."""
    found = ((one.name, fonts.missing(" ".join(_texts(one, lang)))) for one in certificates)
    return [MissingGlyphs(name, characters) for name, characters in found if characters]


def draw(certificates: Sequence[Certificate], out: BinaryIO, fonts: FontSet, lang: str) -> None:
    """A page for each."""
    canvas = Canvas(out, pagesize=(_WIDTH, _HEIGHT), pageCompression=1)
    canvas.setCreator("ipweek")
    canvas.setTitle(_title(tongues(lang)[0]))
    for one in certificates:
        _Sheet(canvas, fonts, one, tongues(lang)).draw()
        canvas.showPage()
    canvas.save()


def font_set(certificates: Sequence[Certificate], lang: str, folder: Path | None) -> FontSet:
    """The fonts for them; `folder` holds those that go first."""
    return FontSet(texts(certificates, lang), folder)


class _Sheet:
    """One certificate on its page."""

    def __init__(self, canvas: Canvas, fonts: FontSet, one: Certificate, langs: Sequence[str]) -> None:
        self._canvas, self._fonts, self._one, self._langs = canvas, fonts, one, langs

    def draw(self) -> None:
        """Frame, words from the top, number and signature at the foot."""
        self._frame()
        lines = [(line, *fit(line.text, line.box, self._fonts)) for line in _lines(self._one, self._langs)]
        used = sum(len(parts) * size * line.box.leading for line, size, parts in lines)
        free = max(_TOP - _FOOT - used, 0.0)
        share = free / sum(line.below for line, _size, _parts in lines)
        y = _TOP
        for line, size, parts in lines:
            y = self._centred(line, size, parts, y) - line.below * min(share, _MOST_SHARE)
        self._number()
        self._signed()

    def _frame(self) -> None:
        canvas = self._canvas
        canvas.setStrokeColor(_ACCENT)
        for inset, width in ((9 * mm, 1.6), (11 * mm, 0.5)):
            canvas.setLineWidth(width)
            canvas.rect(inset, inset, _WIDTH - 2 * inset, _HEIGHT - 2 * inset)
        if self._one.synthetic:
            canvas.setFillColor(_NOTICE)
            self._fonts.draw(canvas, 15 * mm, _HEIGHT - 17 * mm, _synthetic(), 8)

    def _centred(self, line: _Line, size: float, parts: Sequence[str], top: float) -> float:
        self._canvas.setFillColor(line.colour)
        for text in parts:
            width = self._fonts.measure(text, size, bold=line.box.bold)
            x = (_WIDTH - width) / 2
            self._fonts.draw(self._canvas, x, top - 0.94 * size, text, size, bold=line.box.bold)
            top -= size * line.box.leading
        return top

    def _number(self) -> None:
        """The symbol at the left of the foot, the number and how to verify it beside it."""
        canvas, x, y = self._canvas, _EDGE, 19 * mm
        rows = symbol(self._one.number)
        size = len(rows) * _MODULE
        canvas.setFillColor(black)
        for down, row in enumerate(rows):
            for across, dark in enumerate(row):
                if dark:
                    canvas.rect(x + across * _MODULE, y + size - (down + 1) * _MODULE, _MODULE, _MODULE, 0, 1)
        x += size + _QUIET * _MODULE + 1 * mm
        canvas.setFillColor(_SOFT)
        top = y + size - 3 * mm
        for text in _number_words(self._langs):
            self._fonts.draw(canvas, x, top, text, 8.5)
            top -= 4.4 * mm
        canvas.setFillColor(_INK)
        self._fonts.draw(canvas, x, top - 1 * mm, self._one.number, 12, bold=True)

    def _signed(self) -> None:
        """Who issues it and when, above room for the seal."""
        canvas, right, y = self._canvas, _WIDTH - _EDGE, 36 * mm
        box = Box(86 * mm, 9 * mm, 11, 9)
        canvas.setFillColor(_INK)
        for text in _issuers(self._one, self._langs):
            size, lines = fit(text, box, self._fonts)
            for line in lines:
                self._fonts.draw(canvas, right - self._fonts.measure(line, size), y, line, size)
                y -= size * 1.3
        canvas.setFillColor(_SOFT)
        told = _issued_on(self._one, self._langs)
        self._fonts.draw(canvas, right - self._fonts.measure(told, 9), 19 * mm, told, 9)


@cache
def symbol(number: str) -> tuple[tuple[bool, ...], ...]:
    """The QR symbol of a number, without its quiet zone."""
    qr = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    qr.add_data(number, optimize=0)
    qr.make()
    return tuple(tuple(map(bool, row)) for row in qr.modules)


def _texts(one: Certificate, lang: str) -> Iterator[str]:
    langs = tongues(lang)
    yield from (line.text for line in _lines(one, langs))
    yield from _number_words(langs)
    yield from _issuers(one, langs)
    yield from (_issued_on(one, langs), _synthetic(), one.number)


def _lines(one: Certificate, langs: Sequence[str]) -> Iterator[_Line]:
    for lang in langs:
        size, below = 34 if lang == langs[0] else 15, 0.8 if lang == langs[-1] else 0.1
        yield _Line(_title(lang), Box(_ROOM, 15 * mm, size, 14, bold=True, leading=1.2), below, _ACCENT)
    with speaking(langs[0]):
        yield _Line(_("This is to certify that"), Box(_ROOM, 7 * mm, 13, 10), 0.5, _SOFT)
    yield _Line(one.name, Box(_ROOM, 24 * mm, 50, 26, bold=True, leading=1.2), 0.2)
    if one.name_latin and one.name_latin != one.name:
        yield _Line(one.name_latin, Box(_ROOM, 9 * mm, 18, 12), 0.1, _SOFT)
    names = _each(one.enterprise, langs)
    for name in names:
        below = 0.4 if name == names[-1] else 0.1
        yield _Line(name, Box(_ROOM, 12 * mm, 16, 11, leading=1.25), below)
    yield from _told(one, langs)


def _told(one: Certificate, langs: Sequence[str]) -> Iterator[_Line]:
    """What was attended, and in small type what was released there; they end above the foot."""
    for lang in langs:
        last = lang == langs[-1]
        yield _Line(_statement(one, lang), Box(_ROOM, 15 * mm, 14.5, 10.5, leading=1.35), 0.8 * last)
    for lang in langs if one.results else ():
        with speaking(lang):
            names = _("; ").join(result.text(lang) for result in one.results)
            text = _("Navigation results released there: {names}").format(names=names)
        height = (14 if len(langs) == 1 else 9) * mm
        yield _Line(text, Box(_ROOM, height, 10.5, 8.5, leading=1.35), 0.1, _SOFT)


def _each(name: InBoth, langs: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(told for lang in langs if (told := name.text(lang))))


def _title(lang: str) -> str:
    with speaking(lang):
        return _("Certificate of attendance")


def _statement(one: Certificate, lang: str) -> str:
    with speaking(lang):
        week, day, last = one.week.text(lang), one.day, one.last_day
        spans = day is not None and last is not None and last != day
        told = _SPANS[bool(week)] if spans else _STATEMENTS[day is not None, bool(week)]
        return _(told).format(event=one.event.text(lang), week=week, day=_day(day), last=_day(last))


def _day(day: date | None) -> str:
    return date_text(day) if day else ""


def _number_words(langs: Sequence[str]) -> list[str]:
    found = []
    for lang in langs:
        with speaking(lang):
            found.append(_("Certificate number, to be verified with the organizer"))
    return found


def _issuers(one: Certificate, langs: Sequence[str]) -> list[str]:
    """Host and organizer as far as they are stated; in the words of the first language, their names are as given."""
    with speaking(langs[0]):
        told = ((_("Host: {name}"), one.host), (_("Organizer: {name}"), one.organizer))
        return [text.format(name=name) for text, name in told if name]


def _issued_on(one: Certificate, langs: Sequence[str]) -> str:
    with speaking(langs[0]):
        day = one.issued_at.astimezone(ZoneInfo(one.zone)).date()
        return _("Issued on {day} (seal)").format(day=date_text(day))


def _synthetic() -> str:
    return _("SYNTHETIC 样例")
