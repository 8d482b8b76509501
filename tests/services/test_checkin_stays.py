"""Time inside, late and left early, from entries and exits of the log, by both engines and by the reference."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import DoorSettings, ScanRequest
from ipweek.domain.errors import NotFoundError
from ipweek.domain.exports import Scope
from ipweek.domain.figure_list import figures_of
from ipweek.domain.starts import Start
from ipweek.domain.stays import Limits, Stay, limits, stay
from ipweek.domain.words import Direction, EntryRule, ScanKind
from ipweek.render.definitions import DEFINITIONS
from ipweek.render.summary_json import json_of
from ipweek.render.summary_people import sessions
from ipweek.render.summary_tell import Teller
from ipweek.services.checkin import CheckIn
from ipweek.services.explanations import Explanations
from ipweek.services.reports import Reports
from ipweek.services.stays import Stays
from ipweek.storage.queries import checkin_log
from ipweek.storage.queries import stays as queries
from ipweek.storage.tables.programme import EventSession
from tests.conftest import NOON, StandingClock
from tests.world import DAY, World, build

IN, OUT = Direction.ENTRY, Direction.EXIT
MINUTE = timedelta(minutes=1)
EVENING = NOON + timedelta(hours=9)
Step = tuple[Direction, int]

# The session runs from 12:00 to 13:30 by the clock of Huizhou, with 15 minutes of grace.
CASES: dict[str, tuple[Sequence[Step], tuple[int | None, bool, bool]]] = {
    "in and out again": ([(IN, 5), (OUT, 95)], (90, False, False)),
    "never scanned out: to the end": ([(IN, 10)], (80, False, False)),
    "two times inside add up": ([(IN, 0), (OUT, 20), (IN, 40), (OUT, 80)], (60, False, False)),
    "came late": ([(IN, 16), (OUT, 90)], (74, True, False)),
    "at the last minute of grace is on time": ([(IN, 15), (OUT, 90)], (75, False, False)),
    "left early": ([(IN, 0), (OUT, 74)], (74, False, True)),
    "left within the grace before the end": ([(IN, 0), (OUT, 75)], (75, False, False)),
    "left early, came back, stayed": ([(IN, 0), (OUT, 30), (IN, 60)], (60, False, False)),
    "came when it was over": ([(IN, 100)], (0, True, False)),
    "came when it was over, and left": ([(IN, 100), (OUT, 110)], (10, True, False)),
    "an exit without an entry before": ([(OUT, 3), (IN, 5), (OUT, 65)], (60, False, True)),
    "a second exit changes nothing but the last": ([(IN, 0), (OUT, 30), (OUT, 80)], (30, False, False)),
    "a second entry while inside changes nothing": ([(IN, 0), (IN, 30), (OUT, 60)], (60, False, True)),
}


@pytest.fixture
def world(uow) -> World:
    """Three guests of one event with a session, whose door lets in any number of times."""
    made = build(uow)
    made.add_session("qled", start_day=DAY, start_time=time(12), end_day=DAY, end_time=time(13, 30))
    return made


@pytest.fixture
def checkin(world: World, actor: Actor) -> CheckIn:
    """The door of the session stands open."""
    service = CheckIn(world.uow, StandingClock(EVENING))
    service.open_door(actor, world.event_code, "qled", DoorSettings(entry_rule=EntryRule.MANY))
    return service


def play(
    world: World, checkin: CheckIn, steps: Sequence[Step], guest: int = 0, session: str = "qled"
) -> None:
    """Scan a guest in and out, minutes after noon."""
    door = checkin.door(world.event_code, session or None)
    for direction, minute in steps:
        request = ScanRequest(world.guests[guest].code, at=NOON + minute * MINUTE, direction=direction)
        assert checkin.scan(Actor("o", "d"), door, request).reason is None


def told(world: World, at=EVENING) -> list[Stay]:
    """The stays of the event, the first to come first."""
    return [line.stay for line in Stays(world.uow, StandingClock(at)).of_event(world.event_code)]


@pytest.mark.parametrize("case", CASES)
def test_what_entries_and_exits_add_up_to(world: World, checkin: CheckIn, case: str) -> None:
    """Minutes inside, late, left early: as the case says."""
    steps, (minutes, late, early) = CASES[case]
    play(world, checkin, steps)
    (found,) = told(world)
    assert (found.minutes, found.late, found.left_early) == (minutes, late, early)


def test_an_exit_alone_is_no_stay(world: World, checkin: CheckIn) -> None:
    """Who only went out was never seen inside."""
    play(world, checkin, [(OUT, 5)])
    assert told(world) == []


def test_what_is_annulled_does_not_count(world: World, checkin: CheckIn, actor: Actor) -> None:
    """An undone entry takes its minutes with it."""
    play(world, checkin, [(IN, 0), (OUT, 10), (IN, 20)])
    checkin.undo(actor, checkin.door(world.event_code, "qled"), world.guests[0].registration)
    (found,) = told(world)
    assert (found.minutes, found.inside) == (10, False)


def test_what_goes_on_counts_so_far(world: World, checkin: CheckIn) -> None:
    """While the session lasts, the time inside ends now."""
    play(world, checkin, [(IN, 0)])
    (found,) = told(world, NOON + 25 * MINUTE)
    assert (found.minutes, found.inside, found.left_early) == (25, True, False)


def test_nothing_is_guessed_without_a_stated_end(world: World, checkin: CheckIn) -> None:
    """Without an end nobody left early, and the time of who is still inside is not known."""
    with world.uow.read() as session:
        held = session.query(EventSession).one().id
    world.set(EventSession, held, end_day=None, end_time=None, start_time=None)
    play(world, checkin, [(IN, 0)])
    play(world, checkin, [(IN, 1), (OUT, 11)], guest=1)
    first, second = told(world)
    assert (first.minutes, first.late, first.left_early) == (None, None, None)
    assert (second.minutes, second.late, second.left_early) == (10, None, None)
    (counted,) = Reports(world.uow, StandingClock(EVENING)).event(world.event_code).sessions
    assert counted.stay is not None
    assert (counted.stay.n, counted.stay.mean_minutes, counted.stay.left_early) == (1, 10, None)


def test_the_door_that_closed_stands_in_for_an_end(world: World, checkin: CheckIn, actor: Actor) -> None:
    """Where no end is stated, whoever is still inside was so until the door closed."""
    door = checkin.door(world.event_code)
    checkin.change_door(actor, door, DoorSettings(closes_at=NOON + 45 * MINUTE))
    play(world, checkin, [(IN, 5)], session="")
    (found,) = told(world)
    assert (found.minutes, found.left_early) == (40, None)


def test_the_figures_of_a_session(world: World, checkin: CheckIn) -> None:
    """Of how many the time is known, the mean of it, how many left early; each figure tells of whom."""
    play(world, checkin, [(IN, 0), (OUT, 60)])
    play(world, checkin, [(IN, 20)], guest=1)
    play(world, checkin, [(IN, 1), (OUT, 30)], guest=2)
    clock = StandingClock(EVENING)
    summary = Reports(world.uow, clock).event(world.event_code)
    (counted,) = json_of(summary)["sessions"]
    assert [counted[key] for key in ("stayed", "mean_minutes", "left_early")] == [3, 53, 2]
    figures = figures_of(summary)
    held = sessions(Teller(figures), summary.sessions)
    assert held is not None
    assert [str(cell) for cell in held.tables[0].rows[0][-2:]] == ["53", "2"]
    assert all(
        key in DEFINITIONS for key in {one.defined for one in figures.values() if "sessions." in one.key}
    )
    explained = Explanations(world.uow, clock)
    for key, number in (("stayed", 3), ("mean_minutes", 3), ("left_early", 2)):
        found = explained.explain(Actor("o", "d"), Scope(event=world.event_code), f"sessions.qled.{key}")
        assert found.behind.total == number, key


def test_a_person_of_two_doors(world: World, checkin: CheckIn) -> None:
    """Each door has its own time inside, with the door's and the session's code."""
    play(world, checkin, [(IN, 0), (OUT, 30)], session="")
    play(world, checkin, [(IN, 5), (OUT, 25)])
    lines = Stays(world.uow, StandingClock(EVENING)).of_registration(world.guests[0].registration)
    assert [(line.door, line.session, line.stay.minutes) for line in lines] == [
        ("release-2019", None, 30),
        ("qled", "qled", 20),
    ]
    assert (lines[0].badge_no, lines[0].name) == ("0000000001", "来宾0")
    with pytest.raises(NotFoundError, match="event-missing"):
        Stays(world.uow).of_event("none")


def test_minutes_that_each_exit_ended(world: World, checkin: CheckIn) -> None:
    """An exit names the time inside that it ended; one without an entry before it names none."""
    play(world, checkin, [(OUT, 0), (IN, 5), (IN, 8), (OUT, 25), (OUT, 26), (IN, 30), (OUT, 31)])
    lines = {line.answer.id: line.answer.at for line in checkin.scans(world.event_code)}
    door = checkin.door(world.event_code, "qled").id
    with world.uow.read() as session:
        found = queries.ended(session, [door], [world.guests[0].registration])
    assert {lines[scan]: seconds for scan, seconds in found.items()} == {
        NOON + 25 * MINUTE: 20 * 60,
        NOON + 31 * MINUTE: 60,
    }


_steps = st.lists(
    st.tuples(st.sampled_from(["in", "out", "undo"]), st.integers(0, 1), st.integers(0, 120)), max_size=9
)
_SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=30, deadline=None, suppress_health_check=_SLOW)
@given(steps=_steps)
def test_sql_adds_up_what_python_adds_up(world: World, checkin: CheckIn, steps: list[Any]) -> None:
    """Any entries, exits and annulments, late ones too: each engine gives what the reference gives."""
    door = checkin.door(world.event_code, "qled")
    for what, guest, minute in steps:
        who = world.guests[guest]
        if what == "undo":
            try:
                checkin.undo(Actor("o", "d"), door, who.registration)
            except NotFoundError:
                continue
        else:
            at, direction = NOON + minute * MINUTE, IN if what == "in" else OUT
            checkin.scan(Actor("o", "d"), door, ScanRequest(who.code, at=at, direction=direction))
    with world.uow.read() as session:
        rows = checkin_log.accepted_at(session, world.event)
    annulled = {row.annuls for row in rows if row.annuls}
    kept = [row for row in rows if row.kind is not ScanKind.ANNULMENT and row.id not in annulled]
    kept.sort(key=lambda row: (row.at, row.received_at, row.sequence, row.id))
    known = Limits(NOON + 15 * MINUTE, NOON + 75 * MINUTE, NOON + 90 * MINUTE)
    wanted = {
        guest.registration: stay([row for row in kept if row.registration == guest.registration], known)
        for guest in world.guests
    }
    found = {
        line.registration: line.stay
        for line in Stays(world.uow, StandingClock(EVENING)).of_event(world.event_code)
    }
    assert found == {who: one for who, one in wanted.items() if one is not None}


def test_limits() -> None:
    """A stated end goes before the door's, and what goes on ends now; a day without a time is no moment."""
    day, grace, zone = Start(date(2019, 4, 25)), timedelta(minutes=15), "Asia/Shanghai"
    start, end = Start(day.day, time(12)), Start(day.day, time(13, 30))
    assert limits(start, end, NOON, grace, zone, EVENING) == Limits(
        NOON + 15 * MINUTE, NOON + 75 * MINUTE, NOON + 90 * MINUTE
    )
    assert limits(day, day, NOON + MINUTE, grace, zone, EVENING) == Limits(None, None, NOON + MINUTE)
    assert limits(None, end, None, grace, zone, NOON).until == NOON
    assert limits(None, None, None, grace, zone, NOON) == Limits()
