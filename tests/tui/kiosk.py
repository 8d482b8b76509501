"""A door with a crowd before it, and a scanner to post keys with."""

from collections.abc import Sequence
from typing import Any

from textual import events
from textual.pilot import Pilot

from ipweek.bootstrap import App
from ipweek.domain.checkin import ScanLine
from ipweek.domain.registrations import NewRegistration
from ipweek.domain.words import EventKind, Membership
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.checkin import CheckInScreen
from tests.tui.steps import settled, until

EVENT = "door"


def open_event(work: App) -> None:
    """A week, an event with two sessions, an enterprise; the event comes first, so that it is in hand."""
    work.workspaces.create(work.actor)
    kind = {"kind": EventKind.RELEASE}
    week = {"code": "w", "name_en": "Week", "year": 2019, "zone": "Asia/Shanghai"}
    work.records.add(work.actor, "week", week)
    event = {"week": "w", "membership": Membership.STATED, **kind}
    work.records.add(work.actor, "event", {"code": EVENT, "name_en": "Main door", "name_zh": "大门", **event})
    work.records.add(work.actor, "event", {"code": "other", "name_en": "Other", **event})
    for code, name in (("talk", "The talk"), ("tour", "The tour")):
        work.records.add(work.actor, "session", {"code": code, "name_en": name, "event": EVENT, **kind})
    work.records.add(work.actor, "enterprise", {"code": "hzhy", "name_zh": "惠州华阳样例有限公司"})


def crowd(work: App, number: int) -> list[str]:
    """So many people before the door; their codes in order."""
    open_event(work)
    for place in range(number):
        register(work, f"甲{place:03d}")
    codes = {issued.name: issued.code for issued in work.badges.codes(EVENT)}
    return [codes[f"甲{place:03d}"] for place in range(number)]


def register(work: App, name: str, **given: Any) -> str:
    """Register somebody; the code on the badge."""
    event = given.pop("event", EVENT)
    row = work.registrations.register(work.actor, event, NewRegistration(name, **given))
    return next(issued.code for issued in work.badges.codes(event) if issued.registration == row.id)


def log(work: App) -> list[ScanLine]:
    """All lines of the log, the oldest first."""
    return list(reversed(work.checkin.scans(EVENT, 10_000)))


def entries(work: App) -> list[str]:
    """Who entered, in order."""
    return [line.answer.name for line in log(work) if line.answer.verdict == "accepted"]


async def at_the_door(pilot: Pilot[None]) -> CheckInScreen:
    """Open the check-in, and wait for its door."""
    await settled(pilot)
    await pilot.press("c")
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, CheckInScreen)
    await until(pilot, lambda: screen._door is not None)
    return screen


def type_keys(
    app: IpweekApp, text: str, *, end: str = "enter", gap: float = 0.002, start: float = 0.0
) -> float:
    """Post the keys of a text as a terminal does, `gap` seconds apart by their own clocks; the last moment."""
    moment = start or events.Event().time
    for char in text:
        key = events.Key(char, char)
        key.time = moment
        app.post_message(key)
        moment += gap
    for name in end.split():
        key = events.Key(name, {"enter": "\r", "tab": "\t", "ctrl+j": "\n"}[name])
        key.time = moment
        app.post_message(key)
    return moment


async def scan(pilot: Pilot[None], *codes: str, end: str = "enter") -> None:
    """Scan these, and wait for the last verdict."""
    assert isinstance(pilot.app, IpweekApp)
    for code in codes:
        type_keys(pilot.app, code, end=end)
    await pilot.pause()
    await settled(pilot)


def panel(app: IpweekApp) -> tuple[str, Sequence[str]]:
    """The tone of the verdict in front and its lines."""
    verdict = next(screen for screen in app.screen_stack if isinstance(screen, CheckInScreen)).panel
    return verdict.shown.tone, [line for line in verdict.shown.lines(76) if line]
