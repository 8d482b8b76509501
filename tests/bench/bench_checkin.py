"""How long one scan takes in a running check-in: `python tests/bench/bench_checkin.py [SCANS]`.

Beside it, the least that could be done: the same rows by raw sqlite3 in one transaction (FULL), or by one psycopg
statement in autocommit. The target is a median of at most 5 ms on SQLite.
"""

import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from ipweek.domain.actor import Actor  # noqa: E402 - the path comes first
from ipweek.domain.checkin import ScanRequest  # noqa: E402
from ipweek.services.checkin import CheckIn  # noqa: E402
from ipweek.storage.engine import database_file, open_engine  # noqa: E402
from ipweek.storage.migrate import upgrade  # noqa: E402
from ipweek.storage.unit_of_work import UnitOfWork  # noqa: E402
from tests.conftest import running_postgres  # noqa: E402
from tests.world import World, build  # noqa: E402

TARGET_MS = 5.0
_ADMIT = """INSERT INTO admissions (registration_id, checkpoint_id, inside, entries, first_in, first_desk, last_in)
VALUES ({0}, {0}, true, 1, {0}, {0}, {0})"""
_LOG = """INSERT INTO scans (id, run_id, sequence, kind, code, checkpoint_id, badge_id, person_id, registration_id,
direction, device_at, received_at, verdict, operator, desk, offline, override)
VALUES ({0}, {0}, {0}, 'scan', {0}, {0}, {0}, {0}, {0}, 'entry', {0}, {0}, 'accepted', 'o', 'd', false, false)"""
_MOMENT = "2019-04-25 04:00:00.000000"


def timed(one: Callable[[int], object], times: range) -> list[float]:
    """Milliseconds of each call."""
    spans = []
    for number in times:
        begun = perf_counter()
        one(number)
        spans.append((perf_counter() - begun) * 1000)
    return spans


def scanning(world: World) -> Callable[[int], object]:
    """Scan guest n through the service."""
    checkin, actor = CheckIn(world.uow), Actor("operator", "desk")
    door = checkin.door(world.event_code)
    return lambda number: checkin.scan(actor, door, ScanRequest(world.guests[number].code))


def raw_sqlite(world: World) -> Callable[[int], object]:
    """Insert the same two rows in one immediate transaction, deciding nothing."""
    file = database_file(world.uow.engine.url)
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    run, admit, log = uuid4().hex, _ADMIT.format("?"), _LOG.format("?")

    def one(number: int) -> None:
        guest, door = world.guests[number], world.door.hex
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(admit, (guest.registration.hex, door, _MOMENT, "d", _MOMENT))
        told = (guest.badge.hex, guest.person.hex, guest.registration.hex, _MOMENT, _MOMENT)
        connection.execute(log, (uuid4().hex, run, number, guest.code, door, *told))
        connection.execute("COMMIT")

    return one


def raw_postgres(world: World) -> Callable[[int], object]:
    """Insert the same two rows in one statement, deciding nothing."""
    import psycopg

    url = world.uow.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = psycopg.connect(url, autocommit=True)
    run = uuid4()
    both = f"WITH admitted AS ({_ADMIT.format('%s')}) {_LOG.format('%s')}"

    def one(number: int) -> None:
        guest, door = world.guests[number], world.door
        told = (guest.badge, guest.person, guest.registration, _MOMENT, _MOMENT)
        row = (uuid4(), run, number, guest.code, door, *told)
        connection.execute(both, (guest.registration, door, _MOMENT, "d", _MOMENT, *row))

    return one


def measured(url: str, scans: int) -> Iterator[tuple[str, list[float]]]:
    """The spans of service and raw driver over one database, 50 calls to warm up each."""
    engine = open_engine(url)
    upgrade(engine)
    world = build(UnitOfWork(engine), 2 * (scans + 50))
    raw = raw_sqlite if world.uow.is_sqlite else raw_postgres
    for name, one, first in (("service", scanning(world), 0), ("raw driver", raw(world), scans + 50)):
        timed(one, range(first, first + 50))
        yield name, timed(one, range(first + 50, first + 50 + scans))
    engine.dispose()


def show(engine: str, spans: dict[str, list[float]]) -> float:
    """Print both rows and their ratio; the service's median in ms."""
    middle = {name: median(values) for name, values in spans.items()}
    for name, values in spans.items():
        print(f"{engine:12}{name:12}{middle[name]:10.2f}{quantiles(values, n=100)[98]:10.2f}")
    print(f"{engine:12}{'ratio':12}{middle['service'] / middle['raw driver']:10.1f}")
    return middle["service"]


def main() -> int:
    """Print the table; 1 where SQLite misses the target."""
    scans = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    print(f"{'engine':12}{'what':12}{'median ms':>10}{'p99 ms':>10}   ({scans} scans)")
    with tempfile.TemporaryDirectory() as folder:
        result = show("SQLite FULL", dict(measured(f"sqlite:///{folder}/bench.db", scans)))
    with running_postgres(durable=True) as url:
        show("PostgreSQL", dict(measured(url, scans)))
    print(
        f"target: a median of at most {TARGET_MS} ms on SQLite: {'met' if result <= TARGET_MS else 'MISSED'}"
    )
    return int(result > TARGET_MS)


if __name__ == "__main__":
    sys.exit(main())
