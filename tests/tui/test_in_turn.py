"""Keys as fast as a paste brings them: each finds what the one before it has done."""

import asyncio

from textual import events
from textual.app import ComposeResult

from ipweek.bootstrap import App
from ipweek.domain.registrations import Registered
from ipweek.tui.app import IpweekApp
from ipweek.tui.in_turn import PATIENCE
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.person import PersonScreen
from ipweek.tui.screens.register import RegisterScreen
from ipweek.tui.widgets.form import Form
from tests.tui.steps import settled, until

ROUNDS = 5


def _post(app: IpweekApp, *keys: str) -> None:
    """Names of keys as they are, texts in quotes; all at once, as a terminal does with a paste."""
    for key in keys:
        for name in key[1:] if key.startswith("'") else (key,):
            app.post_message(events.Key(name, name if len(name) == 1 else None))


def _people(work: App, query: str) -> tuple[Registered, ...]:
    return work.registrations.page("release", query).rows


async def test_whole_forms_in_one_burst(work: App, app: IpweekApp) -> None:
    """Walk-ins typed without a pause, one after the other: every value is in its field, and all are saved."""
    work.records.edit(work.actor, "event", "release", {"capacity": 100})
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)
        for number in range(ROUNDS):
            digits = f"138000{number:05d}"
            _post(
                app,
                "f7",
                f"'Wu{number:02d}x",
                "enter",
                "'Wu",
                "enter",
                "'acme",
                "enter",
                f"'{digits}",
                "enter",
            )
            _post(app, "'a@b.cn", "enter", "'CTO", "enter", "enter", f"'S{number}", "ctrl+s")
        await settled(pilot)
    for number in range(ROUNDS):
        (row,) = _people(work, f"Wu{number:02d}x")
        assert (row.name_latin, row.enterprise_code, row.title, row.seat) == (
            "Wu",
            "acme",
            "CTO",
            f"S{number}",
        )
        assert row.phone is not None
        assert row.phone.endswith(f"138000{number:05d}"[-4:])


async def test_keys_wait_for_the_screen_they_open(work: App, app: IpweekApp) -> None:
    """From a list to a saved record in one burst: what is typed before the form is drawn is in the form."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("records", kind="venue")
        await settled(pilot)
        _post(app, "insert", "'north-hall", "enter", "'North hall", "ctrl+s")
        await settled(pilot)
        assert work.records.show("venue", "north-hall").values["name_zh"] == "North hall"


async def test_enter_opens_whom_the_text_before_it_means(app: IpweekApp) -> None:
    """A name and Enter in one go open the one who is named, not whoever was found before."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        _post(app, "r")
        await until(pilot, lambda: isinstance(app.screen, RegisterScreen))
        for name in ("李静", "张伟", "李静"):
            _post(app, f"'{name}", "enter")
            await settled(pilot)
            assert isinstance(app.screen, PersonScreen)
            assert app.screen.registration.name == name
            _post(app, "escape", "escape")
            await settled(pilot)


async def test_a_paste_of_lines_loses_none(app: IpweekApp) -> None:
    """Several lines pasted into one field become one line."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("form", kind="venue")
        await settled(pilot)
        app.post_message(events.Paste("hall\r\nnorth"))
        _post(app, "enter", "'Hall")
        await settled(pilot)
        boxes = app.screen.query_one(Form).boxes
        assert (boxes["code"].text, boxes["name_zh"].text) == ("hall north", "Hall")


class _Stuck(BaseScreen):
    """A screen that deals with a key for longer than anybody waits."""

    def body(self) -> ComposeResult:
        yield from ()

    def title_texts(self) -> tuple[str, str]:
        return "", ""

    def __init__(self) -> None:
        super().__init__()
        self.freed = asyncio.Event()

    async def key_x(self) -> None:
        await self.freed.wait()


async def test_a_screen_that_hangs_does_not_take_the_keys_away(app: IpweekApp) -> None:
    """Ctrl+Q, pressed behind a key that is never done, leaves the application."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        stuck = _Stuck()
        app.push_screen(stuck)
        await settled(pilot)
        _post(app, "x", "ctrl+q")
        try:
            async with asyncio.timeout(5 * PATIENCE):
                while app.return_code is None:  # noqa: ASYNC110 - Textual sets no event
                    await asyncio.sleep(0.01)
        finally:
            stuck.freed.set()
