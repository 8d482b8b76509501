"""Who heard a result on one screen: parts, names, the follow-up list, reports received."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.cells import cell_len
from textual.widgets import Input

from ipweek.bootstrap import App
from ipweek.domain.receipts import Handed
from ipweek.domain.registrations import NewRegistration
from ipweek.i18n import choose
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.dialogs import Ask, Choose
from ipweek.tui.screens.enterprise import EnterpriseScreen
from ipweek.tui.screens.home import HomeScreen
from ipweek.tui.screens.reach import ReachScreen
from ipweek.tui.screens.receiving import Receive
from ipweek.tui.screens.result import ResultScreen
from ipweek.tui.widgets.page import Leads, Page
from tests.tui.conftest import HOSTILE
from tests.tui.steps import settled, shown, until

EVIL = "\x1b[31m\u202e[/]evil"
PHONE = "13812345678"


@pytest.fixture
def heard(work: App) -> App:
    """Of the industry's enterprises one heard it, one had only registered, one missed it."""
    for code, name in (("near", "样例近处有限公司"), ("far", "样例远方有限公司")):
        values = {"code": code, "name_zh": name, "industries": ("led",), "district": "惠城区"}
        work.records.add(work.actor, "enterprise", values)
    new = NewRegistration("王磊", phone=PHONE, enterprise="near", title=EVIL)
    work.registrations.register(work.actor, "release", new)
    held = work.checkin.door("release", None)
    row = next(row for row in work.registrations.all(work.actor, "release") if row.name == "张伟")
    work.checkin.mark_present(work.actor, held, row.id)
    return work


async def opened(app: IpweekApp, pilot) -> ReachScreen:
    """Open the screen of the released result."""
    await settled(pilot)
    app.go("reach", code="led-2019")
    await settled(pilot)
    assert isinstance(app.screen, ReachScreen)
    return app.screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("tongue", ["en", "zh"])
async def test_three_parts_by_tab(heard: App, tongue: str, size: tuple[int, int]) -> None:
    """Counts and rate, missed first; Tab shows one part after the other; phones are masked, nothing is markup."""
    choose(tongue)
    app = IpweekApp(heard)
    async with app.run_test(size=size) as pilot:
        screen = await opened(app, pilot)
        text = shown(app)
        missed, only, came = (
            ("missed", "registered", "heard") if tongue == "en" else ("未参加", "已报名", "已听取")
        )
        assert [line for line in text.splitlines() if cell_len(line) > size[0]] == []
        order = [
            text.index(f"{sign} {word}  ") for sign, word in zip("✗!✓", (missed, only, came), strict=True)
        ]
        assert order == sorted(order)
        assert "33.3 %" in text
        assert "138****5678" in text
        assert PHONE not in text
        seen = []
        for _part in range(4):
            await pilot.press("tab")
            await settled(pilot)
            seen.append([row.enterprise.code for row in screen.rows.rows])
        assert seen == [["far"], ["near"], ["acme"], ["far", "near", "acme"]]
        await pilot.press("end")
        await settled(pilot)
        assert HOSTILE[:12] in shown(app)


async def test_enter_opens_the_enterprise_and_back_with_what_it_received(heard: App) -> None:
    """Its page lists the report, which leads to the result and from there by F7 to who heard it."""
    heard.receipts.receive(
        heard.actor, "led-2019", Handed(enterprise="far", received_by=EVIL.strip(), copies=7)
    )
    app = IpweekApp(heard)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, EnterpriseScreen)
        page = app.screen.query_one(Page)
        await pilot.press("end")
        await settled(pilot)
        assert page.current == Leads("result", "led-2019")
        assert "copies: 7" in shown(app)
        assert "\x1b" not in shown(app)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, ResultScreen)
        await pilot.press("f7")
        await settled(pilot)
        assert isinstance(app.screen, ReachScreen)


async def test_a_report_received_with_two_keys(heard: App) -> None:
    """Ins and Enter note one by whom the door let in; the same person again is asked for; nonsense is refused."""
    app = IpweekApp(heard)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await pilot.press("end", "insert")
        await settled(pilot)
        assert app.screen.query_one("#by", Input).value == "张伟"
        await pilot.press("enter")
        await until(pilot, lambda: bool(screen.rows.chosen and screen.rows.chosen.copies))
        (line,) = heard.receipts.of_result("led-2019")
        assert (line.enterprise.code, line.received_by, line.copies) == ("acme", "张伟", 1)
        await pilot.press("insert")
        await settled(pilot)
        await pilot.press("down", "x", "enter")
        await settled(pilot)
        assert isinstance(app.screen, Receive)
        assert "Copies" in shown(app)
        await pilot.press("ctrl+u", "3", "enter")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("enter")
        await settled(pilot)
        assert len(heard.receipts.of_result("led-2019")) == 1
        await pilot.press("insert")
        await settled(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("right", "enter")
        await until(pilot, lambda: len(heard.receipts.of_result("led-2019")) == 2)
        assert len(heard.receipts.of_result("led-2019")) == 2


@pytest.mark.parametrize("whole", [False, True])
async def test_the_follow_up_list(heard: App, tmp_path: Path, *, whole: bool) -> None:
    """F9 asks where, and whether whole numbers are wanted, which the audit notes; the harmless answer masks."""
    out = tmp_path / "list.xlsx"
    app = IpweekApp(heard)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("f9")
        await settled(pilot)
        app.screen.query_one(Input).value = str(out)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press(*(("right", "enter") if whole else ("enter",)))
        await until(pilot, out.exists)
        await settled(pilot)
    rows = list(load_workbook(out).active.iter_rows(values_only=True, min_row=2))
    assert [(row[0], row[6]) for row in rows] == [("far", None), ("near", PHONE if whole else "138****5678")]
    assert ("unmask" in {line.action for line in heard.audit.lines()}) is whole


async def test_from_home_it_is_asked_which(heard: App) -> None:
    """F7 on a result shows who heard it, elsewhere it asks; Esc in the question leads back."""
    app = IpweekApp(heard)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        page = app.screen.query_one(Page)
        page.cursor = next(
            line for line in range(page.count) if page.target(line) == Leads("result", "led-2019")
        )
        await pilot.press("f7")
        await settled(pilot)
        assert isinstance(app.screen, ReachScreen)
        await pilot.press("escape")
        await settled(pilot)
        app.go("reach")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert isinstance(app.screen, HomeScreen)
        app.go("reach")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ReachScreen))
        await settled(pilot)
        assert "33.3 %" in shown(app)


async def test_a_result_that_nobody_released(work: App) -> None:
    """It says why nothing is known, and nothing can be exported or received."""
    work.records.add(work.actor, "result", {"code": "next", "name_en": "Next", "industry": "led"})
    app = IpweekApp(work)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("reach", code="next")
        await settled(pilot)
        assert "No event or session has released this result." in shown(app)
        await pilot.press("f9", "insert", "enter", "tab")
        await settled(pilot)
        assert isinstance(app.screen, ReachScreen)
