"""Certificates at the screen: for all who came, for one person, and a number verified."""

from pathlib import Path

from ipweek.bootstrap import App
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.certificates import CertificatesScreen
from ipweek.tui.screens.dialogs import Ask, Prompt
from ipweek.tui.screens.person import PersonScreen
from ipweek.tui.widgets.form import Form
from tests.tui import kiosk
from tests.tui.kiosk import crowd, type_keys
from tests.tui.steps import settled, shown, until


async def test_certificates(empty_work: App, tmp_path: Path) -> None:
    """The form writes the PDF; a's number verifies; one person's comes from the person's page."""
    crowd(empty_work, 2)
    for row in empty_work.registrations.page(kiosk.EVENT, "甲000").rows:
        empty_work.checkin.mark_present(
            empty_work.actor, empty_work.checkin.open_door(empty_work.actor, kiosk.EVENT), row.id
        )
    app = IpweekApp(empty_work)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.hold(empty_work.records.show("week", "w"), empty_work.records.show("event", kiosk.EVENT))
        app.go("certificates")
        await settled(pilot)
        assert isinstance(app.screen, CertificatesScreen)
        app.screen.query_one(Form).boxes["out"].text = str(tmp_path / "certificates.pdf")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Certificates: 1, of them new: 1" in shown(app))
        assert (tmp_path / "certificates.pdf").read_bytes().startswith(b"%PDF")
        (one,) = empty_work.certificates.issue(empty_work.actor, kiosk.EVENT).certificates
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        type_keys(app, one.number, gap=0.1)
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await until(pilot, lambda: "genuine" in shown(app))
        assert "甲000" in shown(app)
        await pilot.press("escape")
        for row in empty_work.registrations.page(kiosk.EVENT).rows:
            app.go("registration", registration=row)
            await settled(pilot)
            assert isinstance(app.screen, PersonScreen)
            await pilot.press("f3")
            await settled(pilot)
            if row.attended:
                await until(pilot, lambda: isinstance(app.screen, Prompt))
                await pilot.press("escape")
            else:
                assert "No certificate for 甲001" in shown(app)
