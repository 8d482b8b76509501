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
from ipweek.i18n import choose
from ipweek.tui.app import IpweekApp
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
