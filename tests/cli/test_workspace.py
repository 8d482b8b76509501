"""Making a workspace, the demonstration, and the state of the database."""

import json
import sqlite3
from pathlib import Path

import pytest


def test_init_says_what_to_do_next(run, tmp_path: Path) -> None:
    """An empty workspace, ready for a first week; a second `init` refuses."""
    found = run("init")
    assert found.exit_code == 0
    assert "ipweek week add" in found.stdout
    added = run("week", "add", "w", "--name-en", "Week", "--year", "2027", "--zone", "Asia/Shanghai")
    assert added.exit_code == 0
    assert run("init").exit_code == 4


def test_an_unknown_seed_makes_nothing(run, tmp_path: Path) -> None:
    """The seed is looked for first, so that the next try finds no half-made workspace."""
    assert run("init", "--seed", "nowhere").exit_code == 4
    assert not (tmp_path / "home").exists()
    assert run("init", "--seed", "huizhou-2019").exit_code == 0


def test_home_by_flag(run, tmp_path: Path) -> None:
    """`--home` wins over IPWEEK_HOME."""
    assert run("--home", tmp_path / "other", "init").exit_code == 0
    assert (tmp_path / "other" / "ipweek.db").exists()
    assert run("week", "list", "--home", tmp_path / "other").exit_code == 0


def test_the_demonstration(run, demo_template: Path, tmp_path: Path) -> None:
    """Without a terminal it does the whole job and names its files; a second time it finds them."""
    for name in ("ipweek.db", "demo-badges.pdf", "demo-registrations.xlsx", "demo-summary.md"):
        assert (demo_template / name).exists()
    again = run("demo", "--dir", demo_template)
    assert again.exit_code == 0
    assert "demo-badges.pdf" in again.stdout


def test_info_and_check(run, demo: Path) -> None:
    """Numbers as JSON; a sound database checks out."""
    told = json.loads(run("db", "info", "--json").stdout)
    assert told["engine"] == "sqlite"
    assert told["people"] > 100
    assert told["synthetic"] is True
    assert run("db", "info").exit_code == 0
    assert run("db", "check").exit_code == 0
    assert run("db", "upgrade").exit_code == 0
    assert run("audit", "verify").exit_code == 0


def test_check_finds_what_was_altered(run, seeded: Path) -> None:
    """An entry of the trail changed behind the program's back fails both checks."""
    with sqlite3.connect(seeded / "ipweek.db") as database:
        database.execute("UPDATE audit_entries SET operator = 'somebody else'")
    assert run("db", "check").exit_code == 1
    assert run("audit", "verify").exit_code == 1


def test_the_trail_names_operator_and_desk(run, seeded: Path) -> None:
    """`--operator` and `--desk` are who the trail says it was."""
    run("--operator", "李四", "venue", "add", "v", "--name-en", "V", "--desk", "east")
    newest = json.loads(run("audit", "--json").stdout)[0]
    assert (newest["operator"], newest["desk"], newest["action"], newest["kind"]) == (
        "李四",
        "east",
        "add",
        "venue",
    )
    assert "李四" in run("audit", "--limit", "1").stdout


@pytest.mark.parametrize("command", ["upgrade", "check", "info"])
def test_no_workspace_is_made_by_asking(run, tmp_path: Path, command: str) -> None:
    """`db` on nothing says so."""
    assert run("db", command).exit_code == 5
    assert not (tmp_path / "home").exists()
