"""A logo on a badge: no finer than paper shows, so that the file stays small."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportlab.lib.utils import ImageReader

from ipweek.domain.badge_design import LogoPart
from ipweek.domain.errors import InvalidError

if TYPE_CHECKING:
    from PIL.Image import Image

_FINEST = 300
_KINDS = ("PNG", "JPEG")
_MOST_PIXELS = 50_000_000


class Picture(NamedTuple):
    """A picture file as it is: pixels, and how many of them an inch of paper gets."""

    width: int
    height: int
    dpi: float


def look(part: LogoPart) -> Picture:
    """Measure a logo. Raises InvalidError `logo-unreadable`."""
    with _opened(part.file) as image:
        width, height = image.size
    shown = min(part.area.width / width, part.area.height / height)
    return Picture(width, height, 25.4 / shown)


def logo(part: LogoPart) -> ImageReader:
    """The logo to draw, reduced to what a printer shows. Raises InvalidError `logo-unreadable`."""
    with _opened(part.file) as image:
        room = (part.area.width / 25.4 * _FINEST, part.area.height / 25.4 * _FINEST)
        try:
            kept = image.convert("RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB")
        except OSError as error:
            raise InvalidError("logo-unreadable", file=str(part.file), detail=str(error)) from error
        kept.thumbnail((max(1, round(room[0])), max(1, round(room[1]))))
    held = BytesIO()
    kept.save(held, "PNG")
    held.seek(0)
    return ImageReader(held)


def _opened(path: Path) -> "Image":
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - only where there is a logo

    try:
        image = Image.open(path, formats=_KINDS)
    except UnidentifiedImageError as error:
        raise InvalidError("logo-unreadable", file=str(path), detail="PNG, JPEG") from error
    except (OSError, Image.DecompressionBombError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        raise InvalidError("logo-unreadable", file=str(path), detail=detail) from error
    if image.width * image.height > _MOST_PIXELS:
        image.close()
        raise InvalidError("logo-unreadable", file=str(path), detail=f"> {_MOST_PIXELS:,} px")
    return image
