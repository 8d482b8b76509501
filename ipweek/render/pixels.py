"""Large letters in a terminal, which has one size of text: two square pixels, one above the other, in one cell."""

from collections.abc import Sequence

_CELLS = " ▀▄█"
_GAP = 1
_GLYPHS = {
    "0": (".###.", "#...#", "#...#", "#...#", "#...#", "#...#", ".###."),
    "1": ("..#..", ".##..", "..#..", "..#..", "..#..", "..#..", ".###."),
    "2": (".###.", "#...#", "....#", "..##.", ".#...", "#....", "#####"),
    "3": (".###.", "#...#", "....#", "..##.", "....#", "#...#", ".###."),
    "4": ("...#.", "..##.", ".#.#.", "#..#.", "#####", "...#.", "...#."),
    "5": ("#####", "#....", "####.", "....#", "....#", "#...#", ".###."),
    "6": (".###.", "#....", "#....", "####.", "#...#", "#...#", ".###."),
    "7": ("#####", "....#", "...#.", "...#.", "..#..", "..#..", "..#.."),
    "8": (".###.", "#...#", "#...#", ".###.", "#...#", "#...#", ".###."),
    "9": (".###.", "#...#", "#...#", ".####", "....#", "....#", ".###."),
    ":": (".", ".", "#", ".", "#", ".", "."),
    ",": ("..", "..", "..", "..", "..", ".#", "#."),
}
HEIGHT = 7
"""Pixels of a figure at its smallest."""


def scaled(rows: Sequence[str], times: int) -> list[str]:
    """Each pixel as a square of so many."""
    return ["".join(pixel * times for pixel in row) for row in rows for _time in range(times)]


def packed(rows: Sequence[str]) -> list[str]:
    """Rows of pixels, `#` those that are set, as half as many rows of cells."""
    even = [*rows, "." * len(rows[0])] if len(rows) % 2 else rows
    return [
        "".join(
            _CELLS[(upper == "#") + 2 * (lower == "#")]
            for upper, lower in zip(even[row], even[row + 1], strict=True)
        )
        for row in range(0, len(even), 2)
    ]


def figures(text: str, scale: int) -> list[str]:
    """A number or a time as rows of cells."""
    glyphs = [_GLYPHS[char] for char in text]
    return packed(scaled([("." * _GAP).join(parts) for parts in zip(*glyphs, strict=True)], scale))


def scale_for(text: str, width: int, height: int) -> int:
    """The largest scale at which `figures` fit into so many cells; 0 where none does."""
    across = sum(len(_GLYPHS[char][0]) + _GAP for char in text) - _GAP
    return min(width // across, 2 * height // HEIGHT)
