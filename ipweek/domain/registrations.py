"""A registration: somebody at an event, for an enterprise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ipweek.domain.words import Category, RegistrationSource, RegistrationStatus

PageKey = tuple[str | int, ...]
"""Where a window of a list ends: what `RegistrationPage.after` gives back to `page`."""


class Order(StrEnum):
    """By what a list of registrations is sorted; equals by pinyin, and last those to whom it does not apply."""

    PINYIN = "pinyin"
    ENTERPRISE = "enterprise"
    RANK = "rank"
    SEAT = "seat"


@dataclass(frozen=True, slots=True)
class NewRegistration:
    """What is typed in to register somebody; the enterprise by name or code, the phone as people write it.

    `answers` are to the event's own questions, by their codes.
    """

    name: str
    name_latin: str = ""
    enterprise: str = ""
    phone: str = ""
    email: str = ""
    title: str = ""
    category: str = Category.DELEGATE.value
    seat: str = ""
    note: str = ""
    sessions: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    source: RegistrationSource = RegistrationSource.DESK
    substitute_for: str | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """One registration as lists show it: phone and e-mail masked unless asked for otherwise.

    `place_in_line` counts from 1 for the waiting, else None; `badge_no` has ten digits. `sessions` are those with
    a place, `sessions_waiting` those without one yet; `substitute_for` and `replaced_by` are names.
    """

    id: UUID
    person: UUID
    event: str
    badge_no: str | None
    status: RegistrationStatus
    name: str
    name_latin: str | None
    enterprise: str | None
    enterprise_code: str | None
    title: str | None
    category: str
    phone: str | None
    email: str | None
    seat: str | None
    source: RegistrationSource
    substitute_for: str | None
    on_leave: bool
    attended: bool
    registered_at: datetime
    sessions: tuple[str, ...]
    place_in_line: int | None
    synthetic: bool
    note: str | None = None
    sessions_waiting: tuple[str, ...] = ()
    substitute_for_id: UUID | None = None
    replaced_by: str | None = None
    replaced_by_id: UUID | None = None

    @property
    def may_come(self) -> bool:
        """Whether somebody is expected: has a place, and is not on leave."""
        return self.status is RegistrationStatus.REGISTERED and not self.on_leave

    @property
    def wished(self) -> tuple[str, ...]:
        """The sessions with a place and those without one yet."""
        return self.sessions + self.sessions_waiting


@dataclass(frozen=True, slots=True)
class RegistrationPage:
    """A window of a list: `after` is the key of the next page, None at the end.

    There are more than `total` where that is not `exact`.
    """

    rows: tuple[Registered, ...]
    total: int
    after: PageKey | None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A registration that gave up a place, at the event or in a session, and whom that let move up."""

    registration: Registered
    promoted: Registered | None


@dataclass(frozen=True, slots=True)
class PlaceCounts:
    """How an event's places stand; `capacity` is None where there is no limit."""

    registered: int
    waiting: int
    cancelled: int
    capacity: int | None
    blocked: int = 0
