"""Scans from arguments and from a stream, marks, annulments, the log."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EVENT = ("--event", "release-2019")
SHAPE = ["code", "verdict", "reason", "name", "enterprise", "at", "first_at", "desk"]


def _lines(text: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in text.splitlines()]


def test_verdicts_in_the_documented_shape(run, codes: list[str]) -> None:
    """Accepted ends with 0, any refusal with 3; moments carry the week's offset."""
    found = run("checkin", *EVENT, *codes[:2], "--json", "--at", "2019-04-25 09:30", "--desk", "east")
    assert found.exit_code == 0
    first = _lines(found.stdout)[0]
    assert list(first) == SHAPE
    assert (first["verdict"], first["reason"], first["desk"]) == ("accepted", None, "east")
    assert first["at"] == "2019-04-25T09:30:00+08:00"
    again = run("checkin", *EVENT, codes[0], "123", "--json", "--at", "2019-04-25T02:00:00Z")
    assert again.exit_code == 3
    told = _lines(again.stdout)
    assert [row["reason"] for row in told] == ["already_in", "invalid"]
    assert told[0]["first_at"] == "2019-04-25T09:30:00+08:00"


def test_a_stream_of_codes_and_objects(run, codes: list[str]) -> None:
    """The same id gives the same answer again; a line that cannot be read is told and the others go on."""
    lines = [
        json.dumps({"id": "door-7/1", "code": codes[0], "at": "2019-04-25T09:30:00+08:00"}),
        json.dumps({"id": "door-7/1", "code": codes[0]}),
        "{broken",
        json.dumps({"code": codes[1], "at": "soon"}),
        json.dumps({"code": codes[1], "direction": "sideways"}),
        "",
        codes[2],
        json.dumps({"code": codes[2], "direction": "exit"}),
    ]
    found = run("checkin", *EVENT, "--stdin", "--json", typed="\n".join(lines) + "\n")
    assert found.exit_code == 3
    told = _lines(found.stdout)
    assert [row["verdict"] for row in told] == ["accepted"] * 4
    assert told[0] == told[1]
    assert [line.split()[1] for line in found.stderr.splitlines()] == ["3", "4", "5"]
    assert len(json.loads(run("scans", *EVENT, "--json").stdout)) == 3


@pytest.mark.parametrize("typed", ["[]", "{}", '{"code": 5}', '{"code": null}', "null", "\x00", "惠" * 5000])
def test_any_line_gets_an_answer(run, codes: list[str], typed: str) -> None:
    """Whatever a scanner or a script sends, there is a refusal and no traceback."""
    found = run("checkin", *EVENT, "--stdin", "--json", typed=typed + "\n")
    assert found.exit_code == 3
    assert "Traceback" not in found.output
    assert "failed" not in found.stderr


def test_each_scan_is_answered_before_the_next(codes: list[str]) -> None:
    """A script may wait for the answer before it sends another line."""
    child = subprocess.Popen(
        [sys.executable, "-m", "ipweek", "checkin", *EVENT, "--stdin", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ,
        text=True,
        encoding="utf-8",
    )
    assert child.stdin is not None
    assert child.stdout is not None
    for code in codes[:2]:
        child.stdin.write(code + "\n")
        child.stdin.flush()
        assert json.loads(child.stdout.readline())["verdict"] == "accepted"
    child.stdin.close()
    child.stdout.close()
    assert child.wait() == 0


def test_exit_override_mark_and_undo(run, codes: list[str]) -> None:
    """Out and in again; an override says why; a mark counts; an annulment takes the last entry back."""
    assert run("checkin", *EVENT, codes[0]).exit_code == 0
    assert run("checkin", *EVENT, codes[0], "--exit").exit_code == 0
    assert run("checkin", *EVENT, codes[0]).exit_code == 0
    assert run("checkin", *EVENT, codes[0], "--override", "lost his way").exit_code == 0
    assert json.loads(run("scans", *EVENT, "--json").stdout)[0]["override"] == "lost his way"
    assert run("mark-present", codes[1], *EVENT).exit_code == 0
    assert json.loads(run("registration", "show", codes[1], *EVENT, "--json").stdout)["attended"] is True
    assert run("undo-checkin", codes[1], *EVENT).exit_code == 2
    assert run("undo-checkin", codes[1], *EVENT, "--yes").exit_code == 0
    assert json.loads(run("registration", "show", codes[1], *EVENT, "--json").stdout)["attended"] is False
    assert run("undo-checkin", codes[1], *EVENT, "--yes").exit_code == 4


def test_several_are_marked_and_leave(run, codes: list[str]) -> None:
    """One line and one row for each; who is in already is refused, and a reason lets in; leaving is a mark too."""
    found = run("mark-present", *codes[:2], *EVENT, "--json")
    assert found.exit_code == 0
    assert [row["verdict"] for row in _lines(found.stdout)] == ["accepted"] * 2
    again = run("mark-present", *codes[1:], *EVENT, "--json")
    assert again.exit_code == 3
    assert [row["reason"] for row in _lines(again.stdout)] == ["already_in", None]
    assert run("mark-present", codes[1], *EVENT, "--override", "came by the back door").exit_code == 0
    assert "came by the back door" in json.loads(run("scans", *EVENT, "--json").stdout)[0]["override"]
    assert run("mark-present", codes[0], *EVENT, "--exit").exit_code == 0
    rows = json.loads(run("scans", *EVENT, "--json").stdout)
    assert (rows[0]["kind"], rows[0]["direction"]) == ("mark", "exit")
    assert run("mark-present", *EVENT).exit_code == 2


def test_an_enterprise_arrives(run, seeded: Path) -> None:
    """All of an enterprise who hold a place and are out are marked, each by a row; later they leave together."""
    for name in ("甲", "乙", "丙"):
        run("register", *EVENT, "--name", name, "--enterprise", "惠州华阳样例有限公司")
    run("mark-present", *EVENT, "--enterprise", "惠州华阳样例有限公司", "--json")
    found = run("mark-present", *EVENT, "--enterprise", "惠州华阳样例有限公司", "--json")
    assert (found.exit_code, found.stdout) == (0, "")
    left = run("mark-present", *EVENT, "--enterprise", "惠州华阳样例有限公司", "--exit", "--json")
    assert sorted(row["name"] for row in _lines(left.stdout)) == ["丙", "乙", "甲"]
    assert len(json.loads(run("scans", *EVENT, "--json").stdout)) == 6
    assert run("mark-present", *EVENT, "--enterprise", "nobody's").exit_code == 4


def test_a_session_has_a_door_of_its_own(run, codes: list[str]) -> None:
    """Who is not enrolled is refused there; the doors are listed."""
    run("session", "add", "s1", *EVENT, "--kind", "panel", "--name-en", "Panel")
    found = run("checkin", *EVENT, "--session", "s1", codes[0], "--json")
    assert found.exit_code in (0, 3)
    doors = json.loads(run("checkpoint", "list", *EVENT, "--json").stdout)
    assert [door["of_session"] for door in doors] == [False, True]
    assert run("checkin", *EVENT, "--session", "nowhere", codes[0]).exit_code == 4


def test_the_log_as_a_table(run, codes: list[str]) -> None:
    """In words; a raw code with markup stays text."""
    run("checkin", *EVENT, "[bold]\x1b[2J")
    told = run("scans", *EVENT).stdout
    assert "invalid" in told
    assert "[bold]" in told
    assert "\x1b" not in told
