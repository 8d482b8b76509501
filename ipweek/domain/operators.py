"""Who works at the desks and what each may decide; PINs, and what is kept of them."""

import hashlib
import hmac
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from ipweek.domain.errors import InvalidError
from ipweek.domain.words import OperatorRole

NAME_LENGTH = 120
PIN_DIGITS = range(4, 13)
TRIES = 5
"""Wrong PINs in a row after which the next one has to wait."""
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
_COST, _BLOCK, _SALT = 2**14, 8, 16


class Right(StrEnum):
    """What not everybody may decide once operators are recorded."""

    OVERRIDE = "override"
    UNDO = "undo"
    DOORS = "doors"
    UNMASK = "unmask"
    OPERATORS = "operators"


NEEDS: Mapping[Right, OperatorRole] = {
    Right.OVERRIDE: OperatorRole.SUPERVISOR,
    Right.UNDO: OperatorRole.SUPERVISOR,
    Right.DOORS: OperatorRole.SUPERVISOR,
    Right.UNMASK: OperatorRole.ORGANIZER,
    Right.OPERATORS: OperatorRole.ORGANIZER,
}


@dataclass(frozen=True, slots=True)
class Voucher:
    """Somebody who answers for what an operator may not decide himself."""

    name: str
    pin: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class OperatorLine:
    """One operator, as a list shows him."""

    name: str
    role: OperatorRole
    has_pin: bool


@dataclass(frozen=True, slots=True)
class OperatorChanges:
    """What is to change of an operator; None leaves it, an empty `pin` takes it away."""

    name: str | None = None
    role: OperatorRole | None = None
    pin: str | None = field(default=None, repr=False)


def may(role: OperatorRole, right: Right) -> bool:
    """Whether a role has a right."""
    order = list(OperatorRole)
    return order.index(role) >= order.index(NEEDS[right])


def checked_pin(typed: str) -> str:
    """A PIN as it is compared: digits, also of full width. Raises InvalidError `pin-invalid`."""
    pin = unicodedata.normalize("NFKC", typed).strip()
    if not (pin.isascii() and pin.isdecimal() and len(pin) in PIN_DIGITS):
        raise InvalidError("pin-invalid", field="pin", least=PIN_DIGITS.start, most=PIN_DIGITS.stop - 1)
    return pin


def digest_of(pin: str) -> str:
    """What is kept of a PIN: a salted scrypt digest with its costs."""
    salt = os.urandom(_SALT)
    return "$".join(("scrypt", str(_COST), str(_BLOCK), salt.hex(), _scrypt(pin, salt, _COST, _BLOCK).hex()))


def fits(pin: str, kept: str) -> bool:
    """Whether a PIN is the one of which a digest was kept."""
    _name, cost, block, salt, digest = kept.split("$")
    made = _scrypt(pin, bytes.fromhex(salt), int(cost), int(block))
    return hmac.compare_digest(made, bytes.fromhex(digest))


def _scrypt(pin: str, salt: bytes, cost: int, block: int) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=cost, r=block, p=1, maxmem=2**26)


def wait_after(failures: int) -> timedelta:
    """How long no PIN is tried after so many wrong ones in a row: twice as long each time."""
    if failures < TRIES:
        return timedelta(0)
    doubled: int = 2 ** min(failures - TRIES, 10)
    return min(_FIRST_WAIT * doubled, _LONGEST_WAIT)
