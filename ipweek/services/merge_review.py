"""Two people or enterprises side by side, before anything is changed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from ipweek.domain.contacts import masked_email, masked_phone
from ipweek.domain.duplicates import DuplicateKind
from ipweek.domain.merging import FIELDS, FieldPair, Party, Review, SharedEvent, Side, chosen_side
from ipweek.domain.records import Field
from ipweek.services.duplicates import likely, name_of
from ipweek.services.merge_people import COLUMNS, badges_of, two_badges
from ipweek.services.merge_registrations import goes_on
from ipweek.storage.queries.merges import references
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Enrolment, Person, Registration
from ipweek.storage.tables.programme import Event

_MASKS = {"phone": masked_phone, "email": masked_email}
_FIRST = ("people", "registrations", "enrolments", "scans", "badges", "demands")


def review(
    session: Session,
    kind: DuplicateKind,
    keep: Person | Enterprise,
    drop: Person | Enterprise,
    fields: Mapping[str, Side],
) -> Review:
    """What they say, what they have, and what a merge would come to."""
    how = likely(session, kind, keep.id, drop.id)
    people = kind is DuplicateKind.PEOPLE
    badges = badges_of(session, keep.id, drop.id) if people else ()
    return Review(
        kind=kind,
        keep=party(session, keep),
        drop=party(session, drop),
        score=how.score,
        evidence=how.evidence,
        fields=tuple(_pair(session, field, keep, drop, fields) for field in FIELDS[kind]),
        events=_shared(session, keep, drop) if people else (),
        badges=two_badges(session, badges),
    )


def party(session: Session, row: Person | Enterprise) -> Party:
    """Somebody or something, with the rows that refer to it counted by table."""
    target: Any = row.__table__
    counts: dict[str, int] = {}
    for column in references(target):
        assert isinstance(column.table, Table)
        number = session.scalar(select(func.count()).select_from(column.table).where(column == row.id)) or 0
        if number and column.table is not target:
            counts[column.table.name] = counts.get(column.table.name, 0) + number
    if isinstance(row, Person):
        enrolled = select(func.count()).select_from(Enrolment).join(Registration)
        counts["enrolments"] = session.scalar(enrolled.where(Registration.person_id == row.id)) or 0
    order = {name: place for place, name in enumerate(_FIRST)}
    names = sorted(
        (name for name in counts if counts[name]), key=lambda name: (order.get(name, len(order)), name)
    )
    ref = str(row.id) if isinstance(row, Person) else row.code
    return Party(row.id, ref, name_of(row), {name: counts[name] for name in names})


def _pair(session: Session, field: Field, keep: Any, drop: Any, fields: Mapping[str, Side]) -> FieldPair:
    column = COLUMNS.get(field.name, field.name)
    own, other = getattr(keep, column), getattr(drop, column)
    side = chosen_side(field.name, own, other, fields)
    return FieldPair(
        field, _shown(session, field.name, own), _shown(session, field.name, other), own == other, side
    )


def _shown(session: Session, name: str, value: Any) -> str | None:
    if value is None:
        return None
    if name == "enterprise":
        return name_of(session.get_one(Enterprise, value))
    return _MASKS.get(name, str)(value)


def _shared(session: Session, keep: Any, drop: Any) -> tuple[SharedEvent, ...]:
    query = select(Event.code, Registration).join(Event, Event.id == Registration.event_id)
    rows = session.execute(query.where(Registration.person_id == keep.id))
    held: dict[str, Registration] = {row.code: row.Registration for row in rows}
    rows = session.execute(
        query.where(Registration.person_id == drop.id).order_by(Event.start_day, Event.code)
    )
    return tuple(
        SharedEvent(
            code,
            held[code].status,
            row.status,
            Side.KEEP if goes_on(held[code], row) is held[code] else Side.DROP,
        )
        for code, row in rows
        if code in held
    )
