"""A programme as rows under headers that its import reads again, and as JSON."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from ipweek.domain.programme import Party, Schedule, Slot
from ipweek.domain.starts import Start
from ipweek.domain.words import YesNo
from ipweek.i18n import _, language
from ipweek.render.words import word


def header() -> tuple[str, ...]:
    """The headers in the language in force."""
    return (
        _("Event"),
        _("Session"),
        _("Code"),
        _("English name"),
        _("Kind"),
        _("Starts"),
        _("Ends"),
        _("Venue"),
        _("Room"),
        _("Speakers"),
        _("Moderators"),
        _("Capacity"),
        _("Registered"),
        _("Status"),
        _("Has a door"),
        _("Door opens"),
        _("Grace (minutes)"),
        _("Results released there"),
    )


def rows(schedule: Schedule) -> Iterator[tuple[Any, ...]]:
    """A row for each event and session, in the order of time."""
    events = {entry.slot.code: entry.slot for entry in schedule.entries}
    for entry in schedule.entries:
        slot = entry.slot
        whole = slot if slot.event is None else events.get(slot.event)
        yield (
            (whole.name_zh or whole.name_en) if whole else slot.event,
            (slot.name_zh or slot.name_en) if slot.event else None,
            slot.code,
            slot.name_en if slot.name_zh else None,
            word(slot.kind),
            slot.start and str(slot.start),
            slot.end and str(slot.end),
            _name(slot.venue),
            _name(slot.room),
            _names(slot.speakers),
            _names(slot.moderators),
            slot.capacity,
            slot.registered,
            word(slot.status),
            word(YesNo.YES if entry.has_door else YesNo.NO),
            entry.opens_at and f"{entry.opens_at.astimezone(ZoneInfo(slot.zone)):%Y-%m-%d %H:%M:%S}",
            entry.grace_minutes,
            "; ".join(party.code for party in entry.results),
        )


def _name(party: Party | None) -> str | None:
    return party.name(language()) if party else None


def _names(parties: tuple[Party, ...]) -> str:
    return "; ".join(party.name(language()) for party in parties)


def shape(slot: Slot) -> dict[str, Any]:
    """An event or session as JSON prints it; a start without a time has none."""
    return {
        "code": slot.code,
        "event": slot.event,
        "kind": slot.kind,
        "name_zh": slot.name_zh,
        "name_en": slot.name_en,
        "status": slot.status,
        "start": slot.start,
        "end": slot.end,
        "starts_at": _moment(slot, slot.start),
        "ends_at": _moment(slot, slot.end),
        "venue": slot.venue and slot.venue.code,
        "room": slot.room and slot.room.code,
        "room_capacity": slot.room_capacity,
        "capacity": slot.capacity,
        "registered": slot.registered,
        "speakers": [party.code for party in slot.speakers],
        "moderators": [party.code for party in slot.moderators],
    }


def _moment(slot: Slot, start: Start | None) -> Any:
    """The moment with the offset of the week's zone."""
    moment = start.moment(slot.zone) if start else None
    return moment.astimezone(ZoneInfo(slot.zone)) if moment else None


def schedule_json(schedule: Schedule) -> dict[str, Any]:
    """The whole schedule as JSON."""
    return {
        "week": schedule.week.code,
        "zone": schedule.zone,
        "slots": [
            shape(entry.slot)
            | {
                "results": [party.code for party in entry.results],
                "cases": [party.code for party in entry.cases],
                "door": entry.has_door,
                "door_opens_at": entry.opens_at and entry.opens_at.astimezone(ZoneInfo(entry.slot.zone)),
                "grace_minutes": entry.grace_minutes,
            }
            for entry in schedule.entries
        ],
    }
