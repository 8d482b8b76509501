"""Doors as lines: whom each lets in and when."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rich.table import Table

from ipweek.domain.checkin import Door, DoorCount, DoorSettings
from ipweek.i18n import _, language
from ipweek.render.lists import grid
from ipweek.render.words import category, word

Told = tuple[Door, DoorSettings, DoorCount]


def name(door: Door) -> str:
    """The door in the language in force."""
    names = (door.name_zh, door.name_en) if language() == "zh" else (door.name_en, door.name_zh)
    return next((each for each in names if each), door.code)


def doors(found: Iterable[Told]) -> Table:
    """The doors of an event."""
    return grid(
        [
            _("Code"),
            _("Door"),
            _("Of a session"),
            _("Lets in"),
            _("For whom"),
            _("Inside"),
            _("Holds at once"),
        ],
        [
            (
                door.code,
                name(door),
                door.session_id is not None,
                window(settings, door.zone),
                for_whom(settings),
                inside(count),
                settings.capacity,
            )
            for door, settings, count in found
        ],
    )


def settings(door: Door, kept: DoorSettings, count: DoorCount) -> Iterator[tuple[str, Any]]:
    """One door, setting by setting."""
    yield _("Code"), door.code
    yield _("Door"), name(door)
    yield _("Lets in from"), clock(kept.opens_at, door.zone)
    yield _("Lets in until"), clock(kept.closes_at, door.zone)
    yield _("In again"), word(kept.entry_rule)
    yield _("Holds at once"), kept.capacity
    yield _("Inside"), inside(count)
    yield _("Categories"), tuple(map(category, kept.categories))
    yield _("Enterprises"), kept.enterprises
    yield _("Industries"), kept.industries
    yield _("Labels"), tuple(map(word, kept.labels))
    if kept.note:
        yield _("Note"), kept.note


def inside(count: DoorCount) -> str:
    """How many are inside, and how many of them were let in past the limit."""
    return f"{count.present}" + (" · " + _("over {n}").format(n=count.over) if count.over else "")


def window(kept: DoorSettings, zone: str) -> str:
    """From when until when somebody is let in; nothing where that is always."""
    opens, closes = (clock(moment, zone) for moment in (kept.opens_at, kept.closes_at))
    return f"{opens} – {closes}".strip() if opens or closes else ""


def for_whom(kept: DoorSettings) -> str:
    """Categories and whose people, in few words; nothing where it is for all."""
    whose = (*kept.enterprises, *kept.industries, *map(word, kept.labels))
    parts = (_(", ").join(map(category, kept.categories)), _(", ").join(whose))
    return " · ".join(part for part in parts if part)


def clock(moment: datetime | None, zone: str) -> str:
    """A moment by the clock of the week, to the minute."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" if moment else ""
