"""Desks killed, and servers, in the middle of their scans: what was acknowledged stays, and nothing is there twice."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import sleep
from typing import Any

import pytest
from sqlalchemy import func, select, text

from ipweek.domain.words import Verdict
from ipweek.services.checkin import CheckIn
from ipweek.storage.engine import database_file, open_engine
from ipweek.storage.tables.checkin import Admission, Scan
from ipweek.storage.unit_of_work import UnitOfWork
from tests.crash import workers
from tests.stoppable import Stoppable, stoppable_postgres
from tests.world import World, build

DESKS = 4
ROUNDS = [4, pytest.param(50, marks=pytest.mark.soak)]


def acknowledged(folder: Path) -> set[str]:
    """The ids of scans that a desk has heard the answer of: whole lines of its notebook."""
    told = [file.read_text(encoding="ascii").split("\n")[:-1] for file in folder.glob("*.heard")]
    return {line for lines in told for line in lines}


def lost(uow: UnitOfWork, folder: Path) -> int:
    """How many acknowledged scans are not in the log."""
    with uow.read() as session:
        logged = {row.hex for row in session.scalars(select(Scan.id))}
    return len(acknowledged(folder) - logged)


def agree(world: World) -> None:
    """Admissions are what the log adds up to, and nobody was let in twice."""
    assert CheckIn(world.uow).disagreements(world.event_code) == ()
    with world.uow.read() as session:
        entries = session.scalar(select(func.sum(Admission.entries))) or 0
        accepted = session.scalar(select(func.count()).where(Scan.verdict == Verdict.ACCEPTED))
        assert entries == accepted <= len(world.guests)


def desks_at_work(world: World, url: str, folder: Path) -> list[Any]:
    """Four desks that scan all guests over and over, each in an order of its own, until they are killed."""
    codes = [guest.code for guest in world.guests]
    started, start = workers.start_and_leave(
        workers.scan_and_note, url, world.event_code, codes, str(folder), processes=DESKS, watchers=1
    )
    assert workers.begun(start, started)
    return started


def heard(folder: Path, number: int, started: list[Any]) -> None:
    """Wait until the desks have heard so many answers more."""
    wanted = len(acknowledged(folder)) + number
    while len(acknowledged(folder)) < wanted:
        assert all(process.is_alive() for process in started)
        sleep(0.002)


def kill(started: list[Any]) -> None:
    """All at once, wherever they are."""
    for process in started:
        os.kill(process.pid, signal.SIGKILL)
    for process in started:
        process.join()


@pytest.mark.parametrize("rounds", ROUNDS)
def test_killed_desks(uow: UnitOfWork, engine_url: str, tmp_path: Path, rounds: int) -> None:
    """Round after round four desks are killed at any moment: all they acknowledged is in the log, each entry once."""
    world = build(uow, 1_500)
    random = Random(rounds)
    for _round in range(rounds):
        started = desks_at_work(world, engine_url, tmp_path)
        heard(tmp_path, random.randint(10, 60), started)
        kill(started)
        assert lost(uow, tmp_path) == 0
        agree(world)
        if uow.is_sqlite:
            file = sqlite3.connect(database_file(uow.engine.url))
            assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            file.close()


@pytest.fixture(scope="module")
def server() -> Iterator[Stoppable]:
    """A server that writes through to the disk, as it does by default."""
    with stoppable_postgres(durable=True) as server:
        yield server


def crashed(server: Stoppable, world: World, folder: Path, number: int) -> None:
    """Stop the server at once under four desks at work, and start it again."""
    started = desks_at_work(world, world.uow.engine.url.render_as_string(hide_password=False), folder)
    heard(folder, number, started)
    server.stop()
    for process in started:
        process.join(timeout=30)
    kill([process for process in started if process.is_alive()])
    server.start()
    world.uow.engine.dispose()


@pytest.mark.parametrize("rounds", ROUNDS)
def test_killed_server(server: Stoppable, tmp_path: Path, rounds: int) -> None:
    """Round after round the server is killed under load: it comes back with all that it acknowledged, each entry once."""
    engine = open_engine(server.database())
    world = build(UnitOfWork(engine), 1_500)
    random = Random(rounds)
    for _round in range(rounds):
        crashed(server, world, tmp_path, random.randint(20, 200))
        assert lost(world.uow, tmp_path) == 0
        agree(world)
    engine.dispose()


def test_control_a_server_that_acknowledges_too_early(server: Stoppable, tmp_path: Path) -> None:
    """Where a commit is told before it is written, the same test finds scans missing."""
    url = server.database()
    engine = open_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        name = engine.url.database
        connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
        connection.execute(text("ALTER SYSTEM SET wal_writer_delay = '10s'"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()
    world = build(UnitOfWork(engine), 1_500)
    for _round in range(5):
        crashed(server, world, tmp_path, 100)
        if lost(world.uow, tmp_path):
            break
    assert lost(world.uow, tmp_path) > 0
    engine.dispose()


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_control_a_desk_that_acknowledges_too_early(uow: UnitOfWork, engine_url: str, tmp_path: Path) -> None:
    """A desk that notes a scan before its commit loses some when it is killed, and the same test finds them."""
    world = build(uow, 400)
    codes = [guest.code for guest in world.guests]
    for _round in range(10):
        started, start = workers.start_and_leave(
            workers.note_before_commit, engine_url, codes, str(tmp_path), processes=DESKS, watchers=1
        )
        assert workers.begun(start, started)
        sleep(0.3)
        kill(started)
        if lost(uow, tmp_path):
            break
    assert lost(uow, tmp_path) > 0
