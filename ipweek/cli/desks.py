"""`desk`: copies for desks without a network, taken along, opened, united, and what did not fit together."""

from pathlib import Path
from typing import Any

import click

from ipweek.cli.base import Group, State, as_json, command, open_app, option
from ipweek.cli.printing import note, print_json, print_rows, say
from ipweek.domain.copies import CopyOrder, DeskCopy
from ipweek.domain.desk_conflicts import DeskConflict
from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.domain.words import Keep
from ipweek.i18n import N_, _

_DONE_IN_PART = 3
_FILE = click.Path(dir_okay=False, path_type=Path)
group = Group("desk", help=N_("Desks without a network: take a copy along, unite what comes back."))


def _said_desk() -> str | None:
    """The name that --desk gives, which here is the copy's."""
    state: State = click.get_current_context().find_root().ensure_object(State)
    return state.flags.get("desk")


@command(
    N_("Take a copy of events along for a desk: scans, walk-ins and badges work there without a network.")
)
@option("--event", "events", multiple=True, metavar="E", help=N_("an event's code; repeat it for several"))
@option("--week", metavar="W", help=N_("all events of a week"))
@option("--out", required=True, type=_FILE, metavar="FILE", help=N_("the file of the copy"))
@as_json
def take(events: tuple[str, ...], week: str | None, out: Path, *, as_json: bool) -> None:
    """`--desk` names the desk."""
    with open_app() as app:
        taken = app.desk_jobs.take(app.actor, CopyOrder(events, week, _said_desk()), out)
    held = taken.manifest
    if as_json:
        told = {
            "copy": str(held.copy),
            "file": str(taken.file),
            "desk": held.desk,
            "events": list(held.events),
        }
        print_json(told | {"lease": held.lease, "taken_at": held.taken_at})
        return
    say(
        _("The copy for {desk} is in {file}: {people} people, badge numbers from {lease}000001."),
        desk=held.desk,
        file=taken.file,
        people=held.rows["registrations"],
        lease=f"{held.lease:04d}",
    )
    say(_("There: ipweek desk open {file} · back here: ipweek desk merge {file}"), file=taken.file)


@command(N_("Open a copy at its desk: the whole program, as far as it makes sense there."), name="open")
@click.argument("file", type=_FILE)
def open_copy(file: Path) -> None:
    """Everything else works on it by IPWEEK_DATABASE_URL=sqlite:///FILE."""
    from ipweek.cli.app import open_terminal  # noqa: PLC0415 - app names this module
    from ipweek.jobs.desks import looked_at  # noqa: PLC0415 - `--help` does without

    if not file.is_file():
        raise NotFoundError("copy-missing", path=str(file))
    looked_at(file)
    state: State = click.get_current_context().find_root().ensure_object(State)
    state.flags["database_url"] = f"sqlite:///{file.absolute().as_posix()}"
    open_terminal()


@command(N_("Unite copies that came back, in any order; once more changes nothing."))
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE…")
@as_json
def merge(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Each file in a transaction of its own, and one that is refused keeps none of the others out."""
    from ipweek.render import desk_conflicts as render  # noqa: PLC0415 - only where it is wanted
    from ipweek.render.errors import sentence  # noqa: PLC0415 - as above

    found, refused = 0, 0
    with open_app() as app:
        for file in files:
            try:
                told = app.desk_jobs.merge(app.actor, file)
            except InvalidError as error:
                if len(files) == 1:
                    raise
                refused += 1
                note("{file}: {why}", file=file, why=sentence(error))
                continue
            found += told.conflicts
            if as_json:
                print_json(render.merged_shape(told), line=True)
            else:
                say("{text}", text=render.merged(told))
    if found:
        note(_("Look at them: ipweek desk conflicts"))
    if refused:
        click.get_current_context().exit(_DONE_IN_PART if refused < len(files) else InvalidError.exit_status)


@command(N_("List the copies that were taken."), name="list")
@as_json
def list_copies(*, as_json: bool) -> None:
    """The newest first."""
    from ipweek.render import desk_conflicts as render  # noqa: PLC0415 - only where it is wanted
    from ipweek.render.lists import grid  # noqa: PLC0415 - Rich only where it is shown

    def cells(copy: DeskCopy) -> tuple[object, ...]:
        back = f"{copy.merged_at:%Y-%m-%d %H:%M}Z" if copy.merged_at else _("not back yet")
        return (
            f"{copy.taken_at:%Y-%m-%d %H:%M}Z",
            copy.desk,
            ", ".join(copy.events),
            f"{copy.lease:04d}",
            back,
            copy.scans,
        )

    headers = [_("Taken"), _("Desk"), _("Events"), _("Badge numbers"), _("United"), _("Scans")]
    with open_app() as app:
        found = app.copies.copies()
    print_rows(
        found, as_json=as_json, shape=render.copy_shape, table=lambda rows: grid(headers, map(cells, rows))
    )


@command(N_("List what does not fit together since desks were united."))
@option("--event", metavar="E", help=N_("only of this event"))
@option("--all", "settled", is_flag=True, help=N_("settled ones too"))
@as_json
def conflicts(event: str | None, *, settled: bool, as_json: bool) -> None:
    """With both sides, and how each can be settled."""
    from ipweek.render import desk_conflicts as render  # noqa: PLC0415 - only where it is wanted

    with open_app() as app:
        found = app.desk_conflicts.conflicts(event, settled=settled)
    if as_json:
        print_json([render.shape(each) for each in found])
        return
    if not found:
        say(_("Everything fits together."))
    for each in found:
        _tell(each, render)


def _tell(conflict: DeskConflict, render: Any) -> None:
    from ipweek.render.words import word  # noqa: PLC0415 - as above

    first, second = render.sides(conflict)
    say("")
    say(
        "{id}  {kind} · {subject}",
        id=render.short(conflict),
        kind=word(conflict.kind),
        subject=render.subject(conflict),
    )
    say("  1  {side}", side=first)
    say("  2  {side}", side=second)
    if conflict.how is not None:
        say("  {told}", told=render.settled(conflict))
        return
    for keep, text in render.ways(conflict):
        say(
            "  ipweek desk settle {id} --keep {keep}   {text}",
            id=render.short(conflict),
            keep=keep,
            text=text,
        )


@command(N_("Settle a conflict: say which side stands."))
@click.argument("conflict")
@option(
    "--keep", required=True, type=click.Choice([keep.value for keep in Keep]), help=N_("which side stands")
)
@option("--note", "reason", metavar="TEXT", default="", help=N_("why"))
@as_json
def settle(conflict: str, keep: str, reason: str, *, as_json: bool) -> None:
    """By its id, or the end of it as it is listed."""
    from ipweek.render import desk_conflicts as render  # noqa: PLC0415 - only where it is wanted

    with open_app() as app:
        settled = app.desk_conflicts.settle(app.actor, conflict, Keep(keep), reason)
    if as_json:
        print_json(render.shape(settled))
        return
    how = dict(render.ways(settled))[Keep(keep)]
    say(_("Settled: {subject} – {how}"), subject=render.subject(settled), how=how)


for made in (take, open_copy, merge, list_copies, conflicts, settle):
    group.add_command(made)
