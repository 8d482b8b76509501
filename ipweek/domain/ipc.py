"""Classification symbols, IPC and CPC: read in any dress, checked, cut to a level, counted as a tree.

A symbol's normal form is `H01M 10/0525`; a shallower one is `H01M 10` (a main group), `H01M`, `H01` or `H`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache


class IpcLevel(IntEnum):
    """How deep a symbol goes."""

    SECTION = 1
    CLASS = 2
    SUBCLASS = 3
    MAIN_GROUP = 4
    SUBGROUP = 5


@dataclass(frozen=True, slots=True)
class Reclassified:
    """A place of the classification that was given up, with where its documents went, and the year."""

    old: str
    new: str
    year: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A place of the classification and how many records have at least one symbol in it."""

    code: str
    level: IpcLevel
    parent: str | None
    count: int
    reclassified: Reclassified | None = None


RECLASSIFIED = (
    Reclassified("H01M 2", "H01M 50", 2021),
    Reclassified("H01L 51", "H10K", 2023),
    Reclassified("H01L 33", "H10H", 2025),
)

_GIVEN_UP = {place.old: place for place in RECLASSIFIED}
_SYMBOL = re.compile(r"([A-HY])(?:(\d{2})(?:([A-Z])(?:[\s-]*0*(\d{1,4})(?:\s*/\s*(\d{2,6}))?)?)?)?")
_EDITION = re.compile(
    r"\([^()]*\)\s*[IN]?(?![A-Z0-9])|\([^()]*\)"
)  # (2010.01), (EP,US), and a mark I or N behind
_BETWEEN = re.compile(r"[;；|、\n\r]+|,(?=\s*[A-HY]\d\d)|\s{1,3}(?=[A-HY]\d{2}[A-Z])")
_LOCARNO = re.compile(r"(?:loc\W*)?\d{2}[-.]\d{2}(?:\D.*)?", re.IGNORECASE)


@lru_cache(maxsize=1 << 16)
def normalise(text: str) -> str | None:
    """The normal form of one symbol, or None where the text is none: no such section, or a wrong shape."""
    plain = _EDITION.sub("", unicodedata.normalize("NFKC", text).upper()).strip(" \t.,*")
    match = _SYMBOL.fullmatch(plain.replace("\u3000", " "))
    if match is None:
        return None
    section, number, letter, group, subgroup = match.groups(default="")
    if number == "00":
        return None
    place = section + number + letter
    if not group:
        return place
    return f"{place} {group}/{subgroup}" if subgroup else f"{place} {group}"


def parts(cell: str) -> list[str]:
    """The single symbols of a cell, as they stand there; editions in brackets do not part them.

    Locarno classes, which designs have in their place, are left out.
    """
    if not cell:
        return []
    text = cell if cell.isascii() else unicodedata.normalize("NFKC", cell)
    if "(" in text:
        text = _EDITION.sub(" ", text)
    found = (part.strip(" ,\t") for part in _BETWEEN.split(text))
    return [part for part in found if part and not _LOCARNO.fullmatch(part)]


def cut(code: str, level: IpcLevel) -> str | None:
    """The place of a normal form at a level, or None where the symbol does not go so deep."""
    if level is IpcLevel.MAIN_GROUP:
        return code.partition("/")[0] if " " in code else None
    if level is IpcLevel.SUBGROUP:
        return code if "/" in code and not code.endswith("/00") else None
    width = {IpcLevel.SECTION: 1, IpcLevel.CLASS: 3, IpcLevel.SUBCLASS: 4}[level]
    return code[:width] if len(code) >= width else None


def level_of(code: str) -> IpcLevel:
    """How deep a normal form goes; `H01M 10/00` is a main group."""
    return max(level for level in IpcLevel if cut(code, level))


def order(code: str) -> tuple[str, int, str]:
    """A key that sorts normal forms as the classification does: groups by number, subgroups as decimals."""
    place, _, groups = code.partition(" ")
    group, _, subgroup = groups.partition("/")
    return place, int(group or -1), subgroup


def reclassified(code: str) -> Reclassified | None:
    """Where the documents of a symbol's main group went, if it was given up."""
    return _GIVEN_UP.get(cut(code, IpcLevel.MAIN_GROUP) or "")


def branches(records: Iterable[Sequence[str]], depth: IpcLevel = IpcLevel.MAIN_GROUP) -> tuple[Branch, ...]:
    """The tree down to a depth, parents before children; a record counts once in every branch it has part in.

    Each record is the normal forms of its symbols. Counts of branches overlap, for a record may have several.
    """
    kinds: Counter[tuple[str, ...]] = Counter(tuple(record) for record in records)
    counts: Counter[str] = Counter()
    for codes, times in kinds.items():
        for place in _places(codes, depth):
            counts[place] += times
    return tuple(
        Branch(code, level, _parent(code, level), counts[code], reclassified(code))
        for code, level in sorted(
            ((code, level_of(code)) for code in counts), key=lambda item: order(item[0])
        )
    )


def _places(codes: Sequence[str], depth: IpcLevel) -> set[str]:
    levels = [level for level in IpcLevel if level <= depth]
    return {place for code in codes for level in levels if (place := cut(code, level))}


def _parent(code: str, level: IpcLevel) -> str | None:
    return None if level is IpcLevel.SECTION else cut(code, IpcLevel(level - 1))
