"""Names that a workbook takes for its sheets, made of titles that people wrote."""

import re
from collections.abc import Iterable, Sequence

from ipweek.domain.text import clean, folded
from ipweek.render.sheets import without_xml_noise

_LONGEST = 31
"""In UTF-16 units, as Excel counts."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]+")
_RESERVED = "history"


def sheet_names(titles: Iterable[Sequence[str]], empty: str) -> list[str]:
    """A name each, made of the parts of a title; no two are alike. What has no title is called `empty`."""
    taken = {_RESERVED}
    return [_unique(parts, empty, taken) for parts in titles]


def _unique(parts: Sequence[str], empty: str, taken: set[str]) -> str:
    said = [text for part in parts if (text := _allowed(part))] or [empty]
    number, name = 1, _joined(said, _LONGEST)
    while folded(name) in taken:
        number += 1
        ending = f" ({number})"
        name = _joined(said, _LONGEST - len(ending)) + ending
    taken.add(folded(name))
    return name


def _allowed(text: str) -> str:
    """The text without what no sheet may be called; an apostrophe may stand at neither end."""
    return _FORBIDDEN.sub("-", without_xml_noise(clean(text))).strip(" '")


def _joined(parts: Sequence[str], room: int) -> str:
    """The parts with a dash between them; where that is too long each gives way alike, and a short one leaves its rest."""
    left, kept = room - 3 * (len(parts) - 1), [""] * len(parts)
    for done, place in enumerate(sorted(range(len(parts)), key=lambda place: _units(parts[place]))):
        kept[place] = _cut(parts[place], left // (len(parts) - done))
        left -= _units(kept[place])
    return " – ".join(kept)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2


def _cut(text: str, room: int) -> str:
    if _units(text) <= room:
        return text
    kept, used = "", 1
    for char in text:
        used += _units(char)
        if used > room:
            break
        kept += char
    return f"{kept.rstrip()}…"
