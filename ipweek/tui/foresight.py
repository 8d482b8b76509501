"""Reading what is about to be asked for, while it is not sure yet that it will be.

A digit is held back for a moment, until it is clear that no scanner typed it; by then the answer is there.
"""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from time import monotonic
from typing import Any, Generic, TypeVar

from textual.widgets import Input

Answer = TypeVar("Answer")
_FRESH = 2.0  # seconds; an answer that was not asked for by then is not true any more


class Foresight(Generic[Answer]):
    """At most one answer that was read ahead."""

    def __init__(self) -> None:
        self._question: Hashable = None
        self._reading: asyncio.Task[Answer] | None = None
        self._asked_at = float("-inf")

    def begin(self, question: Hashable, read: Callable[[], Coroutine[Any, Any, Answer]]) -> None:
        """Read the answer to what will be asked; the reading before must have come to its end."""
        if self._reading is None or self._reading.done():
            self._question, self._asked_at = question, monotonic()
            self._reading = asyncio.create_task(read())
            self._reading.add_done_callback(_forgive)

    async def answer(self, question: Hashable, read: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
        """What was read ahead where it was for this question, once; else read now."""
        reading, fresh = self._reading, monotonic() - self._asked_at < _FRESH
        if reading is not None and question == self._question and fresh:
            self._question = None
            return await asyncio.shield(reading)
        return await read()


def _forgive(reading: "asyncio.Task[Any]") -> None:
    """A refusal of what nobody asks for in the end is told to nobody."""
    if not reading.cancelled():
        reading.exception()


def with_typed(entry: Input, text: str) -> str:
    """What will stand in a line when this is typed into it."""
    start, end = sorted(entry.selection)
    return entry.value[:start] + text + entry.value[end:]
