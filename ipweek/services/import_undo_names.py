"""Whose records an undo speaks of, and on what row of the file each stood."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from ipweek.services.import_undo_log import UndoLog, chunks
from ipweek.storage.tables import Base
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseContact, EnterpriseLabel
from ipweek.storage.tables.feedback import FeedbackAnswer
from ipweek.storage.tables.people import Enrolment, Person, Registration

_SIDES = (EnterpriseLabel.__tablename__, EnterpriseContact.__tablename__)


def places_of(
    session: Session, log: UndoLog, wanted: Collection[tuple[str, UUID]]
) -> dict[tuple[str, UUID], tuple[int, str]]:
    """The row (0 where there is none) and the name of each record, by table and id."""
    found: dict[tuple[str, UUID], tuple[int, str]] = dict.fromkeys(wanted, (0, "–"))
    by_table: dict[str, list[UUID]] = {}
    for table, identity in wanted:
        by_table.setdefault(table, []).append(identity)
    for table, ids in by_table.items():
        for chunk in chunks(ids):
            for identity, record, *names in session.execute(_query(log, table, chunk)):
                row = log.rows.get(identity, log.rows.get(record, 0))
                name = next((name for name in names if name), "–")
                known = found[table, identity][0]
                found[table, identity] = (min(filter(None, (known, row)), default=0), name)
    return found


def _query(log: UndoLog, table: str, ids: Iterable[UUID]) -> Select[*tuple[Any, ...]]:  # noqa: PLR0911 - a query a table
    """The id, the record of the file's row that it came with, and its names."""
    if table in _SIDES:
        side = Base.metadata.tables[table].c
        query = select(side.id, Enterprise.id, Enterprise.name_zh, Enterprise.name_en)
        return query.join(Enterprise, Enterprise.id == side.enterprise_id).where(side.id.in_(ids))
    own = and_(Registration.person_id == Person.id, Registration.event_id == log.batch.event_id)
    match table:
        case "people":
            of_people = select(Person.id, Registration.id, Person.name).outerjoin(Registration, own)
            return of_people.where(Person.id.in_(ids))
        case "registrations":
            of_event = select(Registration.id, Registration.id, Person.name).join(Person)
            return of_event.where(Registration.id.in_(ids))
        case "badges":
            badges = select(Badge.id, Registration.id, Person.name).join(Person, Person.id == Badge.person_id)
            return badges.outerjoin(Registration, own).where(Badge.id.in_(ids))
        case "feedback":
            opinions = select(FeedbackAnswer.id, FeedbackAnswer.id, FeedbackAnswer.key)
            return opinions.where(FeedbackAnswer.id.in_(ids))
        case "enrolments":
            enrolled = select(Enrolment.id, Registration.id, Person.name)
            enrolled = enrolled.join(Registration, Registration.id == Enrolment.registration_id).join(Person)
            return enrolled.where(Enrolment.id.in_(ids))
        case "enterprises":
            query = select(Enterprise.id, Registration.id, Enterprise.name_zh, Enterprise.name_en)
            event = Registration.event_id == log.batch.event_id
            represented = and_(Registration.enterprise_id == Enterprise.id, event)
            return query.outerjoin(Registration, represented).where(Enterprise.id.in_(ids))
    held = Base.metadata.tables[table]
    return select(held.c.id, held.c.id, held.c.name_zh, held.c.name_en, held.c.code).where(held.c.id.in_(ids))
