"""The wall's figures on both engines: by the definitions of the summary, and with the fill of the sessions."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import insert

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import ScanRequest
from ipweek.domain.errors import NotFoundError
from ipweek.domain.figures import Named, Rate
from ipweek.domain.ids import new_id
from ipweek.domain.words import Direction, EventStatus, RegistrationSource, RegistrationStatus
from ipweek.services.checkin import CheckIn
from ipweek.services.live import Live
from ipweek.services.reports import Reports
from ipweek.services.wall import Walls
from ipweek.storage.tables.navigation import NavigationResult
from ipweek.storage.tables.programme import Event, Room, Venue
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import NOON, StandingClock
from tests.report_world import Desk, add_enterprise, add_industry, add_result, release
from tests.world import DAY, World, build


@pytest.fixture
def world(uow: UnitOfWork) -> World:
    """Twelve guests of one event, all of one enterprise; it began a quarter of an hour before noon."""
    made = build(uow, people=12)
    made.set(Event, made.event, start_time=time(11, 45))
    return made


@pytest.fixture
def desk(world: World) -> Desk:
    """Where guests come in."""
    return Desk(world)


@pytest.fixture
def walls(uow: UnitOfWork, clock: StandingClock) -> Walls:
    """The service under test, at noon of the event's day."""
    return Walls(uow, clock)


def test_one_event_has_one_standing(uow, clock, world, desk, walls) -> None:
    """Wall, live view and summary count alike: who is expected, came, is late, is inside; the rest of them left."""
    desk.bend(0, source=RegistrationSource.WALK_IN)
    desk.bend(1, on_leave=True)
    desk.bend(2, status=RegistrationStatus.CANCELLED)
    desk.bend(3, confirmed_at=NOON)
    for guest, minute in ((0, -20), (4, -3), (5, 0), (6, 1), (7, 20)):
        assert desk.enter(guest, minute)
    clock.forward(hours=1)
    _leave(uow, clock, world, 5)
    wall, live = walls.look("release-2019"), Live(uow, clock).counts("release-2019")
    counted = Reports(uow, clock).event("release-2019").attendance
    standing = wall.standing
    assert live.standing == standing
    assert (standing.expected, standing.expected_attended) == (counted.expected, counted.expected_attended)
    assert (standing.expected, standing.expected_attended, standing.walk_in_attended) == (8, 4, 1)
    assert (standing.attended, standing.inside, standing.left) == (counted.attended, 4, 1) == (5, 4, 1)
    assert (live.came, live.inside) == (5, 4)
    assert standing.late == counted.late == 2
    assert standing.rate == Rate(4, 8)
    assert [(slot.at - NOON, slot.people) for slot in wall.arrivals] == [
        (timedelta(minutes=-30), 1),
        (timedelta(minutes=-15), 1),
        (timedelta(0), 2),
        (timedelta(minutes=15), 1),
    ]


def _leave(uow, clock, world, guest, session=None) -> None:
    doors = CheckIn(uow, clock)
    request = ScanRequest(world.guests[guest].code, at=clock(), direction=Direction.EXIT)
    doors.scan(Actor("o", "d"), doors.door("release-2019", session), request)


def test_nobody_is_late_where_no_hour_is_stated(world, desk, walls) -> None:
    """Unknown, and not 0."""
    world.set(Event, world.event, start_time=None)
    desk.enter(0, 90)
    assert walls.look("release-2019").standing.late is None


def test_enterprises_are_counted_while_somebody_is_inside(uow, clock, world, desk, walls) -> None:
    """Each once; one whose people have all left is not present; names come only where they are asked for."""
    other = add_enterprise(world, "other")
    desk.bend(1, enterprise_id=other)
    desk.bend(2, enterprise_id=None)
    for guest in (0, 1, 2, 3):
        desk.enter(guest)
    found = walls.look("release-2019")
    assert (found.enterprises, found.names) == (2, None)
    clock.forward(hours=1)
    _leave(uow, clock, world, 1)
    found = walls.look("release-2019", enterprises=True)
    assert found.enterprises == 1
    assert found.names == (Named("hei", "惠州恒益科技有限公司"),)


def test_sessions_with_room_and_fill(uow, clock, world, desk, walls) -> None:
    """Booked and inside are one place; the tightest limit counts; without a door or a booking nothing is known."""
    venue, room = new_id(), new_id()
    with world.uow.write_core() as connection:
        connection.execute(insert(Venue), {"id": venue, "code": "v"})
        told = {"id": room, "code": "r", "venue_id": venue, "name_en": "Room", "capacity": 5}
        connection.execute(insert(Room), told)
    at = {"start_day": DAY, "start_time": time(12), "room_id": room}
    talk = world.add_session("talk", capacity=9, end_day=DAY, end_time=time(13), **at)
    desk.open("talk")
    world.add_session("free", **{**at, "room_id": None, "start_time": time(14)})
    for code, limit in (("door", 3), ("idle", None)):
        world.add_session(code, **{**at, "start_time": time(15)})
        desk.open(code, capacity=limit)
    world.add_session("booked", capacity=7, start_day=DAY, start_time=time(16))
    world.add_session("off", status=EventStatus.CANCELLED, **at)
    world.add_session("undated")
    for guest in (0, 1):
        world.enrol(world.guests[guest], talk)
    world.enrol(world.guests[2], talk, RegistrationStatus.CANCELLED)
    assert desk.enter(1, session="talk")
    found = {each.session.code: each for each in walls.look("release-2019").sessions}
    assert list(found) == ["undated", "talk", "free", "door", "idle", "booked"], (
        "the undated is on its event's day"
    )
    assert (found["talk"].room, found["talk"].present, found["talk"].taken) == (
        Named("r", None, "Room"),
        1,
        2,
    )
    assert (found["talk"].seats, found["talk"].left) == (5, 3)
    assert found["talk"].begins == NOON
    assert (found["free"].taken, found["free"].present, found["free"].left) == (None, None, None)
    assert (found["door"].taken, found["door"].present, found["door"].left) == (0, 0, 3)
    assert (found["idle"].taken, found["idle"].present, found["idle"].left) == (None, None, None), (
        "nobody counts"
    )
    assert (found["booked"].taken, found["booked"].present, found["booked"].left) == (0, None, 7)
    clock.forward(hours=1)
    assert desk.enter(4, session="idle")
    _leave(uow, clock, world, 4, "idle")
    found = {each.session.code: each for each in walls.look("release-2019").sessions}
    assert (found["idle"].taken, found["idle"].present, found["idle"].left) == (0, 0, 5), (
        "who left makes room"
    )


def test_what_is_released_today(world, walls) -> None:
    """By the event or one of its sessions, on this day in the week's zone."""
    industry, talk = add_industry(world, "led"), world.add_session("talk")
    results = {code: add_result(world, code, industry) for code in ("one", "two", "past", "elsewhere")}
    release(world, results["one"], event_id=world.event)
    release(world, results["two"], session_id=talk)
    release(world, results["past"], event_id=world.event)
    release(world, results["elsewhere"], event_id=world.add_event("other"))
    for code, result in results.items():
        day = date(2019, 4, 24) if code == "past" else DAY
        world.set(NavigationResult, result, released_on=day)
    assert [each.code for each in walls.look("release-2019").released] == ["one", "two"]


def test_an_event_with_nothing(uow, clock, world, walls) -> None:
    """No registrations, sessions or doors are no error; an event that is not there is one."""
    world.add_event("empty")
    found = walls.look("empty")
    assert (found.standing.expected, found.standing.attended, found.sessions, found.released) == (
        0,
        0,
        (),
        (),
    )
    assert found.standing.rate.value is None
    with pytest.raises(NotFoundError):
        walls.look("missing")
