"""Figures in lines: at the right of their column, as bars and sparks; what nobody stated says so."""

from collections.abc import Sequence
from decimal import Decimal

from ipweek.render import words
from ipweek.tui.widgets.lines import Span
from ipweek.tui.widgets.text import fit

_SPARKS = "▁▂▃▄▅▆▇█"
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def right(text: str | None, width: int) -> Span:
    """A figure at the right of its column; None is not stated, and dim."""
    if text is None:
        return fit(words.not_stated(), width, right=True), "dim"
    return fit(text, width, right=True), "plain"


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
