"""A long list never blocks the event loop: not while it opens, not while somebody types, sorts or scrolls."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ipweek.bootstrap import App
from ipweek.storage.engine import open_engine
from ipweek.storage.unit_of_work import UnitOfWork
from ipweek.tui.app import IpweekApp
from tests.bench.bench_import import EVENT, prepare
from tests.bench.bench_search import fill
from tests.tui.conftest import settings
from tests.tui.steps import settled
from tests.tui.watchdog import opened, seconds_until, watched

MOST_SECONDS = 0.25
"""A blocked loop stands still for as long as the work takes, which here is more; a busy machine needs some slack."""


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """A file with so many people at the seeded event, made once."""
    folder = tmp_path_factory.mktemp("crowded")
    made: dict[int, Path] = {}

    def file(count: int) -> Path:
        if count not in made:
            engine = open_engine(prepare(folder, f"{count}.db"))
            with UnitOfWork(engine).write_core() as connection:
                fill(connection, count)
            engine.dispose()
            made[count] = folder / f"{count}.db"
        return made[count]

    return file


@pytest.mark.parametrize("count", [20_000, pytest.param(100_000, marks=pytest.mark.soak)])
async def test_a_long_list_never_blocks(crowded: Callable[[int], Path], tmp_path: Path, count: int) -> None:
    """Opening, typing, sorting and scrolling leave the loop free, and each shows what it should."""
    work = App(settings(Path(shutil.copy(crowded(count), tmp_path / "ipweek.db"))))
    app = IpweekApp(work)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.hold(work.records.show("week", "huizhou-2019"), work.records.show("event", EVENT))
        screen = await opened(pilot)
        await settled(pilot)
        async with watched() as lateness:
            await pilot.press("escape")
            await settled(pilot)
            screen = await opened(pilot)
            assert screen.title_texts()[1] == f"1 of {count:,}"
            for _page in range(3):
                before = screen.rows.count
                await pilot.press("end")
                await seconds_until(lambda before=before: screen.rows.count > before)
            await pilot.press("f4")
            await settled(pilot)
            await pilot.press(*"hzhy")
            await settled(pilot)
            assert screen.title_texts()[1].startswith("1 of")
            assert screen.title_texts()[1] != f"1 of {count:,}"
    work.close()
    assert lateness.longest < MOST_SECONDS
