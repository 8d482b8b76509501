"""The lists behind a report and the workbook of them: `python -m tests.bench.bench_report_lists [rows]`, or pytest for
the bound: the lists of 5,000 people, all of whom came, within 0.3 s of the processor.
"""

import io
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from ipweek.render.summary_appendices import appendices
from ipweek.render.summary_layout import Document
from ipweek.render.summary_xlsx import xlsx
from ipweek.services.report_lists import ReportLists
from ipweek.storage.engine import open_engine
from ipweek.storage.tables.checkin import Admission, Checkpoint
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import NOON, migrate
from tests.world import build

ROWS = 5_000


def attended(folder: Path, rows: int) -> UnitOfWork:
    """An event with so many people who all came, every other one to its session, too."""
    url = f"sqlite:///{folder / 'lists.db'}"
    migrate(url)
    uow = UnitOfWork(open_engine(url))
    world = build(uow, people=rows)
    door = {"event_id": world.event, "entry_rule": "many", "categories": [], "present": 0, "over": 0}
    talk = world.add_session("talk")
    with uow.write_core() as connection:
        connection.execute(insert(Checkpoint), door | {"id": talk, "code": "talk", "session_id": talk})
        entry = {"inside": True, "entries": 1, "first_in": NOON, "first_desk": "desk-1", "last_in": NOON}
        connection.execute(
            insert(Admission),
            [
                entry | {"registration_id": guest.registration, "checkpoint_id": place}
                for number, guest in enumerate(world.guests)
                for place in (world.door, talk)[: 1 + number % 2]
            ],
        )
    return uow


def timed(label: str, work: Callable[[], Any]) -> tuple[Any, float]:
    """What some work gives, and its processor seconds: the second time, when the statements are compiled."""
    work()
    begun = time.process_time()
    found = work()
    seconds = time.process_time() - begun
    print(f"{label:<28}{seconds:7.3f} s")
    return found, seconds


def measure(rows: int) -> float:
    """Processor seconds of the lists; the figures of the rest on the way."""
    with tempfile.TemporaryDirectory() as folder:
        uow = attended(Path(folder), rows)
        lists, seconds = timed(f"lists of {rows:,}", lambda: ReportLists(uow).lists("event", "release-2019"))
        assert len(lists.events[0].attended) == rows
        sections, _seconds = timed("as appendices", lambda: appendices(lists))
        timed("as a workbook", lambda: xlsx(Document("T", "", (), sections), io.BytesIO()))
        uow.engine.dispose()
    return seconds


def test_the_lists_are_quick() -> None:
    """5,000 people within 0.3 s."""
    assert measure(ROWS) < 0.3


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
