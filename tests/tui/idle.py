"""When an application under test has nothing left to do: asked of its loop, where Textual sleeps and looks at the clock.

Textual's pilot waits 20 ms and longer for the processor to be idle, twice for every key; most of a run was that.
"""

import asyncio
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from time import process_time
from typing import Any

import pytest
from textual._context import active_app
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen

_MOMENT = 0.02  # seconds a thread is waited for that computes nothing: it waits itself
_IDLE = 0.001
_FRAME = 0.25  # seconds; a frame is drawn sooner, as soon as nothing else is left to do
_at_work: set[asyncio.Future[Any]] = set()


async def nothing_left(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until no task can go on, no thread computes, and what is to be drawn is drawn."""
    loop = asyncio.get_running_loop()
    end = loop.time() + max_sleep
    drawn: set[Screen[Any]] = set()  # of those behind; one may go on saying that it has something to draw
    while loop.time() < end:
        await asyncio.sleep(0)
        if loop._ready:
            continue
        at_work = [future for future in _at_work if future.get_loop() is loop]
        if at_work:
            before = process_time()
            done, _ = await asyncio.wait(at_work, timeout=_MOMENT, return_when=asyncio.FIRST_COMPLETED)
            if done or process_time() - before > _IDLE:
                continue
        app = active_app.get(None)
        if app is None or not app._running or not app._screen_stacks:
            break
        if app._resize_timer is not None:
            await asyncio.sleep(_IDLE)
        elif later := [screen for screen in _in_sight(app) if screen not in drawn and _draws_later(screen)]:
            for screen in later:
                screen._on_timer_update()
            drawn.update(later[:-1] if later[-1] is app.screen else later)
        else:
            break


def _in_sight(app: App[Any]) -> list[Screen[Any]]:
    return [*app._background_screens, app.screen]


def _draws_later(screen: Screen[Any]) -> bool:
    waits = (
        screen._layout_required,
        screen._scroll_required,
        screen._repaint_required,
        screen._recompose_required,
        screen._dirty_widgets,
        screen._callbacks,
    )
    return screen.is_current and not screen.app._batch_count and any(waits)


@contextmanager
def asked_of_the_loop() -> Iterator[None]:
    """Let every pilot wait no longer than there is something to do."""
    run = asyncio.BaseEventLoop.run_in_executor

    def counted(loop: Any, *arguments: Any) -> "asyncio.Future[Any]":
        future = run(loop, *arguments)
        _at_work.add(future)
        future.add_done_callback(_at_work.discard)
        return future

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio.BaseEventLoop, "run_in_executor", counted)
        patch.setattr("textual.pilot.wait_for_idle", nothing_left)
        patch.setattr("textual.app.wait_for_idle", nothing_left)
        patch.setattr("textual.screen.UPDATE_PERIOD", _FRAME)
        yield


@contextmanager
def read_once() -> Iterator[None]:
    """Let every application have the style sheets that one of them has parsed: a tenth of its start."""
    parse = Stylesheet._parse_rules
    parsed: dict[Hashable, list[RuleSet]] = {}

    def shared(sheet: Stylesheet, css: str, read_from: Any, *arguments: Any, **named: Any) -> list[RuleSet]:
        key = (css, read_from, arguments, *sorted(named.items()), *sorted(sheet._variables.items()))
        if key not in parsed:
            parsed[key] = parse(sheet, css, read_from, *arguments, **named)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", shared)
        yield
