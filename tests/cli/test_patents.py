"""`import patents`, `import undo`: figures on stdout, refusals with their reason, Ctrl+C."""

import json
import signal
from pathlib import Path

import pytest

from ipweek.adapters import patent_files
from ipweek.domain.patent_tally import Tally
from tests.unit.patent_exports import INCOPAT, INCOPAT_ROWS, table


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Eight rows of an export, without the note below them."""
    file = tmp_path / "export.csv"
    file.write_text(table(INCOPAT, INCOPAT_ROWS[:8]), "utf-8")
    return file


@pytest.fixture
def draft(run, seeded: Path) -> str:
    """A draft beside the seeded results."""
    assert run("result", "add", "draft", "--industry", "qled", "--name-en", "Draft").exit_code == 0
    return "draft"


def test_stored_listed_and_undone(run, draft: str, export: Path) -> None:
    """The JSON has the figures; the same file again is refused; the undo leaves nothing."""
    done = run("import", "patents", export, "--result", draft, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert [(one["level"], one["count"], one["unknown"]) for one in told["levels"]] == [
        ("world", 7, 0), ("country", 5, 1), ("province", 4, 1), ("city", 2, 2)
    ]  # fmt: skip
    assert told["levels"][3]["unknown_by"] == {"nothing_told": 1, "only_province": 1}
    assert (told["rows"], told["added"], told["duplicates"], told["errors"]) == (8, 7, 1, [])
    assert {"level": "city", "region": "441300", "year": 2018, "count": 1, "provisional": True} in told[
        "years"
    ]
    again = run("import", "patents", export, "--result", draft)
    assert (again.exit_code, again.stdout) == (4, "")
    assert "export.csv was imported into draft" in again.stderr
    listed = json.loads(run("import", "list", "--json").stdout)[0]
    assert (listed["batch"], listed["kind"], listed["result"]) == (told["batch"], "patents", draft)
    assert run("import", "undo", told["batch"]).exit_code == 2
    assert "whole" in run("import", "undo", told["batch"], "--dry-run").stderr
    undone = json.loads(run("import", "undo", told["batch"], "--yes", "--json").stdout)
    assert undone["undone_at"] is not None
    assert json.loads(run("result", "show", draft, "--json").stdout)["counts"] == []


def test_a_dry_run_tells_and_stores_nothing(run, draft: str, tmp_path: Path) -> None:
    """Levels, unknown by reason, duplicates, the refused row with its number; the status says done in part."""
    file = tmp_path / "noted.csv"
    file.write_text(table(INCOPAT, INCOPAT_ROWS), "utf-8")
    told = run("import", "patents", file, "--result", draft, "--dry-run")
    assert told.exit_code == 3
    for part in (
        "only the province 1",
        "9 rows: 7 counted, 1 further rows of the same, 1 refused",
        "row 10",
        "was a dry run",
    ):
        assert part in told.stdout
    assert json.loads(run("import", "list", "--json").stdout) == []


def test_terms_and_mapping(run, draft: str, export: Path) -> None:
    """Families, any applicant, a cut-off, another city, a column by its letter."""
    terms = (
        "--unit",
        "family",
        "--rule",
        "any",
        "--cut-off",
        "2019-12-31",
        "--region",
        "440300",
        "--top",
        "1",
    )
    told = json.loads(
        run(
            "import", "patents", export, "--result", draft, "--dry-run", "--json", *terms, "--map", "L=-"
        ).stdout
    )
    assert (told["unit"], told["applicant_rule"], told["cut_off"], told["counted"]) == (
        "family",
        "any",
        "2019-12-31",
        6,
    )
    assert (told["levels"][3]["region"], told["levels"][3]["count"]) == ("440300", 1)
    assert len([one for one in told["applicants"] if one["level"] == "world"]) == 1
    assert "IPC" not in told["mapping"]


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("--result", "qled-2019"), 1, "never edited"),
        (("--result", "nothing"), 4, "There is no Navigation result"),
        (("--result", "draft", "--unit", "in_force", "--map", "专利有效性=-"), 1, "no columns to count by"),
        (("--result", "draft", "--cut-off", "soon"), 1, "is no date"),
        (("--result", "draft", "--region", "440000"), 1, "is not the region code of a city"),
    ],
)
def test_refusals(
    run, draft: str, export: Path, arguments: tuple[str, ...], status: int, sentence: str
) -> None:
    """One sentence that says why."""
    told = run("import", "patents", export, *arguments)
    assert (told.exit_code, told.stdout) == (status, "")
    assert sentence in told.stderr


def test_ctrl_c_stops_the_reading(run, draft: str, export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is stored, a sentence says so, and Ctrl+C does afterwards what it did before."""
    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(patent_files, "STEP", 1)
    add = Tally.add

    def interrupted(tally: Tally, row: int, record) -> None:
        signal.raise_signal(signal.SIGINT)
        add(tally, row, record)

    monkeypatch.setattr(Tally, "add", interrupted)
    told = run("import", "patents", export, "--result", draft)
    assert (told.exit_code, told.stdout) == (1, "")
    assert "Stopped: nothing of export.csv was stored" in told.stderr
    assert signal.getsignal(signal.SIGINT) is before
    assert json.loads(run("import", "list", "--json").stdout) == []
