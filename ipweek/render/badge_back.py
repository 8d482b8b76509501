"""The programme of the week on the back of a badge, as large as all of it fits."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from ipweek.domain.badge_design import BackPart
from ipweek.domain.badges import ProgrammeLine
from ipweek.render.badge_text import wrap
from ipweek.render.fonts import FontSet

_INK, _SOFT = HexColor("#14202b"), HexColor("#51606d")
_LEADING, _PARAGRAPH, _GUTTER = 1.3, 0.35, 0.8
_STEP, _LEAST = 0.25, 1.0


class _Row(NamedTuple):
    """A line on the page: its text, how far from the left in em, what it is."""

    x: float
    text: str
    bold: bool = False
    soft: bool = False
    time: str = ""
    ends: bool = False


def texts(programme: Sequence[ProgrammeLine]) -> set[str]:
    """Every text that it shows."""
    return {text for line in programme for text in (line.text, line.time, line.place)}


def size(programme: Sequence[ProgrammeLine], back: BackPart, fonts: FontSet) -> float:
    """The largest size, up to the wanted one, at which all of it fits."""
    wanted = back.largest
    while wanted > _LEAST and _height(_rows(programme, back, fonts, wanted)) * wanted > back.area.height * mm:
        wanted -= _STEP
    return wanted


def draw(
    canvas: Canvas, fonts: FontSet, back: BackPart, page_height: float, programme: Sequence[ProgrammeLine]
) -> None:
    """Draw it on a page of its own."""
    chosen = size(programme, back, fonts)
    left, y = back.area.x * mm, (page_height - back.area.y) * mm
    for row in _rows(programme, back, fonts, chosen):
        y -= chosen * _LEADING
        canvas.setFillColor(_SOFT if row.soft else _INK)
        if row.time:
            fonts.draw(canvas, left, y, row.time, chosen)
        fonts.draw(canvas, left + row.x * chosen, y, row.text, chosen, bold=row.bold)
        y -= chosen * _PARAGRAPH if row.ends else 0


def _height(rows: Sequence[_Row]) -> float:
    return sum(_LEADING + (_PARAGRAPH if row.ends else 0) for row in rows)


def _rows(
    programme: Sequence[ProgrammeLine], back: BackPart, fonts: FontSet, chosen: float
) -> tuple[_Row, ...]:
    times = max((fonts.measure(line.time, 1) for line in programme if line.time), default=0.0)
    indent = times + _GUTTER if times else 0.0
    return tuple(_wrapped(programme, back.area.width * mm / chosen, indent, fonts))


def _wrapped(
    programme: Sequence[ProgrammeLine], width: float, indent: float, fonts: FontSet
) -> Iterator[_Row]:
    for line in programme:
        x = 0.0 if line.heading else indent
        told = wrap(line.text, max(width - x, 4), fonts, bold=line.heading) or ("",)
        places = wrap(line.place, max(width - x, 4), fonts, bold=False) if line.place else ()
        for number, text in enumerate(told):
            ends = number == len(told) - 1 and not places
            yield _Row(x, text, line.heading, time="" if number else line.time, ends=ends)
        for number, text in enumerate(places):
            yield _Row(x, text, soft=True, ends=number == len(places) - 1)
