"""The bridge: answers, errors, order, and writes that nothing cancels."""

import asyncio
import threading
import time

import pytest

from ipweek.domain.errors import IpweekError, NotFoundError
from ipweek.i18n import language, speaking
from ipweek.tui.bridge import Bridge


async def test_the_loop_goes_on_while_a_call_runs() -> None:
    """A call runs in another thread and gives back what the function returns."""
    bridge = Bridge()
    here = threading.get_ident()
    assert await bridge.call(threading.get_ident) != here
    await bridge.close()


async def test_the_language_goes_along() -> None:
    """A service asked in Chinese speaks Chinese in its thread."""
    bridge = Bridge()
    with speaking("zh"):
        assert await bridge.call(language) == "zh"
    await bridge.close()


async def test_refusals_come_back_as_they_are() -> None:
    """What a service raises is raised where it is awaited."""
    bridge = Bridge()

    def refuse() -> None:
        raise NotFoundError("gone", code="x")

    with pytest.raises(NotFoundError) as told:
        await bridge.call(refuse)
    assert told.value.params == {"code": "x"}
    await bridge.close()


async def test_a_fault_has_a_code() -> None:
    """Anything else becomes an error that screens can show."""
    bridge = Bridge()
    with pytest.raises(IpweekError) as told:
        await bridge.call(int, "x")
    assert told.value.code == "unexpected"
    await bridge.close()


async def test_a_cancelled_write_is_done_all_the_same() -> None:
    """Leaving the screen does not undo what was asked for."""
    bridge, done = Bridge(), threading.Event()

    def write() -> None:
        time.sleep(0.05)
        done.set()

    task = asyncio.create_task(bridge.write(write))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await bridge.close()
    assert done.is_set()


async def test_writes_keep_their_order() -> None:
    """A slow write is not overtaken by those asked for after it."""
    bridge, order = Bridge(), []

    def write(number: int) -> None:
        time.sleep(0.03 if number == 0 else 0)
        order.append(number)

    await asyncio.gather(*(bridge.write(write, number) for number in range(5)))
    assert order == [0, 1, 2, 3, 4]
    await bridge.close()
