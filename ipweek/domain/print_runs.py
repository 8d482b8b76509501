"""Print runs: which badges go onto which pages, and how many of the pages have left."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypedDict
from uuid import UUID

JAM = "jam"
"""The reason of a copy that takes the place of one that the printer spoiled."""
REF_DIGITS = 8


class RunOrder(StrEnum):
    """In what order the badges of a run lie on its pages."""

    PINYIN = "pinyin"
    ENTERPRISE = "enterprise"
    RANK = "rank"
    SEAT = "seat"


class Chosen(TypedDict, total=False):
    """What a run is of: whose badges, the order, how many blanks, the sheet, its first place, why again."""

    everybody: bool
    only_new: bool
    sort: RunOrder | None
    blank: int
    layout: str | None
    start_at: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class PrintRun:
    """A run and how far it has come: pages before `next_page` have left.

    Pages from `held_from` on are logged and wait to be let go: `held_job` in a printer's queue, or a file.
    """

    id: UUID
    event: str
    layout: str
    places: int
    start_at: int
    badges: int
    blanks: int
    pages: int
    next_page: int
    target: str | None
    reason: str | None
    held_from: int | None
    held_job: str | None
    created_at: datetime
    operator: str
    desk: str

    @property
    def ref(self) -> str:
        """The end of its id, by which people name it."""
        return self.id.hex[-REF_DIGITS:]

    @property
    def done(self) -> int:
        """How many pages have left."""
        return (self.held_from or self.next_page) - 1

    @property
    def is_complete(self) -> bool:
        """Whether every page has left."""
        return self.done >= self.pages

    def place_of(self, position: int) -> tuple[int, int]:
        """The page of a badge and its place there, both from 1."""
        page, place = divmod(self.start_at - 1 + position, self.places)
        return page + 1, place + 1

    def positions(self, first: int, last: int) -> range:
        """The badges on these pages."""
        skipped = self.start_at - 1
        return range(
            max((first - 1) * self.places - skipped, 0), min(last * self.places - skipped, self.badges)
        )


@dataclass(frozen=True, slots=True)
class RunBadge:
    """A badge of a run on its page; a blank one has no name and no registration."""

    position: int
    page: int
    place: int
    badge: UUID
    badge_no: str
    name: str
    registration: UUID | None
    copies: int


def page_count(badges: int, start_at: int, places: int) -> int:
    """How many pages so many badges take."""
    return -(-(start_at - 1 + badges) // places)
