"""Lists of enterprises: found, narrowed, and counted at an event."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from ipweek.domain.enterprises import (
    EnterpriseFilter,
    EnterpriseLine,
    EnterpriseList,
    EnterpriseName,
)
from ipweek.domain.records import Facet
from ipweek.domain.registrations import PageKey
from ipweek.services.base import Service
from ipweek.services.quotas import Quotas
from ipweek.services.records import as_records, find
from ipweek.storage.queries import enterprises as queries
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.programme import Event, Week

PAGE = 200


class EnterpriseLists(Service):
    """Reading; the counts are of an event, where one is named."""

    def page(
        self,
        wanted: EnterpriseFilter = EnterpriseFilter(),  # noqa: B008 - frozen
        event: str | None = None,
        *,
        after: PageKey | None = None,
        limit: int = PAGE,
    ) -> EnterpriseList:
        """A window of the enterprises that pass a filter, by pinyin, behind `after`. Raises NotFoundError."""
        with self.uow.read() as session:
            held: Event | None = find(session, "event", event) if event else None
            day = day_of(session, held, self.clock())
            quotas = Quotas(session, held.id if held else None)
            conditions = _conditions(session, wanted, day, quotas)
            query = select(Enterprise).where(*conditions).order_by(Enterprise.sort_key, Enterprise.code)
            if after is not None:
                query = query.where(tuple_(Enterprise.sort_key, Enterprise.code) > tuple_(*after))
            rows = session.scalars(query.limit(limit)).all()
            total = session.scalar(select(func.count()).select_from(Enterprise).where(*conditions)) or 0
            last = rows[-1] if len(rows) == limit else None
            shown = lines(session, rows, held, day, quotas)
            return EnterpriseList(shown, total, (last.sort_key or "", last.code) if last else None)

    def facets(self, event: str | None = None) -> tuple[Facet, ...]:
        """The districts, industries, labels in force and groups that there are, and how many are over their quota."""
        with self.uow.read() as session:
            held: Event | None = find(session, "event", event) if event else None
            day = day_of(session, held, self.clock())
            found = [Facet(*row) for row in queries.facets(session, day)]
            over = len(Quotas(session, held.id).over()) if held else 0
            if over:
                found.insert(0, Facet("over_quota", "", None, None, over))
            return tuple(found)


def day_of(session: Session, event: Event | None, moment: datetime) -> date:
    """The day on which labels hold or do not: the event's, where it has one, else today."""
    if event is not None and event.start_day is not None:
        return event.start_day
    zone = session.scalar(select(Week.zone).where(Week.id == event.week_id)) if event else None
    return moment.astimezone(ZoneInfo(zone) if zone else None).date()


def lines(
    session: Session,
    rows: Sequence[Enterprise],
    event: Event | None,
    day: date,
    quotas: Quotas,
) -> tuple[EnterpriseLine, ...]:
    """Enterprises as lists show them, in their order."""
    ids = [row.id for row in rows]
    labels = queries.labels_of(session, ids, day)
    members = queries.members_of(session, ids)
    heads = {row.id: quotas.head(row.id) for row in rows}
    names = names_of(session, {row.group_id for row in rows} | set(heads.values()))
    counts = _counts(session, event, ids)
    made = []
    for row, record in zip(rows, as_records(session, "enterprise", rows), strict=True):
        here, head = counts.get(row.id), heads[row.id]
        places = quotas.of(row.id)
        made.append(
            EnterpriseLine(
                record=record,
                group=names.get(row.group_id) if row.group_id else None,
                members=members.get(row.id, 0),
                labels=tuple(labels.get(row.id, ())),
                registered=here.registered if here else 0,
                waiting=here.waiting if here else 0,
                came=here.came if here else 0,
                places=places if head == row.id else replace(places, group=names[head]),
            )
        )
    return tuple(made)


def names_of(session: Session, ids: Collection[UUID | None]) -> dict[UUID, EnterpriseName]:
    """Enterprises by their names."""
    found = queries.named(session, [one for one in ids if one is not None])
    return {one: EnterpriseName(row.code, row.name_zh, row.name_en) for one, row in found.items()}


def _counts(session: Session, event: Event | None, ids: Sequence[UUID]) -> dict[UUID, Any]:
    if event is None:
        return {}
    found: dict[UUID, Any] = {}
    for start in range(0, len(ids), PAGE):
        part = select(Enterprise.id).where(Enterprise.id.in_(ids[start : start + PAGE]))
        found |= queries.counts(session, event.id, part)
    return found


def _conditions(session: Session, wanted: EnterpriseFilter, day: date, quotas: Quotas) -> list[Any]:
    conditions: list[Any] = list(queries.matching(session, wanted, day))
    if wanted.industry is not None:
        conditions.append(queries.of_industry(find(session, "industry", wanted.industry).id))
    if wanted.group is not None:
        belonging = queries.group(find(session, "enterprise", wanted.group).id)
        conditions.append(Enterprise.id.in_(select(belonging.c.id)))
    if wanted.over_quota:
        conditions.append(Enterprise.id.in_(quotas.over()))
    return conditions
