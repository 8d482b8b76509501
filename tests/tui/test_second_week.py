"""A second week in another city and time zone, set up and held by the keys of the application alone."""

import json
from pathlib import Path

from click.testing import CliRunner
from ical.calendar_stream import IcsCalendarStream
from textual import events
from textual.pilot import Pilot

from ipweek.bootstrap import App
from ipweek.cli.app import cli
from ipweek.domain.kinds import KINDS, WHOLES
from ipweek.domain.records import FieldKind
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.checkin import CheckInScreen
from ipweek.tui.screens.dialogs import Ask, Choose, Prompt
from ipweek.tui.screens.home import HomeScreen
from ipweek.tui.screens.links import LinksScreen
from ipweek.tui.screens.record_form import RecordFormScreen
from ipweek.tui.screens.records import RecordsScreen
from ipweek.tui.screens.register import RegisterScreen
from ipweek.tui.screens.timetable import TimetableScreen
from tests.second_week import CAME, EVENT, HEARD, PEOPLE, RECORDS, RESULT, TIMES, WEEK, Typed, reached
from tests.tui.kiosk import scan, type_keys
from tests.tui.steps import settled, shown, until


async def typed(pilot: Pilot[None], text: str) -> None:
    """Type a text where the focus is, fast."""
    type_keys(pilot.app, text, end="")
    await settled(pilot)


async def pressed(pilot: Pilot[None], *keys: str) -> None:
    """Press keys as fast as a hand that knows the way."""
    for key in keys:
        pilot.app.post_message(events.Key(key, None))
    await settled(pilot)


async def home(pilot: Pilot[None]) -> None:
    """Back to Home."""
    for _place in range(5):
        if isinstance(pilot.app.screen, HomeScreen):
            break
        await pressed(pilot, "escape")
    assert isinstance(pilot.app.screen, HomeScreen)


async def listed(pilot: Pilot[None], kind: str) -> None:
    """From Home to the list of a kind."""
    await home(pilot)
    await typed(pilot, "w")
    await pressed(pilot, "home", *["down"] * WHOLES.index(kind), "enter")
    assert isinstance(pilot.app.screen, RecordsScreen)
    assert pilot.app.screen.kind.code == kind


async def filled(pilot: Pilot[None], record: Typed) -> None:
    """Add a record in its form, field by field; nothing else is touched."""
    await listed(pilot, record.kind)
    await pressed(pilot, "insert")
    assert isinstance(pilot.app.screen, RecordFormScreen)
    left = len(record.texts)
    for field in KINDS[record.kind].fields:
        text = record.texts.get(field.name)
        if field.kind is FieldKind.CHOICE and text is not None:
            places = [choice.value for choice in field.choices]
            await pressed(pilot, "space")
            await pressed(pilot, "home", *["down"] * (places.index(text) + 1), "enter")
        elif text is not None:  # over what the form begins with
            await pressed(pilot, "end", "ctrl+u")
            type_keys(pilot.app, text, end="")
        left -= text is not None
        if not left:
            break
        pilot.app.post_message(events.Key("tab" if field.kind is FieldKind.LONG_TEXT else "enter", None))
    await pressed(pilot, "ctrl+s")
    await until(pilot, lambda: isinstance(pilot.app.screen, RecordsScreen))
    assert isinstance(pilot.app.screen, RecordsScreen), shown(pilot.app)


async def chosen(pilot: Pilot[None], text: str) -> None:
    """Choose the row that a text narrows the list down to."""
    await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
    await typed(pilot, text)
    await pilot.press("enter")
    await settled(pilot)


async def released(pilot: Pilot[None]) -> None:
    """Link the event to its result as released, from the list of events."""
    await listed(pilot, "event")
    await pilot.press("f6")
    await settled(pilot)
    assert isinstance(pilot.app.screen, LinksScreen)
    await pilot.press("insert")
    await chosen(pilot, RESULT)
    await chosen(pilot, "released")
    await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
    await pilot.press("right", "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, LinksScreen))
    await settled(pilot)


async def registered(pilot: Pilot[None], name: str, enterprise: str) -> None:
    """Register somebody at the desk of the event in hand."""
    await home(pilot)
    await pilot.press("r")
    await settled(pilot)
    assert isinstance(pilot.app.screen, RegisterScreen)
    await typed(pilot, name)
    await pilot.press("insert", "enter", "enter")
    await typed(pilot, enterprise)
    await pilot.press("ctrl+s")
    await settled(pilot)


async def test_a_second_week_by_keys(empty_work: App, tmp_path: Path) -> None:
    """Records, a release, registrations, scans: the same reach and the same hours as by the command line."""
    work = empty_work
    work.workspaces.create(work.actor)
    app = IpweekApp(work)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for record in RECORDS:
            await filled(pilot, record)
        await released(pilot)
        for name, enterprise in PEOPLE.items():
            await registered(pilot, name, enterprise)
        await home(pilot)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, CheckInScreen) and app.screen._door is not None)
        codes = {issued.name: issued.code for issued in work.badges.codes(EVENT)}
        await scan(pilot, *(codes[name] for name in CAME))
        await home(pilot)
        app.go("timetable")
        await settled(pilot)
        assert isinstance(app.screen, TimetableScreen)
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        await pilot.press(*["backspace"] * len(f"programme-{WEEK}.ics"))
        await typed(pilot, str(tmp_path / "berlin.ics"))
        await pilot.press("enter")
        await until(pilot, (tmp_path / "berlin.ics").exists)
        await settled(pilot)
    told = CliRunner().invoke(cli, ["--home", str(work.settings.home), "reach", RESULT, "--json"])
    assert reached(json.loads(told.stdout)) == HEARD
    found = IcsCalendarStream.calendar_from_ics((tmp_path / "berlin.ics").read_text("utf-8")).events
    assert {event.summary: (event.dtstart.isoformat(), event.dtend.isoformat()) for event in found} == TIMES
