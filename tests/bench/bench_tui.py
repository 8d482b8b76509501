"""The attendee list of a long event: `python tests/bench/bench_tui.py [people]`, or pytest for the bounds.

The times are by the wall, from the call or the key to the rows on the screen; the lateness is the longest time that
the event loop was not available meanwhile.
"""

import asyncio
import sys
import tempfile
from collections.abc import Callable
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

PEOPLE, ROUNDS = 100_000, 5
OPENS, ANSWERS, BLOCKS = 0.5, 0.1, 0.05
_KEYS = "hzhy"


async def measured(work: App) -> dict[str, tuple[float, float]]:
    """Per step the median seconds and the longest lateness."""
    figures: dict[str, tuple[float, float]] = {}
    app = IpweekApp(work)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.hold(work.records.show("week", "huizhou-2019"), work.records.show("event", EVENT))
        figures["first rows"] = await _rounds(lambda: _open(pilot))
        screen = await opened(pilot)
        await settled(pilot)
        figures["next window"] = await _rounds(lambda: _grow(screen))
        for order in ("enterprise", "rank", "seat", "pinyin"):
            figures[f"by {order}"] = await _once(lambda: _sort(screen))
        typed = [await _word(app, screen) for _round in range(ROUNDS)]
        for place in range(len(_KEYS)):
            seconds, late = zip(*(keys[place] for keys in typed), strict=True)
            figures[f"key {_KEYS[: place + 1]}"] = median(seconds), max(late)
    return figures


async def _rounds(step: Callable) -> tuple[float, float]:
    taken, late = [], []
    for _round in range(ROUNDS):
        seconds, lateness = await _once(step)
        taken.append(seconds)
        late.append(lateness)
    return median(taken), max(late)


async def _once(step: Callable) -> tuple[float, float]:
    async with watched() as lateness:
        seconds = await step()
        await asyncio.sleep(0.05)
    return seconds, lateness.longest


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


async def _word(app: IpweekApp, screen: PeopleScreen) -> list[tuple[float, float]]:
    """Each key of a word, and the search emptied again."""
    figures = [await _once(lambda key=key: _type(app, screen, key)) for key in _KEYS]
    screen.search.value = ""
    await seconds_until(lambda: screen.answered)
    return figures


async def _type(app: IpweekApp, screen: PeopleScreen, key: str) -> float:
    wanted = screen.search.value + key
    app.post_message(events.Key(key, key))
    return await seconds_until(lambda: screen.search.value == wanted and screen.answered)


def run(people: int) -> dict[str, tuple[float, float]]:
    """Print and return the figures of an event of so many people on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(prepare(Path(folder), "ipweek.db"))
        with UnitOfWork(engine).write_core() as connection:
            fill(connection, people)
        engine.dispose()
        work = App(settings(Path(folder) / "ipweek.db"))
        figures = asyncio.run(measured(work))
        work.close()
    print(f"{'':<16}{'ms':>8}{'blocked ms':>12}   ({people:,} people)")
    for name, (seconds, lateness) in figures.items():
        print(f"{name:<16}{seconds * 1000:8.0f}{lateness * 1000:12.0f}")
    return figures


def test_a_long_list_answers_in_time():
    """The first rows of 100,000 within half a second, a keystroke within a tenth, the loop never blocked for long."""
    figures = run(PEOPLE)
    assert figures["first rows"][0] < OPENS
    assert max(seconds for name, (seconds, _late) in figures.items() if name.startswith("key")) < ANSWERS
    assert max(late for _seconds, late in figures.values()) < BLOCKS


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
