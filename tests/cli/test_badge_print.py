"""Badges on a printer from the command line."""

import json
from pathlib import Path

import pytest

from tests.fake_cups import FakeCups

EVENT = ("--event", "release-2019")


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeCups:
    """CUPS's commands, with one printer."""
    for name in ("IPWEEK_PRINTER", "IPWEEK_LAYOUT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("IPWEEK_CACHE", str(tmp_path / "cache"))
    return FakeCups(tmp_path / "cups", monkeypatch)


def test_printing(run, seeded: Path, cups: FakeCups, monkeypatch: pytest.MonkeyPatch) -> None:
    """New ones at first, a named one again only when asked; what is printed where comes from flags, then settings."""
    for name in ("甲", "乙"):
        assert run("register", *EVENT, "--name", name).exit_code == 0
    monkeypatch.setenv("IPWEEK_LAYOUT", "86x54")
    told = run("badge", "print", *EVENT)
    assert told.stdout == "Badges: 2, pages: 2, printer: label, job: label-1\n"
    assert "media=Custom.86x54mm" in cups.was("asked")
    assert run("badge", "print", *EVENT).exit_code == 4
    number = json.loads(run("badge", "codes", *EVENT, "--json").stdout)[0]["badge_no"]
    refused = run("badge", "print", number, *EVENT)
    assert refused.exit_code == 4
    assert "Printed already: " in refused.stderr
    assert "add --again" in refused.stderr
    sent = json.loads(
        run(
            "badge", "print", number, *EVENT, "--again", "--layout", "a6", "--reason", "torn", "--json"
        ).stdout
    )
    assert sent.pop("names") in (["甲"], ["乙"])
    assert len(sent.pop("run")) == 8
    assert sent == {"printer": "label", "job": "label-2", "layout": "a6", "badges": 1, "pages": 1}
    monkeypatch.setenv("IPWEEK_PRINTER", "nope")
    assert (
        "There is no printer nope; choose one of: label."
        in run("badge", "print", number, *EVENT, "--again").stderr
    )
    assert run("badge", "print", number, *EVENT, "--again", "--printer", "label").exit_code == 0
    assert run("badge", "print", number, *EVENT, "--only", "new").exit_code == 2
    assert run("badge", "print", *EVENT, "--only", "all").exit_code == 4


def test_the_printers(run, cups: FakeCups) -> None:
    """Each with its state, without a workspace."""
    cups.stop("paper out")
    assert json.loads(run("badge", "printers", "--json").stdout) == [
        {"name": "label", "state": "stopped", "default": False, "reason": "paper out"}
    ]
    assert "paper out" in run("badge", "printers").stdout
