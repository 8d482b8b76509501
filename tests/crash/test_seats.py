"""Eight desks that sell the same seats at once, through the service, and a control that shows why it is built so."""

from uuid import UUID

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.registrations import PlaceCounts
from ipweek.domain.words import RegistrationStatus
from ipweek.services.registrations import Registrations
from ipweek.storage.tables.badges import Badge, Lease
from ipweek.storage.tables.people import Enrolment, Person, Registration
from ipweek.storage.tables.programme import Event, EventSession
from ipweek.storage.unit_of_work import UnitOfWork
from tests.crash import seats, workers
from tests.world import BEFORE, build

SEATS, PEOPLE = 500, 2_000


def places(uow: UnitOfWork, capacity: int) -> str:
    """A world with an event of so many seats; its code."""
    world = build(uow, 0)
    world.set(Event, world.event, capacity=capacity)
    with uow.write_core() as connection:
        lease = {"id": world.workspace, "number": 1, "next_counter": 1, "granted_at": BEFORE}
        connection.execute(insert(Lease), lease)
    return world.event_code


def test_exactly_as_many_as_there_are_seats(uow: UnitOfWork, engine_url: str) -> None:
    """2,000 people, 500 seats, eight desks: 500 registered, 1,500 waiting in one line, a badge each."""
    event = places(uow, SEATS)
    share = PEOPLE // workers.PROCESSES
    told = workers.race(seats.register_many, engine_url, event, share)
    assert sum(told) == SEATS
    registrations = Registrations(uow)
    assert registrations.counts(event) == PlaceCounts(SEATS, PEOPLE - SEATS, 0, SEATS)
    line = registrations.waiting_list(event)
    assert [row.place_in_line for row in line] == list(range(1, PEOPLE - SEATS + 1))
    with uow.read() as session:
        assert session.scalar(select(Event.taken)) == SEATS
        assert len(set(session.scalars(select(Badge.number)))) == PEOPLE


def add_talk(uow: UnitOfWork, capacity: int) -> None:
    """A session of so many seats at the event, which itself has no limit."""
    with uow.write() as session:
        event = session.scalars(select(Event)).one()
        event.capacity = None
        session.add(EventSession(code="talk", event_id=event.id, kind=event.kind, capacity=capacity))


def in_talk(uow: UnitOfWork) -> tuple[int, dict[RegistrationStatus, int]]:
    """What the session says is taken, and its enrolments by status."""
    with uow.read() as session:
        taken = session.scalar(select(EventSession.taken)) or 0
        rows = session.execute(select(Enrolment.status, func.count()).group_by(Enrolment.status))
        return taken, {row[0]: row[1] for row in rows}


def test_exactly_as_many_as_there_are_seats_in_a_session(uow: UnitOfWork, engine_url: str) -> None:
    """200 people, 50 seats, eight desks: 50 have one, 150 wait, and the counter says so."""
    event = places(uow, SEATS)
    add_talk(uow, 50)
    assert sum(workers.race(seats.enrol_many, engine_url, event, 200 // workers.PROCESSES)) == 50
    assert in_talk(uow) == (50, {RegistrationStatus.REGISTERED: 50, RegistrationStatus.WAITING: 150})


def test_enrolling_and_leaving_at_once(uow: UnitOfWork, engine_url: str) -> None:
    """Half of 80 leave while the others come: the seats of those who left went to who waited."""
    event = places(uow, SEATS)
    add_talk(uow, 20)
    registrations, actor = Registrations(uow), Actor("racer", "desk")
    made = [registrations.register(actor, event, seats.somebody(9, number)) for number in range(80)]
    workers.race(seats.enrol_or_leave, engine_url, [row.badge_no for row in made])
    assert in_talk(uow) == (20, {RegistrationStatus.REGISTERED: 20, RegistrationStatus.WAITING: 20})


def test_the_same_newcomer_at_every_desk(uow: UnitOfWork, engine_url: str) -> None:
    """Eight desks register the same forty newcomers of a new enterprise: each is one person, registered once."""
    event = places(uow, SEATS)
    told = workers.race(seats.register_the_same, engine_url, event, 40)
    assert sum(told) == 40
    with uow.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 40
        assert session.scalar(select(func.count(Registration.enterprise_id.distinct()))) == 1


def test_cancelling_and_registering_at_once(uow: UnitOfWork, engine_url: str) -> None:
    """Four desks cancel while four register: places, line and counter agree, and no desk sees an error."""
    event = places(uow, 50)
    registrations, actor = Registrations(uow), Actor("racer", "desk")
    badges = [
        registrations.register(actor, event, seats.somebody(9, number)).badge_no for number in range(80)
    ]
    workers.race(seats.cancel_or_register, engine_url, event, badges)
    counts = registrations.counts(event)
    assert counts == PlaceCounts(50, 30, 80, 50)
    with uow.read() as session:
        assert session.scalar(select(Event.taken)) == 50


@pytest.mark.parametrize("engine_url", ["postgresql"], indirect=True)
def test_control_a_naive_count_overbooks(uow: UnitOfWork, engine_url: str) -> None:
    """Counting first and writing then sells more seats than there are: the race is real."""
    event = places(uow, SEATS)
    with uow.write() as session:
        people = [_person(session) for _number in range(PEOPLE)]
    workers.race(seats.count_then_write, engine_url, event, people)
    query = select(func.count()).where(Registration.status == RegistrationStatus.REGISTERED)
    with uow.read() as session:
        assert (session.scalar(query) or 0) > SEATS


def _person(session: Session) -> UUID:
    row = Person(name="来宾", search_key="", sort_key="", synthetic=True)
    session.add(row)
    session.flush()
    return row.id
