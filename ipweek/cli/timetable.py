"""`timetable`: what is on when and where; and what is wrong in a programme, wherever that is told."""

import shutil
from typing import TYPE_CHECKING, Any

from ipweek.cli.base import as_json, command, open_app, option
from ipweek.cli.printing import note, print_json, say, show
from ipweek.domain.errors import UsageError
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from ipweek.bootstrap import App
    from ipweek.domain.programme import Timetable

LEAST = 80
of_event = option("--event", metavar="E", help=N_("the event's code"))
of_week = option("--week", metavar="W", help=N_("the week's code"))


@command(N_("The timetable of a week or an event by room and time, and what is wrong in it."))
@of_event
@of_week
@as_json
def timetable(event: str | None, week: str | None, *, as_json: bool) -> None:
    """At least 80 columns wide."""
    check_scope(event, week)
    with open_app() as app:
        found = app.programme.timetable_of(event) if event else app.programme.timetable(week or "")
    if as_json:
        print_json(_shape(found))
    else:
        from ipweek.render.timetable import terminal  # noqa: PLC0415 - Rich only where it is shown

        show(terminal(found, max(shutil.get_terminal_size().columns, LEAST)))


def check_scope(event: str | None, week: str | None) -> None:
    """A programme is a week's or an event's. Raises UsageError `event-or-week`."""
    if bool(event) == bool(week):
        raise UsageError("event-or-week")


def _shape(found: "Timetable") -> dict[str, Any]:
    from ipweek.render import conflicts, schedule_rows  # noqa: PLC0415 - only where it is wanted

    return {
        "week": found.week,
        "zone": found.zone,
        "slots": [schedule_rows.shape(slot) for slot in found.slots],
        "conflicts": conflicts.shapes(found.conflicts),
    }


def conflicts_told(app: "App", place: str) -> dict[str, Any]:
    """What is wrong with an event, its sessions, or a session, as JSON shapes."""
    from ipweek.render import conflicts  # noqa: PLC0415 - only where it is wanted

    return {"conflicts": conflicts.shapes(app.programme.timetable_of(place).conflicts)}


def show_conflicts(app: "App", place: str) -> None:
    """The same as sentences."""
    from ipweek.render.timetable import conflict_lines  # noqa: PLC0415 - Rich only where it is shown

    found = app.programme.timetable_of(place).conflicts
    if found:
        say("")
        say(_("Conflicts: {n}"), n=len(found))
        for line in conflict_lines(found, max(shutil.get_terminal_size().columns, LEAST)):
            show(line)


def note_conflicts(app: "App", place: str) -> None:
    """The same to stderr, after something was changed: told, and not refused."""
    from ipweek.render.conflicts import sentence  # noqa: PLC0415 - only where it is wanted

    for conflict in app.programme.timetable_of(place).conflicts:
        note("! {told}", told=sentence(conflict))
