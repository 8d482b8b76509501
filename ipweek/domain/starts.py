"""Starts: a local date with an optional time, in the week's zone.

A start without a stated time opens no window, makes nobody late, and no time zone moves its date.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Start:
    """A local date and, where it was stated, a local time of day."""

    day: dt.date
    time: dt.time | None = None

    def moment(self, zone: str) -> dt.datetime | None:
        """The moment in UTC, or None where no time was stated."""
        if self.time is None:
            return None
        return dt.datetime.combine(self.day, self.time, ZoneInfo(zone)).astimezone(dt.UTC)

    def __str__(self) -> str:
        return self.day.isoformat() if self.time is None else f"{self.day.isoformat()} {self.time:%H:%M}"

    @classmethod
    def parse(cls, text: str) -> "Start":
        """Read `2019-04-25` or `2019-04-25 09:30` (also with `T` or slashes). Raises ValueError."""
        day, _, clock = text.strip().replace("/", "-").replace("T", " ").partition(" ")
        year, month, date_of_month = (int(part) for part in day.split("-"))
        if not clock.strip():
            return cls(dt.date(year, month, date_of_month))
        return cls(dt.date(year, month, date_of_month), dt.time.fromisoformat(clock.strip().zfill(5)))
