"""Cases on the command line: seeds, finding, linking, sheets, and who recuses himself."""

import json
from pathlib import Path

import pypdfium2
import pytest

from tests.cli.conftest import Run

EVE = "惠州亿纬锂能股份有限公司"
VARTA = "varta-eve-2021"


@pytest.fixture
def library(run: Run, seeded: Path) -> Path:
    """The seeded workspace with the case library."""
    assert run("--home", seeded, "db", "seed", "case-library").exit_code == 0
    return seeded


def test_init_takes_several_seeds(run: Run, tmp_path: Path) -> None:
    """Both seeds in one go, each told; a loaded one is refused in one line; an unknown one makes nothing."""
    assert run("init", "--seed", "huizhou-2019", "--seed", "nowhere").exit_code == 4
    assert not (tmp_path / "home").exists()
    told = run("init", "--seed", "huizhou-2019", "--seed", "case-library")
    assert told.exit_code == 0
    assert "8 cases" in told.stdout
    assert "3 events" in told.stdout
    again = run("db", "seed", "case-library")
    assert (again.exit_code, len(again.stderr.strip().splitlines())) == (4, 1)
    assert len(json.loads(run("case", "list", "--json").stdout)) == 8


def test_the_library_alone(run: Run) -> None:
    """Cases without a week: what comes next is a week of one's own."""
    told = run("init", "--seed", "case-library")
    assert told.exit_code == 0
    assert "ipweek week add" in told.stdout


def test_search(run: Run, library: Path) -> None:
    """Words and filters narrow; the rows tell when each case began and what it is about."""
    found = json.loads(run("case", "search", "诉", "--industry", "qled", "--json").stdout)
    assert [(case["code"], case["first"], case["last"]) for case in found] == [
        ("nanoco-samsung-2020", "2020-02-14", "2023-02-03")
    ]
    by_measure = run("case", "search", "--countermeasure", "invalidation", "--forum", "Texas", "--json")
    assert len(json.loads(by_measure.stdout)) == 2
    assert len(json.loads(run("case", "search", "--cause", "trade_secret", "--json").stdout)) == 1
    assert "福建省高级人民法院" in run("case", "search", "闽民初", "--lang", "zh").stdout
    assert run("case", "search", "--industry", "none").exit_code == 4
    assert run("case", "search", "--cause", "none").exit_code == 2


def test_links_show_on_both_sides(run: Run, library: Path) -> None:
    """A case linked to an event shows there and on its own page; a later one is refused; unlink undoes it."""
    assert run("link", "release-2019", "--case", "ultravision-2018").exit_code == 0
    for arguments in (("event", "show", "release-2019"), ("case", "show", "ultravision-2018")):
        told = json.loads(run(*arguments, "--json").stdout)
        links = told["cases"] if "cases" in told else told["links"]
        assert [(link["place"], link["case"]) for link in links] == [("release-2019", "ultravision-2018")]
    assert "ultravision-2018" in run("event", "show", "release-2019").stdout
    assert "release-2019" in run("case", "show", "ultravision-2018").stdout
    refused = run("link", "release-2019", "--case", VARTA)
    assert (refused.exit_code, "2021-10-25" in refused.stderr) == (1, True)
    assert run("unlink", "release-2019", "--case", "ultravision-2018").exit_code == 2
    assert run("unlink", "release-2019", "--case", "ultravision-2018", "--yes").exit_code == 0
    assert run("unlink", "release-2019", "--case", "ultravision-2018", "--yes").exit_code == 4


@pytest.mark.parametrize(
    "arguments", [(), ("--case", VARTA, "--result", "led"), ("--case", VARTA, "--as", "released")]
)
def test_a_link_is_to_one_thing(run: Run, library: Path, arguments: tuple[str, ...]) -> None:
    """Neither nothing nor both, and a case has no role."""
    assert run("link", "release-2019", *arguments).exit_code == 2
    assert run("unlink", "release-2019", *arguments, "--yes").exit_code == 2


def test_recusals_are_told_where_they_matter(run: Run, library: Path) -> None:
    """At the link, at the registration, on the event and on the case; as a warning on stderr."""
    run("register", "--event", "case-analysis", "--name", "张伟", "--enterprise", EVE)
    linked = run("link", "case-analysis", "--case", VARTA)
    assert "张伟" in linked.stderr
    registered = run("register", "--event", "case-analysis", "--name", "李静", "--enterprise", EVE, "--json")
    assert "李静" in registered.stderr
    assert "张伟" not in registered.stderr
    json.loads(registered.stdout)
    for arguments in (("event", "show", "case-analysis"), ("case", "show", VARTA)):
        told = json.loads(run(*arguments, "--json").stdout)
        assert sorted(one["name"] for one in told["recusals"]) == ["张伟", "李静"]
        assert "张伟" in run(*arguments).stderr
    other = run("register", "--event", "case-analysis", "--name", "王磊", "--enterprise", "样例")
    assert "王磊" not in other.stderr


def test_sheets(run: Run, library: Path, tmp_path: Path) -> None:
    """Terminal, Markdown and PDF, of one case or of a session's; as of a day without what came later."""
    whole = run("case", "sheet", VARTA)
    assert "Global settlement" in whole.stdout
    early = run("case", "sheet", VARTA, "--as-of", "2022-12-31", "--format", "md")
    assert "2022-12-31" in early.stdout.replace("\\", "")
    assert "settle" not in early.stdout
    for code in ("ultravision-2018", "nichia-everlight-2017"):
        run("link", "release-2019", "--case", code)
    out = tmp_path / "案例.pdf"
    written = run(
        "case", "sheet", "--session", "release-2019", "--format", "pdf", "--out", out, "--lang", "zh"
    )
    assert written.exit_code == 0
    pages = [one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(out)]
    assert len(pages) == 2
    assert "日亚化学" in pages[0]
    assert "2019年4月25日" in pages[1].replace("\n", "")
    assert run("case", "sheet", VARTA, "--out", tmp_path / "x.txt").exit_code == 0
    assert "VARTA" in (tmp_path / "x.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ((), 2),
        ((VARTA, "--session", "release-2019"), 2),
        ((VARTA, "--format", "pdf"), 2),
        ((VARTA, "--as-of", "yesterday"), 2),
        (("none",), 4),
        (("--session", "release-2019"), 4),
        (("--session", "none"), 4),
        ((VARTA, "--format", "pdf", "--out", "/nowhere/x.pdf"), 1),
    ],
)
def test_what_no_sheet_can_be_made_of(
    run: Run, library: Path, arguments: tuple[str, ...], status: int
) -> None:
    """Each mistake is one line with its exit status."""
    found = run("case", "sheet", *arguments)
    assert found.exit_code == status
    assert len(found.stderr.strip().splitlines()) == 1


def test_the_demonstration_analyses_two_cases(run: Run, demo: Path) -> None:
    """Only cases of before April 2019 are linked to its synthetic session."""
    told = json.loads(run("--home", demo, "session", "show", "demo-cases", "--json").stdout)
    assert [link["case"] for link in told["cases"]] == ["nichia-everlight-2017", "ultravision-2018"]
    sheets = run("--home", demo, "case", "sheet", "--session", "demo-cases").stdout
    assert "855 F.3d 1328" in sheets
    assert "left out" not in sheets


def test_a_file_name_that_is_too_long_is_one_sentence(run, seeded: Path) -> None:
    """What the file system refuses before anything is written is told like any other."""
    run("case", "add", "some-case", "--industry", "led", "--cause", "patent", "--name-en", "Some case")
    refused = run("case", "sheet", "some-case", "--format", "pdf", "--out", "0" * 5000)
    assert (refused.exit_code, "File name too long" in refused.stderr) == (1, True)
    assert "ipweek failed" not in refused.stderr
