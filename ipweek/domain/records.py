"""Records that an organizer adds, edits, lists and shows: one description serves service, command line and forms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from ipweek.domain.errors import InvalidError
from ipweek.domain.starts import Start, parse_day
from ipweek.domain.text import clean

TEXT_LIMIT = 200
LONG_TEXT_LIMIT = 4000
INTEGERS = 2**31
"""Whole numbers are smaller: what both engines keep."""

_MOST_DIGITS = 30
_NAMES = ("name", "title", "text", "caption")


class FieldKind(StrEnum):
    """How a field is typed in and what it holds."""

    CODE = "code"
    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DAY = "day"
    PARTIAL_DAY = "partial_day"
    START = "start"
    CHOICE = "choice"
    CHOICES = "choices"
    REFERENCE = "reference"
    REFERENCES = "references"
    WORDS = "words"
    FLAG = "flag"
    ZONE = "zone"
    FILE = "file"
    SECRET = "secret"  # noqa: S105 - a kind of field


SEVERAL = (FieldKind.WORDS, FieldKind.REFERENCES, FieldKind.CHOICES)
"""The kinds of field that hold a tuple."""
_LONG = (FieldKind.LONG_TEXT, FieldKind.FILE)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `choices` for a vocabulary, `refers` for the kind of record that a code names.

    A `limit` is how many characters it takes, where that is not what fields of its kind take.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    choices: type[StrEnum] | None = None
    refers: str | None = None
    help: str = ""
    limit: int = 0


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record; `parent` is the field that says where it belongs, `columns` what a list shows.

    `others` are fields one of which may say so instead of `parent`. A record of a `numbered` kind that is given
    no code gets one: its parent's, this word, and a number.
    """

    code: str
    label: str
    plural: str
    fields: tuple[Field, ...]
    columns: tuple[str, ...]
    parent: str | None = None
    numbered: str = ""
    others: tuple[str, ...] = ()

    @property
    def parents(self) -> tuple[str, ...]:
        """The fields that may say where a record belongs."""
        return (self.parent, *self.others) if self.parent else ()

    def field(self, name: str) -> Field:
        """The field of that name. Raises KeyError."""
        return next(known for known in self.fields if known.name == name)


@dataclass(frozen=True, slots=True)
class Record:
    """One record: `values` by field name; references are codes, not stated is None."""

    kind: str
    id: UUID
    code: str
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    archived: bool = False

    def name(self, language: str) -> str:
        """The name in a language, else in the other, else its title, its text, its caption, or the code."""
        tongues = ("zh", "en") if language == "zh" else ("en", "zh")
        keys = [f"{part}_{tongue}" for part in _NAMES for tongue in tongues]
        return str(next((self.values[key] for key in (*keys, "text") if self.values.get(key)), self.code))


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that a list may be narrowed by: `name` is a field of its filter, with how many that leaves."""

    name: str
    value: str
    name_zh: str | None
    name_en: str | None
    count: int


def parse(known: Field, text: str) -> Any:
    """The value of a typed text; an empty text is None, which means not stated.

    Raises InvalidError with the field's name and the text: `field-required`, `field-too-long`, `field-code`,
    `field-integer`, `field-decimal`, `field-day`, `field-start`, `field-choice`, `field-flag`, `field-zone`.
    """
    shown = clean(text, lines=known.kind is FieldKind.LONG_TEXT)
    if not shown:
        if known.required:
            raise InvalidError("field-required", field=known.name)
        return () if known.kind in SEVERAL else None
    limit = known.limit or (LONG_TEXT_LIMIT if known.kind in _LONG else TEXT_LIMIT)
    if len(shown) > limit:
        raise InvalidError("field-too-long", field=known.name, limit=limit, length=len(shown))
    try:
        return _READERS[known.kind](known, shown)
    except (ValueError, IndexError, InvalidOperation):
        raise InvalidError(f"field-{known.kind}", field=known.name, value=shown) from None


def _code(_known: Field, text: str) -> str:
    code = text.lower()
    if len(code) > 60 or not all(part.isalnum() and part.isascii() for part in code.split("-")):
        raise ValueError(text)
    return code


def _integer(_known: Field, text: str) -> int:
    number = int(text)
    if not 0 <= number < INTEGERS:
        raise ValueError(text)
    return number


def _decimal(_known: Field, text: str) -> Decimal:
    number = Decimal(text.replace(",", ""))
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError(text)
    return number


def _choice(known: Field, text: str) -> StrEnum:
    assert known.choices is not None
    return known.choices(text.lower().replace("-", "_").replace(" ", "_"))


def _choices(known: Field, text: str) -> tuple[StrEnum, ...]:
    return tuple(dict.fromkeys(_choice(known, part) for part in _words(known, text)))


def _partial_day(_known: Field, text: str) -> str:
    year, *rest = (part.zfill(2) for part in text.replace("/", "-").split("-"))
    whole = date.fromisoformat("-".join([year, *rest, "01", "01"][:3]))
    return whole.isoformat()[: (4, 7, 10)[len(rest)]]


def _flag(_known: Field, text: str) -> bool:
    answer = {
        "yes": True,
        "true": True,
        "1": True,
        "是": True,
        "no": False,
        "false": False,
        "0": False,
        "否": False,
    }
    if text.lower() not in answer:
        raise ValueError(text)
    return answer[text.lower()]


def _zone(_known: Field, text: str) -> str:
    if text not in available_timezones():
        raise ValueError(text)
    return text


def _words(_known: Field, text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in text.replace("；", ";").replace("、", ";").split(";"))
    return tuple(part for part in parts if part)


def _references(known: Field, text: str) -> tuple[str, ...]:
    return tuple(_code(known, part) for part in _words(known, text))


_READERS: Mapping[FieldKind, Any] = {
    FieldKind.CODE: _code,
    FieldKind.TEXT: lambda _known, text: text,
    FieldKind.LONG_TEXT: lambda _known, text: text,
    FieldKind.INTEGER: _integer,
    FieldKind.DECIMAL: _decimal,
    FieldKind.DAY: lambda _known, text: parse_day(text),
    FieldKind.START: lambda _known, text: Start.parse(text),
    FieldKind.PARTIAL_DAY: _partial_day,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.REFERENCE: _code,
    FieldKind.REFERENCES: _references,
    FieldKind.WORDS: _words,
    FieldKind.FLAG: _flag,
    FieldKind.ZONE: _zone,
    FieldKind.FILE: lambda _known, text: text,
    FieldKind.SECRET: lambda _known, text: text,
}


def shown(value: Any) -> str:
    """A value as it is typed: the inverse of `parse`; None is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return "; ".join(str(part) for part in value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value)
