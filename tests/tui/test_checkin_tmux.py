"""Scans through a real terminal: nothing is lost and nothing doubled, however fast they come."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ipweek.bootstrap import App
from tests.tui.conftest import settings
from tests.tui.kiosk import crowd, entries

TMUX = shutil.which("tmux")
NUMBER = 200
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")

pytestmark = [
    pytest.mark.system("tmux"),
    pytest.mark.skipif(TMUX is None, reason="tmux is not installed"),
]


class Terminal:
    """The application in a tmux of its own."""

    def __init__(self, folder: Path, language: str) -> None:
        self._socket = str(folder / "tmux")
        self._folder = folder
        program = f"{sys.executable} -m ipweek --home {folder} --desk A; sleep 5"
        environment = {
            **os.environ, "IPWEEK_LANG": language, "IPWEEK_CONFIG": str(folder / "none"), "LC_ALL": "C.UTF-8",
        }  # fmt: skip
        self._run(
            "-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", program, environment=environment
        )

    def _run(self, *words: str, environment: dict[str, str] | None = None, given: str | None = None) -> str:
        assert TMUX is not None
        done = subprocess.run(
            [TMUX, "-u", "-S", self._socket, *words],
            env=environment,
            input=given,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout

    @property
    def screen(self) -> str:
        """What is on the screen."""
        return self._run("capture-pane", "-p")

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names."""
        self._run("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type a text as it is."""
        self._run("send-keys", "-l", text)

    def type_all(self, text: str, *, bracketed: bool) -> None:
        """All of it at once; `bracketed` as a terminal pastes, else as keys without a gap."""
        self._run("load-buffer", "-", given=text)
        self._run("paste-buffer", "-r", *(["-p"] if bracketed else []))

    def wait(self, holds: Callable[[str], bool], seconds: float = 60) -> None:
        """Wait until the screen looks as it should. Raises AssertionError with what it looks like."""
        until = time.monotonic() + seconds
        while not holds(self.screen):
            assert time.monotonic() < until, self.screen
            time.sleep(0.1)

    def close(self) -> None:
        """Leave the application, then tmux."""
        self.press("C-q")
        time.sleep(0.5)
        subprocess.run([str(TMUX), "-S", self._socket, "kill-server"], capture_output=True, check=False)


@pytest.fixture(scope="session")
def crowded(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A workspace with two hundred people, closed, and their codes."""
    file = tmp_path_factory.mktemp("crowded") / "ipweek.db"
    shutil.copyfile(sqlite_template, file)
    file.chmod(0o600)
    work = App(settings(file))
    codes = crowd(work, NUMBER)
    work.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file, codes


@pytest.fixture
def codes(crowded: tuple[Path, list[str]]) -> list[str]:
    """The codes of the crowd."""
    return crowded[1]


@pytest.fixture
def work(crowded: tuple[Path, list[str]], tmp_path: Path) -> Iterator[App]:
    """The workspace, to look into while the application runs on it."""
    shutil.copyfile(crowded[0], tmp_path / "ipweek.db")
    (tmp_path / "ipweek.db").chmod(0o600)
    opened = App(settings(tmp_path / "ipweek.db"))
    yield opened
    opened.close()


@pytest.fixture(params=["en", "zh"])
def terminal(request: pytest.FixtureRequest, work: App, tmp_path: Path) -> Iterator[Terminal]:
    """The check-in of the workspace, in either language."""
    opened = Terminal(tmp_path, request.param)
    try:
        opened.wait(lambda screen: "Week" in screen)
        opened.press("c")
        opened.wait(lambda screen: "F6" in screen and str(NUMBER) in screen)
        yield opened
    finally:
        opened.close()


def _all_in(terminal: Terminal, work: App) -> None:
    terminal.wait(lambda _screen: len(entries(work)) >= NUMBER)
    terminal.wait(lambda screen: screen.splitlines()[1].count(str(NUMBER)) == 2)
    lines = work.checkin.scans("door", 10_000)
    assert entries(work) == [f"甲{place:03d}" for place in range(NUMBER)]
    assert len(lines) == NUMBER


def test_keys_without_a_gap(terminal: Terminal, work: App, codes: list[str]) -> None:
    """Two hundred codes typed back to back are two hundred rows in their order."""
    terminal.type_all("".join(f"{code}\r" for code in codes), bracketed=False)
    _all_in(terminal, work)


def test_keys_through_an_input_method(terminal: Terminal, work: App, codes: list[str]) -> None:
    """Full-width digits, as an input method makes them, are the same codes."""
    terminal.type_all("".join(f"{code}\n" for code in codes).translate(FULL_WIDTH), bracketed=False)
    _all_in(terminal, work)


def test_a_paste(terminal: Terminal, work: App, codes: list[str]) -> None:
    """Two hundred codes in one paste are all taken, in order."""
    terminal.type_all("\r\n".join(codes), bracketed=True)
    _all_in(terminal, work)


@pytest.mark.parametrize("keys", ["F6", "F4"])
def test_a_list_or_a_button_with_the_focus(
    terminal: Terminal, work: App, codes: list[str], keys: str
) -> None:
    """Scans go past the focus of a question: a list of doors, the buttons of an undo."""
    first, others = codes[0], codes[1:]
    terminal.type(f"{first}\r")
    terminal.wait(lambda screen: "甲000" in screen)
    terminal.press(keys)
    time.sleep(0.5)
    if keys == "F4":
        terminal.press("Enter")
        time.sleep(0.5)
    terminal.type_all("".join(f"{code}\r" for code in others), bracketed=False)
    _all_in(terminal, work)
    terminal.press("Escape")
    time.sleep(0.5)
    assert "F6" in terminal.screen, "the question was there still, and Esc went back from it"


@pytest.mark.soak
def test_at_the_pace_of_a_fast_scanner(terminal: Terminal, work: App, codes: list[str]) -> None:
    """Two hundred codes at 300 characters a second, without a pause between them."""
    text = "".join(f"{code}\r" for code in codes)
    began = time.monotonic()
    for start in range(0, len(text), 6):
        time.sleep(max(0.0, began + start / 300 - time.monotonic()))
        terminal.type(text[start : start + 6])
    _all_in(terminal, work)
