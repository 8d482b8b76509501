"""A programme as iCalendar (RFC 5545): times in the week's zone, the same UID for ever, a number that grows with changes."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from ipweek import __version__
from ipweek.domain.programme import Entry, Party, Schedule, Slot
from ipweek.domain.text import clean
from ipweek.domain.words import EventStatus
from ipweek.i18n import _, language
from ipweek.render.time_zones import vtimezone
from ipweek.render.words import word

_DAY = timedelta(days=1)


def calendar(schedule: Schedule) -> bytes:
    """The schedule in the language in force; what has no day has no place in a calendar, and is left out."""
    made = Calendar()
    made.add("VERSION", "2.0")
    made.add("PRODID", f"-//ipweek//ipweek {__version__}//{language().upper()}")
    made.add("CALSCALE", "GREGORIAN")
    made.add("X-WR-CALNAME", _name(schedule.week))
    made.add("X-WR-TIMEZONE", schedule.zone)
    dated = [entry for entry in schedule.entries if entry.slot.start is not None]
    known = {entry.slot.code: entry.slot for entry in schedule.entries}
    days = [entry.slot.start.day for entry in dated if entry.slot.start]
    days += [entry.slot.end.day for entry in dated if entry.slot.end]
    if days:
        made.add_component(vtimezone(schedule.zone, min(days), max(days)))
    for entry in dated:
        made.add_component(_event(entry, known.get(entry.slot.event or "")))
    told: bytes = made.to_ical()
    return told


def undated(schedule: Schedule) -> tuple[Slot, ...]:
    """What a calendar leaves out."""
    return tuple(entry.slot for entry in schedule.entries if entry.slot.start is None)


def uid(slot: Slot) -> str:
    """What a calendar knows a slot by, however it is renamed or moved."""
    return f"{slot.id}@ipweek"


def _event(entry: Entry, whole: Slot | None) -> Event:
    slot = entry.slot
    made = Event()
    made.add("UID", uid(slot))
    made.add("SEQUENCE", slot.sequence)
    made.add("DTSTAMP", entry.changed_at)
    made.add("LAST-MODIFIED", entry.changed_at)
    begins, ends = _times(slot)
    made.add("DTSTART", begins)
    if ends is not None:
        made.add("DTEND", ends)
    made.add("SUMMARY", clean(slot.name(language())))
    made.add("STATUS", "CANCELLED" if slot.status is EventStatus.CANCELLED else "CONFIRMED")
    made.add("CATEGORIES", [word(slot.kind)])
    place = _(", ").join(_name(party) for party in (slot.room, slot.venue) if party)
    if place:
        made.add("LOCATION", place)
    told = "\n".join(_told(entry))
    if told:
        made.add("DESCRIPTION", told)
    if whole is not None:
        made.add("RELATED-TO", uid(whole))
    return made


def _times(slot: Slot) -> tuple[date, date | None]:
    """From when to when: moments where the hour of the start is stated, else whole days, the last one excluded."""
    assert slot.start is not None
    zone, start, end = ZoneInfo(slot.zone), slot.start, slot.end
    if start.time is None:
        return start.day, (end.day if end else start.day) + _DAY
    begins = datetime.combine(start.day, start.time, zone)
    if end is None or (end.time is None and end.day == start.day):
        return begins, None
    if end.time is None:
        return begins, datetime.combine(end.day + _DAY, time(), zone)
    ends = datetime.combine(end.day, end.time, zone)
    return begins, ends if ends > begins else None


def _told(entry: Entry) -> Iterable[str]:
    """Who speaks and leads, what is released, which cases are analysed: a line each."""
    slot = entry.slot
    for label, named in (
        (_("Speakers"), slot.speakers),
        (_("Moderators"), slot.moderators),
        (_("Results released"), entry.results),
        (_("Cases"), entry.cases),
    ):
        if named:
            yield _("{label}: {text}").format(label=label, text=_(", ").join(map(_name, named)))


def _name(party: Party) -> str:
    return clean(party.name(language()))
