"""What a desk remembers from one run to the next, and what goes before it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ipweek.bootstrap import App
from ipweek.i18n import choose, language
from ipweek.tui.app import IpweekApp
from ipweek.tui.memory import recall, remember
from tests.tui.steps import settled, shown


@pytest.mark.parametrize("broken", [b"", b"{", b"[1]", b"\xff\xfe", b"null"])
def test_a_broken_file_is_nothing_remembered(tmp_path: Path, broken: bytes) -> None:
    """Whatever is in the file, the desk starts; what is remembered next is kept."""
    (tmp_path / "desk.json").write_bytes(broken)
    assert recall(tmp_path) == {}
    remember(tmp_path, event="release")
    remember(tmp_path, language="zh")
    assert recall(tmp_path) == {"event": "release", "language": "zh"}
    assert (tmp_path / "desk.json").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["desk.json"]


async def test_the_next_run_begins_where_this_one_ends(work: App) -> None:
    """The event chosen by Ctrl+E, the language by F8 and the colours are there again."""
    first = IpweekApp(work)
    async with first.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert first.event is not None
        assert first.event.code == "release", "of its own accord"
        await pilot.press("ctrl+e")
        await pilot.pause(0.2)
        await pilot.press(*"exch", "enter")
        await settled(pilot)
        await pilot.press("f8")
        first.dress("ipweek-light")
        await settled(pilot)
    choose("en")
    second = IpweekApp(work)
    async with second.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert second.event is not None
        assert second.event.code == "later"
        assert second.week is not None
        assert language() == "zh"
        assert second.theme == "ipweek-light"
        assert shown(second).splitlines()[0].rstrip().endswith("ZH")


def test_a_stated_language_goes_first(work: App) -> None:
    """A flag, the environment or the config file win over what was chosen last."""
    remember(work.settings.home, language="zh", theme="gone")
    work.settings = replace(work.settings, language_is_stated=True)
    assert IpweekApp(work).theme == "ipweek-dark"
    assert language() == "en"


@pytest.mark.parametrize("becomes", ["archived", "deleted", "nonsense"])
async def test_an_event_that_is_gone_is_forgotten(work: App, app: IpweekApp, becomes: str) -> None:
    """Nothing is said of it; the desk begins as if it had never been chosen."""
    remember(work.settings.home, event="release" if becomes == "archived" else "later")
    kept = json.loads((work.settings.home / "desk.json").read_text())
    if becomes == "nonsense":
        remember(work.settings.home, event=[7])
    else:
        assert work.records.remove(work.actor, "event", kept["event"]) is (becomes == "archived")
    app = IpweekApp(work)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.event is not None
        assert app.event.code == ("later" if becomes == "archived" else "release")
        assert app.last is None
    if becomes != "nonsense":
        assert recall(work.settings.home)["event"] is None
