"""Certificates of attendance (参会证明): their numbers, which prove themselves, and what they say.

A number is year-event-serial-check: four digits, three, five and eight. The check is an HMAC with the week's
key, in a domain of its own, so that nobody without the key can make one up.
"""

import hmac
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from ipweek.domain.errors import InvalidError

BOTH = "both"
"""In which languages a certificate is unless one of them is asked for."""
MOST_EVENTS, MOST_SERIALS = 999, 99_999
_CHECK = 8
_PREFIX = b"ipweek certificate 1\0"
_HYPHENS = re.compile("[\u2010-\u2015\u2212]")
_NUMBER = re.compile(r"(\d{4})-?(\d{3})-?(\d{5})-?(\d{8})", re.ASCII)


@dataclass(frozen=True, slots=True)
class CertificateNumber:
    """What a number says before it is checked."""

    year: int
    event: int
    serial: int
    check: str

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.event:03d}-{self.serial:05d}-{self.check}"


def make_number(year: int, event: int, serial: int, key: bytes, workspace: UUID) -> CertificateNumber:
    """The number with its check. Raises InvalidError `certificate-numbers-used-up`."""
    if event > MOST_EVENTS or serial > MOST_SERIALS:
        raise InvalidError("certificate-numbers-used-up", year=year)
    return CertificateNumber(year, event, serial, _check(year, event, serial, key, workspace))


def parse(text: str) -> CertificateNumber | None:
    """The number as scanned or typed, in full width or without hyphens too; None where it has another form."""
    folded = _HYPHENS.sub("-", "".join(unicodedata.normalize("NFKC", text).split()))
    found = _NUMBER.fullmatch(folded)
    if found is None:
        return None
    year, event, serial, check = found.groups()
    return CertificateNumber(int(year), int(event), int(serial), check)


def is_genuine(number: CertificateNumber, key: bytes, workspace: UUID) -> bool:
    """Whether this key made the number for this workspace; the comparison takes the same time either way."""
    return hmac.compare_digest(number.check, _check(number.year, number.event, number.serial, key, workspace))


def _check(year: int, event: int, serial: int, key: bytes, workspace: UUID) -> str:
    said = f"{year:04d}{event:03d}{serial:05d}".encode("ascii")
    digest = hmac.digest(key, _PREFIX + workspace.bytes + said, "sha256")
    return f"{int.from_bytes(digest[:8], 'big') % 10**_CHECK:0{_CHECK}d}"


@dataclass(frozen=True, slots=True)
class InBoth:
    """A name in both languages; where one is missing the other stands for it."""

    zh: str | None
    en: str | None

    def text(self, language: str) -> str:
        """The name in a language."""
        first, second = (self.zh, self.en) if language == "zh" else (self.en, self.zh)
        return first or second or ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says. What nobody stated is None or empty, and is left out."""

    registration: UUID
    number: str
    name: str
    name_latin: str
    enterprise: InBoth
    week: InBoth
    event: InBoth
    day: date | None
    last_day: date | None
    host: str | None
    organizer: str | None
    results: tuple[InBoth, ...]
    issued_at: datetime
    zone: str
    synthetic: bool


class WhyNot(StrEnum):
    """Why somebody gets no certificate."""

    NOT_ATTENDED = "not_attended"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class NotIssued:
    """Somebody who was asked for and gets none."""

    name: str
    why: WhyNot


@dataclass(frozen=True, slots=True)
class Issued:
    """The certificates, and those who were named and get none."""

    certificates: tuple[Certificate, ...]
    refused: tuple[NotIssued, ...]
    new: int


class Standing(StrEnum):
    """What a number is worth."""

    GENUINE = "genuine"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    FORGED = "forged"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Verified:
    """What is known of a number; without a certificate it was never issued here."""

    number: str
    standing: Standing
    certificate: Certificate | None = None
