"""Report texts, media coverage and photographs at the command line."""

import json
from pathlib import Path

import pytest
from PIL import Image

from ipweek.domain.report_notes import NotePart
from tests.cli.conftest import Run
from tests.desk import EVENT, PHOTOGRAPH

OF = ("--event", EVENT)
WEEK = ("--week", "huizhou-2019")
NASTY = "[red]x[/red] \x1b[31mA\u202eB"


def _part(run: Run, part: str, *place: str) -> dict[str, object]:
    shown: dict[str, object] = json.loads(run("report-text", "show", part, *place, "--json").stdout)
    return shown


def test_texts_from_set_to_remove(run: Run, seeded: Path) -> None:
    """Typed in either language, listed with their state, shown whole, taken back; markup is text."""
    told = run("report-text", "set", "problems", *OF, "--zh", "场次太密。", "--en", NASTY)
    assert told.stdout == "Problems found: 5 characters in Chinese, 19 in English\n"
    assert _part(run, "problems", *OF) == {"part": "problems", "zh": "场次太密。", "en": "[red]x[/red] [31mAB"}  # fmt: skip
    run("report-text", "set", "problems", *OF, "--en", "")
    assert _part(run, "problems", *OF) == {"part": "problems", "zh": "场次太密。", "en": None}
    listed = run("report-text", "list", *OF).stdout
    assert "Problems found" in listed
    assert "场次太密。" in listed
    parts = json.loads(run("report-text", "list", *OF, "--json").stdout)
    assert [part["part"] for part in parts] == list(NotePart)
    assert run("report-text", "remove", "problems", *OF).exit_code == 2, "nobody to ask"
    assert run("report-text", "remove", "problems", *OF, "--yes").exit_code == 0
    assert _part(run, "problems", *OF)["zh"] is None
    whole = run("report-text", "show", *WEEK)
    assert "national intellectual property demonstration city" in whole.stdout
    assert "not stated" in whole.stdout


def test_long_texts_come_from_files(run: Run, seeded: Path, tmp_path: Path) -> None:
    """In the encodings of offices; each goes to the language it is written in, paragraphs and all."""
    chinese, english = tmp_path / "a.txt", tmp_path / "b.md"
    chinese.write_bytes("下一步：\r\n一、送达资料。\r\n二、跟进需求。".encode("gb18030"))
    english.write_text("Next:\n\nTake the papers to those who missed it.", encoding="utf-8-sig")
    found = run("report-text", "set", "next-steps", *WEEK, "--file", chinese, "--file", english)
    assert found.exit_code == 0, found.output
    assert _part(run, "next-steps", *WEEK) == {
        "part": "next_steps",
        "zh": "下一步：\n一、送达资料。\n二、跟进需求。",
        "en": "Next:\n\nTake the papers to those who missed it.",
    }
    (tmp_path / "c.txt").write_bytes(b"\x89PNG\0\0")
    for given, status, words in (
        (("--file", tmp_path / "c.txt"), 1, "is no text"),
        (("--file", tmp_path / "none.txt"), 4, "no file"),
        (("--file", english, "--en", "x"), 2, "two texts in one language"),
        (("--zh", "字" * 20_001), 2, "too long"),
        ((), 2, "what to write"),
        (("--number", "3"), 2, "is a number"),
    ):
        refused = run("report-text", "set", "next-steps", *WEEK, *given)
        assert refused.exit_code == status, given
        assert words in refused.stderr
        assert refused.stderr.count("\n") == 1


def test_the_number_invited_and_who_signs(run: Run, seeded: Path) -> None:
    """A stated number and a name; both stand in the report's JSON, with texts and attachments."""
    assert run("report-text", "set", "invited", *OF, "--number", "180").stdout == "People invited: 180\n"
    assert run("report-text", "set", "invited", *OF, "--number", "many").exit_code == 2
    assert run("report-text", "set", "signed-by", *OF, "--zh", "惠州市知识产权局").exit_code == 0
    notes = json.loads(run("report", *OF, "--format", "json").stdout)["notes"]
    assert (notes["invited"], notes["signed_by"]) == (180, {"zh": "惠州市知识产权局", "en": None})
    assert notes["texts"]["preparation"] == {"zh": None, "en": None}
    assert notes["texts"]["effect"]["en"].startswith("The conference attracted")
    assert notes["coverage"][0]["published_on"] == "2019-04-26"
    assert json.loads(run("report", *WEEK, "--format", "json").stdout)["notes"]["invited"] is None


@pytest.mark.parametrize("place", [(), (*OF, *WEEK)])
def test_one_place_is_named(run: Run, seeded: Path, place: tuple[str, ...]) -> None:
    """Neither none nor two."""
    for command in (
        ("list",),
        ("show", "effect"),
        ("set", "effect", "--en", "x"),
        ("remove", "effect", "--yes"),
    ):
        found = run("report-text", *command, *place)
        assert (found.exit_code, "either --event or --week" in found.stderr) == (2, True)
    assert run("coverage", "list", *OF, *WEEK).exit_code == 2


def test_coverage_with_the_same_verbs_as_everything(run: Run, seeded: Path) -> None:
    """Added to an event or a week, listed by either, edited, removed."""
    given = ("--outlet-zh", "样例日报", "--title-zh", NASTY, "--published-on", "2019-04-27")
    added = run("coverage", "add", *WEEK, *given, "--json")
    assert json.loads(added.stdout)["code"] == "huizhou-2019-coverage-2"
    assert run("coverage", "edit", "huizhou-2019-coverage-2", "--url", "https://example.org/a").exit_code == 0
    listed = json.loads(run("coverage", "list", *WEEK, "--json").stdout)
    assert [row["code"] for row in listed] == ["huizhou-2019-coverage-1", "huizhou-2019-coverage-2"]
    assert listed[1]["url"] == "https://example.org/a"
    of_event = json.loads(run("coverage", "list", *OF, "--json").stdout)
    assert [row["code"] for row in of_event] == ["release-2019-coverage-1"]
    assert "\x1b" not in run("coverage", "list", *WEEK).stdout
    assert run("coverage", "remove", "huizhou-2019-coverage-2", "--yes").exit_code == 0
    refused = run("coverage", "add", "--outlet-en", "Daily", "--title-en", "x")
    assert (refused.exit_code, "either an event or a week" in refused.stderr) == (1, True)


def test_photographs_from_add_to_save(run: Run, seeded: Path, tmp_path: Path) -> None:
    """Added by the path of a file, captioned, written out again upright, removed."""
    found = run("photograph", "add", *OF, "--file", PHOTOGRAPH, "--caption-en", "On stage", "--json")
    told = json.loads(found.stdout)
    assert told["code"] == "release-2019-photo-1"
    assert (told["file"], told["width"], told["height"]) == ("photograph.jpg", 240, 160)
    assert run("photograph", "edit", told["code"], "--caption-zh", "现场").exit_code == 0
    saved = run("photograph", "save", told["code"], "--out", tmp_path / "out.jpg")
    assert saved.exit_code == 0
    image = Image.open(tmp_path / "out.jpg")
    assert (image.size, dict(image.getexif())) == ((240, 160), {})
    listed = json.loads(run("photograph", "list", *OF, "--json").stdout)
    assert [(row["caption_zh"], row["caption_en"]) for row in listed] == [("现场", "On stage")]
    assert run("photograph", "list", *WEEK, "--json").stdout == "[]\n"
    (tmp_path / "no.jpg").write_text("nothing")
    refused = run("photograph", "add", *OF, "--file", tmp_path / "no.jpg")
    assert (refused.exit_code, refused.stderr) == (1, "no.jpg is no photograph; choose a JPEG or PNG file.\n")
    assert run("photograph", "save", "nothing").exit_code == 4
    assert run("photograph", "remove", told["code"], "--yes").exit_code == 0


def test_the_demonstration_s_report_has_every_part(run: Run, demo: Path) -> None:
    """Texts in both languages and two pictures, what was made up marked so wherever it stands."""
    notes = json.loads(run("--home", demo, "report", *OF, "--format", "json").stdout)["notes"]
    for part in ("preparation", "problems", "next_steps"):
        assert notes["texts"][part]["zh"].startswith("（样例）")
        assert notes["texts"][part]["en"].startswith("(Synthetic)")
    for part in ("background", "effect"):
        assert notes["texts"][part]["en"].endswith("not word for word.)"), "the page's, and not made up"
    assert len(notes["photographs"]) == 2
    for one in notes["photographs"]:
        assert "synthetic" in one["caption"]["en"]
        assert "样例" in one["caption"]["zh"]
