"""A person and an enterprise, each with everything about them on one page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from ipweek.domain.badges import PrintLine
from ipweek.domain.checkin import ScanLine
from ipweek.domain.records import Record
from ipweek.domain.registrations import PageKey, Registered
from ipweek.domain.words import LabelKind, RegistrationStatus


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


@dataclass(frozen=True, slots=True)
class LabelLine:
    """A label of an enterprise; dates are its validity, None where not stated."""

    label: LabelKind
    certificate: str | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class ContactLine:
    """Whom to call, masked."""

    name: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Quota:
    """How many people come for an enterprise to an event, and how many may; `quota` is None for no limit."""

    coming: int
    quota: int | None

    @property
    def over(self) -> int:
        """How many are beyond the quota, 0 where there is none."""
        return max(0, self.coming - self.quota) if self.quota is not None else 0


@dataclass(frozen=True, slots=True)
class EnterprisePage:
    """Everything about one enterprise; `delegates` are its registrations at one event."""

    enterprise: Record
    labels: tuple[LabelLine, ...]
    contacts: tuple[ContactLine, ...]
    delegates: tuple[Registered, ...]
    as_of: datetime

    @property
    def places(self) -> Quota:
        """Those who hold a place or wait for one, against the quota."""
        live = (RegistrationStatus.REGISTERED, RegistrationStatus.WAITING)
        return Quota(sum(row.status in live for row in self.delegates), self.enterprise.values.get("quota"))
