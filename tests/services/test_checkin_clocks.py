"""Clocks of desks: measured against the server or the log, put right, noted with the run; sleep and wake."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import ScanRequest
from ipweek.domain.clocks import JUMP, ClockReading, DeskClock, Watch, against_log, against_server
from ipweek.domain.words import ClockSource
from ipweek.render.clock_lines import span, state, warning
from ipweek.services.checkin import CheckIn
from ipweek.services.clocks import Clocks
from ipweek.storage.tables.checkin import ClockCheck
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import NOON, StandingClock
from tests.world import build

MINUTE = timedelta(minutes=1)
SLOW = timedelta(minutes=7)


def kept(uow: UnitOfWork) -> list[ClockCheck]:
    """What runs noted of their clocks."""
    with uow.read() as session:
        return list(session.scalars(select(ClockCheck).order_by(ClockCheck.checked_at)))


def test_a_slow_desk_scans_by_the_servers_clock(uow: UnitOfWork, actor: Actor) -> None:
    """On a server the difference is measured, told, noted with the run and added to what the desk's clock shows."""
    world = build(uow)
    clock = DeskClock(lambda: datetime.now(UTC) - SLOW)
    found = Clocks(uow, clock).check(actor)
    if uow.is_sqlite:
        assert found == ClockReading(ClockSource.LOG, timedelta(0), timedelta(0))
        return
    assert (found.source, found.is_off) == (ClockSource.SERVER, True)
    assert abs(found.behind - SLOW) < timedelta(seconds=5)
    (row,) = kept(uow)
    assert (row.run_id, row.desk, row.offset_ms) == (actor.run, "desk-1", row.behind_ms)
    assert abs(row.offset_ms - SLOW.total_seconds() * 1000) < 5_000
    checkin = CheckIn(uow, clock)
    said = checkin.scan(actor, checkin.door(world.event_code), ScanRequest(world.guests[0].code))
    assert abs(said.at - datetime.now(UTC)) < timedelta(seconds=5)
    stated = ScanRequest(world.guests[1].code, at=NOON - MINUTE)
    other = Actor("o", "d")
    assert checkin.scan(other, checkin.door(world.event_code), stated).at == NOON - MINUTE, "as it was stated"


def test_a_clock_that_is_put_right_never_goes_back_within_a_run(uow: UnitOfWork, actor: Actor) -> None:
    """A scan is never before the previous one of its run, whatever offset was measured in between."""
    world, device = build(uow), StandingClock()
    clock = DeskClock(device)
    checkin = CheckIn(uow, clock)
    door = checkin.door(world.event_code)
    first = checkin.scan(actor, door, ScanRequest(world.guests[0].code))
    clock.offset = -SLOW
    second = checkin.scan(actor, door, ScanRequest(world.guests[1].code))
    device.forward(minutes=8)
    third = checkin.scan(actor, door, ScanRequest(world.guests[2].code))
    assert (first.at, second.at, third.at) == (NOON, NOON, NOON + MINUTE)


def test_a_clock_behind_the_log_is_told(uow: UnitOfWork, actor: Actor) -> None:
    """Nothing was written in the future: without a server the log shows a clock that is behind, and puts nothing right."""
    world, device = build(uow), StandingClock()
    clock = DeskClock(device)
    if not uow.is_sqlite:
        assert Clocks(uow, clock).read().source is ClockSource.SERVER, "which has a clock of its own"
        return
    checkin, clocks = CheckIn(uow, clock), Clocks(uow, clock)
    assert not clocks.check(actor).is_off, "an empty log says nothing"
    checkin.scan(actor, checkin.door(world.event_code), ScanRequest(world.guests[0].code))
    device.forward(minutes=-1)
    assert not clocks.read().is_off, "a minute is within the tolerance"
    device.forward(minutes=-6)
    found = clocks.check(actor)
    assert (found.source, found.behind, found.offset, found.is_off) == (
        ClockSource.LOG, SLOW, timedelta(0), True,
    )  # fmt: skip
    assert clock() == NOON - SLOW
    assert [row.behind_ms for row in kept(uow)] == [420_000, 0], (
        "the later one is noted by the clock that is behind"
    )
    device.forward(hours=1)
    assert not clocks.read().is_off, "one that is ahead cannot be found out"


def test_the_servers_answer_counts_for_the_middle_of_the_question() -> None:
    """A slow network makes no wrong clock."""
    found = against_server(NOON, NOON + timedelta(seconds=5), NOON + timedelta(seconds=10))
    assert (found.behind, found.is_off) == (timedelta(0), False)
    assert against_server(NOON, NOON - 3 * MINUTE, NOON).offset == -3 * MINUTE
    assert not against_server(NOON, NOON + 2 * MINUTE, NOON).is_off, "two minutes are borne"
    assert against_log(NOON, None).behind == timedelta(0)


class Fakes:
    """Two clocks of a computer, moved by hand."""

    def __init__(self) -> None:
        self.steady, self.wall = 1_000.0, 5_000.0

    def watch(self) -> Watch:
        """Somebody who looks at both."""
        return Watch(lambda: self.steady, lambda: self.wall)

    def pass_by(self, steady: float, wall: float) -> None:
        """Time passes by each."""
        self.steady += steady
        self.wall += wall


@pytest.mark.parametrize(
    ("steady", "wall", "jumped"),
    [
        pytest.param(5, 5, False, id="nothing happened"),
        pytest.param(5, 5 + JUMP - 1, False, id="put right by less than half a minute"),
        pytest.param(5, 3600, True, id="slept, the steady clock standing still"),
        pytest.param(3600, 3600, True, id="slept, the steady clock going on"),
        pytest.param(5, -600, True, id="set back by somebody"),
        pytest.param(20, 20, False, id="the program was busy for a while"),
    ],
)
def test_sleep_is_noticed(steady: float, wall: float, jumped: bool) -> None:
    """By the clock going ahead of the time that passed, or a look that comes far too late; once, not for ever."""
    fakes = Fakes()
    watch = fakes.watch()
    fakes.pass_by(5, 5)
    assert not watch.jumped(5)
    fakes.pass_by(steady, wall)
    assert watch.jumped(5) is jumped
    fakes.pass_by(5, 5)
    assert not watch.jumped(5)


def test_words_for_clocks() -> None:
    """What is told names the two largest units; a clock that is right asks for nothing."""
    assert [span(timedelta(seconds=s)) for s in (42, 432, 7_260, 180_000)] == [
        "42 s", "7 min 12 s", "2 h 1 min", "2 d 2 h",
    ]  # fmt: skip
    slow = against_server(NOON, NOON + SLOW, NOON)
    assert warning(slow).startswith("Set this computer's clock: it is 7 min 0 s slow.")
    assert "fast" in warning(against_server(NOON, NOON - SLOW, NOON))
    assert warning(against_log(NOON, NOON + SLOW)).endswith("7 min 0 s behind the last entry here.")
    right = against_server(NOON, NOON, NOON)
    assert (warning(right), state(right)) == ("", "agrees with the server to 0.0 s")
    assert state(slow) == warning(slow)
