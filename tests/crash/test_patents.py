"""A desk that is killed while it imports a patent export: all figures are there, or none."""

from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import Engine, func, select

from ipweek.domain.actor import Actor
from ipweek.services.patents import Patents
from ipweek.services.records import Records
from ipweek.services.workspace import Workspaces
from ipweek.storage.tables.imports import ImportBatch
from ipweek.storage.tables.navigation import Applicant, Branch, LevelCount, PatentBatch, YearCount
from ipweek.storage.unit_of_work import UnitOfWork
from tests.crash import workers
from tests.unit.patent_exports import INCOPAT, INCOPAT_ROWS, table

TABLES = (ImportBatch, PatentBatch, LevelCount, YearCount, Branch, Applicant)


def _counts(uow: UnitOfWork) -> list[int]:
    with uow.read() as session:
        return [session.scalar(select(func.count()).select_from(one)) or 0 for one in TABLES]


def _prepared(uow: UnitOfWork, file: Path) -> list[int]:
    """A draft, an export of many branches and applicants; what one import of it writes."""
    actor = Actor("operator", "desk-1")
    Workspaces(uow).create(actor)
    records = Records(uow)
    records.add(
        actor,
        "week",
        {"code": "w", "name_en": "W", "year": 2019, "zone": "Asia/Shanghai", "region_code": "441300"},
    )
    records.add(actor, "industry", {"code": "led", "name_en": "LED"})
    records.add(actor, "result", {"code": "draft", "name_en": "Draft", "industry": "led"})
    rows = []
    for number in range(600):
        row = list(INCOPAT_ROWS[0])
        row[2], row[5], row[11] = (
            f"样例{number % 40}有限公司",
            f"CN2018{number:08}",
            f"H01M{number % 150 + 1}/00",
        )
        rows.append(row)
    file.write_text(table(INCOPAT, rows), "utf-8")
    patents = Patents(uow)
    report = patents.run(actor, file, "draft")
    whole = _counts(uow)
    assert report.batch is not None
    patents.undo(actor, str(report.batch))
    assert _counts(uow) == [1, 1, 0, 0, 0, 0]
    return whole


def _killed_in_turn(uow: UnitOfWork, engine_url: str, file: Path, whole: list[int], rounds: int) -> None:
    """Kill ever later; a half would show as a count that is neither."""
    seen: set[bool] = set()
    patents, actor = Patents(uow), Actor("operator", "desk-1")
    for number in range(rounds):
        batches = _counts(uow)[0]
        started, start = workers.start_and_leave(
            workers.import_patents, engine_url, str(file), processes=1, watchers=1
        )
        begun = workers.begun(start, started)
        sleep(0.3 * number / rounds)
        for process in started:
            process.kill()
            process.join()
        found = _counts(uow)
        done = found[0] > batches
        seen.add(done)
        assert begun
        assert found[:2] == [batches + done] * 2
        assert found[2:] == (whole[2:] if done else [0, 0, 0, 0])
        if done:
            patents.undo(actor, str(patents.batches("draft")[0].id))
    assert False in seen, "no kill came before the end"
    patents.run(actor, file, "draft")
    assert _counts(uow)[2:] == whole[2:]


def test_a_killed_import_is_whole_or_nothing(
    uow: UnitOfWork, engine_url: str, engine: Engine, tmp_path: Path
) -> None:
    """Five kills; afterwards the database takes the file as if nothing had been."""
    file = tmp_path / "export.csv"
    _killed_in_turn(uow, engine_url, file, _prepared(uow, file), 5)


@pytest.mark.soak
def test_many_kills(uow: UnitOfWork, engine_url: str, engine: Engine, tmp_path: Path) -> None:
    """Forty of them, at forty moments."""
    file = tmp_path / "export.csv"
    _killed_in_turn(uow, engine_url, file, _prepared(uow, file), 40)
