"""What racing processes do, and how they are started together."""

import multiprocessing
import os
import sqlite3
from collections import Counter
from collections.abc import Callable
from itertools import cycle
from multiprocessing.synchronize import Barrier
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import create_engine, insert, text
from sqlalchemy.orm import configure_mappers

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import ScanRequest
from ipweek.domain.errors import DatabaseError
from ipweek.domain.ids import new_id
from ipweek.domain.words import ImportKind
from ipweek.jobs.desks import DeskJobs
from ipweek.services.checkin import CheckIn
from ipweek.services.copies import Copies
from ipweek.services.imports import Imports
from ipweek.services.patents import Patents
from ipweek.storage.engine import open_engine
from ipweek.storage.tables.checkin import Scan
from ipweek.storage.unit_of_work import UnitOfWork
from tests.world import BEFORE

PROCESSES = 8
PATIENCE = 300.0
_forks = "forkserver" in multiprocessing.get_all_start_methods()
_contexts = multiprocessing.get_context("forkserver" if _forks else "spawn")
if _forks:  # a process costs a second of imports, unless it is the child of one that has them and no database
    _contexts.set_forkserver_preload(
        ["tests.crash.seats", "sqlalchemy.dialects.sqlite", "psycopg", "pypinyin"]
    )
configure_mappers()  # before the race, or the first writer does it while it keeps the others waiting


def race(work: Callable[..., Any], *arguments: Any, processes: int = PROCESSES) -> list[Any]:
    """Run `work(start, *arguments)` in processes that begin at one moment; what each of them returned."""
    start, answers = _contexts.Barrier(processes), _contexts.Queue()
    started = [
        _contexts.Process(target=_report, args=(answers, work, start, *arguments)) for _ in range(processes)
    ]
    for process in started:
        process.start()
    try:
        return [answers.get(timeout=PATIENCE) for _ in started]
    finally:
        for process in started:
            process.join(timeout=5)
            process.kill()


def start_and_leave(
    work: Callable[..., Any], *arguments: Any, processes: int, watchers: int = 0
) -> tuple[list[Any], Barrier]:
    """Start processes that the caller kills; the barrier, which it may wait at too, must outlive their start."""
    start = _contexts.Barrier(processes + watchers)
    started = [_contexts.Process(target=work, args=(start, *arguments)) for _ in range(processes)]
    for process in started:
        process.start()
    return started, start


def begun(start: Barrier, started: list[Any]) -> bool:
    """Let processes whose barrier has one place more begin now; whether they live."""
    start.wait(PATIENCE)
    return all(process.is_alive() for process in started)


def _report(answers: Any, work: Callable[..., Any], start: Barrier, *arguments: Any) -> None:
    try:
        answers.put(work(start, *arguments))
    except BaseException as error:
        answers.put(repr(error))
        raise


def scan_all(start: Barrier, url: str, event: str, codes: list[str]) -> Counter[str]:
    """Scan every code at the event's door; how many got which verdict or reason."""
    engine = open_engine(url)
    checkin, actor = CheckIn(UnitOfWork(engine)), Actor("racer", "desk")
    door, told = checkin.door(event), Counter[str]()
    start.wait(PATIENCE)
    for code in codes:
        answer = checkin.scan(actor, door, ScanRequest(code))
        told[answer.reason or answer.verdict] += 1
    engine.dispose()
    return told


def scan_one_id(start: Barrier, url: str, event: str, code: str, ids: list[UUID]) -> list[str]:
    """Scan one code under given ids; the verdicts or reasons in their order."""
    engine = open_engine(url)
    checkin, actor = CheckIn(UnitOfWork(engine)), Actor("racer", "desk")
    door = checkin.door(event)
    start.wait(PATIENCE)
    answers = [checkin.scan(actor, door, ScanRequest(code, id=scan)) for scan in ids]
    engine.dispose()
    return [str(answer.reason or answer.verdict) for answer in answers]


def admit_naively(start: Barrier, url: str, numbers: int) -> int:
    """Look first and insert then, with nothing that holds the two together; how many were let in."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    look, let_in = text("SELECT 1 FROM naive WHERE number = :n"), text("INSERT INTO naive VALUES (:n)")
    accepted = 0
    with engine.connect() as connection:
        start.wait(PATIENCE)
        for number in range(numbers):
            if connection.execute(look, {"n": number}).first() is None:
                connection.execute(let_in, {"n": number})
                accepted += 1
    engine.dispose()
    return accepted


def write_deferred(start: Barrier, file: str, numbers: int) -> int:
    """Begin as SQLite does by default, read, then write; how often the database was locked."""
    connection = sqlite3.connect(file, timeout=10, isolation_level=None)
    locked = 0
    start.wait(PATIENCE)
    for number in range(numbers):
        try:
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM naive").fetchone()
            connection.execute("INSERT INTO naive VALUES (?)", (number,))
            connection.execute("COMMIT")
        except sqlite3.OperationalError:
            locked += 1
            if connection.in_transaction:
                connection.execute("ROLLBACK")
    connection.close()
    return locked


def import_patents(start: Barrier, url: str, file: str) -> None:
    """Import an export into the draft."""
    engine = open_engine(url)
    patents, actor = Patents(UnitOfWork(engine)), Actor("racer", "desk")
    start.wait(PATIENCE)
    patents.run(actor, Path(file), "draft")
    engine.dispose()


def import_registrations(start: Barrier, url: str, file: str) -> None:
    """Import a list of registrations."""
    engine = open_engine(url)
    imports, actor = Imports(UnitOfWork(engine)), Actor("racer", "desk")
    start.wait(PATIENCE)
    imports.run(actor, ImportKind.REGISTRATIONS, Path(file), "e")
    engine.dispose()


def undo_import(start: Barrier, url: str, batch: str) -> None:
    """Take an import back."""
    engine = open_engine(url)
    imports, actor = Imports(UnitOfWork(engine)), Actor("racer", "desk")
    start.wait(PATIENCE)
    imports.undo(actor, batch)
    engine.dispose()


def merge_copy(start: Barrier, url: str, file: str) -> None:
    """Unite a desk's file."""
    engine = open_engine(url)
    jobs, actor = DeskJobs(Copies(UnitOfWork(engine))), Actor("racer", "desk")
    start.wait(PATIENCE)
    jobs.merge(actor, Path(file))
    engine.dispose()


def _notebook(folder: str) -> Any:
    """Where a desk notes what it was told; the note is with the system at once, and outlives the desk."""
    return Path(folder, f"{os.getpid()}-{new_id().hex}.heard").open("ab", buffering=0)


def scan_and_note(start: Barrier, url: str, event: str, codes: list[str], folder: str) -> None:
    """Scan the codes over and over in an order of its own, and note each id once its answer is there."""
    engine = open_engine(url)
    checkin, actor = CheckIn(UnitOfWork(engine)), Actor("racer", "desk")
    door = checkin.door(event)
    Random(os.getpid()).shuffle(codes)
    start.wait(PATIENCE)
    with _notebook(folder) as heard:
        for code in cycle(codes):
            try:
                answer = checkin.scan(actor, door, ScanRequest(code))
            except DatabaseError:  # the server is gone
                return
            heard.write(f"{answer.id.hex}\n".encode("ascii"))


def note_before_commit(start: Barrier, url: str, codes: list[str], folder: str) -> None:
    """Log scans as nobody should: each is noted before it is committed."""
    engine = open_engine(url)
    uow, actor = UnitOfWork(engine), Actor("racer", "desk")
    door = CheckIn(uow).door("release-2019")
    start.wait(PATIENCE)
    with _notebook(folder) as heard:
        for number, code in enumerate(cycle(codes)):
            row = {"id": new_id(), "run_id": actor.run, "sequence": number, "kind": "scan", "code": code}
            row |= {
                "checkpoint_id": door.id,
                "direction": "entry",
                "device_at": BEFORE,
                "received_at": BEFORE,
            }
            row |= {"verdict": "refused", "reason": "unknown", "operator": "racer", "desk": "desk"}
            with uow.write_core() as connection:
                connection.execute(insert(Scan), row | {"offline": False, "override": False})
                heard.write(f"{row['id'].hex}\n".encode("ascii"))  # type: ignore[attr-defined]
