"""Demands as lists and figures have them: found, ordered by what is urgent, counted."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from ipweek.domain.exchange import (
    OPEN,
    ActionLine,
    Board,
    DemandCounts,
    DemandFilter,
    OverdueAction,
    counted,
    unexposed,
)
from ipweek.domain.records import Record
from ipweek.domain.text import folded
from ipweek.domain.words import DemandStatus, Priority
from ipweek.services.records import as_records, find
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.exchange import Demand, DemandAction
from ipweek.storage.tables.programme import Event

_URGENT = tuple(reversed(Priority))
_STATUSES = tuple(DemandStatus)


@dataclass(frozen=True, slots=True)
class _Found:
    """A demand with its enterprise and what is still to do about it."""

    row: Demand
    enterprise: Enterprise
    to_do: int
    due_on: date | None
    overdue: int

    def told(self, record: Record) -> Record:
        """The record with what lists tell beside its fields."""
        more = {
            "enterprise_zh": self.enterprise.name_zh,
            "enterprise_en": self.enterprise.name_en,
            "to_do": self.to_do,
            "due_on": self.due_on,
            "overdue": self.overdue,
        }
        return replace(record, values=MappingProxyType({**record.values, **more}))

    def holds(self, words: Sequence[str]) -> bool:
        """Whether each word stands somewhere in the demand."""
        row, enterprise = self.row, self.enterprise
        parts = (row.code, row.contact, row.text, row.provider, row.outcome, row.note, *_names(enterprise))
        text = "\n".join(folded(part) for part in parts if part)
        return all(word in text for word in words)

    @property
    def order(self) -> tuple[Any, ...]:
        """The order of the work; of one status the late first, then the urgent, then the first that came."""
        row = self.row
        return (
            _STATUSES.index(row.status),
            not self.overdue,
            _URGENT.index(row.priority),
            row.raised_on or date.max,
            len(row.code),
            row.code,
        )


def _names(enterprise: Enterprise) -> tuple[str | None, ...]:
    return enterprise.name_zh, enterprise.name_en, enterprise.short_name


def place(session: Session, wanted: DemandFilter) -> list[ColumnElement[bool]]:
    """The conditions by which a demand belongs to the week, event or session. Raises NotFoundError."""
    conditions: list[ColumnElement[bool]] = [Demand.archived_at.is_(None)]
    if wanted.week is not None:
        events = select(Event.id).where(Event.week_id == find(session, "week", wanted.week).id)
        conditions.append(Demand.event_id.in_(events))
    if wanted.event is not None:
        conditions.append(Demand.event_id == find(session, "event", wanted.event).id)
    if wanted.session is not None:
        conditions.append(Demand.session_id == find(session, "session", wanted.session).id)
    return conditions


def board(session: Session, wanted: DemandFilter, on: date, window: slice, *, whole: bool = False) -> Board:
    """The demands found, as `unexposed` has them unless `whole`, and the counts of the whole place."""
    here = _here(session, place(session, wanted), on)
    words = [folded(word) for word in wanted.text.split()]
    found = [
        one
        for one in here
        if wanted.status in (None, one.row.status)
        and (one.overdue or not wanted.overdue)
        and one.holds(words)
    ]
    found.sort(key=lambda one: one.order)
    counts = counted((one.row.category, one.row.status, 1, int(one.overdue > 0)) for one in here)
    return Board(tuple(_records(session, found[window], whole=whole)), len(found), counts)


def record_of(session: Session, row: Demand, on: date) -> Record:
    """One demand with what boards tell of it, whole."""
    ((found),) = _here(session, [Demand.id == row.id], on)
    return found.told(as_records(session, "demand", [row])[0])


def _records(session: Session, found: Sequence[_Found], *, whole: bool) -> Iterator[Record]:
    records = as_records(session, "demand", [one.row for one in found])
    for one, record in zip(found, records, strict=True):
        told = one.told(record)
        yield told if whole else unexposed(told)


def _here(session: Session, conditions: Sequence[ColumnElement[bool]], on: date) -> list[_Found]:
    to_do = (
        select(
            DemandAction.demand_id,
            func.count().label("to_do"),
            func.min(DemandAction.due_on).label("due_on"),
            func.count(case((late(on), 1))).label("late"),
        )
        .where(DemandAction.done_on.is_(None))
        .group_by(DemandAction.demand_id)
        .subquery("to_do")
    )
    query = (
        select(Demand, Enterprise, to_do.c.to_do, to_do.c.due_on, to_do.c.late)
        .join(Enterprise, Enterprise.id == Demand.enterprise_id)
        .outerjoin(to_do, to_do.c.demand_id == Demand.id)
        .where(*conditions)
    )
    return [
        _Found(row, enterprise, n or 0, due_on, late or 0 if row.status in OPEN else 0)
        for row, enterprise, n, due_on, late in session.execute(query)
    ]


def overdue(session: Session, wanted: DemandFilter, on: date) -> tuple[OverdueAction, ...]:
    """The actions of open demands that should have been done before a day, the longest overdue first."""
    query = (
        select(DemandAction, Demand, Enterprise, Event.code)
        .join(Demand, Demand.id == DemandAction.demand_id)
        .join(Enterprise, Enterprise.id == Demand.enterprise_id)
        .outerjoin(Event, Event.id == Demand.event_id)
        .where(*place(session, wanted), Demand.status.in_(OPEN), late(on))
        .order_by(DemandAction.due_on, func.length(Demand.code), Demand.code, DemandAction.code)
    )
    return tuple(
        OverdueAction(
            action_line(action, row.status, on),
            (on - action.due_on).days,
            row.code,
            event,
            enterprise.name_zh,
            enterprise.name_en,
            row.category,
            row.status,
        )
        for action, row, enterprise, event in session.execute(query)
        if action.due_on is not None
    )


def late(on: date) -> ColumnElement[bool]:
    """Whether an action should have been done before a day."""
    return and_(DemandAction.done_on.is_(None), DemandAction.due_on < on)


def action_line(action: DemandAction, status: DemandStatus, on: date) -> ActionLine:
    """An action as it is told; only what an open demand waits for is overdue."""
    waits = status in OPEN and action.done_on is None and action.due_on is not None
    return ActionLine(
        action.code,
        action.text,
        action.owner,
        action.due_on,
        action.done_on,
        action.evidence,
        bool(waits and action.due_on and action.due_on < on),
    )


def _of_events(events: Collection[UUID]) -> tuple[ColumnElement[bool], ...]:
    return Demand.event_id.in_(events), Demand.archived_at.is_(None)


def of_events(
    session: Session, events: Collection[UUID], on: date, *, whole: bool = False
) -> tuple[Record, ...]:
    """The demands that `counts` counts, as boards have them, by code."""
    found = _here(session, _of_events(events), on)
    found.sort(key=lambda one: (len(one.row.code), one.row.code))
    return tuple(_records(session, found, whole=whole))


def counts(session: Session, events: Collection[UUID], on: date) -> Mapping[UUID, DemandCounts]:
    """The demands of each event in figures, by one statement."""
    waits = select(DemandAction.id).where(DemandAction.demand_id == Demand.id, late(on)).exists()
    behind = case((and_(Demand.status.in_(OPEN), waits), 1), else_=0).label("behind")
    here = (
        select(Demand.event_id, Demand.category, Demand.status, behind)
        .where(*_of_events(events))
        .subquery("here")
    )
    group = (here.c.event_id, here.c.category, here.c.status)
    groups = defaultdict(list)
    for event, *found in session.execute(
        select(*group, func.count(), func.sum(here.c.behind)).group_by(*group)
    ):
        groups[event].append(tuple(found))
    return {event: counted(found) for event, found in groups.items()}
