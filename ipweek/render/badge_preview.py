"""A drawn page as a picture, to look at before anything is printed."""

from io import BytesIO
from typing import TYPE_CHECKING

from ipweek.domain.badges import SheetLayout
from ipweek.render.badge_check import pdfium

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI = 200
_GAP = 12
_GROUND = (201, 209, 216)


def png(data: bytes, layout: SheetLayout, cards: int | None = None) -> bytes:
    """The first sheet of a drawn file, both sides of it; or only so many of its first cards."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415 - 10 MB of library, only where it is used

    with pdfium, PdfDocument(data) as document:
        sides = [document[side].render(scale=_DPI / 72).to_pil() for side in range(layout.sides)]
    pictures = sides if cards is None else [*_cards(sides[0], layout, cards), *sides[1:]]
    held = BytesIO()
    _stacked(pictures).save(held, "PNG")
    return held.getvalue()


def _cards(page: "Image", layout: SheetLayout, cards: int) -> "list[Image]":
    unit = _DPI / 25.4
    return [
        page.crop(
            (
                round(left * unit),
                round(top * unit),
                round((left + layout.card_width) * unit),
                round((top + layout.card_height) * unit),
            )
        )
        for left, top in map(layout.corner, range(cards))
    ]


def _stacked(pictures: "list[Image]") -> "Image":
    from PIL import Image  # noqa: PLC0415 - only where pictures are drawn

    if len(pictures) == 1:
        return pictures[0]
    size = (
        max(picture.width for picture in pictures),
        sum(picture.height + _GAP for picture in pictures) - _GAP,
    )
    whole, top = Image.new("RGB", size, _GROUND), 0
    for picture in pictures:
        whole.paste(picture, (0, top))
        top += picture.height + _GAP
    return whole
