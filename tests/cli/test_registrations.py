"""Registering, cancelling, the waiting list; imports; badges."""

import json
from pathlib import Path

import pytest

DATA = Path(__file__).parent.parent / "data"
EVENT = ("--event", "release-2019")
SHAPE = [
    "id", "badge_no", "status", "name", "name_latin", "enterprise", "category", "phone", "seat", "source",
    "substitute_for", "attended",
]  # fmt: skip


def test_a_registration_is_masked_until_asked_for(run, seeded: Path) -> None:
    """The shape is the documented one; `--unmask` shows the phone and leaves a trace."""
    added = run("register", *EVENT, "--name", "张三", "--phone", "138 0013 8001", "--walk-in", "--json")
    assert list(json.loads(added.stdout)) == SHAPE
    row = json.loads(run("registration", "list", *EVENT, "--json").stdout)[0]
    assert list(row) == SHAPE
    assert (row["name"], row["status"], row["source"], row["attended"]) == (
        "张三",
        "registered",
        "walk_in",
        False,
    )
    assert "*" in row["phone"]
    whole = json.loads(run("registration", "list", *EVENT, "--json", "--unmask").stdout)[0]
    assert whole["phone"].replace(" ", "").endswith("13800138001")
    assert json.loads(run("audit", "--json").stdout)[0]["action"] == "unmask"
    assert "138****8001" in run("registration", "show", row["badge_no"]).stdout


def test_search_and_status(run, demo: Path) -> None:
    """What was typed and the status narrow the list."""
    everybody = json.loads(run("registration", "list", *EVENT, "--json").stdout)
    wanted = everybody[5]
    found = json.loads(run("registration", "list", *EVENT, "--search", wanted["name"], "--json").stdout)
    assert wanted["id"] in {row["id"] for row in found}
    assert len(found) < len(everybody)
    cancelled = json.loads(run("registration", "list", *EVENT, "--status", "cancelled", "--json").stdout)
    assert {row["status"] for row in cancelled} == {"cancelled"}


def test_the_waiting_list_moves_up_by_itself(run, seeded: Path) -> None:
    """The second of one place waits, and moves up when the first is cancelled."""
    run("event", "edit", "release-2019", "--capacity", "1")
    first = json.loads(run("registration", "add", *EVENT, "--name", "甲", "--json").stdout)
    told = run("register", *EVENT, "--name", "乙")
    assert told.stdout.startswith("Waiting: 乙, 1 in line")
    assert [row["name"] for row in json.loads(run("waitlist", *EVENT, "--json").stdout)] == ["乙"]
    assert run("cancel", first["id"]).exit_code == 2
    assert "乙" in run("cancel", first["id"], "--yes").stdout
    assert json.loads(run("waitlist", *EVENT, "--json").stdout) == []
    assert run("cancel", first["id"], "--yes").exit_code == 1


def test_import_all_or_nothing(run, seeded: Path) -> None:
    """With errors nothing is stored, exit 1; with `--partial` the good rows are, exit 3; again, nothing changes."""
    command = ("import", "registrations", DATA / "with-errors.xlsx", *EVENT, "--json")
    refused = run(*command)
    assert refused.exit_code == 1
    told = json.loads(refused.stdout)
    assert list(told)[:7] == ["batch", "rows", "added", "updated", "unchanged", "refused", "errors"]
    assert (told["batch"], told["added"]) == (None, 0)
    assert {"row", "column", "value", "code", "message"} == set(told["errors"][0])
    assert json.loads(run("registration", "list", *EVENT, "--json").stdout) == []
    partial = run(*command, "--partial")
    assert partial.exit_code == 3
    told = json.loads(partial.stdout)
    assert told["batch"]
    assert told["added"] > 0
    assert json.loads(run("import", "list", "--json").stdout)[0]["batch"] == told["batch"]


def test_import_twice_and_dry(run, seeded: Path) -> None:
    """A dry run counts and stores nothing; the same file again leaves everything unchanged."""
    command = ("import", "enterprises", DATA / "bureau-enterprises.xlsx")
    assert "dry run" in run(*command, "--dry-run").stdout
    assert json.loads(run("import", "list", "--json").stdout) == []
    added = json.loads(run(*command, "--json").stdout)
    assert added["added"] == added["rows"] > 0
    again = json.loads(run(*command, "--json").stdout)
    assert again["unchanged"] == added["rows"]
    assert "bureau-enterprises.xlsx" in run("import", "list").stdout


def test_import_tells_its_problems_in_lines(run, seeded: Path) -> None:
    """Problems on stderr with the spreadsheet's rows, counts on stdout."""
    found = run("import", "registrations", DATA / "with-errors.xlsx", *EVENT)
    assert "row 3, " in found.stderr
    assert "refused" in found.stdout
    assert "--partial" in found.stdout


def test_badge_codes_and_pdf(run, demo: Path, tmp_path: Path) -> None:
    """Codes in the documented shape; a PDF is there whole or not at all."""
    codes = json.loads(run("badge", "codes", *EVENT, "--json").stdout)
    assert list(codes[0]) == ["registration", "badge_no", "code", "name"]
    assert all(len(row["code"]) == 27 for row in codes)
    out = tmp_path / "badges.pdf"
    found = run(
        "badge", "pdf", *EVENT, "--out", out, "--only", codes[0]["badge_no"], "--only", codes[1]["badge_no"]
    )
    assert found.exit_code == 0, found.output
    assert out.read_bytes().startswith(b"%PDF")
    missing = tmp_path / "nowhere" / "badges.pdf"
    refused = run("badge", "pdf", *EVENT, "--out", missing)
    assert refused.exit_code == 1
    assert "nowhere" in refused.stderr
    assert run("badge", "pdf", *EVENT, "--out", out, "--layout", "a5").exit_code == 2


def test_reissue_changes_the_code(run, demo: Path) -> None:
    """The earlier code is refused from then on."""
    before = json.loads(run("badge", "codes", *EVENT, "--json").stdout)[0]
    assert run("badge", "reissue", before["badge_no"]).exit_code == 2
    after = json.loads(run("badge", "reissue", before["badge_no"], "--yes", "--json").stdout)
    assert after["code"] != before["code"]
    assert after["badge_no"] == before["badge_no"]
    scanned = run("checkin", *EVENT, before["code"], "--json")
    assert json.loads(scanned.stdout)["reason"] == "revoked"


def test_a_badge_on_the_screen(run, demo: Path) -> None:
    """The symbol and the name."""
    one = json.loads(run("badge", "codes", *EVENT, "--json").stdout)[0]
    told = run("badge", "show", one["badge_no"]).stdout
    assert one["name"] in told
    assert "█" in told


@pytest.mark.parametrize("name", ["[b]员[/b]", "\x1b[31m员"])
def test_names_are_text(run, seeded: Path, name: str) -> None:
    """Markup and escape sequences in a name come out as characters."""
    assert run("register", *EVENT, "--name", name).exit_code == 0
    told = run("registration", "list", *EVENT).stdout
    assert name.replace("\x1b", "") in told
    assert "\x1b" not in told
