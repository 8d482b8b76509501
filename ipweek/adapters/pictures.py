"""Photographs as they come from cameras and phones, made fit to keep: small, upright, silent about where it was."""

import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipweek.adapters import file_contents
from ipweek.domain.errors import InvalidError
from ipweek.domain.report_notes import PICTURE_BYTES, PICTURE_SIDE, Picture

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("JPEG", "PNG")
_MOST_MILLIONS = {"PNG": 40}  # a PNG is decoded whole, a JPEG at a fraction of its size
_USUAL_MILLIONS = 120
_QUALITY = 88
_ORIENTATION = 0x0112
_TURNS = {2: (0,), 3: (3,), 4: (1,), 5: (5,), 6: (4,), 7: (6,), 8: (2,)}
"""What Pillow calls the turn that sets a picture upright, by what its camera noted."""


def read(path: Path) -> Picture:
    """The picture in a file, fit to keep.

    Raises NotFoundError or InvalidError `file-…` as `file_contents` does, InvalidError `picture-too-large`,
    `picture-none`, `picture-moves`, `picture-too-fine` or `picture-broken`.
    """
    data = _bytes(path)
    with warnings.catch_warnings(action="ignore"):  # what Pillow warns of is refused here, or does not matter
        return _read(data, path.name)


def _read(data: bytes, name: str) -> Picture:
    with _opened(data, name) as image:
        # Phones write a JPEG with a second picture behind it, which Pillow calls MPO: the first is the photograph.
        if getattr(image, "is_animated", False) and image.format != "MPO":
            raise InvalidError("picture-moves", field="file", file=name)
        limit = _MOST_MILLIONS.get(str(image.format), _USUAL_MILLIONS)
        if image.width * image.height > limit * 1_000_000:
            raise InvalidError("picture-too-fine", field="file", file=name, limit=limit)
        try:
            kept = _fit(image)
        except Exception as error:  # decoders of hostile pictures raise what they like
            raise InvalidError("picture-broken", field="file", file=name) from error
    held = BytesIO()
    kept.save(held, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(name, held.getvalue(), kept.width, kept.height)


def _bytes(path: Path) -> bytes:
    file_contents.check_place(path)
    try:
        with path.open("rb") as file:
            data = file.read(PICTURE_BYTES + 1)
    except OSError as error:
        raise InvalidError("file-unreadable", file=path.name, why=error.strerror) from error
    if len(data) > PICTURE_BYTES:
        raise InvalidError("picture-too-large", field="file", file=path.name, limit=PICTURE_BYTES >> 20)
    return data


def _opened(data: bytes, name: str) -> "Image":
    """The picture with its size known and nothing decoded yet."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - only where pictures are read

    try:
        return Image.open(BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise InvalidError("picture-too-fine", field="file", file=name, limit=_USUAL_MILLIONS) from error
    except UnidentifiedImageError as error:
        raise InvalidError("picture-none", field="file", file=name) from error
    except Exception as error:  # as in `read`
        raise InvalidError("picture-broken", field="file", file=name) from error


def _fit(image: "Image") -> "Image":
    """The picture scaled down, upright, in the colours of a screen, on white; nothing else of the file is left."""
    from PIL.Image import Resampling, Transpose  # noqa: PLC0415 - only where pictures are read

    turns = _TURNS.get(_orientation(image), ())
    profile = image.info.get("icc_profile")
    image.draft("RGB", (PICTURE_SIDE, PICTURE_SIDE))  # a JPEG is decoded at a fraction of its size
    kept = _scalable(image)
    kept.thumbnail((PICTURE_SIDE, PICTURE_SIDE), Resampling.LANCZOS)
    kept = _in_colour(_on_white(kept), profile)
    for way in turns:
        kept = kept.transpose(Transpose(way))
    kept.info.clear()
    return kept


def _orientation(image: "Image") -> Any:
    """How the camera was held; a note that cannot be read says nothing."""
    try:
        return image.getexif().get(_ORIENTATION)
    except Exception:  # noqa: BLE001 - notes of cameras are as broken as files get
        return None


def _scalable(image: "Image") -> "Image":
    """In a mode that can be scaled: no palette, one byte a colour."""
    image.load()
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.convert("I").point([value >> 8 for value in range(1 << 16)], "L")
    if "A" in image.getbands() or "transparency" in image.info:
        return image.convert("RGBA")
    return image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")


def _on_white(image: "Image") -> "Image":
    """Without transparency: on white, as on paper."""
    from PIL import Image  # noqa: PLC0415 - only where pictures are read

    if image.mode != "RGBA":
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


def _in_colour(image: "Image", profile: bytes | None) -> "Image":
    """In sRGB; phones and presses have wider colours, which would look dull without their profile."""
    from PIL import ImageCms  # noqa: PLC0415 - only where pictures are read

    if profile:
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            made = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            made = None  # a profile of something else: the numbers are taken as they are
        if made is not None:
            return made
    return image.convert("RGB")
