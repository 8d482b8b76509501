"""`report --explain`, and a report that does not reconcile."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

EVENT = ("report", "--event", "release-2019")
WEEK = ("report", "--week", "huizhou-2019")


def test_a_rate_explained(run, demo: Path) -> None:
    """Its definition, both counts, and a row for each of the denominator, the numerator's marked."""
    shown = run(*EVENT, "--explain", "attendance.rate").stdout
    assert "Expected who attended / expected." in shown
    assert "attendance.expected_attended" in shown
    told = json.loads(run(*EVENT, "--explain", "attendance.rate", "--format", "json").stdout)
    assert len(told["rows"]) == told["total"] == told["figure"]["denominator"]
    assert sum(row["numerator"] for row in told["rows"]) == told["figure"]["numerator"]
    assert all("*" in row["name"] for row in told["rows"])


def test_every_listed_figure_can_be_explained(run, demo: Path) -> None:
    """In both languages with a definition; each with as many rows as it says."""
    for which in (EVENT, WEEK):
        keys = [one["key"] for one in json.loads(run(*which, "--explain", "list", "--format", "json").stdout)]
        assert len(keys) > 100
        for key in keys[::12]:
            found = run(*which, "--explain", key, "--format", "json", "--lang", "zh")
            told = json.loads(found.stdout)
            assert told["figure"]["definition"], key
            assert len(told["rows"]) == told["total"], key


def test_into_a_file_and_unmasked(run, demo: Path, tmp_path: Path) -> None:
    """The ending says the format; whole names are noted in the audit."""
    out = tmp_path / "late.md"
    assert run(*EVENT, "--explain", "attendance.attended", "--out", out).exit_code == 0
    assert out.read_text("utf-8").startswith("# Attended in all\n")
    whole = run(*EVENT, "--explain", "attendance.attended", "--format", "json", "--unmask")
    assert not any("*" in row["name"] for row in json.loads(whole.stdout)["rows"])
    assert "unmask" in run("audit").stdout


def test_what_cannot_be_explained(run, demo: Path) -> None:
    """A key that is written nearly right is corrected; forms for paper, and other options, do not go with it."""
    found = run(*EVENT, "--explain", "attendance.lat")
    assert (found.exit_code, "attendance.late" in found.stderr) == (4, True)
    assert run(*EVENT, "--explain", "zzz").exit_code == 4
    assert run(*EVENT, "--explain", "attendance.late", "--public").exit_code == 2
    assert run(*EVENT, "--explain", "attendance.late", "--format", "html").exit_code == 2
    assert run("report", "--explain", "attendance.late").exit_code == 2


def test_a_sound_report_says_so(run, demo: Path) -> None:
    """One line on the first page; the checks themselves are in the JSON form."""
    told = run(*EVENT).stdout
    assert "checks hold" in told[: told.index("\n\n")]
    checks = json.loads(run(*WEEK, "--format", "json").stdout)["checks"]
    assert checks
    assert all(check["holds"] for check in checks)


DAMAGES = {
    "DELETE FROM scans WHERE id = (SELECT id FROM scans s WHERE verdict = 'accepted' AND direction = 'entry'"
    " AND kind = 'scan' AND NOT EXISTS (SELECT 1 FROM scans a WHERE a.annuls = s.id) LIMIT 1)": "scans",
    "UPDATE admissions SET entries = entries + 1 WHERE rowid = (SELECT min(rowid) FROM admissions)": "scans",
    "UPDATE checkpoints SET capacity = 900, present = 877 WHERE code = 'release-2019'": "checkpoint list",
}


@pytest.mark.parametrize("statement", DAMAGES, ids=["scan", "entries", "present"])
def test_a_damaged_report_says_so(run, demo: Path, statement: str) -> None:
    """On the first page, in both languages, with what to look at next; nothing then says that all holds."""
    with closing(sqlite3.connect(demo / "ipweek.db")) as connection, connection:
        assert connection.execute(statement).rowcount == 1
    for language, alarm, assurance in (
        ("en", "DOES NOT RECONCILE", "checks hold"),
        ("zh", "核对不符", "核对一致"),
    ):
        told = run(*EVENT, "--lang", language).stdout
        first = told[: told.index("\n\n")]
        assert alarm in first, language
        assert f"ipweek {DAMAGES[statement]} --event release-2019" in " ".join(first.split()), language
        assert assurance not in told, language
        assert alarm in run(*WEEK, "--lang", language, "--format", "md").stdout, language
