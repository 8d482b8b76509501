"""The lists behind a summary: who is counted, by name, masked unless asked for; as many as the figures say."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import insert

from ipweek.domain.errors import NotFoundError
from ipweek.domain.ids import new_id
from ipweek.domain.words import ReachState, RegistrationSource, RegistrationStatus
from ipweek.services.audit import Audit
from ipweek.services.merging import Merging
from ipweek.services.report_lists import ReportLists
from ipweek.services.reports import Reports
from ipweek.storage.tables.enterprises import EnterpriseContact
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import NOON
from tests.report_world import ACTOR, Desk, add_enterprise, add_industry, add_result, lengths, release
from tests.world import BEFORE, World, build

EVENT = ("event", "release-2019")


@pytest.fixture
def world(uow: UnitOfWork) -> World:
    """Ten guests of one event, all of one enterprise."""
    return build(uow, people=10)


@pytest.fixture
def desk(world: World) -> Desk:
    """Where guests come in."""
    return Desk(world)


@pytest.fixture
def lists(uow: UnitOfWork) -> ReportLists:
    """The service under test."""
    return ReportLists(uow)


def names(people) -> list[str]:
    """What they are called."""
    return [one.who.name for one in people]


def whole(lists: ReportLists):
    """The lists of the event with the names whole."""
    return lists.unmasked_lists(ACTOR, *EVENT).events[0]


def test_who_is_in_which_list(world, desk, lists):
    """Each by the condition that counts him: how he came, whom he stands in for, what he was registered as."""
    world.set(Event, world.event, start_time=time(12))
    world.add_session("talk")
    desk.open("talk")
    desk.bend(2, on_leave=True)
    desk.bend(3, source=RegistrationSource.WALK_IN, title=None, category="媒体")
    desk.bend(4, substitute_for=world.guests[2].registration)
    desk.bend(5, status=RegistrationStatus.WAITING)
    desk.bend(6, status=RegistrationStatus.CANCELLED)
    desk.bend(7, status=RegistrationStatus.BLOCKED)
    desk.enter(0, 1)
    desk.mark(1, 2, session="talk")
    desk.enter(3, 30)
    desk.enter(4, 3, why="substitute")
    desk.enter(7, 4, why="let in by the organizer")
    desk.enter(8, 5)
    desk.undo(8)
    found = whole(lists)
    assert names(found.attended) == ["来宾0", "来宾1", "来宾3", "来宾4", "来宾7"]
    assert names(found.absent) == ["来宾8", "来宾9"]
    assert names(found.on_leave) == ["来宾2"]
    assert names(found.walk_in) == ["来宾3"]
    assert names(found.substitute) == ["来宾4"]
    assert found.substitute[0].instead_of.name == "来宾2"
    scanned, marked, walk_in = found.attended[:3]
    assert (scanned.at, scanned.marked, scanned.late) == (NOON + timedelta(minutes=1), False, False)
    assert (marked.marked, walk_in.late, walk_in.instead_of) == (True, True, None)
    assert (scanned.title, walk_in.title, walk_in.category) == ("Engineer", None, "媒体")
    assert scanned.enterprise.zh == "惠州恒益科技有限公司"
    assert lengths(world.uow) == []


def test_names_are_masked_unless_asked_for(world, desk, lists, uow):
    """By default only surnames, of whom somebody stands in for, too; whole names are noted in the audit."""
    world.set(Person, world.guests[0].person, name="欧阳娜", name_latin="Ouyang Na")
    world.set(Person, world.guests[1].person, name="张三丰")
    desk.bend(0, substitute_for=world.guests[1].registration)
    desk.enter(0)
    masked = lists.lists(*EVENT)
    assert masked.masked
    only = masked.events[0].attended[0]
    assert (only.who.name, only.who.latin, only.instead_of.name) == ("欧阳*", "Ouyang N***", "张*")
    audit = Audit(uow)
    before = len(audit.lines())
    told = lists.unmasked_lists(ACTOR, *EVENT)
    only = told.events[0].attended[0]
    assert not told.masked
    assert (only.who.name, only.who.latin, only.instead_of.name) == ("欧阳娜", "Ouyang Na", "张三丰")
    lines = audit.lines()
    assert len(lines) == before + 1
    assert (lines[0].action, lines[0].record_kind, lines[0].record_id) == ("unmask", "event", world.event)
    lists.unmasked_lists(ACTOR, "week", "huizhou-2019")
    assert audit.lines()[0].record_kind == "week"


def test_enterprises_and_sessions(world, desk, lists):
    """People registered and people who came, cancelled ones apart; a session's list has its own first entries."""
    one, gone = add_enterprise(world, "one", district="惠城"), add_enterprise(world, "gone")
    desk.bend(0, enterprise_id=one)
    desk.bend(1, enterprise_id=one, status=RegistrationStatus.WAITING)
    desk.bend(2, enterprise_id=gone, status=RegistrationStatus.CANCELLED)
    desk.bend(3, enterprise_id=None)
    world.add_session("later", start_day=date(2019, 4, 25), start_time=time(15))
    world.add_session("first", start_day=date(2019, 4, 25), start_time=time(14))
    world.add_session("doorless")
    desk.open("later")
    desk.open("first")
    desk.enter(0, 1)
    desk.enter(0, 60, session="first")
    desk.enter(3, 61, session="first")
    found = whole(lists)
    counted = [(one.enterprise.code, one.district, one.registered, one.attended) for one in found.enterprises]
    assert counted == [("hei", None, 6, 0), ("one", "惠城", 2, 1)]
    assert [held.session.code for held in found.sessions] == ["first", "later"]
    (first, at), (last, _at) = found.sessions[0].people
    assert (first.who.name, at, first.at) == (
        "来宾0",
        NOON + timedelta(minutes=60),
        NOON + timedelta(minutes=1),
    )
    assert (last.who.name, last.enterprise) == ("来宾3", None)
    assert found.sessions[1].people == ()
    assert lengths(world.uow) == []


def test_two_registrations_of_one_person_are_one(world, desk, lists, uow):
    """After a merge he stands in every list once, by the name that was kept, and so does who came in his place."""
    for guest in (0, 1):
        desk.enter(guest, guest)
    desk.bend(2, substitute_for=world.guests[1].registration)
    desk.bend(3, on_leave=True)
    world.set(Event, world.event, taken=10)
    Merging(uow).merge(ACTOR, str(world.guests[0].person), str(world.guests[1].person))
    found = whole(lists)
    assert names(found.attended) == ["来宾0"]
    assert found.substitute[0].instead_of.name == "来宾0"
    assert len(found.absent) == 7
    assert lengths(uow) == []


def test_who_was_erased_or_archived_still_counts(world, desk, lists, uow):
    """A list is as long as its figure, though nothing is left of a name."""
    desk.enter(0)
    desk.enter(1)
    world.set(Person, world.guests[0].person, name="", name_latin=None, archived_at=BEFORE)
    world.set(Person, world.guests[1].person, archived_at=BEFORE)
    assert sorted(names(lists.lists(*EVENT).events[0].attended)) == ["", "来*"]
    assert lengths(uow) == []


def test_who_did_not_hear_a_result(world, desk, lists, uow):
    """Those who missed it first, with whom to call, masked; a result of which nobody knows has no list."""
    industry, other = add_industry(world, "qled"), add_industry(world, "led")
    made = {
        name: add_enterprise(world, name, industry, district="惠阳")
        for name in ("heard", "missed", "registered")
    }
    release(world, add_result(world, "qled-1", industry), event_id=world.event)
    release(world, add_result(world, "led-1", other), event_id=world.add_event("empty"))
    desk.bend(0, enterprise_id=made["heard"])
    desk.bend(1, enterprise_id=made["registered"])
    desk.enter(0)
    contact = {"id": new_id(), "enterprise_id": made["missed"], "name": "李四光", "phone": "+8613800138000"}
    with uow.write_core() as connection:
        connection.execute(insert(EnterpriseContact), contact | {"main": True})
    (only,) = lists.lists("week", "huizhou-2019").results
    assert only.result.code == "qled-1"
    assert [(one.enterprise.code, one.district, one.state) for one in only.enterprises] == [
        ("missed", "惠阳", ReachState.MISSED),
        ("registered", "惠阳", ReachState.REGISTERED_ONLY),
    ]
    assert (only.enterprises[0].contact.name, only.enterprises[0].contact.phone) == ("李*", "138****8000")
    told = lists.unmasked_lists(ACTOR, "week", "huizhou-2019").results[0].enterprises[0].contact
    assert (told.name, told.phone) == ("李四光", "13800138000")
    assert lengths(uow) == []


def test_a_week_has_the_lists_of_its_events(world, desk, lists, uow):
    """In the order of its summary; a person at two events is in the lists of both, and nobody is in those of none."""
    second = world.add_event("exchange")
    world.set(Event, second, start_day=date(2019, 4, 26), end_day=date(2019, 4, 27))
    world.set(Event, world.add_event("gone"), archived_at=BEFORE)
    desk.open(event="exchange")
    row = {"id": new_id(), "person_id": world.guests[0].person, "event_id": second, "category": "guest"}
    row |= {"status": RegistrationStatus.REGISTERED, "source": RegistrationSource.DESK, "on_leave": False}
    with uow.write_core() as connection:
        connection.execute(insert(Registration), row | {"registered_at": BEFORE, "answers": {}})
    desk.enter(0)
    world.event_code = "exchange"
    desk.enter(0, 5)
    found = lists.lists("week", "huizhou-2019")
    assert [(held.event.code, held.days, len(held.attended)) for held in found.events] == [
        ("release-2019", False, 1),
        ("exchange", True, 1),
    ]
    assert found.zone == "Asia/Shanghai"
    assert found.events[1].attended[0].at == NOON + timedelta(minutes=5)
    totals = Reports(uow).week("huizhou-2019").totals
    assert totals.attendances == sum(len(held.attended) for held in found.events)
    assert lengths(uow) == []


def test_nobody_there(uow, lists):
    """An event without registrations has empty lists; what there is not is not found."""
    build(uow, people=0)
    found = lists.lists(*EVENT).events[0]
    assert (found.attended, found.enterprises, found.sessions) == ((), (), ())
    for kind in ("event", "week"):
        with pytest.raises(NotFoundError):
            lists.lists(kind, "nothing")
