"""What desks do that race for seats."""

from multiprocessing.synchronize import Barrier
from os import getpid
from uuid import UUID

from sqlalchemy import func, insert, select

from ipweek.domain.actor import Actor
from ipweek.domain.errors import AlreadyThereError
from ipweek.domain.ids import new_id
from ipweek.domain.registrations import NewRegistration
from ipweek.domain.words import RegistrationSource, RegistrationStatus
from ipweek.services.registrations import Registrations
from ipweek.storage.engine import open_engine
from ipweek.storage.tables.people import Registration
from ipweek.storage.tables.programme import Event
from ipweek.storage.unit_of_work import UnitOfWork
from tests.crash.workers import PATIENCE
from tests.world import BEFORE


def somebody(desk: int, number: int) -> NewRegistration:
    """A newcomer whom no other desk has."""
    phone = f"1{desk % 7 + 3}{desk:04}{number:05}"
    return NewRegistration(name=f"来宾{number}", phone=phone, enterprise="样例光电")


def enrol_many(start: Barrier, url: str, event: str, people: int) -> int:
    """Register newcomers, then enrol each in `talk`; how many got a seat in it."""
    engine = open_engine(url)
    registrations, actor = Registrations(UnitOfWork(engine)), Actor("racer", "desk")
    desk = getpid() % 10_000
    start.wait(PATIENCE)
    made = [registrations.register(actor, event, somebody(desk, number)) for number in range(people)]
    seated = [registrations.enrol(actor, str(row.id), "talk").sessions for row in made]
    engine.dispose()
    return seated.count(("talk",))


def enrol_or_leave(start: Barrier, url: str, badges: list[str]) -> None:
    """Take part in the races: enrol its share in `talk`, and take every other of them out again."""
    engine = open_engine(url)
    registrations, actor = Registrations(UnitOfWork(engine)), Actor("racer", "desk")
    place = start.wait(PATIENCE)
    for number, badge in enumerate(badges[place :: start.parties]):
        registrations.enrol(actor, badge, "talk")
        if number % 2:
            registrations.unenrol(actor, badge, "talk")
    engine.dispose()


def register_many(start: Barrier, url: str, event: str, people: int) -> int:
    """Register newcomers; how many got a seat."""
    engine = open_engine(url)
    registrations, actor = Registrations(UnitOfWork(engine)), Actor("racer", "desk")
    desk = getpid() % 10_000
    start.wait(PATIENCE)
    made = [registrations.register(actor, event, somebody(desk, number)) for number in range(people)]
    engine.dispose()
    return sum(row.status is RegistrationStatus.REGISTERED for row in made)


def register_the_same(start: Barrier, url: str, event: str, people: int) -> int:
    """Register newcomers whom the other desks register too; how many were new here."""
    engine = open_engine(url)
    registrations, actor = Registrations(UnitOfWork(engine)), Actor("racer", "desk")
    start.wait(PATIENCE)
    first = 0
    for number in range(people):
        try:
            registrations.register(actor, event, somebody(1, number))
        except AlreadyThereError:
            continue
        first += 1
    engine.dispose()
    return first


def cancel_or_register(start: Barrier, url: str, event: str, badges: list[str]) -> None:
    """Take part in the races: an even desk cancels its share of the badges, an odd one registers ten."""
    engine = open_engine(url)
    registrations, actor = Registrations(UnitOfWork(engine)), Actor("racer", "desk")
    place = start.wait(PATIENCE)
    for number in range(10):
        if place % 2 == 0:
            registrations.cancel(actor, badges[place // 2 * 10 + number], event)
        else:
            registrations.register(actor, event, somebody(place, number))
    engine.dispose()


def count_then_write(start: Barrier, url: str, event: str, people: list[UUID]) -> None:
    """Count the seats sold, and sell one where some are left, with nothing that holds the two together."""
    engine = open_engine(url)
    place = start.wait(PATIENCE)
    mine = people[place :: start.parties]
    for person in mine:
        with engine.begin() as connection:
            held = connection.execute(select(Event.id, Event.capacity).where(Event.code == event)).one()
            sold = select(func.count()).select_from(Registration).where(Registration.status == "registered")
            free = (connection.scalar(sold) or 0) < held.capacity
            row = {"id": new_id(), "person_id": person, "event_id": held.id, "category": "delegate"}
            row |= {
                "source": RegistrationSource.DESK,
                "on_leave": False,
                "answers": {},
                "registered_at": BEFORE,
            }
            status = RegistrationStatus.REGISTERED if free else RegistrationStatus.WAITING
            connection.execute(insert(Registration), row | {"status": status})
    engine.dispose()
