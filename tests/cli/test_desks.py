"""The command line of desks without a network: take, work on the copy, unite, look, settle."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

EVENT = "release-2019"


@pytest.fixture
def at_desk(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on a copy, its file first."""

    def invoke(file: Path, *arguments: str) -> Any:
        with monkeypatch.context() as there:
            there.setenv("IPWEEK_DATABASE_URL", f"sqlite:///{file.as_posix()}")
            there.delenv("IPWEEK_DESK")
            return run(*arguments)

    return invoke


def _out(result: Any, status: int = 0) -> Any:
    assert result.exit_code == status, result.output + result.stderr
    return json.loads(result.stdout)


def _outside(run: Run) -> list[str]:
    """Codes of people who hold a place and have not come."""
    rows = _out(run("registration", "list", "--event", EVENT, "--json"))
    away = {row["id"] for row in rows if row["status"] == "registered" and not row["attended"]}
    codes = _out(run("badge", "codes", "--event", EVENT, "--json"))
    return [row["code"] for row in codes if row["registration"] in away]


def test_a_day_apart(demo: Path, run: Run, at_desk: Run) -> None:
    """Two desks go away, let in the same guest and the same walk-in, come back; an organizer settles it."""
    first, second, *_rest = _outside(run)
    files = [demo / "B.db", demo / "C.db"]
    taken = _out(run("desk", "take", "--event", EVENT, "--out", str(files[0]), "--desk", "B", "--json"))
    assert (taken["desk"], taken["events"], taken["lease"]) == ("B", [EVENT], 2)
    said = run("desk", "take", "--week", "huizhou-2019", "--out", str(files[1]))
    assert "desk-3" in said.stdout
    for file, codes in zip(files, ([first, second], [first]), strict=True):
        scanned = at_desk(file, "checkin", "--event", EVENT, *codes, "--json")
        assert scanned.exit_code == 0
    lines = [json.loads(line) for line in scanned.stdout.splitlines()]
    assert [line["desk"] for line in lines] == ["desk-3"]
    for file, name in zip(files, ("孙一", "孙壹"), strict=True):
        walk_in = ("--name", name, "--phone", "13800138001", "--walk-in")
        assert at_desk(file, "register", "--event", EVENT, *walk_in).exit_code == 0
    merged = run("desk", "merge", *map(str, files), "--json")
    told = [json.loads(line) for line in merged.stdout.splitlines()]
    assert [(each["scans"], each["known"], each["walk_ins"]) for each in told] == [(2, 0, 1), (1, 0, 1)]
    assert [each["conflicts"] for each in told] == [0, 2]
    assert "ipweek desk conflicts" in merged.stderr
    again = _out(run("desk", "merge", str(files[0]), "--json"))
    assert again | {"copy": None} == {"copy": None, "scans": 0, "known": 2, "walk_ins": 0, "conflicts": 0}
    found = _out(run("desk", "conflicts", "--event", EVENT, "--json"))
    assert [each["kind"] for each in found] == ["two_entries", "walk_in_twice"]
    assert [found[0][side]["desk"] for side in ("first", "second")] == ["B", "desk-3"]
    listed = run("desk", "conflicts").stdout
    assert f"ipweek desk settle {found[0]['id'][-8:]} --keep first" in listed
    settled = _out(run("desk", "settle", found[0]["id"], "--keep", "first", "--note", "seen", "--json"))
    assert (settled["status"], settled["how"], settled["note"]) == ("settled", "first", "seen")
    assert run("desk", "settle", found[1]["id"][-8:], "--keep", "both").exit_code == 0
    assert "Everything fits together." in run("desk", "conflicts").stdout
    assert "seen" in run("desk", "conflicts", "--all").stdout
    assert run("db", "check").exit_code == 0
    copies = _out(run("desk", "list", "--json"))
    assert {copy["desk"]: copy["scans"] for copy in copies} == {"B": 2, "desk-3": 1}


def test_the_rest_of_the_program_on_a_copy(demo: Path, run: Run, at_desk: Run) -> None:
    """What reads works on what is there; what changes is refused in a sentence; nothing fails unforeseen."""
    file = demo / "B.db"
    assert run("desk", "take", "--event", EVENT, "--out", str(file)).exit_code == 0
    for reading in (
        ("report", "--event", EVENT),
        ("live", "--event", EVENT),
        ("result", "list"),
        ("demand", "list"),
        ("duplicates",),
        ("timetable", "--week", "huizhou-2019"),
        ("db", "check"),
        ("audit",),
        ("desk", "conflicts"),
        ("export", "registrations", "--event", EVENT, "--format", "csv", "--out", str(demo / "r.csv")),
        ("badge", "pdf", "--event", EVENT, "--only", "all", "--out", str(demo / "b.pdf")),
    ):
        result = at_desk(file, *reading)
        assert result.exit_code == 0, (reading, result.output)
    for changing in (
        ("import", "registrations", str(demo / "demo-registrations.xlsx"), "--event", EVENT),
        ("event", "edit", EVENT, "--name-en", "X"),
        ("person", "add", "--name", "X"),
        ("desk", "take", "--event", EVENT, "--out", str(demo / "C.db")),
        ("desk", "merge", str(file)),
    ):
        result = at_desk(file, *changing)
        assert "desk's copy" in result.stderr, (changing, result.output)
        assert result.exit_code == 1


def test_files_are_refused_in_a_sentence(seeded: Path, run: Run) -> None:
    """Each says what is wrong, and ends with 1."""
    (seeded / "text.db").write_text("nothing")
    for name, words in (
        ("text.db", "no desk's copy"),
        ("none.db", "There is no file"),
        ("ipweek.db", "no desk's copy"),
    ):
        result = run("desk", "merge", str(seeded / name))
        assert (result.exit_code, words in result.stderr) == (1, True), result.stderr
    assert run("desk", "open", str(seeded / "none.db")).exit_code == 4
    opened = run("desk", "open", str(seeded / "ipweek.db"))
    assert (opened.exit_code, "no desk's copy" in opened.stderr) == (1, True)
    copy = str(seeded / "copy.db")
    assert run("desk", "take", "--week", "huizhou-2019", "--out", copy).exit_code == 0
    assert run("desk", "open", copy).exit_code == 2  # there is no terminal here


def test_one_bad_file_keeps_none_of_the_others_out(demo: Path, run: Run) -> None:
    """It is named with what is wrong, the others are united, and the status says that not all was done."""
    good, bad = demo / "good.db", demo / "bad.db"
    assert run("desk", "take", "--event", EVENT, "--out", str(good)).exit_code == 0
    bad.write_text("no copy")
    merged = run("desk", "merge", str(bad), str(good))
    assert merged.exit_code == 3
    assert f"{bad}: This file is no desk's copy" in merged.stderr
    assert "0 new scans" in merged.stdout
    assert run("desk", "merge", str(bad), str(bad)).exit_code == 1
