"""People and enterprises as the search for duplicates compares them, and pairs as it shows them."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import Session

from ipweek.domain.contacts import masked_phone
from ipweek.domain.duplicates import DuplicateKind, EnterpriseFacts, PersonFacts, Suspect, name_core
from ipweek.domain.text import enterprise_key
from ipweek.services.import_lookups import batched_unique
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseAlias
from ipweek.storage.tables.merges import DistinctPair
from ipweek.storage.tables.people import Person


def _people() -> Select[*tuple[Any, ...]]:
    return (
        select(Person.id, Person.name, Person.sort_key, Person.phone, Person.email, Enterprise.key)
        .outerjoin(Enterprise, Enterprise.id == Person.enterprise_id)
        .where(Person.archived_at.is_(None))
    )


def people(session: Session) -> list[PersonFacts]:
    """Everybody who is not archived."""
    return [_person(row) for row in session.execute(_people())]


def person(session: Session, identity: UUID) -> PersonFacts:
    """One of them. Raises NoResultFound."""
    return _person(session.execute(_people().where(Person.id == identity)).one())


def people_like(session: Session, one: PersonFacts) -> list[PersonFacts]:
    """Those whom one person may be: of his phone, his address, or his enterprise."""
    rules: list[Any] = [Person.phone == one.phone] if one.phone else []
    if one.email:
        rules.append(func.lower(Person.email) == one.email.lower())
    if one.firm:
        rules.append(Enterprise.key == one.firm)
    query = _people().where(or_(false(), *rules), Person.id != one.id)
    return [_person(row) for row in session.execute(query)] if rules else []


def _person(row: Any) -> PersonFacts:
    return PersonFacts(row.id, row.name, row.sort_key.removesuffix(row.name), row.phone, row.email, row.key)


def enterprises(session: Session) -> list[EnterpriseFacts]:
    """Every enterprise that is not archived."""
    aliases: dict[UUID, set[str]] = {}
    for owner, key in session.execute(select(EnterpriseAlias.enterprise_id, EnterpriseAlias.key)):
        aliases.setdefault(owner, set()).add(key)
    query = select(
        Enterprise.id,
        Enterprise.name_zh,
        Enterprise.name_en,
        Enterprise.key,
        Enterprise.credit_code,
        Enterprise.district,
    ).where(Enterprise.archived_at.is_(None))
    return [
        EnterpriseFacts(
            row.id,
            name_core(row.name_zh or row.name_en),
            frozenset(
                (row.key, *([enterprise_key(row.name_en)] if row.name_en else ()), *aliases.get(row.id, ()))
            ),
            row.credit_code,
            row.district,
        )
        for row in session.execute(query.order_by(Enterprise.id))
    ]


def distinct(session: Session, kind: DuplicateKind) -> set[tuple[UUID, UUID]]:
    """The pairs that were found to be two."""
    query = select(DistinctPair.first_id, DistinctPair.second_id).where(DistinctPair.kind == kind)
    return {(first, second) for first, second in session.execute(query)}


def suspects(session: Session, kind: DuplicateKind, ids: Iterable[UUID]) -> dict[UUID, Suspect]:
    """Those of these ids as a list shows them."""
    found: dict[UUID, Suspect] = {}
    shown = _shown_people if kind is DuplicateKind.PEOPLE else _shown_enterprises
    for chunk in batched_unique(ids):
        found |= {each.id: each for each in shown(session, chunk)}
    return found


def _shown_people(session: Session, ids: Sequence[UUID]) -> Iterable[Suspect]:
    name = func.coalesce(Enterprise.name_zh, Enterprise.name_en).label("firm")
    query = select(Person, name).outerjoin(Enterprise, Enterprise.id == Person.enterprise_id)
    for row in session.execute(query.where(Person.id.in_(ids))):
        phone = masked_phone(row.Person.phone) if row.Person.phone else None
        yield Suspect(row.Person.id, str(row.Person.id), row.Person.name, row.firm or "", phone)


def _shown_enterprises(session: Session, ids: Sequence[UUID]) -> Iterable[Suspect]:
    for row in session.scalars(select(Enterprise).where(Enterprise.id.in_(ids))):
        detail = row.credit_code or row.district or ""
        yield Suspect(row.id, row.code, row.name_zh or row.name_en or "", detail)
