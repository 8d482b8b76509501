"""The registration desk on the command line: changes, leave, a block, a transfer, everything about somebody."""

import json
from pathlib import Path
from typing import Any

import pytest

EVENT = ("--event", "release-2019")


def register(run, name: str, *more: str) -> dict[str, Any]:
    """Register somebody; the registration as JSON."""
    found = run("register", *EVENT, "--name", name, *more, "--json")
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def shown(run, ref: str) -> dict[str, Any]:
    """A registration as `show --json` prints it."""
    return json.loads(run("registration", "show", ref, *EVENT, "--json").stdout)


def ask(run, code: str, *more: str) -> None:
    """Let the event ask a question."""
    found = run("question", "add", code, *EVENT, "--kind", "text", "--name-en", "Meal?", *more)
    assert found.exit_code == 0, found.output


def test_registration_edit(run, seeded: Path) -> None:
    """Named fields change and no others; nothing named is wrong usage, a formula is refused."""
    ask(run, "diet")
    made = register(run, "甲", "--enterprise", "样例光电有限公司", "--seat", "1-1")
    told = run(
        "registration", "edit", made["badge_no"], "--seat", "2-2", "--title", "总监", "--category", "guest",
        "--note", "early", "--answer", "diet=a=b",
    )  # fmt: skip
    assert told.stdout == f"Changed: 甲, badge {made['badge_no']}\n"
    now = shown(run, made["id"])
    assert (now["seat"], now["title"], now["category"], now["note"]) == ("2-2", "总监", "guest", "early")
    assert (now["enterprise"], now["answers"]) == ("样例光电有限公司", {"diet": "a=b"})
    assert (
        json.loads(run("registration", "edit", made["id"], "--enterprise", "", "--json").stdout)["enterprise"]
        is None
    )
    assert run("registration", "edit", made["id"]).exit_code == 2
    refused = run("registration", "edit", made["id"], "--seat", "=1+1")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "=1+1" in refused.stderr


def test_answers(run, seeded: Path) -> None:
    """A required question is answered as it is asked; what is no CODE=TEXT is wrong usage."""
    ask(run, "diet", "--required", "yes")
    refused = run("register", *EVENT, "--name", "甲")
    assert refused.exit_code == 1
    assert "diet" in refused.stderr
    assert run("register", *EVENT, "--name", "甲", "--answer", "vegetarian").exit_code == 2
    assert run("register", *EVENT, "--name", "甲", "--answer", "=vegetarian").exit_code == 2
    assert "meal" in run("register", *EVENT, "--name", "甲", "--answer", "meal=x").stderr
    made = register(run, "甲", "--answer", "diet=[b]vegetarian")
    assert shown(run, made["id"])["answers"] == {"diet": "[b]vegetarian"}
    assert "[b]vegetarian" in run("registration", "show", made["id"]).stdout


def test_leave_and_back(run, seeded: Path) -> None:
    """Leave is noted and taken back."""
    made = register(run, "甲")
    assert run("leave", made["badge_no"], *EVENT).stdout == "On leave: 甲\n"
    assert shown(run, made["id"])["on_leave"] is True
    assert run("leave", made["id"], "--back").stdout == "Comes after all: 甲\n"
    assert shown(run, made["id"])["on_leave"] is False
    assert run("leave", "0009999999").exit_code == 4


def test_block_and_off(run, seeded: Path) -> None:
    """A block asks first and lets the first in line move up; off, he waits at the end of the line."""
    run("event", "edit", "release-2019", "--capacity", "1")
    made = register(run, "甲")
    register(run, "乙")
    assert run("block", made["id"]).exit_code == 2
    assert shown(run, made["id"])["status"] == "registered"
    told = run("block", made["id"], "--why", "冒名", "--yes").stdout
    assert told == "Blocked: 甲\nMoved up from the waiting list: 乙\n"
    assert run("block", made["id"], "--yes").exit_code == 1
    assert "ipweek block REG --off" in run("register", *EVENT, "--name", "甲").stderr
    assert run("block", made["id"], "--off").stdout == f"Waiting: 甲, 1 in line, badge {made['badge_no']}\n"
    assert run("block", made["id"], "--off").exit_code == 1


def test_transfer(run, seeded: Path) -> None:
    """The place passes on with seat and category; the first registration is cancelled."""
    run("event", "edit", "release-2019", "--capacity", "1")
    made = register(run, "甲", "--seat", "1-1", "--category", "media")
    register(run, "乙")
    told = run("transfer", made["badge_no"], "--name", "丙", "--phone", "138 0013 8001", "--json")
    moved = json.loads(told.stdout)
    assert (moved["name"], moved["status"], moved["seat"], moved["category"], moved["substitute_for"]) == (
        "丙",
        "registered",
        "1-1",
        "media",
        None,
    )
    assert shown(run, made["id"])["status"] == "cancelled"
    assert [row["name"] for row in json.loads(run("waitlist", *EVENT, "--json").stdout)] == ["乙"]
    assert run("transfer", made["id"], "--name", "丁").exit_code == 1
    assert run("transfer", made["id"]).exit_code == 2


def test_without_a_category_a_delegate(run, seeded: Path) -> None:
    """Who says nothing comes as a delegate, a substitute as what the delegate came as."""
    made = register(run, "甲", "--category", "guest")
    assert register(run, "乙")["category"] == "delegate"
    assert register(run, "丙", "--substitute-for", made["id"])["category"] == "guest"


def test_an_ended_event_takes_nobody(run, seeded: Path) -> None:
    """The sentence names the event and its status, in the language in force."""
    run("event", "edit", "release-2019", "--status", "closed")
    refused = run("register", *EVENT, "--name", "甲")
    assert refused.exit_code == 1
    assert "release-2019" in refused.stderr
    assert "closed" in refused.stderr


def test_everything_about_a_registration(run, demo: Path) -> None:
    """Scans and copies are there in both forms, the phone masked, moments with their offset."""
    rows = json.loads(run("registration", "list", *EVENT, "--json").stdout)
    attended = next(row for row in rows if row["attended"])
    one = shown(run, attended["id"])
    assert {name: one[name] for name in attended} == attended
    assert one["scans"][0]["verdict"] in ("accepted", "refused")
    assert one["scans"][0]["at"].endswith("+08:00")
    assert one["issue"] == 1
    told = run("registration", "show", attended["id"]).stdout
    assert attended["name"] in told
    assert "At the doors" in told
    person = json.loads(run("person", "show", attended["id"], "--json").stdout)
    assert person["scans"] == one["scans"]
    assert attended["id"] in [row["id"] for row in person["registrations"]]
    assert "Registrations" in run("person", "show", attended["badge_no"], *EVENT).stdout


def test_person_edit(run, seeded: Path) -> None:
    """A name is corrected, the badge stays; nothing named is wrong usage."""
    made = register(run, "李蕾", "--phone", "138 0013 8001")
    told = run(
        "person", "edit", made["badge_no"], "--name", "李磊", "--name-latin", "Li Lei",
        "--phone", "138 0013 8002", "--email", "lilei@example.com", "--rank", "1", "--json",
    )  # fmt: skip
    page = json.loads(told.stdout)
    assert (page["name"], page["name_latin"], page["phone"], page["email"], page["rank"]) == (
        "李磊",
        "Li Lei",
        "138****8002",
        "l***@example.com",
        1,
    )
    assert (page["badge_no"], page["issue"]) == (made["badge_no"], 1)
    found = json.loads(run("registration", "list", *EVENT, "--search", "磊", "--json").stdout)
    assert [row["id"] for row in found] == [made["id"]]
    assert run("person", "edit", made["id"]).exit_code == 2
    assert run("person", "edit", made["id"], "--name", "").exit_code == 1
    assert run("person", "show", "0009999999").exit_code == 4


@pytest.mark.parametrize("quota", ["1", "5", ""])
def test_an_enterprise_with_its_delegates(run, seeded: Path, quota: str) -> None:
    """Its delegates at an event, and how many there are beyond the quota."""
    run("enterprise", "add", "gd-1", "--name-zh", "样例光电有限公司", "--quota", quota)
    for name in ("甲", "[b]乙"):
        register(run, name, "--enterprise", "gd-1")
    register(run, "丙", "--enterprise", "别家公司")
    page = json.loads(run("enterprise", "show", "gd-1", *EVENT, "--json").stdout)
    assert [row["name"] for row in page["delegates"]] == ["[b]乙", "甲"]
    assert (page["code"], page["coming"], page["over_quota"]) == ("gd-1", 2, 1 if quota == "1" else 0)
    told = run("enterprise", "show", "gd-1", *EVENT).stdout
    assert "[b]乙" in told
    expected = {"1": "2 coming, 1 over the quota of 1", "5": "2 coming, quota 5", "": "2 coming, no quota"}
    assert told.splitlines()[-1] == expected[quota]
    assert "丙" not in told
    assert "delegates" not in json.loads(run("enterprise", "show", "gd-1", "--json").stdout)
    assert run("enterprise", "show", "gd-1", "--event", "none").exit_code == 4


def test_sessions_are_taken_and_left(run, seeded: Path) -> None:
    """A full session is told of and waited for; leaving moves the first in line up; twice is 4."""
    run("session", "add", "small", *EVENT, "--name-en", "Small", "--kind", "training", "--capacity", "1")
    first, second = register(run, "甲", "--session", "small"), register(run, "乙")
    told = run("enrol", second["badge_no"], "small", *EVENT)
    assert (told.exit_code, told.stdout) == (0, "small is full, waiting: 乙\n")
    assert run("enrol", second["badge_no"], "small").exit_code == 4
    assert json.loads(run("registration", "show", second["id"], "--json").stdout)["sessions_waiting"] == [
        "small"
    ]
    left = run("unenrol", first["id"], "small", "--json")
    row = json.loads(left.stdout)
    assert (row["sessions"], row["promoted"]) == ([], "乙")
    assert run("unenrol", first["id"], "small").exit_code == 4
    third = run("register", *EVENT, "--name", "丙", "--session", "small")
    assert "small" in third.stderr


def test_people_without_a_registration(run, seeded: Path) -> None:
    """Added, listed masked, shown, corrected and removed by id; who has history is archived."""
    added = json.loads(run("person", "add", "--name", "安娜", "--phone", "138 0013 8009", "--json").stdout)
    assert added["phone"] == "138****8009"
    assert run("person", "add", "--name", "安娜", "--phone", "13800138009").exit_code == 4
    made = register(run, "李雷")
    assert [row["name"] for row in json.loads(run("person", "list", "--json").stdout)] == ["安娜", "李雷"]
    found = json.loads(run("person", "list", *EVENT, "--search", "ll", "--json").stdout)
    assert [(row["name"], row["events"]) for row in found] == [("李雷", ["release-2019"])]
    assert "安娜" in run("person", "show", added["id"]).stdout
    assert json.loads(run("person", "edit", added["id"], "--name", "安妮", "--json").stdout)["name"] == "安妮"
    assert run("person", "remove", added["id"]).exit_code == 2, "nobody to ask"
    assert "Deleted" in run("person", "remove", added["id"], "--yes").stdout
    assert "Archived" in run("person", "remove", made["badge_no"], "--yes").stdout
    assert json.loads(run("person", "list", "--json").stdout) == []
    assert "archived" in run("person", "list", "--archived").stdout


def test_who_came_instead_is_told(run, seeded: Path) -> None:
    """The delegate's page and JSON name the substitute, and his name the delegate."""
    old = register(run, "甲")
    new = register(run, "乙", "--substitute-for", old["id"])
    assert json.loads(run("registration", "show", old["id"], "--json").stdout)["replaced_by"] == "乙"
    page = json.loads(run("person", "show", new["badge_no"], "--json").stdout)
    assert page["registrations"][0]["substitute_for"] == "甲"
    assert "Replaced by" in run("registration", "show", old["id"]).stdout


def test_over_the_quota_is_a_warning(run, seeded: Path) -> None:
    """The registration stands, and stderr says how many there are."""
    run("enterprise", "add", "gd-1", "--name-zh", "样例光电有限公司", "--quota", "1")
    register(run, "甲", "--enterprise", "gd-1")
    told = run("register", *EVENT, "--name", "乙", "--enterprise", "gd-1")
    assert told.exit_code == 0
    assert "2 of 1" in told.stderr
