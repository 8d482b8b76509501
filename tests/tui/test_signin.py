"""Sign-in sheets at the screen: made as a file, and keyed in row after row."""

from pathlib import Path

from textual.pilot import Pilot

from ipweek.bootstrap import App
from ipweek.domain.words import ScanKind
from ipweek.i18n import choose
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.dialogs import Prompt
from ipweek.tui.screens.signin import SignInScreen
from ipweek.tui.screens.signin_sheets import SheetsScreen
from ipweek.tui.widgets.form import Form
from tests.tui import kiosk
from tests.tui.kiosk import at_the_door, crowd, entries, log, type_keys
from tests.tui.steps import settled, shown, until


async def keying(pilot: Pilot[None]) -> SignInScreen:
    """From the check-in to the sheets."""
    await at_the_door(pilot)
    await pilot.press("f10")
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, SignInScreen)
    await until(pilot, lambda: screen._door is not None)
    return screen


async def test_rows_one_after_the_other(empty_work: App) -> None:
    """Scans and numbers in a row each count once; what was scanned before is told; F4 takes the last back."""
    codes = crowd(empty_work, 5)
    app = IpweekApp(empty_work)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await keying(pilot)
        moment = type_keys(app, codes[0], end="")
        for text in (codes[1], "0003", "3", codes[0], "777"):
            moment = type_keys(app, text, start=moment + 0.2)
        await until(pilot, lambda: sum(screen._counts.values()) == 6)
        await settled(pilot)
        assert "keyed in 3, already in 2, not taken 1" in shown(app)
        assert "no such number at this event" in shown(app)
        assert entries(empty_work) == ["甲000", "甲001", "甲002"]
        assert {line.answer.kind for line in log(empty_work)} == {ScanKind.MARK}
        await pilot.press("f4")
        await until(pilot, lambda: len(log(empty_work)) == 4)
        await settled(pilot)
        assert "甲002: entry undone" in shown(app)
        choose("zh")
        screen.retranslate()
        await settled(pilot)
        assert "补录 2，已签到 2，未录入 1" in shown(app)


async def test_the_time_of_the_sheet(empty_work: App) -> None:
    """F5 says when they came; nonsense is told, and a scanner's code under the question is no mark."""
    crowd(empty_work, 2)
    app = IpweekApp(empty_work)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await keying(pilot)
        for typed in ("soon", "2019-04-25 09:40"):
            await pilot.press("f5")
            await until(pilot, lambda: isinstance(app.screen, Prompt))
            type_keys(app, typed, gap=0.1)
            await until(pilot, lambda: app.screen is screen)
            await settled(pilot)
            assert ("soon is no time" in shown(app)) == (typed == "soon")
        type_keys(app, "1")
        await until(pilot, lambda: len(log(empty_work)) == 1)
        assert log(empty_work)[0].answer.at.isoformat() == "2019-04-25T01:40:00+00:00"


async def test_sheets_as_a_file(empty_work: App, tmp_path: Path) -> None:
    """The form writes the PDF and says how many rows it has; F3 goes on to keying in."""
    crowd(empty_work, 2)
    app = IpweekApp(empty_work)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.hold(empty_work.records.show("week", "w"), empty_work.records.show("event", kiosk.EVENT))
        app.go("signin-sheets")
        await settled(pilot)
        assert isinstance(app.screen, SheetsScreen)
        app.screen.query_one(Form).boxes["out"].text = str(tmp_path / "sheets.pdf")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Rows: 2, pages: 1" in shown(app))
        assert (tmp_path / "sheets.pdf").read_bytes().startswith(b"%PDF")
        await pilot.press("f3")
        await settled(pilot)
        assert isinstance(app.screen, SignInScreen)
