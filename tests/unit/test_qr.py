"""QR symbols: the same bits as `qrcode` draws, readable by another program."""

import random

import pytest
import zxingcpp
from PIL import Image
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.util import MODE_NUMBER, QRData

from ipweek.domain.errors import InvalidError
from ipweek.render.qr import MASK, QUIET_ZONE, SIZE, mask_bytes, packed, symbol


def _samples(count):
    chance = random.Random(20190426)
    return ["".join(chance.choices("0123456789", k=27)) for _ in range(count)]


def _drawn(code):
    qr = QRCode(version=1, error_correction=ERROR_CORRECT_Q, mask_pattern=MASK, border=0)
    qr.add_data(QRData(code, mode=MODE_NUMBER))
    qr.make(fit=False)
    return tuple(int("".join("01"[bool(dark)] for dark in row), 2) for row in qr.modules)


@pytest.mark.parametrize("code", ["0" * 27, "9" * 27, "123" * 9, *_samples(200)])
def test_same_bits_as_qrcode(code):
    """The table gives what `qrcode` draws for the same version, level, mask and mode."""
    assert symbol(code) == _drawn(code)


def test_decodes():
    """A reader that shares no code with the drawing reads every sample back, at three pixels a module."""
    for code in _samples(100):
        side = (SIZE + 2 * QUIET_ZONE) * 3
        picture = Image.new("L", (side, side), 255)
        for y, row in enumerate(symbol(code)):
            for x in range(SIZE):
                if row >> SIZE - 1 - x & 1:
                    left, top = (x + QUIET_ZONE) * 3, (y + QUIET_ZONE) * 3
                    picture.paste(0, (left, top, left + 3, top + 3))
        (found,) = zxingcpp.read_barcodes(picture)
        assert found.text == code
        assert "QR" in str(found.format)


def test_packed_rows():
    """Three bytes a row, left module first; the one-step form is the same."""
    code = _samples(1)[0]
    data = packed(symbol(code))
    assert len(data) == 63
    assert data == mask_bytes(code)
    assert data[0] == 0b11111110  # the finder's upper edge and its separator


@pytest.mark.parametrize("code", ["", "1" * 26, "1" * 28, "a" * 27, "²" * 27, "٣" * 27])
def test_other_texts_are_refused(code):
    """Only 27 decimal digits have a symbol here."""
    with pytest.raises(InvalidError):
        symbol(code)
