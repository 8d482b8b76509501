"""Where the rows behind a figure are looked for, and which window of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy.orm import Session

from ipweek.domain.contacts import masked_name
from ipweek.domain.explanations import Row, RowKind, Rows
from ipweek.domain.reports import Summary
from ipweek.services.reports import event_summary, today, week_summary
from ipweek.storage.tables.programme import Event, Week


@dataclass(frozen=True)
class Place:
    """An event or, `whole`, its week; `limit` rows behind the row `after`, all without them."""

    session: Session
    week: Week
    events: tuple[Event, ...]
    moment: datetime
    whole: bool
    unmask: bool = False
    after: Row | None = None
    limit: int | None = None

    @cached_property
    def summary(self) -> Summary:
        """The summary in which the figure stands, made when it is first asked for."""
        if self.whole:
            return week_summary(self.session, self.week, self.moment)
        return event_summary(self.session, self.events[0], self.moment)

    @property
    def today(self) -> date:
        """By the week's clock."""
        return today(self.week, self.moment)

    @property
    def day(self) -> date | None:
        """On which labels have to be in force."""
        return self.week.starts_on if self.whole else self.events[0].start_day

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
