"""Typing through a real terminal without a pause: every value lands in its own field."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ipweek.bootstrap import App
from tests.tui.conftest import settings
from tests.tui.kiosk import EVENT, open_event
from tests.tui.test_checkin_tmux import TMUX, Terminal

ROUNDS = 20
F7, SAVE, ENTER = "\x1b[18~", "\x13", "\r"

pytestmark = [
    pytest.mark.system("tmux"),
    pytest.mark.skipif(TMUX is None, reason="tmux is not installed"),
]


@pytest.fixture
def work(sqlite_template: Path, tmp_path: Path) -> Iterator[App]:
    """An event with nobody registered, to look into while the application runs on it."""
    file = tmp_path / "ipweek.db"
    shutil.copyfile(sqlite_template, file)
    file.chmod(0o600)
    opened = App(settings(file))
    open_event(opened)
    yield opened
    opened.close()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_walk_ins_in_one_burst(work: App, tmp_path: Path, language: str) -> None:
    """Twenty walk-ins, each of seven values, Enter between them and Ctrl+S at the end."""
    terminal = Terminal(tmp_path, language)
    try:
        terminal.wait(lambda screen: "Week" in screen)
        terminal.press("r")
        terminal.wait(lambda screen: "F7" in screen)
        values = [
            (f"王磊{n:02d}", f"Wang {n:02d}", "hzhy", f"1380013{n:04d}", "w@b.cn", "主任", f"S{n}")
            for n in range(ROUNDS)
        ]
        terminal.type_all(
            "".join(F7 + ENTER.join((*each[:6], "", each[6])) + SAVE for each in values), bracketed=False
        )
        terminal.wait(lambda _screen: work.registrations.counts(EVENT).registered == ROUNDS)
    finally:
        terminal.close()
    rows = work.registrations.page(EVENT, "", limit=ROUNDS).rows
    kept = [(row.name, row.name_latin, row.enterprise_code, row.title, row.seat) for row in rows]
    assert sorted(kept) == sorted((each[0], each[1], each[2], each[5], each[6]) for each in values)
    assert sorted((row.phone or "")[-4:] for row in rows) == [f"{n:04d}" for n in range(ROUNDS)]
