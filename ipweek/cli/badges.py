"""`badge`: PDF, the codes, one badge on the screen, reissue."""

from pathlib import Path
from typing import Any

import click

from ipweek.cli.base import Group, any_event, as_json, command, confirm, event_option, open_app, option, yes
from ipweek.cli.printing import print_json, print_rows, say, show
from ipweek.domain.badges import LAYOUTS, IssuedCode
from ipweek.i18n import N_, _


def shape(row: IssuedCode) -> dict[str, Any]:
    """A code as `badge codes --json` prints it."""
    return {
        "registration": str(row.registration),
        "badge_no": row.badge_no,
        "code": row.code,
        "name": row.name,
    }


@command(N_("Draw an event's badges into a PDF."))
@event_option
@option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
        help=N_("the PDF to write"))  # fmt: skip
@option(
    "--layout", type=click.Choice(list(LAYOUTS)), default="a4-2x5", show_default=True, help=N_("the sheet")
)
@option(
    "--start-at",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help=N_("the first free place of the sheet"),
)
@option("--only", multiple=True, metavar="new|all|REG", help=N_("whose; repeat it for several"))
@option("--allow-missing", is_flag=True, help=N_("print although no font has some character"))
@option("--reason", metavar="TEXT", help=N_("why it is printed again"))
def pdf(*, event: str, out: Path, only: tuple[str, ...], **asked: Any) -> None:
    """Every copy is logged."""
    refs = [ref for ref in only if ref not in ("new", "all")]
    with open_app() as app:
        run = app.badge_jobs.pdf(app.actor, event, out, refs, only_new="new" in only, **asked)
    say(
        _("Badges: {badges}, pages: {pages}, file: {path}"), badges=run.badges, pages=run.pages, path=run.path
    )


@command(N_("Show somebody's badge in the terminal; a scanner reads it from the screen."), name="show")
@click.argument("reg")
@any_event
def show_one(reg: str, event: str | None) -> None:
    """Only who holds a place has a badge to show."""
    from ipweek.render import badge_terminal  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        row = app.registrations.show(reg, event)
        faces = app.badge_jobs.faces(row.event, [str(row.id)])
    for face in faces:
        show(badge_terminal.badge(face))


@command(N_("List the badge codes of an event."))
@event_option
@as_json
def codes(event: str, *, as_json: bool) -> None:
    """In the order of pinyin."""
    from ipweek.render import lists  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        found = app.badges.codes(event)
    print_rows(found, as_json=as_json, shape=shape, table=lists.codes)


@command(N_("Issue somebody's badge anew; every earlier copy is revoked."))
@click.argument("reg")
@any_event
@yes
@as_json
def reissue(reg: str, event: str | None, *, yes: bool, as_json: bool) -> None:
    """Asks first."""
    with open_app() as app:
        row = app.registrations.show(reg, event)
        confirm(N_("Revoke every printed badge of {name}?"), yes=yes, name=row.name)
        issued = app.badges.reissue(app.actor, str(row.id))
    if as_json:
        print_json(shape(issued))
    else:
        say(_("Issued anew: {name}, badge {badge}; print it with “badge pdf --only {badge}”."), name=issued.name,
            badge=issued.badge_no)  # fmt: skip


group = Group("badge", help=N_("Badges of an event."))
for made in (pdf, show_one, codes, reissue):
    group.add_command(made)
