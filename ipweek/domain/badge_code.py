"""The digits on a badge: what they hold, how they are composed, and what makes them genuine.

Twenty-seven digits: format 1 · key id 1 · badge number 10 (lease 4, counter 6) · issue 2 · MAC 12 · check 1.
Digits alone survive every keyboard layout and input method, and fill a version-1 QR symbol exactly. The MAC
lets a desk verify a badge whose registration it has never seen; the check digit tells a slip from a forgery.
"""

import hmac
import unicodedata
from dataclasses import dataclass
from uuid import UUID

from ipweek.domain.errors import InvalidError

FORMAT = 1
DIGITS = 27
NUMBER_DIGITS = 10
_KEYS, _NUMBERS, _ISSUES = 10, 10**NUMBER_DIGITS, 100
_LEASES, _COUNTERS = 10**4, 10**6
_SIGNED = 14
_MAC = 12
_PREFIX = b"ipweek badge code 1\0"
_GROUPS = (2, 4, 6, 2, 4, 4, 4, 1)
_ALLOWED = frozenset("0123456789")
_HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")

# H. M. Damm, "Total anti-symmetrische Quasigruppen" (2004): a quasigroup of order 10 whose running product
# catches every single wrong digit and every swap of neighbours.
_DAMM = tuple(
    tuple(map(int, row))
    for row in (
        "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
        "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BadgeCode:
    """What a code says: the key that signed it, the badge's number and its issue (a reprint counts up)."""

    key_id: int
    number: int
    issue: int


class Signer:
    """A key that signs badges of a workspace."""

    def __init__(self, key: bytes, workspace: UUID) -> None:
        self._begun = hmac.new(key, _PREFIX + workspace.bytes, "sha256")

    def mac(self, signed: str) -> str:
        """The digits that only this key gives to what it signs."""
        mac = self._begun.copy()
        mac.update(signed.encode("ascii"))
        return f"{int.from_bytes(mac.digest()[:8], 'big') % 10**_MAC:0{_MAC}d}"

    def is_genuine(self, digits: str) -> bool:
        """Whether it signed digits that `parse` has read; in the same time either way."""
        return hmac.compare_digest(digits[_SIGNED : _SIGNED + _MAC], self.mac(digits[:_SIGNED]))


def compose(code: BadgeCode, key: bytes, workspace: UUID) -> str:
    """The 27 digits of a badge, signed with the week's key for this workspace.

    Raises InvalidError `badge-code-range` where a part does not fit its digits.
    """
    if not (0 <= code.key_id < _KEYS and 0 <= code.number < _NUMBERS and 0 <= code.issue < _ISSUES):
        raise InvalidError("badge-code-range", key_id=code.key_id, number=code.number, issue=code.issue)
    signed = f"{FORMAT}{code.key_id}{code.number:010d}{code.issue:02d}"
    body = signed + Signer(key, workspace).mac(signed)
    return f"{body}{_check_digit(body)}"


def normalise(text: str) -> str:
    """The digits as scanned or typed: full-width forms folded, white space and the hyphens of groups gone."""
    if text.isascii() and text.isdecimal():  # as nearly every scan is
        return text
    folded = unicodedata.normalize("NFKC", text)
    return "".join(char for char in folded if not char.isspace() and char not in _HYPHENS)


def parse(text: str) -> BadgeCode | None:
    """What the text says; None where it is not 27 digits, of another format or has a wrong check digit."""
    digits = normalise(text)
    if len(digits) != DIGITS or not _ALLOWED.issuperset(digits):
        return None
    if digits[0] != str(FORMAT) or _check_digit(digits) != 0:
        return None
    return BadgeCode(int(digits[1]), int(digits[2:12]), int(digits[12:14]))


def grouped(text: str) -> str:
    """The code in groups that can be read out and typed; the second and third are the badge number."""
    digits, groups, start = normalise(text), [], 0
    for length in _GROUPS:
        groups.append(digits[start : start + length])
        start += length
    return " ".join(group for group in (*groups, digits[start:]) if group)


def badge_number(lease: int, counter: int) -> int:
    """The number of a badge: four digits of a lease, which one desk holds, and six of that desk's counter.

    Raises InvalidError `badge-number-range` where one does not fit.
    """
    if not (0 <= lease < _LEASES and 0 <= counter < _COUNTERS):
        raise InvalidError("badge-number-range", lease=lease, counter=counter)
    return lease * _COUNTERS + counter


def lease_of(number: int) -> int:
    """The lease that a badge number was drawn from."""
    return number // _COUNTERS


def counter_of(number: int) -> int:
    """The place of a badge number within its lease."""
    return number % _COUNTERS


def shown_number(number: int) -> str:
    """A badge number as people see it: ten digits."""
    return f"{number:010d}"


def _check_digit(digits: str) -> int:
    """The Damm digit to append; 0 for digits that end in their own."""
    state = 0
    for digit in digits:
        state = _DAMM[state][ord(digit) - 48]
    return state
