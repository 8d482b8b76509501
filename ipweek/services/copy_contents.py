"""What a desk's copy is given: what the door needs, and of people no more than finds them."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, Table, insert, or_, select
from sqlalchemy.orm import Session

from ipweek.domain.contacts import masked_phone
from ipweek.domain.words import Verdict
from ipweek.storage.seals import SEALED
from ipweek.storage.tables.badges import Badge, BadgeKey, Lease, Print
from ipweek.storage.tables.checkin import (
    Admission,
    Checkpoint,
    CheckpointEnterprise,
    CheckpointIndustry,
    Scan,
)
from ipweek.storage.tables.copies import Copy
from ipweek.storage.tables.enterprises import (
    Enterprise,
    EnterpriseAlias,
    EnterpriseIndustry,
    EnterpriseLabel,
    Industry,
)
from ipweek.storage.tables.operators import Operator
from ipweek.storage.tables.people import Enrolment, Person, Registration
from ipweek.storage.tables.programme import Event, EventSession, Question, Room, Venue, Week, Workspace

_AT_ONCE = 2_000
_NUMBER = re.compile(r"\+?\d{7,}")
_LEFT_OUT: Mapping[str, Mapping[str, Any]] = {
    "workspaces": {"secret": None},
    "weeks": {"note": None},
    "venues": {"note": None},
    "rooms": {"note": None},
    "events": {"note": None},
    "sessions": {"note": None},
    "enterprises": {"note": None},
    "people": {
        "email": None,
        "note": None,
        "consent_version": None,
        "consent_at": None,
        "retain_until": None,
    },
    "registrations": {"note": None, "answers": {}},
    "scans": {"copy_id": None},
}
"""What no door needs to know, by table."""


def write(session: Session, into: Connection, copy: UUID, events: Collection[UUID]) -> dict[str, int]:
    """Fill an empty database with a copy of what these events' doors need; the rows of sealed tables, counted."""
    counts = {table.name: 0 for table in SEALED}
    for query in _queries(copy, events):
        table = query.get_final_froms()[0]
        assert isinstance(table, Table)
        for rows in _rows(session, table, query):
            into.execute(insert(table), rows)
            if table.name in counts:
                counts[table.name] += len(rows)
    into.execute(Workspace.__table__.update().values(copy_id=copy))  # type: ignore[attr-defined]
    return counts


def _rows(session: Session, table: Table, query: Select[Any]) -> Iterator[list[dict[str, Any]]]:
    left_out = _LEFT_OUT.get(table.name, {})
    for part in session.execute(query).mappings().partitions(_AT_ONCE):
        rows = [{**row, **left_out} for row in part]
        if table is Person.__table__:
            for row in rows:  # "138****5678" is still found by its end
                row["phone"] = masked_phone(row["phone"]) if row["phone"] else None
                row["search_key"] = _NUMBER.sub(lambda found: found[0][-4:], row["search_key"])
        yield rows


def _queries(copy: UUID, events: Collection[UUID]) -> Iterator[Select[Any]]:
    """By table, in an order in which only the ends of circles may refer ahead."""
    weeks = select(Event.week_id).where(Event.id.in_(events))
    doors = select(Checkpoint.id).where(Checkpoint.event_id.in_(events))
    registered = select(Registration.id).where(Registration.event_id.in_(events))
    worn = select(Scan.badge_id).where(Scan.checkpoint_id.in_(doors), Scan.badge_id.is_not(None))
    badges = select(Badge.id).where(or_(Badge.week_id.in_(weeks), Badge.id.in_(worn)))
    venues = select(Event.venue_id).where(Event.id.in_(events), Event.venue_id.is_not(None))
    rooms = select(EventSession.room_id).where(
        EventSession.event_id.in_(events), EventSession.room_id.is_not(None)
    )
    halls = select(Room.venue_id).where(Room.id.in_(rooms))
    lease = select(Copy.lease).where(Copy.id == copy)
    yield _of(Lease).where(Lease.number == lease.scalar_subquery())
    yield _of(Copy).where(Copy.id == copy)
    yield _of(Workspace)
    yield _of(Week)
    yield _of(BadgeKey).where(BadgeKey.week_id.in_(weeks))
    yield _of(Venue).where(or_(Venue.id.in_(venues), Venue.id.in_(halls)))
    yield _of(Room).where(Room.id.in_(rooms))
    yield _of(Event).where(Event.id.in_(events))
    yield _of(EventSession).where(EventSession.event_id.in_(events))
    yield _of(Question).where(Question.event_id.in_(events))
    yield _of(Checkpoint).where(Checkpoint.event_id.in_(events))
    yield _of(Industry)
    yield _of(Enterprise)
    yield _of(EnterpriseAlias)
    # Whom a door is for may hang on these, and who may decide on the operators.
    yield _of(EnterpriseIndustry)
    yield _of(EnterpriseLabel)
    yield _of(CheckpointEnterprise).where(CheckpointEnterprise.checkpoint_id.in_(doors))
    yield _of(CheckpointIndustry).where(CheckpointIndustry.checkpoint_id.in_(doors))
    yield _of(Operator)
    yield _of(Person).where(Person.id.in_(_people(registered, badges)))
    yield _of(Registration).where(Registration.id.in_(registered))
    yield _of(Enrolment).where(Enrolment.registration_id.in_(registered))
    yield _of(Badge).where(Badge.id.in_(badges))
    yield _of(Print).where(
        Print.badge_id.in_(badges),
        or_(Print.registration_id.is_(None), Print.registration_id.in_(registered)),
    )
    accepted = (Scan.checkpoint_id.in_(doors), Scan.verdict == Verdict.ACCEPTED)
    yield _of(Scan).where(*accepted, Scan.registration_id.in_(registered))
    yield _of(Admission).where(Admission.checkpoint_id.in_(doors), Admission.registration_id.in_(registered))


def _of(table: type[Any]) -> Select[Any]:
    return select(table.__table__)


def _people(registered: Select[Any], badges: Select[Any]) -> Select[Any]:
    """Who is registered or holds a badge, under every name, and whoever a scan of theirs named."""
    first = (
        select(Registration.person_id)
        .where(Registration.id.in_(registered))
        .union(
            select(Badge.person_id).where(Badge.id.in_(badges), Badge.person_id.is_not(None)),
            select(Badge.former_id).where(Badge.id.in_(badges), Badge.former_id.is_not(None)),
            select(Scan.person_id).where(Scan.registration_id.in_(registered), Scan.person_id.is_not(None)),
        )
    )
    named = select(Person.id, Person.merged_into).where(Person.id.in_(first)).cte()
    return select(named.c.id).union(select(named.c.merged_into).where(named.c.merged_into.is_not(None)))  # type: ignore[return-value]
