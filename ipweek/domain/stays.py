"""How long somebody was inside, who came late and who left early, as entries and exits tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ipweek.domain.checkin import LoggedScan
from ipweek.domain.starts import Start
from ipweek.domain.words import Direction


@dataclass(frozen=True, slots=True)
class Limits:
    """The moments by which a door's entries and exits are read; None where nobody stated one.

    Whoever comes after `late_after` is late, whoever has left before `early_before` left early, and whoever is still
    inside was so until `until`.
    """

    late_after: datetime | None = None
    early_before: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody's time inside by one door: `seconds` are None while it is not known when he will have left."""

    first_in: datetime
    last_out: datetime | None
    inside: bool
    seconds: int | None
    late: bool | None
    left_early: bool | None

    @property
    def minutes(self) -> int | None:
        """Whole minutes, the half ones up."""
        return None if self.seconds is None else (self.seconds + 30) // 60


@dataclass(frozen=True, slots=True)
class StayLine:
    """A stay with whose it was and where, as lists show it."""

    registration: UUID
    badge_no: str | None
    name: str
    enterprise: str
    door: str
    session: str | None
    stay: Stay


@dataclass(frozen=True, slots=True)
class StayCounts:
    """The stays by the door of a session: of how many the time is known, the mean of it, how many left early.

    `left_early` is None where the session has no stated end.
    """

    n: int
    seconds: int
    left_early: int | None

    @property
    def mean_minutes(self) -> int | None:
        """The mean in whole minutes; None where nobody's time is known."""
        return (2 * self.seconds + 60 * self.n) // (120 * self.n) if self.n else None


def limits(
    start: Start | None,
    end: Start | None,
    closes_at: datetime | None,
    grace: timedelta,
    zone: str,
    now: datetime,
) -> Limits:
    """The limits of a door whose session or event has this start and end.

    Where no end is stated, whoever is still inside was so until the door closed; where neither is, nobody knows. What
    goes on still counts so far.
    """
    begins = start.moment(zone) if start else None
    ends = end.moment(zone) if end else None
    until = ends or closes_at
    return Limits(
        begins + grace if begins else None,
        ends - grace if ends else None,
        min(until, now) if until else None,
    )


def stay(scans: Iterable[LoggedScan], known: Limits) -> Stay | None:
    """What one registration's accepted scans at one door, in their order, add up to; None without an entry.

    An entry opens a time inside that the next exit ends; a second entry in between changes nothing.
    """
    rows = list(scans)
    entries = [row for row in rows if row.direction is Direction.ENTRY]
    if not entries:
        return None
    nexts: list[datetime | None] = [*(row.at for row in rows[1:]), known.until]
    spans = [
        (row.at, following)
        for row, following in zip(rows, nexts, strict=True)
        if row.direction is Direction.ENTRY
    ]
    last_out = max((row.at for row in rows if row.direction is Direction.EXIT), default=None)
    inside = rows[-1].direction is Direction.ENTRY
    open_ended = any(following is None for _begin, following in spans)
    inside_for = sum(
        (max(following - begin, timedelta(0)) for begin, following in spans if following), timedelta(0)
    )
    first_in = min(row.at for row in entries)
    return Stay(
        first_in,
        last_out,
        inside,
        None if open_ended else int(inside_for.total_seconds()),
        *verdicts(first_in, last_out, known, inside=inside),
    )


def verdicts(
    first_in: datetime, last_out: datetime | None, known: Limits, *, inside: bool
) -> tuple[bool | None, bool | None]:
    """Whether somebody was late, and whether he left early; None where no start or no end is stated."""
    late = None if known.late_after is None else first_in > known.late_after
    if known.early_before is None:
        return late, None
    return late, not inside and last_out is not None and last_out < known.early_before
