"""The figures of events and weeks and the reach of results, by the definitions of the domain."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import insert

from ipweek.domain.errors import NotFoundError
from ipweek.domain.figures import Rate
from ipweek.domain.ids import new_id
from ipweek.domain.report_counts import AttendanceCounts, RegistrationCounts
from ipweek.domain.reports import ReachCounts
from ipweek.domain.words import (
    Better,
    Comparator,
    CountUnit,
    LabelKind,
    Level,
    Provenance,
    RegistrationSource,
    RegistrationStatus,
    ValueKind,
)
from ipweek.services.reports import Reports
from ipweek.services.workspace import Workspaces
from ipweek.storage.tables.checkin import Checkpoint
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.navigation import Indicator, IndicatorValue, LevelCount
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event, EventSession, Week, Workspace
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import NOON
from tests.report_world import ACTOR, Desk, add_enterprise, add_industry, add_label, add_result, release
from tests.world import BEFORE, World, build

WAITING, CANCELLED, BLOCKED = (
    RegistrationStatus.WAITING,
    RegistrationStatus.CANCELLED,
    RegistrationStatus.BLOCKED,
)


@pytest.fixture
def world(uow: UnitOfWork) -> World:
    """Twelve guests of one event, all of one enterprise."""
    return build(uow, people=12)


@pytest.fixture
def desk(world: World) -> Desk:
    """Where guests come in."""
    return Desk(world)


@pytest.fixture
def reports(uow: UnitOfWork) -> Reports:
    """The service under test."""
    return Reports(uow)


def starts(world: World, clock: time | None = time(12)) -> None:
    """Give the event its start: noon in Huizhou unless told."""
    world.set(Event, world.event, start_time=clock)


def test_attendance_by_the_definitions(world, desk, reports):
    """Leave, walk-ins and late confirmations are no part of the expected; whoever has an entry attended."""
    starts(world)
    world.add_session("talk")
    desk.open("talk")
    desk.bend(2, on_leave=True)
    desk.bend(3, source=RegistrationSource.WALK_IN, confirmed_at=NOON + timedelta(minutes=5))
    desk.bend(4, substitute_for=world.guests[2].registration)
    desk.bend(5, confirmed_at=NOON + timedelta(minutes=1))
    desk.bend(6, status=WAITING)
    desk.bend(7, status=CANCELLED)
    desk.bend(8, status=BLOCKED)
    desk.bend(9, confirmed_at=NOON)
    assert desk.enter(0)
    assert desk.mark(1, session="talk")
    assert desk.enter(3, 6)
    assert desk.enter(5, 7)
    assert not desk.enter(6, 8)
    assert desk.enter(8, 9, why="let in by the organizer")
    assert desk.enter(9)
    assert desk.enter(10)
    desk.undo(10)
    found = reports.event("release-2019")
    assert found.registrations == RegistrationCounts(
        registered=9, waiting=1, cancelled=1, blocked=1, walk_in=1, substitute=1
    )
    assert found.attendance == AttendanceCounts(
        expected=6,
        expected_attended=3,
        on_leave=1,
        after_opening=1,
        walk_in=1,
        walk_in_attended=1,
        attended=6,
        marked=1,
        late=0,
    )
    assert found.attendance.absent == 3
    assert found.attendance.rate == Rate(3, 6)


def test_an_annulled_mark_marks_nobody(world, desk, reports):
    """A mark that was taken back counts neither as marked nor as attended."""
    desk.mark(0)
    desk.mark(1)
    desk.undo(0)
    found = reports.event("release-2019").attendance
    assert (found.attended, found.marked) == (1, 1)


@pytest.mark.parametrize(
    ("opens", "clock", "expected"),
    [
        (NOON - timedelta(minutes=30), time(12), 10),
        (None, time(12), 11),
        (None, None, 12),
    ],
    ids=["door", "start", "neither"],
)
def test_expected_until_the_door_opens(world, desk, reports, opens, clock, expected):
    """Its own opening counts, else the start; without either every confirmed registration is expected."""
    starts(world, clock)
    world.set(Checkpoint, world.door, opens_at=opens)
    desk.bend(0, confirmed_at=NOON - timedelta(minutes=10))
    desk.bend(1, confirmed_at=NOON + timedelta(minutes=10))
    assert reports.event("release-2019").attendance.expected == expected


def test_late_is_after_start_and_grace(world, desk, reports):
    """The first entry counts, the quarter of an hour itself is in time, and without an hour nobody is late."""
    starts(world)
    for guest, minute in ((0, -5), (1, 15), (2, 16), (3, 90)):
        desk.enter(guest, minute)
    desk.enter(0, 40)
    assert reports.event("release-2019").attendance.late == 2
    starts(world, None)
    assert reports.event("release-2019").attendance.late is None


def test_nobody_registered_is_no_data(uow, reports):
    """An event without registrations has unknown attendance and reach, not 0."""
    world = build(uow, people=0)
    industry = add_industry(world, "qled")
    add_enterprise(world, "a", industry)
    release(world, add_result(world, "qled-1", industry), event_id=world.event)
    found = reports.event("release-2019")
    assert found.attendance is None
    assert found.enterprises.attended is None
    assert found.results[0].reach is None
    assert reports.reach("qled-1").counts is None
    assert reports.week("huizhou-2019").totals.people is None


def test_enterprises_in_groups(world, desk, reports):
    """An enterprise of two industries is in both, one of none under None; cancelled ones are not registered."""
    qled, led = add_industry(world, "qled"), add_industry(world, "led")
    both = add_enterprise(world, "both", qled, led, district="惠城")
    one = add_enterprise(world, "one", led, district="惠城")
    gone = add_enterprise(world, "gone", led)
    add_label(world, both, LabelKind.HIGH_TECH, valid_to=date(2019, 4, 24))
    add_label(world, one, LabelKind.HIGH_TECH, valid_from=date(2018, 1, 1), valid_to=date(2021, 1, 1))
    desk.bend(0, enterprise_id=both)
    desk.bend(1, enterprise_id=one)
    desk.bend(2, enterprise_id=one, status=WAITING)
    desk.bend(3, enterprise_id=gone, status=CANCELLED)
    desk.bend(4, enterprise_id=None)
    desk.enter(0)
    desk.enter(4)
    found = reports.event("release-2019").enterprises
    assert (found.registered, found.attended) == (3, 1)
    assert _groups(found.by_industry) == [("led", 2, 1), ("qled", 1, 1), (None, 1, 0)]
    assert _groups(found.by_district) == [("惠城", 2, 1), (None, 1, 0)]
    assert _groups(found.by_label) == [("high_tech", 1, 0), (None, 2, 1)]


def _groups(groups):
    return [(group.group.code if group.group else None, group.registered, group.attended) for group in groups]


def test_sessions_with_and_without_a_door(world, desk, reports):
    """By time; the fill is of the capacity, and a session without a door has no attendance."""
    world.add_session("later", start_day=date(2019, 4, 25), start_time=time(15), capacity=4)
    first = world.add_session("first", start_day=date(2019, 4, 25), start_time=time(14))
    desk.open("later")
    for guest in range(3):
        world.enrol(world.guests[guest], first)
    world.enrol(world.guests[3], first, CANCELLED)
    later = next(row for row in reports.event("release-2019").sessions if row.session.code == "later")
    assert later.fill == Rate(0, 4)
    world.set(EventSession, _session(world, "later"), capacity=None)
    desk.enter(0, session="later")
    desk.enter(1, session="later")
    world.set(EventSession, _session(world, "later"), capacity=4)
    sessions = reports.event("release-2019").sessions
    assert [row.session.code for row in sessions] == ["first", "later"]
    assert [(row.enrolled, row.attended) for row in sessions] == [(3, None), (0, 2)]
    assert [row.fill for row in sessions] == [None, Rate(2, 4)]


def _session(world, code):
    from sqlalchemy import select

    with world.uow.read() as session:
        return session.scalar(select(EventSession.id).where(EventSession.code == code))


def test_reach_by_the_door_of_the_session(world, desk, reports):
    """Who passed another door only has registered; waiting and cancelled ones too; the others missed it."""
    industry = add_industry(world, "qled")
    names = ("heard", "elsewhere", "waiting", "cancelled", "missed")
    made = {name: add_enterprise(world, name, industry, district="惠阳") for name in names}
    talk = world.add_session("talk")
    desk.open("talk")
    release(world, add_result(world, "qled-1", industry), session_id=talk)
    for guest, name in enumerate(("heard", "heard", "elsewhere", "waiting", "cancelled")):
        desk.bend(guest, enterprise_id=made[name])
    desk.bend(3, status=WAITING)
    desk.bend(4, status=CANCELLED)
    desk.enter(0, session="talk")
    desk.enter(1, session="talk")
    desk.enter(2, session="talk")
    desk.undo(2, session="talk")
    desk.enter(2)
    found = reports.reach("qled-1")
    assert [(row.enterprise.code, row.people, row.district) for row in found.heard] == [("heard", 2, "惠阳")]
    assert [row.enterprise.code for row in found.registered_only] == ["cancelled", "elsewhere", "waiting"]
    assert [row.enterprise.code for row in found.missed] == ["missed"]
    assert (found.place.kind, found.place.place.code) == ("session", "talk")
    assert found.counts == ReachCounts(1, 3, 1)
    assert reports.event("release-2019").results[0].reach == ReachCounts(1, 3, 1)
    assert reports.week("huizhou-2019").results[0].reach == ReachCounts(1, 3, 1)


def test_reach_by_the_doors_of_the_event(world, desk, reports):
    """Released by the event, or by a session without a door: any door of the event lets them hear it."""
    qled, led = add_industry(world, "qled"), add_industry(world, "led")
    one, two = add_enterprise(world, "one", qled, led), add_enterprise(world, "two", qled)
    talk = world.add_session("talk")
    world.add_session("other")
    desk.open("other")
    release(world, add_result(world, "qled-1", qled), event_id=world.event)
    release(world, add_result(world, "led-1", led), session_id=talk)
    desk.bend(0, enterprise_id=one)
    desk.bend(1, enterprise_id=two)
    desk.enter(0)
    desk.enter(1, session="other")
    assert reports.reach("qled").counts == ReachCounts(2, 0, 0)
    assert reports.reach("led").counts == ReachCounts(1, 0, 0)


def test_reach_of_what_nobody_released(world, reports):
    """It has no place and no counts; an archived enterprise without a registration is not missed."""
    industry = add_industry(world, "qled")
    add_enterprise(world, "old", industry, archived_at=BEFORE)
    add_enterprise(world, "new", industry)
    result = add_result(world, "qled-1", industry)
    assert reports.reach("qled-1").place is None
    assert reports.reach("qled-1").counts is None
    release(world, result, event_id=world.event)
    assert [row.enterprise.code for row in reports.reach("qled-1").missed] == ["new"]
    assert reports.reach("qled-1").counts == ReachCounts(0, 0, 1)


def test_week_counts_people_once_and_attendances_each(world, desk, reports, uow):
    """Events by date and hour, the undated last, the archived left out."""
    second = world.add_event("exchange")
    desk.open(event="exchange")
    world.set(Event, second, start_day=None)
    world.set(Event, world.add_event("morning"), start_time=time(9))
    world.set(Event, world.add_event("gone"), archived_at=BEFORE)
    starts(world)
    with uow.write_core() as connection:
        for guest in world.guests[:3]:
            connection.execute(insert(Registration), _registration(guest.person, second, world.enterprise))
    desk.enter(0)
    desk.enter(1)
    world.event_code = "exchange"
    desk.enter(0)
    desk.enter(2)
    found = reports.week("huizhou-2019")
    assert [line.header.event.code for line in found.events] == ["morning", "release-2019", "exchange"]
    assert [line.attendance.attended if line.attendance else None for line in found.events] == [None, 2, 2]
    assert (found.totals.people, found.totals.attendances) == (3, 4)
    assert found.totals.rate == Rate(4, 15)
    assert found.totals.registrations.registered == 15
    assert (found.totals.enterprises.registered, found.totals.enterprises.attended) == (1, 1)


def _registration(person, event, enterprise):
    return {
        "id": new_id(),
        "person_id": person,
        "event_id": event,
        "enterprise_id": enterprise,
        "category": "delegate",
        "status": RegistrationStatus.REGISTERED,
        "source": RegistrationSource.IMPORT,
        "on_leave": False,
        "answers": {},
        "registered_at": BEFORE,
    }


def test_arrivals_by_quarter_of_an_hour(world, desk, reports):
    """First entries only, quarters without any between them included."""
    for guest, minute in ((0, 0), (1, 14), (2, 31), (0, 50)):
        desk.enter(guest, minute)
    found = reports.event("release-2019").arrivals
    assert [(row.at, row.people) for row in found] == [
        (NOON, 2),
        (NOON + timedelta(minutes=15), 0),
        (NOON + timedelta(minutes=30), 1),
    ]


def test_synthetic_shows_wherever_it_comes_from(world, reports, uow):
    """One made-up person is enough; without any, nothing is marked."""
    world.set(Workspace, world.workspace, synthetic=False)
    world.set(Week, world.week, synthetic=False)
    world.set(Event, world.event, synthetic=False)
    world.set(Enterprise, world.enterprise, synthetic=False)
    for guest in world.guests:
        world.set(Person, guest.person, synthetic=False)
    assert not reports.event("release-2019").synthetic
    assert not reports.week("huizhou-2019").synthetic
    world.set(Person, world.guests[5].person, synthetic=True)
    assert reports.event("release-2019").synthetic
    assert reports.week("huizhou-2019").synthetic


def test_indicators_line_by_target(world, reports):
    """The latest actual against each target; stated before derived where both are as new."""
    indicator = new_id()
    rows = [
        (ValueKind.ACTUAL, "10", "2017", Provenance.STATED),
        (ValueKind.ACTUAL, "12", "2018", Provenance.STATED),
        (ValueKind.ACTUAL, "13", "2018", Provenance.DERIVED),
        (ValueKind.BASELINE, "8", "2015", Provenance.STATED),
        (ValueKind.TARGET, "16", "2020", Provenance.STATED),
        (ValueKind.TARGET, "12", "2019", Provenance.STATED),
    ]
    with world.uow.write_core() as connection:
        named = {"id": indicator, "code": "stock", "week_id": world.week, "better": Better.HIGHER}
        connection.execute(insert(Indicator), named)
        for number, (kind, value, period, provenance) in enumerate(rows):
            row = {"id": new_id(), "indicator_id": indicator, "kind": kind, "value": Decimal(value)}
            row |= {"code": f"stock-value-{number}"}
            row |= {"comparator": Comparator.EQUAL, "period": period, "provenance": provenance}
            connection.execute(insert(IndicatorValue), row)
    first, second = reports.event("release-2019").indicators
    assert (first.target.period, second.target.period) == ("2019", "2020")
    assert first.actual.value == second.actual.value == 12
    assert (first.progress.reached, second.progress.reached) == (True, False)
    assert (second.progress.gap, second.progress.since_baseline) == (4, Decimal("0.5"))


def test_share_from_comparable_counts(world, reports):
    """An imported share stands beside; counts in different units compute none."""
    industry = add_industry(world, "qled")
    result = add_result(world, "qled-1", industry)
    release(world, result, event_id=world.event)
    counts = [new_id(), new_id()]
    with world.uow.write_core() as connection:
        for made, level, count in zip(counts, (Level.CITY, Level.PROVINCE), (241, 3902), strict=True):
            row = {"id": made, "code": f"qled-1-{level}", "result_id": result, "level": level, "count": count}
            row |= {"comparator": Comparator.EQUAL, "unit": CountUnit.APPLICATION}
            connection.execute(insert(LevelCount), row | {"provenance": Provenance.IMPORTED})
    share = reports.event("release-2019").results[0].share
    assert (share.stated, round(share.computed, 1), share.agrees) == (None, Decimal("6.2"), None)
    world.set(LevelCount, counts[1], unit=CountUnit.FAMILY)
    assert reports.event("release-2019").results[0].share is None


@pytest.fixture
def huizhou(uow: UnitOfWork) -> Reports:
    """The week of 2019 as its source tells it."""
    workspaces = Workspaces(uow)
    workspaces.create(ACTOR)
    workspaces.seed(ACTOR, "huizhou-2019")
    return Reports(uow)


def test_huizhou_keeps_what_was_not_stated_unknown(huizhou):
    """Attendance, hour, venue and most counts are None, and the stated attendee is in no figure."""
    found = huizhou.event("release-2019")
    assert found.attendance is None
    assert (found.header.start.time, found.header.venue, found.header.host) == (None, None, None)
    assert [said.enterprise.code for said in found.attendees] == ["heg"]
    assert (found.enterprises.registered, found.enterprises.attended) == (0, None)
    assert not found.synthetic
    qled = next(result for result in found.results if result.header.result.code == "qled-2019")
    assert [qled.figure(level) for level in Level] == [None] * 4


def test_huizhou_derives_the_province(huizhou):
    """285 are 6 % of about 4,750, between 4,385 and 5,181, derived; the derived count proves no share."""
    results = {result.header.result.code: result for result in huizhou.week("huizhou-2019").results}
    found = results["li-ion-2019"]
    city, province = found.figure(Level.CITY), found.figure(Level.PROVINCE)
    assert (city.count, city.provenance) == (285, Provenance.STATED)
    assert (province.count, province.low, province.high) == (4750, 4385, 5181)
    assert (province.provenance, province.comparator) == (Provenance.DERIVED, Comparator.ABOUT)
    assert (found.share.stated, found.share.computed, found.share.agrees) == (6, None, None)


def test_a_result_alone_is_as_in_its_week(huizhou):
    """One result's figures are those of the week's summary, a bare industry code naming the latest."""
    of_week = {found.header.result.code: found for found in huizhou.week("huizhou-2019").results}
    assert huizhou.result("li-ion") == of_week["li-ion-2019"]
    assert huizhou.result("led-2019") == of_week["led-2019"]


def test_huizhou_against_its_targets(huizhou):
    """12.99 of 14 is 92.79 %; the certified enterprises have a target and no data."""
    lines = {line.indicator.code: line for line in huizhou.week("huizhou-2019").indicators}
    stock, certified = lines["inventions-per-10k"], lines["certified-enterprises"]
    assert (stock.actual.period, stock.actual.read_as) == ("2019", "2018")
    assert stock.progress.gap == Decimal("1.01")
    assert round(stock.progress.attainment, 4) == Decimal("0.9279")
    assert round(stock.progress.growth_needed, 4) == Decimal("0.0778")
    assert (certified.target.value, certified.target.comparator) == (45, Comparator.MORE)
    assert (certified.actual, certified.progress.gap, certified.progress.attainment) == (None, None, None)


def test_unknown_names(reports):
    """Nothing answers to them."""
    for call in (reports.event, reports.week, reports.reach):
        with pytest.raises(NotFoundError):
            call("nothing")


def test_figures_come_from_one_picture(world, desk, reports, monkeypatch):
    """A guest who comes in while the summary is made is in none of its figures."""
    from ipweek.storage.queries import reports as queries

    asked = queries.marked

    def meanwhile(session, events):
        assert desk.enter(0)
        return asked(session, events)

    monkeypatch.setattr(queries, "marked", meanwhile)
    found = reports.event("release-2019")
    assert (found.attendance.attended, found.enterprises.attended, found.arrivals) == (0, 0, ())


def test_moments_are_aware(world, desk, reports):
    """Quarters come back in UTC."""
    desk.enter(0)
    assert reports.event("release-2019").arrivals[0].at == datetime(2019, 4, 25, 4, tzinfo=UTC)
