"""An import of a long list beside the floor: `python tests/bench/bench_import.py [rows]`, or pytest for the bounds.

The floor reads the same file and inserts the same rows by the bare driver, checking and matching nothing.
"""

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import python_calamine

from ipweek.adapters import credit_codes, phones
from ipweek.adapters.spreadsheets import read_table
from ipweek.domain.actor import Actor
from ipweek.domain.import_recognition import HeaderRecogniser, recognise
from ipweek.domain.imports import FieldChecks, check_registrations
from ipweek.domain.words import ImportKind
from ipweek.services.import_plan import Plan
from ipweek.services.imports import Imports
from ipweek.services.workspace import Workspaces
from ipweek.storage.engine import open_engine
from ipweek.storage.migrate import upgrade
from ipweek.storage.unit_of_work import UnitOfWork
from tests.bench.bench_read import write_list

EVENT = "release-2019"
TABLES = (
    "enterprises", "people", "registrations", "badges", "import_batches", "import_rows", "import_additions",
)  # fmt: skip


def timed(label, work, *arguments, **named):
    """The result of the work and its processor seconds, its children's included; the wall's are told beside."""
    begun, wall = sum(os.times()[:4]), time.perf_counter()
    result = work(*arguments, **named)
    seconds, wall = sum(os.times()[:4]) - begun, time.perf_counter() - wall
    print(f"{label:<28}{seconds:7.2f} s, by the wall {wall:7.2f} s")
    return result, seconds


def prepare(folder: Path, name: str) -> str:
    """A seeded workspace; its address."""
    url = f"sqlite:///{folder / name}"
    engine = open_engine(url)
    upgrade(engine)
    workspaces, actor = Workspaces(UnitOfWork(engine)), Actor("bench", "desk")
    workspaces.create(actor)
    workspaces.seed(actor, "huizhou-2019")
    engine.dispose()
    return url


def import_list(url: str, path: Path) -> int:
    """Import the list; how many were added."""
    engine = open_engine(url)
    report = Imports(UnitOfWork(engine)).run(Actor("bench", "desk"), ImportKind.REGISTRATIONS, path, EVENT)
    engine.dispose()
    return report.added


def floor(path: Path, imported: Path, target: Path) -> float:
    """Seconds to read the file by calamine, and to insert by sqlite3 what the import stored: the same columns into
    the same tables with their keys and indexes, in one transaction that waits for the disk as the import's does.
    """
    source, made = sqlite3.connect(imported), sqlite3.connect(target)
    made.execute("PRAGMA journal_mode=WAL")
    made.execute("PRAGMA synchronous=FULL")
    rows = {table: source.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    with made:  # foreign keys are not looked at: the floor does no more than it must
        for table in TABLES:
            made.execute(f"DELETE FROM {table}")

    def read():
        python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()

    def insert():
        with made:
            for table in TABLES:
                places = ",".join("?" * len(rows[table][0]))
                made.executemany(f"INSERT INTO {table} VALUES ({places})", rows[table])

    return timed("floor: calamine", read)[1] + timed("floor: sqlite3", insert)[1]


def run(rows: int) -> dict[str, float]:
    """Seconds of the whole process, of the import within one, of its steps, and of the floor."""
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = write_list(folder / "list.xlsx", rows)
        whole, warm, empty = (prepare(folder, f"{which}.db") for which in ("whole", "warm", "empty"))
        command = [sys.executable, "-m", "tests.bench.bench_import", whole, str(path)]
        done, seconds["process"] = timed(
            "whole process", subprocess.run, command, check=True, stdout=subprocess.PIPE
        )
        seconds["megabytes"] = int(done.stdout) / 1024
        print(f"{'  its memory at most':<28}{seconds['megabytes']:7.0f} MB")
        recogniser = HeaderRecogniser("registrations")
        table, seconds["read"] = timed("read", read_table, path, header_fields=recogniser)
        checks = FieldChecks(phone=phones.normalise, credit_code=credit_codes.normalise)
        mapping = recognise(table.columns, "registrations")
        _, seconds["check"] = timed("check", check_registrations, table, mapping, checks)
        store = Plan.store
        Plan.store = lambda plan, session, told: timed("  of it storing", store, plan, session, told)
        added, seconds["import"] = timed("import, warm", import_list, warm, path)
        Plan.store = store
        assert added == rows
        again, seconds["again"] = timed("the same again", import_list, warm, path)
        assert again == 0
        files = (folder / "warm.db", folder / Path(empty).name)
        seconds["floor"] = floor(path, *files)
    print(f"{'import / floor':<28}{seconds['import'] / seconds['floor']:7.1f}")
    return seconds


def test_ten_thousand_rows_come_in_within_three_seconds():
    """The bound of an import of 10,000 people, its process and imports included."""
    assert run(10_000)["process"] < 3


def test_a_hundred_thousand_rows_come_in_within_four_times_the_floor():
    """Read, checked, matched, stored and logged, in under 500 MB."""
    seconds = run(100_000)
    assert seconds["import"] < 4 * seconds["floor"]
    assert seconds["megabytes"] < 500


if __name__ == "__main__":
    if len(sys.argv) == 3:
        assert import_list(sys.argv[1], Path(sys.argv[2])) > 0
        held = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
        print(held[1])
    else:
        run(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
