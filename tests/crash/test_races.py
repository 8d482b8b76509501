"""Processes that race for the same badges and places, and processes that are killed while they do."""

from collections import Counter
from time import sleep

import pytest
from sqlalchemy import Engine, func, select, text

from ipweek.domain.checkin import DoorCount
from ipweek.domain.ids import new_id
from ipweek.domain.words import ScanKind, Verdict
from ipweek.services.checkin import CheckIn
from ipweek.storage.engine import database_file
from ipweek.storage.tables.checkin import Admission, Checkpoint, Scan
from ipweek.storage.unit_of_work import UnitOfWork
from tests.crash import workers
from tests.world import build


def admitted(uow: UnitOfWork) -> tuple[int, int]:
    """Accepted scans in the log, and entries kept beside it."""
    accepted = select(func.count()).where(Scan.verdict == Verdict.ACCEPTED, Scan.kind == ScanKind.SCAN)
    with uow.read() as session:
        return session.scalar(accepted) or 0, session.scalar(select(func.sum(Admission.entries))) or 0


@pytest.mark.parametrize("badges", [250, pytest.param(2_000, marks=pytest.mark.soak)])
def test_eight_desks_scan_the_same_badges(uow: UnitOfWork, engine_url: str, badges: int) -> None:
    """Eight processes scan the same badges: each is let in once, nobody sees an error."""
    world = build(uow, badges)
    codes = [guest.code for guest in world.guests]
    told = sum(workers.race(workers.scan_all, engine_url, world.event_code, codes), Counter())
    assert told == {"accepted": badges, "already_in": badges * (workers.PROCESSES - 1)}
    assert admitted(uow) == (badges, badges)
    assert CheckIn(uow).disagreements(world.event_code) == ()


@pytest.mark.parametrize("places", [30, pytest.param(100, marks=pytest.mark.soak)])
def test_counted_door_never_overfills(uow: UnitOfWork, engine_url: str, places: int) -> None:
    """Eight processes, four times as many people as places: exactly as many are inside as there is room for."""
    world = build(uow, 4 * places)
    world.set(Checkpoint, world.door, capacity=places)
    codes = [guest.code for guest in world.guests]
    told = sum(workers.race(workers.scan_all, engine_url, world.event_code, codes), Counter())
    assert told["accepted"] == places
    assert admitted(uow) == (places, places)
    checkin = CheckIn(uow)
    assert checkin.count(checkin.door(world.event_code)) == DoorCount(places, places, 0)
    assert checkin.disagreements(world.event_code) == ()


def test_one_scan_id_raced(uow: UnitOfWork, engine_url: str) -> None:
    """The same scan ids sent by eight processes at once: one row each, and the same answer to everybody."""
    world = build(uow, 1)
    ids = [new_id() for _ in range(50)]
    told = workers.race(workers.scan_one_id, engine_url, world.event_code, world.guests[0].code, ids)
    assert all(answers == told[0] for answers in told)
    assert sorted(told[0]) == ["accepted", *["already_in"] * 49]
    with uow.read() as session:
        assert session.scalar(select(func.count()).select_from(Scan)) == 50


def test_killed_desks_leave_no_half_scan(uow: UnitOfWork, engine_url: str) -> None:
    """Two desks killed in the middle of their scans leave log and admissions in agreement, and no lock."""
    world = build(uow, 600)
    world.set(Checkpoint, world.door, capacity=500)
    codes = [guest.code for guest in world.guests]
    killed, _start = workers.start_and_leave(
        workers.scan_all, engine_url, world.event_code, codes, processes=2
    )
    while admitted(uow)[0] < 50 and any(process.is_alive() for process in killed):
        sleep(0.005)
    for process in killed:
        process.kill()
        process.join()
    assert 50 <= admitted(uow)[0] < 500
    told = workers.race(workers.scan_all, engine_url, world.event_code, codes, processes=2)
    assert all(isinstance(answers, Counter) for answers in told)
    assert admitted(uow) == (500, 500)
    assert CheckIn(uow).disagreements(world.event_code) == ()


def test_control_without_the_guard_the_race_shows(engine: Engine, engine_url: str) -> None:
    """Looking first and inserting then lets some in twice: the race is real."""
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE naive (number INTEGER)"))
    accepted = sum(workers.race(workers.admit_naively, engine_url, 500))
    assert accepted > 500


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_control_deferred_writers_fail(engine: Engine) -> None:
    """With SQLite's default begin, a reader that turns into a writer fails at once, whatever the timeout."""
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE naive (number INTEGER)"))
    file = database_file(engine.url)
    assert sum(workers.race(workers.write_deferred, str(file), 100)) > 0
