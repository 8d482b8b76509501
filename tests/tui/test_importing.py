"""A spreadsheet brought in by the keyboard, step by step: corrected, refused in part, stopped, taken back."""

import threading
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from textual.events import Key
from textual.pilot import Pilot

from ipweek.bootstrap import App
from ipweek.domain.errors import CancelledError
from ipweek.domain.import_report import ImportProgress, ImportReport
from ipweek.domain.registrations import NewRegistration
from ipweek.domain.words import ImportKind
from ipweek.tui.app import IpweekApp
from ipweek.tui.screens.dialogs import Ask, Choose, Listed, Prompt
from ipweek.tui.screens.home import HomeScreen
from ipweek.tui.screens.importing import ImportScreen
from ipweek.tui.screens.imports import ImportsScreen
from ipweek.tui.screens.people import PeopleScreen
from ipweek.tui.widgets.entry import Entry
from tests.tui.steps import settled, shown, until

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(autouse=True)
def _roomy(work: App) -> None:
    """The event has room for all who are imported."""
    work.records.edit(work.actor, "event", "release", {"capacity": 500})


async def begun(pilot: Pilot[None], path: Path) -> ImportScreen:
    """The wizard, with a file that was looked at."""
    app = pilot.app
    assert isinstance(app, IpweekApp)
    await settled(pilot)
    app.go("import")
    await settled(pilot)
    screen = app.screen
    assert isinstance(screen, ImportScreen)
    screen.query_one(Entry).value = str(path)
    await pilot.press("enter")
    await settled(pilot)
    return screen


async def at(pilot: Pilot[None], step: int) -> None:
    """Go on to a step, and wait for it."""
    app = pilot.app
    assert isinstance(app, IpweekApp)
    await pilot.press("ctrl+s")
    await until(pilot, lambda: f"step {step} of 4" in shown(app))
    await settled(pilot)


def written(folder: Path, text: str, name: str = "people.csv") -> Path:
    """A text file."""
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def total(work: App, name: str) -> int:
    """How many people of the event answer to a name."""
    return work.registrations.page("release", name).total


async def test_a_list_is_chosen_looked_at_and_stored(
    work: App, app: IpweekApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By arrow keys and Enter from the folder one is in; nothing is stored before the preview; then the next file."""
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "名单.xlsx").write_bytes((DATA / "bureau-enterprises.xlsx").read_bytes())
    monkeypatch.chdir(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("i")
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        text = shown(app)
        assert "What is in it: enterprises" in text
        assert "参会企业, one of 2" in text
        assert "row 3" in text
        await at(pilot, 2)
        assert "Credit code" in shown(app)
        await at(pilot, 3)
        assert "40 rows · 40 added" in shown(app)
        assert "Nothing is stored yet" in shown(app)
        assert work.records.count("enterprise") == 1
        await at(pilot, 4)
        assert work.records.count("enterprise") == 41
        assert "名单.xlsx is imported" in shown(app)
        await pilot.press("insert")
        await settled(pilot)
        assert "名单.xlsx" in shown(app), "in the folder of the last file"
        await pilot.press("down", "enter")
        await settled(pilot)
        await at(pilot, 2)
        await at(pilot, 3)
        assert "40 unchanged" in shown(app)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "There is nothing to store" in shown(app)
        assert len(work.imports.batches()) == 1


async def test_a_column_is_corrected_and_remembered(work: App, app: IpweekApp, tmp_path: Path) -> None:
    """What is missing is told and not passed; Enter names it; going back loses nothing; next time it is known."""
    text = "甲列,手机号码,乙列\n王磊,13800000001,样例公司\n赵敏,13800000002,样例公司\n"
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, written(tmp_path, text))
        await at(pilot, 2)
        assert "Not found yet: Name" in shown(app)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "step 2 of 4" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await settled(pilot)
        await pilot.press(*"attendee", "enter")
        await settled(pilot)
        assert "Not found yet" not in shown(app)
        await pilot.press("down", "down", "f2")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await settled(pilot)
        await pilot.press(*"company", "enter")
        await settled(pilot)
        await at(pilot, 3)
        assert "2 added" in shown(app)
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert "step 1 of 4" in shown(app)
        await at(pilot, 2)
        assert "Not found yet" not in shown(app)
        await at(pilot, 3)
        await at(pilot, 4)
        (row,) = work.registrations.page("release", "王磊").rows
        assert row.enterprise == "样例公司"
        more = written(tmp_path, text.replace("王磊", "孙立").replace("0001", "0003"), "more.csv")
        await pilot.press("insert")
        await settled(pilot)
        app.screen.query_one(Entry).value = str(more)
        await pilot.press("enter")
        await settled(pilot)
        await at(pilot, 2)
        assert "As in the last import" in shown(app)
        await pilot.press("f8")
        await settled(pilot)
        assert "与上次导入相同表头时一致" in shown(app)


async def test_refused_rows_are_written_and_the_good_ones_stored(
    work: App, app: IpweekApp, tmp_path: Path
) -> None:
    """Every problem at once and whole; nothing is stored of such a file unless its good rows are asked for."""
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, DATA / "with-errors.xlsx")
        await at(pilot, 2)
        await at(pilot, 3)
        text = shown(app)
        assert "6 refused" in text
        assert "[Problems 8]" in text
        await pilot.press(*["down"] * 5)
        await settled(pilot)
        assert "a formula; enter it as text." in shown(app), "the whole sentence of the row under the cursor"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "Not imported: 6 rows" in shown(app)
        out = written(tmp_path, "mine", "refused.xlsx")
        for answer in ("enter", "right"):
            await pilot.press("f9")
            await until(pilot, lambda: isinstance(app.screen, Prompt))
            app.screen.query_one(Entry).value = str(out)
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, Ask))
            await settled(pilot)
            assert out.read_text("utf-8") == "mine", "nothing is replaced unasked"
            await pilot.press(*({"enter"} if answer == "enter" else ("right", "enter")))
            await settled(pilot)
        await until(pilot, lambda: "Written: " in shown(app))
        sheet = openpyxl.load_workbook(out).active
        assert sheet is not None
        assert [cell.value for cell in sheet[1]][:2] == ["姓名", "手机号码"]
        assert sheet.max_row == 7
        assert all(sheet.cell(row, sheet.max_column).value for row in range(1, 8)), "each with its reason"
        await pilot.press("f7")
        await at(pilot, 4)
        assert "2 added" in shown(app)
    assert total(work, "胡秀明") == 1


async def test_what_changes_is_shown_field_by_field(work: App, app: IpweekApp, tmp_path: Path) -> None:
    """The old value beside the new one; a phone that somebody else has is a possible duplicate; Tab goes between them."""
    new = NewRegistration("王磊", phone="13800000001", title="[/]Engineer")
    work.registrations.register(work.actor, "release", new)
    text = "姓名,手机号码,职务\n王磊,13800000001,[red]Director\n王雷,13800000001,\n"
    async with app.run_test(size=(120, 40)) as pilot:
        await begun(pilot, written(tmp_path, text))
        await at(pilot, 2)
        await at(pilot, 3)
        await pilot.press("tab")
        await settled(pilot)
        text = shown(app)
        assert "[Changes 1]" in text
        assert "王磊, Title: [/]Engineer → [red]Director" in text
        await pilot.press("tab", "tab")
        await settled(pilot)
        text = shown(app)
        assert "[Possible duplicates 1]" in text
        assert "this looks like 王磊" in text
        await pilot.press("f8")
        await settled(pilot)
        assert "[可能重复 1]" in shown(app)
        assert "尚未保存任何数据" in shown(app)


async def test_another_row_and_another_kind_are_said(work: App, app: IpweekApp, tmp_path: Path) -> None:
    """Enter on a row makes it the header, F2 changes the kind, and Esc asks before it forgets that."""
    text = "联系人,电话\n姓名,手机号码\n王磊,13800000001\n"
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begun(pilot, written(tmp_path, text))
        assert screen.wish.header_row == 2
        await pilot.press("up", "enter")
        await settled(pilot)
        assert screen.wish.header_row == 1
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await settled(pilot)
        await pilot.press(*"enterprises", "enter")
        await settled(pilot)
        assert "What is in it: enterprises" in shown(app)
        assert "Goes into" not in shown(app)
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen is screen
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("right", "enter")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
    assert work.imports.batches() == ()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("gone.xlsx", "There is no file"),
        ("folder", "Spreadsheets in"),
        ("empty.csv", "is empty"),
        ("noise.xlsx", "no spreadsheet"),
        ("locked.xlsx", "has a password"),
    ],
)
async def test_what_is_no_spreadsheet_is_told_in_place(
    app: IpweekApp, tmp_path: Path, name: str, told: str
) -> None:
    """One sentence under the path, and the path can be corrected; a folder is looked into."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.csv").touch()
    (tmp_path / "noise.xlsx").write_bytes(b"noise")
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "locked.xlsx").write_bytes(locked)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begun(pilot, tmp_path / name)
        assert told in shown(app)
        assert "step 1 of 4" in shown(app)
        assert isinstance(screen.focused, Entry)
        assert app.last is None


Told = Callable[[ImportProgress], None]


async def test_esc_stops_an_import_and_nothing_stays(
    work: App, app: IpweekApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is storing; the preview is still there, and the next try stores all."""
    reached, go_on = threading.Event(), threading.Event()
    run = work.imports.run

    def slow(*given: object, progress: Told, dry_run: bool, **about: object) -> ImportReport:
        def told(progressed: ImportProgress) -> None:
            if progressed.stage == "storing" and not dry_run:
                reached.set()
                go_on.wait(10)
            progress(progressed)

        return run(*given, progress=told, dry_run=dry_run, **about)  # type: ignore[arg-type]

    monkeypatch.setattr(work.imports, "run", slow)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, written(tmp_path, "姓名,手机号码\n王磊,13800000001\n"))
        await at(pilot, 2)
        await at(pilot, 3)
        await pilot.press("ctrl+s")
        await until(pilot, reached.is_set)
        await until(pilot, lambda: "Esc stops" in shown(app))
        assert "Esc stops" in shown(app)
        await pilot.press("escape")
        await until(pilot, lambda: "Stopping" in shown(app))
        go_on.set()
        await until(pilot, lambda: "nothing of people.csv is stored" in shown(app))
        await settled(pilot)
        assert "step 3 of 4" in shown(app)
        assert total(work, "王磊") == 0
        assert work.imports.batches() == ()
        await at(pilot, 4)
    assert total(work, "王磊") == 1


async def test_a_file_that_changed_since_the_preview_is_shown_again(
    work: App, app: IpweekApp, tmp_path: Path
) -> None:
    """With a row that is refused by now nothing is stored, and the preview says so."""
    file = written(tmp_path, "姓名,手机号码\n王磊,13800000001\n")
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, file)
        await at(pilot, 2)
        await at(pilot, 3)
        written(tmp_path, "姓名,手机号码\n王磊,13800000001\n,13800000002\n")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "1 refused" in shown(app))
        await settled(pilot)
        assert "step 3 of 4" in shown(app)
        assert "With a refused row nothing is stored" in shown(app)
    assert work.imports.batches() == ()


async def test_esc_stops_a_reading_at_once(
    work: App, app: IpweekApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The step before is there at once, however long the thread still reads; it is stopped when it next tells."""
    reached, go_on = threading.Event(), threading.Event()
    stopped: list[bool] = []

    def endless(*_given: object, progress: Told, **_about: object) -> ImportReport:
        reached.set()
        go_on.wait(10)
        try:
            progress(ImportProgress("checking", 1, 2))
        except CancelledError:
            stopped.append(True)
            raise
        raise AssertionError

    monkeypatch.setattr(work.imports, "run", endless)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, written(tmp_path, "姓名,手机号码\n王磊,13800000001\n"))
        await at(pilot, 2)
        await pilot.press("ctrl+s")
        await until(pilot, reached.is_set)
        await pilot.press("escape")
        await settled(pilot)
        assert "step 2 of 4" in shown(app)
        assert "Esc stops" not in shown(app)
        go_on.set()
        await until(pilot, lambda: bool(stopped))
    assert stopped == [True]


async def test_an_import_is_taken_back(work: App, app: IpweekApp, tmp_path: Path) -> None:
    """What that does is told first; from the outcome, and from the list of imports, where it then is undone."""
    file = written(tmp_path, "姓名,手机号码\n王磊,13800000001\n")
    async with app.run_test(size=(80, 24)) as pilot:
        for place in ("outcome", "list"):
            await begun(pilot, file)
            await at(pilot, 2)
            await at(pilot, 3)
            await at(pilot, 4)
            if place == "list":
                await pilot.press("f6")
                await until(pilot, lambda: isinstance(app.screen, ImportsScreen))
                await settled(pilot)
                assert "people.csv" in shown(app)
            await pilot.press("delete")
            await until(pilot, lambda: isinstance(app.screen, Ask))
            await settled(pilot)
            assert "Records that it" in shown(app)
            await pilot.press("right", "enter")
            await until(pilot, lambda: "is undone" in shown(app))
            await settled(pilot)
            assert total(work, "王磊") == 0
        assert "registrations, undone" in shown(app)
        await pilot.press("delete")
        await settled(pilot)
        assert "has been undone already" in shown(app)


async def test_later_work_keeps_an_import(work: App, app: IpweekApp, tmp_path: Path) -> None:
    """What stands on it is listed, and nothing is changed."""
    file = written(tmp_path, "姓名,手机号码\n王磊,13800000001\n")
    work.imports.run(work.actor, ImportKind.REGISTRATIONS, file, "release")
    (row,) = work.registrations.page("release", "王磊").rows
    work.checkin.mark_present(work.actor, work.checkin.open_door(work.actor, "release"), row.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("imports")
        await settled(pilot)
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, Listed))
        await settled(pilot)
        assert "cannot be undone" in shown(app)
        assert "王磊" in shown(app)
        await pilot.press("escape")
        await settled(pilot)
    assert total(work, "王磊") == 1


async def test_the_outcome_leads_to_the_people(app: IpweekApp, tmp_path: Path) -> None:
    """Enter on its first line opens the list that the rows went into; Esc from there is Home."""
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, written(tmp_path, "姓名,手机号码\n王磊,13800000001\n"))
        await at(pilot, 2)
        await at(pilot, 3)
        await at(pilot, 4)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PeopleScreen))
        await settled(pilot)
        assert "王磊" in shown(app)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_a_path_typed_right_before_the_key_is_read_whole(app: IpweekApp) -> None:
    """Ctrl+S behind the text, without a pause, finds all of the text."""
    path = "/nowhere/" + "a" * 60 + ".csv"
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.go("import")
        await settled(pilot)
        for char in path:
            app.post_message(Key(char, char))
        app.post_message(Key("ctrl+s", None))
        await settled(pilot)
        await until(pilot, lambda: "There is no file" in shown(app))
        assert f"There is no file {path}" in shown(app)


async def test_a_programme_is_imported(work: App, app: IpweekApp, tmp_path: Path) -> None:
    """Into the week in hand, known by its headers."""
    text = "日期,时间,会议名称,议题\n2019-04-26,9:30-11:30,交流会,甲\n,10:30,,乙\n"
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, written(tmp_path, text))
        assert "What is in it: programme" in shown(app)
        assert "Goes into: Week 2019" in shown(app)
        await at(pilot, 2)
        await at(pilot, 3)
        assert "2 added" in shown(app)
        assert work.records.count("session") == 1
        await at(pilot, 4)
    assert [row.values["name_zh"] for row in work.records.list("session", "jiaoliuhui")] == ["甲", "乙"]
