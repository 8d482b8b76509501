"""Demands on the command line: taken down, moved, followed up, listed without what is confidential, reported."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

EVENT = "release-2019"
RAISE = ("demand", "raise", "--event", EVENT, "--enterprise", "样例新能源", "--category", "layout")


def test_from_the_table_to_the_end(run: Run, seeded: Path) -> None:
    """Raised in one line, with an action that is late and done, and closed only with an outcome."""
    made = json.loads(
        run(*RAISE, "隔膜", "布局", "--contact", "李静", "--phone", "13800138000", "--json").stdout
    )
    code = made["code"]
    assert (made["text"], made["phone"], made["status"]) == ("隔膜 布局", "138****8000", "new")
    assert code in run(*RAISE, "another").stdout.replace("demand-2", "demand-1")
    refused = run("demand", "move", code, "closed")
    assert (refused.exit_code, len(refused.stderr.strip().splitlines())) == (1, 1)
    assert "result" in refused.stderr
    added = run(
        "demand",
        "action",
        "add",
        "--demand",
        code,
        "--text",
        "Call",
        "--owner",
        "Chen",
        "--due-on",
        "2019-05-01",
    )
    assert added.exit_code == 0
    late = json.loads(
        run("demand", "overdue", "--week", "huizhou-2019", "--on", "2019-05-03", "--json").stdout
    )
    assert [(one["code"], one["days"], one["owner"]) for one in late] == [(f"{code}-action-1", 2, "Chen")]
    assert json.loads(run("demand", "overdue", "--on", "2019-05-01", "--json").stdout) == []
    listed = run("demand", "list", "--event", EVENT, "--overdue", "--on", "2019-05-03")
    assert "! overdue" in listed.stdout
    assert run("demand", "action", "done", f"{code}-action-1", "--evidence", "a call").exit_code == 0
    assert run("demand", "action", "done", f"{code}-action-1").exit_code == 4
    assert run("demand", "answer", "add", "--demand", code, "--result", "li-ion-2019").exit_code == 0
    closed = json.loads(
        run("demand", "move", code, "closed", "--outcome", "Filed.", "--satisfaction", "5", "--json").stdout
    )
    assert (closed["status"], closed["satisfaction"]) == ("closed", 5)
    told = run("demand", "show", code).stdout
    assert "a call" in told
    assert "to_do" not in told
    assert [
        one["code"] for one in json.loads(run("demand", "list", "--status", "closed", "--json").stdout)
    ] == [code]
    assert run("demand", "move", code, "closed").exit_code == 4
    assert run("demand", "move", code, "declined").exit_code == 1


def test_what_is_confidential_is_told_only_where_it_is_asked_for(run: Run, seeded: Path) -> None:
    """Neither lists nor pages nor confirmations have the text; `--unmask` has, and the trail says so."""
    told = [run(*RAISE, "Our secret", "--confidential", "--phone", "13800138000")]
    code = f"{EVENT}-demand-1"
    shown = (("list", "--event", EVENT), ("show", code))
    told += [run("demand", *words, *more) for words in shown for more in ((), ("--json",))]
    told += [run("demand", "edit", code, "--priority", "high", *more) for more in ((), ("--json",))]
    for one in told:
        assert one.exit_code == 0
        assert "secret" not in one.stdout
        assert "13800138000" not in one.stdout
    for words in shown:
        assert "Our secret" in run("demand", *words, "--unmask").stdout
    assert run("audit").stdout.count("unmask") == 2


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("show", "none"), 4),
        (("list", "--event", "none"), 4),
        (("list", "--status", "none"), 2),
        (("overdue", "--on", "soon"), 2),
        (("move", "none", "closed"), 4),
        (("raise", "--event", EVENT, "--enterprise", "X", "--category", "layout"), 2),
        (("raise", "--event", EVENT, "--enterprise", " ", "--category", "layout", "text"), 1),
        (("raise", "--event", "none", "--enterprise", "X", "--category", "layout", "text"), 4),
        (("action", "done", "none"), 4),
    ],
)
def test_mistakes_are_told(run: Run, seeded: Path, arguments: tuple[str, ...], status: int) -> None:
    """Each has its exit status."""
    assert run("demand", *arguments).exit_code == status


def test_the_report_counts_demands_and_cases(run: Run, demo: Path) -> None:
    """The demonstration's twelve, three of them overdue, in JSON and in words; an event without any says nothing."""
    found = json.loads(run("report", "--event", EVENT, "--format", "json").stdout)
    demands = found["demands"]
    assert {name: demands[name] for name in ("total", "matched", "closed", "overdue")} == {
        "total": 12,
        "matched": 7,
        "closed": 3,
        "overdue": 3,
    }
    assert sum(demands["by_category"].values()) == sum(demands["by_status"].values()) == 12
    assert [case["code"] for case in found["cases"]] == ["nichia-everlight-2017", "ultravision-2018"]
    week = json.loads(run("report", "--week", "huizhou-2019", "--format", "json").stdout)
    assert (week["demands"], week["cases"]) == (demands, found["cases"])
    told = run("report", "--event", EVENT).stdout
    assert "Demands of enterprises" in told
    assert "58.3 % (7 of 12)" in told
    assert "Demands" not in run("report", "--event", "case-analysis").stdout
