"""`import`: what it would do, what it did, what it refused and how it is taken back."""

import json
import signal
from pathlib import Path

import pytest

from ipweek.services.import_registrations import RegistrationPlanner

DATA = Path(__file__).parent.parent / "data"
BUREAU, FORM = DATA / "bureau-enterprises.xlsx", DATA / "online-form-registrations.xlsx"
LATE, ERRORS = DATA / "late-registrations-gb18030.csv", DATA / "with-errors.xlsx"
EVENT = ("--event", "release-2019")


def test_a_dry_run_shows_columns_and_differences(run, seeded: Path) -> None:
    """What each column is taken for, what each row changes from what to what; in JSON beside what was there before."""
    run("import", "registrations", *EVENT, FORM)
    told = run("import", "registrations", *EVENT, LATE, "--dry-run")
    assert told.exit_code == 0
    assert "  C 联系电话: Phone (phone)" in told.stdout
    assert "row 3, 李丽超: Category: delegate → guest · Seat: – → 1排2座" in told.stdout
    assert "row 7, 单辉文: added" in told.stdout
    found = json.loads(run("import", "registrations", *EVENT, LATE, "--dry-run", "--json").stdout)
    assert (found["batch"], found["added"], found["updated"], found["header_row"]) == (None, 25, 5, 1)
    assert found["columns"][2] == {"column": "C", "header": "联系电话", "field": "phone"}
    assert found["changes"][1]["fields"][0] == {"field": "category", "before": "delegate", "after": "guest"}


def test_columns_are_corrected_and_remembered(run, seeded: Path, tmp_path: Path) -> None:
    """`--map`, `--header-row` and what is kept of them."""
    file = tmp_path / "list.csv"
    file.write_text("哪位,备注\n李雷,经理\n", encoding="utf-8")
    mapping = ("--map", "哪位=name", "--map", "B=-")
    assert run("import", "registrations", *EVENT, file, *mapping, "--header-row", "1").exit_code == 0
    again = run("import", "registrations", *EVENT, file)
    assert (again.exit_code, "earlier import of these headers" in again.stderr) == (0, True)
    (line,) = json.loads(run("import", "mappings", "list", "--json").stdout)
    assert line["mapping"] == {"哪位": "name", "备注": "-"}
    assert "哪位" in run("import", "mappings", "list").stdout
    assert run("import", "mappings", "forget").exit_code == 2
    assert "1" in run("import", "mappings", "forget", line["id"]).stdout
    assert "No header row" in run("import", "registrations", *EVENT, file).stderr


def test_refused_rows_are_written(run, seeded: Path, tmp_path: Path) -> None:
    """`--errors`, whose ending is checked before anything is read; without refused rows there is no file."""
    out = tmp_path / "refused.xlsx"
    assert run("import", "registrations", *EVENT, ERRORS, "--errors", tmp_path / "x.csv").exit_code == 2
    told = run("--lang", "zh", "import", "registrations", *EVENT, ERRORS, "--partial", "--errors", out)
    assert (told.exit_code, str(out) in told.stderr) == (3, True)
    again = run("import", "registrations", *EVENT, out, "--dry-run", "--json")
    assert (again.exit_code, json.loads(again.stdout)["refused"]) == (1, 6)
    other = tmp_path / "none.xlsx"
    assert run("import", "enterprises", BUREAU, "--errors", other).exit_code == 0
    assert not other.exists()


def test_an_import_is_taken_back(run, seeded: Path) -> None:
    """Asked for or with --yes; a dry run tells; later work stands in the way, by row and name."""
    first = json.loads(run("import", "enterprises", BUREAU, "--json").stdout)["batch"]
    second = json.loads(run("import", "registrations", *EVENT, FORM, "--json").stdout)["batch"]
    refused = run("import", "undo", first, "--yes")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "row 4, 样例科达恒能科技有限公司: has people who were added later" in refused.stderr
    assert "later work stands on it" in refused.stderr
    found = run("import", "undo", first, "--dry-run", "--json")
    assert (found.exit_code, json.loads(found.stdout)["dependants"][0]["why"]) == (1, "represented")
    assert "120 would go" in run("import", "undo", second, "--dry-run").stdout
    assert run("import", "undo", second).exit_code == 2
    assert "120 gone, 0 as before" in run("import", "undo", second, "--yes").stdout
    done = json.loads(run("import", "undo", first, "--yes", "--json").stdout)
    assert (done["undone"], done["removed"], done["dependants"]) == (True, 40, [])
    assert json.loads(run("registration", "list", *EVENT, "--json").stdout) == []
    assert run("import", "undo", "x", "--yes").exit_code == 4


def test_ctrl_c_leaves_nothing(run, seeded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, exit status 1, and nothing stored; without a terminal nothing is said of the progress."""
    place = RegistrationPlanner.place

    def interrupted(planner: RegistrationPlanner, free: int) -> int:
        signal.raise_signal(signal.SIGINT)
        return place(planner, free)

    monkeypatch.setattr(RegistrationPlanner, "place", interrupted)
    told = run("import", "registrations", *EVENT, FORM)
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr == "Stopped: nothing of online-form-registrations.xlsx was stored.\n"
    assert json.loads(run("import", "list", "--json").stdout) == []
