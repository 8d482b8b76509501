"""Drawn pages as pictures of so many dots an inch, the modules of a badge's symbol on whole dots.

A symbol whose modules fall between dots loses contrast on a label printer, which has black and white only.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ipweek.render.qr import QUIET_ZONE, SIZE, symbol

if TYPE_CHECKING:
    from PIL.Image import Image

_POINTS = 72


def pages(pdf: bytes, codes: Sequence[str], dpi: int) -> Iterator["Image"]:
    """The pages of a PDF in colour; each page with a symbol bears the next of the codes."""
    import pypdfium2  # noqa: PLC0415 - only where pictures are wanted

    coming = iter(codes)
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            picture = page.render(scale=dpi / _POINTS).to_pil().convert("RGB")
            for left, top, side in _symbols(page, picture.size):
                _redraw(picture, next(coming), left, top, side)
            page.close()
            yield picture
    finally:
        document.close()


def _symbols(page: Any, size: tuple[int, int]) -> list[tuple[int, int, int]]:
    """Where the page's symbols lie, in dots: the left and upper edge, and the length of a side."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE  # noqa: PLC0415 - as above

    width, height = page.get_size()
    across, down = size[0] / width, size[1] / height
    found = []
    for image in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=4):
        if tuple(image.get_px_size()) == (SIZE, SIZE):
            left, bottom, right, top = image.get_bounds()
            side = round(min((right - left) * across, (top - bottom) * down))
            found.append((round(left * across), round((height - top) * down), side))
    return found


def _redraw(picture: "Image", code: str, left: int, top: int, side: int) -> None:
    """Draw a symbol anew in the middle of where it lay, with as many whole dots a module as there is room for."""
    from PIL import Image  # noqa: PLC0415 - as above

    module = max(side // SIZE, 1)
    small = Image.new("L", (SIZE, SIZE), 255)
    for y, row in enumerate(symbol(code)):
        for x in range(SIZE):
            if row >> (SIZE - 1 - x) & 1:
                small.putpixel((x, y), 0)
    drawn = small.resize((SIZE * module,) * 2, Image.Resampling.NEAREST).convert("RGB")
    shift = (side - SIZE * module) // 2
    edge = QUIET_ZONE * module // 2
    picture.paste((255, 255, 255), (left - edge, top - edge, left + side + edge, top + side + edge))
    picture.paste(drawn, (left + shift, top + shift))
