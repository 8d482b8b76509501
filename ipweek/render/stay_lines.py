"""How long somebody was inside, in words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rich.table import Table

from ipweek.domain.stays import Stay, StayLine
from ipweek.i18n import _
from ipweek.render.lists import grid


def span(stay: Stay, zone: str) -> str:
    """From the first entry to the last exit, by the clock of the week."""
    until = _("inside") if stay.inside or stay.last_out is None else _clock(stay.last_out, zone)
    return f"{_clock(stay.first_in, zone)} – {until}"


def minutes(stay: Stay) -> str:
    """For how long; nothing while that is not known."""
    return "" if stay.minutes is None else _("{n} min").format(n=stay.minutes)


def marks(stay: Stay) -> str:
    """Late, on time, left early, as far as a start and an end are stated."""
    late = "" if stay.late is None else _("late") if stay.late else _("on time")
    return " · ".join(part for part in (late, _("left early") if stay.left_early else "") if part)


def line(stay: Stay, zone: str) -> str:
    """All of it on one line."""
    return " · ".join(part for part in (span(stay, zone), minutes(stay), marks(stay)) if part)


def stays(found: Iterable[StayLine], zone: str, *, named: bool = True) -> Table:
    """One line for each person and door; without the names where all are one person's."""
    whose = [_("Badge"), _("Name"), _("Enterprise")] if named else []
    rows = [
        (
            *((one.badge_no, one.name, one.enterprise) if named else ()),
            one.door,
            span(one.stay, zone),
            one.stay.minutes,
            marks(one.stay),
        )
        for one in found
    ]
    return grid([*whose, _("Door"), _("Time"), _("Minutes inside"), _("On time")], rows)


def shape(one: StayLine, zone: str) -> dict[str, Any]:
    """A stay as `scans --people --json` prints it; what nobody stated is null."""
    stay = one.stay
    return {
        "registration": str(one.registration),
        "badge_no": one.badge_no,
        "name": one.name,
        "enterprise": one.enterprise,
        "door": one.door,
        "session": one.session,
        "first_in": _local(stay.first_in, zone),
        "last_out": _local(stay.last_out, zone),
        "inside": stay.inside,
        "minutes": stay.minutes,
        "late": stay.late,
        "left_early": stay.left_early,
    }


def _clock(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"


def _local(moment: datetime | None, zone: str) -> datetime | None:
    return moment.astimezone(ZoneInfo(zone)) if moment else None
