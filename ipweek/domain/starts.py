"""Starts: a local date with an optional time, in the week's zone.

A start without a stated time opens no window, makes nobody late, and no time zone moves its date.
"""

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

_DAY = re.compile(r"([12]\d{3})-(\d{1,2})-(\d{1,2})")


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
        """Read `2019-04-25` or `2019-04-25 09:30` (also with `T` or slashes), without an offset. Raises ValueError."""
        day, _, clock = text.strip().replace("/", "-").replace("T", " ").partition(" ")
        parts = _DAY.fullmatch(day)
        if parts is None:
            raise ValueError(text)
        stated = dt.date(*map(int, parts.groups()))
        if not clock.strip():
            return cls(stated)
        time = dt.time.fromisoformat(clock.strip().zfill(5))
        if time.tzinfo is not None:
            raise ValueError(text)
        return cls(stated, time)
