"""What a printed badge shows, and the sheets it is printed on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ipweek.domain.badge_design import Cut, Design

STANDARD = "a4-2x5"
"""The layout where nobody asks for another."""


@dataclass(frozen=True, slots=True)
class BadgeFace:
    """One badge as people read it: texts ready to show, empty where there is nothing to say.

    A blank badge for a walk-in has no name: it is printed with a line to write on.
    """

    registration: UUID | None
    code: str
    name: str
    name_latin: str
    enterprise: str
    title: str
    category: str
    week: str
    event: str
    seat: str
    synthetic: bool
    week_code: str = ""


@dataclass(frozen=True, slots=True)
class BadgeWords:
    """The words that a badge bears besides its own data, in the language of the print."""

    synthetic: str = "SYNTHETIC 样例"
    seat: str = "Seat 座位"


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A registration's badge code, as it is printed and scanned."""

    registration: UUID
    badge_no: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Bound:
    """Whose a blank badge has become; `former` is the number of the badge that it took the place of."""

    registration: UUID
    badge_no: str
    name: str
    former: str | None


@dataclass(frozen=True, slots=True)
class Delegation:
    """The badges of one enterprise at an event, and the name of its main contact; no code for those who come for none."""

    code: str | None
    name_zh: str | None
    name_en: str | None
    contact: str | None
    faces: tuple[BadgeFace, ...]

    @property
    def name(self) -> str:
        """The name by which a contact knows it."""
        return self.name_zh or self.name_en or ""


@dataclass(frozen=True, slots=True)
class PrintLine:
    """One printed copy of a badge: the first copy of an issue is 1."""

    badge_no: str
    name: str
    issue: int
    copy: int
    reason: str | None
    target: str
    printed_at: datetime
    operator: str
    desk: str


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A page of cards of one design. Lengths are millimetres; the first card lies at the left and top margins."""

    name: str
    page_width: float
    page_height: float
    columns: int
    rows: int
    card_width: float
    card_height: float
    margin_left: float
    margin_top: float
    design: Design
    gap_x: float = 0.0
    gap_y: float = 0.0
    cut: Cut = Cut.NONE
    title_en: str = ""
    title_zh: str = ""

    @property
    def cards(self) -> int:
        """How many cards a page holds."""
        return self.columns * self.rows

    @property
    def sides(self) -> int:
        """How many pages of the PDF a sheet of paper takes: two where the programme stands on the back."""
        return 1 if self.design.back is None else 2

    def title(self, language: str) -> str:
        """What it is, in a language."""
        first, second = (self.title_zh, self.title_en) if language == "zh" else (self.title_en, self.title_zh)
        return first or second or self.name

    def corner(self, place: int) -> tuple[float, float]:
        """The left and top edge of a place, counted from 0 along the rows."""
        row, column = divmod(place, self.columns)
        return (
            self.margin_left + column * (self.card_width + self.gap_x),
            self.margin_top + row * (self.card_height + self.gap_y),
        )


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A line of the week's programme as the back of a badge shows it; a heading is a day."""

    text: str
    time: str = ""
    place: str = ""
    heading: bool = False
