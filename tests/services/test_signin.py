"""Sign-in sheets: who is on them, and rows keyed in without doubling anybody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import Door, ScanRequest
from ipweek.domain.errors import NotFoundError
from ipweek.domain.signin import REASON, Keyed, SheetOrder
from ipweek.domain.words import Direction, EntryRule, Reason, RegistrationStatus, ScanKind
from ipweek.services.reports import Reports
from ipweek.services.signin import SignIn
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.checkin import Admission, Checkpoint, Scan
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import StandingClock
from tests.world import World, build

START = datetime(2019, 4, 25, 1, 30, tzinfo=UTC)


@pytest.fixture
def world(uow: UnitOfWork) -> World:
    """Four guests of an event that begins at half past nine."""
    made = build(uow, 4)
    made.set(Event, made.event, start_time=time(9, 30))
    return made


@pytest.fixture
def signin(world: World, clock: StandingClock) -> SignIn:
    """The service under test, with the clock two hours after the start."""
    clock.moment = START + timedelta(hours=2)
    return SignIn(world.uow, clock)


@pytest.fixture
def door(world: World, signin: SignIn) -> Door:
    """The event's door."""
    return signin.door(world.event_code)


def marks(world: World) -> int:
    """How many rows the log has."""
    with world.uow.read() as session:
        return session.scalar(select(func.count()).select_from(Scan)) or 0


def came(world: World, guest: int) -> Admission | None:
    """How a guest stands at the door."""
    with world.uow.read() as session:
        return session.get(Admission, (world.guests[guest].registration, world.door))


def test_keyed_in_by_code_and_number(world: World, signin: SignIn, door: Door, actor: Actor) -> None:
    """A scanned code, the short number and the whole one each make one mark, at the start and with its reason."""
    typed = [world.guests[0].code, "0002", "0000000003"]
    keyed = [signin.key_in(actor, door, each) for each in typed]
    assert [(row.outcome, row.name, row.at) for row in keyed] == [
        (Keyed.ENTERED, f"来宾{place}", START) for place in range(3)
    ]
    lines = signin.scans(world.event_code)
    assert {(line.answer.kind, line.why) for line in lines} == {(ScanKind.MARK, REASON)}
    assert {line.answer.code for line in lines} == set(typed)
    assert signin.disagreements(world.event_code) == ()


def test_twice_doubles_nobody(world: World, signin: SignIn, door: Door, actor: Actor) -> None:
    """The same row again, by the other way too, is told and leaves no second mark; a door that admits many included."""
    world.set(Checkpoint, world.door, entry_rule=EntryRule.MANY)
    signin.key_in(actor, door, world.guests[0].code)
    again = [signin.key_in(actor, door, each) for each in (world.guests[0].code, "1", "0001")]
    assert {(row.outcome, row.first_at, row.first_desk) for row in again} == {
        (Keyed.ALREADY, START, actor.desk)
    }
    assert marks(world) == 1
    assert came(world, 0).entries == 1


def test_two_desks_at_once(world: World, signin: SignIn, door: Door, actor: Actor) -> None:
    """Two desks with the same sheet make one mark a row between them."""
    world.set(Checkpoint, world.door, entry_rule=EntryRule.MANY)
    numbers = [f"{place:04d}" for place in range(1, 5)] * 2
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda each: signin.key_in(actor, door, each), numbers))
    assert all(row.outcome in (Keyed.ENTERED, Keyed.ALREADY) for row in found)
    assert marks(world) == 4
    assert [came(world, guest).entries for guest in range(4)] == [1] * 4


def test_scanned_before(world: World, signin: SignIn, door: Door, actor: Actor) -> None:
    """Whoever was scanned in is told with time and desk, also after he has left."""
    at = START + timedelta(minutes=3)
    signin.scan(actor, door, ScanRequest(world.guests[0].code, at=at))
    signin.scan(actor, door, ScanRequest(world.guests[0].code, direction=Direction.EXIT))
    row = signin.key_in(actor, door, "1")
    assert (row.outcome, row.reason, row.first_at) == (Keyed.ALREADY, Reason.ALREADY_IN, at)
    assert came(world, 0).entries == 1


def test_the_desks_own_scans_do_not_move_the_sheets_time(
    world: World, signin: SignIn, door: Door, actor: Actor
) -> None:
    """A row keyed in at a desk that scanned at noon counts from the start, and makes nobody late."""
    signin.scan(actor, door, ScanRequest(world.guests[0].code))
    signin.key_in(actor, door, "2")
    signin.key_in(actor, door, "3", START + timedelta(minutes=40))
    assert came(world, 1).first_in == START
    attendance = Reports(world.uow, signin.clock).event(world.event_code).attendance
    assert (attendance.attended, attendance.late) == (3, 2)


def test_refused_then_allowed(world: World, signin: SignIn, door: Door, actor: Actor) -> None:
    """A row that was refused is no answer for ever: it is judged anew when something has changed."""
    guest = world.guests[0]
    world.set(Registration, guest.registration, status=RegistrationStatus.CANCELLED)
    refused = signin.key_in(actor, door, guest.code)
    assert (refused.outcome, refused.reason, refused.name) == (Keyed.REFUSED, Reason.CANCELLED, guest.name)
    world.set(Registration, guest.registration, status=RegistrationStatus.REGISTERED)
    assert signin.key_in(actor, door, guest.code).outcome is Keyed.ENTERED


def test_taken_back_and_keyed_in_again(world: World, signin: SignIn, door: Door, actor: Actor) -> None:
    """Undo takes the row back, and it may be keyed in anew, each time once."""
    for _ in range(2):
        row = signin.key_in(actor, door, "1")
        assert row.outcome is Keyed.ENTERED
        signin.take_back(actor, door, row)
        assert came(world, 0).entries == 0
    with pytest.raises(NotFoundError):
        signin.take_back(actor, door, signin.key_in(actor, door, "nobody"))


def test_nobodys_row(world: World, signin: SignIn, door: Door, actor: Actor) -> None:
    """Unknown numbers, blanks, slips, forgeries and strangers are told apart, and are no marks."""
    world.add_badge(900)
    world.set(Registration, world.guests[3].registration, event_id=world.add_event("other"))
    code = world.guests[0].code
    slip = code[:-1] + str((int(code[-1]) + 1) % 10)
    found = {
        typed: signin.key_in(actor, door, typed).reason
        for typed in ("777", "0900", "张伟", slip, world.code(1, secret=bytes(32)), "4", "１" * 9)
    }
    assert list(found.values()) == [
        *(Reason.UNKNOWN, Reason.UNKNOWN, Reason.INVALID, Reason.INVALID, Reason.FORGED),
        *(Reason.WRONG_EVENT, Reason.UNKNOWN),
    ]
    assert marks(world) == 0


def test_a_badge_issued_anew_since_the_sheet_was_printed(
    world: World, signin: SignIn, door: Door, actor: Actor
) -> None:
    """Paper tells who signed: the code of an earlier issue still finds its row."""
    world.set(Badge, world.guests[0].badge, issue=2)
    assert signin.key_in(actor, door, world.guests[0].code).outcome is Keyed.ENTERED


def test_sheet_rows(world: World, signin: SignIn) -> None:
    """Who holds a place is on it, in the order asked for, with a code and a number that find him again."""
    world.set(Person, world.guests[2].person, rank=1)
    world.set(Registration, world.guests[1].registration, enterprise_id=None)
    world.set(Registration, world.guests[3].registration, status=RegistrationStatus.WAITING)
    order = {
        each: [row.name for row in signin.sheet(world.event_code, None, each).rows] for each in SheetOrder
    }
    assert order == {
        SheetOrder.ENTERPRISE: ["来宾2", "来宾0", "来宾1"],
        SheetOrder.RANK: ["来宾2", "来宾0", "来宾1"],
        SheetOrder.PINYIN: ["来宾0", "来宾1", "来宾2"],
    }
    row = signin.sheet(world.event_code, None, SheetOrder.PINYIN).rows[0]
    assert (row.code, row.number, row.seat) == (world.guests[0].code, "0001", "A1")


def test_numbers_of_two_leases(world: World, signin: SignIn, door: Door, actor: Actor) -> None:
    """Where the last digits meet, the sheet has all ten, and the short ones name nobody."""
    world.set(Badge, world.guests[1].badge, number=7_000_001)
    numbers = [row.number for row in signin.sheet(world.event_code, None, SheetOrder.PINYIN).rows]
    assert numbers == ["0000000001", "0007000001", "0003", "0004"]
    assert signin.key_in(actor, door, "1").reason is Reason.AMBIGUOUS
    assert signin.key_in(actor, door, "0007000001").name == "来宾1"


def test_sheet_of_a_session(world: World, signin: SignIn, actor: Actor) -> None:
    """A limited session has those enrolled, keyed in at its own door and start; an empty sheet is refused."""
    part = world.add_session("qled", capacity=5, start_day=START.date(), start_time=time(14, 0))
    with pytest.raises(NotFoundError):
        signin.sheet(world.event_code, "qled")
    world.enrol(world.guests[1], part)
    assert [row.name for row in signin.sheet(world.event_code, "qled").rows] == ["来宾1"]
    door = signin.open_door(actor, world.event_code, "qled")
    assert signin.key_in(actor, door, "2").at == datetime(2019, 4, 25, 6, 0, tzinfo=UTC)
    assert signin.key_in(actor, door, "1").reason is Reason.WRONG_SESSION


def test_without_a_stated_time(world: World, signin: SignIn, door: Door, actor: Actor) -> None:
    """Nobody guesses an hour: without a start the row counts from the moment of keying in."""
    world.set(Event, world.event, start_time=None)
    assert signin.sheet_time(door) is None
    assert signin.key_in(actor, door, "1").at == signin.clock()
