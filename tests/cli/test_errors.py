"""What goes wrong is one sentence on stderr with its exit status, and never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ipweek.cli import base


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ((), 2),
        (("nonsense",), 2),
        (("week", "nonsense"), 2),
        (("week", "show"), 2),
        (("week", "add"), 2),
        (("week", "add", "w", "--year", "soon"), 2),
        (("week", "add", "w", "--zone", "Mars/Olympus"), 2),
        (("week", "edit", "huizhou-2019"), 2),
        (("week", "show", "nowhere"), 4),
        (("event", "list", "--week", "nowhere"), 4),
        (("event", "add", "e", "--week", "huizhou-2019", "--kind", "party"), 2),
        (("event", "add", "release-2019", "--week", "huizhou-2019", "--kind", "panel", "--name-en", "x"), 4),
        (("result", "edit", "led-2019", "--note", "x"), 1),
        (("registration", "list", "--event", "nowhere"), 4),
        (("registration", "show", "zzz"), 4),
        (("register", "--event", "release-2019", "--name", "=1+1"), 1),
        (("register", "--event", "release-2019", "--name", "张三", "--phone", "12"), 1),
        (("cancel", "12345", "--yes"), 4),
        (("checkin", "--event", "release-2019"), 2),
        (("checkin", "--event", "nowhere", "1"), 4),
        (("checkin", "--event", "release-2019", "1", "--at", "soon"), 2),
        (("import", "enterprises", "missing.xlsx"), 4),
        (("import", "enterprises", "missing.xlsx", "--map", "x"), 2),
        (("import", "registrations", "missing.xlsx"), 2),
        (("badge", "pdf", "--event", "release-2019", "--out", "x.pdf"), 4),
        (("link", "nowhere", "--result", "led"), 4),
        (("unlink", "release-2019", "--result", "led", "--yes"), 1),
        (("report",), 2),
        (("report", "--event", "nowhere"), 4),
        (("reach", "nowhere"), 4),
        (("init",), 4),
        (("init", "--seed", "nowhere"), 4),
    ],
    ids=lambda value: " ".join(value) or "alone" if isinstance(value, tuple) else str(value),
)
def test_bad_input(run, seeded: Path, arguments: tuple[str, ...], status: int) -> None:
    """Each is refused with its status, in words, and stdout stays empty for scripts."""
    found = run(*arguments)
    assert found.exit_code == status, found.output
    assert found.stderr.strip()
    assert found.stdout == ""
    assert "Traceback" not in found.output
    assert "failed (" not in found.stderr


def test_without_a_workspace(run, tmp_path: Path) -> None:
    """It says what to do next, and no file is made by asking."""
    found = run("week", "list")
    assert found.exit_code == 5
    assert "ipweek init" in found.stderr
    assert "ipweek demo" in found.stderr
    assert not (tmp_path / "home").exists()


def test_a_file_that_is_no_database(run, tmp_path: Path) -> None:
    """Another file in the database's place is told as such."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "ipweek.db").write_text("not a database, " * 100, encoding="utf-8")
    found = run("week", "list")
    assert found.exit_code == 5
    assert "no database" in found.stderr


def test_a_server_that_does_not_answer(run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 5, and the password of the address is not repeated."""
    monkeypatch.setenv("IPWEEK_DATABASE_URL", "postgresql+psycopg://me:secret@127.0.0.1:9/none")
    found = run("week", "list")
    assert found.exit_code == 5
    assert "does not answer" in found.stderr
    assert "secret" not in found.output


def test_an_unexpected_exception(run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line and exit 1; `--debug` shows the traceback, before or after the command's name."""

    def broken() -> None:
        raise RuntimeError("\x1b[31mboom")

    monkeypatch.setattr(base, "settings", broken)
    found = run("week", "list")
    assert found.exit_code == 1
    assert found.stderr.count("\n") == 1
    assert "\x1b" not in found.stderr
    assert "--debug" in found.stderr
    for arguments in (("--debug", "week", "list"), ("week", "list", "--debug")):
        assert "Traceback" in run(*arguments).stderr


def test_debug_shows_where_a_refusal_came_from(run, seeded: Path) -> None:
    """The sentence comes first, the traceback after it."""
    found = run("week", "show", "nowhere", "--debug")
    assert found.exit_code == 4
    assert found.stderr.startswith("There is no")
    assert "Traceback" in found.stderr


def test_interrupted(run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C ends quietly with 1."""

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(base, "settings", interrupted)
    found = run("week", "list")
    assert found.exit_code == 1
    assert "Traceback" not in found.output


def test_a_closed_pipe_is_quiet(seeded: Path) -> None:
    """`ipweek … | head -0` says nothing of the pipe."""
    child = subprocess.Popen(
        [sys.executable, "-m", "ipweek", "week", "list", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    told = child.stderr.read()
    child.wait()
    assert b"Traceback" not in told
    assert b"Broken" not in told


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_any_character_into_a_file(seeded: Path, encoding: str) -> None:
    """Whatever the console's encoding, a redirected result is UTF-8."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "ipweek", "week", "show", "huizhou-2019", "--lang", "zh"]
    found = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert "惠州" in found.stdout.decode("utf-8")


@pytest.mark.parametrize(
    "arguments", [("week", "remove", "huizhou-2019"), ("unlink", "release-2019", "--result", "led")]
)
def test_nothing_is_destroyed_without_being_asked(run, seeded: Path, arguments: tuple[str, ...]) -> None:
    """Without a terminal and without `--yes` it refuses, and the record stands."""
    found = run(*arguments)
    assert found.exit_code == 2
    assert "--yes" in found.stderr
    assert run("week", "show", "huizhou-2019").exit_code == 0


def test_a_question_is_answered(run, seeded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a terminal it asks, on stderr; no leaves all as it is, yes goes on."""
    monkeypatch.setattr(base, "can_ask", lambda: True)
    run("venue", "add", "v", "--name-en", "[b]Hall")
    refused = run("venue", "remove", "v", typed="n\n")
    assert refused.exit_code == 1
    assert "Remove v [b]Hall?" in refused.stderr
    assert run("venue", "show", "v").exit_code == 0
    assert run("venue", "remove", "v", typed="y\n").exit_code == 0
    assert run("venue", "show", "v").exit_code == 4


def test_what_click_repeats_of_an_argument_is_harmless(run) -> None:
    """An argument that no command takes is shown without what would steer the terminal."""
    refused = run("result", "list", "a\x1b[31m\u202eb")
    assert refused.exit_code == 2
    assert not {"\x1b", "\u202e"} & set(refused.stderr)
