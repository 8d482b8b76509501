"""The lists behind a summary's figures: who they count, by name; names masked unless all was asked for."""

from dataclasses import dataclass, replace
from datetime import datetime

from ipweek.domain.figures import Named
from ipweek.domain.reach import Contact
from ipweek.domain.words import ReachState


@dataclass(frozen=True, slots=True)
class PersonName:
    """What somebody is called; `latin` is empty where it is not stated, and both are of who was erased."""

    name: str
    latin: str = ""

    def called(self, language: str) -> str:
        """The name as it is read in a language: the Latin one in English, where there is one."""
        return (self.latin or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """Somebody at an event, as he was registered for it.

    `at` is his first entry at any of its doors, `marked` says that an organizer marked him present. `instead_of` is whom
    he stands in for.
    """

    who: PersonName
    enterprise: Named | None
    title: str | None
    category: str
    at: datetime | None
    marked: bool
    late: bool
    instead_of: PersonName | None


@dataclass(frozen=True, slots=True)
class ListedEnterprise:
    """An enterprise with how many people it registered, those who cancelled apart, and how many of its people came."""

    enterprise: Named
    district: str | None
    registered: int
    attended: int


@dataclass(frozen=True, slots=True)
class SessionList:
    """Who went in by the door of a session, and when he first did."""

    session: Named
    people: tuple[tuple[ListedPerson, datetime | None], ...]


@dataclass(frozen=True, slots=True)
class EventLists:
    """Who is counted at an event, each list by pinyin; enterprises by code, sessions by time, those with a door.

    `absent` are the expected who did not come. `days` says that the event goes on for more than one.
    """

    event: Named
    days: bool
    attended: tuple[ListedPerson, ...] = ()
    absent: tuple[ListedPerson, ...] = ()
    on_leave: tuple[ListedPerson, ...] = ()
    walk_in: tuple[ListedPerson, ...] = ()
    substitute: tuple[ListedPerson, ...] = ()
    enterprises: tuple[ListedEnterprise, ...] = ()
    sessions: tuple[SessionList, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreachedEnterprise:
    """An enterprise of a result's industry that did not hear it, and whom to call."""

    enterprise: Named
    district: str | None
    state: ReachState
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class ResultList:
    """Who did not hear a result: those who missed it before those who had registered only."""

    result: Named
    enterprises: tuple[UnreachedEnterprise, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of one event, or of a week with all its events; moments by the clock of `zone`."""

    zone: str
    masked: bool
    events: tuple[EventLists, ...]
    results: tuple[ResultList, ...]


def begun(lists: Lists, most: int) -> Lists:
    """Each list with its first rows only, for whoever does not read on."""
    return replace(
        lists,
        events=tuple(_event_begun(event, most) for event in lists.events),
        results=tuple(replace(each, enterprises=each.enterprises[:most]) for each in lists.results),
    )


def _event_begun(event: EventLists, most: int) -> EventLists:
    return replace(
        event,
        attended=event.attended[:most],
        absent=event.absent[:most],
        on_leave=event.on_leave[:most],
        walk_in=event.walk_in[:most],
        substitute=event.substitute[:most],
        enterprises=event.enterprises[:most],
        sessions=tuple(replace(each, people=each.people[:most]) for each in event.sessions),
    )
