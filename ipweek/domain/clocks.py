"""Clocks of desks: how far one is off, and whether the computer slept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic, time

from ipweek.domain.words import ClockSource

Clock = Callable[[], datetime]
TOLERANCE = timedelta(minutes=2)
"""A clock that is off by more is told of."""
JUMP = 30.0
"""Seconds by which the clock may go ahead of the time that passed before somebody looks why."""


class DeskClock:
    """The clock of this computer, put right by what was measured."""

    def __init__(self, device: Clock) -> None:
        self.device = device
        self.offset = timedelta(0)

    def __call__(self) -> datetime:
        """This moment as it is noted."""
        return self.device() + self.offset


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A clock held against another: `behind` is how much it lacks, less than nothing where it is ahead.

    Against the log only one that is behind can be found out: nothing was written in the future. `offset` is what is added
    from now on.
    """

    source: ClockSource
    behind: timedelta
    offset: timedelta

    @property
    def is_off(self) -> bool:
        """Whether somebody should set it."""
        return abs(self.behind) > TOLERANCE


def against_server(before: datetime, server: datetime, after: datetime) -> ClockReading:
    """What the server's clock says, asked between two looks at the desk's own."""
    behind = server - (before + (after - before) / 2)
    return ClockReading(ClockSource.SERVER, behind, behind)


def against_log(now: datetime, newest: datetime | None) -> ClockReading:
    """What the last thing that was written says. It may be another clock that was wrong, so nothing is put right."""
    behind = max(newest - now, timedelta(0)) if newest else timedelta(0)
    return ClockReading(ClockSource.LOG, behind, timedelta(0))


class Watch:
    """Looks at both clocks of the computer from time to time."""

    def __init__(self, steady: Callable[[], float] = monotonic, wall: Callable[[], float] = time) -> None:
        self._steady, self._wall = steady, wall
        self._last = (steady(), wall())

    def jumped(self, every: float) -> bool:
        """Whether the computer slept, or somebody set its clock, since the last look `every` seconds ago.

        While it sleeps the steady clock stands still on some systems, and goes on on others.
        """
        steady, wall = self._steady(), self._wall()
        passed, shown = steady - self._last[0], wall - self._last[1]
        self._last = (steady, wall)
        return abs(shown - passed) > JUMP or passed > every + JUMP
