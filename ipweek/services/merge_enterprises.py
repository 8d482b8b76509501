"""Making one enterprise of two."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Row, Table, and_, or_, select

from ipweek.adapters import pinyin
from ipweek.domain.duplicates import DuplicateKind
from ipweek.domain.ids import new_id
from ipweek.domain.merging import FIELDS, Side, chosen_value
from ipweek.domain.text import enterprise_key
from ipweek.services import matching
from ipweek.services.merge_log import MergeLog
from ipweek.services.merge_people import PEOPLE
from ipweek.storage.queries.merges import references
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseAlias, EnterpriseContact
from ipweek.storage.tables.people import Registration

ENTERPRISES, ALIASES, CONTACTS = (
    cast("Table", table.__table__) for table in (Enterprise, EnterpriseAlias, EnterpriseContact)
)


def merge(
    log: MergeLog, keep: Enterprise, drop: Enterprise, fields: Mapping[str, Side], moment: datetime
) -> None:
    """Let everything of one enterprise be the other's.

    The one that goes is archived with a credit code of its own; that and its names lead to the other from now on.
    """
    keep_id, drop_id = keep.id, drop.id
    _regroup(log, keep_id, drop_id)
    _one_main_contact(log, keep_id, drop_id)
    for column in references(ENTERPRISES):
        log.move(column, drop_id, keep_id)
    own, other = _both(log, keep_id, drop_id)
    values = {
        field.name: chosen_value(field.name, getattr(own, field.name), getattr(other, field.name), fields)
        for field in FIELDS[DuplicateKind.ENTERPRISES]
    }
    name = cast("str", values["name_zh"] or values["name_en"])
    english = enterprise_key(str(values["name_en"])) if values["name_en"] else None
    values |= {"key": enterprise_key(name), "key_en": english, "sort_key": pinyin.sort_key(name)}
    _record(log, own, other, values, moment)
    _alias(log, own, other, values)
    _keep_findable(log, keep_id, name)


def _both(log: MergeLog, keep: UUID, drop: UUID) -> tuple[Row[Any], Row[Any]]:
    query = select(ENTERPRISES).where(ENTERPRISES.c.id.in_((keep, drop)))
    both = {row.id: row for row in log.session.execute(query)}
    return both[keep], both[drop]


def _regroup(log: MergeLog, keep: UUID, drop: UUID) -> None:
    """The group of the one that stays; of the other where it has none, or belongs to the other's; never a circle."""
    query = select(ENTERPRISES.c.id, ENTERPRISES.c.group_id).where(ENTERPRISES.c.group_id.is_not(None))
    above = {row.id: row.group_id for row in log.session.execute(query)}
    own, other = _both(log, keep, drop)
    if drop in _heads(above, keep) or (own.group_id is None and keep not in _heads(above, drop)):
        log.change_one(ENTERPRISES, own, {"group_id": other.group_id})


def _heads(above: Mapping[UUID, UUID], at: UUID) -> list[UUID]:
    """The enterprises at the head of the groups that one belongs to, the nearest first."""
    found: list[UUID] = []
    while at in above:
        at = above[at]
        found.append(at)
    return found


def _one_main_contact(log: MergeLog, keep: UUID, drop: UUID) -> None:
    """Where both have a main contact, that of the one that stays is it."""
    mains = select(CONTACTS.c.id).where(CONTACTS.c.enterprise_id == keep, CONTACTS.c.main)
    if log.session.execute(mains).first() is not None:
        log.change(CONTACTS, and_(CONTACTS.c.enterprise_id == drop, CONTACTS.c.main), {"main": False})


def _record(log: MergeLog, own: Row[Any], other: Row[Any], values: dict[str, Any], moment: datetime) -> None:
    """A credit code that is not taken goes with the archived one, where an import finds it; none is held twice."""
    left = {own.credit_code, other.credit_code} - {values["credit_code"], None}
    log.change_one(ENTERPRISES, other, {"credit_code": None, "archived_at": moment, "merged_into": own.id})
    log.change_one(ENTERPRISES, own, values)
    if left:
        log.change(ENTERPRISES, ENTERPRISES.c.id == other.id, {"credit_code": left.pop()})


def _alias(log: MergeLog, own: Row[Any], other: Row[Any], values: Mapping[str, Any]) -> None:
    """Names that are no longer the enterprise's are its aliases."""
    known = set(log.session.scalars(select(ALIASES.c.key).where(ALIASES.c.enterprise_id == own.id)))
    known |= {enterprise_key(name) for name in (values["name_zh"], values["name_en"]) if name}
    for name in (own.name_zh, own.name_en, other.name_zh, other.name_en):
        key = enterprise_key(name) if name else ""
        if key and key not in known:
            known.add(key)
            row = {"id": new_id(), "enterprise_id": own.id, "name": name, "key": key}
            log.add(ALIASES, row)


def _keep_findable(log: MergeLog, enterprise: UUID, name: str) -> None:
    """Whoever works there or came for it answers to the name that it has now."""
    came = select(Registration.person_id).where(Registration.enterprise_id == enterprise)
    rows = log.session.execute(
        select(PEOPLE)
        .where(or_(PEOPLE.c.enterprise_id == enterprise, PEOPLE.c.id.in_(came)))
        .order_by(PEOPLE.c.id)
    )
    for row in rows.all():
        log.change_one(PEOPLE, row, {"search_key": matching.longer_key(row.search_key, name)})
