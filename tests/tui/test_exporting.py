"""Files and opinions on the screen: what is exported, where to, masked or whole; what people said."""

from pathlib import Path

import pytest
from textual.widgets import Input

from ipweek.bootstrap import App
from ipweek.domain.exports import ExportKind
from ipweek.domain.registrations import NewRegistration
from ipweek.domain.words import ImportKind
from ipweek.i18n import choose
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.dialogs import Ask
from ipweek.tui.screens.exporting import ExportScreen
from ipweek.tui.screens.feedback import FeedbackScreen
from ipweek.tui.widgets.form import Form
from tests.tui.steps import settled, shown, until

HEADER = "序号,提交时间,手机号码,场次,满意度（1-5分）,讲师评分（1-5分）,意见建议"


@pytest.fixture
def heard(work: App, tmp_path: Path) -> App:
    """Three answers, one of a known person, one of them meant to do harm."""
    work.registrations.register(work.actor, "release", NewRegistration("王磊", phone="13812345678"))
    path = tmp_path / "form.csv"
    rows = ("1,2019/4/26 9:00,13812345678,,5,4,[/]\x1b[31m很好", "2,,,,4,,", "3,,,,1,2,太长")
    path.write_text("\n".join((HEADER, *rows)), encoding="utf-8")
    work.imports.run(work.actor, ImportKind.FEEDBACK, path, "release")
    return work


@pytest.mark.parametrize(("tongue", "size"), [("en", (80, 24)), ("zh", (120, 40))])
async def test_opinions_from_home_to_a_file(
    heard: App, tmp_path: Path, tongue: str, size: tuple[int, int]
) -> None:
    """Mean, n, bars and the anonymous are on one screen; F9 writes them where the operator says, and asks first."""
    choose(tongue)
    app = IpweekApp(heard)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        app.go("feedback")
        await settled(pilot)
        await until(pilot, lambda: isinstance(app.screen, FeedbackScreen) and app.screen.rows.count == 3)
        await settled(pilot)
        text = shown(app)
        for words in (
            ("3.33 (n = 3)", "███", "王磊", "138****5678")
            if tongue == "en"
            else ("3.33（n = 3）", "匿名", "很好")
        ):
            assert words in text
        assert "\x1b" not in text
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, ExportScreen))
        form = app.screen.query_one(Form)
        assert form.boxes["path"].text == "feedback-release.xlsx"
        form.boxes["form"].text = "csv"
        await settled(pilot)
        assert form.boxes["path"].text == "feedback-release.csv"
        out = tmp_path / "out.csv"
        out.write_text("old")
        form.boxes["path"].text = str(out)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        assert out.read_text() == "old"
        await pilot.press("right", "enter")
        await until(pilot, lambda: out.read_text("utf-8-sig") != "old")
        await settled(pilot)
        assert str(out)[-20:] in "".join(shown(app).split()) or app.last.tone == "good"
        assert "138****5678" in out.read_text("utf-8-sig")


async def test_whole_numbers_are_asked_for_and_noted(work: App, tmp_path: Path) -> None:
    """From the people, F9: the kind follows the screen, a wrong ending is told under the field, unmasking is audited."""
    app = IpweekApp(work)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, ExportScreen))
        form = app.screen.query_one(Form)
        assert form.values()["kind"] is ExportKind.REGISTRATIONS
        form.boxes["unmask"].control.widget.value = True
        form.boxes["path"].text = str(tmp_path / "list.txt")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert ".xlsx" in shown(app)
        assert isinstance(app.screen.focused, Input)
        out = tmp_path / "list.xlsx"
        form.boxes["path"].text = str(out)
        await pilot.press("ctrl+s")
        await until(pilot, out.exists)
        await until(pilot, lambda: app.last is not None and app.last.tone == "good")
    assert work.audit.lines()[0].action == "export"
