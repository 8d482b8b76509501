"""Numbers and kinds of patent documents: one form for each however it is written, and what they tell.

Chinese application numbers are written with and without the prefix CN or ZL, the check digit after its point
and a letter at the end; their fifth digit (the third in the eight-digit form before October 2003) is the type.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ipweek.domain.words import PatentType

_CHINESE = re.compile(
    r"(CN|ZL|CNZL)?((?:19[89]\d|20\d\d)[1-389]\d{7}|\d{2}[1-389]\d{5})(?:\.[\dX]|(?<=\d{12})[\dX])?[A-Z]?"
)
_PCT = re.compile(r"(?:PCT)?([A-Z]{2})(\d{4})(\d{6})W?")
_EUROPEAN = re.compile(r"EP(\d{8})(?:\.\d)?A?")
_PUBLICATION = re.compile(r"([A-Z]{2})([A-Z]{0,2}\d[\dA-Z]*?)([A-Z]\d?)?")
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+?\d+")
_WITHOUT_SHARED_NUMBERS = re.compile(r"[UYSDEP]\d?")
_TYPES = {"1": PatentType.INVENTION, "2": PatentType.UTILITY, "3": PatentType.DESIGN}
_TYPES |= {"8": PatentType.INVENTION, "9": PatentType.UTILITY}

_YEAR_FIRST = re.compile(
    r"([12]\d{3})(?:\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{2})(\d{2}))(?:[ T]+\d{1,2}:.*)?"
)
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.([12]\d{3})")
_YEAR = re.compile(r"([12]\d{3})年?|\d{1,2}/\d{1,2}/([12]\d{3})")


class Document(NamedTuple):
    """A publication: the office in two letters, the number, the kind; what is not told is empty."""

    office: str
    number: str
    kind: str


class Day(NamedTuple):
    """A date as a cell tells it; the year alone may be known."""

    day: date | None
    year: int | None


def is_rounded(text: str) -> bool:
    """Whether a spreadsheet has rounded a number to 2.0191E+11, so that it is lost."""
    return _ROUNDED.fullmatch(text.strip().upper()) is not None


@lru_cache(maxsize=1 << 12)
def application(text: str, office: str = "") -> str:
    """The one form of an application number: `CN201910123456`, `PCTCN2019076543`, else letters and digits."""
    compact = re.sub(r"[^0-9A-Z.]", "", unicodedata.normalize("NFKC", text).upper()).strip(".")
    if match := _CHINESE.fullmatch(compact):
        prefixed, digits = match[1], match[2]
        if prefixed or office == "CN" or (not office and (len(digits) == 12 or "." in compact)):
            return "CN" + digits
    if (compact.startswith("PCT") or compact.endswith("W")) and (match := _PCT.fullmatch(compact)):
        return "PCT" + match[1] + match[2] + match[3]
    if match := _EUROPEAN.fullmatch(compact):
        return "EP" + match[1]
    plain = compact.replace(".", "")
    return office + plain if plain[:1].isdigit() else plain


@lru_cache(maxsize=1 << 12)
def publication(text: str, office: str = "", kind: str = "") -> Document:
    """The parts of a publication number such as `CN 109065805 A`, `CN-109065805-A`, `WO/2019/123456`."""
    compact = re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", text).upper())
    match = _PUBLICATION.fullmatch(compact if compact[:2].isalpha() else office + compact)
    if match is None:
        return (
            Document(office, compact, kind) if any(map(str.isdigit, compact)) else Document(office, "", kind)
        )
    return Document(match[1], match[2], match[3] or kind)


def shared_number(document: Document) -> str:
    """What the publications of one application have in common where no application number is told.

    An application and its grant have the same number at many offices, but a utility model or a design of
    that number is another thing.
    """
    apart = document.kind[:1] if _WITHOUT_SHARED_NUMBERS.fullmatch(document.kind) else ""
    return f"{document.office}{document.number}{apart}"


def type_of_number(number: str) -> PatentType | None:
    """The type that a Chinese application number in its one form tells."""
    if not number.startswith("CN"):
        return None
    place = 6 if len(number) == 14 else 4
    return _TYPES.get(number[place : place + 1]) if len(number) in (10, 14) else None


def year_of_number(number: str) -> int | None:
    """The year that a Chinese application number in its one form tells."""
    if not number.startswith("CN"):
        return None
    if len(number) == 14:
        return int(number[2:6])
    if len(number) == 10:
        short = int(number[2:4])
        return 1900 + short if short >= 85 else 2000 + short
    return None


def type_of_kind(office: str, kind: str) -> PatentType | None:
    """The type that a kind code tells; a US plant patent is none of the three."""
    letter = kind[:1]
    if office == "US" and letter == "P":
        return None
    if letter in ("U", "Y"):
        return PatentType.UTILITY
    if letter == "S" or (letter == "D" and office == "CN"):
        return PatentType.DESIGN
    return PatentType.INVENTION if letter in ("A", "B", "C", "E", "T") else None


def is_grant(office: str, kind: str) -> bool | None:
    """Whether a kind code is that of a grant; None without a kind.

    Chinese utility models and designs come out only when they are granted; US patents before 2001 have an A.
    """
    if not kind:
        return None
    if office == "CN":
        return kind[0] in "BCUYSD"
    if office == "US":
        return kind[0] in "BCESP" or kind == "A"
    return kind[0] in "BCY"


@lru_cache(maxsize=1 << 14)
def day(text: str) -> Day | None:
    """A date in any of the forms of the exports, the earliest of several; None where the text is no date."""
    plain = unicodedata.normalize("NFKC", text).strip()
    whole = _one_day(plain)
    if whole is not None:
        return whole
    several = [_one_day(part) for part in re.split(r"[;,|\s]+", plain) if part]
    if not several or any(found is None for found in several):
        return None
    return min((found for found in several if found), key=lambda found: (found.year, found.day or date.max))


def _one_day(plain: str) -> Day | None:
    if match := _YEAR_FIRST.fullmatch(plain):
        return _existing(match[1], match[2] or match[4], match[3] or match[5])
    if match := _DAY_FIRST.fullmatch(plain):
        return _existing(match[3], match[2], match[1])
    if match := _YEAR.fullmatch(plain):
        return Day(None, int(match[1] or match[2]))
    return None


def _existing(year: str, month: str, day_of_month: str) -> Day | None:
    try:
        return Day(date(int(year), int(month), int(day_of_month)), int(year))
    except ValueError:
        return None
