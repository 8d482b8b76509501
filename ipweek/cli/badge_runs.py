"""`badge`: runs and their log, labels and pictures, blanks that become somebody's."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ipweek.cli.badge_templates import layout_option
from ipweek.cli.base import Group, any_event, as_json, command, event_option, open_app, option, zone_of
from ipweek.cli.printing import note, print_json, print_rows, say, show, under
from ipweek.domain.badges import PrintLine
from ipweek.domain.errors import IpweekError, UsageError
from ipweek.domain.print_runs import PrintRun, RunBadge, RunOrder
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from ipweek.bootstrap import App
    from ipweek.jobs.badge_runs import BadgesWritten

_F = TypeVar("_F", bound=Callable[..., Any])


def _several(*options: Callable[[_F], _F]) -> Callable[[_F], _F]:
    def add(function: _F) -> _F:
        for each in reversed(options):
            function = each(function)
        return function

    return add


which = _several(
    option("--event", metavar="E", help=N_("the event's code")),
    option("--sort", type=click.Choice([order.value for order in RunOrder]),
           help=N_("the order on the pages: by pinyin, enterprise, rank or seat")),
    option("--blank", type=click.IntRange(min=0), default=0, metavar="N",
           help=N_("so many blank badges for walk-ins; alone, unless --only says who besides")),
    option("--resume", metavar="RUN", help=N_("go on with a run that was broken off; “badge runs” lists them")),
    option("--from-page", type=click.IntRange(min=1), metavar="P",
           help=N_("with --resume: print its pages again from this one on, after a jam")),
)  # fmt: skip
"""What a run is of, or which run goes on."""
drawn = _several(
    option("--allow-missing", is_flag=True, help=N_("print although no font has some character")),
    option("--reason", metavar="TEXT", help=N_("why it is printed again")),
)
selection = option("--only", multiple=True, metavar="new|all|REG", help=N_("whose; repeat it for several"))
again = option("--again", is_flag=True, help=N_("another copy of what was printed before"))


def check(event: str | None, resume: str | None, from_page: int | None) -> None:
    """Raises UsageError `run-or-event` or `page-needs-run`."""
    if event is None and resume is None:
        raise UsageError("run-or-event")
    if from_page is not None and resume is None:
        raise UsageError("page-needs-run")


def planned(
    app: "App",
    *,
    event: str | None,
    resume: str | None,
    from_page: int | None,
    only: tuple[str, ...],
    again: bool = False,
    sort: str | None,
    **chosen: Any,
) -> PrintRun:
    """The run to write: a new one, or one that goes on."""
    if resume is not None:
        return app.run_jobs.resume(resume, event, from_page, again=again)[0]
    assert event is not None
    return app.run_jobs.begin(app.actor, event, refs(only), **choice(only, sort), **chosen)


def refs(only: tuple[str, ...]) -> list[str]:
    """The people named by --only."""
    return [ref for ref in only if ref not in ("new", "all")]


def choice(only: tuple[str, ...], sort: str | None) -> dict[str, Any]:
    """What --only and --sort choose besides."""
    return {"only_new": "new" in only, "everybody": "all" in only, "sort": RunOrder(sort) if sort else None}


@contextmanager
def resumable() -> Iterator[None]:
    """Say how a run goes on that is broken off here."""
    try:
        yield
    except IpweekError as error:
        if run := error.params.get("run"):
            note(_("The run {run} is broken off; go on with it by --resume {run}."), run=run)
        raise


def progress() -> Callable[[int, int], None] | None:
    """A line that tells how many pages have left, where somebody looks at it."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, pages: int) -> None:
        told = _("pages: {done} of {pages}").format(done=done, pages=pages)
        click.echo(f"\r{told}", nl=done == pages, err=True)

    return tell


def tell_written(written: "BadgesWritten", *, as_json: bool) -> None:
    """What was written, either way."""
    if as_json:
        print_json(
            {"file": str(written.path), "badges": written.badges, "pages": written.pages, "run": written.run}
        )
    else:
        say(_("Badges: {badges}, pages: {pages}, file: {path}"), badges=written.badges, pages=written.pages,
            path=written.path)  # fmt: skip


@command(N_("Write badges as labels for a Zebra printer (ZPL)."))
@which
@selection
@option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
        help=N_("the ZPL file to write"))  # fmt: skip
@layout_option(default="86x54", help=N_("a template with one badge a page, by name or file"))
@option("--dpi", type=click.Choice(["203", "300", "600"]), default="203", show_default=True,
        help=N_("the dots an inch of the printer"))  # fmt: skip
@again
@drawn
@as_json
def zpl(*, out: Path, dpi: str, allow_missing: bool, as_json: bool, **asked: Any) -> None:
    """Every copy is logged."""
    check(asked["event"], asked["resume"], asked["from_page"])
    with open_app() as app, resumable():
        run = planned(app, **asked)
        written = app.run_jobs.zpl(app.actor, run, out, int(dpi), allow_missing=allow_missing)
    tell_written(written, as_json=as_json)


@command(N_("Write badges as pictures into a folder, one PNG a badge."))
@which
@selection
@option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER",
        help=N_("the folder, made where there is none"))  # fmt: skip
@layout_option(default="86x54", help=N_("a template with one badge a page, by name or file"))
@option("--dpi", type=click.IntRange(100, 1200), default=300, show_default=True, metavar="N",
        help=N_("the dots an inch of the pictures"))  # fmt: skip
@again
@drawn
@as_json
def png(*, out: Path, dpi: int, allow_missing: bool, as_json: bool, **asked: Any) -> None:
    """Every copy is logged."""
    check(asked["event"], asked["resume"], asked["from_page"])
    with open_app() as app, resumable():
        run = planned(app, **asked)
        written = app.run_jobs.png(app.actor, run, out, dpi, allow_missing=allow_missing, progress=progress())
    tell_written(written, as_json=as_json)


@command(N_("List the print runs of an event, the newest first."))
@event_option
@as_json
def runs(event: str, *, as_json: bool) -> None:
    """With how many pages have left."""
    from ipweek.render import badge_lists  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        found, zone = app.badge_runs.list(event), zone_of(app, event)
    print_rows(found, as_json=as_json, shape=_run, table=lambda rows: badge_lists.runs(rows, zone))


@command(N_("Show a print run: its badges, page by page."), name="show")
@click.argument("run")
@as_json
def show_run(run: str, *, as_json: bool) -> None:
    """RUN is what “badge runs” lists."""
    from ipweek.render import badge_lists  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        found = app.badge_runs.show(run)
        badges, zone = app.badge_runs.badges(found), zone_of(app, found.event)
    if as_json:
        print_json(_run(found) | {"badges": [_badge(badge) for badge in badges]})
    else:
        show(badge_lists.runs([found], zone))
        under(_("Badges in the order of the pages"), badge_lists.run_badges(badges))


@command(N_("Show the print log of an event: every copy, its reason and who printed it."), name="log")
@event_option
@option("--limit", type=click.IntRange(min=1), default=200, show_default=True, metavar="N",
        help=N_("how many, the newest first"))  # fmt: skip
@as_json
def print_log(event: str, limit: int, *, as_json: bool) -> None:
    """Blank badges too."""
    from ipweek.render import badge_lists  # noqa: PLC0415 - Rich only where it is shown

    with open_app() as app:
        found, zone = app.badges.prints(event, limit), zone_of(app, event)
    print_rows(found, as_json=as_json, shape=_line, table=lambda rows: badge_lists.print_log(rows, zone))


@command(N_("Make a blank badge somebody's; CODE is what the scanner reads from it."))
@click.argument("code")
@click.argument("reg")
@any_event
@as_json
def bind(code: str, reg: str, event: str | None, *, as_json: bool) -> None:
    """The badge that somebody had before is revoked."""
    with open_app() as app:
        bound = app.bindings.bind(app.actor, code, reg, event)
    if as_json:
        print_json(
            {"registration": str(bound.registration), "badge_no": bound.badge_no, "name": bound.name}
            | {"revoked": bound.former}
        )
    elif bound.former:
        say(_("{name} has the badge {badge}; the badge {former} is revoked."), name=bound.name,
            badge=bound.badge_no, former=bound.former)  # fmt: skip
    else:
        say(_("{name} has the badge {badge}."), name=bound.name, badge=bound.badge_no)


def _run(run: PrintRun) -> dict[str, Any]:
    return {
        "run": run.ref,
        "id": str(run.id),
        "event": run.event,
        "layout": run.layout,
        "start_at": run.start_at,
        "badges": run.badges,
        "blanks": run.blanks,
        "pages": run.pages,
        "pages_left_over": run.pages - run.done,
        "target": run.target,
        "reason": run.reason,
        "at": run.created_at,
        "operator": run.operator,
        "desk": run.desk,
    }


def _badge(badge: RunBadge) -> dict[str, Any]:
    return {
        "page": badge.page,
        "place": badge.place,
        "badge_no": badge.badge_no,
        "name": badge.name or None,
        "registration": str(badge.registration) if badge.registration else None,
        "copies": badge.copies,
    }


def _line(line: PrintLine) -> dict[str, Any]:
    return {
        "at": line.printed_at,
        "badge_no": line.badge_no,
        "name": line.name or None,
        "issue": line.issue,
        "copy": line.copy,
        "reason": line.reason,
        "target": line.target,
        "operator": line.operator,
        "desk": line.desk,
    }


run_group = Group("run", help=N_("One print run."))
run_group.add_command(show_run)
ADDED = (zpl, png, runs, run_group, print_log, bind)
