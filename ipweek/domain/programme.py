"""The programme of a week: who stands where when, and what cannot be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import combinations
from uuid import UUID

from ipweek.domain.starts import Start
from ipweek.domain.words import EventKind, EventStatus

_INSTANT = timedelta(minutes=1)
"""How long something lasts whose end nobody stated: long enough to meet what is going on when it starts."""


class ConflictKind(StrEnum):
    """What is wrong in a programme."""

    ROOM_TWICE = "room_twice"
    SPEAKER_TWICE = "speaker_twice"
    OUTSIDE_EVENT = "outside_event"
    ROOM_TOO_SMALL = "room_too_small"
    PEOPLE_TWICE = "people_twice"


@dataclass(frozen=True, slots=True)
class Party:
    """A room, speaker or moderator by code, with names in both languages."""

    code: str
    name_zh: str | None
    name_en: str | None

    def name(self, language: str) -> str:
        """The name in a language, else in the other, else the code."""
        pair = (self.name_zh, self.name_en) if language == "zh" else (self.name_en, self.name_zh)
        return pair[0] or pair[1] or self.code


@dataclass(frozen=True, slots=True)
class Slot:
    """An event, or one of its sessions (`event` is then the event's code, else None), in the week's time.

    `registered` counts those who hold a place; `room_capacity` and `capacity` are None without a limit.
    """

    id: UUID
    code: str
    event: str | None
    kind: EventKind
    name_zh: str | None
    name_en: str | None
    status: EventStatus
    start: Start | None
    end: Start | None
    zone: str
    venue: Party | None = None
    room: Party | None = None
    room_capacity: int | None = None
    capacity: int | None = None
    registered: int = 0
    speakers: tuple[Party, ...] = ()
    moderators: tuple[Party, ...] = ()
    sequence: int = 0

    @property
    def party(self) -> Party:
        """Itself by code and names."""
        return Party(self.code, self.name_zh, self.name_en)

    def name(self, language: str) -> str:
        """The name in a language, else in the other, else the code."""
        return self.party.name(language)

    def span(self) -> tuple[datetime, datetime] | None:
        """From when to when in UTC; None where no time was stated, for then nothing can overlap."""
        begins = self.start.moment(self.zone) if self.start else None
        if begins is None:
            return None
        ends = self.end.moment(self.zone) if self.end else None
        return begins, ends if ends and ends > begins else begins + _INSTANT


@dataclass(frozen=True, slots=True)
class Conflict:
    """What is wrong between `first` and `second` (codes; a conflict of one slot has no second).

    `subject` is the room or speaker; `count` how many are registered or enrolled in both, `limit` what the room holds.
    `named` are the one or two of them with their names.
    """

    kind: ConflictKind
    first: str
    second: str | None = None
    subject: Party | None = None
    count: int = 0
    limit: int = 0
    named: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True)
class Timetable:
    """Events and sessions in the order of time, an event before its sessions; what is wrong among them."""

    week: str
    zone: str
    slots: tuple[Slot, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def disturbed(self) -> frozenset[str]:
        """The codes of what has a conflict."""
        return frozenset(code for each in self.conflicts for code in (each.first, each.second) if code)


@dataclass(frozen=True, slots=True)
class Entry:
    """A slot as a calendar tells it: when it was last changed, the results released there, the cases analysed.

    `has_door` and `opens_at` tell of its own door, `grace_minutes` of an event when one is late.
    """

    slot: Slot
    changed_at: datetime
    results: tuple[Party, ...] = ()
    cases: tuple[Party, ...] = ()
    has_door: bool = False
    opens_at: datetime | None = None
    grace_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """A week's or an event's programme to hand out."""

    week: Party
    zone: str
    entries: tuple[Entry, ...]


def overlap(one: Slot, other: Slot) -> bool:
    """Whether two are on at the same time; what ends when the other begins does not."""
    first, second = one.span(), other.span()
    return first is not None and second is not None and first[0] < second[1] and second[0] < first[1]


def conflicts(slots: Sequence[Slot], both: dict[tuple[str, str], int] | None = None) -> tuple[Conflict, ...]:
    """Everything wrong among events and sessions; the cancelled are left out.

    `both` counts, by pair of session codes in alphabetical order, the people enrolled in both.
    """
    held = [slot for slot in slots if slot.status is not EventStatus.CANCELLED]
    events = {slot.code: slot for slot in held if slot.event is None}
    found: list[Conflict] = []
    for slot in held:
        found += _alone(slot, events.get(slot.event or ""))
    for one, other in combinations(held, 2):
        if overlap(one, other) and not _one_in_other(one, other):
            found += _together(one, other, both or {})
    return tuple(found)


def _one_in_other(one: Slot, other: Slot) -> bool:
    return one.event == other.code or other.event == one.code


def _alone(slot: Slot, event: Slot | None) -> Iterator[Conflict]:
    if event is not None and _outside(slot, event):
        named = (slot.party, event.party)
        yield Conflict(ConflictKind.OUTSIDE_EVENT, slot.code, event.code, named=named)
    if slot.room and slot.room_capacity is not None and slot.registered > slot.room_capacity:
        yield Conflict(
            ConflictKind.ROOM_TOO_SMALL,
            slot.code,
            subject=slot.room,
            count=slot.registered,
            limit=slot.room_capacity,
            named=(slot.party,),
        )


def _outside(slot: Slot, event: Slot) -> bool:
    """By day where a time is missing, by the minute where both are stated."""
    if slot.start is None or event.start is None:
        return False
    last = event.end or event.start
    closing = slot.end or slot.start
    if slot.start.day < event.start.day or closing.day > last.day:
        return True
    begins, opens = slot.start.moment(slot.zone), event.start.moment(event.zone)
    ends, closes = closing.moment(slot.zone), event.end.moment(event.zone) if event.end else None
    return bool((begins and opens and begins < opens) or (ends and closes and ends > closes))


def _together(one: Slot, other: Slot, both: dict[tuple[str, str], int]) -> Iterator[Conflict]:
    first, second = sorted((one, other), key=lambda slot: slot.code)
    pair = (first.party, second.party)
    if one.room and other.room and one.room.code == other.room.code:
        yield Conflict(ConflictKind.ROOM_TWICE, first.code, second.code, one.room, named=pair)
    busy = {party.code: party for party in (*one.speakers, *one.moderators)}
    again = {party.code for party in (*other.speakers, *other.moderators)}
    for code in sorted(busy.keys() & again):
        yield Conflict(ConflictKind.SPEAKER_TWICE, first.code, second.code, busy[code], named=pair)
    people = both.get((first.code, second.code), 0)
    if people:
        yield Conflict(ConflictKind.PEOPLE_TWICE, first.code, second.code, count=people, named=pair)
