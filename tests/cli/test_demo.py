"""The main job once, from spreadsheet to summary, as its outcome stands in the folder."""

import io
import json
import re
from contextlib import redirect_stdout
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from tests.cli.conftest import Run

EVENT = "release-2019"


def codes_on(pdf: Path, dpi: int) -> list[str]:
    """Every QR code on a PDF's pages, decoded from pictures."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=dpi / 72).to_pil()
        found += [
            code.text for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
        ]
    return found


def test_every_badge_decodes_to_the_code_it_was_issued(run: Run, demo: Path) -> None:
    """Another library reads all 118 codes from 150-dpi pages, in the order of the list."""
    issued = json.loads(run("--home", demo, "badge", "codes", "--event", EVENT, "--json").stdout)
    printed = codes_on(demo / "demo-badges.pdf", 150)
    assert len(printed) == len(set(printed)) == 118
    current = {one["code"] for one in issued}
    # One badge was replaced by a newer issue after the print, and the walk-in came later.
    assert len(set(printed) - current) == 1
    assert len(current - set(printed)) == 2


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Attendance rate", "Results released", "not stated")), ("zh", ("参会率", "成果", "未公布"))],
)
def test_the_whole_job_ends_with_the_summary_and_its_files(
    run: Run, tmp_path: Path, language: str, words: tuple[str, ...]
) -> None:
    """The summary is printed in the language asked for, then where each file is."""
    found = run("demo", "--headless", "--dir", tmp_path / "demo", "--lang", language)
    assert found.exit_code == 0
    for word in words:
        assert word in found.stdout
    for name in ("demo-enterprises.xlsx", "demo-registrations.xlsx", "demo-badges.pdf", "demo-summary.md"):
        assert (tmp_path / "demo" / name).stat().st_size > 1000
        assert name in found.output
    assert "Traceback" not in found.output


def test_scans_of_the_day(run: Run, demo: Path) -> None:
    """Accepted and refused scans are all in the log, each refusal with its reason."""
    lines = json.loads(run("--home", demo, "scans", "--event", EVENT, "--json", "--limit", "1000").stdout)
    verdicts = [line["verdict"] for line in lines]
    assert verdicts.count("accepted") > 200
    reasons = {line["reason"] for line in lines if line["verdict"] == "refused"}
    assert reasons == {"invalid", "forged", "revoked", "wrong_session", "already_in"}


def test_synthetic_people_are_marked(demo: Path) -> None:
    """Every badge of the demonstration says that it is a sample."""
    for page in pypdfium2.PdfDocument(demo / "demo-badges.pdf"):
        text = page.get_textpage().get_text_range()
        assert len(re.findall("SYNTHETIC", text)) == len(re.findall(r"\b11 0001 ", text))


def test_a_second_demonstration_plays_nothing_anew(run: Run, demo: Path) -> None:
    """A folder with a workspace is opened, not overwritten."""
    before = (demo / "demo-badges.pdf").stat().st_mtime_ns
    with redirect_stdout(io.StringIO()):
        found = run("demo", "--headless", "--dir", demo)
    assert found.exit_code == 0
    assert (demo / "demo-badges.pdf").stat().st_mtime_ns == before


HOSTILE = {
    "not a spreadsheet": ("x.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200)),
    "empty": ("x.csv", b""),
    "wrong header": ("x.csv", "甲,乙,丙\n1,2,3\n".encode()),
    "credit code": ("x.csv", "姓名,企业名称,统一社会信用代码\n张伟,样例,91350100M000100Y4Z\n".encode()),
    "control characters": ("x.csv", "姓名,手机号码\n\x01\x02\x1b,13800138000\n".encode()),
    "command": ("x.csv", "姓名,手机号码\n\"=cmd|'/C calc'!A0\",13800138000\n".encode()),
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_bad_files_get_a_sentence_and_change_nothing(
    run: Run, seeded: Path, tmp_path: Path, kind: str, language: str
) -> None:
    """What is wrong is told in one line, nothing is written, and no control character reaches the terminal."""
    name, data = HOSTILE[kind]
    (tmp_path / name).write_bytes(data)
    before = json.loads(run("--home", seeded, "db", "info", "--json").stdout)
    arguments = ("import", "registrations", tmp_path / name, "--event", EVENT, "--lang", language)
    found = run("--home", seeded, *arguments)
    assert found.exit_code in (1, 4)
    assert "Traceback" not in found.output
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", found.output)
    assert found.stderr.strip() or found.stdout.strip()
    assert json.loads(run("--home", seeded, "db", "info", "--json").stdout) == before


def test_markup_in_a_name_is_text(run: Run, seeded: Path, tmp_path: Path) -> None:
    """A name that looks like markup goes in and comes out letter by letter."""
    file = tmp_path / "x.csv"
    file.write_text("姓名,手机号码\n[red]样例[/],13800138000\n", encoding="utf-8")
    assert run("--home", seeded, "import", "registrations", file, "--event", EVENT).exit_code == 0
    listed = run("--home", seeded, "registration", "list", "--event", EVENT)
    assert "[red]样例[/]" in listed.stdout
