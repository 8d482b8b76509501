"""The shape of the command line: every command tells what it does, and `--help` loads nothing heavy."""

import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from ipweek.cli.app import COMMANDS, cli
from ipweek.cli.records import path_of
from ipweek.domain.kinds import KINDS

VERBS = ["list", "show", "add", "edit", "remove"]
HEAVY = ("sqlalchemy", "textual", "alembic", "rich", "reportlab", "ipweek.bootstrap", "ipweek.config")


def _commands(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))


ALL = list(_commands(cli))


@pytest.mark.parametrize("path", [path for path, _command in ALL], ids=" ".join)
def test_every_command_helps(run, path: tuple[str, ...]) -> None:
    """`--help` of each works, says what the command does and names the options of every command."""
    found = run(*path, "--help")
    assert found.exit_code == 0, found.output
    assert "Usage: ipweek " + " ".join(path) in found.stdout
    assert "--lang" in found.stdout


@pytest.mark.parametrize(("path", "command"), ALL, ids=[" ".join(path) for path, _command in ALL])
def test_every_command_and_option_has_a_line(path: tuple[str, ...], command: click.Command) -> None:
    """No command and no option is without help."""
    assert command.help
    for param in command.params:
        if isinstance(param, click.Option) and param.name != "help":
            assert param.help, (path, param.name)


def test_the_documented_commands_are_there() -> None:
    """What scripts rely on answers to its name."""
    paths = {" ".join(path) for path, _command in ALL}
    expected = {
        "init",
        "demo",
        "db upgrade",
        "db check",
        "db info",
        "register",
        "cancel",
        "waitlist",
        "enrol",
        "unenrol",
        "person list",
        "person add",
        "person remove",
        "checkin",
    }
    expected |= {
        "badge pdf",
        "badge print",
        "badge printers",
        "badge show",
        "badge codes",
        "badge reissue",
        "undo-checkin",
        "scans",
        "link",
        "unlink",
    }
    expected |= {"case search", "case sheet", "db seed"}
    expected |= {"demand raise", "demand move", "demand overdue", "demand action done"}
    expected |= {
        "import enterprises",
        "import registrations",
        "import patents",
        "import undo",
        "import list",
        "reach",
        "receive",
        "report",
        "audit verify",
    }
    expected |= {
        "registration list",
        "registration show",
        "registration add",
        "checkpoint list",
        "mark-present",
    }
    expected |= {f"report-text {verb}" for verb in ("set", "show", "list", "remove")} | {"photograph save"}
    expected |= {"timetable", "export schedule", "import programme"}
    expected |= {f"{kind} {verb}" for kind in ("event", "session") for verb in ("copy", "cancel")}
    expected |= {" ".join((*path_of(kind), verb)) for kind in KINDS for verb in VERBS}
    assert expected - paths == set()


def test_the_help_lists_all_commands_in_order(run) -> None:
    """The root's help names each command with its line."""
    told = run("--help").stdout
    places = [told.index(f"\n  {name} ") for name in COMMANDS]
    assert places == sorted(places)


def test_help_loads_nothing_heavy() -> None:
    """In a fresh process `--help` imports no engine, no screen and no renderer."""
    script = (
        "import sys\nfrom ipweek.__main__ import main\nsys.argv[1:] = ['--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stderr.strip() == "[]"
    assert "Commands" in found.stdout


@pytest.mark.parametrize("path", [("event", "add"), ("checkin",), ("report",)], ids=" ".join)
def test_help_of_a_command_opens_no_database(path: tuple[str, ...]) -> None:
    """A command's own help needs neither engine nor screen."""
    script = (
        f"import sys\nfrom ipweek.__main__ import main\nsys.argv[1:] = [*{path!r}, '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('sqlalchemy', 'textual', 'rich') if name in sys.modules], file=sys.stderr)"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stderr.strip() == "[]"


def test_version(run) -> None:
    """`--version` prints the program's name and version."""
    assert run("--version").stdout.startswith("ipweek ")
