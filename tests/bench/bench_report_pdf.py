"""The report of an event as PDF: `python -m tests.bench.bench_report_pdf [registrations] [rows of the appendix]`.

Reading the figures, laying them out and drawing them are timed apart; a list of so many rows is drawn by itself.
"""

import sys
import tempfile
from io import BytesIO
from pathlib import Path
from time import process_time

import psutil

from ipweek.i18n import choose
from ipweek.render.summary_document import document
from ipweek.render.summary_pdf import pdf
from ipweek.services.reports import Reports
from ipweek.storage.engine import open_engine
from ipweek.storage.unit_of_work import UnitOfWork
from tests.bench.bench_export import filled
from tests.bench.bench_import import EVENT
from tests.unit.report_document import document as sample


def main(registrations: int, rows: int) -> None:
    """Print processor seconds, pages and megabytes."""
    choose("zh")
    with tempfile.TemporaryDirectory() as folder:
        uow = UnitOfWork(open_engine(filled(Path(folder), registrations)))
        began = process_time()
        summary = Reports(uow).event(EVENT)
        read = process_time()
        drawn = pdf(document(summary), BytesIO())
        told(
            f"{registrations:,} registrations: read in {read - began:.2f} s, drawn",
            process_time() - read,
            drawn.pages,
        )
    report, began = sample(rows), process_time()
    drawn = pdf(report, BytesIO())
    told(f"appendix of {rows:,} rows: drawn", process_time() - began, drawn.pages)


def told(what: str, seconds: float, pages: int) -> None:
    """A line of the table."""
    memory = psutil.Process().memory_info().rss >> 20
    print(f"{what} in {seconds:.2f} s of the processor, {pages} pages, {memory} MB")


if __name__ == "__main__":
    main(*(int(number) for number in (*sys.argv[1:], "100000", "5000")[:2]))
