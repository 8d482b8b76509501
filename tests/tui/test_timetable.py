"""The timetable: arrows between rooms and hours, add, copy, cancel, conflicts, export; forms tell conflicts."""

from pathlib import Path

import pytest
from ical.calendar_stream import IcsCalendarStream
from rich.cells import cell_len

from ipweek.bootstrap import App
from ipweek.domain.kinds import KINDS
from ipweek.domain.records import parse
from ipweek.i18n import choose
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.dialogs import Ask, Prompt
from ipweek.tui.screens.links import LinksScreen
from ipweek.tui.screens.record_form import RecordFormScreen
from ipweek.tui.screens.timetable import TimetableScreen
from ipweek.tui.widgets.form import Form
from ipweek.tui.widgets.grid import Grid
from tests.tui.steps import settled, shown, until


@pytest.fixture
def fair(work: App) -> App:
    """A day in two rooms, one of them taken twice."""

    def add(kind: str, code: str, /, **texts: str) -> None:
        values = {name: parse(KINDS[kind].field(name), text) for name, text in texts.items()}
        work.records.add(work.actor, kind, {"code": code, **values})

    add("room", "r1", venue="hall", name_en="Room 1", capacity="2")
    add("room", "r2", venue="hall", name_en="Room 2")
    add("event", "fair", week="w-2019", kind="exchange", name_en="Fair", start="2019-04-24")
    about = {"event": "fair", "kind": "panel"}
    add("session", "a", name_en="Alpha", room="r1", start="2019-04-24 09:00", end="2019-04-24 10:30", **about)
    add("session", "b", name_en="Beta", room="r2", start="2019-04-24 09:00", **about)
    add("session", "c", name_en="Gamma", room="r1", start="2019-04-24 10:00", **about)
    return work


async def opened(pilot, app: IpweekApp) -> TimetableScreen:
    """The timetable of the week, from Home by the palette's way."""
    await settled(pilot)
    app.go("timetable")
    await settled(pilot)
    assert isinstance(app.screen, TimetableScreen)
    return app.screen


def here(app: IpweekApp) -> str | None:
    """The code under the cursor."""
    spot = app.screen.query_one(Grid).spot
    return spot.slot.code if spot and spot.slot else None


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("tongue", ["en", "zh"])
async def test_arrows_move_between_rooms_and_hours(
    fair: App, app: IpweekApp, size: tuple[int, int], tongue: str
) -> None:
    """Right and left across rooms, up and down through the day; what is under the cursor is told below."""
    choose(tongue)
    async with app.run_test(size=size) as pilot:
        await opened(pilot, app)
        assert here(app) == "fair"
        walked = []
        for key in ("down", "right", "down", "left", "up", "right"):
            await pilot.press(key)
            walked.append(here(app))
        assert walked == ["a", "b", None, "c", "a", "b"]
        text = shown(app)
        assert max(map(cell_len, text.splitlines())) <= size[0]
        assert text.count("Beta") == 2, "in the grid, and below it"
        assert ("conflict" if tongue == "en" else "冲突") in text


async def test_a_free_room_is_filled(fair: App, app: IpweekApp) -> None:
    """Ins on a free room begins a form with its room, day and hour; saving shows it there."""
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("down", "right", "down")
        assert "Room 2 is free at 10:00" in shown(app)
        await pilot.press("insert")
        await settled(pilot)
        assert isinstance(app.screen, RecordFormScreen)
        boxes = app.screen.query_one(Form).boxes
        assert {name: boxes[name].text for name in ("event", "room", "start")} == {
            "event": "fair",
            "room": "r2",
            "start": "2019-04-24 10:00",
        }
        boxes["kind"].text = "panel"
        await pilot.press(*"delta", "enter", "enter", "enter", "enter", *"Delta", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, TimetableScreen))
        await settled(pilot)
        assert "Delta" in shown(app)
        assert fair.records.show("session", "delta").values["room"] == "r2"


async def test_a_form_tells_conflicts_while_typing(fair: App, app: IpweekApp) -> None:
    """As a field is left; they change with what is typed, and hinder no saving."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("form", kind="session", record=fair.records.show("session", "b"))
        await settled(pilot)
        assert "at the same time" not in shown(app)
        boxes = app.screen.query_one(Form).boxes
        boxes["room"].text = "r1"
        await pilot.press("enter")
        await settled(pilot)
        assert "Room 1 is taken twice at the same time: Alpha, and this one." in shown(app)
        boxes["start"].text = "2019-04-23 09:00"
        await pilot.press("enter")
        await settled(pilot)
        text = shown(app)
        assert "taken twice" not in text
        assert "this one is not within the time of its event, Fair." in text
        await pilot.press("f8")
        await settled(pilot)
        assert "本项不在所属活动Fair的时间之内。" in shown(app)
        boxes["room"].text = "r-not-there"
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, RecordFormScreen)
        boxes["room"].text = "r1"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not isinstance(app.screen, RecordFormScreen))
        assert fair.records.show("session", "b").values["room"] == "r1"


async def test_conflicts_are_one_key_away(fair: App, app: IpweekApp) -> None:
    """F4 lists them; Enter on one leads to where it is; Esc leads back to the grid first."""
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("f4")
        await settled(pilot)
        assert "! Room 1 is taken twice at the same time: Alpha, and Gamma." in shown(app)
        await pilot.press("enter")
        await settled(pilot)
        assert here(app) == "a"
        await pilot.press("f4", "escape")
        await settled(pilot)
        assert isinstance(app.screen, TimetableScreen)
        assert app.focused is app.screen.query_one(Grid)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, LinksScreen)


async def test_copying_and_cancelling(fair: App, app: IpweekApp) -> None:
    """F5 asks for a code and opens the copy; Del asks first, and what is cancelled says so."""
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("down", "f5")
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RecordFormScreen))
        assert fair.records.show("session", "a-2").values["name_en"] == "Alpha"
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, TimetableScreen))
        await settled(pilot)
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("enter")
        await settled(pilot)
        assert fair.records.show("session", "a").values["status"] == "planned"
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("right", "enter")
        await settled(pilot)
        assert fair.records.show("session", "a").values["status"] == "cancelled"
        assert "× cancelled" in shown(app)


async def test_the_calendar_is_exported(fair: App, app: IpweekApp, tmp_path: Path) -> None:
    """F9 asks for the file; what has no day is told."""
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        app.screen.query_one("Entry").value = str(tmp_path / "w.ics")
        await pilot.press("enter")
        await until(pilot, (tmp_path / "w.ics").exists)
        await settled(pilot)
        assert app.last is not None
        assert "no day is stated: Exchange" in app.last.text
        events = IcsCalendarStream.calendar_from_ics((tmp_path / "w.ics").read_text("utf-8")).events
        assert {"Fair", "Alpha", "Beta", "Gamma"} <= {event.summary for event in events}
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        app.screen.query_one("Entry").value = str(tmp_path / "w.docx")
        await pilot.press("enter")
        await settled(pilot)
        assert "The ending must be one of" in app.last.text
