"""Figures as bars and sparks of block characters."""

from collections.abc import Sequence
from decimal import Decimal

_SPARKS = "▁▂▃▄▅▆▇█"
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def bar(share: Decimal, width: int) -> str:
    """A bar of eighths of cells; more than all is all."""
    eighths = int(max(Decimal(0), min(share, Decimal(1))) * width * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (_EIGHTHS[rest] if rest else "")).ljust(width)


def spark(counts: Sequence[int], width: int) -> str:
    """Counts as blocks of eight heights, summed into at most `width` of them."""
    if not counts or not max(counts):
        return ""
    step = -(-len(counts) // width)
    sums = [sum(counts[start : start + step]) for start in range(0, len(counts), step)]
    most = max(sums)
    return "".join(_SPARKS[count * 7 // most] for count in sums)
