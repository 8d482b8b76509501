"""A desk that is killed while it imports a list, or takes it back: all of it is there, or nothing."""

from collections.abc import Callable
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import func, select

from ipweek.domain.actor import Actor
from ipweek.domain.words import ImportKind
from ipweek.services.imports import Imports
from ipweek.services.records import Records
from ipweek.services.workspace import Workspaces
from ipweek.storage.tables import Base
from ipweek.storage.unit_of_work import UnitOfWork
from tests.crash import workers

ROWS = 400
ACTOR = Actor("operator", "desk-1")
TABLES = ("import_batches", "people", "registrations", "enrolments", "badges", "enterprises", "import_rows")


def _counts(uow: UnitOfWork) -> list[int]:
    """Rows by table, and the places that are taken at the event and in its session."""
    tables = Base.metadata.tables
    with uow.read() as session:
        counts = [session.scalar(select(func.count()).select_from(tables[name])) or 0 for name in TABLES]
        return counts + [session.scalar(select(tables[name].c.taken)) or 0 for name in ("events", "sessions")]


def _prepared(uow: UnitOfWork, file: Path) -> None:
    """An event with a session, and a list of people who all take part in it."""
    Workspaces(uow).create(ACTOR)
    records = Records(uow)
    records.add(ACTOR, "week", {"code": "w", "name_en": "W", "year": 2019, "zone": "Asia/Shanghai"})
    records.add(ACTOR, "event", {"code": "e", "name_en": "E", "week": "w", "kind": "release"})
    records.add(ACTOR, "session", {"code": "s", "name_en": "Talk", "event": "e", "kind": "release"})
    lines = (f"张{place},199{place:08},样例{place % 40}有限公司,Talk" for place in range(ROWS))
    file.write_text("\n".join(("姓名,手机,单位,场次", *lines)), "utf-8")


def _import(uow: UnitOfWork, file: Path) -> str:
    return str(Imports(uow).run(ACTOR, ImportKind.REGISTRATIONS, file, "e").batch)


def _killed(engine_url: str, work: Callable[..., None], *arguments: str, after: float) -> None:
    started, start = workers.start_and_leave(work, engine_url, *arguments, processes=1, watchers=1)
    assert workers.begun(start, started)
    sleep(after)
    for process in started:
        process.kill()
        process.join()


def _killed_in_turn(uow: UnitOfWork, engine_url: str, file: Path, rounds: int) -> None:
    """Kill ever later an import and an undo; a half would show as counts that are neither."""
    _prepared(uow, file)
    empty = _counts(uow)
    batch = _import(uow, file)
    whole = _counts(uow)
    Imports(uow).undo(ACTOR, batch)
    assert _counts(uow)[1:6] == empty[1:6]
    seen: set[bool] = set()
    for number in range(rounds):
        after = 0.4 * number / rounds
        batches = _counts(uow)[0]
        _killed(engine_url, workers.import_registrations, str(file), after=after)
        found = _counts(uow)
        assert found[0] in (batches, batches + 1)
        stored = found[0] > batches
        seen.add(stored)
        expected = whole if stored else empty
        assert found[1:6] + found[7:] == expected[1:6] + expected[7:]
        batch = str(Imports(uow).batches(1)[0].id) if stored else _import(uow, file)
        _killed(engine_url, workers.undo_import, batch, after=after)
        undone = Imports(uow).batches(1)[0].undone_at is not None
        found, expected = _counts(uow), empty if undone else whole
        assert found[1:6] + found[7:] == expected[1:6] + expected[7:]
        if not undone:
            Imports(uow).undo(ACTOR, batch)
    assert False in seen, "no kill came before the end"


def test_a_killed_import_is_whole_or_nothing(uow: UnitOfWork, engine_url: str, tmp_path: Path) -> None:
    """Three kills of an import, three of an undo; afterwards the file comes in as if nothing had been."""
    _killed_in_turn(uow, engine_url, tmp_path / "list.csv", 3)


@pytest.mark.soak
def test_many_kills(uow: UnitOfWork, engine_url: str, tmp_path: Path) -> None:
    """Thirty of each, at thirty moments."""
    _killed_in_turn(uow, engine_url, tmp_path / "list.csv", 30)
