"""A timetable laid out in cells, day by day: times down, rooms across, or a list where the rooms are too many.

Screens draw the bands and let a cursor stop at their spots; a terminal prints them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import islice

from rich.cells import cell_len

from ipweek.domain.programme import Party, Slot, Timetable
from ipweek.domain.text import clean
from ipweek.domain.words import EventStatus
from ipweek.i18n import _, language
from ipweek.render.dates import day_text
from ipweek.render.lines import Span, crop, fit, wrapped
from ipweek.render.words import word

_CLOCK = 5
_SPAN = 11
_GAP = 2
_NARROWEST = 22
_NAME_LINES = 3


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the timetable: what is there or, where `slot` is None, a room that is free at that time."""

    day: date | None
    at: time | None = None
    room: Party | None = None
    slot: Slot | None = None

    def is_at(self, other: "Spot") -> bool:
        """Whether it is the same place, though what is there may have been changed."""
        if self.slot and other.slot:
            return self.slot.id == other.slot.id
        return (self.day, self.at, self.room, self.slot) == (other.day, other.at, other.room, other.slot)


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines of text from a column on, padded to `width`; a cursor stops at its spot if it has one."""

    left: int
    width: int
    lines: tuple[Span, ...]
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """Cells beside one another, as high as the highest; without any, a blank line."""

    cells: tuple[Cell, ...] = ()

    @property
    def height(self) -> int:
        """In lines."""
        return max((len(cell.lines) for cell in self.cells), default=1)

    def line(self, y: int) -> Iterator[tuple[str, str, Spot | None]]:
        """One of its lines: texts with their roles and spots, from the left."""
        used = 0
        for cell in self.cells:
            text, role = cell.lines[y] if y < len(cell.lines) else ("", "plain")
            yield " " * (cell.left - used), "plain", None
            yield fit(text, cell.width), role, cell.spot
            used = cell.left + cell.width


@dataclass(frozen=True, slots=True)
class _Day:
    """What is on, on one day or on none, and how wide it is drawn; `free` gives free rooms spots too."""

    day: date | None
    slots: Sequence[Slot]
    disturbed: frozenset[str]
    width: int
    free: bool

    def sessions(self, wanted: Callable[[Slot], bool]) -> list[Slot]:
        return [slot for slot in self.slots if slot.event is not None and wanted(slot)]


def bands(timetable: Timetable, width: int, *, free: bool = False) -> tuple[Band, ...]:
    """The timetable in `width` cells; with `free`, rooms that are free at a time have spots too."""
    made: list[Band] = []
    for day in sorted({_day(slot) for slot in timetable.slots}, key=lambda day: day or date.max):
        slots = [slot for slot in timetable.slots if _day(slot) == day]
        made += [Band()] if made else []
        made.append(_heading(day_text(day) if day else _("No day stated"), "strong", width))
        made += _of_day(_Day(day, slots, timetable.disturbed, width, free))
    return tuple(made)


def _day(slot: Slot) -> date | None:
    return slot.start.day if slot.start else None


def _clock(slot: Slot) -> time | None:
    return slot.start.time if slot.start else None


def _of_day(day: _Day) -> Iterator[Band]:
    """The events, then their sessions: by room and time, those without a room, those without a time."""
    yield from (_line(day, slot, slot.venue, "accent", 0) for slot in day.slots if slot.event is None)
    timed = day.sessions(lambda slot: _clock(slot) is not None)
    placed = [slot for slot in timed if slot.room]
    rooms = {slot.room.code: slot.room for slot in placed if slot.room}
    if rooms and len(rooms) <= (day.width - _CLOCK) // (_NARROWEST + _GAP):
        yield from _grid(day, placed, [rooms[code] for code in sorted(rooms)])
        yield from _group(day, _("No room yet"), [slot for slot in timed if not slot.room])
    else:
        yield from _group(day, "", timed)
    untimed = day.sessions(lambda slot: _clock(slot) is None)
    yield from _group(day, _("No time stated") if day.day else "", untimed)


def _group(day: _Day, title: str, slots: Sequence[Slot]) -> Iterator[Band]:
    if slots and title:
        yield _heading(title, "dim", day.width)
    for slot in slots:
        yield _line(day, slot, slot.room, "plain", 2)


def _heading(text: str, role: str, width: int) -> Band:
    return Band((Cell(0, width, ((crop(text, width), role),)),))


def _line(day: _Day, slot: Slot, place: Party | None, role: str, left: int) -> Band:
    """One line for an event or session: when, what, and at the right where, with what is wrong."""
    when = _SPAN + _GAP if _clock(slot) else 0
    marks = [text for text, _role in _marks(day, slot)]
    where = " · ".join([*([clean(place.name(language()))] if place else ()), *marks])
    side = min(cell_len(where), (day.width - left) // 2)
    width = day.width - left - when - side - (_GAP if side else 0)
    tone = _role(day, slot, role)
    name = crop(slot.name(language()), width)
    cells = [
        Cell(left, max(when - _GAP, 0), ((_span(slot), "dim"),)),
        Cell(left + when, width, ((name, tone),), Spot(day.day, _clock(slot), slot.room, slot)),
        Cell(day.width - side, side, ((crop(where, side), tone),)),
    ]
    return Band(tuple(cell for cell in cells if cell.width))


def _grid(day: _Day, slots: Sequence[Slot], rooms: Sequence[Party]) -> Iterator[Band]:
    width = (day.width - _CLOCK) // len(rooms) - _GAP
    lefts = [_CLOCK + _GAP + place * (width + _GAP) for place in range(len(rooms))]
    by_room = {room: [slot for slot in slots if slot.room and slot.room.code == room.code] for room in rooms}
    yield Band(
        tuple(
            Cell(left, width, _room_head(by_room[room], room, width))
            for left, room in zip(lefts, rooms, strict=True)
        )
    )
    for start in sorted({clock for slot in slots if (clock := _clock(slot))}):
        here = [[slot for slot in by_room[room] if _clock(slot) == start] for room in rooms]
        for level in range(max(map(len, here))):
            label = f"{start:%H:%M}" if level == 0 else ""
            cells = [Cell(0, _CLOCK, ((label, "dim"),))]
            for left, room, found in zip(lefts, rooms, here, strict=True):
                spot = Spot(day.day, start, room, found[level] if level < len(found) else None)
                running = any(map(_goes_on(start), by_room[room])) or level > 0
                cells += _cell(day, spot, left, width, running=running)
            yield Band(tuple(cells))


def _room_head(slots: Sequence[Slot], room: Party, width: int) -> tuple[Span, ...]:
    venues = {slot.venue.name(language()) for slot in slots if slot.venue}
    lines = ((crop(room.name(language()), width), "strong"),)
    return (*lines, *((crop(venue, width), "dim") for venue in sorted(venues)))


def _goes_on(at: time) -> Callable[[Slot], bool]:
    """Whether a session began before and is still on."""

    def holds(slot: Slot) -> bool:
        begins, ends = _clock(slot), slot.end
        assert slot.start is not None
        if begins is None or begins >= at or ends is None:
            return False
        return ends.day > slot.start.day or (ends.time is not None and ends.time > at)

    return holds


def _cell(day: _Day, spot: Spot, left: int, width: int, *, running: bool) -> Iterator[Cell]:
    """What is in a room at a time; a bar where something goes on, a point where a cursor may stop."""
    if spot.slot is not None:
        yield Cell(left, width, tuple(_lines(day, spot.slot, width)), spot)
    elif running:
        yield Cell(left, width, (("│", "dim"),))
    elif day.free:
        yield Cell(left, width, (("·", "dim"),), spot)


def _lines(day: _Day, slot: Slot, width: int) -> Iterator[Span]:
    """The name over as many lines as there are for it, until when, who speaks, what is wrong."""
    name = list(islice(wrapped(slot.name(language()), width), _NAME_LINES + 1))
    if len(name) > _NAME_LINES:
        name[_NAME_LINES - 1 :] = [crop(name[_NAME_LINES - 1] + name[_NAME_LINES] + " " * width, width)]
    role = _role(day, slot, "plain")
    yield from ((line, role) for line in name[:_NAME_LINES])
    until = f"–{slot.end.time:%H:%M}" if slot.end and slot.end.time else ""
    yield crop(" · ".join(filter(None, (until, word(slot.kind)))), width), "dim"
    people = _(", ").join(clean(party.name(language())) for party in (*slot.speakers, *slot.moderators))
    if people:
        yield crop(people, width), "dim"
    yield from ((crop(text, width), mark) for text, mark in _marks(day, slot))


def _marks(day: _Day, slot: Slot) -> Iterator[Span]:
    if slot.status is EventStatus.CANCELLED:
        yield f"× {word(slot.status)}", "dim"
    if slot.code in day.disturbed:
        yield f"! {_('conflict')}", "warn"


def _role(day: _Day, slot: Slot, role: str) -> str:
    if slot.status is EventStatus.CANCELLED:
        return "dim"
    return "warn" if slot.code in day.disturbed else role


def _span(slot: Slot) -> str:
    begins = _clock(slot)
    ends = slot.end.time if slot.end else None
    return (f"{begins:%H:%M}" if begins else "") + (f"–{ends:%H:%M}" if begins and ends else "")
