"""Translated texts that can be said again: the language may change while they are on screen."""

from collections.abc import Callable
from copy import copy
from typing import Any


class Sentence(str):
    """A translated text that remembers what it says."""

    __slots__ = ("message", "values")
    message: str
    values: Any

    @classmethod
    def of(cls, text: str, message: str, values: Any = None) -> "Sentence":
        """The translation of a message, filled with its values where it has some."""
        said = cls(text)
        said.message, said.values = message, values
        return said

    def format(self, *args: object, **values: object) -> str:
        """As of any text; one filled by names can be said again."""
        return super().format(*args, **values) if args else self.format_map(values)

    def format_map(self, values: Any) -> str:
        """As of any text, to be said again."""
        return Sentence.of(super().format_map(values), self.message, values)

    def __add__(self, other: str) -> str:
        """What is joined to a sentence is said again with it."""
        return Sentence.of(super().__add__(other), _JOINED, {"left": self, "right": other})

    def __radd__(self, other: str) -> str:
        """As above, behind another text."""
        return Sentence.of(other + str(self), _JOINED, {"left": other, "right": self})


_JOINED = "{left}{right}"


def again(text: str, translate: Callable[[str], str]) -> str:
    """The text in the language in force; one that is not known to be translated stays."""
    if not isinstance(text, Sentence):
        return text
    said = translate(text.message)
    if text.values is None:
        return said
    values = copy(text.values)
    for name, value in text.values.items():
        if isinstance(value, str):
            values[name] = again(value, translate)
    return said.format_map(values)
