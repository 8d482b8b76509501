"""What the hall is told on a screen of its own: totals and sessions, never a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ipweek.domain.figures import Named
from ipweek.domain.live import Standing
from ipweek.domain.report_counts import Arrivals

QUARTER_SECONDS = 900
"""The arrivals are counted per quarter of an hour."""
SAID_LENGTH = 200
"""Characters of an announcement at most: it is read in passing."""


@dataclass(frozen=True, slots=True)
class WallSession:
    """A session with its room and fill.

    `taken` are the places booked or sat on, None where nobody books or counts; `present` is None where nobody counts at
    a door of the session, `seats` where nothing limits it. `begins` is None where no time was stated.
    """

    session: Named
    room: Named | None
    day: date
    begins: datetime | None
    ends: datetime | None
    taken: int | None
    present: int | None
    seats: int | None

    @property
    def left(self) -> int | None:
        """How many more find a place; None where that cannot be said."""
        return None if self.seats is None or self.taken is None else max(self.seats - self.taken, 0)


@dataclass(frozen=True, slots=True)
class Wall:
    """One picture of an event for everybody to see; `names` are enterprises, where they were asked for."""

    event: Named
    zone: str
    as_of: datetime
    standing: Standing
    arrivals: tuple[Arrivals, ...]
    enterprises: int
    sessions: tuple[WallSession, ...]
    released: tuple[Named, ...]
    names: tuple[Named, ...] | None = None
    said: str = ""

    def today(self, moment: datetime) -> date:
        """The day of a moment where the event is held."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def now(self, moment: datetime) -> tuple[WallSession, ...]:
        """The sessions that are on at a moment; those of its day whose time nobody stated among them."""
        return tuple(each for each in self.sessions if self._is_on(each, moment))

    def coming(self, moment: datetime) -> tuple[WallSession, ...]:
        """The sessions that begin later, the next one first."""
        today = self.today(moment)
        return tuple(
            each for each in self.sessions if (each.begins > moment if each.begins else each.day > today)
        )

    def _is_on(self, held: WallSession, moment: datetime) -> bool:
        if held.begins is None:
            return held.day == self.today(moment)
        return held.begins <= moment < self._end(held, held.begins)

    def _end(self, held: WallSession, begins: datetime) -> datetime:
        """When it ends; where nobody said so, when another begins in its room, or its day is over."""
        if held.ends is not None and held.ends > begins:
            return held.ends
        over = datetime.combine(held.day + timedelta(days=1), time.min, ZoneInfo(self.zone)).astimezone(UTC)
        later = (
            each.begins
            for each in self.sessions
            if each.begins and each.begins > begins and each.room == held.room
        )
        return min((over, *later))


def by_time(sessions: Iterable[WallSession]) -> tuple[WallSession, ...]:
    """Sessions in the order of time, those of a day without an hour before its hours."""

    def order(held: WallSession) -> tuple[date, float, str]:
        return held.day, held.begins.timestamp() if held.begins else 0.0, held.session.code

    return tuple(sorted(sessions, key=order))
