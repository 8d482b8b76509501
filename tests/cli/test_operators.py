"""Operators and doors on the command line: roles, PINs, who vouches, whom a door is for."""

import json
from pathlib import Path

import pytest

EVENT = ("--event", "release-2019")
LI = ("--operator", "Li Juan")


@pytest.fixture
def code(run, seeded: Path) -> str:
    """Somebody who is on the blocked list: no door lets him in without an override."""
    run("register", *EVENT, "--name", "甲")
    (row,) = json.loads(run("badge", "codes", *EVENT, "--json").stdout)
    run("block", row["registration"], "--why", "no", "--yes")
    return row["code"]


def test_roles_from_the_first_operator_on(run, seeded: Path) -> None:
    """The first is an organizer; from then on only organizers record others, and one of them stays."""
    assert "Nobody is recorded" in run("operator", "list").stderr
    first = run("operator", "add", "Chen", "--role", "desk")
    assert (first.exit_code, first.stderr.startswith("The first operator is an organizer")) == (1, True)
    assert (
        run("operator", "add", "Li Juan", "--role", "organizer").stdout
        == "Li Juan: organizer, without a PIN\n"
    )
    stranger = run("operator", "add", "Chen", "--role", "desk")
    assert stranger.exit_code == 1
    assert stranger.stderr.startswith("operator is not recorded as an operator")
    added = run("operator", "add", "王主管", "--role", "supervisor", "--pin", *LI, typed="４８２６\n")
    assert added.stdout == "王主管: supervisor, with a PIN\n"
    assert run("operator", "add", "王主管", "--role", "desk", *LI).exit_code == 4
    listed = json.loads(run("operator", "list", "--json").stdout)
    assert [(row["name"], row["role"], row["pin"]) for row in listed] == [
        ("Li Juan", "organizer", False),
        ("王主管", "supervisor", True),
    ]
    assert "the last organizer" in run("operator", "edit", "li juan", "--role", "desk", *LI).stderr
    assert "the last organizer" in run("operator", "remove", "Li Juan", "--yes", *LI).stderr
    assert run("operator", "remove", "王主管", "--yes", *LI).exit_code == 0
    assert run("operator", "remove", "Li Juan", "--yes", *LI).exit_code == 0
    assert run("operator", "list", "--json").stdout == "[]\n"


def test_who_overrides(run, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk operator needs somebody who vouches, with the PIN; the log names both and why."""
    run("operator", "add", "Li Juan", "--role", "organizer")
    run("operator", "add", "Wang", "--role", "supervisor", "--pin", *LI, typed="4826\n")
    run("operator", "add", "Chen", "--role", "desk", *LI)
    override = ("checkin", *EVENT, code, "--override", "the host asked", "--operator", "Chen")
    refused = run(*override)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == "Chen may not decide this; ask somebody with the role supervisor or above.\n"
    assert "Wang has a PIN" in run(*override, "--by", "Wang").stderr
    monkeypatch.setenv("IPWEEK_PIN", "0000")
    assert run(*override, "--by", "Wang").stderr == "That is not the PIN of Wang; try again.\n"
    monkeypatch.setenv("IPWEEK_PIN", "4826")
    assert run(*override, "--by", "Wang").exit_code == 0
    (line,) = json.loads(run("scans", *EVENT, "--json").stdout)
    assert (line["operator"], line["allowed_by"], line["override"]) == ("Chen", "Wang", "the host asked")
    trail = run("audit").stdout
    assert trail.count(" refuse ") == 3
    assert "allowed by Wang" in run("scans", *EVENT).stdout


def test_who_undoes_and_who_sees_whole_phones(run, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A supervisor undoes an entry; only an organizer takes whole phone numbers."""
    run("operator", "add", "Li Juan", "--role", "organizer")
    run("operator", "add", "Wang", "--role", "supervisor", *LI)
    (row,) = json.loads(run("registration", "list", *EVENT, "--json").stdout)
    assert run("checkin", *EVENT, code, "--override", "so", "--operator", "Wang").exit_code == 0
    assert run("undo-checkin", row["badge_no"], *EVENT, "--yes").exit_code == 1
    assert run("undo-checkin", row["badge_no"], *EVENT, "--yes", "--by", "Wang").exit_code == 0
    whole = ("registration", "list", *EVENT, "--json", "--unmask")
    assert run(*whole, "--operator", "Wang").stderr.startswith("Wang may not decide this")
    assert run(*whole, *LI).exit_code == 0


def test_an_organizer_is_asked_for_the_pin(run, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a terminal whole phone numbers are shown once the PIN is typed; nobody else is asked."""
    run("operator", "add", "Li Juan", "--role", "organizer", "--pin", typed="4826\n")
    whole = ("registration", "list", *EVENT, "--json", "--unmask", *LI)
    assert "Li Juan has a PIN" in run(*whole).stderr
    monkeypatch.setattr("ipweek.cli.rights.can_ask", lambda: True)
    asked = run(*whole, typed="4826\n")
    assert (asked.exit_code, asked.stderr) == (0, "PIN of Li Juan: \n")
    assert run(*whole, typed="0000\n").stderr.endswith("That is not the PIN of Li Juan; try again.\n")
    assert "PIN of" not in run(*whole[:-3], typed="4826\n").stderr
    assert run("export", "registrations", *EVENT, "--unmask", *LI, typed="4826\n").exit_code == 0


def test_a_lost_pin(run, seeded: Path) -> None:
    """The last organizer gets a new one by whoever owns the database, who says that it is meant; the audit has it."""
    run("operator", "add", "Li Juan", "--role", "organizer", "--pin", typed="4826\n")
    assert run("operator", "reset", "Li Juan", typed="1357\n").exit_code == 2
    assert run("operator", "reset", "Nobody", "--yes", typed="1357\n").exit_code == 4
    assert run("operator", "reset", "Li Juan", "--yes", typed="13\n").exit_code == 1
    done = run("operator", "reset", "li juan", "--yes", typed="1357\n")
    assert done.stdout == "Li Juan: organizer, with a PIN\n"
    assert " reset " in run("audit").stdout


def test_doors_for_chosen_enterprises(run, seeded: Path) -> None:
    """Whom a door is for and when is set, shown and taken back; a door that is gone comes back by `add`."""
    run("enterprise", "add", "acme", "--name-zh", "样例光电有限公司")
    changed = run(
        *("checkpoint", "edit", "release-2019", "--enterprise", "acme", "--label", "high_tech;little_giant"),
        *("--category", "delegate", "--category", "guest", "--opens", "2019-04-25 08:30"),
        *("--closes", "2019-04-25", "--entry-rule", "many", "--capacity", "120", "--json"),
    )
    assert changed.exit_code == 0, changed.stderr
    told = json.loads(changed.stdout)
    assert told["labels"] == ["high_tech", "little_giant"]
    assert (told["enterprises"], told["categories"]) == (["acme"], ["delegate", "guest"])
    assert told["opens_at"] == "2019-04-25T08:30:00+08:00"
    assert told["closes_at"] == "2019-04-26T00:00:00+08:00"
    shown = run("checkpoint", "show", "release-2019").stdout
    assert "acme" in shown
    assert "any number of times" in shown
    run(
        "checkpoint",
        "edit",
        "release-2019",
        "--enterprise",
        "",
        "--label",
        "",
        "--closes",
        "",
        "--capacity",
        "",
    )
    (door, *_others) = json.loads(run("checkpoint", "list", *EVENT, "--json").stdout)
    assert (door["enterprises"], door["labels"], door["closes_at"], door["capacity"]) == ([], [], None, None)
    assert door["categories"] == ["delegate", "guest"]
    assert run("checkpoint", "add", *EVENT).stderr.startswith("It has a door already")
    assert run("checkpoint", "remove", "release-2019", "--yes").exit_code == 0
    assert run("checkpoint", "add", *EVENT, "--capacity", "5").exit_code == 0
    assert run("checkpoint", "edit", "nowhere", "--capacity", "5").exit_code == 4
    assert run("checkpoint", "edit", "release-2019", "--enterprise", "nobody").exit_code == 4
    assert run("checkpoint", "edit", "release-2019", "--label", "golden").exit_code == 2
