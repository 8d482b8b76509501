"""The primitive shapes that a chart is made of; lengths in pixels or points, y runs down."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Anchor = Literal["start", "middle", "end"]


class Fill(StrEnum):
    """What a rectangle stands for; each is told from the others without colour, too."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    WHOLE = "whole"  # that of which a share is taken
    OVER = "over"  # the part of a share beyond the whole


SERIES = (Fill.FIRST, Fill.SECOND, Fill.THIRD, Fill.FOURTH)


@dataclass(frozen=True, slots=True)
class Rect:
    """A bar, or the sample of one in the legend; (x, y) is its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    fill: Fill
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """An axis where it is strong, else a faint line of the grid."""

    x1: float
    y1: float
    x2: float
    y2: float
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text, its baseline at y, at most `width` wide; a soft one is grey."""

    x: float
    y: float
    text: str
    width: float
    anchor: Anchor = "start"
    soft: bool = False

    @property
    def left(self) -> float:
        """Where it begins at the latest."""
        return self.x - self.width * {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]


Mark = Rect | Line | Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart laid out in a frame, its marks from the back to the front; all texts have one size.

    `title` and `description` say in words what it shows.
    """

    width: float
    height: float
    size: float
    title: str
    description: str
    marks: tuple[Mark, ...]
