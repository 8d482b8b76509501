"""Values as JSON: the form in which scripts read them."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from ipweek.domain.starts import Start
from ipweek.domain.text import is_hidden

_BEYOND_ASCII = re.compile(r"[^\x00-\x7e]")


def json_text(value: Any, *, line: bool = False) -> str:
    """The value as JSON: moments in ISO 8601, what would steer a terminal as an escape."""
    told = json.dumps(value, ensure_ascii=False, indent=None if line else 2, default=_plain)
    return _BEYOND_ASCII.sub(lambda found: _escaped(found[0]), told)


def _escaped(char: str) -> str:
    return f"\\u{ord(char):04x}" if is_hidden(char) else char


def _plain(value: object) -> Any:
    if isinstance(value, Start):
        return str(value).replace(" ", "T")
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, UUID | Path):
        return str(value)
    raise TypeError(type(value).__name__)
