"""The lists behind a summary's figures, from one picture of the database, as the figures are."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.contacts import masked_name
from ipweek.domain.figures import Named
from ipweek.domain.operators import Right
from ipweek.domain.reach import FOLLOWED_UP, ReachRow
from ipweek.domain.report_lists import (
    EventLists,
    ListedEnterprise,
    ListedPerson,
    Lists,
    PersonName,
    ResultList,
    SessionList,
    UnreachedEnterprise,
)
from ipweek.domain.reports import Summary
from ipweek.services import audit, report_figures
from ipweek.services.base import Service
from ipweek.services.reach import reach_of
from ipweek.services.records import find
from ipweek.services.report_counts import cutoffs
from ipweek.services.reports import checked_event, checked_week, events_of
from ipweek.storage.queries import report_lists as queries
from ipweek.storage.tables.navigation import NavigationResult
from ipweek.storage.tables.programme import Event, Week


class ReportLists(Service):
    """Who is counted at an event or in a week; `kind` is `event` or `week`."""

    def lists(self, kind: str, code: str) -> Lists:
        """Names and phones masked. Raises NotFoundError."""
        with self.uow.read() as session:
            return lists_of(session, find(session, kind, code))

    def report(self, kind: str, code: str, *, pictures: bool = False) -> tuple[Summary, Lists]:
        """All figures with the lists behind them, of one moment. Raises NotFoundError."""
        with self.uow.read() as session:
            return self._report(session, find(session, kind, code), unmask=False, pictures=pictures)

    def unmasked_report(
        self, actor: Actor, kind: str, code: str, *, pictures: bool = False
    ) -> tuple[Summary, Lists]:
        """The same with whole names, which is audited."""
        self.rights.require(actor, Right.UNMASK)
        with self.uow.write() as session:
            row: Event | Week = find(session, kind, code)
            audit.record(session, actor, self.clock(), "unmask", kind, row.id)
            return self._report(session, row, unmask=True, pictures=pictures)

    def _report(
        self, session: Session, place: Event | Week, *, unmask: bool, pictures: bool
    ) -> tuple[Summary, Lists]:
        moment = self.clock()
        summary = (
            checked_week(session, place, moment, pictures=pictures)
            if isinstance(place, Week)
            else checked_event(session, place, moment, pictures=pictures)
        )
        return summary, lists_of(session, place, unmask=unmask)

    def unmasked_lists(self, actor: Actor, kind: str, code: str) -> Lists:
        """The same whole, which is audited."""
        self.rights.require(actor, Right.UNMASK)
        with self.uow.write() as session:
            row: Event | Week = find(session, kind, code)
            audit.record(session, actor, self.clock(), "unmask", kind, row.id)
            return lists_of(session, row, unmask=True)


def lists_of(session: Session, place: Event | Week, *, unmask: bool = False) -> Lists:
    """The lists of an event, or of a week with all its events."""
    if isinstance(place, Week):
        week, events = place, events_of(session, place.id)
    else:
        week, events = session.get_one(Week, place.week_id), [place]
    ids = [event.id for event in events]
    found = _Found(session, events, week.zone, unmask=unmask)
    return Lists(
        week.zone,
        not unmask,
        tuple(found.lists(event) for event in events),
        tuple(
            made
            for result in queries.results(session, ids)
            if (made := _result(session, result, unmask=unmask)) is not None
        ),
    )


class _Found:
    """What is read of some events at once, given out by event."""

    def __init__(self, session: Session, events: Sequence[Event], zone: str, *, unmask: bool) -> None:
        ids = [event.id for event in events]
        self._enterprises = {row.code: row for row in queries.enterprises(session, ids)}
        self._names = {key: _named(row) for key, row in self._enterprises.items()}
        self._rows: defaultdict[str, list[Any]] = defaultdict(list)
        self._people: dict[UUID, ListedPerson] = {}
        for row in queries.people(session, ids, *cutoffs(session, events, zone)):
            self._rows[row.event].append(row)
            self._people[row.id] = self._person(row, unmask=unmask)
        self._entries: defaultdict[str, dict[Named, dict[UUID, Any]]] = defaultdict(dict)
        for row in queries.entries(session, ids):
            went_in = self._entries[row.event].setdefault(_named(row), {})
            if row.registration_id is not None:
                went_in[row.registration_id] = row.first_in

    def lists(self, event: Event) -> EventLists:
        """Those of one event."""
        rows = self._rows[event.code]
        people = {
            name: tuple(self._people[row.id] for row in rows if getattr(row, name)) for name in queries.LISTS
        }
        return EventLists(
            report_figures.named(event),
            event.end_day is not None and event.end_day != event.start_day,
            **people,
            enterprises=self._counted(rows),
            sessions=tuple(
                SessionList(held, self._went_in(rows, entries))
                for held, entries in self._entries[event.code].items()
            ),
        )

    def _person(self, row: Any, *, unmask: bool) -> ListedPerson:
        return ListedPerson(
            _name(row.name, row.name_latin, unmask=unmask),
            self._names.get(row.enterprise),
            row.title,
            row.category,
            row.first_in,
            row.marked,
            row.late,
            None if row.replaced is None else _name(row.replaced, row.replaced_latin, unmask=unmask),
        )

    def _counted(self, rows: Sequence[Any]) -> tuple[ListedEnterprise, ...]:
        registered = Counter(row.enterprise for row in rows if row.counts)
        attended = Counter(row.enterprise for row in rows if row.attended)
        return tuple(
            ListedEnterprise(self._names[key], one.district, registered[key], attended[key])
            for key, one in self._enterprises.items()
            if registered[key] or attended[key]
        )

    def _went_in(
        self, rows: Sequence[Any], entries: Mapping[UUID, Any]
    ) -> tuple[tuple[ListedPerson, Any], ...]:
        return tuple((self._people[row.id], entries[row.id]) for row in rows if row.id in entries)


def _named(row: Any) -> Named:
    return Named(row.code, row.name_zh, row.name_en)


def _name(name: str, latin: str | None, *, unmask: bool) -> PersonName:
    if unmask:
        return PersonName(name, latin or "")
    return PersonName(masked_name(name), masked_name(latin or ""))


def _result(session: Session, row: NavigationResult, *, unmask: bool) -> ResultList | None:
    """Who did not hear a result; None where nobody knows who did."""
    reach = reach_of(session, row, unmask=unmask)
    if not reach.known:
        return None
    return ResultList(
        reach.result.result, tuple(_unreached(one, unmask=unmask) for one in reach.rows(FOLLOWED_UP))
    )


def _unreached(row: ReachRow, *, unmask: bool) -> UnreachedEnterprise:
    contact = row.contact
    if contact is not None and contact.name is not None and not unmask:
        contact = replace(contact, name=masked_name(contact.name))
    return UnreachedEnterprise(row.enterprise, row.district, row.state, contact)
