"""The reach of a result as it leaves the services: states by the doors, people, contacts, reports received."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ipweek.domain.contacts import masked_email, masked_phone, shown_phone
from ipweek.domain.figures import Named
from ipweek.domain.reach import Contact, Delegate, Reach, ReachRow
from ipweek.domain.receipts import ReceiptLine
from ipweek.domain.words import ReachState
from ipweek.services import receipt_lines, report_figures
from ipweek.storage.queries import reach as queries
from ipweek.storage.tables.enterprises import Industry
from ipweek.storage.tables.navigation import NavigationResult, Receipt


def reach_of(session: Session, row: NavigationResult, *, unmask: bool = False) -> Reach:
    """Who heard a result, registered only, or missed it."""
    header = report_figures.header(row, session.get_one(Industry, row.industry_id))
    known = row.id in queries.known(session, [row.id])
    rows = _rows(session, row.id, unmask=unmask) if known else ()
    heard, registered_only, missed = (
        tuple(one for one in rows if one.state is state)
        for state in (ReachState.HEARD, ReachState.REGISTERED_ONLY, ReachState.MISSED)
    )
    place = report_figures.release_place(session, row.id)
    zone = queries.zone(session, row.id) or "UTC"
    return Reach(header, place, known, heard, registered_only, missed, zone)


def _rows(session: Session, result: UUID, *, unmask: bool) -> tuple[ReachRow, ...]:
    delegates = _delegates(queries.delegates(session, result))
    contacts = _contacts(
        (*queries.contacts(session, result), *queries.people(session, result)), unmask=unmask
    )
    receipts = _receipts(session, result)
    return tuple(
        ReachRow(
            Named(row.code, row.name_zh, row.name_en),
            row.district,
            row.heard or row.registered,
            row.synthetic,
            _state(row),
            delegates.get(row.enterprise_id, ()),
            contacts.get(row.enterprise_id),
            receipts.get(row.enterprise_id, ()),
            row.note,
        )
        for row in queries.reach_rows(session, result)
    )


def _state(row: Any) -> ReachState:
    if row.heard:
        return ReachState.HEARD
    return ReachState.REGISTERED_ONLY if row.registered else ReachState.MISSED


def _delegates(rows: Sequence[Any]) -> Mapping[UUID, tuple[Delegate, ...]]:
    """Each person once, also one who is registered at two events that released it."""
    found: defaultdict[UUID, dict[UUID, Delegate]] = defaultdict(dict)
    for row in rows:
        delegate = Delegate(row.name, row.title, row.status, row.on_leave, row.heard, row.at)
        found[row.enterprise_id].setdefault(row.person_id, delegate)
    return {enterprise: tuple(people.values()) for enterprise, people in found.items()}


def _contacts(rows: Iterable[Any], *, unmask: bool) -> Mapping[UUID, Contact]:
    """One of each enterprise: the first who can be called, else the first."""
    phone_text = shown_phone if unmask else masked_phone
    email_text = str if unmask else masked_email
    found: dict[UUID, Contact] = {}
    for row in rows:
        known = found.get(row.enterprise_id)
        if known is None or not (known.phone or known.email or not (row.phone or row.email)):
            phone = phone_text(row.phone) if row.phone else None
            email = email_text(row.email) if row.email else None
            found[row.enterprise_id] = Contact(row.name, phone, email)
    return found


def _receipts(session: Session, result: UUID) -> Mapping[UUID, tuple[ReceiptLine, ...]]:
    found: defaultdict[UUID, tuple[ReceiptLine, ...]] = defaultdict(tuple)
    for enterprise, line in receipt_lines.lines(session, Receipt.result_id == result):
        if enterprise is not None:
            found[enterprise] += (line,)
    return found
