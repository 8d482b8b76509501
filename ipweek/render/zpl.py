"""Labels in ZPL II: each a black-and-white picture, compressed as Z64 (Zebra's programming guide, `^GF`)."""

from base64 import b64encode
from binascii import crc_hqx
from typing import TYPE_CHECKING
from zlib import compress

if TYPE_CHECKING:
    from PIL.Image import Image

_DARK = 128


def label(picture: "Image") -> bytes:
    """One label as large as the picture, dot for dot."""
    from PIL import Image  # noqa: PLC0415 - only where labels are made

    across, height = picture.size
    width = -(-across // 8)
    grey = Image.new("L", (width * 8, height), 255)  # a row is whole bytes, the dots past its end white
    grey.paste(picture.convert("L"), (0, 0))
    dots = grey.point(lambda shade: 255 if shade < _DARK else 0).convert("1").tobytes()
    packed = b64encode(compress(dots, 9))
    graphic = b"^GFA,%d,%d,%d,:Z64:%s:%04X" % (len(dots), len(dots), width, packed, crc_hqx(packed, 0))
    return b"^XA\n^PW%d\n^LL%d\n^LH0,0\n^FO0,0%s^FS\n^XZ\n" % (across, height, graphic)
