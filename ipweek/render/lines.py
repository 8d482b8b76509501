"""Lines of cells for screens and terminals: text cropped, padded and broken by display width."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from ipweek.domain.text import clean, is_hidden

Span = tuple[str, str]
"""A text and its role: plain, dim, strong, accent, good, warn or bad."""


@dataclass(frozen=True, slots=True)
class Leads:
    """What a line opens: the kind of a record and its code."""

    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class Line:
    """Spans and, where Enter opens something, what it opens."""

    spans: tuple[Span, ...] = ()
    target: object = None


def visible(text: str) -> str:
    """The text without hidden characters, white space kept as it is."""
    return "".join(char for char in text if not is_hidden(char))


def crop(text: str, width: int) -> str:
    """The cleaned text in at most `width` cells, an ellipsis for what is cut off."""
    shown = clean(text)
    if cell_len(shown) <= width:
        return shown
    return set_cell_size(shown, max(width - 1, 0)).rstrip() + "…" if width > 0 else ""


def fit(text: str, width: int, *, right: bool = False) -> str:
    """The cleaned text in exactly `width` cells."""
    shown = crop(text, width)
    gap = " " * (width - cell_len(shown))
    return gap + shown if right else shown + gap


def tab(text: str, width: int, by: int = 2) -> str:
    """The cleaned text in exactly `width` cells, the first `by` of them empty."""
    return " " * by + fit(text, width - by)


def ends(left: str, right: str, width: int) -> str:
    """One text at each end of a line; the right one has half of it, or what the left one leaves."""
    last = crop(right, max(width // 2, width - cell_len(clean(left)) - 2) if width > 3 else 0)
    room = width - cell_len(last) - (2 if last else 0)
    return fit(left, max(room, 0)) + ("  " if last else "") + last


_NOT_FIRST = "，。、；：！？）】》”’％"


def wrapped(text: str, width: int) -> Iterator[str]:
    """A text over as many lines as it takes, broken between Chinese characters where it has no spaces."""
    line = ""
    for piece in _pieces(clean(text), max(width, 4)):
        if line and cell_len(line + piece.rstrip()) > width and piece not in _NOT_FIRST:
            yield line.strip()
            line = ""
        line += piece
    if line.strip():
        yield line.strip()


def _pieces(text: str, longest: int) -> Iterator[str]:
    word = ""
    for char in text:
        if cell_len(char) > 1 or char == " ":
            yield from ((word,) if word else ())
            yield char
            word = ""
        else:
            word += char
            if len(word) >= longest:
                yield word
                word = ""
    if word:
        yield word
