"""What enterprises ask for: taken down at the table, answered, followed up, closed with a result."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.contacts import shown_phone
from ipweek.domain.errors import AlreadyThereError, InvalidError
from ipweek.domain.exchange import Board, DemandFilter, DemandPage, NewDemand, OverdueAction
from ipweek.domain.operators import Right
from ipweek.domain.records import Record
from ipweek.domain.text import clean, folded
from ipweek.domain.words import DemandStatus, RegistrationStatus
from ipweek.services import audit, demand_board, matching
from ipweek.services.base import Service
from ipweek.services.demand_page import page_of
from ipweek.services.demand_rules import today
from ipweek.services.records import add_row, as_record, edit_row, find
from ipweek.storage.tables.checkin import Admission
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.exchange import Demand, DemandAction
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event, EventSession

PAGE = 200
_TRIES = 5


class Exchange(Service):
    """The demands of a week: a list is as `domain.exchange.unexposed` has it, a page is whole."""

    def board(
        self,
        wanted: DemandFilter = DemandFilter(),  # noqa: B008 - frozen
        *,
        on: date | None = None,
        offset: int = 0,
        limit: int = PAGE,
    ) -> Board:
        """The demands that are wanted, by status and urgency as of a day. Raises NotFoundError for the place."""
        with self.uow.read() as session:
            day = on or self._today(session, wanted)
            return demand_board.board(session, wanted, day, slice(offset, offset + limit))

    def demand(self, code: str, on: date | None = None) -> DemandPage:
        """All that is known of a demand, whole. Raises NotFoundError."""
        with self.uow.read() as session:
            row: Demand = find(session, "demand", code)
            return page_of(session, row, on or today(session, row.event_id, self.clock()))

    def unmask(self, actor: Actor, codes: tuple[str, ...]) -> tuple[Record, ...]:
        """Demands as they were taken down, confidential texts and phone numbers too; this is audited."""
        moment = self.clock()
        self.rights.require(actor, Right.UNMASK)
        with self.uow.write() as session:
            found = []
            for code in codes:
                row: Demand = find(session, "demand", code)
                audit.record(session, actor, moment, "unmask", "demand", row.id)
                record = demand_board.record_of(session, row, today(session, row.event_id, moment))
                phone = {"phone": shown_phone(row.phone)} if row.phone else {}
                found.append(replace(record, values=MappingProxyType({**record.values, **phone})))
            return tuple(found)

    def raise_(self, actor: Actor, new: NewDemand) -> DemandPage:
        """Take a demand down; the enterprise is added by its name where there is none yet.

        Raises InvalidError `field-required`, `phone-…`, `session-of-other-event`, NotFoundError for the place.
        """
        for _attempt in range(_TRIES):
            try:
                return self._raise(actor, new)
            except AlreadyThereError as error:
                if error.code != "code-taken":
                    raise
        return self._raise(actor, new)

    def _raise(self, actor: Actor, new: NewDemand) -> DemandPage:
        """Two tables may take the same number at once: the later one takes the next."""
        moment = self.clock()
        with self.uow.write() as session:
            event = _event(session, new)
            enterprise = matching.enterprise_or_new(session, clean(new.enterprise))
            if enterprise is None:
                raise InvalidError("field-required", field="enterprise")
            contact, phone = _contact(session, event, enterprise, new)
            values = {
                "event": event.code if event else None,
                "session": new.session,
                "enterprise": enterprise.code,
                "contact": contact,
                "phone": phone,
                "category": new.category,
                "text": clean(new.text, lines=True),
                "confidentiality": new.confidentiality,
                "raised_on": today(session, event.id if event else None, moment),
            }
            row = add_row(session, actor, moment, "demand", values)
            return page_of(session, row, today(session, row.event_id, moment))

    def move(
        self,
        actor: Actor,
        code: str,
        status: DemandStatus,
        *,
        outcome: str = "",
        provider: str = "",
        satisfaction: int | None = None,
    ) -> DemandPage:
        """Take a demand to another status, with what it needs; a closed or declined one is reopened as accepted.

        Raises NotFoundError, AlreadyThereError `demand-is-so`, and as `demand_rules.check`.
        """
        moment = self.clock()
        values: dict[str, Any] = {"status": status}
        values |= {"outcome": clean(outcome, lines=True)} if outcome.strip() else {}
        values |= {"provider": clean(provider)} if provider.strip() else {}
        values |= {"satisfaction": satisfaction} if satisfaction is not None else {}
        with self.uow.write() as session:
            row: Demand = find(session, "demand", code)
            if row.status is status:
                raise AlreadyThereError("demand-is-so", code=row.code, status=status)
            edit_row(session, actor, moment, "demand", row.code, values)
            return page_of(session, row, today(session, row.event_id, moment))

    def answer(self, actor: Actor, code: str, kind: str, answer: str) -> Record:
        """Note what may answer a demand: the code of a result, case or speaker, or a provider's name."""
        values = {"demand": code, kind: answer}
        return self._add(actor, "demand_answer", values)

    def act(
        self, actor: Actor, code: str, text: str, *, owner: str = "", due_on: date | None = None
    ) -> Record:
        """Note what is to be done about a demand, by whom and until when."""
        values = {
            "demand": code,
            "text": clean(text, lines=True),
            "owner": clean(owner) or None,
            "due_on": due_on,
        }
        return self._add(actor, "demand_action", values)

    def _add(self, actor: Actor, kind: str, values: Mapping[str, Any]) -> Record:
        with self.uow.write() as session:
            return as_record(session, kind, add_row(session, actor, self.clock(), kind, values))

    def done(self, actor: Actor, code: str, evidence: str = "", done_on: date | None = None) -> Record:
        """Mark an action as done, today unless another day is named.

        Raises NotFoundError, AlreadyThereError `action-done`.
        """
        moment = self.clock()
        with self.uow.write() as session:
            row: DemandAction = find(session, "demand_action", code)
            if row.done_on is not None:
                raise AlreadyThereError("action-done", code=row.code, day=row.done_on)
            event = session.get_one(Demand, row.demand_id).event_id
            values: dict[str, Any] = {"done_on": done_on or today(session, event, moment)}
            values |= {"evidence": clean(evidence)} if evidence.strip() else {}
            return edit_row(session, actor, moment, "demand_action", row.code, values)

    def overdue(
        self,
        wanted: DemandFilter = DemandFilter(),  # noqa: B008 - frozen
        on: date | None = None,
    ) -> tuple[OverdueAction, ...]:
        """What should have been done about open demands before a day, today unless another is named."""
        with self.uow.read() as session:
            return demand_board.overdue(session, wanted, on or self._today(session, wanted))

    def _today(self, session: Session, wanted: DemandFilter) -> date:
        event = wanted.event
        if event is None and wanted.session is not None:
            held: EventSession = find(session, "session", wanted.session)
            return today(session, held.event_id, self.clock())
        if event is not None:
            return today(session, find(session, "event", event).id, self.clock())
        if wanted.week is not None:
            week = find(session, "week", wanted.week)
            first = session.scalar(select(Event.id).where(Event.week_id == week.id).limit(1))
            return today(session, first, self.clock())
        return today(session, None, self.clock())


def _event(session: Session, new: NewDemand) -> Event | None:
    if new.event:
        named: Event = find(session, "event", new.event)
        return named
    if new.session:
        return session.get_one(Event, find(session, "session", new.session).event_id)
    return None


def _contact(
    session: Session, event: Event | None, enterprise: Enterprise, new: NewDemand
) -> tuple[str | None, str | None]:
    """Whom to call: as typed, with the number that a delegate of this name left; else the delegate who can be meant."""
    typed, phone = clean(new.contact), clean(new.phone)
    delegates = _delegates(session, event, enterprise) if event else []
    if typed:
        named = [person for person, _there in delegates if folded(person.name) == folded(typed)]
    else:
        there = [person for person, is_there in delegates if is_there]
        named = there or [person for person, _there in delegates]
    one = named[0] if len(named) == 1 else None
    return typed or (one.name if one else None), phone or (one.phone if one else None)


def _delegates(session: Session, event: Event, enterprise: Enterprise) -> list[tuple[Person, bool]]:
    """Who is registered for the enterprise, and whether he came."""
    came = (
        select(Admission.registration_id)
        .where(Admission.registration_id == Registration.id, Admission.entries > 0)
        .exists()
    )
    query = (
        select(Person, came)
        .join(Registration, Registration.person_id == Person.id)
        .where(
            Registration.event_id == event.id,
            Registration.enterprise_id == enterprise.id,
            Registration.status == RegistrationStatus.REGISTERED,
        )
    )
    return [(person, bool(there)) for person, there in session.execute(query)]
