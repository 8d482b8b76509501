"""`signin-sheets`: the PDF to sign on, and keying the signed rows in."""

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from ipweek.cli.base import DefaultGroup, as_json, command, event_option, open_app, option
from ipweek.cli.checkin import moment_of, session_option
from ipweek.cli.printing import note, print_json, say
from ipweek.domain.errors import UsageError
from ipweek.domain.signin import Keyed, KeyedRow, SheetOrder
from ipweek.i18n import N_, _

_DONE_IN_PART = 3


@command(N_("Draw the sign-in sheets of an event or session: a row to sign for everybody, each with its code."),
         name="pdf")  # fmt: skip
@event_option
@option("--session", metavar="S", help=N_("of this session: those enrolled where it is limited"))
@option("--by", "order", type=click.Choice(list(map(str, SheetOrder))), default="enterprise",
        show_default=True, help=N_("in which order; by enterprise with headings"))  # fmt: skip
@option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
        help=N_("the PDF to write"))  # fmt: skip
@option("--blank-rows", type=click.IntRange(0, 500), default=0, metavar="N",
        help=N_("free rows at the end, for walk-ins"))  # fmt: skip
@option("--allow-missing", is_flag=True, help=N_("print although no font has some character"))
@as_json
def pdf(*, event: str, out: Path, order: str, as_json: bool, **asked: Any) -> None:
    """Phones are never printed."""
    with open_app() as app:
        run = app.signin_jobs.sheets(app.actor, event, out, order=SheetOrder(order), **asked)
    if as_json:
        print_json({"file": str(run.path), "pages": run.pages, "rows": run.rows})
    else:
        say(_("Rows: {rows}, pages: {pages}, file: {path}"), rows=run.rows, pages=run.pages, path=run.path)


@command(N_("Key in the rows that were signed, by code or number: a mark for each, nobody twice."))
@click.argument("rows", nargs=-1, metavar="[CODE|NUMBER]...")
@event_option
@session_option
@option("--stdin", "from_stdin", is_flag=True, help=N_("read codes or numbers line by line"))
@option("--at", metavar="TIME", help=N_("when they came; else the stated start, else now"))
@as_json
def enter(
    rows: tuple[str, ...], *, event: str, session: str | None, from_stdin: bool, at: str | None, as_json: bool
) -> None:
    """Ends with 3 where a row was refused or is unknown."""
    if bool(rows) == from_stdin:
        raise UsageError("sheet-rows-needed")
    counted = dict.fromkeys(Keyed, 0)
    with open_app() as app:
        door = app.checkin.open_door(app.actor, event, session)
        moment = moment_of(at, door.zone) if at else app.signin.sheet_time(door)
        if moment is None:
            note(_("No start is stated: the rows count from now on; --at says another time."))
        for number, typed in enumerate(_lines() if from_stdin else rows, 1):
            row = app.signin.key_in(app.actor, door, typed, moment)
            counted[row.outcome] += 1
            _tell(number, row, door.zone, as_json=as_json)
    if not as_json:
        say(_("Keyed in: {entered}, already in: {already}, not taken: {other}"), entered=counted[Keyed.ENTERED],
            already=counted[Keyed.ALREADY], other=counted[Keyed.REFUSED] + counted[Keyed.UNKNOWN])  # fmt: skip
    if counted[Keyed.REFUSED] or counted[Keyed.UNKNOWN]:
        click.get_current_context().exit(_DONE_IN_PART)


def _lines() -> Iterator[str]:
    lines: Iterable[str] = iter(sys.stdin.readline, "")
    return (line.strip() for line in lines if line.strip())


def _tell(number: int, row: KeyedRow, zone: str, *, as_json: bool) -> None:
    if as_json:
        print_json(_shape(number, row, zone), line=True)
        return
    from ipweek.render.signin_lines import keyed  # noqa: PLC0415 - only where it is shown

    say("{line}", line=f"{number}  {keyed(row, zone)}")
    sys.stdout.flush()


def _shape(number: int, row: KeyedRow, zone: str) -> dict[str, Any]:
    def local(moment: datetime | None) -> datetime | None:
        return moment.astimezone(ZoneInfo(zone)) if moment else None

    return {
        "row": number,
        "typed": row.typed,
        "outcome": row.outcome,
        "reason": row.reason,
        "registration": str(row.registration) if row.registration else None,
        "name": row.name,
        "enterprise": row.enterprise,
        "at": local(row.at),
        "first_at": local(row.first_at),
        "first_desk": row.first_desk,
    }


group = DefaultGroup("signin-sheets", help=N_("Sign-in sheets of an event; without a command, their PDF."))
for made in (pdf, enter):
    group.add_command(made)
