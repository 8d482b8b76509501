"""The programme of a week as the lines on the back of a badge."""

from collections.abc import Iterator

from ipweek.domain.badges import ProgrammeLine
from ipweek.domain.programme import Schedule, Slot
from ipweek.domain.words import EventStatus
from ipweek.i18n import _, language
from ipweek.render.dates import day_text


def lines(schedule: Schedule) -> tuple[ProgrammeLine, ...]:
    """The week over its days, each with its events and their sessions; the cancelled are left out."""
    return tuple(_lines(schedule))


def _lines(schedule: Schedule) -> Iterator[ProgrammeLine]:
    yield ProgrammeLine(schedule.week.name(language()), heading=True)
    day: object = ()
    for slot in (entry.slot for entry in schedule.entries):
        if slot.status is EventStatus.CANCELLED:
            continue
        its_day = slot.start.day if slot.start else None
        if its_day != day:
            day = its_day
            yield ProgrammeLine(day_text(its_day) if its_day else _("Undated"), heading=True)
        yield ProgrammeLine(slot.party.name(language()), _time(slot), _place(slot))


def _time(slot: Slot) -> str:
    if slot.start is None or slot.start.time is None:
        return ""
    begins = f"{slot.start.time:%H:%M}"
    ends = slot.end.time if slot.end and slot.end.day == slot.start.day else None
    return f"{begins}–{ends:%H:%M}" if ends else begins


def _place(slot: Slot) -> str:
    return " · ".join(party.name(language()) for party in (slot.venue, slot.room) if party is not None)
