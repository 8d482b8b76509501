"""What a row changes, field by field, as people are shown it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ipweek.domain.contacts import masked_email, masked_phone
from ipweek.domain.import_report import FieldChange

_MASKS = {"phone": masked_phone, "email": masked_email}


def field_changes(
    held: Mapping[str, Any], values: Mapping[str, Any], fields: Mapping[str, str] | None = None
) -> list[FieldChange]:
    """The changes from what is held to new values; `fields` are the import's names of columns where they differ."""
    return [
        FieldChange((fields or {}).get(name, name), _shown(name, held.get(name)), _shown(name, value))
        for name, value in values.items()
    ]


def new_values(held: Mapping[str, Any], given: Mapping[str, Any], *, again: bool = False) -> dict[str, Any]:
    """What a row gives that is not so yet; an empty cell changes nothing, and a further row only fills gaps."""
    return {
        name: value
        for name, value in given.items()
        if value is not None and held[name] != value and not (again and held[name] is not None)
    }


def listed(words: Iterable[str]) -> str | None:
    """Several words as one value."""
    return "、".join(words) or None


def _shown(name: str, value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date().isoformat()
    return _MASKS[name](value) if name in _MASKS else str(value)
