"""The screens of indicators: the week's, and one over its periods."""

from decimal import Decimal

import pytest
from rich.cells import cell_len

from ipweek.bootstrap import App
from ipweek.domain.words import Comparator, ValueKind
from ipweek.i18n import choose
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.indicator import IndicatorScreen
from ipweek.tui.screens.indicators import IndicatorsScreen
from ipweek.tui.screens.record_form import RecordFormScreen
from ipweek.tui.widgets.page import Page
from tests.tui.conftest import HOSTILE, WIDE
from tests.tui.steps import settled, shown, until

CODE = "grants"


def value(work: App, kind: ValueKind, number: str, period: str, **given: object) -> str:
    """Enter a value of the indicator; returns its code."""
    values = {"indicator": CODE, "kind": kind, "value": Decimal(number), "period": period, **given}
    return work.records.add(work.actor, "indicator_value", values).code


@pytest.fixture
def filled(work: App) -> App:
    """Two actuals and a target, named to do harm."""
    value(work, ValueKind.ACTUAL, "12.99", "2019", read_as="2018", note_en=HOSTILE, note_zh=WIDE)
    value(work, ValueKind.TARGET, "14", "2019", comparator=Comparator.AT_LEAST)
    value(work, ValueKind.ACTUAL, "7", HOSTILE[:40])
    return work


def whole(app: IpweekApp) -> list[str]:
    """All lines of the page, seen or not."""
    page = app.screen.query_one(Page)
    return ["".join(text for text, _role in page.spans(line)) for line in range(page.count)]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("tongue", ["en", "zh"])
async def test_from_home_to_the_series(filled: App, tongue: str, size: tuple[int, int]) -> None:
    """Enter on a target of Home opens its page; no line is wider than the screen, nothing hostile is run."""
    choose(tongue)
    app = IpweekApp(filled)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("end", "enter")
        await until(pilot, lambda: isinstance(app.screen, IndicatorScreen))
        await settled(pilot)
        lines = whole(app)
        assert [line for line in lines if cell_len(line) > app.screen.query_one(Page).width - 3] == []
        text = "\n".join(lines)
        for wanted in ("12.99", "≥ 14", "1.01", "92.79 %", "7.78 %", "┃", HOSTILE[:20]):
            assert wanted in text
        seen = shown(app)
        assert ("not yet" if tongue == "en" else "尚未达到") in seen
        assert ("not stated" if tongue == "en" else "未公布") in seen
        app.go("indicators")
        await settled(pilot)
        assert isinstance(app.screen, IndicatorsScreen)
        assert "92.8 %" in shown(app)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, IndicatorScreen)


async def test_a_missing_actual_is_entered_where_it_is_missing(filled: App) -> None:
    """Enter on a year without an actual opens its form; saved, the year has a figure and the target is reached."""
    app = IpweekApp(filled)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("indicator", code=CODE)
        await settled(pilot)
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, RecordFormScreen))
        boxes = app.screen.form.boxes
        assert (boxes["indicator"].text, boxes["kind"].text, boxes["period"].text) == (CODE, "actual", "2019")
        await settled(pilot)
        boxes["value"].take("14.5")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, IndicatorScreen))
        await settled(pilot)
        assert "14.5" in shown(app)
        row = next(line for line in whole(app) if line.startswith("2019"))
        assert row.split()[-1] == "yes"


async def test_a_value_is_edited_and_removed(filled: App) -> None:
    """F2 opens the value under the cursor, Del asks and deletes it; on the indicator itself Del does nothing."""
    app = IpweekApp(filled)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("indicator", code=CODE)
        await settled(pilot)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, RecordFormScreen))
        assert app.screen.record.code == f"{CODE}-value-1"
        await settled(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, IndicatorScreen))
        await settled(pilot)
        await pilot.press("delete")
        await until(pilot, lambda: f"Remove {CODE}-value-1?" in shown(app))
        await pilot.press("right", "enter")
        await until(pilot, lambda: filled.records.count("indicator_value") == 2)
        await settled(pilot)
        assert "12.99" not in shown(app)
        await pilot.press("end", "delete")
        await settled(pilot)
        assert isinstance(app.screen, IndicatorScreen)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, RecordFormScreen))
        assert app.screen.record.code == CODE
