"""The wall goes on by itself: past a database that does not answer, in either language, and shows nobody."""

from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ipweek.bootstrap import App
from ipweek.domain.errors import DatabaseError
from ipweek.domain.wall import Wall
from ipweek.i18n import language
from ipweek.tui.app import First, IpweekApp
from ipweek.tui.screens import wall as module
from ipweek.tui.screens.home import HomeScreen
from ipweek.tui.screens.live import LiveScreen
from ipweek.tui.screens.wall import WallScreen
from ipweek.tui.widgets.chrome import KeyLine
from tests.tui.kiosk import crowd, scan
from tests.tui.steps import settled, shown, until

SIZE = (80, 24)


class Fake:
    """The wall's service as it is, until it is told to refuse."""

    def __init__(self, work: App) -> None:
        self._jobs = work.wall_jobs
        self.answers = True
        self.asked = 0
        self.said, self.say = self._jobs.said, self._jobs.say

    def look(self, event: str, *, enterprises: bool = False) -> Wall:
        """The picture, or what a database out of reach raises."""
        self.asked += 1
        if not self.answers:
            raise DatabaseError("database-busy")
        return self._jobs.look(event, enterprises=enterprises)


@pytest.fixture
def fake(empty_work: App, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """A service that can fail, of an event with three registrations; it is asked often."""
    monkeypatch.setattr(module, "EVERY_SECONDS", 0.05)
    monkeypatch.setattr(module, "SHARE", 1.0)
    crowd(empty_work, 3)
    made = Fake(empty_work)
    empty_work.__dict__["wall_jobs"] = made
    return made


def _enter(work: App, name: str) -> None:
    row = work.registrations.page("door", name).rows[0]
    work.checkin.mark_present(work.actor, work.checkin.open_door(work.actor, "door"), row.id)


async def _opened(pilot: Pilot[None]) -> WallScreen:
    await settled(pilot)
    app = pilot.app
    assert isinstance(app, IpweekApp)
    app.go("wall")
    await settled(pilot)
    assert isinstance(app.screen, WallScreen)
    return app.screen


async def test_an_arrival_shows_by_itself(empty_work: App, fake: Fake) -> None:
    """Nobody yet, then one of three, without a key pressed and without a name; what is announced elsewhere too."""
    app = IpweekApp(empty_work)
    async with app.run_test(size=SIZE) as pilot:
        await _opened(pilot)
        assert "of 3 expected" in shown(app)
        assert "大门" in shown(app)
        assert "Main door" in shown(app)
        assert "Nobody has come yet." in shown(app)
        _enter(empty_work, "甲000")
        empty_work.wall_jobs.say("door", "Coffee at 10:45")
        await until(pilot, lambda: "33.3 %" in shown(app))
        assert "attendance rate 33.3 %" in shown(app)
        assert "Coffee at 10:45" in shown(app)
        assert "甲" not in shown(app)


async def test_it_outlasts_the_database(empty_work: App, fake: Fake) -> None:
    """The last figures stay, one line says of when they are, and the next ones come when it answers again."""
    _enter(empty_work, "甲000")
    app = IpweekApp(empty_work)
    async with app.run_test(size=SIZE) as pilot:
        await _opened(pilot)
        before = shown(app).splitlines()
        fake.answers = False
        await until(pilot, lambda: "Last figures of" in shown(app))
        during = shown(app).splitlines()
        assert "Last figures of" in during[-2]
        assert [line for line in before[5:13] if line in during] == before[5:13], (
            "the figures stand where they stood"
        )
        empty_work.wall_jobs.say("door", "The network is being mended")
        await until(pilot, lambda: "being mended" in shown(app))
        assert "being mended" in shown(app), "what is announced does not come out of the database"
        assert app.last is None
        fake.answers = True
        _enter(empty_work, "甲001")
        await until(pilot, lambda: "66.7 %" in shown(app))
        assert "66.7 %" in shown(app)
        assert "Last figures of" not in shown(app)


async def test_a_database_that_is_out_from_the_start(empty_work: App, fake: Fake) -> None:
    """The event and the time stand there, with one line; the figures come when they can."""
    fake.answers = False
    app = IpweekApp(empty_work)
    async with app.run_test(size=SIZE) as pilot:
        await _opened(pilot)
        assert "Main door" in shown(app)
        assert "▀" in shown(app), "the clock"
        assert "The database does not answer" in shown(app)
        fake.answers = True
        await until(pilot, lambda: "of 3 expected" in shown(app))
        assert "of 3 expected" in shown(app)


async def test_figures_that_do_not_come_are_old(
    empty_work: App, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that neither answers nor refuses is found out by the age of the figures."""
    app = IpweekApp(empty_work)
    async with app.run_test(size=SIZE) as pilot:
        screen = await _opened(pilot)
        monkeypatch.setattr(module, "EVERY_SECONDS", 100)
        monkeypatch.setattr(screen, "_again", lambda: None)
        await settled(pilot)
        monkeypatch.setattr(module, "STALE_SECONDS", -1)
        screen._tick()
        await settled(pilot)
        assert "Last figures of" in shown(app)


async def test_keys(empty_work: App, fake: Fake) -> None:
    """F8 changes the language, L the light, N the names; arrows do nothing; the keys go by themselves; q leaves."""
    app = IpweekApp(empty_work)
    async with app.run_test(size=SIZE) as pilot:
        screen = await _opened(pilot)
        screen.quiet()
        await settled(pilot)
        plain = shown(app)
        assert not screen.query_one(KeyLine).display
        await pilot.press("up", "down", "left", "right")
        await settled(pilot)
        assert shown(app) == plain
        await pilot.press("f8")
        await settled(pilot)
        assert language() == "zh"
        assert "应到 3 人" in shown(app)
        assert "of 3 expected" not in shown(app)
        await pilot.press("f8", "l")
        await settled(pilot)
        assert app.theme == "ipweek-light"
        await pilot.press("l")
        await settled(pilot)
        assert app.theme == "ipweek-dark"
        assert screen.query_one(KeyLine).display
        await pilot.press("n")
        await settled(pilot)
        assert ("大门" in shown(app)) != ("Main door" in shown(app))
        await pilot.press("q")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_an_announcement(empty_work: App, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """S asks for it, with what stands there; an empty line takes it away; one that cannot be kept says so here."""
    app = IpweekApp(empty_work)
    async with app.run_test(size=SIZE) as pilot:
        await _opened(pilot)
        await pilot.press("s")
        await until(pilot, lambda: bool(app.screen.query(Input)))
        await pilot.press(*"Lunch at noon", "enter")
        await until(pilot, lambda: "Lunch at noon" in shown(app))
        assert empty_work.wall_jobs.said("door") == "Lunch at noon"
        await pilot.press("s")
        await until(pilot, lambda: bool(app.screen.query(Input)))
        assert app.screen.query_one(Input).value == "Lunch at noon"
        await pilot.press("ctrl+a", "delete", "ctrl+k", "enter")
        await until(pilot, lambda: "Lunch" not in shown(app))
        assert empty_work.wall_jobs.said("door") == ""

        def refuses(*_given: Any) -> str:
            raise DatabaseError("database-readonly")

        fake.say = refuses
        await pilot.press("s")
        await until(pilot, lambda: bool(app.screen.query(Input)))
        await pilot.press("x", "enter")
        await until(
            pilot, lambda: isinstance(app.screen, WallScreen) and "read" in shown(app).splitlines()[-2]
        )
        assert "read" in shown(app).splitlines()[-2]


async def test_a_badge_opens_nobody(empty_work: App, fake: Fake) -> None:
    """A scanner before the wall shows no person to the hall."""
    code = empty_work.badges.codes("door")[0].code
    app = IpweekApp(empty_work)
    async with app.run_test(size=SIZE) as pilot:
        await _opened(pilot)
        await scan(pilot, code)
        await settled(pilot)
        assert isinstance(app.screen, WallScreen)
        assert app.last is None
        assert "甲" not in shown(app)


async def test_from_the_live_view(empty_work: App, fake: Fake) -> None:
    """W leads from who is there to what the hall sees, and Esc back; only what is in front is read."""
    app = IpweekApp(empty_work)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("l")
        await settled(pilot)
        await pilot.press("w")
        await settled(pilot)
        assert isinstance(app.screen, WallScreen)
        await pilot.press("f1")
        so_far = fake.asked
        await until(pilot, lambda: fake.asked > so_far)
        assert fake.asked > so_far, "behind a question it goes on"
        await pilot.press("escape")
        app.go("people")
        await settled(pilot)
        so_far = fake.asked
        await pilot.pause(0.3)
        assert fake.asked == so_far
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert isinstance(app.screen, LiveScreen)


async def test_a_place_of_its_own(empty_work: App, fake: Fake) -> None:
    """Opened from the command line, it is all there is: leaving it leaves the application."""
    week, event = (empty_work.records.show(*which) for which in (("week", "w"), ("event", "other")))
    app = IpweekApp(empty_work, First("wall", week, event, {"both": True, "enterprises": True}))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, WallScreen)
        assert "Other" in shown(app)
        await pilot.press("escape")
        await until(pilot, lambda: app._exit)
    assert app._exit
