"""Certificates of attendance by the command line."""

import json
from pathlib import Path

EVENT = ("--event", "release-2019")


def test_certificates(run, codes: list[str], tmp_path: Path) -> None:
    """Only who came gets one; its number verifies, a changed one does not, and an annulled entry revokes it."""
    out = tmp_path / "c.pdf"
    nobody = run("certificate", *EVENT, "--out", out)
    assert (nobody.exit_code, out.exists()) == (1, False)
    run("mark-present", *EVENT, "1")
    found = run("certificate", *EVENT, "1", "2", "--lang", "both", "--out", out, "--json")
    assert found.exit_code == 3
    told = json.loads(found.stdout)
    assert (told["new"], [row["reason"] for row in told["refused"]]) == (1, ["not_attended"])
    assert told["refused"][0]["name"] in found.stderr
    number = told["certificates"][0]["number"]
    genuine = run("certificate", "verify", number)
    assert genuine.exit_code == 0
    assert told["certificates"][0]["name"] in genuine.stdout
    forged = run("certificate", "verify", "--json", f"{number[:-1]}{(int(number[-1]) + 1) % 10}")
    assert (forged.exit_code, json.loads(forged.stdout)["standing"]) == (1, "forged")
    run("undo-checkin", "1", *EVENT, "--yes")
    assert json.loads(run("certificate", "verify", number, "--json").stdout)["standing"] == "revoked"
    assert run("certificate", *EVENT).exit_code == 2


def test_the_language_of_a_certificate_is_that_of_the_answer(run, codes: list[str], tmp_path: Path) -> None:
    """`--lang zh` makes a Chinese certificate and speaks Chinese, before the command too."""
    run("mark-present", *EVENT, "1")
    found = run("certificate", *EVENT, "1", "--lang", "zh", "--one-file-each", tmp_path / "each")
    assert found.stdout.startswith("参会证明：1 份")
    assert len(list((tmp_path / "each").glob("*.pdf"))) == 1
    assert "伪造" in run("certificate", "--lang", "zh", "verify", "2019-001-00001-00000000").stdout
