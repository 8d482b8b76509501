"""People and enterprises of events as their summaries count them."""

from dataclasses import dataclass, fields
from datetime import datetime

from ipweek.domain.figures import Named, Rate


@dataclass(frozen=True, slots=True)
class RegistrationCounts:
    """`registered` hold a place, the walk-ins and substitutes among them; the others stand apart."""

    registered: int
    waiting: int
    cancelled: int
    blocked: int
    walk_in: int
    substitute: int


REGISTRATIONS = tuple(field.name for field in fields(RegistrationCounts))


@dataclass(frozen=True, slots=True)
class AttendanceCounts:
    """Who came, of whom.

    `registered` = `expected` + `on_leave` + `walk_in` + `after_opening` (confirmed once the door was open).
    `attended` counts everybody with an entry or a mark, `marked` those an organizer marked present.
    `late` is None where the event has no stated start time.
    """

    expected: int
    expected_attended: int
    on_leave: int
    after_opening: int
    walk_in: int
    walk_in_attended: int
    attended: int
    marked: int
    late: int | None

    @property
    def absent(self) -> int:
        """The expected who did not come."""
        return self.expected - self.expected_attended

    @property
    def rate(self) -> Rate:
        """The attendance rate: expected who attended, of the expected."""
        return Rate(self.expected_attended, self.expected)

    @property
    def punctual(self) -> int | None:
        """Who came before the start and its grace were over; None where it has no stated time."""
        return None if self.late is None else self.attended - self.late

    @property
    def on_time(self) -> Rate | None:
        """The on-time rate: those in time, of the attended."""
        return None if self.punctual is None else Rate(self.punctual, self.attended)


@dataclass(frozen=True, slots=True)
class EnterpriseGroup:
    """Enterprises of an industry, a district or a label; `group` is None where none is stated."""

    group: Named | None
    registered: int
    attended: int


@dataclass(frozen=True, slots=True)
class EnterpriseCounts:
    """Enterprises with a registration that is not cancelled, and those with an attendee.

    An enterprise of two industries or labels is in both groups, so these do not add up to the total. `attended`
    is None where no registrations are recorded, and so nobody was counted.
    """

    registered: int
    attended: int | None
    by_industry: tuple[EnterpriseGroup, ...] = ()
    by_district: tuple[EnterpriseGroup, ...] = ()
    by_label: tuple[EnterpriseGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrivals:
    """First entries in the span of time from `at` on; a quarter of an hour in summaries."""

    at: datetime
    people: int
