"""Report texts, media coverage and photographs by keyboard."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from ipweek.bootstrap import App
from ipweek.domain.figures import Words
from ipweek.domain.report_notes import NoteKind, NotePart
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.dialogs import Ask, Prompt
from ipweek.tui.screens.photographs import PhotographsScreen
from ipweek.tui.screens.record_form import RecordFormScreen
from ipweek.tui.screens.records import RecordsScreen
from ipweek.tui.screens.report_notes import ReportNotesScreen
from ipweek.tui.screens.report_text import ReportTextScreen
from ipweek.tui.widgets.entry import Entry
from ipweek.tui.widgets.form import Form
from tests.desk import PHOTOGRAPH
from tests.tui.steps import settled, shown, until

SMALL = (80, 24)


def _stored(work: App, kind: NoteKind, place: tuple[str, str] = ("event", "release")) -> Words | None:
    return work.report_notes.show(*place).texts.get(kind)


async def test_a_text_is_written_from_the_summary(work: App, app: IpweekApp) -> None:
    """F2 in the summary, Enter on a part, both languages, Ctrl+S; Enter begins a paragraph, Esc asks about typed text."""
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        app.go("summary")
        await settled(pilot)
        await pilot.press("f2")
        await settled(pilot)
        assert "0 of 7 written" in shown(app)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert isinstance(app.screen, ReportTextScreen)
        await pilot.press(*"one", "enter", *"two", "tab", *"a", "enter", *"b")
        await settled(pilot)
        assert "not saved" in shown(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("enter")  # the harmless answer
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ReportNotesScreen))
        await settled(pilot)
        assert _stored(work, NoteKind.PREPARATION) == Words("one\ntwo", "a\nb")
        text = shown(app)
        assert "Chinese, English" in text
        assert "1 of 7 written" in text
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("right", "enter")
        await until(pilot, lambda: _stored(work, NoteKind.PREPARATION) is None)
        assert _stored(work, NoteKind.PREPARATION) is None


async def test_a_week_has_texts_of_its_own(work: App, app: IpweekApp) -> None:
    """F4 goes to the week; a number and a name are typed in a form."""
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        app.go("report-notes")
        await settled(pilot)
        await pilot.press("f4")
        await settled(pilot)
        assert "Report texts · Week 2019" in shown(app)
        await pilot.press(*["down"] * 5, "enter")
        await settled(pilot)
        await pilot.press(*"many", "ctrl+s")
        await settled(pilot)
        assert "no whole number" in shown(app)
        await pilot.press(*["backspace"] * 4, *"90", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ReportNotesScreen))
        assert work.report_notes.show("week", "w-2019").invited == 90
        assert work.report_notes.show("event", "release").invited is None


async def test_a_long_text_comes_from_a_file(work: App, app: IpweekApp, tmp_path: Path) -> None:
    """F3 reads it into the language that has the focus; what is no text is told, and what was typed stays."""
    (tmp_path / "a.txt").write_bytes("筹备情况\r\n第二段".encode("gb18030"))
    (tmp_path / "b.txt").write_bytes(b"\x89PNG\0")
    place = work.records.show("event", "release")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        app.go(
            "report-text", place=place, part=NotePart.EFFECT, values={"effect_zh": None, "effect_en": None}
        )
        await settled(pilot)
        for name in ("b.txt", "a.txt"):
            await pilot.press("f3")
            await until(pilot, lambda: isinstance(app.screen, Prompt))
            app.screen.query_one(Entry).value = str(tmp_path / name)
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, ReportTextScreen))
            await settled(pilot)
            areas = app.screen.query(TextArea)
            if name == "b.txt":
                assert "b.txt is no text" in shown(app)
        assert areas.first().text.splitlines() == ["筹备情况", "第二段"]
        await pilot.press("ctrl+s")
        await until(pilot, lambda: _stored(work, NoteKind.EFFECT) is not None)
        assert _stored(work, NoteKind.EFFECT) == Words("筹备情况\n第二段", None)


async def test_another_desk_s_text_is_not_overwritten(work: App, app: IpweekApp) -> None:
    """Who saves later is told, and keeps what was typed on the screen."""
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        app.go("report-notes")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        work.report_notes.write(work.actor, "event", "release", {"background_zh": "theirs"})
        await pilot.press(*"ours", "ctrl+s")
        await until(pilot, lambda: app.last is not None)
        await settled(pilot)
        assert "Another desk has changed this" in shown(app)
        assert app.screen.query_one(Form).boxes["background_zh"].text == "ours"
        assert _stored(work, NoteKind.BACKGROUND) == Words("theirs", None)


async def test_photographs_are_added_by_their_path_and_saved_again(
    work: App, app: IpweekApp, tmp_path: Path
) -> None:
    """Ins, a path completed by →, Ctrl+S; a bad file is told under its field; F9 writes the picture, Del removes it."""
    for name in ("scene.jpg", "notes.docx"):
        (tmp_path / name).write_bytes(PHOTOGRAPH.read_bytes())
    (tmp_path / "no.png").write_text("nothing")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        app.go("report-notes")
        await settled(pilot)
        await pilot.press("end", "enter")
        await settled(pilot)
        assert isinstance(app.screen, PhotographsScreen)
        await pilot.press("insert")
        await settled(pilot)
        box = app.screen.query_one(Form).boxes["file"]
        entry = box.control.widget
        assert isinstance(entry, Entry)
        box.text = f"{tmp_path}/no"
        await _complete(pilot, entry, f"{tmp_path}/no.png")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.last is not None)
        await settled(pilot)
        assert isinstance(app.screen, RecordFormScreen)
        assert "no.png is no photograph" in shown(app)
        entry.value = f"{tmp_path}/sc"
        await _complete(pilot, entry, f"{tmp_path}/scene.jpg")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, PhotographsScreen))
        await settled(pilot)
        (record,) = work.records.list("photograph", "release", of="event")
        assert record.values["file"] == "scene.jpg"
        assert "scene.jpg" in shown(app)
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        app.screen.query_one(Entry).value = str(tmp_path / "out.jpg")
        await pilot.press("enter")
        await until(pilot, (tmp_path / "out.jpg").exists)
        assert (tmp_path / "out.jpg").read_bytes() == work.report_notes.photograph(record.code).content
        await until(pilot, lambda: isinstance(app.screen, PhotographsScreen))
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("right", "enter")
        await until(pilot, lambda: not work.records.list("photograph"))
        assert work.records.list("photograph") == ()


async def _complete(pilot: Pilot[None], entry: Entry, whole: str) -> None:
    """Wait for the suggestion, and take it with the right arrow."""
    entry.cursor_position = len(entry.value)
    await until(pilot, lambda: entry._suggestion == whole)
    await pilot.press("right")
    assert entry.value == whole


@pytest.mark.parametrize("scope", ["event", "week"])
async def test_coverage_is_listed_where_it_belongs(work: App, app: IpweekApp, scope: str) -> None:
    """Ins on the list of an event or a week adds to that one; nothing else is asked than what it is."""
    place = work.records.show(scope, {"event": "release", "week": "w-2019"}[scope])
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        app.go("records", kind="coverage", parent=place)
        await settled(pilot)
        await pilot.press("insert")
        await settled(pilot)
        boxes = app.screen.query_one(Form).boxes
        boxes["outlet_en"].text, boxes["title_en"].text = "Daily", "A conference"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, RecordsScreen))
        await settled(pilot)
        (record,) = work.records.list("coverage")
        assert [record.values[name] for name in ("event", "week")] == (
            ["release", None] if scope == "event" else [None, "w-2019"]
        )
        assert "A conference" in shown(app)
