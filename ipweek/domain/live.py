"""How an event stands at this moment: who came, by which door, from which industry and enterprise, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from ipweek.domain.figures import Named, Rate
from ipweek.domain.report_counts import Arrivals

SLOT_SECONDS = 300
"""The arrivals are counted per five minutes."""
_DAY_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Standing:
    """The people of an event, by the definitions of its summary; `late` is None where no start was stated.

    `inside` and `left` make up `attended`, who came by whichever door; walk-ins are not among the expected.
    """

    expected: int
    expected_attended: int
    walk_in_attended: int
    attended: int
    inside: int
    late: int | None

    @property
    def left(self) -> int:
        """Who came and is inside nowhere any more."""
        return self.attended - self.inside

    @property
    def rate(self) -> Rate:
        """The expected who attended, of all expected."""
        return Rate(self.expected_attended, self.expected)


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
    standing: Standing
    doors: tuple[DoorTally, ...]
    industries: tuple[Tally, ...]
    enterprises: tuple[Tally, ...]
    arrivals: tuple[Arrivals, ...]
    as_of: datetime

    @property
    def came(self) -> int:
        """Who came by whichever door."""
        return self.standing.attended

    @property
    def inside(self) -> int:
        """Who is inside somewhere."""
        return self.standing.inside

    @property
    def rate(self) -> Rate:
        """Who came, of those who hold a place."""
        return Rate(self.came, self.registered)


def arrivals(counted: Mapping[int, int], seconds: int = SLOT_SECONDS) -> tuple[Arrivals, ...]:
    """Slots, numbered since 1970, from the first to the last; the empty ones between them too, within a day."""
    if not counted:
        return ()
    first, last = min(counted), max(counted)
    numbers = range(first, last + 1) if (last - first) * seconds < _DAY_SECONDS else sorted(counted)
    return tuple(
        Arrivals(datetime.fromtimestamp(number * seconds, UTC), counted.get(number, 0)) for number in numbers
    )
