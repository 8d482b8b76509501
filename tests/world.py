"""A small world inserted by Core: a workspace, a week and its key, an event, its door, people with badges."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, update

from ipweek.domain.badge_code import BadgeCode, compose
from ipweek.domain.ids import new_id
from ipweek.domain.words import (
    EntryRule,
    EventKind,
    EventStatus,
    Membership,
    RegistrationSource,
    RegistrationStatus,
)
from ipweek.storage.tables.badges import Badge, BadgeKey, Lease
from ipweek.storage.tables.checkin import Checkpoint
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Enrolment, Person, Registration
from ipweek.storage.tables.programme import Event, EventSession, Week, Workspace
from ipweek.storage.unit_of_work import UnitOfWork

BEFORE = datetime(2019, 4, 1, tzinfo=UTC)
DAY = date(2019, 4, 25)
SECRET = b"a secret of thirty-two bytes ..."


@dataclass(frozen=True, slots=True)
class Guest:
    """A person with a registration at the event and a badge."""

    person: UUID
    registration: UUID
    badge: UUID
    code: str
    name: str


@dataclass(slots=True)
class World:
    """What the tests stand on; its methods add to it or bend it."""

    uow: UnitOfWork
    workspace: UUID
    week: UUID
    event: UUID
    door: UUID
    enterprise: UUID
    guests: list[Guest] = field(default_factory=list)
    event_code: str = "release-2019"

    def set(self, table: type, record: UUID, **values: Any) -> None:
        """Change one row by its id."""
        with self.uow.write_core() as connection:
            connection.execute(update(table).where(table.id == record).values(**values))

    def add_week(self, code: str, *, key_id: int = 0, secret: bytes = SECRET[::-1]) -> UUID:
        """Another week with a key of its own."""
        with self.uow.write_core() as connection:
            return _add_week(connection, code, key_id, secret)

    def add_event(self, code: str, week: UUID | None = None) -> UUID:
        """Another event, without a door."""
        with self.uow.write_core() as connection:
            return _add_event(connection, code, week or self.week)

    def add_session(self, code: str, **values: Any) -> UUID:
        """A session of the event, without a door."""
        made = new_id()
        row = {"id": made, "code": code, "event_id": self.event, "kind": EventKind.RELEASE, "taken": 0}
        row |= {"status": EventStatus.PLANNED, "name_en": code, "synthetic": False}
        with self.uow.write_core() as connection:
            connection.execute(insert(EventSession), row | values)
        return made

    def enrol(
        self, guest: Guest, session: UUID, status: RegistrationStatus = RegistrationStatus.REGISTERED
    ) -> None:
        """Enrol a guest in a session."""
        row = {"id": new_id(), "registration_id": guest.registration, "session_id": session}
        with self.uow.write_core() as connection:
            connection.execute(insert(Enrolment), row | {"status": status, "enrolled_at": BEFORE})

    def add_badge(self, number: int, person: UUID | None = None, **values: Any) -> UUID:
        """A further badge, a blank unless it names a person."""
        made = new_id()
        row = {"id": made, "number": number, "week_id": self.week, "person_id": person, "key_id": 0}
        row |= {"issue": 1, "created_at": BEFORE}
        with self.uow.write_core() as connection:
            connection.execute(insert(Badge), row | values)
        return made

    def code(self, number: int, *, issue: int = 1, key_id: int = 0, secret: bytes = SECRET) -> str:
        """A code signed for this workspace."""
        return compose(BadgeCode(key_id, number, issue), secret, self.workspace)


def build(uow: UnitOfWork, people: int = 3) -> World:
    """Insert the world: guest i is person `i`, badge number `i + 1`."""
    workspace, door, enterprise = new_id(), new_id(), new_id()
    with uow.write_core() as connection:
        connection.execute(insert(Workspace), {"id": workspace, "created_at": BEFORE, "synthetic": True})
        week = _add_week(connection, "huizhou-2019", 0, SECRET)
        event = _add_event(connection, "release-2019", week)
        connection.execute(insert(Checkpoint), _door(door, event))
        connection.execute(
            insert(Enterprise),
            {
                "id": enterprise,
                "code": "hei",
                "name_zh": "惠州恒益科技有限公司",
                "key": "惠州恒益科技",
                "synthetic": True,
            },
        )
        connection.execute(
            insert(Lease), {"id": new_id(), "number": 0, "next_counter": people + 1, "granted_at": BEFORE}
        )
        world = World(uow, workspace, week, event, door, enterprise)
        if people:
            _add_guests(connection, world, people)
    return world


def _add_week(connection: Connection, code: str, key_id: int, secret: bytes) -> UUID:
    week = new_id()
    connection.execute(
        insert(Week), {"id": week, "code": code, "year": 2019, "zone": "Asia/Shanghai", "synthetic": True}
    )
    connection.execute(
        insert(BadgeKey),
        {"id": new_id(), "week_id": week, "key_id": key_id, "secret": secret, "created_at": BEFORE},
    )
    return week


def _add_event(connection: Connection, code: str, week: UUID) -> UUID:
    event = new_id()
    row = {"id": event, "code": code, "week_id": week, "kind": EventKind.RELEASE, "start_day": DAY}
    row |= {"membership": Membership.STATED, "status": EventStatus.OPEN, "name_en": code, "synthetic": True}
    connection.execute(insert(Event), row | {"grace_minutes": 15, "taken": 0})
    return event


def _door(door: UUID, event: UUID) -> dict[str, Any]:
    rule = {"entry_rule": EntryRule.AFTER_EXIT, "categories": [], "present": 0, "over": 0}
    return {"id": door, "code": "release-2019", "event_id": event, **rule}


def _add_guests(connection: Connection, world: World, people: int) -> None:
    rows: list[list[dict[str, Any]]] = [[], [], []]
    for place in range(people):
        person, registration, badge = new_id(), new_id(), new_id()
        name, number = f"来宾{place}", place + 1
        rows[0].append({"id": person, "name": name, "search_key": name, "sort_key": name, "synthetic": True})
        rows[1].append(
            {
                "id": registration,
                "person_id": person,
                "event_id": world.event,
                "enterprise_id": world.enterprise,
                "title": "Engineer",
                "category": "delegate",
                "status": RegistrationStatus.REGISTERED,
                "source": RegistrationSource.IMPORT,
                "on_leave": False,
                "seat": f"A{number}",
                "answers": {},
                "registered_at": BEFORE,
            }
        )
        rows[2].append(
            {
                "id": badge,
                "number": number,
                "week_id": world.week,
                "person_id": person,
                "key_id": 0,
                "issue": 1,
                "created_at": BEFORE,
            }
        )
        world.guests.append(Guest(person, registration, badge, world.code(number), name))
    for table, values in zip((Person, Registration, Badge), rows, strict=True):
        connection.execute(insert(table), values)
