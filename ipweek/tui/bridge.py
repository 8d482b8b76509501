"""Between the event loop and the services: a small pool of threads, so that nothing blocks the screen."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import Any, ParamSpec, TypeVar

from ipweek.domain.errors import DatabaseError, IpweekError

P = ParamSpec("P")
T = TypeVar("T")


def if_there(ask: Callable[[], T], otherwise: T) -> T:
    """What only the server knows, beside what a desk knows by itself while that is away."""
    try:
        return ask()
    except DatabaseError as error:
        if error.code != "needs-server":
            raise
        return otherwise


class Bridge:
    """Runs service calls in threads; a caller awaits what they return and gets what they raise."""

    def __init__(self, threads: int = 4, again: Callable[[Callable[[], Any]], Any] | None = None) -> None:
        """`again` does what may be done twice, and does so where a database went away."""
        self._again = again or (lambda work: work())
        self._pool = ThreadPoolExecutor(threads, "ipweek")
        self._one_write = asyncio.Lock()
        self._writes: set[asyncio.Task[object]] = set()

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Read something. Whoever is cancelled while waiting never sees the answer: the newest question wins."""
        return await self._run(partial(self._again, partial(function, *args, **kwargs)))

    async def _run(self, function: Callable[[], T]) -> T:
        work = partial(copy_context().run, function)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        except IpweekError:
            raise
        except Exception as error:
            # A desk goes on after a fault of the program; the line in the status names it.
            raise IpweekError("unexpected", detail=f"{type(error).__name__}: {error}") from error

    async def write(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Write something: one after the other, in the order asked for, and never cancelled with the screen."""

        async def in_turn() -> T:
            async with self._one_write:
                return await self._run(partial(function, *args, **kwargs))

        task: asyncio.Task[T] = asyncio.create_task(in_turn())
        self._writes.add(task)
        task.add_done_callback(self._writes.discard)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Let the writes under way come to their end, then give the threads back."""
        await asyncio.gather(*self._writes, return_exceptions=True)
        self._pool.shutdown(wait=True)
