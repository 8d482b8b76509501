"""A navigation result on the command line: its page within 80 columns, its rules, its documents."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from ipweek.bootstrap import App
from ipweek.config import load
from tests.desk import Desk
from tests.navigation_world import LONG_ZH, fill

RESULT = "li-ion-next"


@pytest.fixture
def desk(seeded: Path) -> Iterator[Desk]:
    """The services of the seeded workspace, with an empty draft."""
    app = App(load({"home": str(seeded)}))
    made = Desk(app.uow, app.records.clock, app.actor)
    made.add(
        "result", RESULT, industry="li-ion", name_zh="软包锂离子电池产业专利导航成果", name_en="Pouch cells"
    )
    yield made
    app.close()


def count(desk: Desk, level: str, number: str, **given: str) -> None:
    """Add applications at a level."""
    desk.add("level_count", "", result=RESULT, level=level, count=number, unit="application", **given)


@pytest.mark.parametrize("tongue", ["en", "zh"])
def test_a_result_fits_eighty_columns(run, desk: Desk, tongue: str) -> None:
    """Every line of the whole model, Chinese names among it, is at most 80 cells wide."""
    fill(desk, RESULT)
    lines = run("result", "show", RESULT, "--lang", tongue).stdout.splitlines()
    assert [line for line in lines if cell_len(line) > 80] == []
    text = "\n".join(lines)
    assert LONG_ZH[:20] in text
    expected = {
        "en": ("Guangdong", "Huizhou", "18,204", "stated 6 % · computed 6.2 %", "agrees", "2018 *", "provisional",
               "Electrolyte H01M 10/056", "31.1 %", "○○○ gap", "talent", "Solid state leads.", "6 % of Guangdong."),
        "zh": ("广东", "惠州", "18,204", "公布 6 % · 计算 6.2 %", "相符", "2018 *", "未完整公开", "电解液", "31.1 %",
               "○○○", "固态电池是方向。", "收获很大。"),
    }  # fmt: skip
    assert [wanted for wanted in expected[tongue] if wanted not in text] == []


def test_columns_stand_below_one_another(run, desk: Desk) -> None:
    """The figures of a level end in the same cell as its name, whatever the language."""
    fill(desk, RESULT)
    for tongue in ("en", "zh"):
        lines = run("result", "show", RESULT, "--lang", tongue).stdout.splitlines()
        title = next(line for line in lines if line.rstrip().endswith(("Huizhou", "惠州")))
        row = next(line for line in lines if "18,204" in line)
        assert cell_len(title.rstrip()) == cell_len(row.rstrip()) == 80
        bars = [line for line in lines if "31.1 %" in line or "17.8 %" in line]
        assert len({cell_len(line.partition(" %")[0]) for line in bars}) == 1


def test_the_seed_shows_what_is_stated_and_no_more(run, seeded: Path) -> None:
    """285 and 6 %, what follows as derived, and “not stated” for every other part."""
    text = run("result", "show", "li-ion").stdout
    for wanted in (
        "285",
        "≈ 4,750",
        "Guangdong: 285 / 6 % (4,385–5,181), if both count the same unit",
        "stated 6 %",
    ):
        assert wanted in text
    for part in ("Trend", "Branches", "Applicants", "Industry chain", "Findings", "Recommended"):
        assert any(
            line.startswith(part) and line.rstrip().endswith("not stated") for line in text.splitlines()
        ), part
    assert "not known: no registrations" in text
    assert run("result", "check", "li-ion").stdout == "No rule is broken.\n"


def test_the_whole_model_as_json(run, desk: Desk) -> None:
    """Every part by its name; what a stated share implies is marked as derived."""
    fill(desk, RESULT)
    told = json.loads(run("result", "show", RESULT, "--json").stdout)
    sizes = {name: len(told[name]) for name in ("counts", "years", "branches", "applicants", "nodes", "findings",
             "advice", "statements", "documents", "links", "notes")}  # fmt: skip
    assert sizes == {"counts": 5, "years": 6, "branches": 3, "applicants": 3, "nodes": 2, "findings": 2, "advice": 1,
                     "statements": 2, "documents": 1, "links": 0, "notes": 1}  # fmt: skip
    assert told["share"]["computed"][0]["agrees"] is True
    assert told["notes"][0]["code"] == "symbol-reclassified"
    assert told["reach"]["heard"] is None
    seeded = json.loads(run("result", "show", "li-ion", "--json").stdout)
    derived = [line for line in seeded["counts"] if line["provenance"] == "derived"]
    assert [(line["count"], line["low"], line["high"]) for line in derived] == [(4750, 4385, 5181)]


def test_a_broken_rule(run, desk: Desk) -> None:
    """`check` says it and ends with 1, the release is refused with the same sentence."""
    count(desk, "city", "285")
    count(desk, "province", "200")
    sentence = "Huizhou has 285, more than the 200 of Guangdong"
    found = run("result", "check", RESULT)
    assert found.exit_code == 1
    assert sentence in found.stdout
    assert "Broken rules: 1" in found.stdout
    refused = run("link", "release-2019", "--result", RESULT, "--as", "released")
    assert (refused.exit_code, sentence in refused.stderr) == (1, True)
    notes = json.loads(run("result", "check", RESULT, "--json").stdout)
    assert [(note["rule"], note["severity"]) for note in notes] == [(1, "broken")]


def test_a_share_that_disagrees_is_seen(run, desk: Desk) -> None:
    """6 % against 285 of 3,000 stands on the page in words, and hinders no release."""
    count(desk, "city", "285", region_code="441300")
    count(desk, "province", "3000", region_code="440000")
    desk.add("statement", "", result=RESULT, kind="share", value="6", unit="%")
    text = " ".join(run("result", "show", RESULT).stdout.split())
    told = "The stated share is 6 %, but 285 of 3,000 (Huizhou in Guangdong, stated) is 9.5 %."
    assert told in text
    assert "stated 6 % · computed 9.5 % · stated · ! disagrees" in text
    assert told in " ".join(run("result", "check", RESULT).stdout.split())
    assert run("result", "check", RESULT).exit_code == 0
    assert run("link", "release-2019", "--result", RESULT, "--as", "released").exit_code == 0


def test_a_released_result_has_a_next_version(run, seeded: Path) -> None:
    """An edit is refused with the way out, which needs no code and copies everything."""
    refused = run("result", "edit", "li-ion-2019", "--note", "x")
    assert refused.exit_code == 1
    assert "li-ion-2019 is released and never edited" in refused.stderr
    assert run("result", "add", "--supersedes", "li-ion-2019").exit_code == 0
    told = json.loads(run("result", "show", "li-ion-2019-v2", "--json").stdout)
    assert (told["version"], told["status"], told["supersedes"]) == (2, "draft", "li-ion-2019")
    assert 285 in [line["count"] for line in told["counts"]]
    assert [paper["code"] for paper in told["documents"]] == ["navigation-report-2019"]
    assert run("result", "level-count", "edit", "li-ion-2019-v2-count-1", "--count", "290").exit_code == 0
    assert run("link", "release-2019", "--result", "li-ion-2019-v2", "--as", "released").exit_code == 0
    assert "Superseded by     li-ion-2019-v2" in run("result", "show", "li-ion-2019").stdout


def test_documents_are_read_and_checked(run, desk: Desk, tmp_path: Path) -> None:
    """The digest is made from the file; a changed and a missing one end with 1."""
    file = tmp_path / "report.pdf"
    file.write_bytes(b"report")
    added = run(
        "document",
        "add",
        "final",
        "--title-zh",
        "成果报告",
        "--location",
        file,
        "--results",
        RESULT,
        "--json",
    )
    assert hashlib.sha256(b"report").hexdigest() in added.stdout
    assert hashlib.sha256(b"report").hexdigest() in run("result", "show", RESULT).stdout
    found = run("document", "check", "--result", RESULT)
    assert (found.exit_code, "unchanged" in found.stdout) == (0, True)
    file.write_bytes(b"other")
    found = run("document", "check", "final", "--json")
    assert (found.exit_code, json.loads(found.stdout)[0]["state"]) == (1, "changed")
    file.unlink()
    assert "missing" in run("document", "check").stdout
    refused = run("document", "add", "more", "--title-en", "X", "--location", file)
    assert (refused.exit_code, "There is no file" in refused.stderr) == (1, True)
