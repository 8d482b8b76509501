"""Badge numbers: one for a person in a week, given out of the lease of this database."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ipweek.domain.badge_code import badge_number
from ipweek.domain.errors import DatabaseError
from ipweek.domain.ids import new_id
from ipweek.storage.bulk import insert_rows
from ipweek.storage.tables.badges import Badge, BadgeKey, Lease

_CHUNK = 500


def give_badges(session: Session, week: UUID, people: Sequence[UUID], moment: datetime) -> list[UUID]:
    """Give each of these people a badge number of the week, unless he has one; returns the new badges."""
    wanted = list(dict.fromkeys(people))
    having: set[UUID] = set()
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        query = select(Badge.person_id).where(Badge.week_id == week, Badge.person_id.in_(chunk))
        having |= {person for person in session.scalars(query) if person is not None}
    missing = [person for person in wanted if person not in having]
    return _insert(session, week, missing, moment) if missing else []


def blank_badges(session: Session, week: UUID, count: int, moment: datetime) -> list[UUID]:
    """Add badges that belong to nobody yet; returns their ids in the order of their numbers."""
    return _insert(session, week, [None] * count, moment) if count > 0 else []


def _insert(session: Session, week: UUID, people: Sequence[UUID | None], moment: datetime) -> list[UUID]:
    key = session.scalar(
        select(BadgeKey.key_id)
        .where(BadgeKey.week_id == week, BadgeKey.retired_at.is_(None))
        .order_by(BadgeKey.created_at.desc())
        .limit(1)
    )
    first = _take(session, len(people))
    ids = [new_id() for _person in people]
    rows = (
        {
            "id": own,
            "number": first + position,
            "week_id": week,
            "person_id": person,
            "key_id": key,
            "issue": 1,
            "created_at": moment,
        }
        for position, (own, person) in enumerate(zip(ids, people, strict=True))
    )
    insert_rows(session, Badge.metadata.tables[Badge.__tablename__], rows)
    return ids


def _take(session: Session, count: int) -> int:
    """The first of `count` numbers in a row, taken from the lease in one statement."""
    taken = session.execute(
        update(Lease)
        .where(Lease.next_counter + count <= 1_000_000)
        .where(Lease.number == select(Lease.number).order_by(Lease.number).limit(1).scalar_subquery())
        .values(next_counter=Lease.next_counter + count)
        .returning(Lease.number, Lease.next_counter)
    ).first()
    if taken is None:
        raise DatabaseError("badge-numbers-used-up")
    return badge_number(taken.number, taken.next_counter - count)
