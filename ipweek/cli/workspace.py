"""`init`, `demo` and `db`: making, trying and mending a workspace."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipweek.cli.base import (
    Group,
    as_json,
    command,
    open_any,
    open_app,
    option,
    settings,
)
from ipweek.cli.printing import print_json, say, show
from ipweek.cli.records import everything
from ipweek.cli.reports import show_report
from ipweek.domain.errors import NotFoundError
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from ipweek.bootstrap import App
    from ipweek.jobs.demo import DemoOutcome


@command(N_("Make a workspace: empty, or with a seed's data. Says what to do next."))
@option("--seed", "seeds", multiple=True, metavar="NAME",
        help=N_("load a seed, such as huizhou-2019 or case-library; repeat it for more"))  # fmt: skip
def init(seeds: tuple[str, ...]) -> None:
    """Refuses where there is a workspace already."""
    _look_for(seeds)
    with open_any() as app:
        app.prepare()
        app.workspaces.create(app.actor)
        say(_("The workspace is ready: {place}"), place=app.settings.database or _("on the database server"))
        events = _load(app, seeds)
    if events:
        say(_("Next: ipweek event list · ipweek import registrations FILE --event E · ipweek"))
    else:
        say(_("Next: ipweek week add CODE --name-en NAME --year YEAR --zone Asia/Shanghai"))


def _look_for(seeds: tuple[str, ...]) -> None:
    """Refuse a seed that there is none of before anything is made. Raises NotFoundError `seed-missing`."""
    from ipweek.services.workspace import seed_names  # noqa: PLC0415 - `--help` does without

    for seed in seeds:
        if seed not in seed_names():
            raise NotFoundError("seed-missing", name=seed, known=", ".join(seed_names()))


def _load(app: "App", seeds: tuple[str, ...]) -> int:
    """Load seeds, saying what came in; returns how many events there were."""
    events = 0
    for seed in seeds:
        counts = app.workspaces.seed(app.actor, seed)
        told = {name: counts.get(name, 0) for name in ("event", "result", "case")}
        say(
            _("{seed} is loaded: {event} events, {result} navigation results, {case} cases."),
            seed=seed,
            **told,
        )
        events += told["event"]
    return events


@command(N_("A ready workspace with the Huizhou 2019 data and synthetic people. Opens the application."))
@option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help=N_("where to put it"),
)
@option("--headless", is_flag=True, help=N_("do the whole job once and say where each file is"))
def demo(folder: Path | None, *, headless: bool) -> None:
    """Without a terminal it is headless by itself."""
    from ipweek.bootstrap import open_demo  # noqa: PLC0415 - `--help` does without
    from ipweek.cli.app import has_terminal, open_terminal_on  # noqa: PLC0415 - app names this module
    from ipweek.jobs.demo import EVENT as DEMO_EVENT  # noqa: PLC0415 - as above
    from ipweek.jobs.reports import EVENT, ReportOrder  # noqa: PLC0415 - as above

    found = settings()
    app, outcome = open_demo(found, folder or found.home / "demo")
    try:
        told = app.report_jobs.read(app.actor, ReportOrder(EVENT, DEMO_EVENT))
        file = app.report_jobs.write(told, "md", outcome.directory / "demo-summary.md").path
        if headless or not has_terminal():
            show_report(told)
            _tell(outcome, file)
        else:
            _tell(outcome, file)
            open_terminal_on(app)
    finally:
        app.close()


def _tell(outcome: "DemoOutcome", summary: Path) -> None:
    from ipweek.render.words import word  # noqa: PLC0415 - `--help` does without

    if not outcome.created:
        say(_("The demonstration is here already; remove the folder to play it anew."))
    for report in outcome.imports:
        say(
            _("Imported {kind}: {added} added of {rows} rows"),
            kind=word(report.kind),
            added=report.added,
            rows=report.rows,
        )
    if outcome.created:
        refused = _(", ").join(f"{word(reason)} {count}" for reason, count in outcome.refused)
        say(_("Badges: {count}"), count=outcome.badges)
        say(_("Scans: {accepted} accepted; refused: {refused}"), accepted=outcome.accepted, refused=refused)
    for file in (
        outcome.enterprises_file,
        outcome.people_file,
        outcome.badges_file,
        summary,
        outcome.database,
    ):
        say("  {file}", file=file)
    say(_("All people are synthetic. Next: ipweek --home {folder}"), folder=outcome.directory)


db = Group("db", help=N_("The database of the workspace."))


@command(N_("Bring the schema of the workspace up to date."))
def upgrade() -> None:
    """Does nothing where it is current."""
    with open_any(must_exist=True) as app:
        app.upgrade()
        say(_("The schema is current: {revision}"), revision=app.workspaces.info().revision)


@command(N_("Load a seed into this workspace: huizhou-2019, or the case-library."), name="seed")
@click.argument("seeds", metavar="NAME…", nargs=-1, required=True)
def seed_more(seeds: tuple[str, ...]) -> None:
    """A seed that is loaded already is refused."""
    _look_for(seeds)
    with open_app() as app:
        _load(app, seeds)


@command(N_("See whether the database is sound: the audit trail, and what the scans add up to."))
def check() -> None:
    """Fails with 1 where something does not add up."""
    with open_app() as app:
        broken = app.audit.broken()
        events = [event.code for event in everything(app, "event")]
        wrong = [found.door for event in events for found in app.checkin.disagreements(event)]
        say(_("The schema is current: {revision}"), revision=app.workspaces.info().revision)
    say(_("Entries of the audit trail that were altered: {count}"), count=len(broken))
    say(_("Places where a door differs from its log: {count}"), count=len(wrong))
    if broken or wrong:
        click.get_current_context().exit(1)


@command(N_("What the workspace holds, in numbers."))
@as_json
def info(*, as_json: bool) -> None:
    """Where it lies, too."""
    with open_app() as app:
        found = app.workspaces.info()
        place = str(app.settings.database or "")
        clock = app.clocks.read()
    told = {
        "id": str(found.id),
        "created_at": found.created_at,
        "engine": found.engine,
        "file": place or None,
        "schema": found.revision,
        "synthetic": found.synthetic,
        "weeks": found.weeks,
        "events": found.events,
        "enterprises": found.enterprises,
        "people": found.people,
    }
    if as_json:
        behind = round(clock.behind.total_seconds(), 3)
        print_json({**told, "clock": {"source": clock.source, "behind_seconds": behind, "off": clock.is_off}})
        return
    from ipweek.render import clock_lines  # noqa: PLC0415 - Rich only where it is shown
    from ipweek.render.lists import pairs  # noqa: PLC0415 - as above

    labels = (
        _("Id"), _("Made"), _("Engine"), _("File"), _("Schema"), _("Synthetic"),
        _("Weeks"), _("Events"), _("Enterprises"), _("People"),
    )  # fmt: skip
    rows = zip(labels, told.values(), strict=True)
    show(pairs([*rows, (_("Clock"), clock_lines.state(clock))]))


for made in (upgrade, seed_more, check, info):
    db.add_command(made)
