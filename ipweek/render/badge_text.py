"""Fitting a text into a box: it shrinks first, then wraps, and is never cut."""

import re
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from ipweek.render.fonts import HAN, FontSet

_OPENING, _CLOSING = "（《〈「『【〔“‘(", "，。、；：！？）》〉」』】〕”’·…%"
# Chinese breaks anywhere, but no line begins with a closing mark or ends with an opening one; a number keeps its %.
_PIECES = re.compile(rf"[{_OPENING}]*(?:[{HAN}]|[^\s{HAN}]+)[{_CLOSING}]*(?: %[{_CLOSING}]*)?\s*|\S\s*")
_STEP = 0.5


@dataclass(frozen=True, slots=True)
class Box:
    """Where a text goes: lengths and type sizes in points, `leading` as a multiple of the size.

    One line may shrink from `largest` to `one_line`; after that the text wraps as often as the height allows.
    """

    width: float
    height: float
    largest: float
    one_line: float
    bold: bool = False
    leading: float = 1.2


class Measures(Protocol):
    """Whoever knows how wide a line is."""

    def measure(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width of a line, in the unit of `size`."""


class Fitted(NamedTuple):
    """The lines of a text and the size at which they fit their box."""

    size: float
    lines: tuple[str, ...]


def fit(text: str, box: Box, fonts: FontSet) -> Fitted:
    """The text at the largest size at which all of it fits."""
    natural = fonts.measure(text, 1.0, bold=box.bold)
    if natural * box.one_line <= box.width:
        size = box.largest if not natural else min(box.largest, box.width / natural)
        return Fitted(size // _STEP * _STEP, (text,))
    size = box.one_line
    while True:
        lines = wrap(text, box.width / size, fonts, bold=box.bold)
        if len(lines) * size * box.leading <= box.height:
            return Fitted(size, lines)
        size = size - _STEP if size > 4 * _STEP else size * 0.9


def wrap(text: str, width: float, fonts: Measures, *, bold: bool) -> tuple[str, ...]:
    """The text in lines no wider than `width` em; a word longer than a line is broken."""

    def fits(line: str) -> bool:
        return fonts.measure(line.rstrip(), 1.0, bold=bold) <= width

    lines, line = [], ""
    for piece in _PIECES.findall(text):
        for part in (piece,) if fits(piece) else piece:
            if line and not fits(line + part):
                lines.append(line.rstrip())
                line = ""
            line += part
    return (*lines, line.rstrip()) if line else tuple(lines)
