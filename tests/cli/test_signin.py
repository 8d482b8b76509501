"""Sign-in sheets by the command line: printed, and keyed in."""

import json
from pathlib import Path

import pypdfium2

EVENT = ("--event", "release-2019")


def test_sheets(run, codes: list[str], tmp_path: Path) -> None:
    """The group by itself makes the PDF, in each order and without phones; a bad folder and session are told."""
    for order in ("enterprise", "pinyin", "rank"):
        found = run("signin-sheets", *EVENT, "--by", order, "--out", tmp_path / "表.pdf", "--blank-rows", 3)
        assert (found.exit_code, found.stderr) == (0, ""), found.output
        assert found.stdout.startswith("Rows: 3, pages: 1, file: ")
    text = pypdfium2.PdfDocument(tmp_path / "表.pdf")[0].get_textpage().get_text_range()
    assert all(told in text for told in ("甲", "0003", "Walk-ins" if order == "enterprise" else "Signature"))
    assert "19900" not in text
    found = run(
        "--lang", "zh", "signin-sheets", "--lang", "zh", "pdf", *EVENT, "--out", tmp_path / "no" / "x.pdf"
    )
    assert (found.exit_code, len(found.stderr.splitlines())) == (1, 1)
    assert run("signin-sheets", *EVENT, "--session", "nowhere", "--out", tmp_path / "x.pdf").exit_code == 4


def test_keying_in(run, codes: list[str]) -> None:
    """Codes and numbers become marks; what is unknown is told with its row and ends with 3; again is harmless."""
    enter = ("signin-sheets", "enter", *EVENT, "--at", "2019-04-25 09:40")
    found = run(*enter, codes[0], "2", "99", "--json")
    assert found.exit_code == 3
    rows = [json.loads(line) for line in found.stdout.splitlines()]
    assert [(row["row"], row["outcome"], row["reason"]) for row in rows] == [
        (1, "entered", None), (2, "entered", None), (3, "unknown", "unknown"),
    ]  # fmt: skip
    assert rows[0]["at"] == "2019-04-25T09:40:00+08:00"
    again = run(*enter, "--stdin", typed=f"{codes[0]}\n\n0002\n")
    assert again.exit_code == 0
    assert again.stdout.splitlines()[-1] == "Keyed in: 0, already in: 2, not taken: 0"
    log = json.loads(run("scans", *EVENT, "--json").stdout)
    assert [(line["kind"], line["why"]) for line in log] == [("mark", "sign-in sheet")] * 2
    told = json.loads(run("report", *EVENT, "--format", "json").stdout)["attendance"]
    assert (told["attended"], told["late"]) == (2, None)
    assert run("signin-sheets", "enter", *EVENT).exit_code == 2
