"""What a clock that was held against another says, in a line."""

from datetime import timedelta

from ipweek.domain.clocks import ClockReading
from ipweek.domain.words import ClockSource
from ipweek.i18n import _


def warning(found: ClockReading) -> str:
    """What is to be done about a clock that is off; nothing where it is right."""
    if not found.is_off:
        return ""
    how_much = span(abs(found.behind))
    if found.source is ClockSource.LOG:
        told = _("Set this computer's clock: it is {span} behind the last entry here.")
    elif found.behind > timedelta(0):
        told = _("Set this computer's clock: it is {span} slow. Scans go by the server's.")
    else:
        told = _("Set this computer's clock: it is {span} fast. Scans go by the server's.")
    return told.format(span=how_much)


def state(found: ClockReading) -> str:
    """How the clock stands, right or not."""
    if found.is_off:
        return warning(found)
    if found.source is ClockSource.LOG:
        return _("not behind what was written last")
    return _("agrees with the server to {seconds} s").format(
        seconds=f"{abs(found.behind).total_seconds():.1f}"
    )


def span(length: timedelta) -> str:
    """A length of time in its two largest units."""
    seconds = round(length.total_seconds())
    for unit, small, told in (
        (86_400, 3_600, _("{n} d {rest} h")),
        (3_600, 60, _("{n} h {rest} min")),
        (60, 1, _("{n} min {rest} s")),
    ):
        if seconds >= unit:
            return told.format(n=seconds // unit, rest=seconds % unit // small)
    return _("{n} s").format(n=seconds)
