"""VTIMEZONE: a time zone as calendars that do not know its name need it, for the days that matter.

The library's own leaves the hour of a spring change in the new offset, where RFC 5545 wants the old one.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_AROUND = timedelta(days=366)
_MINUTE = timedelta(minutes=1)


def vtimezone(zone: str, first: date, last: date) -> Timezone:
    """The zone with every change of its offset from a year before the first day to a year after the last."""
    known = ZoneInfo(zone)
    opens = datetime.combine(first - _AROUND, datetime.min.time(), ZoneInfo("UTC"))
    closes = datetime.combine(last + _AROUND, datetime.min.time(), ZoneInfo("UTC"))
    made = Timezone()
    made.add("TZID", zone)
    made.add_component(_observance(opens.astimezone(known), opens.astimezone(known)))
    for before, after in _changes(opens, closes, known):
        made.add_component(_observance(before.astimezone(known), after.astimezone(known)))
    return made


def _changes(opens: datetime, closes: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The last minute of each offset and the first of the next."""
    days = (opens + timedelta(days=day) for day in range((closes - opens).days + 1))
    for left, right in pairwise(days):
        if _offset(left, zone) != _offset(right, zone):
            before, after = left, right
            while after - before > _MINUTE:
                middle = before + (after - before) // (2 * _MINUTE) * _MINUTE
                if _offset(middle, zone) == _offset(left, zone):
                    before = middle
                else:
                    after = middle
            yield before, after


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()


def _observance(before: datetime, after: datetime) -> TimezoneStandard | TimezoneDaylight:
    """From `after` on its offset holds; its onset is told on the clock as it was until then."""
    made = TimezoneDaylight() if after.dst() else TimezoneStandard()
    old, new = before.utcoffset(), after.utcoffset()
    assert old is not None
    assert new is not None
    made.add("DTSTART", (after - new + old).replace(tzinfo=None))
    made.add("TZOFFSETFROM", old)
    made.add("TZOFFSETTO", new)
    made.add("TZNAME", after.tzname() or "")
    return made
