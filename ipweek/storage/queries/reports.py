"""The figures of a summary: one statement each, grouped in the database."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    Text,
    and_,
    case,
    cast,
    distinct,
    exists,
    extract,
    false,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from ipweek.domain.words import RegistrationSource, RegistrationStatus, ScanKind, Verdict
from ipweek.storage.tables.base import Moment
from ipweek.storage.tables.checkin import Admission, Checkpoint, Scan
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Enrolment, Person, Registration
from ipweek.storage.tables.programme import EventSession, Workspace

Cutoffs = Mapping[UUID, datetime]
QUARTER = 900


def openings(session: Session, events: Collection[UUID]) -> dict[UUID, datetime]:
    """When the first door of each event itself opens, where that is set."""
    query = (
        select(Checkpoint.event_id, func.min(Checkpoint.opens_at, type_=Moment()))
        .where(Checkpoint.event_id.in_(events), Checkpoint.session_id.is_(None))
        .group_by(Checkpoint.event_id)
    )
    return {event: moment for event, moment in session.execute(query) if moment is not None}


def came(events: Collection[UUID], held: UUID | None = None, *, whole: bool = False) -> Subquery:
    """Who came to an event, at whichever of its doors, or to one of its sessions: registration and first entry.

    `whole` reads all admissions in the order of their key, which is quicker where most are of these events.
    """
    here = Checkpoint.event_id.in_(events) if held is None else Checkpoint.session_id == held
    doors = select(Checkpoint.id).where(here)
    return (
        select(
            Admission.registration_id,
            func.min(Admission.first_in, type_=Moment()).label("first_in"),
        )
        .where(
            one_of(Admission.checkpoint_id, doors) if whole else Admission.checkpoint_id.in_(doors),
            has_entered(),
        )
        .group_by(Admission.registration_id)
        .subquery("came")
    )


def has_entered() -> ColumnElement[bool]:
    """Whether an admission lets somebody have attended."""
    return Admission.entries > 0


def not_cancelled() -> ColumnElement[bool]:
    """Whether a registration makes its enterprise a registered one."""
    return Registration.status != RegistrationStatus.CANCELLED


class _Facts(NamedTuple):
    """What decides to which figures a registration belongs: columns of the tables, or of rows read from them."""

    status: ColumnElement[Any]
    source: ColumnElement[Any]
    on_leave: ColumnElement[bool]
    substitute: ColumnElement[bool]
    after_opening: ColumnElement[bool]
    came: ColumnElement[bool]
    late: ColumnElement[bool]


def conditions(entry: Subquery, confirmed_by: Cutoffs, late_after: Cutoffs) -> dict[str, ColumnElement[bool]]:
    """Whether a registration belongs to a figure, by the figure's name: for counting, and for listing who was counted.

    Who was confirmed after `confirmed_by` is not expected; without such a moment all confirmed are.
    """
    came_in = entry.c.registration_id.is_not(None)
    return _conditions(_facts(came_in, entry.c.first_in, confirmed_by, late_after))


def _facts(
    came_in: ColumnElement[bool], first_in: ColumnElement[Any], confirmed_by: Cutoffs, late_after: Cutoffs
) -> _Facts:
    return _Facts(
        Registration.status.expression,
        Registration.source.expression,
        Registration.on_leave.expression,
        Registration.substitute_for.is_not(None),
        _after(confirmed_by, _confirmed()),
        came_in,
        _after(late_after, first_in),
    )


def _conditions(facts: _Facts) -> dict[str, ColumnElement[bool]]:
    status = facts.status
    has_place = status == RegistrationStatus.REGISTERED
    walk_in = and_(has_place, facts.source == RegistrationSource.WALK_IN)
    asked = and_(has_place, facts.source != RegistrationSource.WALK_IN)
    staying = and_(asked, ~facts.on_leave)
    expected = and_(staying, ~facts.after_opening)
    return {
        "registered": has_place,
        "waiting": status == RegistrationStatus.WAITING,
        "cancelled": status == RegistrationStatus.CANCELLED,
        "blocked": status == RegistrationStatus.BLOCKED,
        "walk_in": walk_in,
        "substitute": and_(has_place, facts.substitute),
        "expected": expected,
        "expected_attended": and_(expected, facts.came),
        "absent": and_(expected, ~facts.came),
        "on_leave": and_(asked, facts.on_leave),
        "after_opening": and_(staying, facts.after_opening),
        "walk_in_attended": and_(walk_in, facts.came),
        "attended": facts.came,
        "late": and_(facts.came, facts.late),
        "punctual": and_(facts.came, ~facts.late),
        "not_cancelled": status != RegistrationStatus.CANCELLED,
    }


def tallies(
    session: Session, events: Collection[UUID], confirmed_by: Cutoffs, late_after: Cutoffs
) -> Sequence[Any]:
    """How many registrations belong to each figure, per event, enterprise and `span` of the first entry.

    One reading of 100,000 registrations serves every figure of people and enterprises: they are counted by what decides on
    them, and the conditions asked of these few rows. `span` is that of `span_of`, None of those who did not come.
    """
    entry = came(events, whole=True)
    facts = _facts(entry.c.registration_id.is_not(None), entry.c.first_in, confirmed_by, late_after)
    rows = (
        select(
            Registration.event_id,
            Registration.enterprise_id,
            span_of(session, entry.c.first_in).label("span"),
            *(column.label(name) for name, column in zip(_Facts._fields, facts, strict=True)),
        )
        .outerjoin(entry, entry.c.registration_id == Registration.id)
        .where(Registration.event_id.in_(events))
        .offset(0)  # what is sorted to be counted is then what was found, and not what it was found from
        .subquery("rows")
    )
    alike = select(*rows.c, func.count().label("n")).group_by(*rows.c).subquery("alike")
    met = _conditions(_Facts(*(alike.c[name] for name in _Facts._fields)))
    counts = (func.sum(case((condition, alike.c.n), else_=0)).label(name) for name, condition in met.items())
    groups = (alike.c.event_id, alike.c.enterprise_id, alike.c.span)
    return session.execute(select(*groups, *counts).group_by(*groups)).all()


def _confirmed() -> ColumnElement[datetime]:
    return func.coalesce(Registration.confirmed_at, Registration.registered_at, type_=Moment())


def _after(moments: Cutoffs, column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a moment is past that of its event; false where its event has none."""
    later = [
        and_(Registration.event_id == event, column > literal(moment, Moment()))
        for event, moment in moments.items()
    ]
    return func.coalesce(or_(*later), false()) if later else false()


def spelt(word: StrEnum) -> ColumnElement[str]:
    """A word written out in the statement: only so does it find the index of those rows alone."""
    return literal(word.value, Text(), literal_execute=True)


def one_of(door: Any, doors: Collection[UUID] | Select[UUID]) -> ColumnElement[bool]:
    """Whether it is one of the doors, said so that no index on doors is used: there is a better order to read in."""
    return case((door.in_(doors), true())) == true()


def marks(events: Collection[UUID]) -> Subquery:
    """Who was marked present by an organizer, and still is: event and registration."""
    annulment = aliased(Scan)
    return (
        select(Checkpoint.event_id, Scan.registration_id)
        .join(Checkpoint, Checkpoint.id == Scan.checkpoint_id)
        .where(
            Checkpoint.event_id.in_(events),
            Scan.kind == spelt(ScanKind.MARK),
            Scan.verdict == Verdict.ACCEPTED,
            Scan.registration_id.is_not(None),
            ~exists().where(annulment.annuls == Scan.id),
        )
        .distinct()
        .subquery("marks")
    )


def marked(session: Session, events: Collection[UUID]) -> dict[UUID, int]:
    """Per event how many were marked present by an organizer, and still are."""
    found = marks(events)
    return dict(session.execute(select(found.c.event_id, func.count()).group_by(found.c.event_id)).all())


def by_person(events: Collection[UUID]) -> Subquery:
    """Who came to any of these events: person, and how many of the events."""
    entry = came(events)
    return (
        select(Registration.person_id, func.count().label("times"))
        .join(entry, entry.c.registration_id == Registration.id)
        .group_by(Registration.person_id)
        .subquery("by_person")
    )


def people_who_came(session: Session, events: Collection[UUID]) -> int:
    """Unique persons over all these events."""
    return session.scalar(select(func.count()).select_from(by_person(events))) or 0


def came_to_both(session: Session, events: Collection[UUID], others: Collection[UUID]) -> tuple[int, int]:
    """How many persons, and how many enterprises, came to one of `events` and to one of `others`."""
    return (
        _in_both(session, Registration.person_id, events, others),
        _in_both(session, Registration.enterprise_id, events, others),
    )


def _in_both(
    session: Session, column: InstrumentedAttribute[Any], events: Collection[UUID], others: Collection[UUID]
) -> int:
    first, second = (
        select(column.label("one"))
        .join(entry, entry.c.registration_id == Registration.id)
        .where(column.is_not(None))
        .distinct()
        .subquery()
        for entry in (came(events), came(others))
    )
    return session.scalar(select(func.count()).join_from(first, second, first.c.one == second.c.one)) or 0


def span_of(session: Session, first_in: ColumnElement[Any], length: int = QUARTER) -> ColumnElement[int]:
    """In which span of `length` seconds since 1970 somebody's first entry fell."""
    seconds: ColumnElement[Any] = extract("epoch", first_in)
    if session.get_bind().dialect.name == "postgresql":
        seconds = func.floor(seconds)  # SQLite gives whole seconds, and may be built without floor()
    return cast(seconds, Integer) // length


def enrolments(events: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    """Who holds a place in a session: session and registration."""
    return (
        select(Enrolment.session_id, Enrolment.registration_id)
        .join(EventSession, EventSession.id == Enrolment.session_id)
        .where(EventSession.event_id.in_(events), Enrolment.status == RegistrationStatus.REGISTERED)
    )


def enrolled(session: Session, events: Collection[UUID]) -> dict[UUID, int]:
    """Per session how many hold a place in it."""
    held = enrolments(events).subquery("held")
    return dict(session.execute(select(held.c.session_id, func.count()).group_by(held.c.session_id)).all())


def session_attendance(session: Session, events: Collection[UUID]) -> dict[UUID, int]:
    """Per session that has a door, how many went in by it."""
    went_in = case((has_entered(), Admission.registration_id))
    query = (
        select(Checkpoint.session_id, func.count(distinct(went_in)))
        .outerjoin(Admission, Admission.checkpoint_id == Checkpoint.id)
        .where(Checkpoint.event_id.in_(events), Checkpoint.session_id.is_not(None))
        .group_by(Checkpoint.session_id)
    )
    return {held: count for held, count in session.execute(query) if held is not None}


def has_registrations(session: Session, events: Collection[UUID]) -> bool:
    """Whether anybody is recorded at these events, in whatever status."""
    return bool(session.scalar(select(exists().where(Registration.event_id.in_(events)))))


def has_synthetic(session: Session, events: Collection[UUID]) -> bool:
    """Whether the workspace, or a person, an enterprise or a session at these events, is made up."""
    here = Registration.event_id.in_(events)
    parts = (
        exists().where(Workspace.synthetic),
        exists().where(EventSession.event_id.in_(events), EventSession.synthetic),
        exists().where(Person.synthetic, exists().where(here, Registration.person_id == Person.id)),
        exists().where(
            Enterprise.synthetic, exists().where(here, Registration.enterprise_id == Enterprise.id)
        ),
    )
    return bool(session.scalar(select(or_(*parts))))
