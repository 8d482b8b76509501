"""Conflicts as they are shown: two sides, and how each kind can be settled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ipweek.domain.words import ConflictStatus, DeskConflictKind, Direction, Keep, RegistrationStatus

_EITHER, _NOTED = (Keep.FIRST, Keep.SECOND), (Keep.BOTH,)
WAYS: Mapping[DeskConflictKind, tuple[Keep, ...]] = {
    DeskConflictKind.TWO_ENTRIES: tuple(Keep),
    DeskConflictKind.CANCELLED_MEANWHILE: _EITHER,
    DeskConflictKind.BLOCKED_MEANWHILE: _EITHER,
    DeskConflictKind.NO_PLACE: _EITHER,
    DeskConflictKind.OVER_CAPACITY: _NOTED,
    DeskConflictKind.WALK_IN_TWICE: tuple(Keep),
    DeskConflictKind.UNKNOWN_BADGE: _EITHER,
    DeskConflictKind.BADGE_TWICE: _NOTED,
    DeskConflictKind.CLOCK_SKEW: _NOTED,
}
"""How a conflict can be settled. Of an entry against the main database's word the entry is the first side."""


@dataclass(frozen=True, slots=True)
class ScanSide:
    """A scan as one side: when, at which desk, by whom."""

    scan: UUID
    at: datetime
    desk: str
    operator: str
    direction: Direction
    annulled: bool


@dataclass(frozen=True, slots=True)
class PersonSide:
    """A person as one side, the phone masked; the badge tells apart who is otherwise the same."""

    person: UUID
    name: str
    enterprise: str
    phone: str | None
    badge: str | None


@dataclass(frozen=True, slots=True)
class DeskConflict:
    """A conflict with both sides. `first` and `second` are scans; of two people, `person` and `other`.

    `status_now` is what the main database says of the registration, since `ended_at` where it says when.
    """

    id: UUID
    kind: DeskConflictKind
    status: ConflictStatus
    event: str | None
    zone: str
    door: str | None
    registration: UUID | None
    person: PersonSide | None
    other: PersonSide | None
    first: ScanSide | None
    second: ScanSide | None
    badge: str | None
    status_now: RegistrationStatus | None
    ended_at: datetime | None
    desk: str | None
    amount: int | None
    found_at: datetime
    settled_at: datetime | None
    how: Keep | None
    settled_by: str | None
    note: str | None

    @property
    def ways(self) -> tuple[Keep, ...]:
        """How it can be settled."""
        return WAYS[self.kind]
