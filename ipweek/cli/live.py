"""`live`: who is there now, drawn anew every two seconds in a terminal, once without one."""

import sys
import time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ipweek.cli.base import as_json, command, event_option, open_app, option
from ipweek.cli.printing import print_json, show
from ipweek.domain.errors import DatabaseError
from ipweek.i18n import N_

if TYPE_CHECKING:
    from ipweek.bootstrap import App
    from ipweek.domain.live import LiveCounts, Tally

EVERY_SECONDS = 2.0
SHARE = 1 / 40
"""Of the time, that is spent on reading at most."""


@command(N_("Who is there now: by door, industry and enterprise, and when they arrived. Ctrl+C ends it."))
@event_option
@option("--once", is_flag=True, help=N_("print it once"))
@as_json
def live(event: str, *, once: bool, as_json: bool) -> None:
    """Once where stdout is no terminal, or for JSON."""
    with open_app() as app:
        counts = app.live.counts(event)
        if as_json:
            print_json(shape(counts))
        elif once or not sys.stdout.isatty():
            from ipweek.render.live_terminal import terminal  # noqa: PLC0415 - Rich only where it is shown

            show(terminal(counts, 80))
        else:
            _watch(app, event, counts)


def _watch(app: "App", event: str, counts: "LiveCounts") -> None:
    """Until Ctrl+C; what the database refuses stands under the last counts until it answers again."""
    from rich.console import Console, Group, RenderableType  # noqa: PLC0415 - as above
    from rich.live import Live  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from ipweek.render.errors import sentence  # noqa: PLC0415
    from ipweek.render.live_terminal import terminal  # noqa: PLC0415

    took = 0.0
    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)

    def drawn(refusal: str = "") -> RenderableType:
        return Group(terminal(counts, console.width, console.height - 1), Text(refusal, "red"))

    with Live(drawn(), console=console, screen=True, auto_refresh=False) as screen:
        try:
            while True:
                time.sleep(max(EVERY_SECONDS, took / SHARE))
                refusal, began = "", time.monotonic()
                try:
                    counts = app.live.counts(event)
                except DatabaseError as error:
                    refusal = sentence(error)
                took = time.monotonic() - began
                screen.update(drawn(refusal), refresh=True)
        except KeyboardInterrupt:
            return


def shape(counts: "LiveCounts") -> dict[str, Any]:
    """The counts as `live --json` prints them; moments in the week's zone."""
    zone, standing = ZoneInfo(counts.zone), counts.standing
    return {
        "event": counts.event.code,
        "as_of": counts.as_of.astimezone(zone),
        "registered": counts.registered,
        "came": counts.came,
        "inside": counts.inside,
        "left": standing.left,
        "late": standing.late,
        "expected": standing.expected,
        "expected_attended": standing.expected_attended,
        "doors": [
            {"door": tally.door.code, "came": tally.came, "inside": tally.inside, "capacity": tally.capacity}
            for tally in counts.doors
        ],
        "by_industry": [_shape(tally) for tally in counts.industries],
        "by_enterprise": [_shape(tally) for tally in counts.enterprises],
        "arrivals": [{"at": slot.at.astimezone(zone), "people": slot.people} for slot in counts.arrivals],
    }


def _shape(tally: "Tally") -> dict[str, Any]:
    named = tally.of
    told = {"registered": tally.registered, "came": tally.came}
    return {
        "code": named and named.code,
        "name_zh": named and named.zh,
        "name_en": named and named.en,
        **told,
    }
