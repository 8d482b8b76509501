"""Enterprises as lists and their pages show them: labels, contacts, quotas, groups."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ipweek.domain.records import Record
from ipweek.domain.registrations import PageKey, Registered
from ipweek.domain.words import LabelKind, LabelStanding


@dataclass(frozen=True, slots=True)
class EnterpriseName:
    """An enterprise by its code and its names."""

    code: str
    name_zh: str | None
    name_en: str | None

    def name(self, language: str) -> str:
        """The name in a language, else in the other."""
        first, second = (self.name_zh, self.name_en) if language == "zh" else (self.name_en, self.name_zh)
        return first or second or self.code


@dataclass(frozen=True, slots=True)
class LabelLine:
    """A label of an enterprise; dates are its validity, None where not stated."""

    label: LabelKind
    certificate: str | None
    valid_from: date | None
    valid_to: date | None

    def standing(self, day: date) -> LabelStanding:
        """Whether it holds on a day; what is not stated does not end it."""
        if self.valid_to is not None and self.valid_to < day:
            return LabelStanding.EXPIRED
        if self.valid_from is not None and self.valid_from > day:
            return LabelStanding.NOT_YET
        return LabelStanding.IN_FORCE


@dataclass(frozen=True, slots=True)
class ContactLine:
    """Whom to call, masked unless asked for otherwise; `role` is the organizer's word."""

    id: UUID
    name: str | None
    role: str | None
    phone: str | None
    email: str | None
    main: bool


@dataclass(frozen=True, slots=True)
class LabelValues:
    """A label as it is typed or edited."""

    certificate: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class ContactChanges:
    """A contact as it is typed; None leaves a field as it is, an empty text clears it."""

    name: str | None = None
    role: str | None = None
    phone: str | None = None
    email: str | None = None
    main: bool | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """How many people come to an event, and how many may; `quota` is None for no limit.

    Those who wait for a place are among the `coming`, and `waiting` says how many they are. Where an enterprise has no
    quota of its own, `group` names the one whose quota it shares, and everybody who shares it is counted.
    """

    coming: int
    quota: int | None
    waiting: int = 0
    group: EnterpriseName | None = None

    @property
    def over(self) -> int:
        """How many are beyond the quota, 0 where there is none."""
        return max(0, self.coming - self.quota) if self.quota is not None else 0


@dataclass(frozen=True, slots=True)
class EnterpriseLine:
    """An enterprise in a list; the counts are of one event, and 0 where none is asked about.

    `labels` are those in force on the event's day; `places` is the quota that it comes under.
    """

    record: Record
    group: EnterpriseName | None
    members: int
    labels: tuple[LabelKind, ...]
    registered: int
    waiting: int
    came: int
    places: Quota


@dataclass(frozen=True, slots=True)
class EnterpriseFilter:
    """What a list of enterprises is narrowed by; a group by the code of the enterprise that heads it."""

    text: str = ""
    district: str | None = None
    industry: str | None = None
    label: LabelKind | None = None
    group: str | None = None
    over_quota: bool = False
    archived: bool = False


@dataclass(frozen=True, slots=True)
class EnterpriseList:
    """A window of a list: `after` is the key of the next page, None at the end."""

    rows: tuple[EnterpriseLine, ...]
    total: int
    after: PageKey | None


@dataclass(frozen=True, slots=True)
class GroupTotals:
    """A whole group at an event; `quota` sums those that are stated, None where none is."""

    enterprises: int
    registered: int
    waiting: int
    came: int
    quota: int | None


@dataclass(frozen=True, slots=True)
class EnterprisePage:
    """Everything about one enterprise; `delegates` are its registrations at one event.

    `day` is the event's, on which labels hold or do not; where it has none, today. `above` are the heads of its group,
    the nearest first; `members` are those of the group that it heads itself, `totals` are of it and all of them.
    """

    enterprise: Record
    labels: tuple[LabelLine, ...]
    contacts: tuple[ContactLine, ...]
    delegates: tuple[Registered, ...]
    as_of: datetime
    day: date
    places: Quota
    aliases: tuple[str, ...] = ()
    above: tuple[EnterpriseName, ...] = ()
    members: tuple[EnterpriseLine, ...] = ()
    totals: GroupTotals | None = None
    namesakes: tuple[EnterpriseName, ...] = ()
