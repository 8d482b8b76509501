"""Where the rows behind a figure are looked for, and which window of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from ipweek.domain.contacts import masked_name
from ipweek.domain.explanations import Row, RowKind, Rows
from ipweek.domain.reports import Summary
from ipweek.storage.tables.programme import Event, Week


@dataclass(frozen=True, slots=True)
class Place:
    """An event or all of a week, as its summary has it; `limit` rows behind the row `after`, all without them."""

    session: Session
    summary: Summary
    week: Week
    events: tuple[Event, ...]
    today: date
    unmask: bool = False
    after: Row | None = None
    limit: int | None = None

    @property
    def ids(self) -> list[UUID]:
        """The events' ids."""
        return [event.id for event in self.events]

    @property
    def codes(self) -> dict[UUID, str]:
        """The events' codes."""
        return {event.id: event.code for event in self.events}

    def shown(self, name: str | None) -> str | None:
        """A person's name as it may be shown here."""
        return name if self.unmask or name is None else masked_name(name)

    def window(self, kind: RowKind, rows: Sequence[Row]) -> Rows:
        """The part of a whole list that is wanted."""
        start = 0
        if self.after is not None:
            keys = [row.key for row in rows]
            start = keys.index(self.after.key) + 1 if self.after.key in keys else len(rows)
        end = None if self.limit is None else start + self.limit
        return Rows(kind, tuple(rows[start:end]), len(rows), sum(row.counts for row in rows))
