"""Enterprise names that one may have meant: for a person to look at, never to merge by."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from ipweek.domain.text import digits_of

_BRACKETED = re.compile(r"\([^)]*\)")
_ALIKE = 80.0
_COMMON = 100
"""A pair of characters that so many names have tells no two of them apart."""


class SimilarNames:
    """Names by the pairs of characters in their keys, so that one is compared with few others."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._blocks: dict[str, list[tuple[str, str]]] = {}
        for key, name in names:
            self.add(key, name)

    def add(self, key: str, name: str) -> None:
        """Let later names be compared with this one."""
        core = _core(key)
        for pair in _pairs(core):
            self._blocks.setdefault(pair, []).append((core, name))

    def nearest(self, key: str) -> str | None:
        """The most similar name, if any is similar enough to ask; other digits are another name."""
        from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - only where a name is new

        key = _core(key)
        blocks = (self._blocks.get(pair, ()) for pair in _pairs(key))
        shared = Counter(known for block in blocks if len(block) < _COMMON for known in block)
        best, nearest = _ALIKE, None
        for other, name in islice(shared, _COMMON):
            found = ratio(key, other, score_cutoff=best)
            if found and digits_of(key) == digits_of(other):
                best, nearest = found, name
        return nearest


def _core(key: str) -> str:
    """A key without its place in brackets: half of a list may be (惠州)."""
    return _BRACKETED.sub("", key) or key


def _pairs(key: str) -> set[str]:
    return {key[place : place + 2] for place in range(len(key) - 1)}
