"""`receive`: a printed report of a result was handed out."""

import click

from ipweek.cli.base import as_json, command, open_app, option
from ipweek.cli.printing import print_json, say
from ipweek.domain.receipts import Handed
from ipweek.domain.records import Field, FieldKind, parse
from ipweek.i18n import N_, _, language

_ON = Field("--on", N_("Received on"), FieldKind.DAY)


@command(N_("Note that an enterprise, or somebody registered, took a printed report of a result."))
@click.argument("result")
@option("--enterprise", metavar="X", default="", help=N_("its code, credit code or name"))
@option(
    "--registration", metavar="REG", default="", help=N_("a registration's id, badge number or scanned code")
)
@option("--by", metavar="NAME", default="", help=N_("who took it"))
@option("--copies", metavar="N", type=int, default=1, show_default=True, help=N_("how many"))
@option("--event", metavar="E", default="", help=N_("the event at which it was handed out"))
@option("--on", "day", metavar="DAY", help=N_("the day, if it is not today"))
@option("--again", is_flag=True, help=N_("the same person takes a further one"))
@as_json
def receive(
    result: str,
    enterprise: str,
    registration: str,
    by: str,
    copies: int,
    event: str,
    day: str | None,
    *,
    again: bool,
    as_json: bool,
) -> None:
    """It is shown beside who heard the result, and counts as hearing it nowhere."""
    handed = Handed(enterprise, registration, by, copies, event, parse(_ON, day or ""))
    with open_app() as app:
        line = app.receipts.receive(app.actor, result, handed, again=again)
    if as_json:
        from ipweek.render.reach_json import receipt_json  # noqa: PLC0415 - only where it is wanted

        print_json(receipt_json(line))
        return
    who = (line.enterprise.name(language()) if line.enterprise else None, line.received_by)
    say(
        _("Report of {result} received by {who}, copies: {n}"),
        n=line.copies,
        result=line.result.code,
        who=_(", ").join(filter(None, who)),
    )
