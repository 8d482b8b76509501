"""What leaves the workspace as a file: read in one transaction, a page at a time, each behind the key of the last."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain import badge_code
from ipweek.domain.actor import Actor
from ipweek.domain.checkin import ScanLine
from ipweek.domain.errors import UsageError
from ipweek.domain.exchange import DemandFilter
from ipweek.domain.exports import Export, ExportKind, RegistrationRow, Scope
from ipweek.domain.figures import Named
from ipweek.domain.operators import Right
from ipweek.domain.registrations import Order, PageKey
from ipweek.domain.words import Direction
from ipweek.services import audit, demand_board, export_enterprises, feedback_rows
from ipweek.services.base import Service
from ipweek.services.export_names import unambiguous
from ipweek.services.questions import questions_of
from ipweek.services.records import find
from ipweek.services.registration_rows import shown
from ipweek.services.stays import minutes_of
from ipweek.storage.queries import checkin_log, registration_search
from ipweek.storage.queries import registrations as queries
from ipweek.storage.queries import stays as stay_queries
from ipweek.storage.queries.registration_search import Wanted
from ipweek.storage.tables.checkin import Checkpoint
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Registration
from ipweek.storage.tables.programme import Event, EventSession, Week

PAGE = 1_000


class Exports(Service):
    """Reading for files; whoever asks for what is hidden is noted with how much he took."""

    @contextmanager
    def opened(self, kind: ExportKind, scope: Scope, *, unmask: bool = False) -> Iterator[Export]:
        """The rows of an event, a week or the workspace, to be read while the block lasts.

        Raises NotFoundError, UsageError `event-needed`.
        """
        with self.uow.read() as session:
            event = find(session, "event", scope.event) if scope.event else None
            zone = self._zone(session, event, scope)
            if kind is ExportKind.ENTERPRISES:
                firms = export_enterprises.pages(session, event.id if event else None, PAGE, unmask=unmask)
                yield Export(kind, firms, zone)
            elif kind is ExportKind.DEMANDS:
                yield Export(kind, self._demands(session, scope, zone, unmask=unmask), zone)
            elif event is None:
                raise UsageError("event-needed")
            elif kind is ExportKind.SCANS:
                yield Export(kind, _scans(session, event.id, unmask=unmask), zone)
            elif kind is ExportKind.FEEDBACK:
                pages = feedback_rows.pages(session, event.id, PAGE, unmask=unmask)
                yield Export(kind, pages, zone, feedback_rows.questions(session, event.id))
            else:
                columns = tuple(
                    Named(row.code, row.name_zh, row.name_en) for row in questions_of(session, event.id)
                )
                yield Export(kind, _registrations(session, event, self.clock(), unmask=unmask), zone, columns)

    def may_unmask(self, actor: Actor) -> None:
        """Raises DeniedError where the operator may not have what is hidden."""
        self.rights.require(actor, Right.UNMASK)

    def note(self, actor: Actor, kind: ExportKind, scope: Scope, rows: int, form: str) -> None:
        """Note in the audit who took what unmasked, and how many rows."""
        with self.uow.write() as session:
            place = "event" if scope.event else "week" if scope.week else kind.value
            code = scope.event or scope.week
            record: UUID | None = find(session, place, code).id if code else None
            after = {"export": kind.value, "rows": rows, "format": form}
            audit.record(session, actor, self.clock(), "export", place, record, after=after)

    def _zone(self, session: Session, event: Event | None, scope: Scope) -> str:
        if event is not None:
            return session.get_one(Week, event.week_id).zone
        week: Week | None = find(session, "week", scope.week) if scope.week else None
        return week.zone if week else "UTC"

    def _demands(
        self, session: Session, scope: Scope, zone: str, *, unmask: bool
    ) -> Iterator[tuple[Any, ...]]:
        wanted = DemandFilter(event=scope.event, week=scope.week)
        today = self.clock().astimezone(ZoneInfo(zone)).date()
        yield demand_board.board(session, wanted, today, slice(None), whole=unmask).records


def _scans(session: Session, event: UUID, *, unmask: bool) -> Iterator[tuple[ScanLine, ...]]:
    """The first scan first. A whole code opens a door, so that the number has to do for it."""
    after = None
    while page := checkin_log.lines_after(session, event, PAGE, after):
        timed = _timed(session, event, page)
        yield timed if unmask else tuple(map(_numbered, timed))
        after = page[-1]


def _timed(session: Session, event: UUID, page: tuple[ScanLine, ...]) -> tuple[ScanLine, ...]:
    """Exits with the minutes that they ended."""
    left = {line.answer.registration for line in page if line.answer.direction is Direction.EXIT} - {None}
    if not left:
        return page
    doors = session.scalars(select(Checkpoint.id).where(Checkpoint.event_id == event)).all()
    seconds = stay_queries.ended(session, doors, [one for one in left if one is not None])
    return tuple(
        replace(line, minutes_inside=(seconds[line.answer.id] + 30) // 60)
        if line.answer.id in seconds
        else line
        for line in page
    )


def _numbered(line: ScanLine) -> ScanLine:
    code = badge_code.parse(badge_code.normalise(line.answer.code))
    if code is None:
        return line
    return replace(line, answer=replace(line.answer, code=badge_code.shown_number(code.number)))


def _registrations(
    session: Session, event: Event, now: datetime, *, unmask: bool
) -> Iterator[tuple[RegistrationRow, ...]]:
    """In the order of pinyin, as lists have them."""
    identity, wanted = event.id, Wanted(event.id, event.week_id)
    named = _session_names(session, identity)
    after: PageKey | None = None
    while True:
        _total, keys, people = registration_search.search(session, wanted, Order.PINYIN, after, PAGE)
        if not people:
            return
        query = queries.registration_rows().where(
            Registration.event_id == identity, Registration.person_id.in_(people)
        )
        places = {person: place for place, person in enumerate(people)}
        rows = sorted(session.execute(query), key=lambda row: places[row.Person.id])
        after = keys[-1]
        minutes = minutes_of(session, identity, now, [row.Registration.id for row in rows])
        yield tuple(
            replace(row, minutes_inside=minutes.get(row.registered.id))
            for row in _rows(session, rows, named, unmask=unmask)
        )
        session.expunge_all()  # nothing read before stays in memory


def _rows(
    session: Session, rows: Sequence[Any], named: Mapping[str, Named], *, unmask: bool
) -> tuple[RegistrationRow, ...]:
    codes = _credit_codes(session, rows)
    views = shown(session, rows, unmask=unmask, in_line=False)
    return tuple(
        RegistrationRow(
            view,
            codes.get(row.Registration.enterprise_id),
            row.Person.rank,
            tuple(named.get(code, Named(code)) for code in view.wished),
            {code: str(answer) for code, answer in row.Registration.answers.items()},
            tuple(named.get(code, Named(code)) for code in view.sessions_waiting),
            row.Registration.confirmed_at,
        )
        for row, view in zip(rows, views, strict=True)
    )


def _credit_codes(session: Session, rows: Sequence[Any]) -> dict[UUID | None, str]:
    wanted = {row.Registration.enterprise_id for row in rows if row.Registration.enterprise_id}
    query = select(Enterprise.id, Enterprise.credit_code).where(Enterprise.id.in_(wanted))
    return {row.id: row.credit_code for row in session.execute(query) if row.credit_code}


def _session_names(session: Session, event: UUID) -> dict[str, Named]:
    query = select(EventSession.code, EventSession.name_zh, EventSession.name_en)
    rows = session.execute(query.where(EventSession.event_id == event))
    return unambiguous((code, zh, en, ()) for code, zh, en in rows)
