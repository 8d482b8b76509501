"""The command `ipweek`: its commands by name, and what becomes of an error."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from ipweek.cli.base import LazyGroup, State, open_at_desk, option
from ipweek.cli.click_words import choose
from ipweek.domain.errors import IpweekError, UsageError
from ipweek.i18n import N_, _

if TYPE_CHECKING:
    from ipweek.bootstrap import App
    from ipweek.domain.desk_line import News
    from ipweek.domain.records import Record

COMMANDS = {
    "init": ("ipweek.cli.workspace:init", N_("make a workspace, empty or from a seed")),
    "demo": ("ipweek.cli.workspace:demo", N_("a ready workspace with the Huizhou 2019 data")),
    "db": ("ipweek.cli.workspace:db", N_("the database: upgrade, check, info")),
    "week": ("ipweek.cli.records:GROUPS", N_("IP weeks")),
    "venue": ("ipweek.cli.records:GROUPS", N_("venues")),
    "room": ("ipweek.cli.records:GROUPS", N_("rooms of a venue")),
    "event": ("ipweek.cli.programme:GROUPS", N_("events of a week")),
    "session": ("ipweek.cli.programme:GROUPS", N_("sessions of an event")),
    "timetable": ("ipweek.cli.timetable:timetable", N_("what is on when and where, and what is wrong in it")),
    "question": ("ipweek.cli.records:GROUPS", N_("what an event asks at registration")),
    "speaker": ("ipweek.cli.records:GROUPS", N_("speakers and moderators")),
    "industry": ("ipweek.cli.records:GROUPS", N_("industries")),
    "enterprise": ("ipweek.cli.enterprises:group", N_("enterprises")),
    "result": ("ipweek.cli.records:GROUPS", N_("patent navigation results")),
    "source": ("ipweek.cli.records:GROUPS", N_("where something was said")),
    "document": ("ipweek.cli.records:GROUPS", N_("documents of navigation results")),
    "case": ("ipweek.cli.cases:group", N_("typical cases")),
    "demand": ("ipweek.cli.exchange:group", N_("what enterprises ask for")),
    "indicator": ("ipweek.cli.indicators:group", N_("indicators of a week")),
    "link": ("ipweek.cli.navigation:link", N_("link an event or session to a navigation result or a case")),
    "unlink": ("ipweek.cli.navigation:unlink", N_("take such a link away")),
    "import": (
        "ipweek.cli.imports:group",
        N_("read enterprises, registrations, a programme, a patent export or opinions"),
    ),
    "duplicates": ("ipweek.cli.duplicates:duplicates", N_("who may be entered twice")),
    "merge": ("ipweek.cli.duplicates:merge", N_("make one of two people or enterprises, and undo it")),
    "export": (
        "ipweek.cli.exports:group",
        N_("write registrations, enterprises, scans, the programme, demands or opinions"),
    ),
    "feedback": ("ipweek.cli.feedback:group", N_("what people said afterwards")),
    "person": ("ipweek.cli.people:group", N_("people: list, everything about one, corrections")),
    "registration": ("ipweek.cli.registrations:group", N_("who is registered at an event")),
    "register": ("ipweek.cli.registrations:register", N_("register somebody at an event")),
    "cancel": ("ipweek.cli.registrations:cancel", N_("cancel a registration; the first in line moves up")),
    "enrol": ("ipweek.cli.registrations:enrol", N_("enrol somebody in a session")),
    "unenrol": (
        "ipweek.cli.registrations:unenrol",
        N_("take somebody out of a session; the first in line moves up"),
    ),
    "leave": ("ipweek.cli.registrations:leave", N_("note that somebody is on leave, or comes after all")),
    "block": ("ipweek.cli.registrations:block", N_("keep somebody out; the first in line moves up")),
    "transfer": ("ipweek.cli.registrations:transfer", N_("pass a place on to somebody else")),
    "waitlist": ("ipweek.cli.registrations:waitlist", N_("who waits for a place")),
    "badge": ("ipweek.cli.badges:group", N_("badges: PDF, printer, codes, reissue")),
    "signin-sheets": ("ipweek.cli.signin:group", N_("sign-in sheets: print, key in what was signed")),
    "certificate": ("ipweek.cli.certificates:group", N_("certificates of attendance: issue, verify")),
    "checkpoint": ("ipweek.cli.checkpoints:group", N_("the doors of an event")),
    "checkin": ("ipweek.cli.checkin:checkin", N_("scan badges at a door")),
    "undo-checkin": ("ipweek.cli.checkin:undo_checkin", N_("annul somebody's last entry")),
    "mark-present": ("ipweek.cli.checkin:mark_present", N_("vouch that somebody is there")),
    "scans": ("ipweek.cli.checkin:scans", N_("the log of scans")),
    "desk": (
        "ipweek.cli.desks:group",
        N_("desks without a network: take a copy along, unite what comes back"),
    ),
    "live": ("ipweek.cli.live:live", N_("who is there now: by door, industry, enterprise and hour")),
    "wall": ("ipweek.cli.wall:wall", N_("a screen for the hall: totals and sessions, never a person")),
    "reach": ("ipweek.cli.reach:reach", N_("which enterprises heard a navigation result")),
    "receive": ("ipweek.cli.receipts:receive", N_("note who took a printed report of a result")),
    "report": ("ipweek.cli.reports:report", N_("the summary of an event or a week")),
    "report-text": (
        "ipweek.cli.report_notes:group",
        N_("what the organizer writes for the report, how many were invited, who signs it"),
    ),
    "coverage": ("ipweek.cli.records:GROUPS", N_("what newspapers, stations and sites reported")),
    "photograph": ("ipweek.cli.report_notes:photographs", N_("photographs for the report")),
    "operator": ("ipweek.cli.operators:group", N_("who works at the desks, and what each may decide")),
    "audit": ("ipweek.cli.audit:group", N_("who did what; verify the trail")),
}


class Root(LazyGroup):
    """The whole command line: errors become one sentence on stderr and an exit status."""

    def main(self, args: Sequence[str] | None = None, *_unused: Any, **_settings: Any) -> NoReturn:
        """Run on arguments, else on the process's, and exit."""
        arguments = list(sys.argv[1:] if args is None else args)
        state = State()
        choose(_language_of(arguments))
        try:
            status = super().main(
                arguments, "ipweek", standalone_mode=False, obj=state, terminal_width=_width()
            )
        except click.ClickException as error:
            _show(error)
            status = error.exit_code
        except click.Abort:
            status = 1
        except IpweekError as error:
            status = _told(error)
            _trace(state)
        except Exception as error:  # noqa: BLE001 - whatever it is, the terminal gets one line
            click.echo(_unexpected(error), err=True)
            _trace(state)
            status = 1
        sys.exit(status if isinstance(status, int) else 0)


def _language_of(arguments: Sequence[str]) -> str:
    """The language before any option is read: `--lang`, else the environment; a config file speaks later."""
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1]
    names = ("IPWEEK_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    wanted = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return "zh" if wanted.lower().startswith("zh") else "en"


def _width() -> int:
    """The columns for help, asked of the terminal here because Click would import half of `shutil` for it."""
    try:
        return min(os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns, 100)
    except (OSError, ValueError):
        return 80


def _show(error: click.ClickException) -> None:
    """What Click says of an argument, which may be anything."""
    from ipweek.domain.text import clean  # noqa: PLC0415 - `--help` does without

    error.message = clean(error.message)  # type: ignore[misc]  # final in name only: Click shows no other
    error.show()


def _told(error: IpweekError) -> int:
    from ipweek.render.errors import sentence  # noqa: PLC0415 - `--help` does without

    click.echo(sentence(error), err=True)
    return error.exit_status


def _unexpected(error: Exception) -> str:
    from ipweek.domain.text import clean  # noqa: PLC0415 - as above

    detail = clean(f"{type(error).__name__}: {error}")[:200]
    return _("ipweek failed ({detail}); run it again with --debug to see where.").format(detail=detail)


def _trace(state: State) -> None:
    if state.debug:
        import traceback  # noqa: PLC0415 - as above

        traceback.print_exc()


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - Click's call
    if value:
        from ipweek import __version__  # noqa: PLC0415 - as above

        click.echo(f"ipweek {__version__}")
        ctx.exit()


@click.group(
    "ipweek",
    cls=Root,
    lazy=COMMANDS,
    hidden_options=False,
    invoke_without_command=True,
    help=N_("The event tool for an Intellectual Property Week. Alone, it opens the terminal application."),
)
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help=N_("print the version"),
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Open the terminal application where no command is named."""
    if ctx.invoked_subcommand is None:
        open_terminal()


def open_terminal() -> None:
    """The terminal application on the workspace. Raises UsageError `needs-terminal` without one."""
    if not has_terminal():
        raise UsageError("needs-terminal")
    news: list[News] = []
    with open_at_desk(news.append) as app:
        open_terminal_on(app, news=news)


def open_terminal_on(
    app: "App",
    place: str = "",
    held: "tuple[Record, Record] | None" = None,
    *,
    news: "Sequence[News]" = (),
    **about: Any,
) -> None:
    """The terminal application on an opened workspace; `place`, with its week and event, instead of Home.

    `news` is what was heard of its server so far.
    """
    from ipweek.tui.app import run  # noqa: PLC0415 - Textual costs 0.3 s

    run(app, place, held, news=news, **about)


def has_terminal() -> bool:
    """Whether somebody sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()
