"""QR symbols of badge codes: version 1, error correction Q, one fixed mask.

With version, level and mask fixed, a symbol is an affine map over GF(2) of its data bits: error correction
is linear and the mask is a constant. So `qrcode` draws one symbol for no bits and one for each bit, once, and
every other symbol is an exclusive or of those. A fixed mask reads as well as a chosen one.
"""

from functools import cache

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.util import MODE_NUMBER, QRData

from ipweek.domain.badge_code import DIGITS
from ipweek.domain.errors import InvalidError

SIZE = 21
QUIET_ZONE = 4
MASK = 3
_ROW_BYTES = 3
_PADDING = _ROW_BYTES * 8 - SIZE
_GROUP = 3  # numeric mode writes three digits in ten bits


def symbol(code: str) -> tuple[int, ...]:
    """The 21 rows of the symbol of a 27-digit code, top to bottom; bit 20 is the left module, 1 is dark.

    Raises InvalidError `badge-code-digits` for anything but 27 decimal digits.
    """
    data = mask_bytes(code)
    return tuple(
        int.from_bytes(data[start : start + _ROW_BYTES], "big") >> _PADDING
        for start in range(0, SIZE * _ROW_BYTES, _ROW_BYTES)
    )


def packed(rows: tuple[int, ...]) -> bytes:
    """The rows as a 1-bit image: three bytes a row, the left module in the highest bit, 1 is dark."""
    return b"".join((row << _PADDING).to_bytes(_ROW_BYTES, "big") for row in rows)


def mask_bytes(code: str) -> bytes:
    """`packed(symbol(code))` in one step."""
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        raise InvalidError("badge-code-digits", text=code)
    bits = 0
    for group, table in enumerate(_tables()):
        bits ^= table[int(code[group * _GROUP : (group + 1) * _GROUP])]
    return bits.to_bytes(SIZE * _ROW_BYTES, "big")


@cache
def _tables() -> tuple[tuple[int, ...], ...]:
    """For each group of three digits, what each of its 1,000 values adds; the first has the base too."""
    base = _drawn("0" * DIGITS)
    tables = []
    for start in range(0, DIGITS, _GROUP):
        units = [_drawn(f"{'0' * start}{1 << bit:03d}".ljust(DIGITS, "0")) ^ base for bit in range(10)]
        table = [base if start == 0 else 0]
        for value in range(1, 1000):
            lowest = value & -value
            table.append(table[value ^ lowest] ^ units[lowest.bit_length() - 1])
        tables.append(tuple(table))
    return tuple(tables)


def _drawn(code: str) -> int:
    """The symbol as `qrcode` draws it, packed into one number."""
    qr = QRCode(version=1, error_correction=ERROR_CORRECT_Q, mask_pattern=MASK, border=0)
    qr.add_data(QRData(code, mode=MODE_NUMBER))
    qr.make(fit=False)
    rows = [sum(1 << SIZE - 1 - column for column, dark in enumerate(row) if dark) for row in qr.modules]
    return int.from_bytes(packed(tuple(rows)), "big")
