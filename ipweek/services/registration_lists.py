"""Looking registrations up: lists in any order, who is who, the waiting list, how the places stand."""

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ipweek.adapters import phones, pinyin
from ipweek.domain.actor import Actor
from ipweek.domain.errors import InvalidError
from ipweek.domain.operators import Right
from ipweek.domain.registrations import Order, PageKey, PlaceCounts, Registered, RegistrationPage
from ipweek.domain.text import clean, folded
from ipweek.domain.words import RegistrationStatus
from ipweek.services import audit, matching
from ipweek.services.base import Service
from ipweek.services.records import find
from ipweek.services.registration_rows import resolve, shown, views
from ipweek.storage.queries import registration_search
from ipweek.storage.queries import registrations as queries
from ipweek.storage.queries.registration_search import Wanted
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event

PAGE = 200
SIMILAR = 10
"""How many possible duplicates are shown at most."""
_HOMOPHONES = 200


class RegistrationLists(Service):
    """Reading; phones and e-mail addresses are masked unless asked for otherwise."""

    def page(
        self,
        event: str,
        query: str = "",
        *,
        status: RegistrationStatus | None = None,
        order: Order = Order.PINYIN,
        after: PageKey | None = None,
        limit: int = PAGE,
        exact: bool = True,
    ) -> RegistrationPage:
        """A window of an event's registrations: those that match what was typed, behind the key `after`.

        Where many match, counting them takes longer than finding the window: `count` may be asked afterwards
        of a page that need not be `exact`.
        """
        with self.uow.read() as session:
            held = find(session, "event", event)
            wanted = _wanted(held, query, status)
            found, keys, people = registration_search.search(session, wanted, order, after, limit)
            total = registration_search.FEW if found is None else found
            if found is None and exact:
                total = registration_search.count(session, wanted)
            rows = shown(session, _of_people(session, held.id, people))
            following = keys[-1] if keys and len(keys) == limit else None
            return RegistrationPage(rows, total, following, exact or found is not None)

    def count(self, event: str, query: str = "", *, status: RegistrationStatus | None = None) -> int:
        """How many of an event's registrations match what was typed."""
        with self.uow.read() as session:
            return registration_search.count(session, _wanted(find(session, "event", event), query, status))

    def similar(self, event: str, name: str, phone: str = "", enterprise: str = "") -> tuple[Registered, ...]:
        """Whom what is typed at the desk may mean, the likeliest first, at most `SIMILAR`.

        The same phone; the same name; a name that sounds the same in the same enterprise. A phone that is not
        finished yet finds nobody.
        """
        number, typed = "", clean(name)
        with suppress(InvalidError):
            number = phones.normalise(phone) if phone.strip() else ""
        reading = pinyin.sort_key(typed).removesuffix(typed).lstrip() if typed else ""
        with self.uow.read() as session:
            held = find(session, "event", event)
            employer = matching.enterprise_of(session, clean(enterprise))
            people = registration_search.alike(
                session, Wanted(held.id, held.week_id), number, reading, _HOMOPHONES
            )
            rows = _of_people(session, held.id, people)
            ranked = [(_likeness(row, number, folded(typed), employer), row) for row in rows]
            ranked = [pair for pair in ranked if pair[0]]
            ranked.sort(key=lambda pair: (-pair[0], pair[1].Person.sort_key))
            return shown(session, [row for _points, row in ranked[:SIMILAR]])

    def all(self, actor: Actor, event: str, *, unmask: bool = False) -> tuple[Registered, ...]:
        """Every registration of an event; unmasking phones and e-mail addresses is audited."""
        if unmask:
            self.rights.require(actor, Right.UNMASK)
        with self.uow.write() if unmask else self.uow.read() as session:
            held = find(session, "event", event)
            if unmask:
                audit.record(session, actor, self.clock(), "unmask", "event", held.id)
            wanted = queries.registration_rows().where(Registration.event_id == held.id)
            rows = session.execute(wanted.order_by(Person.sort_key, Person.id)).all()
            return shown(session, rows, unmask=unmask)

    def show(self, ref: str, event: str | None = None) -> Registered:
        """One registration by id, badge number or scanned code. Raises NotFoundError."""
        with self.uow.read() as session:
            return views(session, [resolve(session, ref, event).id])[0]

    def waiting_list(self, event: str) -> tuple[Registered, ...]:
        """The waiting, first in line first."""
        with self.uow.read() as session:
            held = find(session, "event", event)
            wanted = (
                queries.registration_rows()
                .where(Registration.event_id == held.id, Registration.status == RegistrationStatus.WAITING)
                .order_by(Registration.registered_at, Registration.id)
            )
            return shown(session, session.execute(wanted).all())

    def counts(self, event: str) -> PlaceCounts:
        """How the places of an event stand."""
        with self.uow.read() as session:
            held = find(session, "event", event)
            query = (
                select(Registration.status, func.count())
                .where(Registration.event_id == held.id)
                .group_by(Registration.status)
            )
            found = {row[0]: row[1] for row in session.execute(query)}
            return PlaceCounts(
                found.get(RegistrationStatus.REGISTERED, 0),
                found.get(RegistrationStatus.WAITING, 0),
                found.get(RegistrationStatus.CANCELLED, 0),
                held.capacity,
                found.get(RegistrationStatus.BLOCKED, 0),
            )


def _wanted(event: Event, query: str, status: RegistrationStatus | None) -> Wanted:
    return Wanted(event.id, event.week_id, tuple(clean(query).lower().split()), status)


def _of_people(session: Session, event: UUID, people: Sequence[UUID]) -> list[queries.FoundRow]:
    """The registrations of these people at an event, in the order of the people."""
    if not people:
        return []
    place = {person: number for number, person in enumerate(people)}
    query = queries.registration_rows().where(
        Registration.event_id == event, Registration.person_id.in_(people)
    )
    return sorted(session.execute(query), key=lambda row: place[row.Person.id])


def _likeness(row: queries.FoundRow, phone: str, name: str, employer: Enterprise | None) -> int:
    """How likely a row is meant whose phone is the same or whose name sounds the same; 0 is not at all."""
    same_phone = bool(phone) and row.Person.phone == phone
    same_enterprise = employer is not None and row.Registration.enterprise_id == employer.id
    return 4 * same_phone + 2 * (folded(row.Person.name) == name) + same_enterprise
