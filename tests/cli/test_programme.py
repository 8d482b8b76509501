"""The programme on the command line: timetable, conflicts, copies, cancellations, exports, imports."""

import json
from pathlib import Path

import openpyxl
import pytest
from ical.calendar_stream import IcsCalendarStream
from rich.cells import cell_len

NASTY = "=cmd|'/C calc'!A0"


@pytest.fixture
def clashing(run, seeded: Path) -> Path:
    """Two sessions in one room, and one speaker in both."""
    for line in (
        ("venue", "add", "hall", "--name-zh", "会展中心", "--name-en", "Hall"),
        ("room", "add", "r1", "--venue", "hall", "--name-zh", "一号厅", "--name-en", "Room 1"),
        ("speaker", "add", "li", "--name-zh", "李工", "--name-en", "Li"),
        ("session", "add", "one", "--event", "release-2019", "--kind", "release", "--name-en", "Morning",
         "--room", "r1", "--start", "2019-04-25 09:00", "--end", "2019-04-25 11:00", "--speakers", "li"),
    ):  # fmt: skip
        assert run(*line).exit_code == 0
    added = run("session", "add", "two", "--event", "release-2019", "--kind", "panel", "--name-en", "Panel",
                "--room", "r1", "--start", "2019-04-25 10:00", "--moderators", "li")  # fmt: skip
    assert added.exit_code == 0
    assert "! Room 1 is taken twice" in added.stderr
    assert "! Li is in two places" in added.stderr
    return seeded


@pytest.mark.parametrize("tongue", ["en", "zh"])
def test_a_timetable_fits_80_columns(run, clashing: Path, tongue: str) -> None:
    """Of the week and of the event; with what is wrong below."""
    for scope in (("--week", "huizhou-2019"), ("--event", "release-2019")):
        found = run("timetable", *scope, "--lang", tongue)
        assert found.exit_code == 0
        assert max(map(cell_len, found.stdout.splitlines())) <= 80
        assert ("一号厅" if tongue == "zh" else "Room 1") in found.stdout
    assert run("timetable").exit_code == 2


def test_conflicts_wherever_they_are_asked_for(run, clashing: Path) -> None:
    """In `timetable`, `event show` and `session show`, as sentences and as JSON."""
    shows = (
        ("timetable", "--week", "huizhou-2019"),
        ("event", "show", "release-2019"),
        ("session", "show", "two"),
    )
    for show in shows:
        assert "! Room 1 is taken twice" in run(*show).stdout.replace("\n  ", " ")
        told = json.loads(run(*show, "--json").stdout)["conflicts"]
        assert [(one["kind"], one["first"], one["second"], one["subject"]) for one in told] == [
            ("room_twice", "one", "two", "r1"),
            ("speaker_twice", "one", "two", "li"),
        ]
        assert all(one["message"] for one in told)
    moved = run("session", "edit", "two", "--start", "2019-04-25 11:00")
    assert moved.stderr == ""
    assert json.loads(run("event", "show", "release-2019", "--json").stdout)["conflicts"] == []


def test_copying_and_cancelling(run, clashing: Path) -> None:
    """A copy on another day has its sessions; cancelling asks, and says what is cancelled."""
    copied = run("event", "copy", "release-2019", "release-2020", "--start", "2020-04-24", "--json")
    assert json.loads(copied.stdout)["start"] == "2020-04-24"
    sessions = json.loads(run("session", "list", "--event", "release-2020", "--json").stdout)
    assert [(one["code"], one["start"]) for one in sessions] == [
        ("release-2020-one", "2020-04-24T09:00"),
        ("release-2020-two", "2020-04-24T10:00"),
    ]
    assert run("session", "copy", "one", "three", "--start", "2019-04-25 14:00").exit_code == 0
    assert run("session", "copy", "release-2019", "four").exit_code == 4, "an event is no session"
    assert run("session", "copy", "one", "two").exit_code == 4
    assert run("event", "cancel", "release-2020").exit_code == 2, "there is nobody to ask"
    assert "release-2020, release-2020-one" in run("event", "cancel", "release-2020", "--yes").stdout
    assert run("session", "cancel", "release-2020-one", "--yes").exit_code == 1


def test_a_calendar_learns_of_changes(run, clashing: Path, tmp_path: Path) -> None:
    """The same ids for ever, a larger number for what changed, cancelled where it is; what has no day is told."""
    out = tmp_path / "w.ics"

    def exported() -> dict[str, tuple[str, int, str]]:
        found = run("export", "schedule", "--week", "huizhou-2019", "--out", out)
        assert "no day is stated: Enterprise exchange" in found.stderr
        events = IcsCalendarStream.calendar_from_ics(out.read_text("utf-8")).events
        return {event.summary: (event.uid, event.sequence, event.status) for event in events}

    before = exported()
    run("session", "edit", "one", "--start", "2019-04-25 09:30")
    run("session", "cancel", "two", "--yes")
    after = exported()
    assert {name: told[0] for name, told in before.items()} == {name: told[0] for name, told in after.items()}
    assert (before["Morning"][1:], after["Morning"][1:]) == ((0, "CONFIRMED"), (1, "CONFIRMED"))
    assert (before["Panel"][1:], after["Panel"][1:]) == ((0, "CONFIRMED"), (1, "CANCELLED"))
    assert after["Results release conference"] == before["Results release conference"]
    chinese = run("export", "schedule", "--event", "release-2019", "--lang", "zh").stdout
    assert "LOCATION:一号厅" in chinese
    assert "发布成果" in chinese


def test_tables_and_json(run, clashing: Path, tmp_path: Path) -> None:
    """A name that a spreadsheet would run does not; JSON has moments with the offset of the week."""
    run("session", "add", "evil", "--event", "release-2019", "--kind", "panel", "--name-en", NASTY)
    scope = ("export", "schedule", "--event", "release-2019", "--format")
    assert f"'{NASTY}" in run(*scope, "csv").stdout
    out = tmp_path / "w.xlsx"
    assert run(*scope, "xlsx", "--out", out).exit_code == 0
    cells = [cell for row in openpyxl.load_workbook(out).active.iter_rows() for cell in row if cell.value]
    assert not any(cell.data_type == "f" for cell in cells)
    assert f"'{NASTY}" in [cell.value for cell in cells]
    told = {one["code"]: one for one in json.loads(run(*scope, "json").stdout)["slots"]}
    assert told["one"]["starts_at"] == "2019-04-25T09:00:00+08:00"
    assert (told["release-2019"]["start"], told["release-2019"]["starts_at"]) == ("2019-04-25", None)
    assert "led-2019" in told["release-2019"]["results"]
    assert run(*scope, "xlsx").exit_code == 2


def test_importing_a_programme(run, seeded: Path, tmp_path: Path) -> None:
    """Looked at, stored, stored again; errors leave status 1, and 3 where the others were taken."""
    path = tmp_path / "p.csv"
    path.write_text("日期,时间,会议名称,议题\n2019-04-26,9:30-11:30,交流会,甲\n,10:30,,乙\n", "utf-8")
    importing = ("import", "programme", path, "--week", "huizhou-2019", "--json")
    for more, counts in ((("--dry-run",), [2, 0]), ((), [2, 0]), ((), [0, 2])):
        told = json.loads(run(*importing, *more).stdout)
        assert [told["added"], told["unchanged"]] == counts
    path.write_text("日期,时间,会议名称,事项\n2019-04-26,25:30,交流会,甲\n,11:30,,丙\n", "utf-8")
    refused = run(*importing, "--map", "事项=session")
    assert refused.exit_code == 1
    (error,) = json.loads(refused.stdout)["errors"]
    assert (error["row"], error["column"], error["value"]) == (2, "时间", "25:30")
    assert run(*importing, "--map", "事项=session", "--partial").exit_code == 3
    assert json.loads(run("import", "list", "--json").stdout)[0]["kind"] == "programme"


def test_a_schedule_takes_the_format_of_its_file(run, seeded: Path, tmp_path: Path) -> None:
    """A file that ends in .csv is a table, and no calendar under a table's name."""
    table, other = tmp_path / "week.csv", tmp_path / "week.txt"
    for file in (table, other):
        assert run("export", "schedule", "--week", "huizhou-2019", "--out", file).exit_code == 0
    assert "release-2019" in table.read_text("utf-8-sig").splitlines()[1]
    assert other.read_text("utf-8").startswith("BEGIN:VCALENDAR")
