"""Conflicts as they leave the services, with both of their sides."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ipweek.domain.badge_code import shown_number
from ipweek.domain.contacts import masked_phone
from ipweek.domain.desk_conflicts import DeskConflict, PersonSide, ScanSide
from ipweek.domain.words import RegistrationStatus
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.checkin import Checkpoint, Scan
from ipweek.storage.tables.copies import Conflict, Copy
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event, Week


def views(session: Session, rows: Sequence[Conflict]) -> tuple[DeskConflict, ...]:
    """These conflicts, in their order; each of the tables is asked once."""
    registrations = _all(session, Registration, (row.registration_id for row in rows))
    people = _people(
        session,
        [
            *(row.person_id for row in rows),
            *(row.other_id for row in rows),
            *(row.person_id for row in registrations.values()),
        ],
    )
    scans = _scans(session, [scan for row in rows for scan in (row.first_scan_id, row.second_scan_id)])
    copies = _all(session, Copy, (row.copy_id for row in rows))
    badges = _all(session, Badge, (row.badge_id for row in rows))
    doors = _all(session, Checkpoint, (row.checkpoint_id for row in rows))
    events = {
        row.id: (row.code, row.zone)
        for row in session.execute(
            select(Event.id, Event.code, Week.zone)
            .join(Week, Week.id == Event.week_id)
            .where(Event.id.in_({row.event_id for row in rows if row.event_id}))
        )
    }

    def view(row: Conflict) -> DeskConflict:
        held = registrations.get(row.registration_id)
        code, zone = events.get(row.event_id, (None, "UTC")) if row.event_id else (None, "UTC")
        badge, copy = badges.get(row.badge_id), copies.get(row.copy_id)
        ended = held is not None and held.status is RegistrationStatus.CANCELLED
        return DeskConflict(
            id=row.id,
            kind=row.kind,
            status=row.status,
            event=code,
            zone=zone,
            door=doors[row.checkpoint_id].code if row.checkpoint_id else None,
            registration=row.registration_id,
            person=people.get(row.person_id or (held.person_id if held else None)),
            other=people.get(row.other_id),
            first=scans.get(row.first_scan_id),
            second=scans.get(row.second_scan_id),
            badge=shown_number(badge.number) if badge else None,
            status_now=held.status if held else None,
            ended_at=held.cancelled_at if held and ended else None,
            desk=copy.desk if copy else None,
            amount=row.amount,
            found_at=row.found_at,
            settled_at=row.settled_at,
            how=row.how,
            settled_by=row.operator,
            note=row.note,
        )

    return tuple(view(row) for row in rows)


def _all(session: Session, table: type[Any], ids: Iterable[UUID | None]) -> Mapping[UUID | None, Any]:
    wanted = {each for each in ids if each is not None}
    return {row.id: row for row in session.scalars(select(table).where(table.id.in_(wanted)))}


def _people(session: Session, ids: Iterable[UUID | None]) -> Mapping[UUID | None, PersonSide]:
    wanted = {each for each in ids if each is not None}
    name = func.coalesce(Enterprise.name_zh, Enterprise.name_en, "")
    number = select(func.max(Badge.number)).where(Badge.person_id == Person.id).scalar_subquery()
    query = (
        select(Person.id, Person.name, name.label("enterprise"), Person.phone, number.label("number"))
        .outerjoin(Enterprise, Enterprise.id == Person.enterprise_id)
        .where(Person.id.in_(wanted))
    )
    return {
        row.id: PersonSide(
            row.id,
            row.name,
            row.enterprise,
            masked_phone(row.phone) if row.phone else None,
            None if row.number is None else shown_number(row.number),
        )
        for row in session.execute(query)
    }


def _scans(session: Session, ids: Iterable[UUID | None]) -> Mapping[UUID | None, ScanSide]:
    found = _all(session, Scan, ids)
    annulled = set(session.scalars(select(Scan.annuls).where(Scan.annuls.in_(found))))
    return {
        identity: ScanSide(row.id, row.device_at, row.desk, row.operator, row.direction, identity in annulled)
        for identity, row in found.items()
    }
