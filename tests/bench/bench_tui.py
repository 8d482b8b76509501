"""The attendee list of a long event: `python tests/bench/bench_tui.py [people]`, or pytest for the bounds.

The times are by the wall, from the call or the key to the rows on the screen, the median and the best of some rounds;
blocked is the longest time that the event loop was not available meanwhile. The floor is a bare sqlite3 that looks
through all search keys for the same text.
"""

import asyncio
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from textual import events  # noqa: E402 - the path comes first
from textual.pilot import Pilot  # noqa: E402

from ipweek.bootstrap import App  # noqa: E402
from ipweek.storage.engine import open_engine  # noqa: E402
from ipweek.storage.unit_of_work import UnitOfWork  # noqa: E402
from ipweek.tui.app import IpweekApp  # noqa: E402
from ipweek.tui.screens.people import PeopleScreen  # noqa: E402
from tests.bench.bench_import import EVENT, prepare  # noqa: E402
from tests.bench.bench_search import fill  # noqa: E402
from tests.tui.conftest import settings  # noqa: E402
from tests.tui.steps import settled  # noqa: E402
from tests.tui.watchdog import opened, seconds_until, watched  # noqa: E402

PEOPLE, ROUNDS = 100_000, 7
OPENS, ANSWERS, BLOCKS = 0.5, 0.1, 0.05
TYPED = ("h", "hz", "hzh", "hzhy", "张", "5678", "zhangwei", "zzzzq")
"""What is in the search after the key that is measured."""


@dataclass(frozen=True)
class Figure:
    """Seconds of a step: the median, the best, and the longest that the loop was kept."""

    median: float
    best: float
    blocked: float


async def measured(work: App) -> dict[str, Figure]:
    """The figures of each step."""
    figures: dict[str, Figure] = {}
    app = IpweekApp(work)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.hold(work.records.show("week", "huizhou-2019"), work.records.show("event", EVENT))
        figures["nothing"] = await _rounds(_idle)
        figures["list opens"] = await _rounds(lambda: _open(pilot))
        screen = await opened(pilot)
        await settled(pilot)
        figures["next window"] = await _rounds(lambda: _grow(screen))
        for order in ("enterprise", "rank", "seat", "pinyin"):
            seconds, blocked = await _once(lambda: _sort(screen))
            figures[f"by {order}"] = Figure(seconds, seconds, blocked)
        for text in TYPED:
            figures[text] = await _rounds(
                partial(_type, app, screen, text[-1]), partial(_put, screen, text[:-1])
            )
    return figures


async def _rounds(step: Callable, before: Callable | None = None) -> Figure:
    taken, late = [], []
    for _round in range(ROUNDS):
        if before is not None:
            await before()
        seconds, lateness = await _once(step)
        taken.append(seconds)
        late.append(lateness)
    return Figure(median(taken), min(taken), max(late))


async def _once(step: Callable) -> tuple[float, float]:
    async with watched() as lateness:
        seconds = await step()
        await asyncio.sleep(0.05)
    return seconds, lateness.longest


async def _idle() -> float:
    """What the machine itself takes from the loop."""
    await asyncio.sleep(0.2)
    return 0.0


async def _open(pilot: Pilot[None]) -> float:
    begun = perf_counter()
    screen = await opened(pilot)
    seconds = perf_counter() - begun
    screen.dismiss(None)
    await settled(pilot)
    return seconds


async def _grow(screen: PeopleScreen) -> float:
    before = screen.rows.count
    screen.rows.action_move(before)
    return await seconds_until(lambda: screen.rows.count > before)


async def _sort(screen: PeopleScreen) -> float:
    screen.action_order()
    return await seconds_until(lambda: screen.answered)


async def _put(screen: PeopleScreen, text: str) -> None:
    """Have the answer to a text on screen, its count too."""
    screen.action_search()
    screen.search.value = text
    screen.search.cursor_position = len(text)
    await seconds_until(lambda: screen.answered and screen.counted)


async def _type(app: IpweekApp, screen: PeopleScreen, key: str) -> float:
    wanted = screen.search.value + key
    begun, drawn = perf_counter(), asyncio.Event()
    app.post_message(events.Key(key, key))
    await seconds_until(lambda: screen.search.value == wanted and screen.answered)
    screen.call_after_refresh(drawn.set)
    await drawn.wait()
    return perf_counter() - begun


def floor(file: Path) -> dict[str, float]:
    """Seconds of looking through all search keys for each text, without a list, an event or an order."""
    connection = sqlite3.connect(file)
    seconds = {}
    for text in TYPED:
        taken = []
        for _round in range(ROUNDS):
            begun = perf_counter()
            connection.execute("SELECT count(*) FROM people WHERE instr(search_key, ?)", [text]).fetchall()
            taken.append(perf_counter() - begun)
        seconds[text] = median(taken)
    connection.close()
    return seconds


def run(people: int) -> dict[str, Figure]:
    """Print and return the figures of an event of so many people on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(prepare(Path(folder), "ipweek.db"))
        with UnitOfWork(engine).write_core() as connection:
            fill(connection, people)
        engine.dispose()
        work = App(settings(Path(folder) / "ipweek.db"))
        figures = asyncio.run(measured(work))
        work.close()
        floors = floor(Path(folder) / "ipweek.db")
    print(f"{'':<16}{'ms':>8}{'best':>8}{'blocked':>10}{'floor':>8}{'ratio':>8}   ({people:,} people)")
    for name, figure in figures.items():
        line = f"{name:<16}{figure.median * 1000:8.0f}{figure.best * 1000:8.0f}{figure.blocked * 1000:10.0f}"
        if name in floors:
            line += f"{floors[name] * 1000:8.0f}{figure.median / floors[name]:8.1f}"
        print(line)
    print(f"{'worst block':<16}{max(figure.blocked for figure in figures.values()) * 1000:26.0f}")
    return figures


def test_a_long_list_answers_in_time():
    """The first rows of 100,000 within half a second, a keystroke within a tenth, the loop never blocked for long."""
    figures = run(PEOPLE)
    assert figures["list opens"].median < OPENS
    assert {text: figures[text].median for text in TYPED if figures[text].median >= ANSWERS} == {}
    assert max(figure.blocked for figure in figures.values()) < BLOCKS


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
