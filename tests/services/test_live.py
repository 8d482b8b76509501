"""The live counts: doors, industries, enterprises, arrivals per five minutes; what was annulled does not count."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import Door, ScanRequest
from ipweek.domain.errors import NotFoundError
from ipweek.domain.figures import Named, Rate
from ipweek.domain.ids import new_id
from ipweek.domain.live import LiveCounts, Tally
from ipweek.domain.words import Direction, EntryRule, RegistrationStatus
from ipweek.services.checkin import CheckIn
from ipweek.services.live import Live
from ipweek.storage.tables.checkin import Checkpoint
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseIndustry, Industry
from ipweek.storage.tables.people import Registration
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import NOON, StandingClock
from tests.world import World, build

MINUTE = timedelta(minutes=1)
HEI = Named("hei", "惠州恒益科技有限公司")


@pytest.fixture
def world(uow: UnitOfWork) -> World:
    """Six guests of one enterprise and one event."""
    return build(uow, 6)


def enter(checkin: CheckIn, actor: Actor, door: Door, world: World, guest: int, minute: int = 0) -> None:
    """A guest goes in, so many minutes past noon."""
    checkin.scan(actor, door, ScanRequest(world.guests[guest].code, at=NOON + minute * MINUTE))


def counts(uow: UnitOfWork, clock: StandingClock, world: World) -> LiveCounts:
    """The counts of the event."""
    return Live(uow, clock).counts(world.event_code)


def test_nobody_yet(uow: UnitOfWork, clock: StandingClock, world: World) -> None:
    """Before the first arrival the door stands there with nobody, and there is no curve."""
    found = counts(uow, clock, world)
    assert (found.registered, found.came, found.inside) == (6, 0, 0)
    assert [(tally.door.code, tally.came, tally.inside) for tally in found.doors] == [("release-2019", 0, 0)]
    assert found.enterprises == (Tally(HEI, 6, 0),)
    assert found.arrivals == ()
    assert found.rate == Rate(0, 6)
    assert found.as_of == NOON


def test_who_came_and_who_is_inside(
    uow: UnitOfWork, clock: StandingClock, world: World, checkin: CheckIn, door: Door, actor: Actor
) -> None:
    """Somebody who left has come and is not inside; a second try at the door counts nobody twice."""
    clock.forward(hours=1)
    for guest in (0, 1, 1):
        enter(checkin, actor, door, world, guest)
    left = ScanRequest(world.guests[0].code, at=NOON + MINUTE, direction=Direction.EXIT)
    checkin.scan(actor, door, left)
    found = counts(uow, clock, world)
    assert (found.came, found.inside) == (2, 1)
    assert (found.doors[0].came, found.doors[0].inside) == (2, 1)


def test_an_annulled_entry_does_not_count(
    uow: UnitOfWork, clock: StandingClock, world: World, checkin: CheckIn, door: Door, actor: Actor
) -> None:
    """Whoever's only entry was annulled has come nowhere: not at the door, not in the curve, not in his group."""
    clock.forward(hours=1)
    enter(checkin, actor, door, world, 0)
    enter(checkin, actor, door, world, 1, minute=7)
    checkin.undo(actor, door, world.guests[1].registration)
    found = counts(uow, clock, world)
    assert (found.came, found.inside, found.doors[0].came) == (1, 1, 1)
    assert [slot.people for slot in found.arrivals] == [1]
    assert found.enterprises == (Tally(HEI, 6, 1),)


def test_arrivals_per_five_minutes(
    uow: UnitOfWork, clock: StandingClock, world: World, checkin: CheckIn, door: Door, actor: Actor
) -> None:
    """The slots go from the first arrival to the last, the empty ones between them included."""
    clock.forward(hours=1)
    for guest, minute in ((0, 0), (1, 4), (2, 5), (3, 17)):
        enter(checkin, actor, door, world, guest, minute)
    found = counts(uow, clock, world)
    assert [(slot.at - NOON, slot.people) for slot in found.arrivals] == [
        (0 * MINUTE, 2),
        (5 * MINUTE, 1),
        (10 * MINUTE, 0),
        (15 * MINUTE, 1),
    ]


def test_groups(
    uow: UnitOfWork, clock: StandingClock, world: World, checkin: CheckIn, door: Door, actor: Actor
) -> None:
    """People of an enterprise in two industries count in both, those without an enterprise by themselves, last."""
    led, qled, other = new_id(), new_id(), new_id()
    with uow.write_core() as connection:
        for industry, code in ((led, "led"), (qled, "qled")):
            connection.execute(insert(Industry), {"id": industry, "code": code, "name_en": code})
            row = {"enterprise_id": world.enterprise, "industry_id": industry}
            connection.execute(insert(EnterpriseIndustry), row)
        row = {"id": other, "code": "other", "name_zh": "其他", "key": "其他", "synthetic": True}
        connection.execute(insert(Enterprise), row)
    world.set(Registration, world.guests[4].registration, enterprise_id=other)
    world.set(Registration, world.guests[5].registration, enterprise_id=None)
    enter(checkin, actor, door, world, 0)
    enter(checkin, actor, door, world, 5)
    found = counts(uow, clock, world)
    told = [(tally.of.code if tally.of else None, tally.registered, tally.came) for tally in found.industries]
    assert told == [("led", 4, 1), ("qled", 4, 1), (None, 2, 1)]
    told = [
        (tally.of.code if tally.of else None, tally.registered, tally.came) for tally in found.enterprises
    ]
    assert told == [("hei", 4, 1), ("other", 1, 0), (None, 1, 1)]


def test_who_holds_no_place_is_not_expected(uow: UnitOfWork, clock: StandingClock, world: World) -> None:
    """Waiting, cancelled and blocked registrations are not among the registered."""
    for guest, status in enumerate(
        (RegistrationStatus.WAITING, RegistrationStatus.CANCELLED, RegistrationStatus.BLOCKED)
    ):
        world.set(Registration, world.guests[guest].registration, status=status)
    assert counts(uow, clock, world).registered == 3


def test_somebody_at_two_doors_came_once(
    uow: UnitOfWork, clock: StandingClock, world: World, checkin: CheckIn, door: Door, actor: Actor
) -> None:
    """Each door counts him, the event counts him once, at his first entry; a limit is told with its door."""
    second = {"id": new_id(), "code": "side-door", "event_id": world.event, "name_en": "Side door"}
    second |= {"entry_rule": EntryRule.MANY, "categories": [], "present": 0, "over": 0, "capacity": 40}
    with uow.write_core() as connection:
        connection.execute(insert(Checkpoint), second)
    clock.forward(hours=1)
    enter(checkin, actor, door, world, 0)
    side = next(each for each in checkin.doors(world.event_code) if each.code == "side-door")
    enter(checkin, actor, side, world, 0, minute=20)
    found = counts(uow, clock, world)
    assert [(tally.door.name("en"), tally.came, tally.capacity) for tally in found.doors] == [
        ("release-2019", 1, None),
        ("Side door", 1, 40),
    ]
    assert (found.came, found.inside) == (1, 1)
    assert [slot.people for slot in found.arrivals] == [1]


def test_other_events_do_not_count(
    uow: UnitOfWork, clock: StandingClock, world: World, checkin: CheckIn, door: Door, actor: Actor
) -> None:
    """An event without registrations has none of another one's; one that is not there is refused."""
    enter(checkin, actor, door, world, 0)
    world.add_event("empty")
    found = Live(uow, clock).counts("empty")
    assert (found.registered, found.came, found.doors, found.enterprises) == (0, 0, (), ())
    with pytest.raises(NotFoundError):
        Live(uow, clock).counts("missing")
