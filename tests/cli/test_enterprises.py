"""`enterprise` beyond the common verbs: lists, labels, contacts, other names; `badge codes --out`; warnings of quotas."""

import json
from pathlib import Path

import pytest

EVENT = ("--event", "release-2019")


@pytest.fixture
def filled(run, seeded: Path) -> Path:
    """A group of two in a workspace with an event; the factory may send one."""
    run("enterprise", "add", "head", "--name-zh", "样例集团有限公司", "--quota", "1", "--district", "惠阳区")
    run("enterprise", "add", "factory", "--name-zh", "样例工厂有限公司", "--group", "head")
    return seeded


def rows(run, *arguments: str):
    """What a list prints as JSON."""
    found = run("enterprise", "list", *arguments, "--json")
    assert found.exit_code == 0, found.stderr
    return json.loads(found.stdout)


def test_a_quota_warns_and_never_refuses(run, filled: Path) -> None:
    """At registration and where a registration is moved; the shared quota is told as its group's."""
    for name in ("甲", "乙"):
        told = run("register", *EVENT, "--name", name, "--enterprise", "样例工厂")
        assert told.exit_code == 0
    assert "2 of 1 for 样例集团有限公司" in told.stderr
    made = json.loads(run("register", *EVENT, "--name", "丙", "--json").stdout)
    moved = run("registration", "edit", made["id"], "--enterprise", "head")
    assert "3 of 1" in moved.stderr
    (line,) = rows(run, *EVENT, "--over")
    assert (line["code"], line["coming"], line["over_quota"], line["registered"]) == ("head", 3, 2, 1)
    page = json.loads(run("enterprise", "show", "样例工厂", *EVENT, "--json").stdout)
    assert (page["quota_of"], page["above"], page["coming"]) == ("head", ["head"], 3)
    totals = json.loads(run("enterprise", "show", "head", *EVENT, "--json").stdout)["group_totals"]
    assert totals == {"enterprises": 2, "registered": 3, "waiting": 0, "came": 0, "quota": 1}
    told = run("enterprise", "show", "head", *EVENT).stdout
    assert "2 enterprises" in told
    assert "2 over the quota of 1" in told


def test_lists_are_narrowed(run, filled: Path) -> None:
    """Each filter, alone and with another; what cannot be asked is said."""
    assert [one["code"] for one in rows(run, "--group", "head")] == ["factory", "head"]
    assert [one["code"] for one in rows(run, "--group", "head", "--district", "惠阳区")] == ["head"]
    assert [one["code"] for one in rows(run, "--search", "yljt")] == ["head"]
    assert rows(run, "--label", "high_tech") == []
    assert "registered" not in rows(run, "--search", "yljt")[0]
    assert run("enterprise", "list", "--over").exit_code == 2
    assert run("enterprise", "list", "--industry", "none").exit_code == 4


def test_parts_of_an_enterprise(run, filled: Path) -> None:
    """Labels, contacts and other names are added, listed, corrected and removed; wrong input is one sentence."""
    added = run(
        "enterprise", "label", "add", "head", "high_tech", "--certificate", "GR1", "--to", "2019-04-24"
    )
    assert added.exit_code == 0
    assert run("enterprise", "label", "add", "head", "high_tech").exit_code == 4
    assert "expired" in run("enterprise", "show", "head", *EVENT).stdout
    run("enterprise", "label", "edit", "head", "high_tech", "--to", "2020-04-24")
    (label,) = json.loads(run("enterprise", "label", "list", "head", "--json").stdout)
    assert label == {"label": "high_tech", "certificate": "GR1", "from": None, "to": "2020-04-24"}
    assert run("enterprise", "label", "edit", "head", "high_tech", "--to", "soon").exit_code == 2
    assert run("enterprise", "label", "remove", "head", "high_tech", "--yes").exit_code == 0
    run("enterprise", "contact", "add", "head", "--name", "王", "--role", "经理", "--phone", "19900000001")
    run("enterprise", "contact", "add", "head", "--name", "李", "--main")
    assert "19900000001" not in run("enterprise", "contact", "list", "head").stdout
    assert "19900000001" in run("enterprise", "contact", "list", "head", "--unmask").stdout
    assert run("enterprise", "contact", "edit", "head", "王", "--role", "").exit_code == 0
    assert run("enterprise", "contact", "remove", "head", "李", "--yes").exit_code == 0
    (contact,) = json.loads(run("enterprise", "contact", "list", "head", "--json").stdout)
    assert (contact["name"], contact["role"], contact["main"]) == ("王", None, True)
    assert run("enterprise", "alias", "add", "head", "样例工厂").exit_code == 4
    assert run("enterprise", "alias", "add", "head", "样例控股").exit_code == 0
    assert json.loads(run("enterprise", "alias", "list", "样例控股", "--json").stdout) == ["样例控股"]
    assert run("enterprise", "alias", "remove", "head", "样例控股").exit_code == 0
    assert run("enterprise", "alias", "remove", "head", "样例控股").exit_code == 4


def test_the_same_name_is_told(run, filled: Path) -> None:
    """An enterprise added under a name that is there already stays, with a warning."""
    told = run("enterprise", "add", "again", "--name-zh", "样例集团公司")
    assert told.exit_code == 0
    assert "样例集团有限公司 (head)" in told.stderr


def test_codes_as_pictures(run, filled: Path, tmp_path: Path) -> None:
    """One ZIP an enterprise in the folder; an enterprise alone needs a folder too."""
    run("register", *EVENT, "--name", "甲", "--enterprise", "head")
    done = run("badge", "codes", *EVENT, "--out", str(tmp_path / "codes"), "--json")
    assert json.loads(done.stdout)["files"] == ["样例集团有限公司.zip"]
    assert [path.name for path in (tmp_path / "codes").iterdir()] == ["样例集团有限公司.zip"]
    assert run("badge", "codes", *EVENT, "--enterprise", "head").exit_code == 2
