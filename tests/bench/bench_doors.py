"""Eight desks at once: `python tests/bench/bench_doors.py [--quick] [sqlite|postgresql]`.

First paced as at a busy entrance, 20 scans a second each for a minute: nothing may be lost, and 99 of 100 answers come
within 100 ms of the moment at which the badge was read on SQLite, within 30 ms on PostgreSQL. Then as fast as they
can, by turns with as many processes that only insert the same two rows: raw sqlite3 (FULL, behind the same fair lock)
and raw psycopg (one statement a scan). The check-in is to reach 0.4 of the one and 0.6 of the other.
"""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep
from uuid import UUID, uuid4

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from sqlalchemy import func, make_url, select  # noqa: E402 - the path comes first

from ipweek.domain.actor import Actor  # noqa: E402
from ipweek.domain.checkin import ScanRequest  # noqa: E402
from ipweek.services.checkin import CheckIn  # noqa: E402
from ipweek.storage.engine import database_file, open_engine  # noqa: E402
from ipweek.storage.lock import WriteLock  # noqa: E402
from ipweek.storage.migrate import upgrade  # noqa: E402
from ipweek.storage.tables.checkin import Admission, Scan  # noqa: E402
from ipweek.storage.unit_of_work import UnitOfWork  # noqa: E402
from tests.conftest import running_postgres  # noqa: E402
from tests.crash.workers import PATIENCE, PROCESSES, race  # noqa: E402
from tests.world import Guest, World, build  # noqa: E402

PACE = 20
ROUNDS = 3
_WARM = 20
_MOMENT = "2019-04-25 04:00:00.000000"
_ADMIT = """INSERT INTO admissions (registration_id, checkpoint_id, inside, entries, first_in, first_desk, last_in)
VALUES ({0}, {0}, true, 1, {0}, {0}, {0})"""
_LOG = """INSERT INTO scans (id, run_id, sequence, kind, code, checkpoint_id, badge_id, person_id, registration_id,
direction, device_at, received_at, verdict, operator, desk, offline, override)
VALUES ({0}, {0}, {0}, 'scan', {0}, {0}, {0}, {0}, {0}, 'entry', {0}, {0}, 'accepted', 'o', 'd', false, false)"""


@dataclass(frozen=True)
class Aim:
    """What an engine is held to: the slowest of a hundred answers, and its share of the raw driver's speed."""

    name: str
    p99_ms: float
    share: float


AIMS = {"sqlite": Aim("SQLite FULL", 100, 0.4), "postgresql": Aim("PostgreSQL", 30, 0.6)}
Shares = Sequence[Sequence[Guest]]
One = Callable[[Guest, int], object]


def scanning(url: str, event: str, _door: UUID) -> One:
    """One scan by the service."""
    checkin, actor = CheckIn(UnitOfWork(open_engine(url))), Actor("operator", "desk")
    door = checkin.door(event)
    return lambda guest, _number: checkin.scan(actor, door, ScanRequest(guest.code))


def raw_sqlite(url: str, _event: str, door: UUID) -> One:
    """The same two rows in one immediate transaction behind the fair lock; nothing is decided."""
    file = database_file(make_url(url))
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA busy_timeout=10000")
    lock, run, admit, log = WriteLock(file), uuid4().hex, _ADMIT.format("?"), _LOG.format("?")

    def one(guest: Guest, number: int) -> None:
        told = (guest.badge.hex, guest.person.hex, guest.registration.hex, _MOMENT, _MOMENT)
        with lock.held():
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(admit, (guest.registration.hex, door.hex, _MOMENT, "d", _MOMENT))
            connection.execute(log, (uuid4().hex, run, number, guest.code, door.hex, *told))
            connection.execute("COMMIT")

    return one


def raw_postgres(url: str, _event: str, door: UUID) -> One:
    """The same two rows in one statement; nothing is decided."""
    import psycopg

    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection, run = psycopg.connect(address, autocommit=True), uuid4()
    both = f"WITH admitted AS ({_ADMIT.format('%s')}) {_LOG.format('%s')}"

    def one(guest: Guest, number: int) -> None:
        admitted = (guest.registration, door, _MOMENT, "d", _MOMENT)
        told = (guest.badge, guest.person, guest.registration, _MOMENT, _MOMENT)
        connection.execute(both, (*admitted, uuid4(), run, number, guest.code, door, *told))

    return one


def desk(
    start: Barrier, ready: Callable[[], One], shares: Shares, pace: float | None
) -> tuple[float, float, list[float]]:
    """One process: its share of the guests, each `1 / pace` s after the other; begin, end, and ms from when each was due."""
    one, spans = ready(), list[float]()
    place = start.wait(PATIENCE)
    mine = shares[place]
    for number, guest in enumerate(mine[:_WARM]):
        one(guest, number)
    start.wait(PATIENCE)
    begun = perf_counter()
    for number, guest in enumerate(mine[_WARM:]):
        due = perf_counter()
        if pace is not None:
            due = begun + (number + place / PROCESSES) / pace
            sleep(max(0.0, due - perf_counter()))
        one(guest, _WARM + number)
        spans.append((perf_counter() - due) * 1000)
    return begun, perf_counter(), spans


def run(
    world: World, url: str, make: Callable[[str, str, UUID], One], number: int, pace: float | None = None
) -> tuple[float, list[float]]:
    """Eight desks with `number` scans each; scans per second and the spans of all."""
    each = number + _WARM
    taken, world.guests = world.guests[: each * PROCESSES], world.guests[each * PROCESSES :]
    shares = [taken[place::PROCESSES] for place in range(PROCESSES)]
    told = race(desk, partial(make, url, world.event_code, world.door), shares, pace)
    broken = [answer for answer in told if isinstance(answer, str)]
    if broken:
        raise SystemExit(broken[0])
    begun, ended = min(each[0] for each in told), max(each[1] for each in told)
    spans = [span for each in told for span in each[2]]
    return len(spans) / (ended - begun), spans


def lost(world: World, sent: int) -> int:
    """How many of so many accepted scans are missing from the log or from the admissions."""
    with world.uow.read() as session:
        logged = session.scalar(select(func.count()).select_from(Scan)) or 0
        kept = session.scalar(select(func.sum(Admission.entries))) or 0
    disagreeing = len(CheckIn(world.uow).disagreements(world.event_code))
    return max(sent - logged, sent - kept, disagreeing)


def measure(url: str, seconds: int, scans: int) -> bool:
    """Print one engine's lines; whether it reaches its aims."""
    engine = open_engine(url)
    upgrade(engine)
    paced = PACE * seconds
    people = (paced + _WARM + ROUNDS * 2 * (scans + _WARM)) * PROCESSES
    world = build(UnitOfWork(engine), people)
    aim, raw = AIMS[engine.dialect.name], raw_sqlite if world.uow.is_sqlite else raw_postgres
    _rate, spans = run(world, url, scanning, paced, PACE)
    p50, p99, most = median(spans), quantiles(spans, n=100)[98], max(spans)
    gone = lost(world, (paced + _WARM) * PROCESSES)
    print(
        f"{aim.name:12}{PROCESSES} × {PACE}/s, {seconds} s: p50 {p50:.1f}, p99 {p99:.1f}, longest {most:.0f} ms"
    )
    print(f"{'':12}{len(spans)} scans, lost or in disagreement: {gone}")
    rates: dict[str, list[float]] = {"service": [], "raw": []}
    for _round in range(ROUNDS):
        for name, make in (("service", scanning), ("raw", raw)):
            rates[name].append(run(world, url, make, scans)[0])
    ours, theirs = median(rates["service"]), median(rates["raw"])
    print(
        f"{'':12}unpaced {ours:,.0f}/s, raw driver {theirs:,.0f}/s, share {ours / theirs:.2f} (aim {aim.share})"
    )
    engine.dispose()
    return gone == 0 and p99 <= aim.p99_ms and ours / theirs >= aim.share


def main() -> int:
    """Print all; 1 where an aim is missed."""
    quick = "--quick" in sys.argv
    seconds, scans = (8, 150) if quick else (60, 600)
    wanted = [name for name in AIMS if name in sys.argv] or list(AIMS)
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" if hasattr(os, "getloadavg") else "")
    met = []
    for name in wanted:
        if name == "sqlite":
            with tempfile.TemporaryDirectory() as folder:
                met.append(measure(f"sqlite:///{folder}/doors.db", seconds, scans))
        else:
            with running_postgres(durable=True) as url:
                met.append(measure(url, seconds, scans))
    print("aims:", "met" if all(met) else "MISSED")
    return int(not all(met))


if __name__ == "__main__":
    sys.exit(main())
