"""Names of people and enterprises as names of files that Windows, macOS and Linux all take."""

import re
import unicodedata
from collections.abc import Iterable

from ipweek.domain.text import clean, is_hidden

LONGEST = 60
_MOST_BYTES = 180
"""In UTF-8: file systems take 255, and an ending and a number may follow."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)


def safe(text: str) -> str:
    """A text as a file name without its ending: nothing forbidden, hidden, reserved or too long; never empty."""
    name = _FORBIDDEN.sub("_", clean(text))
    name = "".join(
        char for char in name if unicodedata.category(char) not in ("Cf", "Co", "Cn") and not is_hidden(char)
    )
    name = _short(name.strip(" .~")).strip(" .~")
    if name.startswith("-") or _RESERVED.match(name):
        name = f"_{name}"
    return name or "_"


def distinct(names: Iterable[str]) -> list[str]:
    """The names in their order, those that would be one file on some system told apart by a number."""
    taken: set[str] = set()
    made = []
    for name in names:
        number, tried = 1, name
        while _same(tried) in taken:
            number += 1
            tried = f"{name} ({number})"
        taken.add(_same(tried))
        made.append(tried)
    return made


def _same(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _short(name: str) -> str:
    kept = name[:LONGEST]
    while len(kept.encode()) > _MOST_BYTES:
        kept = kept[:-1]
    return kept
