"""The summary of an event or a week, and the reach of a result: every figure from one picture of the database."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.cases import CaseLink
from ipweek.domain.comparison import Comparison
from ipweek.domain.errors import InvalidError
from ipweek.domain.exchange import DemandCounts
from ipweek.domain.feedback import FeedbackCounts
from ipweek.domain.figures import Named, Rate, Words
from ipweek.domain.operators import Right
from ipweek.domain.reach import Reach
from ipweek.domain.report_counts import REGISTRATIONS, EnterpriseCounts, RegistrationCounts
from ipweek.domain.reports import (
    EventHeader,
    EventLine,
    EventSummary,
    ResultSummary,
    SessionSummary,
    WeekHeader,
    WeekSummary,
    WeekTotals,
)
from ipweek.domain.starts import Start
from ipweek.services import audit, demand_board, feedback_rows, indicators, report_figures, stays
from ipweek.services.base import Service
from ipweek.services.cases import links_of
from ipweek.services.reach import reach_of
from ipweek.services.reconciliation import checks
from ipweek.services.records import find
from ipweek.services.report_counts import Counts
from ipweek.services.report_notes import notes_of
from ipweek.storage.queries import reports as queries
from ipweek.storage.tables.navigation import NavigationResult, Statement
from ipweek.storage.tables.programme import Event, EventSession, Room, Venue, Week

_QUARTER = timedelta(seconds=queries.QUARTER)


class Reports(Service):
    """Figures for organizers and officials: each summary from one transaction, which sees one state of the data."""

    def event(self, code: str, *, pictures: bool = False) -> EventSummary:
        """All figures of an event; with `pictures`, the contents of its photographs too. Raises NotFoundError."""
        with self.uow.read() as session:
            return checked_event(session, find(session, "event", code), self.clock(), pictures=pictures)

    def week(self, code: str, *, pictures: bool = False) -> WeekSummary:
        """All figures of a week; `pictures` as in `event`. Raises NotFoundError."""
        with self.uow.read() as session:
            return checked_week(session, find(session, "week", code), self.clock(), pictures=pictures)

    def comparison(self, week: str, against: str) -> Comparison:
        """A week against another, and who attended both. Raises NotFoundError, InvalidError `weeks-same`."""
        if week == against:
            raise InvalidError("weeks-same", week=week)
        with self.uow.read() as session:
            rows: list[Week] = [find(session, "week", code) for code in (week, against)]
            first, second = (week_summary(session, row, self.clock()) for row in rows)
            places = [[event.id for event in events_of(session, row.id)] for row in rows]
            return Comparison(first, second, *queries.came_to_both(session, *places))

    def result(self, code: str) -> ResultSummary:
        """A result's counts by level, what follows from them, and its reach. Raises NotFoundError."""
        with self.uow.read() as session:
            return report_figures.result(session, find(session, "result", code).id)

    def reach(self, result: str) -> Reach:
        """Which enterprises of its industry heard a result, registered only, or missed it; contacts masked.

        Raises NotFoundError.
        """
        with self.uow.read() as session:
            return reach_of(session, find(session, "result", result))

    def unmasked_reach(self, actor: Actor, result: str) -> Reach:
        """The same with phones and e-mail addresses whole, which is audited."""
        self.rights.require(actor, Right.UNMASK)
        with self.uow.write() as session:
            row: NavigationResult = find(session, "result", result)
            audit.record(session, actor, self.clock(), "unmask", "result", row.id)
            return reach_of(session, row, unmask=True)


def checked_event(
    session: Session, event: Event, moment: datetime, *, pictures: bool = False
) -> EventSummary:
    """The same as `event_summary`, held against itself and the records."""
    summary = event_summary(session, event, moment, pictures=pictures)
    return replace(summary, checks=checks(session, summary, [event]))


def checked_week(session: Session, week: Week, moment: datetime, *, pictures: bool = False) -> WeekSummary:
    """The same as `week_summary`, held against itself and the records."""
    summary = week_summary(session, week, moment, pictures=pictures)
    return replace(summary, checks=checks(session, summary, events_of(session, week.id)))


def event_summary(
    session: Session, event: Event, moment: datetime, *, pictures: bool = False
) -> EventSummary:
    """All figures of an event as they stand at a moment; `pictures` as in `Reports.event`."""
    week = session.get_one(Week, event.week_id)
    counted = Counts(session, [event], week.zone)
    day = today(week, moment)
    return EventSummary(
        week=_week_header(week),
        header=_header(event, week, _venues(session, [event])),
        registrations=counted.registrations[event.id],
        attendance=counted.attendance[event.id],
        enterprises=counted.together(session, event.start_day),
        sessions=_sessions(session, event.id, moment),
        results=report_figures.results(session, [event.id]),
        indicators=indicators.summaries(session, week.id),
        stated=report_figures.stated(session, Statement.event_id == event.id),
        arrivals=counted.arrivals[event.id],
        synthetic=week.synthetic or event.synthetic or queries.has_synthetic(session, [event.id]),
        cases=links_of(session, place=event),
        demands=demand_board.counts(session, [event.id], day).get(event.id, DemandCounts()),
        feedback=feedback_rows.counts(session, [event.id]).get(event.id, FeedbackCounts()),
        notes=notes_of(session, event, pictures=pictures),
        as_of=day,
    )


def week_summary(session: Session, week: Week, moment: datetime, *, pictures: bool = False) -> WeekSummary:
    """All figures of a week as they stand at a moment; `pictures` as in `Reports.event`."""
    events = events_of(session, week.id)
    ids = [event.id for event in events]
    results = report_figures.results(session, ids)
    cases = {event.id: links_of(session, place=event) for event in events}
    day = today(week, moment)
    counted = Counts(session, events, week.zone)
    lines = _lines(session, week, events, counted, cases, demand_board.counts(session, ids, day))
    of_week = or_(Statement.week_id == week.id, Statement.event_id.in_(ids))
    return WeekSummary(
        header=_week_header(week),
        events=lines,
        results=results,
        indicators=indicators.summaries(session, week.id),
        totals=_totals(session, ids, lines, counted.together(session, week.starts_on)),
        stated=report_figures.stated(session, of_week),
        synthetic=(
            week.synthetic or any(event.synthetic for event in events) or queries.has_synthetic(session, ids)
        ),
        cases=tuple(link for event in events for link in cases[event.id]),
        notes=notes_of(session, week, pictures=pictures),
        as_of=day,
    )


def today(week: Week, moment: datetime) -> date:
    """What is overdue is so in the week's own zone."""
    return moment.astimezone(ZoneInfo(week.zone)).date()


def _week_header(week: Week) -> WeekHeader:
    return WeekHeader(
        Named(week.code, week.name_zh, week.name_en),
        Words(week.city_zh, week.city_en),
        week.year,
        week.zone,
        week.starts_on,
        week.ends_on,
        Words(week.theme_zh, week.theme_en),
        week.synthetic,
    )


def _venues(session: Session, events: Sequence[Event]) -> dict[UUID, Named]:
    wanted = [event.venue_id for event in events if event.venue_id]
    found = session.scalars(select(Venue).where(Venue.id.in_(wanted)))
    return {venue.id: Named(venue.code, venue.name_zh, venue.name_en) for venue in found}


def _header(event: Event, week: Week, venues: dict[UUID, Named]) -> EventHeader:
    return EventHeader(
        report_figures.named(event),
        week.code,
        event.kind,
        event.status,
        event.membership,
        _start(event.start_day, event.start_time),
        _start(event.end_day, event.end_time),
        venues.get(event.venue_id) if event.venue_id else None,
        event.host,
        event.organizer,
        event.co_organizer,
        event.capacity,
        event.synthetic,
    )


def _sessions(session: Session, event: UUID, moment: datetime) -> tuple[SessionSummary, ...]:
    query = (
        select(EventSession, Room)
        .outerjoin(Room, Room.id == EventSession.room_id)
        .where(EventSession.event_id == event, EventSession.archived_at.is_(None))
    )
    rows = sorted(session.execute(query), key=lambda row: _order(row[0]))
    enrolled, attended = queries.enrolled(session, [event]), queries.session_attendance(session, [event])
    inside = stays.by_session(session, event, moment)
    return tuple(
        SessionSummary(
            report_figures.named(held),
            held.kind,
            held.status,
            _start(held.start_day, held.start_time),
            _start(held.end_day, held.end_time),
            Named(room.code, room.name_zh, room.name_en) if room else None,
            held.id in attended,
            enrolled.get(held.id, 0),
            attended.get(held.id),
            held.capacity,
            held.synthetic,
            inside.get(held.id),
        )
        for held, room in rows
    )


def _start(day: date | None, clock: time | None) -> Start | None:
    return Start(day, clock) if day else None


def _order(held: Event | EventSession) -> tuple[Any, ...]:
    """By date and time, a date without a time before the day's hours, the undated last."""
    day = held.start_day.isoformat() if held.start_day else "~"
    return day, held.start_time or time.min, held.code


def events_of(session: Session, week: UUID) -> list[Event]:
    """The events of a week in the order of its summary, archived ones left out."""
    query = select(Event).where(Event.week_id == week, Event.archived_at.is_(None))
    return sorted(session.scalars(query), key=_order)


def _session_counts(session: Session, events: Collection[UUID]) -> dict[UUID, int]:
    counted: defaultdict[UUID, int] = defaultdict(int)
    query = select(EventSession.event_id).where(
        EventSession.event_id.in_(events), EventSession.archived_at.is_(None)
    )
    for event in session.scalars(query):
        counted[event] += 1
    return counted


def _lines(
    session: Session,
    week: Week,
    events: Sequence[Event],
    counted: Counts,
    cases: Mapping[UUID, tuple[CaseLink, ...]],
    demands: Mapping[UUID, DemandCounts],
) -> tuple[EventLine, ...]:
    sessions = _session_counts(session, [event.id for event in events])
    venues = _venues(session, events)
    linked = report_figures.results_by_event(session, [event.id for event in events])
    said = feedback_rows.counts(session, [event.id for event in events])
    return tuple(
        EventLine(
            _header(event, week, venues),
            counted.registrations[event.id],
            counted.attendance[event.id],
            counted.enterprises[event.id],
            sessions.get(event.id, 0),
            linked.get(event.id, 0),
            counted.arrivals[event.id],
            len({link.case_code for link in cases[event.id]}),
            demands.get(event.id, DemandCounts()),
            said.get(event.id, FeedbackCounts()),
        )
        for event in events
    )


def _totals(
    session: Session, events: Collection[UUID], lines: Sequence[EventLine], enterprises: EnterpriseCounts
) -> WeekTotals:
    counted = [line.attendance for line in lines if line.attendance]
    return WeekTotals(
        events=len(lines),
        sessions=sum(line.sessions for line in lines),
        registrations=RegistrationCounts(
            **{name: sum(getattr(line.registrations, name) for line in lines) for name in REGISTRATIONS}
        ),
        people=queries.people_who_came(session, events) if counted else None,
        attendances=sum(attendance.attended for attendance in counted) if counted else None,
        rate=Rate(
            sum(attendance.expected_attended for attendance in counted),
            sum(attendance.expected for attendance in counted),
        ),
        enterprises=enterprises,
    )
