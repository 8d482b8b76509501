"""What every command has: help that is translated where it shows, the common options, the opened workspace."""

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ipweek.cli.click_words import choose
from ipweek.domain.errors import DatabaseError, UsageError
from ipweek.i18n import LANGUAGES, N_, _

if TYPE_CHECKING:
    from ipweek.bootstrap import App
    from ipweek.config import Settings
    from ipweek.domain.desk_line import News

Lazy = Mapping[str, tuple[str, str]]
"""A command's name, the `module:object` that holds it, and its line in the help of its group."""

_F = TypeVar("_F", bound=Callable[..., Any])
_EVERYWHERE = N_("Every command also takes --lang, --home, --desk, --operator and --debug.")


class State:
    """What the common options said in this run: settings by name, and whether a traceback is wanted."""

    def __init__(self) -> None:
        self.flags: dict[str, str | None] = {}
        self.debug = False


class Option(click.Option):
    """An option whose help is translated where it shows."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The help in the language in force."""
        english, self.help = self.help, translated(self.help)
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = english


def translated(text: str | None) -> str:
    """A marked text in the language in force; an empty one stays empty."""
    return _(text) if text else ""


def _keep(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None and param.name is not None:
        ctx.ensure_object(State).flags[param.name] = value
    if param.name == "lang" and value is not None:
        choose(value)


def _keep_debug(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - Click's call
    ctx.ensure_object(State).debug |= value


def common_options(*, hidden: bool) -> list[click.Parameter]:
    """The options of every command; groups and commands keep what they say in the State."""
    told: dict[str, Any] = {"expose_value": False, "callback": _keep, "hidden": hidden}
    return [
        Option(
            ["--lang"], type=click.Choice(LANGUAGES), is_eager=True, help=N_("the language: en or zh"), **told
        ),
        Option(["--home"], metavar="DIR", help=N_("the folder of the workspace"), **told),
        Option(["--desk"], metavar="NAME", help=N_("the name of this desk"), **told),
        Option(["--operator"], metavar="NAME", help=N_("who works at it"), **told),
        Option(
            ["--debug"],
            is_flag=True,
            expose_value=False,
            callback=_keep_debug,
            hidden=hidden,
            help=N_("show the traceback of a failure"),
        ),
    ]


class _Told:
    """Help in the language in force, shared by commands and groups."""

    help: str | None

    def format_help_text(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(translated(self.help))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if ctx.parent is not None:
            formatter.write_paragraph()
            formatter.write_text(_(_EVERYWHERE))


class Command(_Told, click.Command):
    """A command with the common options."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(common_options(hidden=True))


class Group(_Told, click.Group):
    """A group with the common options; its commands stand in the order in which they were added."""

    def __init__(self, *args: Any, hidden_options: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(common_options(hidden=hidden_options))

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names in their own order."""
        return list(self.commands)

    def lines(self) -> list[tuple[str, str]]:
        """Each command with its line of help."""
        return [(name, translated(command.help)) for name, command in self.commands.items()]

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their lines."""
        with formatter.section(_("Commands")):
            formatter.write_dl(self.lines())


class DefaultGroup(Group):
    """A group whose first command is meant where none is named: `group --option` is `group first --option`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the first command's name where a command's name is due."""
        place = 0
        while place < len(args) and args[place].partition("=")[0] in (
            "--home",
            "--desk",
            "--operator",
            "--debug",
        ):
            place += 1 if "=" in args[place] or args[place] == "--debug" else 2
        asked = args[place] if place < len(args) else "--help"
        if asked == "--lang" and place + 2 < len(args) and args[place + 2] in self.commands:
            asked = args[place + 2]
        if asked not in self.commands and asked != "--help":
            args.insert(place, next(iter(self.commands)))
        return super().parse_args(ctx, args)


class LazyGroup(Group):
    """A group that imports a command when it is called, and lists its commands without importing any."""

    def __init__(self, *args: Any, lazy: Lazy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names in their own order."""
        return list(self._lazy)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name."""
        if cmd_name not in self._lazy:
            return None
        module, _colon, name = self._lazy[cmd_name][0].partition(":")
        found = getattr(importlib.import_module(module), name)
        command: click.Command = found[cmd_name] if isinstance(found, Mapping) else found
        return command

    def lines(self) -> list[tuple[str, str]]:
        """Each command with its line of help, none imported."""
        return [(name, _(line)) for name, (_where, line) in self._lazy.items()]


def command(line: str, *, name: str | None = None) -> Callable[[Callable[..., None]], Command]:
    """Make a command of a function; `line` is its help, marked for translation."""
    return click.command(name, cls=Command, help=line)


def option(*names: str, **settings: Any) -> Callable[[_F], _F]:
    """An option with translated help."""
    return click.option(*names, cls=Option, **settings)


as_json = option("--json", "as_json", is_flag=True, help=N_("print JSON"))
yes = option("--yes", is_flag=True, help=N_("do not ask"))
event_option = option("--event", required=True, metavar="E", help=N_("the event's code"))
any_event = option(
    "--event", metavar="E", help=N_("the event's code, where somebody is registered at several")
)


def settings() -> "Settings":
    """The settings in force in this run; they choose the language too."""
    from ipweek import config  # noqa: PLC0415 - `--help` does without

    state: State = click.get_current_context().find_root().ensure_object(State)
    found = config.load(state.flags)
    choose(found.language)
    return found


@contextmanager
def open_app() -> Iterator["App"]:
    """The workspace, closed at the end. Raises DatabaseError where there is none."""
    with _opened(must_exist=True, require_schema=True) as app:
        yield app


@contextmanager
def open_any(*, must_exist: bool = False) -> Iterator["App"]:
    """The database whatever its schema; its file is made where there is none, unless it `must_exist`."""
    with _opened(must_exist=must_exist, require_schema=False) as app:
        yield app


@contextmanager
def open_at_desk(tell: "Callable[[News], None]") -> Iterator["App"]:
    """The workspace for a desk that stays open: on a server it goes on by itself while that is away.

    Raises DatabaseError where there is no workspace.
    """
    from ipweek.bootstrap import open_desk  # noqa: PLC0415 - 0.5 s that `--help` need not pay

    found = settings()
    _require_file(found)
    app = open_desk(found, tell)
    try:
        yield app
    finally:
        app.close()


def _require_file(found: "Settings") -> None:
    if found.database is not None and not found.database.exists():
        raise DatabaseError("workspace-missing")


@contextmanager
def _opened(*, must_exist: bool, require_schema: bool) -> Iterator["App"]:
    from ipweek.bootstrap import App  # noqa: PLC0415 - 0.5 s that `--help` need not pay

    found = settings()
    if must_exist:
        _require_file(found)
    app = App(found, require_schema=require_schema)
    try:
        yield app
    finally:
        app.close()


def zone_of(app: "App", event: str) -> str:
    """The name of the time zone of an event's week."""
    week = app.records.show("event", event).values["week"]
    return str(app.records.show("week", week).values["zone"])


def confirm(question: str, *, yes: bool, **values: object) -> None:
    """Ask before something is destroyed. Raises UsageError `needs-yes` where nobody can be asked."""
    from ipweek.cli.printing import filled  # noqa: PLC0415 - `--help` does without

    if yes:
        return
    if not can_ask():
        raise UsageError("needs-yes")
    if not click.confirm(filled(_(question), values), err=True):
        raise click.Abort


def can_ask() -> bool:
    """Whether somebody could answer a question."""
    return sys.stdin.isatty()
