"""A merge that is killed is whole or nothing; desks that scan meanwhile lose nothing."""

import threading
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import func, select

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import ScanRequest
from ipweek.storage.tables import Base
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import StandingClock
from tests.copies_world import EVENT, Apart
from tests.crash import workers

GUESTS, WALK_INS = 300, 5
TABLES = ("scans", "admissions", "people", "registrations", "badges", "conflicts")


def _counts(uow: UnitOfWork) -> list[int]:
    """Rows by table, and the places that are taken."""
    tables = Base.metadata.tables
    with uow.read() as session:
        rows = [session.scalar(select(func.count()).select_from(tables[name])) or 0 for name in TABLES]
        return [*rows, session.scalar(select(tables["events"].c.taken)) or 0]


def _prepared(uow: UnitOfWork, clock: StandingClock, folder: Path) -> tuple[Apart, Path]:
    """A file that brings hundreds of scans, some walk-ins and a conflict."""
    apart = Apart(uow, clock, folder, GUESTS)
    desk = apart.desk("B")
    for guest in apart.world.guests:
        desk.scan(guest.code)
    for number in range(WALK_INS):
        desk.scan(desk.code(desk.walk_in(f"孙{number}")))
    apart.main.scan(apart.world.guests[0].code)
    assert desk.file is not None
    apart.close()
    return apart, desk.file


def _killed_in_turn(engine_url: str, apart: Apart, file: Path, rounds: int) -> None:
    uow = apart.main.uow
    before = _counts(uow)
    whole = [rows + more for rows, more in zip(before, (305, 304, 5, 5, 5, 1, 5), strict=True)]
    seen = set()
    for number in range(rounds):
        started, start = workers.start_and_leave(
            workers.merge_copy, engine_url, str(file), processes=1, watchers=1
        )
        assert workers.begun(start, started)
        sleep(0.5 * number / rounds)
        for process in started:
            process.kill()
            process.join()
        found = _counts(uow)
        assert found in (before, whole)
        seen.add(found == whole)
        assert apart.main.checkin.disagreements(EVENT) == ()
        if found == whole:
            break
    assert False in seen, "no kill came before the end"
    apart.jobs.merge(apart.main.actor, file)
    assert _counts(uow) == whole


def test_a_killed_merge_is_whole_or_nothing(
    uow: UnitOfWork, engine_url: str, clock: StandingClock, tmp_path: Path
) -> None:
    """Four kills at later and later moments; afterwards the file comes in as if nothing had been."""
    apart, file = _prepared(uow, clock, tmp_path)
    _killed_in_turn(engine_url, apart, file, 4)


@pytest.mark.soak
def test_many_kills(uow: UnitOfWork, engine_url: str, clock: StandingClock, tmp_path: Path) -> None:
    """Forty of them."""
    apart, file = _prepared(uow, clock, tmp_path)
    _killed_in_turn(engine_url, apart, file, 40)


def test_scans_go_on_while_a_file_is_united(uow: UnitOfWork, clock: StandingClock, tmp_path: Path) -> None:
    """The same guests at the main door and in the file: every scan is in the log, and the log adds up."""
    apart, file = _prepared(uow, clock, tmp_path)
    door, answers = apart.main.door, []

    def scan(part: int) -> None:
        actor = Actor("o", f"main {part}")
        answers.extend(
            apart.main.checkin.scan(actor, door, ScanRequest(guest.code))
            for guest in apart.world.guests[part::2][:100]
        )

    threads = [threading.Thread(target=scan, args=(part,)) for part in range(2)]
    for thread in threads:
        thread.start()
    told = apart.jobs.merge(apart.main.actor, file)
    for thread in threads:
        thread.join()
    assert told.scans == GUESTS + WALK_INS
    assert len(answers) == 200
    assert _counts(uow)[0] == 1 + 200 + told.scans
    assert apart.main.checkin.disagreements(EVENT) == ()
