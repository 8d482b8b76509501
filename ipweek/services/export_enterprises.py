"""Enterprises as an export has them: with their aliases, industries, labels and contacts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, select, tuple_
from sqlalchemy.orm import Session

from ipweek.domain.contacts import masked_email, masked_phone, shown_phone
from ipweek.domain.exports import ContactRow, EnterpriseRow, GroupRow
from ipweek.domain.figures import Named
from ipweek.domain.import_contacts import ContactDraft
from ipweek.domain.import_labels import LabelDraft
from ipweek.services.export_names import unambiguous
from ipweek.services.import_lookups import EnterpriseIndex
from ipweek.storage.tables.enterprises import (
    Enterprise,
    EnterpriseAlias,
    EnterpriseContact,
    EnterpriseIndustry,
    EnterpriseLabel,
    Industry,
)
from ipweek.storage.tables.people import Registration


def pages(
    session: Session, event: UUID | None, size: int, *, unmask: bool
) -> Iterator[tuple[EnterpriseRow, ...]]:
    """All that are not archived, or all with a registration at an event, in the order of pinyin."""
    key = (func.coalesce(Enterprise.sort_key, ""), Enterprise.code)
    here = select(Registration.enterprise_id).where(Registration.event_id == event)
    meant = Enterprise.archived_at.is_(None) if event is None else Enterprise.id.in_(here)
    wanted = select(Enterprise).where(meant).order_by(*key).limit(size)
    named, heads = _industry_names(session), _heads(session)
    after: tuple[str, str] | None = None
    while True:
        query = wanted if after is None else wanted.where(tuple_(*key) > tuple_(*map(literal, after)))
        rows = session.scalars(query).all()
        if not rows:
            return
        after = rows[-1].sort_key or "", rows[-1].code
        yield _made(session, rows, named, heads, unmask=unmask)
        session.expunge_all()


def _industry_names(session: Session) -> dict[str, Named]:
    rows = session.execute(select(Industry.code, Industry.name_zh, Industry.name_en, Industry.aliases))
    return unambiguous((code, zh, en, aliases) for code, zh, en, aliases in rows)


def _heads(session: Session) -> dict[UUID, GroupRow]:
    """Who stands at the head of a group; by its name where that leads an import back to it."""
    columns = (Enterprise.id, Enterprise.code, Enterprise.name_zh, Enterprise.name_en, Enterprise.credit_code)
    in_groups = select(Enterprise.group_id).where(Enterprise.group_id.is_not(None))
    rows = session.execute(select(*columns).where(Enterprise.id.in_(in_groups))).all()
    index = EnterpriseIndex(session) if rows else None
    heads: dict[UUID, GroupRow] = {}
    for row in rows:
        name = row.name_zh or row.name_en or row.code
        found = index.find(name, None) if index else None
        word = name if found is not None and found.id == row.id else row.credit_code or row.code
        heads[row.id] = GroupRow(row.code, word)
    return heads


def _made(
    session: Session,
    rows: Sequence[Enterprise],
    named: Mapping[str, Named],
    heads: Mapping[UUID, GroupRow],
    *,
    unmask: bool,
) -> tuple[EnterpriseRow, ...]:
    ids = [row.id for row in rows]
    aliases = _of(session, EnterpriseAlias, ids)
    labels = _of(session, EnterpriseLabel, ids)
    contacts = _of(session, EnterpriseContact, ids)
    industries: defaultdict[UUID, list[Named]] = defaultdict(list)
    query = (
        select(EnterpriseIndustry.enterprise_id, Industry.code)
        .join(Industry, Industry.id == EnterpriseIndustry.industry_id)
        .where(EnterpriseIndustry.enterprise_id.in_(ids))
        .order_by(Industry.code)
    )
    for enterprise, code in session.execute(query):
        industries[enterprise].append(named[code])
    return tuple(
        EnterpriseRow(
            Named(row.code, row.name_zh, row.name_en),
            row.short_name,
            tuple(sorted(alias.name for alias in aliases[row.id])),
            row.credit_code,
            row.district,
            tuple(industries[row.id]),
            tuple(
                LabelDraft(label.label, label.certificate, label.valid_from, label.valid_to)
                for label in labels[row.id]
            ),
            heads[row.group_id] if row.group_id else None,
            tuple(
                _contact(contact, unmask=unmask)
                for contact in sorted(contacts[row.id], key=lambda contact: not contact.main)
            ),
            row.quota,
            row.note,
            row.archived_at is not None,
        )
        for row in rows
    )


def _contact(row: EnterpriseContact, *, unmask: bool) -> ContactRow:
    phone, email = row.phone, row.email
    if phone:
        phone = shown_phone(phone) if unmask else masked_phone(phone)
    if email and not unmask:
        email = masked_email(email)
    return ContactRow(ContactDraft(row.name, phone, email, row.role), row.main)


def _of(session: Session, table: Any, enterprises: Sequence[UUID]) -> defaultdict[UUID, list[Any]]:
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in session.scalars(select(table).where(table.enterprise_id.in_(enterprises)).order_by(table.id)):
        found[row.enterprise_id].append(row)
    return found
