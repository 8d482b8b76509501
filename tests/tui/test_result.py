"""The screen of a navigation result: its parts, what is broken in it, and its next version."""

import pytest
from rich.cells import cell_len

from ipweek.bootstrap import App
from ipweek.domain.words import LinkRole, ResultStatus
from ipweek.i18n import choose
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.record_form import RecordFormScreen
from ipweek.tui.screens.records import RecordsScreen
from ipweek.tui.screens.result import ResultScreen
from ipweek.tui.widgets.page import Page
from tests.desk import Desk
from tests.navigation_world import fill
from tests.tui.steps import settled, shown, until

DRAFT = "led-next"
SIZES = ((80, 24), (120, 40))


@pytest.fixture
def desk(work: App) -> Desk:
    """The services, with an empty draft."""
    made = Desk(work.uow, work.records.clock, work.actor)
    made.add("result", DRAFT, industry="led", name_zh="量子点显示产业专利导航成果", name_en="Quantum dots")
    return made


def whole(app: IpweekApp) -> str:
    """All lines of the page, seen or not."""
    page = app.screen.query_one(Page)
    return "\n".join("".join(text for text, _role in page.spans(line)) for line in range(page.count))


async def opened(app: IpweekApp, pilot, code: str = DRAFT) -> None:
    """Open the result's screen."""
    await settled(pilot)
    app.go("result", code=code)
    await settled(pilot)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("tongue", ["en", "zh"])
async def test_every_part_within_the_screen(
    app: IpweekApp, desk: Desk, tongue: str, size: tuple[int, int]
) -> None:
    """Levels, share, trend, branches, applicants and the rest; no line is wider than the screen."""
    fill(desk, DRAFT)
    choose(tongue)
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        text = whole(app)
        assert [line for line in text.splitlines() if cell_len(line) > size[0] - 3] == []
        for wanted in ("18,204", "2018 *", "H01M 10/056", "31.1 %", "○○○", "https://example.org/report.pdf"):
            assert wanted in text
        assert ("agrees" if tongue == "en" else "相符") in shown(app)


async def test_tab_goes_from_part_to_part(app: IpweekApp, desk: Desk) -> None:
    """Tab stops at titles and comes round; Enter on one lists its records, on a line opens that record."""
    fill(desk, DRAFT)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        page, seen = app.screen.query_one(Page), []
        for _part in range(12):
            seen.append(page.current.kind)
            await pilot.press("tab")
        assert seen == ["level_count", "year_count", "branch", "applicant", "link", "chain_node", "finding",
                        "recommendation", "statement", "document", "result", "receipt"]  # fmt: skip
        assert page.current.kind == "level_count"
        await pilot.press("tab", "tab", "enter")
        await settled(pilot)
        assert isinstance(app.screen, RecordsScreen)
        assert "Electrolyte" in shown(app)
        await pilot.press("escape")
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert isinstance(app.screen, RecordFormScreen)
        assert app.screen.record.code == f"{DRAFT}-branch-1"


async def test_what_is_broken_stands_on_top(app: IpweekApp, desk: Desk) -> None:
    """A city above its province in words before anything else, and refused when it is released."""
    for level, number in (("city", "285"), ("province", "200")):
        desk.add("level_count", "", result=DRAFT, level=level, count=number, unit="application")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        first = shown(app).splitlines()[3]
        assert "✗ Huizhou has 285, more than the 200 of" in first


async def test_a_share_that_disagrees(app: IpweekApp, desk: Desk) -> None:
    """6 % against 285 of 3,000 is seen, in words, at the smallest size."""
    for level, number in (("city", "285"), ("province", "3000")):
        desk.add("level_count", "", result=DRAFT, level=level, count=number, unit="application")
    desk.add("statement", "", result=DRAFT, kind="share", value="6", unit="%")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        text = shown(app)
        assert "! The stated share is 6 %, but 285 of 3,000" in text
        assert "computed 9.5 %" in text
        assert "disagrees" in text


async def test_not_stated_everywhere(app: IpweekApp, desk: Desk) -> None:
    """An empty draft shows no number, and says of each part that nobody stated it."""
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        lines = whole(app).splitlines()
        for part in ("Share of", "Trend", "Branches", "Applicants", "Industry chain", "Findings", "Recommended",
                     "What was said", "Documents"):  # fmt: skip
            assert any(line.startswith(part) and line.rstrip().endswith("not stated") for line in lines), part
        assert lines[2].split() == ["stated", *("not", "stated") * 4]


async def test_the_next_version(work: App, app: IpweekApp, desk: Desk) -> None:
    """F2 on a released result asks first; then the copy's form is open, and its page under it."""
    fill(desk, DRAFT)
    work.navigation.link(work.actor, "release", DRAFT, LinkRole.RELEASED)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("f2")
        await until(pilot, lambda: "Make the next version" in shown(app))
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, ResultScreen)
        assert work.navigation.result(DRAFT).superseded_by is None
        await pilot.press("f2")
        await until(pilot, lambda: "Make the next version" in shown(app))
        await pilot.press("right", "enter")
        await until(pilot, lambda: isinstance(app.screen, RecordFormScreen))
        assert app.screen.record.code == f"{DRAFT}-v2"
        await settled(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ResultScreen))
        await settled(pilot)
        assert "version 2 · draft" in shown(app)
        assert "18,204" in whole(app)
    assert work.navigation.result(DRAFT).result.values["status"] is ResultStatus.RELEASED


async def test_a_part_is_added(work: App, app: IpweekApp, desk: Desk) -> None:
    """Ins chooses what, and its form begins with the result; of a released one it asks for the next version."""
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("insert")
        await until(pilot, lambda: "What do you want to add?" in shown(app))
        await pilot.press(*"document", "enter")
        await until(pilot, lambda: isinstance(app.screen, RecordFormScreen))
        assert app.screen.form.boxes["results"].text == DRAFT
        await settled(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ResultScreen))
        work.navigation.link(work.actor, "release", DRAFT, LinkRole.RELEASED)
        app.screen.reload()
        await settled(pilot)
        await pilot.press("insert")
        await until(pilot, lambda: "What do you want to add?" in shown(app))
        await pilot.press(*"branch", "enter")
        await until(pilot, lambda: "Make the next version" in shown(app))
        await pilot.press("right", "enter")
        await until(pilot, lambda: isinstance(app.screen, RecordFormScreen))
        assert app.screen.form.boxes["result"].text == f"{DRAFT}-v2"
