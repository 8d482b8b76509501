"""A person with everything about them on one page, and people in lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from ipweek.domain.badges import PrintLine
from ipweek.domain.checkin import ScanLine
from ipweek.domain.registrations import PageKey, Registered
from ipweek.domain.stays import StayLine


@dataclass(frozen=True, slots=True)
class PersonChanges:
    """Corrections of a person's own record; None leaves a field as it is, an empty text clears it."""

    name: str | None = None
    name_latin: str | None = None
    phone: str | None = None
    email: str | None = None
    rank: str | None = None


@dataclass(frozen=True, slots=True)
class RegistrationChanges:
    """Changes of one registration; None leaves a field as it is, an empty text clears it.

    `sessions` are all that it is to take part in, by their codes.
    """

    enterprise: str | None = None
    title: str | None = None
    category: str | None = None
    seat: str | None = None
    note: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    sessions: tuple[str, ...] | None = None
    on_leave: bool | None = None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything about one person: phone and e-mail masked, registrations by day, copies and scans newest first."""

    person: UUID
    name: str
    name_latin: str | None
    title: str | None
    phone: str | None
    email: str | None
    rank: int | None
    badge_no: str | None
    issue: int | None
    registrations: tuple[Registered, ...]
    answers: Mapping[UUID, Mapping[str, str]]
    prints: tuple[PrintLine, ...]
    scans: tuple[ScanLine, ...]
    synthetic: bool
    stays: tuple[StayLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody as a list of people shows him, masked; `events` are those that he is or was registered for."""

    id: UUID
    name: str
    name_latin: str | None
    enterprise: str | None
    title: str | None
    phone: str | None
    email: str | None
    events: tuple[str, ...]
    archived: bool = False


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A window of a list: `after` is the key of the next page, None at the end."""

    rows: tuple[PersonLine, ...]
    after: PageKey | None
