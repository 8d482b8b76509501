"""Names that were made to do harm, on the screens that show what files, paths and keys bring rather than the data."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from ipweek.bootstrap import App
from ipweek.domain.text import is_hidden
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.dialogs import Ask, Choose
from ipweek.tui.screens.patents import PatentsScreen
from ipweek.tui.widgets.entry import Entry
from ipweek.tui.widgets.form import Form
from tests.tui.steps import settled, shown, until
from tests.unit.patent_exports import INCOPAT, INCOPAT_ROWS, table

EVIL = "[/] [bold]{name}\x1b[31m\u202e"
SHOWN = "[/] [bold]{name}"
WIDE = "宽" * 200
Way = Callable[[IpweekApp, Pilot[None], Path], Awaitable[None]]


def _file(folder: Path, text: str, ending: str = "csv") -> str:
    file = folder / f"[red]x[bold]{{name}}.{ending}"
    file.write_text(text, "utf-8")
    return str(file)


async def _import(app: IpweekApp, pilot: Pilot[None], folder: Path, steps: int = 1) -> None:
    app.go("import")
    await settled(pilot)
    rows = f"姓名,手机,{EVIL},{WIDE}\n{EVIL},{EVIL},a,b\n{WIDE},{WIDE},a,b\n"
    app.screen.query_one(Entry).value = _file(folder, rows)
    await pilot.press("enter")
    await settled(pilot)
    for step in range(1, steps):
        await pilot.press("ctrl+s")
        await until(pilot, lambda step=step: f"step {step + 1} of 4" in shown(app))


async def _import_columns(app: IpweekApp, pilot: Pilot[None], folder: Path) -> None:
    await _import(app, pilot, folder, 2)


async def _import_preview(app: IpweekApp, pilot: Pilot[None], folder: Path) -> None:
    await _import(app, pilot, folder, 3)


async def _patents(app: IpweekApp, pilot: Pilot[None], folder: Path) -> None:
    app.work.records.add(app.work.actor, "result", {"code": "draft", "name_en": SHOWN, "industry": "led"})
    app.go("patents", code="draft")
    await settled(pilot)
    header, rows = [*INCOPAT, EVIL, WIDE], [[*row, EVIL, WIDE] for row in INCOPAT_ROWS]
    app.screen.query_one(Form).boxes["path"].text = _file(folder, table(header, rows))
    await pilot.press("f4")
    screen = app.screen
    assert isinstance(screen, PatentsScreen)
    await until(pilot, lambda: screen._preview is not None)
    await settled(pilot)
    await pilot.press("end", "up", "enter")
    await until(pilot, lambda: isinstance(app.screen, Choose))


async def _badges(app: IpweekApp, pilot: Pilot[None], folder: Path) -> None:
    app.go("badges")
    await settled(pilot)
    app.screen.query_one(Form).boxes["out"].text = _file(folder, "", "pdf")
    await pilot.press("ctrl+s")
    await until(pilot, lambda: isinstance(app.screen, Ask))


async def _programme(app: IpweekApp, _pilot: Pilot[None], _folder: Path) -> None:
    app.tell(EVIL + WIDE)
    app.go("programme")


async def _timetable(app: IpweekApp, _pilot: Pilot[None], _folder: Path) -> None:
    for code, name in (("one", EVIL), ("two", WIDE)):
        values = {"code": code, "name_en": name, "event": "release", "kind": "panel", "room": "hall-1"}
        app.work.records.add(app.work.actor, "session", values)
    app.go("timetable")


async def _demand(app: IpweekApp, pilot: Pilot[None], _folder: Path) -> None:
    app.go("demand-entry")
    await settled(pilot)
    boxes = app.screen.query_one(Form).boxes
    for name, text in {"enterprise": EVIL, "category": "layout", "text": WIDE, "contact": EVIL}.items():
        boxes[name].text = text
    await pilot.press("ctrl+s")
    await settled(pilot)
    boxes["text"].text, boxes["contact"].text = EVIL, WIDE


@pytest.mark.parametrize(
    "way", [_import, _import_columns, _import_preview, _patents, _badges, _programme, _timetable, _demand]
)
async def test_harmless_wherever_they_show(work: App, tmp_path: Path, way: Way) -> None:
    """Markup stands there as text, what steers a terminal is gone, and no line is longer than the screen."""
    app = IpweekApp(work)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await way(app, pilot, tmp_path)
        await settled(pilot)
        text = shown(app)
        assert "[bold]" in text
        assert "{name}" in text
        assert not any(is_hidden(char) for char in text.replace("\n", ""))
        assert {cell_len(line) for line in text.splitlines()} == {80}
        assert "unexpected" not in text.casefold()
