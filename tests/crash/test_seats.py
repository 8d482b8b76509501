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
SIZES = [(30, 120), pytest.param((SEATS, PEOPLE), marks=pytest.mark.soak)]
"""Seats and people of the plain run, and of the whole proof."""


def places(uow: UnitOfWork, capacity: int) -> str:
    """A world with an event of so many seats; its code."""
    world = build(uow, 0)
    world.set(Event, world.event, capacity=capacity)
    with uow.write_core() as connection:
        lease = {"id": world.workspace, "number": 1, "next_counter": 1, "granted_at": BEFORE}
        connection.execute(insert(Lease), lease)
    return world.event_code


@pytest.mark.parametrize("size", SIZES, ids=["30 of 120", "500 of 2000"])
def test_exactly_as_many_as_there_are_seats(uow: UnitOfWork, engine_url: str, size: tuple[int, int]) -> None:
    """Four times as many people as seats, eight desks: as many registered, the others in one line, a badge each."""
    capacity, people = size
    event = places(uow, capacity)
    told = workers.race(seats.register_many, engine_url, event, people // workers.PROCESSES)
    assert sum(told) == capacity
    registrations = Registrations(uow)
    assert registrations.counts(event) == PlaceCounts(capacity, people - capacity, 0, capacity)
    line = registrations.waiting_list(event)
    assert [row.place_in_line for row in line] == list(range(1, people - capacity + 1))
    with uow.read() as session:
        assert session.scalar(select(Event.taken)) == capacity
        assert len(set(session.scalars(select(Badge.number)))) == people


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
    """80 people, 20 seats, eight desks: 20 have one, 60 wait, and the counter says so."""
    event = places(uow, SEATS)
    add_talk(uow, 20)
    assert sum(workers.race(seats.enrol_many, engine_url, event, 80 // workers.PROCESSES)) == 20
    assert in_talk(uow) == (20, {RegistrationStatus.REGISTERED: 20, RegistrationStatus.WAITING: 60})


def test_enrolling_and_leaving_at_once(uow: UnitOfWork, engine_url: str) -> None:
    """Half of 48 leave while the others come: the seats of those who left went to who waited."""
    event = places(uow, SEATS)
    add_talk(uow, 12)
    registrations, actor = Registrations(uow), Actor("racer", "desk")
    made = [registrations.register(actor, event, seats.somebody(9, number)) for number in range(48)]
    workers.race(seats.enrol_or_leave, engine_url, [row.badge_no for row in made])
    assert in_talk(uow) == (12, {RegistrationStatus.REGISTERED: 12, RegistrationStatus.WAITING: 12})


def test_the_same_newcomer_at_every_desk(uow: UnitOfWork, engine_url: str) -> None:
    """Eight desks register the same twenty newcomers of a new enterprise: each is one person, registered once."""
    event = places(uow, SEATS)
    told = workers.race(seats.register_the_same, engine_url, event, 20)
    assert sum(told) == 20
    with uow.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 20
        assert session.scalar(select(func.count(Registration.enterprise_id.distinct()))) == 1


def test_cancelling_and_registering_at_once(uow: UnitOfWork, engine_url: str) -> None:
    """Four desks cancel while four register: places, line and counter agree, and no desk sees an error."""
    event = places(uow, 25)
    registrations, actor = Registrations(uow), Actor("racer", "desk")
    badges = [
        registrations.register(actor, event, seats.somebody(9, number)).badge_no for number in range(40)
    ]
    workers.race(seats.cancel_or_register, engine_url, event, badges)
    counts = registrations.counts(event)
    assert counts == PlaceCounts(25, 15, 40, 25)
    with uow.read() as session:
        assert session.scalar(select(Event.taken)) == 25


@pytest.mark.parametrize("engine_url", ["postgresql"], indirect=True)
def test_control_a_naive_count_overbooks(uow: UnitOfWork, engine_url: str) -> None:
    """Counting first and writing then sells more seats than there are: the race is real."""
    event = places(uow, 100)
    with uow.write() as session:
        people = [_person(session) for _number in range(400)]
    workers.race(seats.count_then_write, engine_url, event, people)
    query = select(func.count()).where(Registration.status == RegistrationStatus.REGISTERED)
    with uow.read() as session:
        assert (session.scalar(query) or 0) > 100


def _person(session: Session) -> UUID:
    row = Person(name="来宾", search_key="", sort_key="", synthetic=True)
    session.add(row)
    session.flush()
    return row.id
