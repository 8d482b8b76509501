"""Keys in turn: each finds what the ones before it have done, however fast they come.

Textual hands a key over and takes the next one. What an Enter does (submit, move the focus, open a screen) comes
about later, from queue to queue, and the text right behind it would land in the field before.
"""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import events
from textual.message_pump import MessagePump
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

from ipweek.tui.background import start
from ipweek.tui.desk import Desk

if TYPE_CHECKING:
    from ipweek.bootstrap import App as Work

Typed = events.Key | events.Paste

PATIENCE = 1.0
"""Seconds a key waits at most: a screen that hangs must not take the keys away."""
SAVING = 10.0
"""Seconds it waits while something is being saved: the form is not ready for what comes next; the disk may be slow."""
_SAVE = "save"
ANSWERS = ("search", "open", _SAVE, "--textual-command-palette-gather-commands")
"""Groups of workers that end what a key has begun."""

_LEAVE = ("escape", "ctrl+q")
_QUIET_ROUNDS = 2  # what the second round finds was said in the first
_MOMENT = 0.005


class OrderedDesk(Desk):
    """The application, taking keys and pastes one after the other."""

    def __init__(self, work: "Work") -> None:
        super().__init__(work)
        self._arrived: asyncio.Queue[Typed | None] = asyncio.Queue()
        self._behind = False
        self._in_text = False

    def on_mount(self) -> None:
        """Begin to take keys."""
        start(self, self._take_turns, group="keys")

    async def on_event(self, event: events.Event) -> None:
        """Line up what is typed; anything else goes on at once."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._arrived.put_nowait(event)
        else:
            await super().on_event(event)

    async def _take_turns(self) -> None:
        while True:
            await self.take(await self._arrived.get())
            self._arrived.task_done()

    async def all_taken(self) -> None:
        """Wait until nothing that was typed is left to take or to do."""
        await self._arrived.join()
        await self._done_within(PATIENCE)

    async def take(self, event: Typed | None) -> None:
        """Do what is to be done with something typed, or, at None, when a moment has passed."""
        if event is not None:
            await self.give(event)

    async def give(self, event: Typed) -> None:
        """Hand a key or paste to the application."""
        await self.catch_up(event)
        self._behind = True
        self._in_text = _is_text(event) and isinstance(self.focused, Input | TextArea)
        await super().on_event(event)

    async def catch_up(self, event: Typed) -> None:
        """Wait until the earlier keys have done all they do; text after text in one field has nothing to wait for."""
        if self._behind and not (self._in_text and _is_text(event)):
            leaving = isinstance(event, events.Key) and event.key in _LEAVE
            if not await self._done_within(PATIENCE) and self._is_answering(_SAVE) and not leaving:
                await self._done_within(SAVING)
            self._behind = False

    async def _done_within(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._all_done()
                return True
        return False

    async def _all_done(self) -> None:
        """Go the way of a key, from the focus up to the application, until nothing is on it any more."""
        quiet = 0
        while quiet < _QUIET_ROUNDS:
            way = (self.focused or self.screen).ancestors_with_self
            for pump in way:
                await _emptied(pump)
            if self._is_answering(*ANSWERS):
                await asyncio.sleep(_MOMENT)
                quiet = 0
            elif any(pump.message_queue_size for pump in way):
                quiet = 0
            else:
                quiet += 1

    def _is_answering(self, *groups: str) -> bool:
        """Whether the answer to a key is under way; what waits for a question in front waits for keys itself."""
        nodes = (self.screen,) if isinstance(self.screen, ModalScreen) else (self.screen, self)
        return any(
            each.group in groups and each.node in nodes and not each.is_finished for each in self.workers
        )


async def _emptied(pump: MessagePump) -> None:
    """Wait until a widget has dealt with what was in its queue before this."""
    done = asyncio.Event()
    if pump.call_later(done.set):
        await done.wait()


def _is_text(event: Typed) -> bool:
    return isinstance(event, events.Paste) or event.is_printable
