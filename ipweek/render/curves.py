"""Counts over time as columns of blocks, for a terminal."""

from collections.abc import Sequence
from dataclasses import dataclass

_BLOCKS = " ▁▂▃▄▅▆▇█"
WIDEST = 3
"""Cells of a column at most, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Rows of blocks, top first; a column is `slots` counts added up, `most` the highest of these sums."""

    rows: tuple[str, ...]
    slots: int
    most: int


def curve(counts: Sequence[int], width: int, height: int, widest: int = WIDEST) -> Curve:
    """The counts in at most `width` cells and `height` rows; whatever is not 0 is seen."""
    if not counts or not max(counts):
        return Curve((), 1, 0)
    slots = -(-len(counts) // max(width, 1))
    sums = [sum(counts[start : start + slots]) for start in range(0, len(counts), slots)]
    most, each = max(sums), min(max(width // len(sums), 1), widest)
    eighths = [-(-count * height * 8 // most) for count in sums]
    rows = (
        "".join(_BLOCKS[max(0, min(8, high - base))] * each for high in eighths) for base in _bases(height)
    )
    return Curve(tuple(rows), slots, most)


def _bases(height: int) -> range:
    """The eighths that stand below each row, from the top."""
    return range((height - 1) * 8, -1, -8)
