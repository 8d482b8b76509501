"""Badges looked at on the screen before they print: the sheet, the preview, and what the check found."""

from pathlib import Path

from ipweek.bootstrap import App
from ipweek.domain.registrations import NewRegistration
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.badge_checks import Findings, PreviewScreen
from ipweek.tui.screens.badges import BadgesScreen
from ipweek.tui.screens.dialogs import Choose
from ipweek.tui.widgets.entry import Flag
from ipweek.tui.widgets.form import Form
from tests.tui.steps import settled, shown, until


async def test_a_sheet_is_chosen_looked_at_and_checked(work: App, app: IpweekApp, tmp_path: Path) -> None:
    """F4 takes a template by name, F6 shows the badges on it, F7 tells what it found."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("badges")
        await settled(pilot)
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press(*"86x54", "enter")
        await until(pilot, lambda: isinstance(app.screen, BadgesScreen))
        assert app.screen.query_one(Form).boxes["layout"].text == "86x54"
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(app.screen, Findings))
        assert "read back: 3 codes on 3 pages, layout: 86x54" in shown(app)
        assert "! 宽宽" in shown(app)
        await pilot.press("escape", "f6")
        await until(pilot, lambda: "Card 86×54 mm" in shown(app))
        assert isinstance(app.screen, PreviewScreen)
        assert "1 / " in shown(app)
        await pilot.press("pagedown")
        await until(pilot, lambda: "2 / " in shown(app))


async def test_what_forbids_printing_is_shown_before_it(work: App, app: IpweekApp, tmp_path: Path) -> None:
    """A missing character shows by name with no way on; where it is allowed, going on is asked for and draws the file."""
    new = NewRegistration(name="王𓀀", title="首席知识产权官" * 15)
    work.records.edit(work.actor, "event", "release", {"capacity": 100})
    work.registrations.register(work.actor, "release", new)
    out = tmp_path / "badges.pdf"
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("badges")
        await settled(pilot)
        form = app.screen.query_one(Form)
        form.boxes["out"].text = str(out)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Findings))
        assert "王𓀀: no font has" in shown(app)
        assert "Go on" not in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BadgesScreen))
        assert not out.exists()
        form.boxes["allow_missing"].query_one(Flag).value = True
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Findings))
        await pilot.press("right", "enter")
        await until(pilot, out.exists)
        assert out.read_bytes().startswith(b"%PDF")
