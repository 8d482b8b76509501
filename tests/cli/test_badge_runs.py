"""Runs, labels, pictures, blanks and the print log from the command line."""

import json
import os
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from ipweek.jobs import printing
from tests.fake_cups import READY, FakeCups

EVENT = ("--event", "release-2019")


@pytest.fixture
def guests(run, seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three people."""
    for name in ("IPWEEK_PRINTER", "IPWEEK_LAYOUT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("IPWEEK_CACHE", str(tmp_path / "cache"))
    for name in ("安一", "白二", "陈三"):
        assert run("register", *EVENT, "--name", name).exit_code == 0


@pytest.mark.usefixtures("guests")
def test_a_run_that_is_broken_off(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named with how it goes on; the list says where it stands, the log every copy and its reason."""
    cups = FakeCups(tmp_path / "cups", monkeypatch)
    monkeypatch.setattr(printing, "PAGES_AT_ONCE", 2)
    script = cups.folder / "bin" / "lp"
    broken_off = script.read_text(encoding="utf-8").replace(
        "case", f"test -e '{tmp_path}/gone' && exit 1\ncase", 1
    )
    script.write_text(broken_off, encoding="utf-8")
    release = printing.printers.release

    def last_breath(job: object) -> None:
        release(job)
        (tmp_path / "gone").touch()

    monkeypatch.setattr(printing.printers, "release", last_breath)
    broken = run("badge", "print", *EVENT, "--layout", "86x54", "--sort", "pinyin")
    assert broken.exit_code == 1
    (listed,) = json.loads(run("badge", "runs", *EVENT, "--json").stdout)
    assert f"go on with it by --resume {listed['run']}" in broken.stderr
    assert (listed["pages"], listed["pages_left_over"], listed["target"]) == (3, 1, "label")
    assert "stands before page 3" in run("badge", "runs", *EVENT).stdout
    (tmp_path / "gone").unlink()
    monkeypatch.setattr(printing.printers, "release", release)
    assert run("badge", "print", "--resume", listed["run"]).exit_code == 0
    assert run("badge", "print", "--resume", listed["run"]).exit_code == 1
    out = tmp_path / "again.pdf"
    again = run("badge", "pdf", "--resume", listed["run"], "--from-page", "3", "--out", out, "--json")
    assert json.loads(again.stdout) == {"file": str(out), "badges": 1, "pages": 1, "run": listed["run"]}
    log = json.loads(run("badge", "log", *EVENT, "--json").stdout)
    assert [(line["name"], line["copy"], line["reason"], line["target"]) for line in log] == [
        ("陈三", 2, "jam", "pdf again.pdf"),
        ("陈三", 1, None, "label"),
        ("白二", 1, None, "label"),
        ("安一", 1, None, "label"),
    ]
    assert "jam" in run("badge", "log", *EVENT).stdout
    shown = json.loads(run("badge", "run", "show", listed["run"], "--json").stdout)
    assert [(badge["page"], badge["name"], badge["copies"]) for badge in shown["badges"]] == [
        (1, "安一", 1), (2, "白二", 1), (3, "陈三", 2),
    ]  # fmt: skip
    assert "陈三" in run("badge", "run", "show", listed["run"]).stdout
    cups.says("printers", READY)
    raw = run(
        "badge", "print", *EVENT, "--only", "all", "--again", "--layout", "86x54", "--raw", "203", "--json"
    )
    assert json.loads(raw.stdout)["badges"] == 3
    assert cups.was("asked")[-3:-1] == ["-o", "raw"]
    assert cups.taken[-1].count(b"^XA") == 1


@pytest.mark.usefixtures("guests")
def test_files_and_blanks(run, tmp_path: Path) -> None:
    """Labels and pictures are written whole; a blank is bound to whom it is given; wrong calls are one sentence."""
    labels = tmp_path / "badges.zpl"
    assert run("badge", "zpl", *EVENT, "--out", labels, "--dpi", "300").exit_code == 0
    assert labels.read_bytes().count(b":Z64:") == 3
    told = run("badge", "png", *EVENT, "--out", tmp_path / "png", "--sort", "pinyin", "--dpi", "150")
    assert told.stdout.startswith("Badges: 3, pages: 3")
    names = [file.name.split(" ")[-1] for file in sorted((tmp_path / "png").iterdir())]
    assert names == ["安一.png", "白二.png", "陈三.png"]
    blank = run("badge", "zpl", *EVENT, "--blank", "1", "--out", labels, "--json")
    made = json.loads(run("badge", "run", "show", json.loads(blank.stdout)["run"], "--json").stdout)
    assert [(badge["name"], badge["registration"]) for badge in made["badges"]] == [(None, None)]
    assert "blank" in run("badge", "log", *EVENT).stdout
    code = json.loads(run("badge", "codes", *EVENT, "--json").stdout)[0]["code"]
    refused = run("badge", "bind", code, "0001000002", *EVENT)
    assert (refused.exit_code, refused.stderr) == (
        4,
        f"The badge {code[2:12]} is 安一's; take a blank one.\n",
    )
    for call in (("pdf", "--out", labels), ("zpl", *EVENT, "--from-page", "2", "--out", labels)):
        assert run("badge", *call).exit_code == 2
    if Path("/dev/full").exists():
        full = run("badge", "pdf", *EVENT, "--out", "/dev/full")
        assert (full.exit_code, full.stderr.count("\n")) == (1, 1)
        assert os.strerror(28) in full.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the printer kills by a signal")
@pytest.mark.parametrize("word", ["-d", "-i"], ids=["before the log", "after it"])
def test_a_process_that_is_killed(
    run, python: str, seeded: Path, tmp_path: Path, monkeypatch, word: str
) -> None:
    """Killed while the second job is handed over or let out, the run goes on; every badge leaves exactly once."""
    cups = FakeCups(tmp_path / "cups", monkeypatch)
    monkeypatch.setenv("IPWEEK_CACHE", str(tmp_path / "cache"))
    people = tmp_path / "people.csv"
    lines = ["姓名,手机号码", *(f"来宾{number:02},199000010{number:02}" for number in range(25))]
    people.write_text("\n".join(lines), encoding="utf-8")
    assert run("import", "registrations", people, *EVENT).exit_code == 0
    script = cups.folder / "bin" / "lp"
    well = script.read_text(encoding="utf-8")
    deadly = (
        f'if [ "$1" = {word} ] && [ "$(cat {word[1:]} 2>/dev/null)" = 1 ]; then kill -9 $PPID; exit 1; fi\n'
    )
    counted = f'if [ "$1" = {word} ]; then echo 1 > {word[1:]}; fi\n'
    script.write_text(well.replace("case", f"{deadly}{counted}case", 1), encoding="utf-8")
    call = (python, "-m", "ipweek", "badge", "print", *EVENT, "--layout", "86x54")
    killed = subprocess.run(call, check=False, capture_output=True, timeout=60)
    assert killed.returncode == -9
    script.write_text(well, encoding="utf-8")
    (listed,) = json.loads(run("badge", "runs", *EVENT, "--json").stdout)
    assert (listed["pages"], listed["pages_left_over"]) == (25, 5)
    assert run("badge", "print", "--resume", listed["run"]).exit_code == 0
    log = json.loads(run("badge", "log", *EVENT, "--json").stdout)
    assert sorted((line["name"], line["copy"]) for line in log) == [
        (f"来宾{number:02}", 1) for number in range(25)
    ]
    out = [cups.taken[int(job.removeprefix("label-")) - 1] for job in cups.was("released")]
    assert [len(pypdfium2.PdfDocument(pdf)) for pdf in out] == [20, 5]
