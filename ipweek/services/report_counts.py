"""Registrations, attendance, enterprises and arrivals of some events, from one reading of their registrations."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ipweek.domain.figures import Named
from ipweek.domain.report_counts import (
    Arrivals,
    AttendanceCounts,
    EnterpriseCounts,
    EnterpriseGroup,
    RegistrationCounts,
)
from ipweek.domain.starts import Start
from ipweek.storage.queries import report_enterprises
from ipweek.storage.queries import reports as queries
from ipweek.storage.tables.programme import Event

_REGISTRATIONS = ("registered", "waiting", "cancelled", "blocked", "walk_in", "substitute")
_ATTENDANCE = (
    "expected",
    "expected_attended",
    "on_leave",
    "after_opening",
    "walk_in",
    "walk_in_attended",
    "attended",
)
_DAY = 24 * 4
"""Quarters of an hour: an event over days would be mostly empty ones."""


class Counts:
    """Counted by event; `together` are the enterprises of all of them, each once."""

    def __init__(self, session: Session, events: Sequence[Event], zone: str) -> None:
        ids = [event.id for event in events]
        confirmed_by, late_after = cutoffs(session, events, zone)
        tallies: defaultdict[UUID, list[Any]] = defaultdict(list)
        for row in queries.tallies(session, ids, confirmed_by, late_after):
            tallies[row.event_id].append(row)
        marked = queries.marked(session, ids)
        self._rows = tallies
        self.registrations = {event: _registrations(tallies[event]) for event in ids}
        self.enterprises = {event: _enterprises(tallies[event]) for event in ids}
        self.attendance = {
            event: _attendance(tallies[event], marked.get(event, 0), has_start=event in late_after)
            for event in ids
        }
        self.arrivals = {event: _arrivals(tallies[event]) for event in ids}

    def together(self, session: Session, day: date | None) -> EnterpriseCounts:
        """Enterprises over all events, by industry, district and label as these are on a day."""
        rows = [row for found in self._rows.values() for row in found]
        registered, attended = _standing(rows)
        groups: dict[str, dict[Named | None, Counter[str]]] = defaultdict(dict)
        for row in report_enterprises.memberships(session, registered | attended, day):
            group = Named(row.code, row.zh, row.en) if row.code else None
            counted = groups[row.way].setdefault(group, Counter())
            counted["registered"] += row.enterprise_id in registered
            counted["attended"] += row.enterprise_id in attended
        return EnterpriseCounts(
            len(registered),
            len(attended) if rows else None,
            by_industry=_groups(groups[report_enterprises.INDUSTRY]),
            by_district=_groups(groups[report_enterprises.DISTRICT]),
            by_label=_groups(groups[report_enterprises.LABEL]),
        )


def cutoffs(session: Session, events: Sequence[Event], zone: str) -> tuple[queries.Cutoffs, queries.Cutoffs]:
    """By event the moments after which nobody is expected any more, and after which whoever comes is late."""
    starts = {event.id: moment for event in events if (moment := _moment(event, zone)) is not None}
    grace = {event.id: timedelta(minutes=event.grace_minutes) for event in events}
    late_after = {event: moment + grace[event] for event, moment in starts.items()}
    return starts | queries.openings(session, [event.id for event in events]), late_after


def _moment(event: Event, zone: str) -> datetime | None:
    return Start(event.start_day, event.start_time).moment(zone) if event.start_day else None


def _sums(rows: Sequence[Any], names: Sequence[str]) -> dict[str, int]:
    """The columns of these names, added up."""
    return {name: sum(getattr(row, name) for row in rows) for name in names}


def _registrations(rows: Sequence[Any]) -> RegistrationCounts:
    return RegistrationCounts(**_sums(rows, _REGISTRATIONS))


def _attendance(rows: Sequence[Any], marked: int, *, has_start: bool) -> AttendanceCounts | None:
    if not rows:
        return None
    late = sum(row.late for row in rows) if has_start else None
    return AttendanceCounts(**_sums(rows, _ATTENDANCE), marked=marked, late=late)


def _standing(rows: Iterable[Any]) -> tuple[set[UUID], set[UUID]]:
    """The enterprises with a registration that is not cancelled, and those with an attendee."""
    registered: set[UUID] = set()
    attended: set[UUID] = set()
    for row in rows:
        if row.enterprise_id is not None:
            if row.not_cancelled:
                registered.add(row.enterprise_id)
            if row.attended:
                attended.add(row.enterprise_id)
    return registered, attended


def _enterprises(rows: Sequence[Any]) -> EnterpriseCounts:
    registered, attended = _standing(rows)
    return EnterpriseCounts(len(registered), len(attended) if rows else None)


def _groups(groups: dict[Named | None, Counter[str]]) -> tuple[EnterpriseGroup, ...]:
    """Large groups first, those without a group last."""

    def order(item: tuple[Named | None, Counter[str]]) -> tuple[bool, int, str]:
        group, counted = item
        return group is None, -counted["registered"], group.code if group else ""

    return tuple(
        EnterpriseGroup(group, counted["registered"], counted["attended"])
        for group, counted in sorted(groups.items(), key=order)
    )


def _arrivals(rows: Iterable[Any]) -> tuple[Arrivals, ...]:
    """Quarters of an hour from the first arrival to the last, the empty ones between them included."""
    quarters: Counter[int] = Counter()
    for row in rows:
        if row.span is not None:
            quarters[row.span] += row.attended
    if not quarters:
        return ()
    first, last = min(quarters), max(quarters)
    span = range(first, last + 1) if last - first < _DAY else sorted(quarters)
    return tuple(
        Arrivals(datetime.fromtimestamp(quarter * queries.QUARTER, UTC), quarters[quarter])
        for quarter in span
    )
