"""The check-in across an outage of its server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from ipweek import bootstrap
from ipweek.bootstrap import App
from ipweek.config import Settings
from ipweek.i18n import choose
from ipweek.jobs import desk_line
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.checkin_pick import Pick
from ipweek.tui.screens.dialogs import Ask
from tests.stoppable import Stoppable, stoppable_postgres
from tests.tui.kiosk import EVENT, at_the_door, crowd, entries, type_keys
from tests.tui.steps import settled, shown, until


@pytest.fixture
def server() -> Iterator[Stoppable]:
    """A server that the test stops and starts."""
    with stoppable_postgres() as server:
        yield server


@pytest.fixture
def desk(server: Stoppable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """A desk on it, in an empty workspace."""
    monkeypatch.setattr(desk_line, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(desk_line, "LEAST_SECONDS", 0.1)
    home = Settings(tmp_path, server.database(), "en", "A", "Chen", None, tmp_path / "cache")
    opened = bootstrap.open_desk(home, lambda _news: None)
    yield opened
    opened.close()


async def _undo_and_look(pilot: Pilot[None], desk: App, code: str) -> None:
    """The last entry is undone and made again; whose it is can be looked up, and who works here."""
    app = pilot.app
    assert isinstance(app, IpweekApp)
    await pilot.press("f4")
    await until(pilot, lambda: isinstance(app.screen, Pick))
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, Ask))
    await pilot.press("right", "enter")
    await until(pilot, lambda: "entry undone" in shown(app))
    type_keys(app, code)
    await pilot.pause()
    await settled(pilot)
    row = desk.registrations.page(EVENT, "甲023").rows[0]
    for place, about in (("registration", {"registration": row}), ("operators", {})):
        app.go(place, **about)
        await settled(pilot)
        assert "needs the server" not in shown(app), place
        await pilot.press("escape")
        await settled(pilot)


async def test_scans_go_on_across_an_outage(server: Stoppable, desk: App) -> None:
    """No scan of a crowd is lost or out of order; the status says how long the server is away, and what caught up."""
    codes = crowd(desk, 24)
    app = IpweekApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_door(pilot)
        line = desk.line
        assert line is not None
        await until(pilot, lambda: line._stamp is not None and line._stamp == line._own.stamp())
        for place, code in enumerate(codes):
            if place == 8:
                server.stop()
            type_keys(app, code)
            await pilot.pause()
        await settled(pilot)
        await until(pilot, lambda: "offline since" in shown(app))
        text = shown(app)
        assert "● offline" in text
        assert "– scans are kept here" in text
        choose("zh")
        app.screen.retranslate()
        await pilot.pause()
        assert "起离线，签到记录暂存于本机" in shown(app).replace(" ", "")
        choose("en")
        app.screen.retranslate()
        await _undo_and_look(pilot, desk, codes[-1])
        app.go("summary")
        await settled(pilot)
        assert "This needs the server, which is away" in shown(app)
        await pilot.press("escape")
        server.start()
        for _patience in range(20):
            await until(pilot, lambda: "Back online" in shown(app))
        text = shown(app)
        assert "Back online · scans caught up: 1" in text
        assert "● PostgreSQL" in text
        assert "offline since" not in text
        type_keys(app, codes[0])
        await pilot.pause()
        await settled(pilot)
    assert entries(desk) == [f"甲{place:03d}" for place in (*range(24), 23, 23)]
    assert desk.checkin.disagreements(EVENT) == ()
