"""One enterprise with everything about it: its people at an event, quota, group, labels and contacts."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain.enterprises import EnterpriseName, EnterprisePage, GroupTotals, Quota
from ipweek.domain.errors import NotFoundError
from ipweek.domain.registrations import Registered
from ipweek.services import matching
from ipweek.services.enterprise_lists import EnterpriseLists, day_of, lines
from ipweek.services.enterprise_parts import EnterpriseParts, contacts_of, labels_of
from ipweek.services.quotas import Quotas, quota_of
from ipweek.services.records import as_record, find
from ipweek.services.registration_rows import shown
from ipweek.storage.queries import enterprises as queries
from ipweek.storage.queries import registrations
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseAlias
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event


class Enterprises(EnterpriseLists, EnterpriseParts):
    """The enterprise as the unit."""

    def show(self, code: str, event: str) -> EnterprisePage:
        """An enterprise by code, credit code, name or alias, and its delegates at an event. Raises NotFoundError."""
        with self.uow.read() as session:
            row = matching.enterprise_of(session, code)
            if row is None:
                raise NotFoundError("record-missing", kind="enterprise", code=code)
            held: Event = find(session, "event", event)
            moment = self.clock()
            page = EnterprisePage(
                enterprise=as_record(session, "enterprise", row),
                labels=labels_of(session, row.id),
                contacts=contacts_of(session, row.id),
                delegates=_delegates(session, row, held),
                as_of=moment,
                day=day_of(session, held, moment),
                places=quota_of(session, row, held.id),
                aliases=_aliases(session, row),
                above=_above(session, row),
                namesakes=tuple(map(_name, matching.namesakes(session, row))),
            )
            return _with_group(session, page, row, held)

    def quota(self, code: str, event: str) -> Quota:
        """How many come for an enterprise to an event, and how many may. Raises NotFoundError."""
        with self.uow.read() as session:
            held: Event = find(session, "event", event)
            return quota_of(session, find(session, "enterprise", code), held.id)

    def namesakes(self, code: str) -> tuple[EnterpriseName, ...]:
        """The other enterprises that go by a name of this one: a warning, for they may be one. Raises NotFoundError."""
        with self.uow.read() as session:
            return tuple(map(_name, matching.namesakes(session, find(session, "enterprise", code))))


def _name(row: Enterprise) -> EnterpriseName:
    return EnterpriseName(row.code, row.name_zh, row.name_en)


def _delegates(session: Session, enterprise: Enterprise, event: Event) -> tuple[Registered, ...]:
    rows = session.execute(
        registrations.registration_rows()
        .where(Registration.enterprise_id == enterprise.id, Registration.event_id == event.id)
        .order_by(Person.sort_key, Registration.id)
    ).all()
    return shown(session, rows)


def _aliases(session: Session, enterprise: Enterprise) -> tuple[str, ...]:
    own = EnterpriseAlias.enterprise_id == enterprise.id
    return tuple(session.scalars(select(EnterpriseAlias.name).where(own).order_by(EnterpriseAlias.id)))


def _above(session: Session, enterprise: Enterprise) -> tuple[EnterpriseName, ...]:
    found: dict[object, Enterprise] = {}
    above = enterprise.group_id
    while above is not None and above not in found:
        found[above] = session.get_one(Enterprise, above)
        above = found[above].group_id
    return tuple(map(_name, found.values()))


def _with_group(session: Session, page: EnterprisePage, head: Enterprise, event: Event) -> EnterprisePage:
    """The page with the group that the enterprise heads, if it does."""
    belonging = queries.group(head.id)
    query = (
        select(Enterprise)
        .where(
            Enterprise.id.in_(select(belonging.c.id)),
            Enterprise.id != head.id,
            Enterprise.archived_at.is_(None),
        )
        .order_by(Enterprise.sort_key, Enterprise.code)
    )
    members = session.scalars(query).all()
    if not members:
        return page
    all_of_it = lines(session, (head, *members), event, page.day, Quotas(session, event.id))
    stated = [row.quota for row in (head, *members) if row.quota is not None]
    totals = GroupTotals(
        enterprises=len(all_of_it),
        registered=sum(line.registered for line in all_of_it),
        waiting=sum(line.waiting for line in all_of_it),
        came=sum(line.came for line in all_of_it),
        quota=sum(stated) if stated else None,
    )
    return replace(page, members=all_of_it[1:], totals=totals)
