"""A scan at a door: what is asked, by which rules it is judged, what is answered, what the log adds up to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, auto
from uuid import UUID

from ipweek.domain.ids import new_id
from ipweek.domain.operators import Voucher
from ipweek.domain.registrations import Registered
from ipweek.domain.words import (
    Direction,
    EntryRule,
    LabelKind,
    Reason,
    RegistrationStatus,
    ScanKind,
    Verdict,
)


class Need(Enum):
    """What a door asks beyond a registration: an enrolment in its session, a place in its room, an enterprise."""

    ENROLMENT = auto()
    PLACE = auto()
    ENTERPRISE = auto()


ALL_NEEDS = frozenset(Need)


@dataclass(frozen=True, slots=True)
class Door:
    """A checkpoint, with what a desk shows of it, and what it asked when it was looked up."""

    id: UUID
    code: str
    event_id: UUID
    session_id: UUID | None
    name_zh: str | None
    name_en: str | None
    zone: str
    needs: frozenset[Need] = ALL_NEEDS


@dataclass(frozen=True, slots=True)
class DoorSettings:
    """Whom a door lets in and when: no window, no limit, every category and every enterprise unless said otherwise.

    With `enterprises`, `industries` (both by their codes) or `labels` a door is for the people of those enterprises that
    are named, belong to one of the industries or hold one of the labels; of these, for those of the `categories`.
    """

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    entry_rule: EntryRule = EntryRule.AFTER_EXIT
    categories: tuple[str, ...] = ()
    capacity: int | None = None
    name_zh: str | None = None
    name_en: str | None = None
    note: str | None = None
    enterprises: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    labels: tuple[LabelKind, ...] = ()


@dataclass(frozen=True, slots=True)
class DoorCount:
    """How a counted door stands: `over` is how many were let in past its capacity."""

    capacity: int | None
    present: int
    over: int


@dataclass(frozen=True, slots=True)
class ScanRequest:
    """One reading of a scanner. The same `id` gives the same answer again and adds no row.

    `override` is why a refusal is to be set aside, `by` who vouches for that where the operator may not decide it.
    """

    code: str
    id: UUID = field(default_factory=new_id)
    at: datetime | None = None
    direction: Direction = Direction.ENTRY
    override: str | None = None
    by: Voucher | None = None


@dataclass(frozen=True, slots=True)
class ScanAnswer:
    """What the door says; `first_at` and `first_desk` tell of the entry that came before.

    An override is accepted and keeps the reason that it set aside. `offline` says that a desk's copy has answered.
    """

    id: UUID
    code: str
    kind: ScanKind
    direction: Direction
    verdict: Verdict
    reason: Reason | None
    registration: UUID | None
    name: str
    enterprise: str
    title: str
    category: str
    seat: str
    at: datetime
    desk: str
    first_at: datetime | None
    first_desk: str | None
    override: bool
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Identified:
    """Whose badge a code is, and what speaks against the badge; without a registration, at another event only."""

    reason: Reason | None
    name: str = ""
    registration: Registered | None = None


@dataclass(frozen=True, slots=True)
class ScanLine:
    """One line of the log, as a list shows it; `session` is the code of the session whose door it was.

    `minutes_inside` are those that an exit ended, where they were asked for.
    """

    answer: ScanAnswer
    door: str
    received_at: datetime
    operator: str
    offline: bool
    why: str | None
    annulled: bool
    session: str | None = None
    allowed_by: str | None = None
    minutes_inside: int | None = None


@dataclass(frozen=True, slots=True)
class DoorFacts:
    """All that a door's rules ask about.

    `code` is what reading the code alone has said: invalid, forged, ambiguous, or nothing. `person` tells
    whether badge or mark leads to somebody known; `status` is that of the registration at the door's event,
    None without one. The badge says `issue` and `key_id`; the database says what is current. `enterprise_needed` tells
    whether the door is for chosen enterprises, `enterprise_listed` whether the one represented is among them.
    """

    code: Reason | None
    direction: Direction
    at: datetime
    offline: bool
    person: bool
    status: RegistrationStatus | None
    category: str | None
    issue: int | None
    key_id: int | None
    current_issue: int | None
    current_key: int | None
    revoked_at: datetime | None
    enrolment: RegistrationStatus | None
    enrolment_needed: bool
    categories: tuple[str, ...]
    enterprise_needed: bool
    enterprise_listed: bool
    opens_at: datetime | None
    closes_at: datetime | None
    entry_rule: EntryRule
    capacity: int | None
    present: int
    inside: bool
    entries: int


def first_reason(facts: DoorFacts) -> Reason | None:
    """The first rule that speaks against it, in the order of `Reason`; None lets the person pass.

    `not_in_copy` is an acceptance for the time being: an offline desk trusts the badge's MAC.
    """
    return next((reason for reason, applies in RULES.items() if applies(facts)), None)


def is_revoked(
    issue: int | None,
    key_id: int | None,
    current_issue: int | None,
    current_key: int | None,
    revoked_at: datetime | None,
) -> bool:
    """Whether a badge that says `issue` and `key_id` is no longer the one that counts."""
    if revoked_at is not None:
        return True
    if issue is None or current_issue is None:
        return False
    # A code of the current issue under another key was signed with a key that has been replaced.
    return issue < current_issue or (issue == current_issue and key_id != current_key)


def _is_entry(facts: DoorFacts) -> bool:
    return facts.direction is Direction.ENTRY


def _is_entitled(facts: DoorFacts) -> bool:
    if facts.categories and facts.category not in facts.categories:
        return False
    return facts.enterprise_listed or not facts.enterprise_needed


def _is_full(facts: DoorFacts) -> bool:
    """Whoever is inside already takes no further place."""
    return facts.capacity is not None and not facts.inside and facts.present >= facts.capacity


def _is_in(facts: DoorFacts) -> bool:
    if facts.entry_rule is EntryRule.ONCE:
        return facts.entries > 0
    return facts.entry_rule is EntryRule.AFTER_EXIT and facts.inside


RULES: Mapping[Reason, Callable[[DoorFacts], bool]] = {
    Reason.INVALID: lambda f: f.code is Reason.INVALID,
    Reason.FORGED: lambda f: f.code is Reason.FORGED,
    Reason.UNKNOWN: lambda f: f.code is None and not f.person and not f.offline,
    Reason.AMBIGUOUS: lambda f: f.code is Reason.AMBIGUOUS,
    Reason.NOT_IN_COPY: lambda f: not f.person and f.offline,
    Reason.WRONG_EVENT: lambda f: f.status is None,
    Reason.CANCELLED: lambda f: f.status is RegistrationStatus.CANCELLED,
    Reason.WAITING: lambda f: f.status is RegistrationStatus.WAITING,
    Reason.REVOKED: lambda f: is_revoked(f.issue, f.key_id, f.current_issue, f.current_key, f.revoked_at),
    Reason.BLOCKED: lambda f: f.status is RegistrationStatus.BLOCKED,
    Reason.WRONG_SESSION: lambda f: f.enrolment_needed and f.enrolment is not RegistrationStatus.REGISTERED,
    Reason.NOT_ENTITLED: lambda f: not _is_entitled(f),
    Reason.NOT_OPEN: lambda f: _is_entry(f) and f.opens_at is not None and f.at < f.opens_at,
    Reason.CLOSED: lambda f: _is_entry(f) and f.closes_at is not None and f.at >= f.closes_at,
    Reason.FULL: lambda f: _is_entry(f) and _is_full(f),
    Reason.ALREADY_IN: lambda f: _is_entry(f) and _is_in(f),
}


@dataclass(frozen=True, slots=True)
class LoggedScan:
    """What adding up the log needs of one of its rows."""

    id: UUID
    kind: ScanKind
    registration: UUID | None
    checkpoint: UUID
    direction: Direction
    at: datetime
    received_at: datetime
    sequence: int
    verdict: Verdict
    desk: str
    annuls: UUID | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How one registration stands at one door."""

    inside: bool = False
    entries: int = 0
    first_in: datetime | None = None
    first_desk: str | None = None
    last_in: datetime | None = None
    last_out: datetime | None = None

    def after(self, scan: LoggedScan) -> "Standing":
        """The standing once a later accepted scan is added."""
        if scan.direction is Direction.EXIT:
            return replace(self, inside=False, last_out=scan.at)
        first = self if self.first_in else replace(self, first_in=scan.at, first_desk=scan.desk)
        return replace(first, inside=True, entries=self.entries + 1, last_in=scan.at)


def fold(scans: Iterable[LoggedScan]) -> dict[tuple[UUID, UUID], Standing]:
    """What the log says of every registration (first of the key) at every door (second).

    Rows come in any order. Accepted rows that no annulment names count, by effective time; at the same
    moment, by the time of receipt and then as the run numbered them.
    """
    rows = list(scans)
    annulled = {row.annuls for row in rows if row.annuls is not None}
    counted = (
        row
        for row in rows
        if row.verdict is Verdict.ACCEPTED and row.kind is not ScanKind.ANNULMENT and row.id not in annulled
    )
    found: dict[tuple[UUID, UUID], Standing] = {}
    for row in sorted(counted, key=lambda row: (row.at, row.received_at, row.sequence, row.id)):
        if row.registration is not None:
            key = (row.registration, row.checkpoint)
            found[key] = found.get(key, Standing()).after(row)
    return found


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place where the log and what is kept beside it differ; without a registration, a door's count."""

    door: str
    registration: UUID | None
    log: Standing | int
    kept: Standing | int
