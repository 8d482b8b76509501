"""Labels in ZPL: taken apart by the format's own rules, their dots are the badge and its code reads."""

import base64
import io
import re
import zlib
from uuid import uuid4

import pytest
import zxingcpp
from PIL import Image

from ipweek.adapters.badge_templates import builtin
from ipweek.domain.badges import BadgeFace
from ipweek.render import badge_sheet, raster, zpl
from ipweek.render.fonts import FontSet
from ipweek.render.qr import SIZE, symbol

CODES = [f"{place * 83_333_333_333_333_333_333_331:027}" for place in (1, 7)]
_FIELD = re.compile(
    rb"\^PW(\d+)\n\^LL(\d+)\n.*?\^GFA,(\d+),(\d+),(\d+),:Z64:([A-Za-z0-9+/=]+):([0-9A-F]{4})\^FS", re.DOTALL
)


def drawn(layout: str, codes: list[str]) -> bytes:
    """Badges as a PDF, one with a long name."""
    shown = ("", "样例惠州华阳有限公司", "", "delegate", "知识产权周", "发布会", "4-12")
    names = ("张伟", "阿卜杜热合曼·买买提")
    faces = [
        BadgeFace(uuid4(), code, name, *shown, synthetic=True)
        for code, name in zip(codes, names, strict=True)
    ]
    held = io.BytesIO()
    chosen = builtin(layout)
    badge_sheet.draw_sheet(faces, held, FontSet(badge_sheet.texts(faces, chosen), None), layout=chosen)
    return held.getvalue()


def crc16(data: bytes) -> int:
    """CRC-16/XMODEM bit by bit, as Zebra's guide describes it."""
    crc = 0
    for byte in data:
        crc ^= byte << 8
        for _bit in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


def dots(field: re.Match[bytes]) -> Image.Image:
    """The pixels of a label's graphic field."""
    total, kept, width = (int(field[place]) for place in (3, 4, 5))
    assert crc16(field[6]) == int(field[7], 16)
    plain = zlib.decompress(base64.b64decode(field[6], validate=True))
    assert len(plain) == total == kept == width * int(field[2])
    picture = Image.new("L", (width * 8, total // width), 255)
    for place, byte in enumerate(plain):
        for bit in range(8):
            if byte & 0x80 >> bit:
                picture.putpixel((place % width * 8 + bit, place // width), 0)
    return picture


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("layout", ["86x54", "a6", "4x3in"])
def test_a_label_reads(layout: str, dpi: int) -> None:
    """One label a badge, as wide and high as the layout in dots; decoded without the code that made it, it reads."""
    made = b"".join(map(zpl.label, raster.pages(drawn(layout, CODES), CODES, dpi)))
    fields = list(_FIELD.finditer(made))
    assert made.count(b"^XA") == made.count(b"^XZ") == len(fields) == 2
    size = builtin(layout)
    for field, code in zip(fields, CODES, strict=True):
        expected = (size.page_width / 25.4 * dpi, size.page_height / 25.4 * dpi)
        assert (int(field[1]), int(field[2])) == pytest.approx(expected, abs=1.5)
        assert [found.text for found in zxingcpp.read_barcodes(dots(field))] == [code]


def test_modules_lie_on_whole_dots() -> None:
    """Every module is a square of the same number of dots, and nothing but the symbol is there."""
    (picture, _second) = raster.pages(drawn("86x54", CODES), CODES, 203)
    grey = picture.convert("L")
    (found,) = zxingcpp.read_barcodes(grey)
    corner = found.position.top_left
    module, rows = 7, symbol(CODES[0])
    origin = next(
        (x, y)
        for y in range(corner.y - 9, corner.y + 9)
        for x in range(corner.x - 9, corner.x + 9)
        if grey.getpixel((x, y)) == 0
    )
    for y in range(SIZE * module):
        for x in range(SIZE * module):
            dark = rows[y // module] >> (SIZE - 1 - x // module) & 1
            assert grey.getpixel((origin[0] + x, origin[1] + y)) == (0 if dark else 255)
