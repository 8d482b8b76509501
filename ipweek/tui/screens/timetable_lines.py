"""What stands under a timetable of the place under the cursor."""

from ipweek.domain.programme import Slot, Timetable
from ipweek.domain.text import clean
from ipweek.i18n import _, language
from ipweek.render.conflicts import sentence
from ipweek.render.timetable_layout import Spot
from ipweek.render.words import word

LINES = 3


def told(timetable: Timetable | None, spot: Spot | None) -> str:
    """Name, where and when, and the first thing wrong; of a free room, that it is free."""
    if timetable is None:
        return ""
    if spot is None:
        return _("Nothing is planned yet: Ins adds an event.")
    if spot.slot is None:
        room = clean(spot.room.name(language())) if spot.room else ""
        return _("{room} is free at {time}: Ins adds a session.").format(room=room, time=f"{spot.at:%H:%M}")
    wrong = [
        sentence(found) for found in timetable.conflicts if spot.slot.code in (found.first, found.second)
    ]
    more = _("({n} more)").format(n=len(wrong) - 1) if len(wrong) > 1 else ""
    lines = [clean(spot.slot.name(language())), _about(spot.slot)]
    return "\n".join([*lines, *((f"! {wrong[0]} {more}".rstrip(),) if wrong else ())])


def _about(slot: Slot) -> str:
    """When, where, how many, who."""
    times = " – ".join(str(start) for start in (slot.start, slot.end) if start)
    where = _(", ").join(clean(party.name(language())) for party in (slot.room, slot.venue) if party)
    seats = f"{slot.registered:,} / {'–' if slot.capacity is None else format(slot.capacity, ',')}"
    people = _(", ").join(clean(party.name(language())) for party in (*slot.speakers, *slot.moderators))
    parts = (times or _("No day stated"), where or _("No room yet") if slot.event else where, seats, people)
    return " · ".join(filter(None, (*parts, word(slot.status))))
