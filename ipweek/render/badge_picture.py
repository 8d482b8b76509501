"""A badge code as a picture to send by chat: the symbol large, under it for whom it is.

Chats scale pictures down and compress them; modules of 20 pixels and a wide quiet zone survive that.
"""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ipweek.domain.badges import BadgeFace
from ipweek.domain.text import clean
from ipweek.render.picture_text import PictureText
from ipweek.render.qr import QUIET_ZONE, SIZE, symbol

if TYPE_CHECKING:
    from PIL.Image import Image

MODULE = 20
WIDTH = MODULE * (SIZE + 2 * QUIET_ZONE)
_MARGIN = 24
_GAP = 10
_NAME, _ENTERPRISE, _EVENT = 44, 28, 22
_LEAST = 14


class Pictures:
    """Draws the pictures of many badges with the same fonts."""

    def __init__(self, faces: Iterable[BadgeFace], fonts: Path | None = None) -> None:
        held = list(faces)
        texts = (text for face in held for text, _size, _bold in _lines(face))
        self._text = PictureText(("…", *texts), fonts)

    def missing(self, face: BadgeFace) -> str:
        """The characters of a badge that no font has; they are drawn as boxes."""
        return self._text.missing("".join(text for text, _size, _bold in _lines(face)))

    def png(self, face: BadgeFace) -> bytes:
        """The picture of one badge."""
        from PIL import Image  # noqa: PLC0415 - only where pictures are drawn

        lines = [(*self._fitting(text, size, bold=bold), bold) for text, size, bold in _lines(face)]
        height = WIDTH + sum(size + _GAP for _text, size, _bold in lines) + _MARGIN
        picture = Image.new("L", (WIDTH, height), 255)
        picture.paste(_symbol(face.code), (0, 0))
        top = WIDTH
        for text, size, bold in lines:
            left = (WIDTH - self._text.measure(text, size, bold=bold)) / 2
            self._text.draw(picture, (max(left, _MARGIN), top), text, size, bold=bold)
            top += size + _GAP
        held = BytesIO()
        picture.save(held, "PNG", compress_level=3)
        return held.getvalue()

    def _fitting(self, text: str, size: int, *, bold: bool) -> tuple[str, int]:
        """A line and the size at which it fits: a long one is drawn smaller, and cut only where that is too small."""
        wide, room = self._text.measure(text, size, bold=bold), WIDTH - 2 * _MARGIN
        if wide <= room:
            return text, size
        smaller = max(int(size * room / wide), _LEAST)
        while len(text) > 1 and self._text.measure(text, smaller, bold=bold) > room:
            text = f"{text[:-2]}…"
        return text, smaller


def _lines(face: BadgeFace) -> list[tuple[str, int, bool]]:
    """What stands under the symbol: who, for whom, where; empty lines are left out."""
    name = (face.name, _NAME, True)
    lines = (
        name,
        (face.name_latin, _ENTERPRISE, True),
        (face.enterprise, _ENTERPRISE, False),
        (face.event, _EVENT, False),
    )
    return [(shown, size, bold) for text, size, bold in lines if (shown := clean(text))]


def _symbol(code: str) -> "Image":
    """The symbol with its quiet zone, each module a square of whole pixels."""
    from PIL import Image  # noqa: PLC0415 - only where pictures are drawn

    side = SIZE + 2 * QUIET_ZONE
    small = Image.new("L", (side, side), 255)
    for y, row in enumerate(symbol(code)):
        for x in range(SIZE):
            if row >> (SIZE - 1 - x) & 1:
                small.putpixel((QUIET_ZONE + x, QUIET_ZONE + y), 0)
    return small.resize((WIDTH, WIDTH), Image.Resampling.NEAREST)
