"""Who heard a navigation result, who had only registered, who missed it; and whom to call."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from ipweek.domain.figures import Named
from ipweek.domain.receipts import ReceiptLine
from ipweek.domain.reports import Place, ReachCounts, ResultHeader
from ipweek.domain.words import ReachState, RegistrationStatus

FOLLOWED_UP = (ReachState.MISSED, ReachState.REGISTERED_ONLY)
"""Whom a follow-up list is about, unless something else is asked for."""


@dataclass(frozen=True, slots=True)
class Delegate:
    """Somebody registered where the result was released; `at` is when a door that counts first let him in."""

    name: str
    title: str | None
    status: RegistrationStatus
    on_leave: bool
    heard: bool
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call: phone and e-mail masked, unless all was asked for."""

    name: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class ReachRow:
    """An enterprise of a result's industry: people who heard it, or who had only registered.

    `receipts` are printed reports, which stand beside the state and never change it.
    """

    enterprise: Named
    district: str | None
    people: int
    synthetic: bool
    state: ReachState
    delegates: tuple[Delegate, ...] = ()
    contact: Contact | None = None
    receipts: tuple[ReceiptLine, ...] = ()
    note: str | None = None

    @property
    def copies(self) -> int:
        """How many printed reports it has."""
        return sum(line.copies for line in self.receipts)


@dataclass(frozen=True, slots=True)
class Reach:
    """Who heard a result where it was released, by the clock of `zone`.

    `place` is None where nobody released it. Not `known` where the place has no registrations: all is empty then.
    """

    result: ResultHeader
    place: Place | None
    known: bool
    heard: tuple[ReachRow, ...]
    registered_only: tuple[ReachRow, ...]
    missed: tuple[ReachRow, ...]
    zone: str = "UTC"

    @property
    def counts(self) -> ReachCounts | None:
        """How many enterprises in each part; None where it is not known."""
        if not self.known:
            return None
        return ReachCounts(len(self.heard), len(self.registered_only), len(self.missed))

    def rows(self, states: Collection[ReachState] = tuple(ReachState)) -> tuple[ReachRow, ...]:
        """The enterprises of these parts: those who missed it first, since they are to be called first."""
        every = (*self.missed, *self.registered_only, *self.heard)
        return tuple(row for row in every if row.state in states)
