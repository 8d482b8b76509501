"""Rows of spans put together into a picture: side by side, one below the other, in the middle."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from rich.cells import cell_len

from ipweek.render.lines import Span, fit

Row = tuple[Span, ...]


def row(text: str, role: str, width: int, *, right: bool = False) -> Row:
    """One text in exactly so many cells."""
    return ((fit(text, width, right=right), role),)


def width_of(spans: Row) -> int:
    """How many cells a row takes."""
    return sum(cell_len(text) for text, _role in spans)


def padded(spans: Row, width: int, *, left: int = 0) -> Row:
    """The row with spaces around it, `left` of them in front."""
    rest = width - left - width_of(spans)
    return ((" " * left, "plain"), *spans, (" " * max(rest, 0), "plain"))


def centered(spans: Row, width: int) -> Row:
    """The row in the middle."""
    return padded(spans, width, left=max(width - width_of(spans), 0) // 2)


def beside(left: Sequence[Row], right: Sequence[Row], width: int, *, at: int) -> list[Row]:
    """Two blocks on the same rows, the second from cell `at` on."""
    return [
        (*padded(one, at), *padded(other, width - at))
        for one, other in zip_longest(left, right, fillvalue=())
    ]


def filled(rows: Iterable[Row], height: int, *, middle: bool = False) -> list[Row]:
    """Exactly so many rows, empty ones below, or with `middle` on both sides."""
    kept = list(rows)[:height]
    above = (height - len(kept)) // 2 if middle else 0
    return [()] * above + kept + [()] * (height - above - len(kept))
