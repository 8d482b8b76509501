"""The figures of a report one by one, and what is behind each."""

import pytest

from ipweek.bootstrap import App
from ipweek.domain.registrations import NewRegistration
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens import figure
from ipweek.tui.screens.figure import FigureScreen
from ipweek.tui.screens.figures import FiguresScreen
from ipweek.tui.screens.person import PersonScreen
from ipweek.tui.screens.summary import SummaryScreen
from tests.tui.steps import settled, shown, until


async def _press(pilot, *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


async def test_from_the_summary_to_a_person_who_was_counted(work: App, app: IpweekApp) -> None:
    """Enter, some letters, Enter: definition and rows; Enter opens the registration, and Esc leads all the way back."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await _press(pilot, "s")
        await _press(pilot, "enter")
        assert isinstance(app.screen, FiguresScreen)
        await _press(pilot, *"registered", "down", "up")
        assert "registrations.registered" in shown(app)
        assert "attendance.late" not in shown(app)
        await _press(pilot, "enter")
        assert isinstance(app.screen, FigureScreen)
        text = shown(app)
        assert "Registrations that hold a place" in text
        assert "1 of " in text.splitlines()[1]
        await _press(pilot, "enter")
        assert isinstance(app.screen, PersonScreen)
        for screen in (FigureScreen, FiguresScreen, SummaryScreen):
            await _press(pilot, "escape")
            assert isinstance(app.screen, screen)


async def test_whole_names_are_asked_for_and_noted(work: App, app: IpweekApp) -> None:
    """Masked at first; F6 asks, Esc leaves it so, and a yes shows the names and is in the audit."""
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.go("figure", kind="event", code="release", key="registrations.registered")
        await settled(pilot)
        assert "张*" in shown(app)
        assert "张伟" not in shown(app)
        await _press(pilot, "f6")
        await _press(pilot, "escape")
        assert "张伟" not in shown(app)
        await _press(pilot, "f6")
        await pilot.press("right", "enter")
        await until(pilot, lambda: "张伟" in shown(app))
        assert "张伟" in shown(app)
    assert "unmask" in [line.action for line in work.audit.lines()]


async def test_rows_come_page_by_page(work: App, app: IpweekApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cursor at the end fetches what is left; the week's figures are there, too."""
    monkeypatch.setattr(figure, "PAGE", 5)
    for number in range(12):
        work.registrations.register(work.actor, "later", NewRegistration(f"Guest {number:02}"))
    total = work.reports.event("later").registrations.registered
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.go("figures", whole_week=True)
        await settled(pilot)
        assert "totals.events" in shown(app)
        app.go("figure", kind="event", code="later", key="registrations.registered")
        await settled(pilot)
        assert isinstance(app.screen, FigureScreen)
        for _page in range(4):
            await _press(pilot, "end")
        assert app.screen.rows.count == total
        assert len({row.key for row in app.screen.rows.rows}) == total
