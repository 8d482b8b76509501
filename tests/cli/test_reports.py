"""The summary and the reach of a result."""

import json
import shutil
from pathlib import Path

import docx
import pypdfium2
import pytest

from tests.office import convert

EVENT = ("--event", "release-2019")


def test_an_event_as_json(run, demo: Path) -> None:
    """The documented keys; a rate has its two counts."""
    told = json.loads(run("report", *EVENT, "--format", "json").stdout)
    assert set(told) >= {
        "event",
        "registrations",
        "attendance",
        "enterprises",
        "sessions",
        "results",
        "indicators",
    }
    assert set(told["registrations"]) >= {"registered", "waiting", "cancelled", "walk_in", "substitute"}
    rate = told["attendance"]["rate"]
    assert set(rate) == {"value", "numerator", "denominator"}
    assert rate["value"] == pytest.approx(rate["numerator"] / rate["denominator"], abs=1e-4)
    assert all(set(result["reach"]) >= {"heard", "registered_only", "missed"} for result in told["results"])


@pytest.mark.parametrize("form", ["terminal", "md", "json"])
@pytest.mark.parametrize("which", [EVENT, ("--week", "huizhou-2019")], ids=["event", "week"])
def test_every_format_prints_and_writes(
    run, demo: Path, tmp_path: Path, form: str, which: tuple[str, ...]
) -> None:
    """To stdout and, whole, into a file."""
    printed = run("report", *which, "--format", form)
    assert printed.exit_code == 0, printed.output
    out = tmp_path / "summary"
    assert run("report", *which, "--format", form, "--out", out).exit_code == 0
    assert len(out.read_text(encoding="utf-8")) > 200


def test_the_language_of_a_report(run, demo: Path) -> None:
    """`--lang zh` names the week in Chinese."""
    assert "惠州" in run("report", *EVENT, "--format", "md", "--lang", "zh").stdout


def test_a_folder_that_is_not_there(run, demo: Path, tmp_path: Path) -> None:
    """One sentence, and nothing is left behind."""
    found = run("report", *EVENT, "--out", tmp_path / "nowhere" / "x.md")
    assert found.exit_code == 1
    assert "nowhere" in found.stderr
    assert not list(tmp_path.glob(".ipweek-*"))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--brief", "--appendices"), "A brief is one page"),
        (("--brief", "--unmask"), "A brief is one page"),
        (("--brief", "--format", "json"), "json has every figure"),
        (("--appendices", "--format", "csv"), "csv has every figure"),
    ],
)
def test_what_does_not_fit_together_is_refused(run, demo: Path, asked: tuple[str, ...], told: str) -> None:
    """Rather than left out silently; of a brief as a workbook the key figures are a sheet."""
    found = run("report", *EVENT, *asked)
    assert found.exit_code == 2
    assert told in found.stderr
    assert not found.stdout


def test_reach(run, demo: Path) -> None:
    """Three lists of enterprises; a bare industry code names its latest released result."""
    told = json.loads(run("reach", "led", "--json").stdout)
    assert {"heard", "registered_only", "missed"} <= set(told)
    assert told["heard"]
    assert run("reach", "led-2019").exit_code == 0


def test_a_report_for_word(run, demo: Path, tmp_path: Path) -> None:
    """A file that Word opens, in the language asked for; a terminal does not show it."""
    out = tmp_path / "summary.docx"
    assert run("report", *EVENT, "--lang", "zh", "--out", out).exit_code == 0
    assert docx.Document(str(out)).core_properties.language == "zh-CN"
    assert run("report", *EVENT, "--format", "docx").exit_code == 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_brief_of_the_demo_is_one_page_of_pdf(run, demo: Path, tmp_path: Path, language: str) -> None:
    """In both languages."""
    out = tmp_path / "brief.pdf"
    assert run("report", *EVENT, "--brief", "--lang", language, "--out", out).exit_code == 0
    with pypdfium2.PdfDocument(out) as found:
        assert len(found) == 1


@pytest.mark.system("libreoffice")
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_brief_of_the_demo_is_one_page(run, demo: Path, tmp_path: Path) -> None:
    """For Word, of the event and of the week, in both languages."""
    files = []
    for kind, code in (EVENT, ("--week", "huizhou-2019")):
        for language in ("en", "zh"):
            files.append(tmp_path / f"{code}-{language}.docx")
            assert run("report", kind, code, "--brief", "--lang", language, "--out", files[-1]).exit_code == 0
    convert(tmp_path, "pdf", *files)
    for file in files:
        with pypdfium2.PdfDocument(file.with_suffix(".pdf")) as found:
            assert len(found) == 1, file.name
