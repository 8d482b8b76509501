"""A summary held against itself, and against the records it was counted from."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from ipweek.domain.figure_list import figures_of
from ipweek.domain.figure_sums import relations_of
from ipweek.domain.reconciliation import (
    ATTENDANCES,
    DOOR,
    LOG_ENTRIES,
    LOG_FIRST,
    LOG_INSIDE,
    Check,
    compared,
    related,
)
from ipweek.domain.reports import EventSummary, Summary
from ipweek.storage.queries import reconciliation as queries
from ipweek.storage.tables.programme import Event


def checks(session: Session, summary: Summary, events: Sequence[Event]) -> tuple[Check, ...]:
    """All of them, those that hold, too; in the same transaction as the summary."""
    figures = figures_of(summary)
    added_up = related(figures, relations_of(summary, figures))
    return (*added_up, *_attendances(session, summary, events), *_log(session, events))


def _attendances(session: Session, summary: Summary, events: Sequence[Event]) -> Iterator[Check]:
    if isinstance(summary, EventSummary):
        key, found = "attendance.attended", summary.attendance.attended if summary.attendance else None
    else:
        key, found = "totals.attendances", summary.totals.attendances
    if found is not None:
        yield compared(ATTENDANCES, key, found, queries.attendances(session, [event.id for event in events]))


def _log(session: Session, events: Sequence[Event]) -> Iterator[Check]:
    codes = {event.id: event.code for event in events}
    for row in sorted(queries.against_log(session, list(codes)), key=lambda row: codes[row.event]):
        event = codes[row.event]
        agreeing = row.pairs - row.first_differ
        yield compared(LOG_ENTRIES, event, row.kept_entries, row.entries, row.entries_differ, event)
        yield compared(LOG_FIRST, event, agreeing, row.pairs, row.first_differ, event)
        yield compared(LOG_INSIDE, event, row.kept_inside, row.inside, row.inside_differ, event)
    for row in queries.counted_doors(session, list(codes)):
        yield compared(DOOR, row.code, row.present, row.inside, event=codes[row.event_id])
