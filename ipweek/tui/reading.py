"""Reading again and again without piling up: one reading at a time, and the last wish is always served."""

from collections.abc import Awaitable, Callable

from textual.screen import Screen

from ipweek.tui.background import start


class Reading:
    """Whatever is asked for while a reading is under way is read once, when that has come to its end.

    `stale` says inside a reading that its answer is no longer wanted.
    """

    def __init__(self, screen: Screen[object], read: Callable[[], Awaitable[None]]) -> None:
        self._screen = screen
        self._read = read
        self._running = False
        self.stale = False

    @property
    def busy(self) -> bool:
        """Whether a reading is under way."""
        return self._running

    def ask(self) -> None:
        """Read, now or as soon as may be."""
        self.stale = True
        if not self._running:
            self._running = True
            start(self._screen, self._until_fresh, group="load")

    async def _until_fresh(self) -> None:
        try:
            while self.stale:
                self.stale = False
                await self._read()
        finally:
            self._running = False
