"""Registrations into files beside the floor: `python -m tests.bench.bench_export [rows]`, or pytest for the memory.

The floor reads the same people by one raw statement through sqlite3, and writes the same cells by the same library;
processor seconds of both are compared.
"""

import csv
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import openpyxl
import xlsxwriter

from ipweek.domain.actor import Actor
from ipweek.domain.exports import ExportKind, Scope
from ipweek.jobs.exports import FORMATS, ExportJobs, ExportOrder
from ipweek.jobs.schedule import ScheduleJobs
from ipweek.services.exports import Exports
from ipweek.services.programme import Programme
from ipweek.storage.engine import open_engine
from ipweek.storage.unit_of_work import UnitOfWork
from tests.bench.bench_import import EVENT, prepare
from tests.bench.bench_search import fill

ROWS = 100_000
_READ = """
    SELECT b.number, p.name, p.name_latin, p.phone, p.email, e.name_zh, e.credit_code, r.title, r.category, r.seat, p.rank,
           r.note, r.registered_at, r.status, r.source, r.on_leave
    FROM registrations r JOIN people p ON p.id = r.person_id LEFT JOIN enterprises e ON e.id = r.enterprise_id
         LEFT JOIN badges b ON b.person_id = p.id
    ORDER BY p.sort_key, p.id
"""


def filled(folder: Path, rows: int) -> str:
    """The address of a workspace with so many registrations."""
    url = prepare(folder, f"export-{rows}.db")
    with UnitOfWork(open_engine(url)).write_core() as connection:
        fill(connection, rows)
    return url


def jobs(url: str) -> ExportJobs:
    """The jobs over a workspace."""
    uow = UnitOfWork(open_engine(url))
    return ExportJobs(Exports(uow), ScheduleJobs(Programme(uow)))


def written(work: ExportJobs, out: Path) -> int:
    """Write one file; how many rows it has."""
    order = ExportOrder(ExportKind.REGISTRATIONS, Scope(event=EVENT), out.suffix.removeprefix("."))
    return work.write(Actor("bench", "bench"), order, out)


def seconds(work: Callable[..., object], *arguments: object) -> float:
    """Processor seconds of some work, its children's included."""
    begun = sum(os.times()[:4])
    work(*arguments)
    return sum(os.times()[:4]) - begun


def read(path: Path) -> None:
    """All rows by one raw statement."""
    for _row in sqlite3.connect(path).execute(_READ):
        pass


def write_cells(rows: list[tuple[object, ...]], out: Path) -> None:
    """Cells that are in memory into a file of any format."""
    if out.suffix == ".xlsx":
        with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
            target = book.add_worksheet()
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        target.write_string(number, column, str(value))
        return
    with out.open("w", encoding="utf-8", newline="") as file:
        if out.suffix == ".csv":
            csv.writer(file).writerows(rows)
        else:
            for row in rows:
                file.write(json.dumps(dict(zip(rows[0], row, strict=True)), ensure_ascii=False, indent=2))


def peak(work: ExportJobs, out: Path) -> int:
    """The most bytes that Python held while a file was written."""
    written(work, out)
    tracemalloc.start()
    written(work, out)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_many_rows_take_no_more_memory_than_few(tmp_path: Path) -> None:
    """Four times the rows, hardly more memory at its peak."""
    few = peak(jobs(filled(tmp_path, 3_000)), tmp_path / "few.csv")
    many = peak(jobs(filled(tmp_path, 12_000)), tmp_path / "many.csv")
    assert many < few * 1.5


def run(rows: int) -> None:
    """Print processor seconds, their ratio to the floor's, and the most memory of a process that writes one file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = filled(folder, rows)
        for form in FORMATS:
            written(jobs(url), folder / f"warm.{form}")
        reading = seconds(read, folder / f"export-{rows}.db")
        sheet = openpyxl.load_workbook(folder / "warm.xlsx", read_only=True).active
        cells = list(sheet.iter_rows(values_only=True))
        print(f"{rows:,} rows; read by one statement in {reading:.2f} s")
        for form in FORMATS:
            took = seconds(written, jobs(url), folder / f"list.{form}")
            floor = reading + seconds(write_cells, cells, folder / f"floor.{form}")
            command = [sys.executable, "-m", "tests.bench.bench_export", url, str(folder / f"alone.{form}")]
            held = int(subprocess.run(command, check=True, capture_output=True).stdout) // 1024
            print(
                f"{form:<5}{took:7.2f} s, floor {floor:6.2f} s, ratio {took / floor:4.1f}; at most {held} MB"
            )


if __name__ == "__main__":
    if len(sys.argv) == 3:
        assert written(jobs(sys.argv[1]), Path(sys.argv[2])) > 0
        high = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
        print(high[1] if high else 0)
    else:
        run(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
