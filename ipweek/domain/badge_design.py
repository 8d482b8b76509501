"""What stands where on a card. Lengths are millimetres from the card's upper left corner, type sizes points."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

MODULES = 21
"""Modules along a side of the symbol."""
QUIET_MODULES = 4
LEAST_MODULE = 0.5
"""Millimetres under which a printer and a cheap scanner lose a module."""


class Part(StrEnum):
    """The texts that a badge has."""

    WEEK = "week"
    EVENT = "event"
    NAME = "name"
    LATIN = "latin"
    ENTERPRISE = "enterprise"
    TITLE = "title"
    CATEGORY = "category"
    SEAT = "seat"
    CODE = "code"
    SYNTHETIC = "synthetic"


class Align(StrEnum):
    """To which side lines are set."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Cut(StrEnum):
    """How the page says where to cut: not at all, hairlines around the cards, or ticks outside them."""

    NONE = "none"
    FRAME = "frame"
    MARKS = "marks"


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    def holds(self, other: "Area") -> bool:
        """Whether the other lies within."""
        near = 0.01
        return (
            other.x >= self.x - near
            and other.y >= self.y - near
            and other.right <= self.right + near
            and other.bottom <= self.bottom + near
        )

    def meets(self, other: "Area") -> bool:
        """Whether the two have some surface in common."""
        near = 0.01
        return (
            self.x < other.right - near
            and other.x < self.right - near
            and self.y < other.bottom - near
            and other.y < self.bottom - near
        )

    def stretched(self, across: float, down: float) -> "Area":
        """The same on a card so many times as wide and as high."""
        return Area(self.x * across, self.y * down, self.width * across, self.height * down)


@dataclass(frozen=True, slots=True)
class TextPart:
    """Where and how a text is set.

    It shrinks from `largest` to `one_line`, then wraps, then shrinks on; under `legible` the preflight says so.
    With `below` it moves up to `gap` under the last line of that part.
    """

    area: Area
    largest: float
    one_line: float
    legible: float
    bold: bool = False
    align: Align = Align.LEFT
    middle: bool = False
    colour: str = "#14202b"
    leading: float = 1.2
    below: Part | None = None
    gap: float = 0.0
    framed: bool = False

    def stretched(self, across: float, down: float) -> "TextPart":
        """The same on a larger or smaller card; what can be read stays as it is."""
        scale = min(across, down)
        return replace(
            self,
            area=self.area.stretched(across, down),
            largest=self.largest * scale,
            one_line=self.one_line * scale,
            gap=self.gap * scale,
        )


@dataclass(frozen=True, slots=True)
class RibbonPart:
    """A band in the colour of the category: one that is named, else `colour`, else one of a palette."""

    area: Area
    colours: Mapping[str, str]
    colour: str | None = None

    def stretched(self, across: float, down: float) -> "RibbonPart":
        """The same on a larger or smaller card."""
        return replace(self, area=self.area.stretched(across, down))


@dataclass(frozen=True, slots=True)
class SymbolPart:
    """The upper left corner and the side of the symbol, without its quiet zone."""

    x: float
    y: float
    size: float

    @property
    def module(self) -> float:
        """The side of a module."""
        return self.size / MODULES

    @property
    def area(self) -> Area:
        """The symbol with its quiet zone, where nothing else may stand."""
        quiet = QUIET_MODULES * self.module
        return Area(self.x - quiet, self.y - quiet, self.size + 2 * quiet, self.size + 2 * quiet)

    def stretched(self, across: float, down: float) -> "SymbolPart":
        """As large as fits the stretched place, in its middle."""
        size = self.size * min(across, down)
        middle_x, middle_y = (self.x + self.size / 2) * across, (self.y + self.size / 2) * down
        return SymbolPart(middle_x - size / 2, middle_y - size / 2, size)


@dataclass(frozen=True, slots=True)
class LogoPart:
    """A picture file, PNG or JPEG, shown whole within an area."""

    file: Path
    area: Area

    def stretched(self, across: float, down: float) -> "LogoPart":
        """The same on a larger or smaller card."""
        return replace(self, area=self.area.stretched(across, down))


@dataclass(frozen=True, slots=True)
class BackPart:
    """The programme of the week on the back of the page."""

    area: Area
    largest: float
    legible: float


@dataclass(frozen=True, slots=True)
class Design:
    """A card: its symbol and its texts, and what else it has."""

    symbol: SymbolPart
    texts: Mapping[Part, TextPart]
    ribbon: RibbonPart | None = None
    logo: LogoPart | None = None
    back: BackPart | None = None

    def stretched(self, across: float, down: float) -> "Design":
        """The same design on a card so many times as wide and as high; the back belongs to its own page."""
        return Design(
            self.symbol.stretched(across, down),
            {part: text.stretched(across, down) for part, text in self.texts.items()},
            self.ribbon and self.ribbon.stretched(across, down),
            self.logo and self.logo.stretched(across, down),
        )


def contrast(one: str, other: str) -> float:
    """The contrast of two colours `#rrggbb` by WCAG 2: from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
