"""Finding an event's registrations by what is typed: how many there are, and a window of them in any order.

A long list is walked along an index and a short one sorted; which of the two is measured, not left to an
optimizer that has no statistics.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement

from ipweek.domain.registrations import Order, PageKey
from ipweek.domain.words import RegistrationStatus
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Person, Registration

FEW = 1_000
"""So many people are sorted as they are found; more are met soon along the index."""
MANY = 10_000
"""An event of more registrations is searched through the people, a smaller one through its registrations."""

_SORTS: dict[Order, tuple[Any, ...]] = {
    Order.PINYIN: (),
    Order.ENTERPRISE: (Enterprise.key, Enterprise.code),
    Order.RANK: (Person.rank,),
    Order.SEAT: (func.length(Registration.seat), Registration.seat),  # 2 before 10
}
_STATED: dict[Order, Any] = {
    Order.ENTERPRISE: Registration.enterprise_id,
    Order.RANK: Person.rank,
    Order.SEAT: Registration.seat,
}
_OF_PEOPLE = (Order.PINYIN, Order.RANK)
_PINYIN = (Person.sort_key, Person.id)


class _holds(FunctionElement[bool]):  # noqa: N801 - an SQL function
    """Whether a text holds another, to the letter: half the time of LIKE, and nothing in it is a wildcard."""

    type = Boolean()
    inherit_cache = True


@compiles(_holds, "sqlite")
def _instr(element: Any, compiler: Any, **settings: Any) -> str:
    return f"(instr({compiler.process(element.clauses, **settings)}) > 0)"


@compiles(_holds)
def _strpos(element: Any, compiler: Any, **settings: Any) -> str:
    return f"(strpos({compiler.process(element.clauses, **settings)}) > 0)"


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
        """Whether a person answers to what was typed; digits alone are a badge number too."""
        found = and_(*(_holds(Person.search_key, word) for word in self.words))
        if len(self.words) != 1 or not self.words[0].isdecimal():
            return found
        badge = select(Badge.person_id).where(
            Badge.number == int(self.words[0][:18]), Badge.week_id == self.week
        )
        return or_(found, Person.id.in_(badge))


def search(
    session: Session, wanted: Wanted, order: Order, after: PageKey | None, limit: int
) -> tuple[int, list[PageKey], list[UUID]]:
    """How many there are, and of a window of at most `limit` the keys and the people, in order."""
    here = select(Registration.id).where(wanted.here)
    through_people = _count(session, select(here.limit(MANY + 1).subquery())) > MANY
    if not wanted.words:
        total, people = _count(session, here), None
    else:
        total, people = _found(session, wanted, through_people=through_people)
    if total == 0:
        return 0, [], []
    rows = _window(session, wanted, order, after, limit, people, through_people=through_people)
    return total, [_key(row) for row in rows], [row[-1] for row in rows]


def _found(session: Session, wanted: Wanted, *, through_people: bool) -> tuple[int, Sequence[UUID] | None]:
    """How many answer to the words, and who, where they are few."""
    source = _from_people(wanted) if through_people else _from_registrations(wanted, Order.PINYIN)
    source = source.where(wanted.answers)
    people = session.scalars(source.limit(FEW + 1)).all()
    return (len(people), people) if len(people) <= FEW else (_count(session, source), None)


def _count(session: Session, source: Select[Any]) -> int:
    return session.scalar(source.with_only_columns(func.count(), maintain_column_froms=True)) or 0


def _from_people(wanted: Wanted) -> Select[Any]:
    registered = exists().where(Registration.person_id == Person.id, wanted.here)
    return select(Person.id).where(registered)


def _from_registrations(wanted: Wanted, order: Order) -> Select[Any]:
    source = select(Person.id).select_from(Registration).join(Person, Person.id == Registration.person_id)
    if order is Order.ENTERPRISE:
        source = source.outerjoin(Enterprise, Enterprise.id == Registration.enterprise_id)
    return source.where(wanted.here)


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
    walked = through_people and order in _OF_PEOPLE
    source = _from_people(wanted) if walked else _from_registrations(wanted, order)
    if people is not None:
        source = source.where((Person.id if walked else Registration.person_id).in_(people))
    elif wanted.words:
        source = source.where(wanted.answers)
    sorts, stated, rows = _SORTS[order], _STATED.get(order), list[Any]()
    if stated is None:
        return list(session.execute(_part(source, (), after, limit)))
    if after is None or len(after) > len(_PINYIN):
        rows += session.execute(_part(source.where(stated.is_not(None)), sorts, after, limit))
        after = None
    if len(rows) < limit:
        rows += session.execute(_part(source.where(stated.is_(None)), (), after, limit - len(rows)))
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
