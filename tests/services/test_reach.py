"""Who heard a result and whom to call; reports received, which count as hearing it nowhere."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert

from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError, UsageError
from ipweek.domain.ids import new_id
from ipweek.domain.reach import Contact
from ipweek.domain.receipts import Handed
from ipweek.domain.words import RegistrationStatus, ResultStatus
from ipweek.services.audit import Audit
from ipweek.services.receipts import Receipts
from ipweek.services.records import Records
from ipweek.services.reports import Reports
from ipweek.storage.tables.enterprises import EnterpriseContact, Industry
from ipweek.storage.tables.people import Person
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import NOON, StandingClock
from tests.desk import refusal, typed
from tests.report_world import ACTOR, Desk, add_enterprise, add_industry, add_result, release
from tests.world import BEFORE, World, build

PHONE, EMAIL = "+8613812345678", "someone@example.com"


@pytest.fixture
def world(uow: UnitOfWork) -> World:
    """Eight guests of one event."""
    return build(uow, people=8)


@pytest.fixture
def desk(world: World) -> Desk:
    """Where guests come in."""
    return Desk(world)


@pytest.fixture
def industry(world: World) -> UUID:
    """The industry of the result, which has an alias."""
    made = add_industry(world, "qled")
    world.set(Industry, made, aliases=["量子点显示"], name_zh="QLED显示技术")
    return made


@pytest.fixture
def reports(uow: UnitOfWork, clock: StandingClock) -> Reports:
    """Who heard it."""
    return Reports(uow, clock)


@pytest.fixture
def receipts(uow: UnitOfWork) -> Receipts:
    """Reports handed out, late in the evening of UTC."""
    return Receipts(uow, StandingClock(NOON + timedelta(hours=8)))


def contact(world: World, enterprise: UUID, **values: str) -> None:
    """Somebody to call at an enterprise."""
    with world.uow.write_core() as connection:
        connection.execute(insert(EnterpriseContact), {"id": new_id(), "enterprise_id": enterprise, **values})


def by_code(rows):
    """The rows by the code of their enterprise."""
    return {row.enterprise.code: row for row in rows}


def test_everybody_with_when_a_door_that_counts_let_him_in(world, desk, reports, industry):
    """The session's door counts and the event's does not; waiting and cancelled ones are named with their status."""
    talk = world.add_session("talk")
    desk.open("talk")
    release(world, add_result(world, "qled-1", industry), session_id=talk)
    one, two = (
        add_enterprise(world, "one", industry, note="call soon"),
        add_enterprise(world, "two", industry),
    )
    add_enterprise(world, "three", industry)
    for guest, enterprise in enumerate((one, one, one, two, two, two)):
        desk.bend(guest, enterprise_id=enterprise)
    desk.bend(4, status=RegistrationStatus.WAITING)
    desk.bend(5, status=RegistrationStatus.CANCELLED)
    desk.enter(1, 20, session="talk")
    desk.enter(0, 25, session="talk")
    desk.enter(0, 5)
    desk.enter(2, 5)
    desk.enter(3, 5)
    found = reports.reach("qled-1")
    (heard,) = found.heard
    assert [(one.name, one.heard, one.at) for one in heard.delegates] == [
        (world.guests[1].name, True, NOON + timedelta(minutes=20)),
        (world.guests[0].name, True, NOON + timedelta(minutes=25)),
        (world.guests[2].name, False, None),
    ]
    assert (heard.people, heard.note) == (2, "call soon")
    (only,) = found.registered_only
    assert only.enterprise.code == "two"
    assert [(one.heard, one.status) for one in only.delegates] == [
        (False, RegistrationStatus.REGISTERED),
        (False, RegistrationStatus.WAITING),
        (False, RegistrationStatus.CANCELLED),
    ]
    assert [row.delegates for row in found.missed] == [()]
    assert [row.enterprise.code for row in found.rows()] == ["three", "two", "one"]
    assert found.zone == "Asia/Shanghai"


def test_the_doors_of_the_event_and_an_archived_enterprise(world, desk, reports, industry):
    """Without a door of the session those of the event count; one archived since stays where it registered."""
    talk = world.add_session("talk")
    release(world, add_result(world, "qled-1", industry), session_id=talk)
    old = add_enterprise(world, "old", industry, archived_at=BEFORE)
    add_enterprise(world, "gone", industry, archived_at=BEFORE)
    desk.bend(0, enterprise_id=old)
    desk.enter(0, 7)
    found = reports.reach("qled-1")
    assert [row.enterprise.code for row in found.rows()] == ["old"]
    assert found.heard[0].delegates[0].at == NOON + timedelta(minutes=7)


def test_whom_to_call_is_masked_unless_that_is_audited(world, desk, reports, industry, uow):
    """The enterprise's own contact, else somebody registered whom one can call; whole ones leave a trace."""
    release(world, add_result(world, "qled-1", industry), event_id=world.event)
    own, people, name_only = (
        add_enterprise(world, code, industry) for code in ("own", "people", "name-only")
    )
    contact(world, own, name="nobody to call")
    contact(world, own, name="李静", phone=PHONE, email=EMAIL)
    contact(world, name_only, name="王工")
    for guest, enterprise in enumerate((own, people, people, people)):
        desk.bend(guest, enterprise_id=enterprise)
        world.set(Person, world.guests[guest].person, phone=None, email=None)
    world.set(Person, world.guests[0].person, phone="+8613700001111")
    world.set(Person, world.guests[1].person, email=EMAIL)
    world.set(Person, world.guests[2].person, phone=PHONE)
    world.set(Person, world.guests[3].person, phone="+8613700002222", archived_at=BEFORE)
    found = by_code(reports.reach("qled-1").rows())
    assert found["own"].contact == Contact("李静", "138****5678", "s***@example.com")
    assert found["people"].contact == Contact(world.guests[2].name, "138****5678", None)
    assert found["name-only"].contact == Contact("王工", None, None)
    audit = Audit(uow)
    assert audit.lines() == ()
    whole = by_code(reports.unmasked_reach(ACTOR, "qled-1").rows())
    assert whole["own"].contact == Contact("李静", "13812345678", EMAIL)
    assert [(line.action, line.record_kind) for line in audit.lines()] == [("unmask", "result")]


def test_an_industry_names_its_latest_released_result(world, reports, industry):
    """By code, name or alias, however it is typed; a draft is not meant, and what nobody knows is refused."""
    add_result(world, "qled-1", industry, released_on=date(2018, 4, 1))
    add_result(world, "qled-2", industry, released_on=date(2019, 4, 25))
    add_result(world, "qled-3", industry, status=ResultStatus.DRAFT)
    for typed_name in ("QLED", " qled ", "量子点 显示", "ＱＬＥＤ显示技术"):
        assert reports.reach(typed_name).result.result.code == "qled-2"
    refusal(NotFoundError, "record-missing", reports.reach, "oled")


def test_a_report_received_is_beside_the_state(world, desk, reports, receipts, industry):
    """Who missed the release has missed it with the report in hand; copies add up, dated by the event's clock."""
    release(world, add_result(world, "qled-1", industry), event_id=world.event)
    add_enterprise(world, "far", industry)
    near = add_enterprise(world, "near", industry)
    desk.bend(0, enterprise_id=near)
    made = receipts.receive(ACTOR, "qled", Handed(enterprise=" FAR ", received_by=" 张  伟 ", copies=2))
    assert (made.code, made.received_by, made.copies) == ("qled-1-receipt-1", "张 伟", 2)
    assert made.received_on == (NOON + timedelta(hours=16)).date()
    receipts.receive(ACTOR, "qled", Handed(enterprise="far", received_by="李静", on=date(2019, 5, 2)))
    guest = world.guests[0]
    taken = receipts.receive(ACTOR, "qled", Handed(registration=guest.code))
    assert (taken.enterprise.code, taken.received_by, taken.event.code) == (
        "near",
        guest.name,
        "release-2019",
    )
    found = by_code(reports.reach("qled-1").rows())
    assert reports.reach("qled-1").counts.heard == 0
    assert (found["far"].state, found["far"].copies, found["near"].state) == ("missed", 3, "registered_only")
    assert [line.copies for line in receipts.of_enterprise("far")] == [2, 1]
    assert {line.received_by for line in receipts.of_result("qled-1")} == {"张 伟", "李静", guest.name}


def test_the_same_person_takes_it_once(world, desk, receipts, industry):
    """Twice is refused unless it is meant; two of one name with registrations of their own are two."""
    add_result(world, "qled-1", industry)
    far = add_enterprise(world, "far", industry)
    for guest in (0, 1):
        desk.bend(guest, enterprise_id=far)
        world.set(Person, world.guests[guest].person, name="张伟")
    first, second = (Handed(registration=guest.code) for guest in world.guests[:2])
    receipts.receive(ACTOR, "qled-1", first)
    receipts.receive(ACTOR, "qled-1", second)
    refused = refusal(AlreadyThereError, "report-received", receipts.receive, ACTOR, "qled-1", first)
    assert (refused["name"], refused["copies"]) == ("张伟", 1)
    by_name = Handed(enterprise="far", received_by="张 伟")
    refusal(AlreadyThereError, "report-received", receipts.receive, ACTOR, "qled-1", by_name)
    receipts.receive(ACTOR, "qled-1", by_name, again=True)
    receipts.receive(ACTOR, "qled-1", Handed(enterprise="far"))
    refusal(AlreadyThereError, "report-received", receipts.receive, ACTOR, "qled-1", Handed(enterprise="far"))
    assert len(receipts.of_result("qled-1")) == 4


def test_what_cannot_be_received(world, receipts, industry, uow):
    """A draft has no report, none is no copy, and one taker is named; the generic verbs hold to it too."""
    add_result(world, "qled-1", industry)
    add_result(world, "draft", industry, status=ResultStatus.DRAFT)
    add_enterprise(world, "far", industry)

    def refused(error, code: str, result: str, **handed) -> None:
        refusal(error, code, receipts.receive, ACTOR, result, Handed(**handed))

    refused(InvalidError, "report-draft", "draft", enterprise="far")
    refused(InvalidError, "copies-none", "qled-1", enterprise="far", copies=0)
    refused(InvalidError, "field-formula", "qled-1", enterprise="far", received_by="=1+1")
    refused(NotFoundError, "record-missing", "qled-1", enterprise="nobody")
    refused(NotFoundError, "record-missing", "nothing", enterprise="far")
    refused(UsageError, "enterprise-or-registration", "qled-1")
    refused(UsageError, "enterprise-or-registration", "qled-1", enterprise="far", registration="1")
    assert receipts.of_result("qled-1") == ()
    values = typed("receipt", {"code": "", "result": "draft", "enterprise": "far"})
    refusal(InvalidError, "report-draft", Records(uow).add, ACTOR, "receipt", values)
