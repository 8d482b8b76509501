"""Printed reports handed out (领取成果报告): to whom, how many, where and when."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.errors import AlreadyThereError, InvalidError, UsageError
from ipweek.domain.receipts import Handed, ReceiptLine
from ipweek.domain.text import clean, folded, is_formula
from ipweek.services import matching, receipt_lines
from ipweek.services.base import Service
from ipweek.services.records import add_row, find
from ipweek.services.registration_rows import resolve
from ipweek.storage.queries import reach as reach_queries
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.navigation import NavigationResult, Receipt
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event, Week

_LIMIT = 200


class Receipts(Service):
    """A report that was received is shown beside who heard the result; it never counts as hearing it."""

    def receive(self, actor: Actor, result: str, handed: Handed, *, again: bool = False) -> ReceiptLine:
        """Note that an enterprise, or somebody registered, took a report; today unless a day is named.

        Raises NotFoundError, UsageError `enterprise-or-registration`, InvalidError `report-draft`, `copies-none`,
        AlreadyThereError `report-received` for the same person, unless it is meant `again`.
        """
        if bool(handed.enterprise.strip()) == bool(handed.registration.strip()):
            raise UsageError("enterprise-or-registration")
        with self.uow.write() as session:
            row: NavigationResult = find(session, "result", result)
            session.refresh(
                row, with_for_update={"key_share": True}
            )  # another desk's receipt waits for this one
            taker = _taker(session, handed)
            if not again:
                _refuse_twice(session, row, taker)
            day = handed.on or _today(session, row, taker, self.clock())
            values = {
                "result": row.code,
                "enterprise": taker.enterprise.code if taker.enterprise else None,
                "received_by": taker.name,
                "received_on": day,
                "copies": handed.copies,
                "event": taker.event.code if taker.event else None,
            }
            made: Receipt = add_row(session, actor, self.clock(), "receipt", values)
            made.registration_id = taker.registration.id if taker.registration else None
            session.flush()
            return receipt_lines.lines(session, Receipt.id == made.id)[0][1]

    def of_result(self, code: str) -> tuple[ReceiptLine, ...]:
        """Who took a report of a result. Raises NotFoundError."""
        with self.uow.read() as session:
            held = find(session, "result", code)
            return tuple(line for _id, line in receipt_lines.lines(session, Receipt.result_id == held.id))

    def of_enterprise(self, code: str) -> tuple[ReceiptLine, ...]:
        """Which reports an enterprise took. Raises NotFoundError."""
        with self.uow.read() as session:
            held = find(session, "enterprise", code)
            return tuple(line for _id, line in receipt_lines.lines(session, Receipt.enterprise_id == held.id))


@dataclass(frozen=True, slots=True)
class _Taker:
    enterprise: Enterprise | None
    registration: Registration | None
    name: str | None
    event: Event | None


def _taker(session: Session, handed: Handed) -> _Taker:
    """Who takes it: somebody registered stands for the enterprise that he represents there."""
    event: Event | None = find(session, "event", handed.event) if handed.event.strip() else None
    name = _name(handed.received_by)
    if handed.enterprise.strip():
        enterprise = matching.enterprise_of(session, clean(handed.enterprise))
        # An archived one answers to its code only.
        return _Taker(enterprise or find(session, "enterprise", handed.enterprise), None, name, event)
    registration = resolve(session, handed.registration, handed.event.strip() or None)
    employer = session.get(Enterprise, registration.enterprise_id) if registration.enterprise_id else None
    person = session.get_one(Person, registration.person_id)
    return _Taker(
        employer, registration, name or person.name, event or session.get(Event, registration.event_id)
    )


def _name(typed: str) -> str | None:
    """Raises InvalidError `field-too-long`, `field-formula`."""
    name = clean(typed)
    if len(name) > _LIMIT:
        raise InvalidError("field-too-long", field="received_by", limit=_LIMIT, length=len(name))
    if is_formula(name):
        raise InvalidError("field-formula", field="received_by", value=name)
    return name or None


def _refuse_twice(session: Session, result: NavigationResult, taker: _Taker) -> None:
    """Raises AlreadyThereError `report-received`; two of one name are told apart by their registrations."""
    query = select(Receipt).where(Receipt.result_id == result.id).order_by(Receipt.received_on, Receipt.code)
    enterprise = taker.enterprise.id if taker.enterprise else None
    for row in session.scalars(query):
        if row.registration_id and taker.registration:
            same = row.registration_id == taker.registration.id
        else:
            same = row.enterprise_id == enterprise and folded(row.received_by or "") == folded(
                taker.name or ""
            )
        if same:
            who = row.received_by or (
                taker.enterprise and (taker.enterprise.name_zh or taker.enterprise.name_en)
            )
            raise AlreadyThereError(
                "report-received", result=result.code, name=who, day=row.received_on, copies=row.copies
            )


def _today(session: Session, result: NavigationResult, taker: _Taker, moment: datetime) -> date:
    """The day by the clock of the event, else of where the result was released."""
    week = session.get(Week, taker.event.week_id) if taker.event else None
    zone = week.zone if week else reach_queries.zone(session, result.id)
    return moment.astimezone(ZoneInfo(zone or "UTC")).date()
