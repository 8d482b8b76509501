"""Finding an event's registrations by what is typed: how many there are, and a window of them in any order.

One walk by pinyin, which ends where enough are met, tells whether few or many answer: few are sorted as wanted,
many are walked along an index. Their number is another question, so that nobody waits for it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select, true, tuple_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import Join

from ipweek.domain.registrations import Order, PageKey
from ipweek.domain.words import RegistrationStatus
from ipweek.storage.queries.merges import holder_of_badge
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Person, Registration

FEW = 1_000
"""So many people are counted and sorted as they are found; more are met soon along an index."""
MANY = 10_000
"""An event of more registrations is searched through the people, a smaller one through its registrations."""

_BADGE = re.compile(
    r"\d{7,10}"
)  # a number is typed whole, or without the zeros that a main desk's begin with
_LONGEST = 1_000
"""Longer patterns are refused by SQLite."""

_SORTS: dict[Order, tuple[Any, ...]] = {
    Order.PINYIN: (),
    Order.ENTERPRISE: (Enterprise.sort_key, Enterprise.code),
    Order.RANK: (Person.rank,),
    Order.SEAT: (Registration.seat_key,),
}
_STATED: dict[Order, Any] = {
    Order.ENTERPRISE: Registration.enterprise_id,
    Order.RANK: Person.rank,
    Order.SEAT: Registration.seat_key,
}
_OF_PEOPLE = (Order.PINYIN, Order.RANK)
_PINYIN = (Person.sort_key, Person.id)


class _InOrder(Join):
    """Tables that are walked in this order: SQLite, without statistics, would sort everybody."""

    inherit_cache = True


@compiles(_InOrder, "sqlite")
def _cross(element: Any, compiler: Any, **settings: Any) -> str:
    joined: str = compiler.visit_join(element, **settings)
    return joined.replace(" JOIN ", " CROSS JOIN ")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which registrations are looked for; `words` in lower case, all of them in the search key."""

    event: UUID
    week: UUID
    words: tuple[str, ...] = ()
    status: RegistrationStatus | None = None

    @property
    def here(self) -> ColumnElement[bool]:
        """Whether a registration is one of these, whoever the person is."""
        of_event = Registration.event_id == self.event
        return of_event if self.status is None else and_(of_event, Registration.status == self.status)

    @property
    def answers(self) -> ColumnElement[bool]:
        """Whether a person answers to what was typed; ten digits alone are a badge number too."""
        found = and_(
            true(), *(Person.search_key.contains(word[:_LONGEST], autoescape=True) for word in self.words)
        )
        if len(self.words) != 1 or not _BADGE.fullmatch(self.words[0]):
            return found
        badge = select(holder_of_badge()).where(
            Badge.number == int(self.words[0]), Badge.week_id == self.week
        )
        return or_(found, Person.id.in_(badge))


def search(
    session: Session, wanted: Wanted, order: Order, after: PageKey | None, limit: int
) -> tuple[int | None, list[PageKey], list[UUID]]:
    """How many there are, None for more than `FEW`; of a window of at most `limit` the keys and people, in order."""
    through_people = _is_long(session, wanted)
    people, rows = None, None
    if not wanted.words:
        total: int | None = count(session, wanted)
    else:
        source = _source(wanted, Order.PINYIN, through_people=through_people).where(wanted.answers)
        found = session.execute(_part(source, (), None, FEW + 1)).all()
        few = len(found) <= FEW
        total, people = (len(found), [row[-1] for row in found]) if few else (None, None)
        if order is Order.PINYIN and after is None and (few or limit <= FEW):
            rows = found[:limit]
    if total == 0:
        return 0, [], []
    if rows is None:
        rows = _window(session, wanted, order, after, limit, people, through_people=through_people)
    return total, [_key(row) for row in rows], [row[-1] for row in rows]


def count(session: Session, wanted: Wanted) -> int:
    """How many there are."""
    if not wanted.words:
        return _count(session, select(Registration.id).where(wanted.here))
    source = _source(wanted, Order.PINYIN, through_people=_is_long(session, wanted))
    return _count(session, source.where(wanted.answers))


def _is_long(session: Session, wanted: Wanted) -> bool:
    here = select(Registration.id).where(wanted.here)
    return _count(session, select(here.limit(MANY + 1).subquery())) > MANY


def _count(session: Session, source: Select[Any]) -> int:
    return session.scalar(source.with_only_columns(func.count(), maintain_column_froms=True)) or 0


def _source(wanted: Wanted, order: Order, *, through_people: bool) -> Select[Any]:
    if through_people and order in _OF_PEOPLE:
        return _from_people(wanted)
    source = select(Person.id).select_from(Registration).join(Person, Person.id == Registration.person_id)
    if order is Order.ENTERPRISE:
        source = source.outerjoin(Enterprise, Enterprise.id == Registration.enterprise_id)
    return source.where(wanted.here)


def _from_people(wanted: Wanted) -> Select[Any]:
    registered = exists().where(Registration.person_id == Person.id, wanted.here)
    return select(Person.id).where(registered)


def _from_enterprises(wanted: Wanted) -> Select[Any]:
    enterprises, registrations, people = (each.__table__ for each in (Enterprise, Registration, Person))
    staffed = enterprises.join(registrations, Registration.enterprise_id == Enterprise.id)
    joined = _InOrder(staffed, people, Person.id == Registration.person_id)
    return select(Person.id).select_from(joined).where(wanted.here)


def _window(
    session: Session,
    wanted: Wanted,
    order: Order,
    after: PageKey | None,
    limit: int,
    people: Sequence[UUID] | None,
    *,
    through_people: bool,
) -> list[Any]:
    """The rows (what sorts them…, sort key, person): first those that state it, then the others by pinyin."""
    source = _source(wanted, order, through_people=through_people)
    sorts, stated, rows = _SORTS[order], _STATED.get(order), list[Any]()
    asked = wanted.answers if people is None else Person.id.in_(people)
    if stated is None:
        return list(session.execute(_part(source.where(asked), (), after, limit)))
    if after is None or len(after) > len(_PINYIN):
        everybody = through_people and not wanted.words
        first = _from_enterprises(wanted) if everybody and order is Order.ENTERPRISE else source
        rows += session.execute(_part(first.where(stated.is_not(None), asked), sorts, after, limit))
        after = None
    if len(rows) < limit:
        rest = source.where(stated.is_(None), asked)
        rows += session.execute(_part(rest, (), after, limit - len(rows)))
    return rows


def _part(
    source: Select[Any], sorts: tuple[Any, ...], after: PageKey | None, limit: int
) -> Select[*tuple[Any, ...]]:
    by = (*sorts, *_PINYIN)
    if after is not None:
        source = source.where(tuple_(*by) > tuple_(*after[:-1], UUID(str(after[-1]))))
    return source.with_only_columns(*by, maintain_column_froms=True).order_by(*by).limit(limit)


def _key(row: Any) -> PageKey:
    return (*row[:-1], row[-1].hex)


def alike(session: Session, wanted: Wanted, phone: str | None, reading: str, limit: int) -> list[UUID]:
    """People among the wanted with this phone, and those whose name reads so, at most `limit` of each.

    `reading` is a sort key without the name.
    """
    rules = [Person.phone == phone] if phone else []
    if reading:
        rules.append(Person.sort_key == literal(reading) + Person.name)
    found = [session.scalars(_from_people(wanted).where(rule).limit(limit)) for rule in rules]
    return [person for people in found for person in people]
