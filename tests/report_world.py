"""What a summary counts: enterprises in industries, results released at a place, guests bent one by one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import DoorSettings, ScanRequest
from ipweek.domain.ids import new_id
from ipweek.domain.words import LabelKind, LinkRole, ReachState, ResultStatus
from ipweek.services.checkin import CheckIn
from ipweek.services.report_lists import ReportLists
from ipweek.services.reports import Reports
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseIndustry, EnterpriseLabel, Industry
from ipweek.storage.tables.navigation import NavigationResult, ResultLink
from ipweek.storage.tables.people import Registration
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import NOON, StandingClock
from tests.world import World

ACTOR = Actor("operator", "desk-1")


def add_industry(world: World, code: str) -> UUID:
    """An industry."""
    return add_row(world, Industry, code=code, name_en=code.upper(), aliases=[], standard_codes=[])


def add_enterprise(world: World, code: str, *industries: UUID, **values: Any) -> UUID:
    """An enterprise of these industries."""
    made = add_row(
        world,
        Enterprise,
        **({"code": code, "name_zh": f"样例{code}", "key": code, "synthetic": False} | values),
    )
    with world.uow.write_core() as connection:
        for industry in industries:
            connection.execute(insert(EnterpriseIndustry), {"enterprise_id": made, "industry_id": industry})
    return made


def add_label(world: World, enterprise: UUID, label: LabelKind, **values: Any) -> None:
    """A label of an enterprise."""
    add_row(world, EnterpriseLabel, enterprise_id=enterprise, label=label, **values)


def add_result(world: World, code: str, industry: UUID, **values: Any) -> UUID:
    """A released result; where it was released is another matter."""
    known = {"code": code, "industry_id": industry, "version": 1, "databases": []}
    return add_row(world, NavigationResult, **(known | {"status": ResultStatus.RELEASED} | values))


def release(world: World, result: UUID, **place: UUID) -> None:
    """Link a result to the event or session that released it."""
    add_row(world, ResultLink, result_id=result, role=LinkRole.RELEASED, **place)


def add_row(world: World, table: type, **values: Any) -> UUID:
    """A row of a table; returns its id."""
    made = new_id()
    with world.uow.write_core() as connection:
        connection.execute(insert(table), {"id": made, **values})
    return made


class Desk:
    """A desk of the event: `bend` changes a guest's registration, the others let a guest in."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.checkin = CheckIn(world.uow, StandingClock(NOON + timedelta(hours=9)))

    def bend(self, guest: int, **values: Any) -> None:
        """Change the guest's registration."""
        self.world.set(Registration, self.world.guests[guest].registration, **values)

    def open(self, session: str | None = None, event: str | None = None, **settings: Any) -> None:
        """Make a door."""
        self.checkin.open_door(ACTOR, event or self.world.event_code, session, DoorSettings(**settings))

    def enter(self, guest: int, minute: int = 0, session: str | None = None, why: str | None = None) -> bool:
        """Scan the guest's badge `minute` minutes after noon; whether it was accepted."""
        door = self.checkin.door(self.world.event_code, session)
        moment = NOON + timedelta(minutes=minute)
        request = ScanRequest(self.world.guests[guest].code, at=moment, override=why)
        return self.checkin.scan(ACTOR, door, request).verdict == "accepted"

    def mark(self, guest: int, minute: int = 0, session: str | None = None) -> bool:
        """Mark the guest present."""
        door = self.checkin.door(self.world.event_code, session)
        moment = NOON + timedelta(minutes=minute)
        registration = self.world.guests[guest].registration
        return self.checkin.mark_present(ACTOR, door, registration, at=moment).verdict == "accepted"

    def undo(self, guest: int, session: str | None = None) -> None:
        """Annul the guest's last entry. Raises NotFoundError where there is none."""
        door = self.checkin.door(self.world.event_code, session)
        self.checkin.undo(ACTOR, door, self.world.guests[guest].registration)


def lengths(uow: UnitOfWork, event: str = "release-2019") -> list[tuple[str, int, int]]:
    """The lists behind the figures of an event that are not as long as their figures: name, figure, length."""
    summary, lists = Reports(uow).event(event), ReportLists(uow).lists("event", event)
    (listed,) = lists.events
    counts, came = summary.registrations, summary.attendance
    both: list[tuple[str, int, int]] = [
        ("walk_in", counts.walk_in, len(listed.walk_in)),
        ("substitute", counts.substitute, len(listed.substitute)),
        (
            "enterprises",
            summary.enterprises.registered,
            sum(row.registered > 0 for row in listed.enterprises),
        ),
    ]
    if came is not None:
        both += [
            ("attended", came.attended, len(listed.attended)),
            ("absent", came.absent, len(listed.absent)),
            ("on_leave", came.on_leave, len(listed.on_leave)),
            ("marked", came.marked, sum(one.marked for one in listed.attended)),
            ("late", came.late or 0, sum(one.late for one in listed.attended)),
            (
                "enterprises_attended",
                summary.enterprises.attended or 0,
                sum(row.attended > 0 for row in listed.enterprises),
            ),
        ]
    entered = {held.session.code: len(held.people) for held in listed.sessions}
    both += [
        (f"session {held.session.code}", held.attended or 0, entered.get(held.session.code, 0))
        for held in summary.sessions
    ]
    reach = {result.header.result.code: result.reach for result in summary.results if result.reach}
    states = {row.result.code: [one.state for one in row.enterprises] for row in lists.results}
    for code, counted in reach.items():
        both.append((f"missed {code}", counted.missed, states[code].count(ReachState.MISSED)))
        both.append(
            (
                f"registered {code}",
                counted.registered_only,
                states[code].count(ReachState.REGISTERED_ONLY),
            )
        )
    return [row for row in both if row[1] != row[2]]
