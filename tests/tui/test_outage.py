"""The check-in across an outage of its server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ipweek import bootstrap
from ipweek.bootstrap import App
from ipweek.config import Settings
from ipweek.i18n import choose
from ipweek.jobs import desk_line
from ipweek.tui.app import IpweekApp
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
    assert entries(desk) == [f"甲{place:03d}" for place in range(24)]
    assert desk.checkin.disagreements(EVENT) == ()
