"""A line of text in large letters of pixels, drawn with the fonts of the documents, Chinese ones included."""

from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from rich.cells import cell_len

from ipweek.domain.errors import InvalidError
from ipweek.domain.text import clean
from ipweek.render.fonts_faces import BOLD, chain
from ipweek.render.lines import wrapped
from ipweek.render.pixels import packed

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

LEAST_ROWS = 8
"""Rows of cells below which the strokes of a Chinese character run into each other."""


def largest(text: str, width: int, height: int, lines: int = 1) -> list[str]:
    """The text as large as so many cells allow, in at most so many lines; nothing where it would be too small to read."""
    shown = clean(text)
    for rows in range(height, LEAST_ROWS - 1, -1):
        for count in range(1, min(lines, height // rows) + 1):
            parts = _parts(shown, count)
            drawn = [_drawn(part, rows, width) for part in parts]
            if drawn and all(drawn):
                return [row for part in drawn for row in part]
    return []


def _parts(text: str, count: int) -> list[str]:
    """The text over so many lines of much the same length."""
    return list(wrapped(text, -(-cell_len(text) // count) + (2 if count > 1 else 0)))


@lru_cache(maxsize=64)
def _drawn(text: str, rows: int, width: int) -> tuple[str, ...]:
    """The text in so many rows of cells; nothing where it is wider, or no face has all of it."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only where there is room for large letters

    font = _font(text, rows * 2)
    if font is None:
        return ()
    left, top, right, bottom = font.getbbox(text)
    if right - left > width:  # found out before anything is drawn
        return ()
    picture = Image.new("1", (int(right - left), rows * 2))
    pen = ImageDraw.Draw(picture)
    pen.fontmode = "1"
    pen.text((-left, (rows * 2 - bottom - top) // 2), text, 1, font)
    wide, high = picture.size
    dots = picture.load()
    assert dots is not None
    return tuple(packed(["".join("#" if dots[x, y] else "." for x in range(wide)) for y in range(high)]))


@lru_cache(maxsize=64)
def _font(text: str, pixels: int) -> "FreeTypeFont | None":
    from PIL import ImageFont  # noqa: PLC0415 - as above

    file = _subset("".join(sorted(set(text))))
    return ImageFont.truetype(BytesIO(file), int(pixels * 0.92)) if file else None


@cache
def _subset(characters: str) -> bytes:
    try:
        faces = chain(None, BOLD)
    except InvalidError:  # no fonts at all: plain letters do
        return b""
    face = next((face for face in faces if face.covers(characters) and face.embeds), None)
    return face.subset(characters, BOLD) if face else b""
