"""The report of a large event, whole processes: `python -m tests.bench.bench_reports [registrations]`, or pytest.

The floor reads every registration, admission and scan once by raw sqlite3, in a process that has started Python: what
any report has to do. Processor seconds are compared; the most memory is each process's own.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from ipweek.domain.ids import new_id
from ipweek.domain.words import Direction, EntryRule, EventKind, LabelKind, ScanKind, Verdict
from ipweek.storage.engine import open_engine
from ipweek.storage.tables.checkin import Admission, Checkpoint, Scan
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseIndustry, EnterpriseLabel, Industry
from ipweek.storage.tables.people import Registration
from ipweek.storage.tables.programme import Event, EventSession
from ipweek.storage.unit_of_work import UnitOfWork
from tests.bench.bench_import import EVENT, prepare
from tests.bench.bench_search import fill

ROWS = 100_000
NINE = datetime(2019, 4, 25, 1, tzinfo=UTC)
DISTRICTS = ("惠城区", "惠阳区", "博罗县", "惠东县", "龙门县", "大亚湾区", "仲恺高新区")
FORMS = ("terminal", "pdf", "html", "docx", "xlsx", "csv", "json")
_FLOOR = """
import sqlite3, sys
base = sqlite3.connect(sys.argv[1])
for query in (
    "SELECT r.event_id, r.status, r.source, count(*), count(a.registration_id) FROM registrations r LEFT JOIN admissions a "
    "ON a.registration_id = r.id GROUP BY 1, 2, 3",
    "SELECT e.district, count(DISTINCT r.enterprise_id) FROM registrations r JOIN enterprises e ON e.id = r.enterprise_id "
    "GROUP BY 1",
    "SELECT checkpoint_id, direction, verdict, count(*), min(device_at) FROM scans GROUP BY 1, 2, 3",
):
    base.execute(query).fetchall()
"""


class Cost(NamedTuple):
    """What a process took: seconds by the clock and by the processor, megabytes at its peak."""

    clock: float
    processor: float
    memory: float


def crowd(connection: Connection, people: int) -> None:
    """Enterprises by district, industry and label; doors; nine of ten people come, with three scans a registration."""
    fill(connection, people)
    event = connection.execute(select(Event.id).where(Event.code == EVENT)).scalar_one()
    connection.execute(update(Event).where(Event.id == event).values(start_time=NINE.time().replace(hour=9)))
    firms = connection.execute(select(Enterprise.id).where(Enterprise.code.like("f-%"))).scalars().all()
    industries = connection.execute(select(Industry.id)).scalars().all()
    for number, district in enumerate(DISTRICTS):
        connection.execute(
            update(Enterprise)
            .where(Enterprise.id.in_(firms[number :: len(DISTRICTS)]))
            .values(district=district)
        )
    connection.execute(
        insert(EnterpriseIndustry.__table__),
        [
            {"enterprise_id": firm, "industry_id": industries[number % len(industries)]}
            for number, firm in enumerate(firms)
        ],
    )
    connection.execute(
        insert(EnterpriseLabel.__table__),
        [{"id": new_id(), "enterprise_id": firm, "label": LabelKind.HIGH_TECH} for firm in firms[::3]],
    )
    hall = {"id": new_id(), "code": "bench-talk", "event_id": event, "name_en": "Talk", "kind": EventKind.PANEL,
            "capacity": people}  # fmt: skip
    connection.execute(insert(EventSession.__table__), [hall])
    doors = [_door(event, None, "bench-door"), _door(event, hall["id"], "bench-hall")]
    connection.execute(insert(Checkpoint.__table__), doors)
    held = connection.execute(select(Registration.id, Registration.person_id)).all()
    run, scans, admissions = new_id(), [], []
    for number, (registration, person) in enumerate(held):
        if number % 10 == 0:
            continue
        first = NINE - timedelta(minutes=30) + timedelta(milliseconds=number * 36)
        again = number % 3 == 0
        out = first + timedelta(hours=3)
        marks = [(doors[0], Direction.ENTRY, first), (doors[1], Direction.ENTRY, first + timedelta(minutes=5)),
                 (doors[0], Direction.EXIT, out)]  # fmt: skip
        if again:
            marks.append((doors[0], Direction.ENTRY, out + timedelta(hours=1)))
        scans += [
            _scan(run, len(scans) + place, registration, person, *mark) for place, mark in enumerate(marks)
        ]
        last = marks[-1][2] if again else first
        admissions.append(_admission(registration, doors[0], first, last, out, inside=again))
        admissions.append(_admission(registration, doors[1], marks[1][2], marks[1][2], None, inside=True))
    connection.execute(insert(Scan.__table__), scans)
    connection.execute(insert(Admission.__table__), admissions)


def _door(event: object, session: object, code: str) -> dict[str, object]:
    return {"id": new_id(), "code": code, "event_id": event, "session_id": session, "entry_rule": EntryRule.AFTER_EXIT,
            "categories": [], "present": 0, "over": 0}  # fmt: skip


def _scan(
    run: object,
    sequence: int,
    registration: object,
    person: object,
    door: dict[str, object],
    way: Direction,
    at: datetime,
) -> dict[str, object]:
    return {"id": new_id(), "run_id": run, "sequence": sequence, "kind": ScanKind.SCAN, "code": f"{sequence:027}",
            "checkpoint_id": door["id"], "person_id": person, "registration_id": registration, "direction": way,
            "device_at": at, "received_at": at, "verdict": Verdict.ACCEPTED, "operator": "bench", "desk": "bench",
            "offline": False, "override": False}  # fmt: skip


def _admission(
    registration: object,
    door: dict[str, object],
    first: datetime,
    last: datetime,
    out: datetime | None,
    *,
    inside: bool,
) -> dict[str, object]:
    return {"registration_id": registration, "checkpoint_id": door["id"], "inside": inside,
            "entries": 1 if first == last else 2, "first_in": first, "first_desk": "bench", "last_in": last,
            "last_out": out}  # fmt: skip


def build(home: Path, rows: int) -> None:
    """A workspace with so many registrations."""
    engine = open_engine(prepare(home, "ipweek.db"))
    with UnitOfWork(engine).write_core() as connection:
        crowd(connection, rows)
    engine.dispose()


def cost(*command: str, home: Path) -> Cost:
    """What a command took."""
    begun = time.perf_counter()
    child = subprocess.Popen(
        command,
        env={**os.environ, "IPWEEK_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    _pid, status, used = os.wait4(child.pid, 0)
    assert status == 0, child.stderr and child.stderr.read()
    return Cost(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def run(rows: int) -> dict[str, Cost]:
    """Each format's cost, and the floor's, over so many registrations."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        # A process of its own: what a child held before it became the command would count as the command's memory.
        subprocess.run((sys.executable, "-m", __spec__.name, "build", str(home), str(rows)), check=True)
        floor = cost(sys.executable, "-c", _FLOOR, str(home / "ipweek.db"), home=home)
        costs = {"floor": floor}
        for form in FORMS:
            command = (sys.executable, "-m", "ipweek", "report", "--event", EVENT, "--format", form)
            costs[form] = cost(*command, "--out", str(home / f"report.{form}"), home=home)
    for form, found in costs.items():
        ratio = found.processor / floor.processor
        print(
            f"{form:<10}{found.clock:7.2f} s{found.processor:7.2f} s CPU{ratio:6.1f} x the floor{found.memory:8.0f} MB"
        )
    return costs


def test_the_report_of_a_large_event_is_in_time() -> None:
    """The terminal's within three floors and the PDF's within eight, each in 300 MB."""
    costs = run(ROWS)
    floor = costs["floor"].processor
    assert costs["terminal"].processor < 3 * floor
    assert costs["pdf"].processor < 8 * floor
    assert max(costs[form].memory for form in ("terminal", "pdf")) < 300


if __name__ == "__main__":
    if sys.argv[1:2] == ["build"]:
        build(Path(sys.argv[2]), int(sys.argv[3]))
        sys.exit()
    run(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
