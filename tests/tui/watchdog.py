"""How long the event loop is kept from its work, and how soon a list answers."""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Callable
from time import perf_counter

from textual.pilot import Pilot

from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.people import PeopleScreen

_PACE = 0.002


class Lateness:
    """The longest time, in seconds, that the loop was not available; measured by a task that wants to run often."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def measure(self) -> None:
        """Until cancelled."""
        while True:
            due = perf_counter() + _PACE
            await asyncio.sleep(_PACE)
            self.longest = max(self.longest, perf_counter() - due)


@contextlib.asynccontextmanager
async def watched() -> AsyncIterator[Lateness]:
    """The lateness of the loop while the block runs; what was loaded before is no garbage, as in the application."""
    gc.freeze()
    lateness = Lateness()
    task = asyncio.create_task(lateness.measure())
    try:
        yield lateness
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        gc.unfreeze()


async def seconds_until(holds: Callable[[], bool]) -> float:
    """How long it takes until something is so. Raises AssertionError after ten seconds."""
    begun = perf_counter()
    while not holds():
        assert perf_counter() - begun < 10, "it never came"
        await asyncio.sleep(0.001)
    return perf_counter() - begun


async def opened(pilot: Pilot[None]) -> PeopleScreen:
    """The attendee list, its first window read."""
    app = pilot.app
    assert isinstance(app, IpweekApp)
    app.go("people")
    await seconds_until(lambda: isinstance(app.screen, PeopleScreen) and app.screen.is_mounted)
    screen = app.screen
    assert isinstance(screen, PeopleScreen)
    await seconds_until(lambda: screen.is_mounted and bool(screen.query("Rows")) and screen.rows.count > 0)
    return screen
