"""Two events with lines, doors and sessions, and whatever happens at them: a world to merge in."""

from collections import Counter
from contextlib import suppress
from typing import Any

from sqlalchemy import delete, func, select

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import DoorSettings, ScanRequest
from ipweek.domain.errors import IpweekError
from ipweek.domain.receipts import Handed
from ipweek.domain.registrations import NewRegistration
from ipweek.domain.words import Direction, EntryRule, RegistrationSource, RegistrationStatus
from ipweek.services.checkin import CheckIn
from ipweek.services.duplicates import Duplicates
from ipweek.services.enterprises import Enterprises
from ipweek.services.merging import Merging
from ipweek.services.people import People
from ipweek.services.receipts import Receipts
from ipweek.storage.tables import Base
from ipweek.storage.tables.checkin import Scan
from ipweek.storage.tables.people import Enrolment, Person, Registration
from ipweek.storage.tables.programme import Event, EventSession
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import StandingClock
from tests.desk import Desk

NAMES = ("张伟", "张玮", "李静", "王磊", "赵敏")
EVENTS = ("one", "two")
SESSIONS = ("talk", "panel")
FIRMS = ("华阳电子有限公司", "惠州华阳", "")
DOORS = (("one", None), ("one", "talk"), ("two", None))
APART = ("audit_entries", "audit_values", "merges", "merge_rows")


class MergeWorld(Desk):
    """A desk whose workspace is filled by moves that may fail; every moment is a minute later."""

    def __init__(self, uow: UnitOfWork, clock: StandingClock, actor: Actor) -> None:
        super().__init__(uow, clock, actor)
        empty(uow)
        self.tick = clock
        self.checkin, self.people = CheckIn(uow, clock), People(uow, clock)
        self.enterprises = Enterprises(uow, clock)
        self.duplicates, self.merging = Duplicates(uow, clock), Merging(uow, clock)
        self.receipts = Receipts(uow, clock)
        self.workspaces.create(actor)
        self.add("week", "huizhou-2019")
        for code in EVENTS:
            self.add("event", code, capacity="2" if code == "one" else "")
        for code in SESSIONS:
            self.add("session", code, event="one", capacity="1" if code == "talk" else "")
        self.add("industry", "led")
        self.add("result", "draft")
        self.records.edit(actor, "result", "draft", {})
        counted = DoorSettings(entry_rule=EntryRule.MANY, capacity=9)
        self.checkin.change_door(actor, self.checkin.door("one"), counted)

    def play(self, moves: list[tuple[Any, ...]]) -> None:
        """What can be done of these is done."""
        for name, *arguments in moves:
            self.tick.forward(minutes=1)
            with suppress(IpweekError, StopIteration):
                getattr(self, f"_{name}")(*arguments)

    def _register(self, person: int, event: int, sessions: int, firm: int) -> None:
        wanted = tuple(code for place, code in enumerate(SESSIONS) if event == 0 and sessions >> place & 1)
        new = NewRegistration(
            NAMES[person],
            phone=f"1990000100{person}",
            enterprise=FIRMS[firm],
            sessions=wanted,
            source=RegistrationSource.WALK_IN if sessions == 3 else RegistrationSource.DESK,
        )
        self.registrations.register(self.actor, EVENTS[event], new)

    def _substitute(self, person: int, other: int) -> None:
        new = NewRegistration(
            NAMES[person], phone=f"1990000100{person}", substitute_for=str(self._registration(other, 0).id)
        )
        self.registrations.register(self.actor, EVENTS[0], new)

    def _end(self, person: int, event: int, how: str) -> None:
        getattr(self.registrations, how)(self.actor, str(self._registration(person, event).id))

    def _enrol(self, person: int, session: int) -> None:
        self.registrations.enrol(self.actor, str(self._registration(person, 0).id), SESSIONS[session])

    def _scan(self, person: int, door: int, how: str) -> None:
        event, session = DOORS[door]
        at = self.checkin.door(event, session)
        if how == "undo":
            self.checkin.undo(self.actor, at, self._registration(person, EVENTS.index(event)).id)
            return
        code = next(each.code for each in self.badges.codes(event) if each.name == NAMES[person])
        direction = Direction.EXIT if how == "exit" else Direction.ENTRY
        why = "guest" if how == "override" else None
        self.checkin.scan(self.actor, at, ScanRequest(code, direction=direction, override=why))

    def _print(self, person: int) -> None:
        run = self.runs.begin(self.actor, EVENTS[0], [self._registration(person, 0).id], 10, {})
        self.runs.log(self.actor, run, run.pages, "printer")

    def _receive(self, person: int) -> None:
        handed = Handed(registration=str(self._registration(person, 0).id))
        self.receipts.receive(self.actor, "draft", handed)

    def person(self, number: int) -> str | None:
        """The id of one of the people, if he is there."""
        with self.uow.read() as session:
            found = session.scalar(select(Person.id).where(Person.name == NAMES[number]))
            return str(found) if found else None

    def _registration(self, person: int, event: int) -> Registration:
        with self.uow.read() as session:
            query = select(Registration).join(Person, Person.id == Registration.person_id)
            query = query.join(Event, Event.id == Registration.event_id)
            rows = session.scalars(query.where(Person.name == NAMES[person], Event.code == EVENTS[event]))
            return next(iter(rows))

    def dump(self) -> dict[str, list[Any]]:
        """Every row of every table, the trail and the log of merges apart."""
        with self.uow.read() as session:
            return {
                table.name: sorted(map(repr, session.execute(select(table)).all()))
                for table in Base.metadata.sorted_tables
                if table.name not in APART
            }

    def holdings(self, *people: str) -> dict[str, Any]:
        """What these people have between them, however often a thing is told of."""
        with self.uow.read() as session:
            ids = [session.get_one(Person, _uuid(each)).id for each in people]
            mine = Registration.person_id.in_(ids)
            events = select(Registration.event_id).where(mine)
            sessions = select(Registration.event_id, Enrolment.session_id).where(mine).join(Enrolment)
            return {
                "events": set(session.scalars(events)),
                "sessions": {tuple(row) for row in session.execute(sessions)},
                "scans": set(session.scalars(select(Scan.id).where(Scan.person_id.in_(ids)))),
            }

    def totals(self) -> Counter[str]:
        """How many rows there are of what nothing may take away."""
        kept = ("scans", "badges", "prints", "receipts", "demands", "people", "enterprises")
        with self.uow.read() as session:
            return Counter(
                {
                    name: session.scalar(select(func.count()).select_from(Base.metadata.tables[name]))
                    for name in kept
                }
            )

    def check_counts(self) -> None:
        """Places taken are places held, none is free while somebody waits, and the log adds up to what is kept."""
        with self.uow.read() as session:
            statuses = RegistrationStatus.REGISTERED, RegistrationStatus.WAITING
            for held, rows, column in (
                (Event, Registration, Registration.event_id),
                (EventSession, Enrolment, Enrolment.session_id),
            ):
                for one in session.scalars(select(held)):
                    query = select(func.count()).select_from(rows).where(column == one.id)
                    query = query.join(Registration) if rows is Enrolment else query
                    taken = session.scalar(query.where(rows.status == statuses[0]))
                    waiting = session.scalar(
                        query.where(
                            rows.status == statuses[1],
                            Registration.status.in_(statuses[: 2 if held is Event else 1]),
                        )
                    )
                    assert one.taken == taken, one.code
                    assert not waiting or (one.capacity is not None and taken >= one.capacity), one.code
        for event in EVENTS:
            assert self.checkin.disagreements(event) == (), event


def _uuid(text: str):
    from uuid import UUID

    return UUID(text)


def empty(uow: UnitOfWork) -> None:
    """Take every row out, so that one database serves many worlds."""
    with uow.write_core() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            for column in table.columns:
                if any(key.column.table is table for key in column.foreign_keys):
                    connection.execute(table.update().values({column.name: None}))
            connection.execute(delete(table))
