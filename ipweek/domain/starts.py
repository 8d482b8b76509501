"""Starts: a local date with an optional time, in the week's zone.

A start without a stated time opens no window, makes nobody late, and no time zone moves its date.
"""

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

_DAY = re.compile(r"([12]\d{3})[-/年](\d{1,2})[-/月](\d{1,2})日?")


def parse_day(text: str) -> dt.date:
    """Read `2019-04-25`, `2019/4/25` or `2019年4月25日`. Raises ValueError."""
    parts = _DAY.fullmatch(text.strip())
    if parts is None:
        raise ValueError(text)
    return dt.date(*map(int, parts.groups()))


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
        """Read `2019-04-25` or `2019-04-25 09:30` (also with `T`, slashes or 年月日), without an offset.

        Raises ValueError.
        """
        spaced = text.strip().replace("T", " ").replace("日", "日 ").replace("：", ":")
        day, _, clock = spaced.partition(" ")
        stated = parse_day(day)
        if not clock.strip():
            return cls(stated)
        time = dt.time.fromisoformat(clock.strip().zfill(5))
        if time.tzinfo is not None:
            raise ValueError(text)
        return cls(stated, time)
