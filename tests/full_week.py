"""A week in which every figure of a summary counts somebody or something."""

from datetime import time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from ipweek.domain.checkin import ScanRequest
from ipweek.domain.ids import new_id
from ipweek.domain.words import (
    Better,
    CaseCause,
    Comparator,
    Confidentiality,
    DemandCategory,
    DemandStatus,
    LabelKind,
    Level,
    Provenance,
    RegistrationSource,
    RegistrationStatus,
    ValueKind,
)
from ipweek.storage.tables.cases import Case, CaseLink
from ipweek.storage.tables.enterprises import Industry
from ipweek.storage.tables.exchange import Demand, DemandAction
from ipweek.storage.tables.feedback import FeedbackAnswer
from ipweek.storage.tables.navigation import Indicator, IndicatorValue, LevelCount, Source
from ipweek.storage.tables.people import Registration
from ipweek.storage.tables.programme import Event
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import NOON
from tests.report_world import ACTOR, Desk, add_enterprise, add_industry, add_label, add_result, release
from tests.world import BEFORE, DAY, World, build

EVENT, SECOND, WEEK = "release-2019", "exchange", "huizhou-2019"


def full_week(uow: UnitOfWork) -> tuple[World, Desk]:
    """Fourteen guests of five enterprises at one event, three of them at a second one, too."""
    world = build(uow, people=14)
    desk = Desk(world)
    world.set(Event, world.event, start_time=time(12))
    _enterprises(world, desk)
    talk = world.add_session("talk", capacity=10)
    world.add_session("panel", capacity=10)
    desk.open("talk", capacity=10)
    for guest in range(5):
        world.enrol(world.guests[guest], talk)
    _standings(world, desk)
    _doors(desk)
    second = world.add_event(SECOND)
    desk.open(event=SECOND)
    with uow.write_core() as connection:
        for guest in world.guests[:3]:
            row = {"id": new_id(), "person_id": guest.person, "event_id": second, "answers": {}}
            row |= {"enterprise_id": world.enterprise, "category": "delegate", "registered_at": BEFORE}
            row |= {"status": RegistrationStatus.REGISTERED, "source": RegistrationSource.IMPORT}
            connection.execute(insert(Registration), row | {"on_leave": False})
    for guest in (0, 1):
        _enter_second(desk, guest)
    _results(world, talk)
    _demands(world)
    _answers(world, talk, second)
    return world, desk


def _enterprises(world: World, desk: Desk) -> None:
    qled, led = add_industry(world, "qled"), add_industry(world, "led")
    both = add_enterprise(world, "both", qled, led, district="惠城区")
    one = add_enterprise(world, "one", qled, district="惠阳区")
    gone = add_enterprise(world, "gone", qled)
    add_enterprise(world, "missed", qled)
    add_label(world, both, LabelKind.HIGH_TECH)
    add_label(world, one, LabelKind.HIGH_TECH, valid_to=DAY - timedelta(days=1))
    for guest in (0, 1, 5):
        desk.bend(guest, enterprise_id=both)
    for guest in (2, 6):
        desk.bend(guest, enterprise_id=one)
    desk.bend(7, enterprise_id=gone)
    desk.bend(12, enterprise_id=None)


def _standings(world: World, desk: Desk) -> None:
    desk.bend(3, source=RegistrationSource.WALK_IN, confirmed_at=NOON + timedelta(minutes=5))
    desk.bend(4, substitute_for=world.guests[7].registration)
    desk.bend(5, confirmed_at=NOON + timedelta(minutes=1))
    desk.bend(6, status=RegistrationStatus.WAITING)
    desk.bend(7, status=RegistrationStatus.CANCELLED)
    desk.bend(8, status=RegistrationStatus.BLOCKED)
    desk.bend(9, on_leave=True)


def _doors(desk: Desk) -> None:
    """In the order of time: no desk reads a badge before the last one that it read."""
    assert desk.enter(0, -20)
    assert desk.enter(9, 1)
    assert desk.enter(12, 2)
    assert desk.mark(1, 3)
    assert desk.enter(0, 5, session="talk")
    assert desk.enter(4, 6, session="talk")
    assert desk.enter(10, 7)
    desk.undo(10)
    for guest, minute in ((2, 16), (3, 20), (5, 40)):
        assert desk.enter(guest, minute)


def _enter_second(desk: Desk, guest: int) -> None:
    door = desk.checkin.door(SECOND)
    request = ScanRequest(desk.world.guests[guest].code, at=NOON + timedelta(hours=3))
    assert desk.checkin.scan(ACTOR, door, request).verdict == "accepted"


def _results(world: World, talk: UUID) -> None:
    with world.uow.read() as session:
        qled = session.scalar(select(Industry.id).where(Industry.code == "qled"))
    assert qled
    result = add_result(world, "qled-1", qled)
    release(world, result, session_id=talk)
    source = _add(world, Source, code="page", title_en="A page", url="https://example.com/page")
    count = {"result_id": result, "level": Level.CITY, "count": 285, "comparator": Comparator.EQUAL}
    _add(world, LevelCount, code="c-1", provenance=Provenance.STATED, source_id=source, **count)
    indicator = _add(world, Indicator, code="stock", week_id=world.week, better=Better.HIGHER)
    for kind, value in ((ValueKind.ACTUAL, "12.99"), (ValueKind.TARGET, "14")):
        row: dict[str, Any] = {"indicator_id": indicator, "kind": kind, "value": Decimal(value)}
        row |= {"comparator": Comparator.EQUAL, "period": "2019", "provenance": Provenance.STATED}
        _add(world, IndicatorValue, code=f"stock-{kind}", source_id=source, **row)
    case = _add(world, Case, code="case-1", name_en="A v. B", cause=CaseCause.PATENT)
    _add(world, CaseLink, case_id=case, session_id=talk)


def _demands(world: World) -> None:
    for number, status in enumerate((DemandStatus.NEW, DemandStatus.MATCHED, DemandStatus.CLOSED), 1):
        demand = _add(
            world,
            Demand,
            code=f"demand-{number}",
            event_id=world.event,
            enterprise_id=world.enterprise,
            category=DemandCategory.LAYOUT,
            text=f"demand {number}",
            confidentiality=Confidentiality.CONFIDENTIAL if number == 1 else Confidentiality.INTERNAL,
            status=status,
            outcome="met" if status is DemandStatus.CLOSED else None,
            raised_on=DAY,
        )
        _add(world, DemandAction, code=f"action-{number}", demand_id=demand, text="call", due_on=DAY)


def _answers(world: World, talk: UUID, second: UUID) -> None:
    people = [world.guests[0].person, world.guests[0].person, world.guests[1].person, None]
    for number, person in enumerate(people):
        _add(
            world,
            FeedbackAnswer,
            event_id=second if number == 2 else world.event,
            key=str(number),
            person_id=person,
            session_id=talk if number < 2 else None,
            satisfaction=None if number == 1 else 5 - number,
            ratings={"Speaker": 4} if number != 2 else {},
            comment="good" if number == 0 else None,
        )


def _add(world: World, table: type, **values: Any) -> UUID:
    made = new_id()
    with world.uow.write_core() as connection:
        connection.execute(insert(table), {"id": made, **values})
    return made
