"""The live view reads by itself while it is shown, never twice at once, and stands still while it is not."""

import threading
from typing import Any

import pytest

from ipweek.bootstrap import App
from ipweek.domain.live import LiveCounts
from ipweek.render.curves import curve
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens import live
from ipweek.tui.screens.enterprise import EnterpriseScreen
from ipweek.tui.screens.live import LiveScreen
from tests.tui.conftest import HOSTILE
from tests.tui.steps import settled, shown, until


@pytest.fixture
def counted(work: App, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The readings of the live counts, one entry each; they come fast."""
    monkeypatch.setattr(live, "EVERY_SECONDS", 0.05)
    monkeypatch.setattr(live, "SHARE", 1.0)
    readings: list[str] = []
    counts = work.live.counts

    def noted(event: str) -> LiveCounts:
        readings.append(event)
        return counts(event)

    monkeypatch.setattr(work.live, "counts", noted)
    return readings


def _enter(work: App, name: str) -> None:
    row = work.registrations.page("release", name).rows[0]
    work.checkin.mark_present(work.actor, work.checkin.open_door(work.actor, "release"), row.id)


async def test_an_arrival_shows_by_itself(work: App, app: IpweekApp, counted: list[str]) -> None:
    """Nobody yet, then one, without a key pressed; an annulled one is gone again."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("l")
        await settled(pilot)
        assert "Nobody has come yet." in shown(app)
        _enter(work, "张伟")
        await until(pilot, lambda: "(1 of 3)" in shown(app))
        assert "came: 33.3 % (1 of 3) · inside 1" in shown(app)
        assert "Arrivals every 5 minutes, at most 1" in shown(app)
        row = work.registrations.page("release", "张伟").rows[0]
        work.checkin.mark_left(work.actor, work.checkin.door("release"), row.id)
        await until(pilot, lambda: "inside 0 · left 1" in shown(app))
        work.checkin.undo(work.actor, work.checkin.door("release"), row.id)
        await until(pilot, lambda: "(0 of 3)" in shown(app))
        assert "Nobody has come yet." in shown(app)


async def test_it_reads_only_while_it_is_shown(app: IpweekApp, counted: list[str]) -> None:
    """Nothing is read behind another screen; coming back reads at once and goes on."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("l")
        await until(pilot, lambda: len(counted) > 3)
        assert len(counted) > 3
        await pilot.press("f1")
        await settled(pilot)
        so_far = len(counted)
        await pilot.pause(0.3)
        assert len(counted) == so_far
        await pilot.press("escape")
        await until(pilot, lambda: len(counted) > so_far + 2)
        assert len(counted) > so_far + 2
        await pilot.press("escape")
        await settled(pilot)
        so_far = len(counted)
        await pilot.pause(0.3)
        assert len(counted) == so_far


async def test_readings_never_overlap(work: App, app: IpweekApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a reading takes longer than the pace, no other one begins."""
    monkeypatch.setattr(live, "EVERY_SECONDS", 0.02)
    monkeypatch.setattr(live, "SHARE", 1.0)
    counts, at_once, most, ended = work.live.counts, 0, 0, 0
    goes_on = threading.Event()

    def slow(event: str) -> Any:
        nonlocal at_once, most, ended
        at_once += 1
        most = max(most, at_once)
        goes_on.wait(0.2)
        at_once -= 1
        ended += 1
        return counts(event)

    monkeypatch.setattr(work.live, "counts", slow)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.1)
        app.go("live")
        await until(pilot, lambda: ended > 2)
        goes_on.set()
        assert ended > 2
        assert most == 1


async def test_a_slow_reading_makes_room(
    work: App, app: IpweekApp, counted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readings take no more than their share of the time: after one of a while there is a pause."""
    monkeypatch.setattr(live, "SHARE", 0.001)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("l")
        await settled(pilot)
        so_far = len(counted)
        await pilot.pause(0.5)
        assert so_far >= 1
        assert len(counted) == so_far


async def test_what_has_not_changed_is_not_drawn(
    app: IpweekApp, counted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While nobody comes the lines stand still, and only the time of reading moves."""
    drawn: list[LiveCounts] = []
    draw = LiveScreen._draw
    monkeypatch.setattr(LiveScreen, "_draw", lambda self, counts: (drawn.append(counts), draw(self, counts)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("l")
        await until(pilot, lambda: len(counted) > 3)
        assert len(counted) > 3
        assert len({counts.came for counts in drawn}) == 1
        assert len(drawn) <= 2, "once for what was read, once for the size"


async def test_lines_lead_on(app: IpweekApp, counted: list[str]) -> None:
    """An enterprise is one Enter away, and the cursor stays on it while the counts are read anew."""
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("l")
        await settled(pilot)
        assert HOSTILE[:12] in shown(app)
        screen = app.screen
        assert isinstance(screen, LiveScreen)
        await pilot.press("end")
        here = screen.page.current
        so_far = len(counted)
        await until(pilot, lambda: len(counted) > so_far + 2)
        assert screen.page.current == here
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, EnterpriseScreen)


def test_a_curve_shows_whatever_is_not_nothing() -> None:
    """The highest fills all rows, one of a hundred still a mark, none is blank; many slots share a column."""
    drawn = curve([0, 1, 100, 50], 4, 2)
    assert drawn.rows == ("  █ ", " ▁██")
    assert (drawn.slots, drawn.most) == (1, 100)
    assert curve([1, 2, 3, 4], 2, 1).most == 7
    assert curve([1, 2, 3, 4], 2, 1).slots == 2
    assert curve([], 10, 2).rows == ()
    assert curve([0, 0], 10, 2).rows == ()
