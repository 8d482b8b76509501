"""`reach`: who heard a navigation result, who missed it, and the list of whom to call."""

import shutil
from pathlib import Path

import click

from ipweek.cli.base import as_json, command, open_app, option
from ipweek.cli.printing import print_json, say, show
from ipweek.cli.rights import show_whole
from ipweek.domain.reach import FOLLOWED_UP
from ipweek.domain.words import ReachState
from ipweek.i18n import N_, _


@command(N_("Which enterprises of its industry heard a result, which had only registered, which missed it."))
@click.argument("result")
@option("--missed", is_flag=True, help=N_("those who had nobody there"))
@option("--registered-only", is_flag=True, help=N_("those whose people registered and did not hear it"))
@option("--heard", is_flag=True, help=N_("those who heard it"))
@option("--unmask", is_flag=True, help=N_("whole phone numbers and e-mail addresses; this is audited"))
@option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=N_(
        "write the follow-up list, .xlsx or .csv: who missed it or only registered, unless told otherwise"
    ),
)
@as_json
def reach(result: str, out: Path | None, *, unmask: bool, as_json: bool, **parts: bool) -> None:
    """An industry's code, name or alias names its latest released result."""
    states = tuple(state for state in ReachState if parts[state.value])
    with open_app() as app:
        show_whole(app, unmask=unmask)
        if out is not None:
            run = app.reach_jobs.write(app.actor, result, out, states or FOLLOWED_UP, unmask=unmask)
            found = run.reach
        elif unmask:
            found = app.reports.unmasked_reach(app.actor, result)
        else:
            found = app.reports.reach(result)
    if as_json:
        from ipweek.render.reach_json import reach_json  # noqa: PLC0415 - only where it is wanted

        print_json(reach_json(found, states or tuple(ReachState)))
    elif out is not None:
        say(_("Written: {path}, enterprises: {n}"), path=out, n=run.count)
    else:
        from ipweek.render import reach_terminal  # noqa: PLC0415 - Rich only where it is shown

        width = shutil.get_terminal_size().columns
        show(reach_terminal.terminal(found, width, states or tuple(ReachState)))
