"""The clock of the desk: looked at when the application starts, and again when the computer wakes."""

from typing import TYPE_CHECKING

from ipweek.domain.clocks import Watch
from ipweek.domain.errors import IpweekError
from ipweek.i18n import _
from ipweek.render import clock_lines
from ipweek.render.errors import sentence
from ipweek.tui.background import start
from ipweek.tui.scanning import ScanningDesk

if TYPE_CHECKING:
    from ipweek.bootstrap import App as Work

EVERY = 5.0
"""Seconds between two looks."""


class WakingDesk(ScanningDesk):
    """After a sleep, or when somebody has set the clock, connections are made anew and the clock is looked at again."""

    def __init__(self, work: "Work") -> None:
        super().__init__(work)
        self.clock_watch = Watch()
        self._out_of_reach = False

    def begin_watch(self) -> None:
        """Look at once, and from now on again and again."""
        start(self, self._check, group="clock", exclusive=True)
        self.set_interval(EVERY, self.look)

    def look(self) -> None:
        """Whether the computer slept; a database that did not answer then is asked again."""
        if self.clock_watch.jumped(EVERY) or self._out_of_reach:
            start(self, self._wake, group="clock", exclusive=True)

    async def _check(self) -> None:
        try:
            found = await self.bridge.write(self.work.clocks.check, self.work.actor)
        except IpweekError:
            return  # whatever is wrong with the database, the first screen says so
        if found.is_off:
            self.tell(clock_lines.warning(found), "warn")

    async def _wake(self) -> None:
        try:
            found = await self.bridge.write(self.work.wake)
        except IpweekError as error:
            self._out_of_reach = True
            self.tell(sentence(error), "bad")
            return
        self._out_of_reach = False
        woken = _("The computer slept, or its clock was set: the database answers, go on.")
        self.tell(clock_lines.warning(found) or woken, "warn" if found.is_off else "plain")
