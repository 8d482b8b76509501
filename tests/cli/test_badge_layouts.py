"""Templates, preview, preflight, table cards and lists from the command line."""

import json
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

EVENT = ("--event", "release-2019")


@pytest.fixture(autouse=True)
def people(run, seeded: Path) -> None:
    """Two registered people."""
    assert run("register", *EVENT, "--name", "张伟").exit_code == 0
    assert run("register", *EVENT, "--name", "李雷").exit_code == 0


def test_a_template_is_copied_edited_and_used(run, seeded: Path, tmp_path: Path) -> None:
    """From the list into the folder, a mistake told with its line, then drawn by its name and by its file."""
    assert "a6-programme" in run("badge", "template", "list").stdout
    copied = run("badge", "template", "copy", "a4-2x5", "mine")
    mine = seeded / "templates" / "mine.toml"
    assert str(mine) in copied.stdout
    assert mine.read_text("utf-8") == run("badge", "template", "show", "a4-2x5").stdout
    assert run("badge", "template", "copy", "a4-2x5", "mine").exit_code == 2
    whole = mine.read_text("utf-8")
    mine.write_text(whole.replace("columns = 2", "colums = 2"), "utf-8")
    refused = run("badge", "pdf", *EVENT, "--layout", "mine", "--out", tmp_path / "x.pdf")
    assert refused.exit_code == 1
    assert refused.stderr == "mine.toml, line 15: there is no key cards.colums; write columns.\n"
    assert not (tmp_path / "x.pdf").exists()
    listed = json.loads(run("badge", "template", "list", "--json").stdout)
    assert [(one["name"], bool(one["error"])) for one in listed if one["own"]] == [("mine", True)]
    mine.write_text(whole.replace("rows = 5", "rows = 4"), "utf-8")
    assert "8 a page" in run("badge", "template", "check", mine).stdout
    assert run("badge", "pdf", *EVENT, "--layout", mine, "--out", tmp_path / "x.pdf").exit_code == 0
    assert run("badge", "pdf", *EVENT, "--layout", "none", "--out", tmp_path / "x.pdf").exit_code == 2


def test_preview(run, seeded: Path, tmp_path: Path) -> None:
    """In the terminal, and as a picture of the page or of one card; the codes read from both."""
    assert "张伟" in run("badge", "preview", "1", *EVENT).stdout.replace("\n", "")
    page, card = tmp_path / "page.png", tmp_path / "card.png"
    assert run("badge", "preview", *EVENT, "--png", page).exit_code == 0
    assert run("badge", "preview", "1", *EVENT, "--png", card, "--layout", "a6-programme").exit_code == 0
    assert [len(zxingcpp.read_barcodes(Image.open(file))) for file in (page, card)] == [2, 1]
    with Image.open(card) as picture:
        assert picture.height > 2 * 1150  # the back stands below the front


def test_preflight(run, seeded: Path, tmp_path: Path) -> None:
    """Nothing wrong is status 0; a missing character is 1 and by name, and may be let pass; a warning is no refusal."""
    good = json.loads(run("badge", "preflight", *EVENT, "--json").stdout)
    assert (good["codes_read"], good["findings"]) == (2, [])
    long = "首席知识产权官" * 15
    assert run("register", *EVENT, "--name", "王𓀀", "--title", long).exit_code == 0
    told = run("badge", "preflight", *EVENT)
    assert told.exit_code == 1
    assert "✗ 王𓀀: no font has 𓀀" in told.stdout
    assert "! 王𓀀: the title comes out in" in told.stdout
    assert run("badge", "preflight", *EVENT, "--allow-missing").exit_code == 0
    out = tmp_path / "badges.pdf"
    assert run("badge", "pdf", *EVENT, "--out", out).exit_code == 1
    assert not out.exists()
    drawn = run("badge", "pdf", *EVENT, "--out", out, "--allow-missing")
    assert drawn.exit_code == 0
    assert "the title comes out in" in drawn.stderr
    assert run("badge", "preflight", *EVENT, "--only", "new").exit_code == 4


def test_lists_and_table_cards(run, seeded: Path, tmp_path: Path) -> None:
    """By rank to the terminal, as JSON and as PDF; cards for all or for some."""
    assert [one["name"] for one in json.loads(run("badge", "list", *EVENT, "--json").stdout)] == [
        "李雷",
        "张伟",
    ]
    assert "李雷" in run("badge", "list", *EVENT, "--lang", "zh").stdout
    assert run("badge", "list", *EVENT, "--out", tmp_path / "list.pdf").exit_code == 0
    told = run("badge", "table-cards", "1", *EVENT, "--out", tmp_path / "cards.pdf", "--size", "a5")
    assert "People: 1, pages: 1" in told.stdout
