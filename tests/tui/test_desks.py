"""Desks without a network in the terminal: a copy taken, a file united, a conflict settled, all by keys."""

from pathlib import Path

import pytest

from ipweek.bootstrap import App
from ipweek.domain.checkin import ScanRequest
from ipweek.domain.copies import CopyOrder
from ipweek.i18n import choose
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.desks import DesksScreen
from ipweek.tui.screens.dialogs import Choose, Listed, Prompt
from ipweek.tui.widgets.entry import Entry
from tests.tui.conftest import settings
from tests.tui.steps import settled, shown, until


async def _at(pilot, screen: type) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, screen))
    await settled(pilot)


async def _type(pilot, text: str) -> None:
    """Answer a question."""
    asked = pilot.app.screen
    pilot.app.screen.query_one(Entry).value = text
    await pilot.press("enter")
    await until(pilot, lambda: pilot.app.screen is not asked)


def _scan(work: App, place: int) -> None:
    door = work.checkin.open_door(work.actor, "release")
    code = work.badges.codes("release")[place].code
    work.checkin.scan(work.actor, door, ScanRequest(code))


@pytest.mark.parametrize(("language", "size"), [("en", (80, 24)), ("zh", (120, 40))])
async def test_taken_united_and_settled(
    work: App, tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    """From the palette's place: F2 takes, the desk scans, F3 unites, the conflict shows both sides, F5 settles."""
    choose(language)
    app = IpweekApp(work)
    file = tmp_path / "B.db"
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        app.go("desks")
        await _at(pilot, DesksScreen)
        assert "ipweek desk open" in shown(app)
        await pilot.press("f2")
        await _at(pilot, Choose)
        await pilot.press("enter")
        await _at(pilot, Prompt)
        await _type(pilot, "B")
        await _at(pilot, Prompt)
        await _type(pilot, str(file))
        await until(pilot, file.exists)
        await until(pilot, lambda: len(work.copies.copies()) == 1)
        desk = App(settings(file))
        for place in (desk, work):
            _scan(place, 0)
        desk.close()
        await _at(pilot, DesksScreen)
        await pilot.press("f3")
        await _at(pilot, Prompt)
        await _type(pilot, str(file))
        await until(pilot, lambda: work.desk_conflicts.conflicts() != ())
        await _at(pilot, DesksScreen)
        await until(pilot, lambda: app.screen.rows.count == 1)
        await settled(pilot)
        assert {"en": "two entries", "zh": "重复入场"}[language] in shown(app)
        assert shown(app).count(" · Chen") >= 2
        assert app.screen.check_action("settle", ("both",))
        await pilot.press("f5")
        await _at(pilot, Prompt)
        await _type(pilot, "ok")
        await until(pilot, lambda: work.desk_conflicts.conflicts() == ())
        (told,) = work.desk_conflicts.conflicts(settled=True)
        assert (told.how, told.note) == ("first", "ok")
        await _at(pilot, DesksScreen)
        await until(pilot, lambda: app.screen.rows.count == 0)
        assert not app.screen.check_action("settle", ("both",))
        await pilot.press("f4")
        await until(pilot, lambda: app.screen.rows.count == 1)
        await settled(pilot)
        assert {"en": "settled by Chen: ", "zh": "Chen 已处理："}[language] in shown(app)
        assert not app.screen.check_action("settle", ("first",))
        await pilot.press("f9")
        await _at(pilot, Listed)
        assert "B" in shown(app)


async def test_a_file_that_is_none_is_said(work: App, tmp_path: Path) -> None:
    """A refusal is a line in the status, and the screen goes on."""
    app = IpweekApp(work)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("desks")
        await _at(pilot, DesksScreen)
        assert "Everything fits together." in shown(app)
        await pilot.press("f3")
        await _at(pilot, Prompt)
        await _type(pilot, str(tmp_path / "none.db"))
        await until(pilot, lambda: app.last is not None and "There is no file" in app.last.text)


async def test_the_application_on_a_copy(work: App, tmp_path: Path) -> None:
    """The top line says that this is a copy, off line; its desk is the one that it was taken for."""
    file = work.desk_jobs.take(work.actor, CopyOrder(("release",), desk="North"), tmp_path / "n.db").file
    copy = App(settings(file))
    try:
        app = IpweekApp(copy)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            assert "○ a desk's copy" in shown(app)
            for place in ("checkin", "register", "people", "live", "scans", "desks", "summary", "exchange"):
                app.go(place)
                await settled(pilot)
                assert app.last is None or app.last.tone != "bad", place
                app.screen.dismiss(None)
                await settled(pilot)
    finally:
        copy.close()
