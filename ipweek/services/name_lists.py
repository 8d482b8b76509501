"""The people of an event in order, for lists on paper and cards on tables."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from ipweek.domain.name_lists import Named, NameList
from ipweek.domain.programme import Party
from ipweek.domain.registrations import Order
from ipweek.domain.words import RegistrationStatus
from ipweek.services.base import Service
from ipweek.services.records import find
from ipweek.services.registration_rows import resolve
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event, Week

_SORTS: dict[Order, tuple[Any, ...]] = {
    Order.PINYIN: (),
    Order.ENTERPRISE: (Enterprise.sort_key.nulls_last(), Enterprise.code),
    Order.RANK: (Person.rank.nulls_last(),),
    Order.SEAT: (Registration.seat_key.nulls_last(),),
}


class NameLists(Service):
    """Lists of those who hold a place."""

    def people(self, event: str, order: Order = Order.RANK, refs: Sequence[str] = ()) -> NameList:
        """The registered people of an event, or those of `refs`; equals by pinyin. Raises NotFoundError."""
        with self.uow.read() as session:
            held: Event = find(session, "event", event)
            week = session.get_one(Week, held.week_id)
            query = (
                select(Registration, Person, Enterprise)
                .join(Person, Person.id == Registration.person_id)
                .outerjoin(Enterprise, Enterprise.id == Registration.enterprise_id)
                .where(Registration.event_id == held.id, Registration.status == RegistrationStatus.REGISTERED)
                .order_by(*_SORTS[order], Person.sort_key, Registration.id)
            )
            if refs:
                query = query.where(Registration.id.in_([resolve(session, ref, event).id for ref in refs]))
            people = tuple(_named(*row) for row in session.execute(query))
            return NameList(
                Party(held.code, held.name_zh, held.name_en),
                Party(week.code, week.name_zh, week.name_en),
                people,
            )


def _named(registration: Registration, person: Person, own: Enterprise | None) -> Named:
    return Named(
        registration.id,
        person.name,
        person.name_latin or "",
        Party(own.code, own.name_zh, own.name_en) if own else None,
        registration.title or person.title or "",
        registration.category,
        registration.seat or "",
        person.rank,
        person.synthetic,
    )
