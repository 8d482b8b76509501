"""How the main screens look; after a change that is meant, run with --snapshot-update.

The pictures depend on nothing but the data of `conftest.filled_file`, the catalogue and the pinned Textual:
the clock stands, and phases that move by themselves are waited for.
"""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ipweek.bootstrap import App
from ipweek.domain.registrations import NewRegistration
from ipweek.domain.starts import Start
from ipweek.domain.words import EventKind, Membership
from ipweek.i18n import choose
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.wall import WallScreen
from tests.conftest import NOON, StandingClock
from tests.tui.conftest import opened
from tests.tui.kiosk import scan
from tests.tui.steps import settled

Compare = Callable[..., bool]
Way = Callable[[IpweekApp, Pilot[None]], Awaitable[None]]

DATA = Path(__file__).parent.parent / "data"
LOOKS = [(tongue, size) for tongue in ("en", "zh") for size in ((80, 24), (120, 40))]


@pytest.fixture
def work(filled_file: Path, tmp_path: Path) -> Iterator[App]:
    """The filled workspace at noon of its day."""
    yield from opened(filled_file, tmp_path, StandingClock(NOON))


def _code(app: IpweekApp) -> str:
    return next(each.code for each in app.work.badges.codes("release") if each.name == "张伟")


async def _home(_app: IpweekApp, _pilot: Pilot[None]) -> None:
    pass


async def _form(app: IpweekApp, _pilot: Pilot[None]) -> None:
    app.go("form", kind="event", record=app.work.records.show("event", "later"))


async def _register(app: IpweekApp, pilot: Pilot[None]) -> None:
    app.go("register")
    await settled(pilot)
    await pilot.press("ctrl+n", *"wang")


async def _person(app: IpweekApp, _pilot: Pilot[None]) -> None:
    app.go("registration", registration=app.work.registrations.page("release", "张伟").rows[0])


async def _accepted(app: IpweekApp, pilot: Pilot[None]) -> None:
    app.go("checkin")
    await settled(pilot)
    await scan(pilot, _code(app))


async def _duplicate(app: IpweekApp, pilot: Pilot[None]) -> None:
    await _accepted(app, pilot)
    await settled(pilot)
    app.pop_screen()
    await _accepted(app, pilot)


async def _live(app: IpweekApp, pilot: Pilot[None]) -> None:
    await _accepted(app, pilot)
    await settled(pilot)
    app.go("live")


async def _wall(app: IpweekApp, pilot: Pilot[None]) -> None:
    """As the hall sees it at noon: a conference that began half an hour ago, and two who came."""
    _conference(app.work)
    app.hold(app.week, app.work.records.show("event", "conference"))
    app.go("wall")
    await settled(pilot)
    assert isinstance(app.screen, WallScreen)
    app.screen.quiet()


def _conference(work: App) -> None:
    def add(kind: str, code: str, zh: str, en: str, **values: object) -> None:
        told = {"code": code, "name_zh": zh, "name_en": en, "kind": EventKind.RELEASE, **values}
        work.records.add(work.actor, kind, told)

    day = {"start": Start.parse("2019-04-25 12:30")}
    add("event", "conference", "专利导航成果发布会", "Results release conference", week="w-2019",
        membership=Membership.STATED, **day)  # fmt: skip
    for kind, code, zh, en, values in (
        ("venue", "centre", "会展中心", "Congress centre", {}),
        ("room", "room", "主会场", "Main hall", {"venue": "centre", "capacity": 40}),
    ):
        work.records.add(work.actor, kind, {"code": code, "name_zh": zh, "name_en": en, **values})
    for code, zh, en, start, end in (
        ("talks", "三大产业成果发布", "Three industries", "11:30", "12:45"),
        ("cases", "典型案例分析", "Typical case analysis", "13:00", "14:00"),
    ):
        times = {"start": Start.parse(f"2019-04-25 {start}"), "end": Start.parse(f"2019-04-25 {end}")}
        add("session", code, zh, en, event="conference", room="room", **times)
    door, inner = (work.checkin.open_door(work.actor, "conference", code) for code in (None, "talks"))
    for name in ("甲一", "甲二", "甲三"):
        row = work.registrations.register(work.actor, "conference", NewRegistration(name))
        if name != "甲三":
            work.checkin.mark_present(work.actor, door, row.id)
            work.checkin.mark_present(work.actor, inner, row.id)
    work.wall_jobs.say("conference", "茶歇 12:45，二楼 · Coffee at 12:45, floor 2")


async def _palette(_app: IpweekApp, pilot: Pilot[None]) -> None:
    await pilot.press("ctrl+p")


async def _import(app: IpweekApp, pilot: Pilot[None], file: str, steps: int) -> None:
    app.go("import")
    await settled(pilot)
    app.screen.query_one(Input).value = str(DATA / file)
    await pilot.press("enter")
    for _step in range(steps):
        await settled(pilot)
        await pilot.press("ctrl+s")


async def _import_columns(app: IpweekApp, pilot: Pilot[None]) -> None:
    await _import(app, pilot, "bureau-enterprises.xlsx", 1)


async def _import_preview(app: IpweekApp, pilot: Pilot[None]) -> None:
    await _import(app, pilot, "with-errors.xlsx", 2)


def _of(place: str, **about: str) -> Way:
    async def arrive(app: IpweekApp, _pilot: Pilot[None]) -> None:
        app.go(place, **about)

    return arrive


WAYS: dict[str, Way] = {
    "home": _home,
    "form": _form,
    "register": _register,
    "people": _of("people"),
    "person": _person,
    "accepted": _accepted,
    "duplicate": _duplicate,
    "live": _live,
    "wall": _wall,
    "enterprise": _of("enterprise", code="acme"),
    "result": _of("result", code="led-2019"),
    "timetable": _of("timetable"),
    "summary": _of("summary"),
    "palette": _palette,
    "import-columns": _import_columns,
    "import-preview": _import_preview,
}


async def _still(pilot: Pilot[None]) -> None:
    """Everything drawn, and no cursor that blinks."""
    await settled(pilot)
    for entry in pilot.app.screen.query(Input):
        entry.cursor_blink = False
    await pilot.pause()


@pytest.mark.parametrize(("tongue", "size"), LOOKS, ids=[f"{tongue}-{size[0]}" for tongue, size in LOOKS])
@pytest.mark.parametrize("place", WAYS)
def test_looks(work: App, snap_compare: Compare, place: str, tongue: str, size: tuple[int, int]) -> None:
    """The screen looks as it did when somebody last looked at it and agreed."""
    choose(tongue)

    async def arrive(pilot: Pilot[None]) -> None:
        await settled(pilot)
        app = pilot.app
        assert isinstance(app, IpweekApp)
        await WAYS[place](app, pilot)
        await _still(pilot)

    assert snap_compare(IpweekApp(work), terminal_size=size, run_before=arrive)
