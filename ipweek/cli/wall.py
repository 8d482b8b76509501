"""`wall`: a second screen for the hall, over the whole terminal; once without one, and for scripts."""

import shutil
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from ipweek.cli.base import as_json, command, event_option, open_app, option
from ipweek.cli.printing import print_json, show
from ipweek.i18n import N_

if TYPE_CHECKING:
    from ipweek.domain.figures import Named
    from ipweek.domain.wall import Wall, WallSession

_LEAST = (80, 24)


@command(
    N_(
        "A screen for the hall: how many have come, what is on and what comes, what is released today. It names no "
        "person. Make the letters of the terminal large: 80 × 24 of them fill a projector's picture. q leaves it."
    )
)
@event_option
@option(
    "--say",
    metavar="TEXT",
    help=N_("announce this on the walls of this computer; an empty text takes it away"),
)
@option(
    "--names",
    type=click.Choice(("both", "turns")),
    default="both",
    help=N_("the event's names: both at once, or Chinese and English in turns"),
)
@option("--enterprises", is_flag=True, help=N_("name the enterprises present too"))
@option("--once", is_flag=True, help=N_("print it once"))
@as_json
def wall(event: str, *, say: str | None, names: str, enterprises: bool, once: bool, as_json: bool) -> None:
    """Once where nobody sits at the terminal, or for JSON."""
    from ipweek.cli.app import has_terminal, open_terminal_on  # noqa: PLC0415 - app names this module

    with open_app() as app:
        row = app.records.show("event", event)
        if say is not None:
            app.wall_jobs.say(row.code, say)
        if not as_json and not once and has_terminal():
            week = app.records.show("week", row.values["week"])
            open_terminal_on(app, "wall", (week, row), both=names == "both", enterprises=enterprises)
            return
        found = app.wall_jobs.look(row.code, enterprises=enterprises)
        if as_json:
            print_json(shape(found))
        else:
            _print(found, both=names == "both")


def _print(found: "Wall", *, both: bool) -> None:
    from ipweek.render.wall import Look, terminal  # noqa: PLC0415 - Rich only where it is shown

    width, height = map(max, shutil.get_terminal_size(_LEAST), _LEAST)
    show(terminal(found, width, height, Look(both=both, turn=int(found.names is not None))))


def shape(found: "Wall") -> dict[str, Any]:
    """The figures as `wall --json` prints them; moments in the week's zone, null where nobody stated it."""
    zone, standing = ZoneInfo(found.zone), found.standing
    return {
        "event": _named(found.event),
        "as_of": found.as_of.astimezone(zone),
        "expected": standing.expected,
        "expected_attended": standing.expected_attended,
        "walk_in_attended": standing.walk_in_attended,
        "attended": standing.attended,
        "inside": standing.inside,
        "left": standing.left,
        "late": standing.late,
        "rate": standing.rate.value,
        "arrivals": [{"at": slot.at.astimezone(zone), "people": slot.people} for slot in found.arrivals],
        "sessions": {
            "now": [_session(held, zone) for held in found.now(found.as_of)],
            "coming": [_session(held, zone) for held in found.coming(found.as_of)],
        },
        "released": [_named(result) for result in found.released],
        "enterprises": {
            "present": found.enterprises,
            "names": None if found.names is None else [_named(each) for each in found.names],
        },
        "said": found.said or None,
    }


def _session(held: "WallSession", zone: ZoneInfo) -> dict[str, Any]:
    return {
        **_named(held.session),
        "room": _named(held.room) if held.room else None,
        "day": held.day,
        "begins": held.begins and held.begins.astimezone(zone),
        "ends": held.ends and held.ends.astimezone(zone),
        "present": held.present,
        "taken": held.taken,
        "seats": held.seats,
        "left": held.left,
    }


def _named(named: "Named") -> dict[str, Any]:
    return {"code": named.code, "name_zh": named.zh, "name_en": named.en}
