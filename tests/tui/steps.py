"""What tests of the terminal application do and look at."""

import asyncio
from collections.abc import Callable

from textual.pilot import Pilot

from ipweek.tui.app import IpweekApp

_WAITING = ("keys", "leave", "choose", "remove", "cancel", "add", "event", "export", "save")
"""Groups of workers that may wait for keys, or for an answer to a question."""


async def settled(pilot: Pilot[None]) -> None:
    """Wait until all keys are taken, no worker runs and everything is drawn."""
    assert isinstance(pilot.app, IpweekApp)
    app = pilot.app
    await pilot.pause()
    await app.all_taken()
    for _round in range(50):
        if not app._burst.held:
            break
        await asyncio.sleep(0.01)  # until it is clear that no scanner typed it
        await app.all_taken()
    for _round in range(4):
        workers = [
            worker for worker in app.workers if not worker.is_finished and worker.group not in _WAITING
        ]
        if not workers:  # of none, Textual would wait for all
            break
        await app.workers.wait_for_complete(workers)
        await pilot.pause()


def shown(app: IpweekApp) -> str:
    """What stands on the screen in front, line by line."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait until something is so; an assertion after that says what was not."""
    for _round in range(500):  # a machine may have much else to do
        if holds():
            return
        await pilot.pause(0.02)
