"""Making one enterprise of two."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Row, Table, or_, select

from ipweek.adapters import pinyin
from ipweek.domain.ids import new_id
from ipweek.domain.merging import FIELDS, Side, chosen_value
from ipweek.domain.text import enterprise_key
from ipweek.domain.words import DuplicateKind
from ipweek.services import matching
from ipweek.services.merge_log import MergeLog
from ipweek.services.merge_people import PEOPLE
from ipweek.storage.queries.merges import references
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseAlias
from ipweek.storage.tables.people import Registration

ENTERPRISES, ALIASES = (cast("Table", table.__table__) for table in (Enterprise, EnterpriseAlias))


def merge(
    log: MergeLog, keep: Enterprise, drop: Enterprise, fields: Mapping[str, Side], moment: datetime
) -> None:
    """Let everything of one enterprise be the other's.

    The one that goes is archived with a credit code of its own; that and its names lead to the other from now on.
    """
    keep_id, drop_id = keep.id, drop.id
    for column in references(ENTERPRISES):
        log.move(column, drop_id, keep_id)
    query = select(ENTERPRISES).where(ENTERPRISES.c.id.in_((keep_id, drop_id)))
    both = {row.id: row for row in log.session.execute(query)}
    own, other = both[keep_id], both[drop_id]
    values = {
        field.name: chosen_value(field.name, getattr(own, field.name), getattr(other, field.name), fields)
        for field in FIELDS[DuplicateKind.ENTERPRISES]
    }
    name = cast("str", values["name_zh"] or values["name_en"])
    values |= {"key": enterprise_key(name), "sort_key": pinyin.sort_key(name)}
    _record(log, own, other, values, moment)
    _alias(log, own, other, values)
    _keep_findable(log, keep_id, name)


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
