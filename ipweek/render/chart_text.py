"""How wide the texts of a chart are, whatever font shows them.

A browser has a font of its own, so one table serves all formats: at least as wide as the usual sans serifs are. What is
not in the table is set to the width that was planned for it.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

from ipweek.domain.text import clean
from ipweek.render.badge_text import wrap

LEADING: Final = 1.25
_ELLIPSIS = "…"
_LETTER = 0.68  # of a script that is not in the table
_WIDTHS: Mapping[str, float] = {
    char: width
    for width, chars in {
        0.32: " ",
        0.42: "fijlrtI.,:;'|!()[]{}-/\\`\u00b7\u00a0",
        0.64: 'abcdeghknopqsuvxyz0123456789$?"*^_',
        0.80: "ABCDEFGHJKLNOPQRSTUVXYZ&#~\u00b0",
        0.84: "+=<>\u00d7\u2212\u00b1\u2248\u2264\u2265",
        1.00: "mwMW@%\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u00ab\u00bb\u2022",
    }.items()
    for char in chars
}


class Ruler:
    """Measures by the table; the weight makes no difference to it."""

    def measure(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width of a line, in the unit of `size`."""
        return sum(map(_width, text)) * size * (1.08 if bold else 1)


RULER: Final = Ruler()


def is_known(text: str) -> bool:
    """Whether every font shows the text about as wide as the table says."""
    return all(char in _WIDTHS or _is_wide(char) for char in unicodedata.normalize("NFD", text))


def cut(text: str, width: float, size: float) -> str:
    """The text on one line, its end given up for … where there is no room for it."""
    return (lines(text, width, size, most=1) or ("",))[0]


def lines(text: str, width: float, size: float, *, most: int) -> tuple[str, ...]:
    """The text on so many lines at most, the last one cut where it goes on."""
    shown = clean(text)
    if RULER.measure(shown, size) <= width:
        return (shown,) if shown else ()
    wrapped = wrap(shown[:400], width / size, RULER, bold=False)
    if len(wrapped) <= most:
        return wrapped
    begun = 0
    for line in wrapped[: most - 1]:
        begun = shown.index(line, begun) + len(line)
    last = shown[begun : begun + 2 * len(wrapped[most - 1]) + 1].lstrip()
    while last and RULER.measure(last.rstrip() + _ELLIPSIS, size) > width:
        last = last[:-1]
    return (*wrapped[: most - 1], last.rstrip() + _ELLIPSIS)


@cache
def _width(char: str) -> float:
    known = _WIDTHS.get(char)
    if known is not None:
        return known
    if unicodedata.combining(char):
        return 0.0
    base = unicodedata.normalize("NFD", char)[0]
    if base != char:
        return _width(base)
    return _LETTER if unicodedata.category(char)[0] == "L" and not _is_wide(char) else 1.0


def _is_wide(char: str) -> bool:
    """Whether a character is as wide as it is high in every font: Han and its punctuation, but no picture."""
    return unicodedata.east_asian_width(char) in "WF" and unicodedata.category(char)[0] in "LP"
