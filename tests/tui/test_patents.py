"""A patent export into a result by the keyboard: counted, corrected, stored, undone; stopped by Esc."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from ipweek.adapters import patent_files
from ipweek.bootstrap import App
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.dialogs import Ask, Choose
from ipweek.tui.screens.home import HomeScreen
from ipweek.tui.screens.patents import PatentsScreen
from ipweek.tui.screens.result import ResultScreen
from ipweek.tui.widgets.form import Form
from ipweek.tui.widgets.page import Page
from tests.tui.steps import settled, shown, until
from tests.unit.patent_exports import INCOPAT, INCOPAT_ROWS, table

HOSTILE_CELL = "[red]x[/] {name}"


@pytest.fixture
def draft(work: App) -> str:
    """A draft that nothing is known of, in a week of Huizhou."""
    work.records.edit(work.actor, "week", "w-2019", {"region_code": "441300", "city_zh": "惠州"})
    work.records.add(work.actor, "result", {"code": "draft", "name_en": "Draft", "industry": "led"})
    return "draft"


def written(folder: Path, header=INCOPAT, rows=INCOPAT_ROWS) -> str:
    """The path of an export."""
    file = folder / "export.csv"
    file.write_text(table(header, rows), "utf-8")
    return str(file)


async def asked(pilot: Pilot[None], path: str) -> PatentsScreen:
    """The screen with a file named."""
    app = pilot.app
    assert isinstance(app, IpweekApp)
    await settled(pilot)
    app.go("patents", code="draft")
    await settled(pilot)
    screen = app.screen
    assert isinstance(screen, PatentsScreen)
    screen.query_one(Form).boxes["path"].text = path
    return screen


async def test_counted_then_stored_then_undone(work: App, app: IpweekApp, draft: str, tmp_path: Path) -> None:
    """F4 stores nothing; Ctrl+S stores what is shown and opens the result; F9 takes it back."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await asked(pilot, written(tmp_path))
        await pilot.press("f4")
        await until(pilot, lambda: "nothing is stored yet" in shown(app))
        text = shown(app)
        assert "Nothing is stored yet" in text
        city = next(line.split() for line in text.splitlines() if line.strip().startswith("Huizhou"))
        assert city[1:3] == ["2", "2"]
        assert work.navigation.result(draft).counts == ()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ResultScreen))
        assert len(work.navigation.result(draft).counts) == 16
        await settled(pilot)
        screen = await asked(pilot, "")
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await settled(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("right", "enter")
        await until(pilot, lambda: app.screen is screen and "is undone" in shown(app))
        assert work.navigation.result(draft).counts == ()


async def test_undone_from_the_list_of_imports(work: App, app: IpweekApp, draft: str, tmp_path: Path) -> None:
    """A patent export stands among the other imports, and is taken back there too."""
    path = Path(written(tmp_path))
    work.patents.store(work.actor, work.patents.preview(path, draft))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("imports")
        await settled(pilot)
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await settled(pilot)
        await pilot.press("right", "enter")
        await until(pilot, lambda: "is undone" in shown(app))
        assert work.navigation.result(draft).counts == ()


async def test_what_was_changed_is_counted_anew(
    work: App, app: IpweekApp, draft: str, tmp_path: Path
) -> None:
    """Ctrl+S never stores figures that were counted under other terms than those that stand there."""
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await asked(pilot, written(tmp_path))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "nothing is stored yet" in shown(app))
        screen.query_one(Form).boxes["unit"].text = "family"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "families" in shown(app).split("Levels")[0].split("incoPat")[-1])
        assert work.navigation.result(draft).counts == ()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ResultScreen))
        assert {line.unit for line in work.navigation.result(draft).counts} == {"family"}


async def test_a_column_is_corrected(work: App, app: IpweekApp, draft: str, tmp_path: Path) -> None:
    """A file with headers of its own is refused with the reason; Enter on a column says what it holds."""
    header = ["件", HOSTILE_CELL, "申请日"]
    path = written(tmp_path, header, [["CN201810123456.7", HOSTILE_CELL, "2018-06-01"]])
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await asked(pilot, path)
        await pilot.press("f4")
        await until(pilot, lambda: "no patent export" in shown(app))
        assert HOSTILE_CELL in shown(app)
        for column, field in ((0, "application number"), (1, "applicants")):
            screen.query_one(Page).focus()
            await pilot.press("home", *["down"] * column, "enter")
            await until(pilot, lambda: isinstance(app.screen, Choose))
            await settled(pilot)
            await pilot.press(*field, "enter")
            await until(pilot, lambda: app.screen is screen)
            await settled(pilot)
        await pilot.press("f4")
        await until(pilot, lambda: "nothing is stored yet" in shown(app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ResultScreen))
        assert work.navigation.result(draft).applicants[0].name_en == HOSTILE_CELL


async def test_esc_stops_a_reading(
    work: App, app: IpweekApp, draft: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bar shows the share; Esc, taken while the file is read, stops, stores nothing and stays; a second one leaves."""
    monkeypatch.setattr(patent_files, "STEP", 5)
    rows = [(str(n), *INCOPAT_ROWS[0][1:5], f"CN2018{n:08}", *INCOPAT_ROWS[0][6:]) for n in range(120_000)]
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await asked(pilot, written(tmp_path, rows=rows))
        await pilot.press("f4")
        await until(pilot, lambda: " s left; Esc stops" in shown(app))
        assert " s left; Esc stops" in shown(app)
        await pilot.press("escape")
        await until(pilot, lambda: "Stopped: nothing of export.csv was stored" in shown(app))
        assert app.screen is screen
        assert "Stopped: nothing of export.csv was stored" in shown(app)
        assert work.navigation.result(draft).counts == ()
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert isinstance(app.screen, HomeScreen)
