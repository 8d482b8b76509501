"""Photographs: upright, small, silent about where they were taken; what is none is refused in a sentence."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageOps

from ipweek.adapters import pictures
from ipweek.domain.errors import InvalidError, IpweekError, NotFoundError
from ipweek.domain.report_notes import PICTURE_BYTES
from ipweek.render.errors import sentence
from tests.desk import PHOTOGRAPH

_MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")


def _kept(file: Path) -> Image.Image:
    found = pictures.read(file)
    image = Image.open(io.BytesIO(found.content))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (found.width, found.height))
    return image


def _quadrants(size: tuple[int, int] = (80, 40)) -> Image.Image:
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    image.paste("blue", (0, size[1] // 2, size[0] // 2, size[1]))
    return image


def test_a_photograph_keeps_no_place_and_no_camera() -> None:
    """What a phone notes beside the picture, where it was among it, is not stored; the file had it."""
    assert Image.open(PHOTOGRAPH).getexif().get_ifd(0x8825), "the sample names a place"
    image = _kept(PHOTOGRAPH)
    assert not image.getexif()
    assert not {"exif", "comment", "icc_profile", "xmp"} & image.info.keys()
    assert image.size == (240, 160), "upright"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_of_holding_a_camera_ends_upright(tmp_path: Path, orientation: int) -> None:
    """As Pillow itself would turn the picture, for all eight."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    _quadrants().save(tmp_path / "a.jpg", exif=exif, quality=95)
    wanted = ImageOps.exif_transpose(Image.open(tmp_path / "a.jpg"))
    difference = ImageChops.difference(wanted, _kept(tmp_path / "a.jpg")).convert("L").point(lambda x: x > 90)
    assert difference.getbbox() is None


def test_large_pictures_are_scaled_down_and_small_ones_left(tmp_path: Path) -> None:
    """At most 1600 pixels across and down, in proportion; a thin one stays at least a pixel high."""
    for size, kept in (((4000, 3000), (1600, 1200)), ((300, 200), (300, 200)), ((6000, 2), (1600, 1))):
        Image.new("RGB", size, "green").save(tmp_path / "a.jpg")
        assert _kept(tmp_path / "a.jpg").size == kept


def test_every_sort_of_picture_becomes_a_jpeg(tmp_path: Path) -> None:
    """Grey, palette, 16 bits and print colours; what is transparent lies on white."""
    for mode in _MODES:
        Image.new(mode, (20, 10), 0).save(tmp_path / "a.png")
        wanted = (255, 255, 255) if mode in ("LA", "RGBA") else (0, 0, 0)
        assert _kept(tmp_path / "a.png").getpixel((5, 5)) == wanted, mode
    Image.new("CMYK", (20, 10), (0, 255, 255, 0)).save(tmp_path / "a.jpg")
    assert _kept(tmp_path / "a.jpg").getpixel((5, 5))[1:] == (0, 0), "red"
    Image.new("RGB", (20, 10), "red").save(tmp_path / "b.jpg", icc_profile=b"no profile" * 30)
    assert _kept(tmp_path / "b.jpg").getpixel((5, 5))[0] > 250


def test_a_phone_s_picture_in_two_sizes_is_no_moving_one(tmp_path: Path) -> None:
    """The second picture that phones put behind the first is left alone."""
    image = _quadrants()
    image.save(tmp_path / "a.mpo", save_all=True, append_images=[image])
    assert _kept((tmp_path / "a.mpo").rename(tmp_path / "a.jpg")).size == (80, 40)


def _png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    told = [(b"IHDR", head), *chunks, (b"IEND", b"")]
    body = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in told
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


def _saved(image: Image.Image, form: str, **how: object) -> bytes:
    held = io.BytesIO()
    image.save(held, form, **how)
    return held.getvalue()


_HOSTILE = {
    "empty": (b"", "picture-none"),
    "text": ("甲,乙\n".encode() * 99, "picture-none"),
    "another kind": (_saved(_quadrants(), "GIF"), "picture-none"),
    "vectors": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture-none"),
    "moving": (
        _saved(_quadrants(), "PNG", save_all=True, append_images=[Image.new("RGB", (80, 40))]),
        "picture-moves",
    ),
    "cut off": (_saved(_quadrants((400, 300)), "JPEG")[:900], "picture-broken"),
    "nothing in it": (_png(9, 9), "picture-broken"),
    "many pixels": (_png(50_000, 900, (b"IDAT", zlib.compress(bytes(99)))), "picture-too-fine"),
    "a bomb": (_png(60_000, 60_000, (b"IDAT", zlib.compress(bytes(99)))), "picture-too-fine"),
    "endless note": (
        _png(9, 9, (b"zTXt", b"a\0\0" + zlib.compress(bytes(90 << 20))), (b"IDAT", b"")),
        "picture-broken",
    ),
    "large": (_saved(_quadrants(), "JPEG") + bytes(PICTURE_BYTES), "picture-too-large"),
}


@pytest.mark.parametrize("kind", _HOSTILE)
def test_what_is_no_photograph_is_refused_in_a_sentence(
    tmp_path: Path, kind: str, recwarn: pytest.WarningsRecorder
) -> None:
    """By what is in the file, not by its name; nothing is unfolded, and no library speaks of its own."""
    data, code = _HOSTILE[kind]
    (tmp_path / "x.jpg").write_bytes(data)
    with pytest.raises(InvalidError) as refused:
        pictures.read(tmp_path / "x.jpg")
    assert refused.value.code == code
    told = sentence(refused.value)
    assert told.startswith("x.jpg ")
    assert told.endswith(".")
    assert not recwarn.list


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A missing one, a folder, a name that no system has."""
    for path, error, code in (
        (tmp_path / "none.jpg", NotFoundError, "file-missing"),
        (tmp_path, InvalidError, "file-is-folder"),
        (Path("a\0b"), NotFoundError, "file-missing"),
    ):
        with pytest.raises(IpweekError) as refused:
            pictures.read(path)
        assert (type(refused.value), refused.value.code) == (error, code)


def test_a_broken_note_of_the_camera_does_not_matter(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    """The picture is taken as it lies, without a word."""
    _quadrants().save(tmp_path / "a.jpg", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff garbage")
    assert _kept(tmp_path / "a.jpg").size == (80, 40)
    assert not recwarn.list
