"""How an event stands at this moment: who came, by which door, from which industry and enterprise, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from ipweek.domain.figures import Named, Rate
from ipweek.domain.reports import Arrivals

SLOT_SECONDS = 300
"""The arrivals are counted per five minutes."""
_MOST_SLOTS = 24 * 3600 // SLOT_SECONDS


@dataclass(frozen=True, slots=True)
class DoorTally:
    """People at one door: who went in there at all, and who is inside; `capacity` is None without a limit."""

    door: Named
    came: int
    inside: int
    capacity: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    """People of one industry or enterprise, who hold a place and who came; None are those without one."""

    of: Named | None
    registered: int
    came: int


@dataclass(frozen=True, slots=True)
class LiveCounts:
    """The counts of an event, large groups first. Whoever's entry was annulled did not come.

    A person of two industries counts in both. `arrivals` are first entries per `SLOT_SECONDS`.
    """

    event: Named
    zone: str
    registered: int
    came: int
    inside: int
    doors: tuple[DoorTally, ...]
    industries: tuple[Tally, ...]
    enterprises: tuple[Tally, ...]
    arrivals: tuple[Arrivals, ...]
    as_of: datetime

    @property
    def rate(self) -> Rate:
        """Who came, of those who hold a place."""
        return Rate(self.came, self.registered)


def arrivals(counted: Mapping[int, int]) -> tuple[Arrivals, ...]:
    """Slots, numbered since 1970, from the first to the last; the empty ones between them too, within a day."""
    if not counted:
        return ()
    first, last = min(counted), max(counted)
    numbers = range(first, last + 1) if last - first < _MOST_SLOTS else sorted(counted)
    return tuple(
        Arrivals(datetime.fromtimestamp(number * SLOT_SECONDS, UTC), counted.get(number, 0))
        for number in numbers
    )
