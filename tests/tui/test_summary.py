"""The report on the screen: reading it, choosing what of it, writing it in every form, opening what was written."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from ipweek.bootstrap import App
from ipweek.domain.errors import NotFoundError
from ipweek.i18n import choose, language
from ipweek.jobs.reports import BINARY, TERMINAL, WRITERS, Report, ReportJobs, ReportOrder
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.dialogs import Ask, Choose
from ipweek.tui.screens.summary import SummaryScreen
from ipweek.tui.screens.summary_export import ReportExportScreen
from ipweek.tui.widgets.form import Form
from ipweek.tui.widgets.sheet import Sheet
from tests.tui.steps import settled, shown, until

SIZES = [("en", (80, 24)), ("zh", (120, 40))]


@pytest.fixture
def orders(work: App, monkeypatch: pytest.MonkeyPatch) -> list[ReportOrder]:
    """What the screen asked to read, in order."""
    asked: list[ReportOrder] = []
    read = ReportJobs.read

    def noted(jobs: ReportJobs, actor: object, order: ReportOrder, *form: str) -> Report:
        asked.append(order)
        return read(jobs, actor, order, *form)  # type: ignore[arg-type]

    monkeypatch.setattr(ReportJobs, "read", noted)
    work.records.add(
        work.actor,
        "week",
        {
            "code": "w-2018",
            "name_en": "Week 2018",
            "name_zh": "2018 宣传周",
            "year": 2018,
            "zone": "Asia/Shanghai",
        },
    )
    return asked


async def _opened(app: IpweekApp, pilot: Pilot[None]) -> Sheet:
    await settled(pilot)
    await pilot.press("s")
    await settled(pilot)
    await until(pilot, lambda: bool(_sheet(app).paper.lines))
    return _sheet(app)


def _sheet(app: IpweekApp) -> Sheet:
    return app.screen.query_one(Sheet)


async def _export(app: IpweekApp, pilot: Pilot[None]) -> Form:
    await pilot.press("f9")
    await until(pilot, lambda: isinstance(app.screen, ReportExportScreen))
    await settled(pilot)
    return app.screen.query_one(Form)


async def _press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


@pytest.mark.parametrize(("tongue", "size"), SIZES)
async def test_reading_by_keys(app: IpweekApp, tongue: str, size: tuple[int, int]) -> None:
    """Tab goes from part to part, F3 to any of them, Home and End to the ends; each part's title has a number."""
    choose(tongue)
    async with app.run_test(size=size) as pilot:
        sheet = await _opened(app, pilot)
        assert ("F5 whole" if tongue == "en" else "F5 全文") in shown(app)
        assert sheet.part is None
        parts = sheet.paper.parts
        await _press(pilot, "tab", "tab", "tab")
        assert sheet.part == 2
        assert f"▸ {parts[2].title}" in shown(app)
        await _press(pilot, "shift+tab")
        assert sheet.part == 1
        await _press(pilot, "f3")
        assert isinstance(app.screen, Choose)
        await _press(pilot, *parts[-1].title.split()[-1][-4 if tongue == "zh" else -7 :], "enter")
        assert sheet.part == len(parts) - 1
        assert f"▸ {parts[-1].title}" in shown(app)
        await _press(pilot, "home")
        assert (sheet.scroll_y, sheet.part) == (0, None)
        await _press(pilot, "pagedown", "down")
        assert sheet.scroll_y == min(sheet.size.height, sheet.max_scroll_y)
        await _press(pilot, "end")
        assert sheet.scroll_y == sheet.max_scroll_y
        assert parts[0].title.startswith("1 " if tongue == "en" else "一、")


async def test_languages_keep_place_and_choices(app: IpweekApp) -> None:
    """F8 turns the screen and a report that follows it; one that has a language of its own keeps it, and its place."""
    async with app.run_test(size=(80, 24)) as pilot:
        sheet = await _opened(app, pilot)
        await _press(pilot, "f6", "tab", "tab", "tab", "tab")
        english = sheet.paper.parts[3].title
        await _press(pilot, "ctrl+l")
        assert language() == "en"
        assert sheet.paper.parts[3].title != english
        assert f"▸ {sheet.paper.parts[3].title}" in shown(app)
        await _press(pilot, "f8")
        assert language() == "zh"
        chinese = shown(app)
        assert "F6 公开" in chinese
        assert "Ctrl+L 中文" in chinese
        assert f"▸ {sheet.paper.parts[3].title}" in chinese
        await _press(pilot, "f8", "ctrl+l")
        assert sheet.paper.parts[3].title == english
        await pilot.resize_terminal(120, 40)
        await settled(pilot)
        assert f"▸ {english}" in shown(app)


async def test_choices_give_way_to_the_newest(app: IpweekApp, orders: list[ReportOrder]) -> None:
    """Brief, public, appendices, event or week, another week: one key each, and never two that do not fit together."""
    async with app.run_test(size=(80, 24)) as pilot:
        await _opened(app, pilot)
        for keys, order, told in (
            (["f5"], ReportOrder("event", "release", brief=True), "F5 brief"),
            (["f6"], ReportOrder("event", "release", brief=True, public=True), "F6 public"),
            (["f7"], ReportOrder("event", "release", appendices=True), "F7 with lists"),
            (["f6"], ReportOrder("event", "release", public=True), "F7 no lists"),
            (["f4"], ReportOrder("week", "w-2019", public=True), "Ctrl+W one week"),
            (["ctrl+w", "enter"], ReportOrder("week", "w-2019", "w-2018", public=True), "against Week 2018"),
            (["ctrl+w"], ReportOrder("week", "w-2019", public=True), "F5 whole"),
            (["f4", "f6"], ReportOrder("event", "release"), "F6 internal"),
        ):
            for key in keys:
                await _press(pilot, key)
            await until(pilot, lambda order=order: orders[-1] == order)  # type: ignore[misc]
            await settled(pilot)
            assert orders[-1] == order
            assert told in shown(app)
            form = await _export(app, pilot)
            assert ("brief" in form.boxes) is (order.against is None)
            flags = {name: box.text == "yes" for name, box in form.boxes.items()}
            assert (flags["public"], flags.get("brief", False)) == (order.public, order.brief)
            await _press(pilot, "escape")
        assert app.last is None


async def test_what_cannot_be_read_is_one_line(app: IpweekApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal stands in the status, and the choices say again what is shown."""
    async with app.run_test(size=(80, 24)) as pilot:
        sheet = await _opened(app, pilot)

        def refuse(*_about: object) -> Report:
            raise NotFoundError("event-missing", event="release")

        monkeypatch.setattr(ReportJobs, "read", refuse)
        before = sheet.paper
        await _press(pilot, "f6")
        assert app.last is not None
        assert app.last.tone == "bad"
        assert "There is no event with the code release" in shown(app)
        assert "F6 internal" in shown(app)
        assert sheet.paper is before


async def test_reading_blocks_nothing(app: IpweekApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """While figures are read keys go on working, several wishes cost one more reading, and the last one is shown."""
    begun: list[ReportOrder] = []
    go_on = threading.Event()
    read = ReportJobs.read

    def slow(jobs: ReportJobs, actor: object, order: ReportOrder) -> Report:
        begun.append(order)
        go_on.wait(20)
        return read(jobs, actor, order)  # type: ignore[arg-type]

    monkeypatch.setattr(ReportJobs, "read", slow)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("s")
        await until(pilot, lambda: bool(begun))
        await pilot.press("f6", "f5", "f5", "f8", "f8")
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
        assert "Reading the figures …" in shown(app)
        assert "F6 public" in shown(app)
        go_on.set()
        await until(pilot, lambda: "Results" in shown(app) or bool(_sheet(app).paper.lines))
        await settled(pilot)
        assert begun == [ReportOrder("event", "release"), ReportOrder("event", "release", public=True)]
        assert "Reading" not in shown(app)


_BEGINS = {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK", "html": b"<!"}


async def test_every_form_is_written(app: IpweekApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By keys alone: each format that is written, its ending with it, in the report's language, not the screen's."""
    monkeypatch.chdir(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await _opened(app, pilot)
        await _press(pilot, "ctrl+l")
        form = await _export(app, pilot)
        offered = [
            value for _text, value in form.boxes["form"].control.widget._options if isinstance(value, str)
        ]  # type: ignore[attr-defined]
        assert set(offered) == set(WRITERS), "a format without a word of its own is offered nowhere"
        for each in WRITERS:
            form.boxes["form"].text = each
            await settled(pilot)
            out = tmp_path / f"report-release-zh.{'txt' if each == TERMINAL else each}"
            assert form.boxes["path"].text == out.name
            await pilot.press("ctrl+s")
            await until(pilot, lambda out=out: out.exists() and _tone(app) == "good")  # type: ignore[misc]
            assert _tone(app) == "good"
            content = out.read_bytes()
            assert content.startswith(_BEGINS.get(each, b""))
            if each not in (*BINARY, "csv", "json"):
                assert "背景与主题" in content.decode("utf-8-sig")
        assert str(tmp_path)[-12:] in "".join(shown(app).split())


def _tone(app: IpweekApp) -> str:
    return app.last.tone if app.last else ""


@pytest.mark.parametrize(("tongue", "size"), SIZES)
async def test_nothing_is_replaced_or_unmasked_unasked(
    app: IpweekApp, orders: list[ReportOrder], tmp_path: Path, tongue: str, size: tuple[int, int]
) -> None:
    """Both questions have the harmless answer in focus; what does not fit together is never chosen both."""
    choose(tongue)
    out = tmp_path / "总结.md"
    out.write_text("old", encoding="utf-8")
    async with app.run_test(size=size) as pilot:
        await _opened(app, pilot)
        form = await _export(app, pilot)
        form.boxes["form"].text = "md"
        form.boxes["path"].text = str(out.with_suffix(".odt"))
        await _press(pilot, "ctrl+s")
        assert ".md" in shown(app).splitlines()[5]
        form.boxes["path"].text = str(out.with_suffix(""))
        await _press(pilot, "down", "down", "down", "space")
        assert form.boxes["public"].text == "yes"
        await _press(pilot, "down", "down", "space")
        flags = {name: form.boxes[name].text for name in ("public", "appendices", "unmask")}
        assert flags == {"public": "no", "appendices": "yes", "unmask": "yes"}
        for answers, content, count in (
            (["enter"], "old", 1),
            (["right", "enter", "enter"], "old", 1),
            (["right", "enter", "right", "enter"], "# ", 2),
        ):
            await _press(pilot, "ctrl+s")
            assert isinstance(app.screen, Ask)
            await _press(pilot, *answers)
            await until(pilot, _begins(out, content))
            await settled(pilot)
            assert _begins(out, content)()
            assert len(orders) == count
        assert orders[-1] == ReportOrder("event", "release", appendices=True, unmask=True)
        assert _tone(app) == "good"


def _begins(out: Path, content: str) -> Callable[[], bool]:
    return lambda: out.read_text(encoding="utf-8").startswith(content)


async def test_a_folder_that_is_not_there_is_one_line(app: IpweekApp, tmp_path: Path) -> None:
    """What cannot be written is told, and the form is ready for another place."""
    async with app.run_test(size=(80, 24)) as pilot:
        await _opened(app, pilot)
        form = await _export(app, pilot)
        form.boxes["form"].text = "md"
        form.boxes["path"].text = str(tmp_path / "gone" / "r.md")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: _tone(app) == "bad")
        assert "cannot be written" in shown(app)
        form.boxes["path"].text = str(tmp_path / "r.md")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: _tone(app) == "good")
        assert (tmp_path / "r.md").exists()


async def test_what_was_written_is_opened(
    app: IpweekApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+O opens the last file, or goes to write one first; without a desktop the path is said in one line."""
    opener, opened = tmp_path / "xdg-open", tmp_path / "opened"
    opener.write_text(f'#!/bin/sh\nprintf "%s" "$1" > "{opened}"\n', encoding="utf-8")
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    out = tmp_path / "r.md"
    async with app.run_test(size=(80, 24)) as pilot:
        await _opened(app, pilot)
        await _press(pilot, "ctrl+o")
        assert isinstance(app.screen, ReportExportScreen)
        form = app.screen.query_one(Form)
        form.boxes["form"].text = "md"
        form.boxes["path"].text = str(out)
        form.boxes["open"].text = "yes"
        form.boxes["open"].control.widget.value = True  # type: ignore[attr-defined]
        await pilot.press("ctrl+s")
        await until(pilot, lambda: opened.exists() and "Opened" in shown(app))
        assert opened.read_text() == str(out)
        assert "Opened: " in shown(app)
        opened.unlink()
        await _press(pilot, "escape", "ctrl+o")
        await until(pilot, opened.exists)
        assert opened.read_text() == str(out)
        monkeypatch.delenv("DISPLAY")
        await _press(pilot, "ctrl+o")
        assert _tone(app) == "warn"
        assert "There is no desktop here" in shown(app)
        out.unlink()
        await _press(pilot, "ctrl+o")
        assert "The file is no longer there" in shown(app)
