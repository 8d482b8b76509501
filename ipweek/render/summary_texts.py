"""The texts of a document made fit to show, whoever lays it out."""

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar, cast

from ipweek.domain.text import clean
from ipweek.render.summary_layout import Document, Section

_Part = TypeVar("_Part")
_OF_LINES = {(Section, "texts")}


def cleaned(document: Document) -> Document:
    """The document with every text cleaned; paragraphs keep their lines."""
    return _cleaned(document)


def _cleaned(part: _Part, *, lines: bool = False) -> _Part:
    made: Any = part
    if isinstance(part, str) and not isinstance(part, Enum):
        made = clean(part, lines=lines)
    elif isinstance(part, tuple):
        made = tuple(_cleaned(item, lines=lines) for item in part)
    elif is_dataclass(part) and not isinstance(part, type):
        values = {
            field.name: _cleaned(getattr(part, field.name), lines=(type(part), field.name) in _OF_LINES)
            for field in fields(part)
        }
        made = replace(part, **values)
    return cast("_Part", made)
