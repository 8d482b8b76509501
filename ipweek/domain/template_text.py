"""A TOML file read key by key, so that what is wrong in it is told with its line."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from ipweek.domain.badge_design import Area
from ipweek.domain.errors import InvalidError

_Word = TypeVar("_Word", bound=StrEnum)
_Path = tuple[str, ...]
_HEADER = re.compile(r"\s*\[\[?\s*([^\[\]#]+?)\s*\]")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_NAME = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_AT_LINE = re.compile(r"\(at line (\d+)")


class TemplateText:
    """The file as values, and the line of each key."""

    def __init__(self, text: str, file: str) -> None:
        """Raises InvalidError `template-syntax`."""
        self.file = file
        lines = text.splitlines()
        try:
            self._values = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = _AT_LINE.search(str(error))
            line = int(found[1]) if found else max(len(lines), 1)
            shown = lines[line - 1].strip()[:60] if 0 < line <= len(lines) else ""
            raise InvalidError("template-syntax", file=file, line=line, text=shown) from error
        except RecursionError as error:
            raise InvalidError("template-syntax", file=file, line=1, text=lines[0][:60]) from error
        self._lines = _lines_of(lines)

    def has(self, name: str) -> bool:
        """Whether the file has that section."""
        return name in self._values

    def section(self, path: _Path, known: Sequence[str] | None) -> "Section":
        """A table and the keys it may have; None for any. Raises InvalidError for a missing table, an unknown key."""
        values: Any = self._values
        for name in path:
            if name not in values:
                raise self.refusal("template-key-missing", path, key=".".join(path))
            values = values[name]
        if not isinstance(values, dict):
            raise self.refusal("template-not-section", path, key=".".join(path))
        if known is not None:
            for key in values:
                if key not in known:
                    raise self._unknown(path, key, known)
        return Section(self, path, values)

    def refusal(self, code: str, path: Sequence[str], **params: object) -> InvalidError:
        """What to raise about a key: with the line where it stands, or that of what it stands in."""
        lookup = tuple(path)
        while lookup and lookup not in self._lines:
            lookup = lookup[:-1]
        return InvalidError(code, file=self.file, line=self._lines.get(lookup, 1), **params)

    def _unknown(self, path: _Path, key: str, known: Sequence[str]) -> InvalidError:
        where, near = (*path, key), get_close_matches(key, known, 1, 0.6)
        if near:
            return self.refusal("template-key-near", where, key=".".join(where), near=near[0])
        return self.refusal("template-key-unknown", where, key=".".join(where), known=", ".join(known))


class Section:
    """A table of the file; each reader raises InvalidError where a value is missing or not what it should be."""

    def __init__(self, read: TemplateText, path: _Path, values: Mapping[str, Any]) -> None:
        self._read, self._path, self._values = read, path, values

    def has(self, key: str) -> bool:
        """Whether the key is said."""
        return key in self._values

    def names(self) -> tuple[str, ...]:
        """The keys there are, in their order."""
        return tuple(self._values)

    def refusal(self, code: str, key: str, **params: object) -> InvalidError:
        """What to raise about one of its keys."""
        path = (*self._path, key)
        return self._read.refusal(code, path, key=".".join(path), **params)

    def number(
        self, key: str, default: float | None = None, *, least: float = 0.1, most: float = 1000
    ) -> float:
        """A number between two bounds."""
        value = self._value(key, default)
        if not _is_number(value) or not least <= value <= most:
            raise self._not(key, value, "template-number", least=f"{least:g}", most=f"{most:g}")
        return float(value)

    def whole(self, key: str) -> int:
        """A whole number from 1 to 50."""
        value = self._value(key, None)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 50:
            raise self._not(key, value, "template-whole", least=1, most=50)
        return value

    def text(self, key: str, default: str) -> str:
        """A text."""
        value = self._value(key, default)
        if not isinstance(value, str):
            raise self._not(key, value, "template-text")
        return value

    def flag(self, key: str, default: bool) -> bool:  # noqa: FBT001 - a value like the others
        """True or false."""
        value = self._value(key, default)
        if not isinstance(value, bool):
            raise self._not(key, value, "template-flag")
        return value

    def choice(self, key: str, words: type[_Word], default: _Word) -> _Word:
        """One of some words."""
        value = self._value(key, default)
        if value not in set(words):
            raise self._not(key, value, "template-choice", known=", ".join(words))
        return words(value)

    def colour(self, key: str, default: str | None = None, *, may_lack: bool = False) -> str | None:
        """A colour."""
        if may_lack and default is None and key not in self._values:
            return None
        value = self._value(key, default)
        if not isinstance(value, str) or not _COLOUR.fullmatch(value):
            raise self._not(key, value, "template-colour")
        return value

    def sizes(self, key: str, default: tuple[float, float] | None) -> tuple[float, float]:
        """A type size and the smallest on one line, or one size for both."""
        value = self._value(key, default)
        pair = [value, value] if _is_number(value) else value
        good = isinstance(pair, list | tuple) and len(pair) == 2 and all(map(_is_number, pair))
        if not good or not 1 <= pair[1] <= pair[0] <= 400:
            raise self._not(key, value, "template-sizes")
        return float(pair[0]), float(pair[1])

    def area(self, key: str, card: Area, default: Area | None = None) -> Area:
        """A rectangle of the card."""
        if default is not None and key not in self._values:
            return default
        value = self._value(key, None)
        good = isinstance(value, list) and len(value) == 4 and all(map(_is_number, value))
        if not good or min(value[:2]) < 0 or min(value[2:]) <= 0:
            raise self._not(key, value, "template-area")
        area = Area(*map(float, value))
        if not card.holds(area):
            raise self.refusal(
                "template-outside",
                key,
                right=f"{area.right:g}",
                bottom=f"{area.bottom:g}",
                width=f"{card.width:g}",
                height=f"{card.height:g}",
            )
        return area

    def _value(self, key: str, default: Any) -> Any:
        if key in self._values:
            return self._values[key]
        if default is None:
            raise self.refusal("template-key-missing", key)
        return default

    def _not(self, key: str, value: object, code: str, **params: object) -> InvalidError:
        return self.refusal(code, key, value=str(value)[:60], **params)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _lines_of(lines: Sequence[str]) -> dict[_Path, int]:
    """Where each table and key stands; of a key that is there twice, tomllib has complained before."""
    found: dict[_Path, int] = {}
    table: _Path = ()
    for number, line in enumerate(lines, 1):
        if header := _HEADER.match(line):
            table = _names(header[1])
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault((*table, *_names(key[1])), number)
    return found


def _names(text: str) -> _Path:
    return tuple(name.strip("\"'") for name in _NAME.findall(text))
