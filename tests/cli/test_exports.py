"""`export` and `feedback` on the command line: to stdout and into files, masked and whole, once and again."""

import json
from pathlib import Path

from tests.cli.conftest import Run

FORM = Path(__file__).parent.parent / "data" / "feedback-form.xlsx"
EVENT = ("--event", "release-2019")


def test_registrations_go_out_and_come_back(demo: Path, run: Run, tmp_path: Path) -> None:
    """To stdout as CSV, into a workbook by its ending; a masked file is refused, a whole one is unchanged and audited."""
    shown = run("--home", demo, "export", "registrations", *EVENT)
    assert shown.exit_code == 0
    assert shown.stdout.lstrip("\ufeff").startswith("Badge number,Name,")
    masked, whole = tmp_path / "masked.xlsx", tmp_path / "whole.xlsx"
    assert "rows: 121" in run("--home", demo, "export", "registrations", *EVENT, "--out", masked).stdout
    refused = run("--home", demo, "import", "registrations", masked, *EVENT, "--json")
    assert refused.exit_code == 1
    assert {error["code"] for error in json.loads(refused.stdout)["errors"]} == {"masked-value"}
    run("--home", demo, "export", "registrations", *EVENT, "--out", whole, "--unmask")
    again = run("--home", demo, "import", "registrations", whole, *EVENT, "--json")
    found = json.loads(again.stdout)
    assert (found["added"], found["updated"], found["refused"]) == (0, 0, 0)
    assert found["unchanged"] == found["rows"]
    assert "export" in run("--home", demo, "audit").stdout


def test_what_does_not_fit_is_wrong_usage(demo: Path, run: Run, tmp_path: Path) -> None:
    """A workbook needs a file, an ending a format, demands a place."""
    assert run("--home", demo, "export", "scans", *EVENT, "--format", "xlsx").exit_code == 2
    assert run("--home", demo, "export", "scans", *EVENT, "--out", tmp_path / "list.doc").exit_code == 2
    assert run("--home", demo, "export", "demands").exit_code == 2
    assert run("--home", demo, "export", "registrations", "--event", "nowhere").exit_code == 4


def test_opinions_are_listed_with_their_figures(demo: Path, run: Run) -> None:
    """In both languages and as JSON, in the summary too; one is shown by its number."""
    assert run("--home", demo, "feedback", "list", *EVENT).exit_code == 0
    run("--home", demo, "import", "feedback", FORM, *EVENT)
    listed = run("--home", demo, "--lang", "zh", "feedback", "list", *EVENT).stdout
    assert "匿名" in listed
    found = json.loads(run("--home", demo, "feedback", "list", *EVENT, "--json").stdout)
    assert len(found["answers"]) == found["figures"]["answers"] == 40
    assert (
        json.loads(run("--home", demo, "feedback", "show", "7", *EVENT, "--json").stdout)["satisfaction"] == 5
    )
    assert run("--home", demo, "feedback", "show", "99", *EVENT).exit_code == 4
    summary = json.loads(run("--home", demo, "report", *EVENT, "--format", "json").stdout)
    assert summary["feedback"]["response_rate"]["numerator"] == 40
    assert "4.53 (n = 40)" in run("--home", demo, "--lang", "en", "report", *EVENT).stdout
