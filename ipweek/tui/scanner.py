"""What a scanner typed, told from what a person typed: by what it says first, by its speed only where it must.

A scanner is a keyboard: it types the code and ends with Enter, Tab or a line feed, in any input method.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum, auto

from textual import events

from ipweek.domain.badge_code import DIGITS, normalise, parse
from ipweek.domain.text import clean, digits_of

ENDS = ("enter", "tab", "ctrl+j")
"""The keys that end a reading; a line feed arrives as ctrl+j."""
SCAN_GAP = 0.05
"""Seconds between two characters below which nobody types."""

_PAUSE = 0.25
_TWICE = 2.0
_SECOND_END = 0.15
_BY_HAND = 0.075  # seconds a character: a slow scanner takes 0.067, a fast typist 0.1
_FEWEST_READ = 6
_MOST_DIGITS = 11  # a phone number: the most that people type to find somebody
_MOST_TYPED = 40
_LONGEST = 500
_NO_NAME = re.compile(r"[:;/\\=?{}<>|@]")
_ENDS_OF_LINES = re.compile(r"[\r\n\t]+")


class Kind(Enum):
    """What a line is."""

    NOTHING = auto()
    BADGE = auto()
    FOREIGN = auto()
    TYPED = auto()


def kind_of(text: str) -> Kind:
    """Digits as many as badges have are a badge's; addresses, payment codes and other long texts are foreign."""
    digits = normalise(text)
    if not digits:
        return Kind.NOTHING
    if len(digits) % DIGITS == 0 and len(digits_of(digits)) == len(digits):
        return Kind.BADGE
    folded = unicodedata.normalize("NFKC", text)
    many = len(digits_of(folded)) > _MOST_DIGITS and not folded.startswith("+")
    if many or len(folded) > _MOST_TYPED or _NO_NAME.search(folded):
        return Kind.FOREIGN
    return Kind.TYPED


def pasted(text: str) -> Sequence[tuple[Kind, str]]:
    """The pieces of a paste in order: every code by itself, also where nothing but a space parts two of them."""
    pieces: list[tuple[Kind, str]] = []
    for line in _ENDS_OF_LINES.split(text):
        kind = kind_of(line)
        digits = normalise(line)
        codes = [digits[start : start + DIGITS] for start in range(0, len(digits), DIGITS)]
        if kind is Kind.BADGE and all(parse(code) is not None for code in codes):
            pieces += [(kind, code) for code in codes]
        elif kind is not Kind.NOTHING:
            pieces.append((kind, clean(line)))
    return pieces


class TypedLine:
    """The characters of the line under way, each with the moment of its key in seconds."""

    def __init__(self) -> None:
        self._keys: list[tuple[str, float]] = []
        self._ended_at = float("-inf")

    def __bool__(self) -> bool:
        return bool(self._keys)

    @property
    def text(self) -> str:
        """What is in the line."""
        return "".join(char for char, _moment in self._keys)

    @text.setter
    def text(self, text: str) -> None:
        self._keys = [(char, float("-inf")) for char in text]

    @property
    def last_at(self) -> float:
        """The moment of the last key."""
        return self._keys[-1][1]

    @property
    def holds_badge(self) -> bool:
        """Whether a whole code stands at the end: a scanner that sends no end of line is done."""
        start = self._start()
        return start is not None and parse(self.text[start:]) is not None

    def add(self, char: str, moment: float) -> None:
        """Take one character."""
        self.goes_on()
        self._keys.append((char, moment))
        del self._keys[:-_LONGEST]

    def goes_on(self) -> None:
        """Whatever ends a line from now on is the end of another."""
        self._ended_at = float("-inf")

    def erase(self) -> None:
        """Take the last character back."""
        del self._keys[-1:]

    def clear(self) -> None:
        """Empty the line."""
        self._keys.clear()

    def ended(self, moment: float) -> tuple[Kind, str]:
        """What the line says at its end. A reading is taken out; what somebody typed, also before it, stays."""
        start, text = self._start(), self.text
        if start is not None:
            self._ended_at = moment
            del self._keys[start:]
            return Kind.BADGE, text[start:]
        kind = kind_of(text)
        if kind is not Kind.TYPED:
            self._ended_at = moment
            self.clear()
        return kind, text

    def is_second_end(self, moment: float) -> bool:
        """Whether a key only ends again what has ended: CR and LF, or Tab and Enter."""
        return moment - self._ended_at < _SECOND_END

    @property
    def is_by_hand(self) -> bool:
        """Whether somebody typed the line, as far as its pace tells: input methods send whole words at once."""
        moments = [moment for char, moment in self._keys if _is_ascii(char) and moment > float("-inf")]
        if len(moments) < max(_FEWEST_READ, len(self._keys)):
            return True
        return moments[-1] - moments[0] >= _BY_HAND * (len(moments) - 1)

    def _start(self) -> int | None:
        """Where a reading begins that ends the line."""
        if kind_of(self.text) is Kind.BADGE:
            return 0
        start = len(self._keys) - DIGITS
        if start < 1 or parse(self.text[start:]) is None:
            return None
        (before, typed_at), (_first, scanned_at) = self._keys[start - 1], self._keys[start]
        return start if not digits_of(before) or scanned_at - typed_at > _PAUSE else None


class Recent:
    """Codes read a moment ago: a scanner that reads a badge twice, or a badge held before it, counts once."""

    def __init__(self) -> None:
        self._read: dict[str, float] = {}

    def again(self, code: str, moment: float) -> bool:
        """Whether the code was read within the last two seconds; it is now."""
        code = normalise(code)
        again = moment - self._read.get(code, float("-inf")) < _TWICE
        self._read = {known: at for known, at in self._read.items() if moment - at < _TWICE}
        self._read[code] = moment
        return again

    def forget(self) -> None:
        """Take whatever comes for new."""
        self._read.clear()


class Burst:
    """Digits faster than anybody types, held back until it is clear whether they are a badge.

    For screens where keys belong to whatever has the focus. Events are given back in the order they came.
    """

    def __init__(self) -> None:
        self.held: list[events.Key] = []

    def sift(self, event: events.Key) -> tuple[list[events.Key], str | None]:
        """The keys that go on now, and the code that was read, if one was."""
        gap = event.time - self.held[-1].time if self.held else 0.0
        if event.key in ENDS and self.held and gap <= SCAN_GAP:
            text = "".join(key.character or "" for key in self.held)
            if len(normalise(text)) == DIGITS:
                self.held.clear()
                return [], text
        if not _is_digit(event):
            return [*self.release(), event], None
        before = self.release() if gap > SCAN_GAP or len(self.held) >= DIGITS else []
        self.held.append(event)
        return before, None

    @property
    def first(self) -> str | None:
        """The digit that is held, as long as it is the only one."""
        return self.held[0].character if len(self.held) == 1 else None

    def is_over(self, moment: float) -> bool:
        """Whether no further digit has come in time."""
        return bool(self.held) and moment - self.held[-1].time > SCAN_GAP

    def release(self) -> list[events.Key]:
        """Give back what is held."""
        held, self.held = self.held, []
        return held


def _is_ascii(char: str) -> bool:
    return unicodedata.normalize("NFKC", char).isascii()


def _is_digit(event: events.Key) -> bool:
    return bool(event.character) and len(digits_of(event.character or "")) == 1


class Kiosk:
    """A screen that takes what scanners read, whatever else is going on."""

    def takes_key(self, event: events.Key) -> bool:
        """Whether the key is the kiosk's, and so nobody else's."""
        raise NotImplementedError

    def takes_paste(self, event: events.Paste) -> None:
        """Take a paste."""
        raise NotImplementedError

    def takes_code(self, code: str, moment: float) -> None:
        """Take a code that was read elsewhere on the screen."""
        raise NotImplementedError
