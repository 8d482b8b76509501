"""`badge`: PDF, printer, the codes, one badge on the screen, reissue."""

from pathlib import Path
from typing import Any

import click

from ipweek.cli.badge_checks import preflight, preview, tell
from ipweek.cli.badge_runs import (
    ADDED,
    again,
    check,
    choice,
    drawn,
    planned,
    progress,
    resumable,
    selection,
    tell_written,
    which,
)
from ipweek.cli.badge_templates import layout_option, template
from ipweek.cli.base import (
    Group,
    any_event,
    as_json,
    command,
    confirm,
    event_option,
    open_app,
    option,
    settings,
    yes,
)
from ipweek.cli.name_lists import list_names, table_cards
from ipweek.cli.printing import note, print_json, print_rows, say, show
from ipweek.domain.badges import STANDARD, IssuedCode
from ipweek.domain.errors import UsageError
from ipweek.domain.printers import BadgesSent, Printer
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
@which
@option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
        help=N_("the PDF to write"))  # fmt: skip
@layout_option(default=STANDARD)
@option(
    "--start-at",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help=N_("the first free place of the sheet"),
)
@selection
@again
@drawn
@as_json
def pdf(*, out: Path, allow_missing: bool, as_json: bool, **asked: Any) -> None:
    """Every copy is logged."""
    check(asked["event"], asked["resume"], asked["from_page"])
    with open_app() as app, resumable():
        run = planned(app, **asked)
        written = app.run_jobs.pdf(app.actor, run, out, allow_missing=allow_missing)
    tell(written.warnings)
    tell_written(written, as_json=as_json)


@command(N_("Print badges on a printer; without REG, those never printed."), name="print")
@click.argument("refs", nargs=-1, metavar="[REG]...")
@which
@option("--only", type=click.Choice(["new", "all"]), help=N_("whose, where no REG is named: new or all"))
@layout_option(help=N_("a template's name or file; else IPWEEK_LAYOUT, else a4-2x5"))
@option("--printer", metavar="NAME", help=N_("the printer; else IPWEEK_PRINTER, else the system's default"))
@option("--start-at", type=click.IntRange(min=1), default=1, metavar="N",
        help=N_("the first free place of the sheet"))  # fmt: skip
@option("--raw", type=click.Choice(["203", "300", "600"]), metavar="DPI",
        help=N_("send labels in ZPL as they are, to a Zebra printer of so many dots an inch"))  # fmt: skip
@again
@drawn
@as_json
def print_badges(
    refs: tuple[str, ...],
    *,
    event: str | None,
    only: str | None,
    resume: str | None,
    from_page: int | None,
    again: bool,
    as_json: bool,
    sort: str | None,
    printer: str | None,
    raw: str | None,
    allow_missing: bool,
    **chosen: Any,
) -> None:
    """Logged is what the printer took."""
    from ipweek.jobs.printing import To  # noqa: PLC0415 - `--help` does without

    if refs and only:
        raise UsageError("badge-refs-or-only")
    check(event, resume, from_page)
    to = To(printer, int(raw) if raw else None, allow_missing, progress())
    with open_app() as app, resumable():
        if resume is not None:
            sent = app.print_jobs.resume(app.actor, resume, event, from_page, again=again, to=to)
        else:
            assert event is not None
            told = (only,) if only else () if refs or chosen["blank"] else ("new",)
            chosen |= choice(told, sort)
            sent = app.print_jobs.send(app.actor, event, refs, again=again, to=to, **chosen)
    tell(sent.warnings)
    if as_json:
        print_json(_sent_shape(sent))
    else:
        say(_("Badges: {badges}, pages: {pages}, printer: {printer}, job: {job}"), badges=sent.badges,
            pages=sent.pages, printer=sent.job.printer, job=sent.job.id or "–")  # fmt: skip


def _sent_shape(sent: BadgesSent) -> dict[str, Any]:
    return {
        "printer": sent.job.printer,
        "job": sent.job.id,
        "layout": sent.layout,
        "badges": sent.badges,
        "pages": sent.pages,
        "run": sent.run,
        "names": sent.names,
    }


@command(N_("List the printers of this machine."), name="printers")
@as_json
def list_printers(*, as_json: bool) -> None:
    """As the system's print service tells them."""
    from ipweek.adapters.printers import printers  # noqa: PLC0415 - needs no workspace, and `--help` not this
    from ipweek.render import lists  # noqa: PLC0415 - Rich only where it is shown

    settings()
    print_rows(printers(), as_json=as_json, shape=_printer_shape, table=lists.printers)


def _printer_shape(printer: Printer) -> dict[str, Any]:
    return {
        "name": printer.name,
        "state": printer.state,
        "default": printer.is_default,
        "reason": printer.reason or None,
    }


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


@command(N_("List the badge codes of an event, or write them as pictures to send by chat."))
@event_option
@option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER",
        help=N_("write one ZIP an enterprise into this folder, a picture a delegate"))  # fmt: skip
@option("--enterprise", metavar="X", help=N_("with --out: only of this enterprise"))
@as_json
def codes(event: str, out: Path | None, enterprise: str | None, *, as_json: bool) -> None:
    """In the order of pinyin."""
    from ipweek.render import lists  # noqa: PLC0415 - Rich only where it is shown

    if out is not None:
        _write_pictures(event, out, enterprise, as_json=as_json)
        return
    if enterprise is not None:
        raise UsageError("enterprise-needs-out")
    with open_app() as app:
        found = app.badges.codes(event)
    print_rows(found, as_json=as_json, shape=shape, table=lists.codes)


def _write_pictures(event: str, out: Path, enterprise: str | None, *, as_json: bool) -> None:
    with open_app() as app:
        run = app.badge_picture_jobs.write(app.actor, event, out, enterprise)
    if run.missing:
        note(_("No font has these characters, which are drawn as boxes: {missing}"),
             missing="; ".join(run.missing))  # fmt: skip
    if as_json:
        print_json(
            {"folder": str(run.folder), "files": [path.name for path in run.files], "pictures": run.pictures}
        )
    else:
        say(_("Pictures: {pictures}, ZIP files: {files}, folder: {folder}"), pictures=run.pictures,
            files=len(run.files), folder=run.folder)  # fmt: skip


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
for made in (
    pdf,
    print_badges,
    preview,
    preflight,
    list_printers,
    show_one,
    codes,
    reissue,
    template,
    table_cards,
    list_names,
    *ADDED,
):
    group.add_command(made)
