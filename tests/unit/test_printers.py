"""Printers by CUPS's commands: what they say is read, what they are asked is exact, what fails has a name."""

import os
from pathlib import Path

import pytest

from ipweek.adapters import printers
from ipweek.adapters.badge_templates import builtin
from ipweek.domain.errors import IpweekError, NotFoundError, UsageError
from ipweek.domain.printers import JobState, Printer, PrinterState, PrintJob
from tests.desk import refusal
from tests.fake_cups import READY, FakeCups

MANY = """printer office now printing office-12.  enabled since Mon Nov 23 15:00:34 2026
\tprocessing page 3 of printer idle is idle.
printer label disabled since Mon Nov 23 15:00:38 2026 -
\tpaper\x1b[31m out
printer front is idle.  enabled since Mon Nov 23 15:00:35 2026
\tno paper
office accepting requests since Mon Nov 23 15:00:35 2026
label accepting requests since Mon Nov 23 15:00:38 2026
front not accepting requests since Mon Nov 23 15:00:35 2026 -
\tmoved away
system default destination: office
"""


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeCups:
    """CUPS's commands, with one printer."""
    return FakeCups(tmp_path / "cups", monkeypatch)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A file to print."""
    file = tmp_path / "-n 5.pdf"
    file.write_bytes(b"%PDF")
    return file


def test_printers_and_their_states(cups: FakeCups) -> None:
    """Each queue with its state and the system's word on it; the language of this machine has no part in it."""
    cups.says("printers", MANY)
    assert printers.printers() == (
        Printer("front", PrinterState.REFUSING, reason="moved away"),
        Printer("label", PrinterState.STOPPED, reason="paper[31m out"),
        Printer("office", PrinterState.PRINTING, is_default=True),
    )
    assert cups.was("locale") == ["C"]


def test_the_default_or_the_only_one_is_meant(cups: FakeCups) -> None:
    """Without a name the default prints, or the only printer; among several without one none is guessed."""
    assert printers.find(None).name == "label"
    cups.says("printers", MANY)
    assert printers.find(None).name == "office"
    cups.says("printers", MANY.replace("system default destination: office", "no system default destination"))
    assert refusal(UsageError, "printer-needed", printers.find, None)["known"] == ["front", "label", "office"]
    cups.says("printers", "no system default destination\n")
    refusal(NotFoundError, "printers-none", printers.find, None)


@pytest.mark.parametrize("name", ["nope", "-x", "label -o raw", ""])
def test_only_a_printer_that_is_there_is_asked(cups: FakeCups, paper: Path, name: str) -> None:
    """A name that is none, or looks like an option, never reaches `lp`."""
    told = refusal(
        NotFoundError, "printer-missing", printers.submit, paper, name, title="t", layout=builtin("a6")
    )
    assert told["known"] == ["label"]
    assert cups.was("asked") == []


@pytest.mark.parametrize(
    ("layout", "media"),
    [
        ("a4-2x5", "A4"),
        ("86x54", "Custom.86x54mm"),
        ("a6", "Custom.148x105mm"),
        ("4x3in", "Custom.101.6x76.2mm"),
    ],
)
def test_submitting(cups: FakeCups, paper: Path, layout: str, media: str) -> None:
    """The page is the layout's, at its own size; no shell reads the title."""
    title = "-o raw; $(rm)"
    job = printers.submit(paper, "label", title=title, layout=builtin(layout), hold=True)
    assert job == PrintJob("label", "label-1")
    assert cups.was("asked") == [
        "-d", "label", "-t", title, "-H", "hold", "-o", f"media={media}", "-o", "print-scaling=none", str(paper),
    ]  # fmt: skip
    assert cups.taken == [b"%PDF"]


def test_a_layout_with_a_back_goes_on_both_sides(cups: FakeCups, paper: Path) -> None:
    """The printer is told to turn the sheet along its long edge."""
    printers.submit(paper, "label", title="t", layout=builtin("a6-programme"))
    assert "sides=two-sided-long-edge" in cups.was("asked")


def test_refusals(cups: FakeCups, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stopped and a refusing printer, what lp says, a service that is down, one that hangs: each by name."""

    def refused(code: str) -> dict[str, object]:
        return refusal(IpweekError, code, printers.submit, paper, "label", title="t", layout=builtin("86x54"))

    cups.stop("out of cards")
    assert refused("printer-stopped")["why"] == "out of cards"
    cups.says("printers", READY.replace("label accepting requests", "label not accepting requests"))
    assert refused("printer-refusing")["printer"] == "label"
    cups.says("printers", READY)
    cups.says("refusal", "lp: Error - unsupported\x1b[2J format.\nmore\n")
    assert refused("print-refused")["detail"] == "unsupported[2J format."
    cups.says("trouble", "lpstat: Scheduler is not running.\n")
    assert refused("print-service-down")["detail"] == "Scheduler is not running."
    monkeypatch.setattr(printers, "TIMEOUT", 0.1)
    (cups.folder / "bin" / "lpstat").write_text("#!/bin/sh\nexec sleep 5\n", encoding="utf-8")
    refused("print-timeout")
    assert cups.taken == []


def test_how_far_a_job_is(cups: FakeCups) -> None:
    """Waiting, on the printer, on paper, given up; a job without an id is not asked about."""
    job = PrintJob("label", "label-1")
    cups.says("queue", "label-11   root   2048   Mon Nov 23\nlabel-1   root   2048   Mon Nov 23\n")
    assert printers.state(job) is JobState.QUEUED
    cups.says("printers", READY.replace("is idle.", "now printing label-1."))
    assert printers.state(job) is JobState.PRINTING
    cups.says("queue", "label-11   root   2048   Mon Nov 23\n")
    assert printers.state(job) is JobState.DONE
    for ended in ("canceled", "aborted"):
        cups.says("ended", ended)
        assert printers.state(job) is JobState.FAILED
    assert printers.state(PrintJob("label", None)) is JobState.UNKNOWN
    assert printers.state(PrintJob("label", "-a")) is JobState.UNKNOWN


def test_a_held_job_is_let_out(cups: FakeCups, paper: Path) -> None:
    """Its id is all that is said; one that printed meanwhile is well, one that is stuck is not; labels go raw."""
    job = printers.submit(paper, "label", title="t", layout=None, hold=True)
    assert cups.was("asked")[4:] == ["-H", "hold", "-o", "raw", str(paper)]
    printers.release(job)
    printers.release(PrintJob("label", "-a"))
    assert cups.was("released") == ["label-1"]
    cups.says("stuck", "lp: No such job.\n")
    printers.release(job)
    cups.says("queue", "label-1   root   2048   Mon Nov 23\n")
    assert refusal(IpweekError, "print-refused", printers.release, job)["detail"] == "No such job."


def test_taking_a_job_back(cups: FakeCups) -> None:
    """`cancel` is given the job's id, and nothing that could be an option."""
    printers.cancel(PrintJob("label", "label-1"))
    printers.cancel(PrintJob("label", "-a"))
    assert cups.was("cancelled") == ["label-1"]


def test_without_cups(tmp_path: Path, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows prints by its own command on its own printer; where there is neither, that is said."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delattr(os, "startfile", raising=False)
    refusal(IpweekError, "print-command-missing", printers.printers)
    started: list[tuple[Path, str]] = []
    monkeypatch.setattr(os, "startfile", lambda path, verb: started.append((path, verb)), raising=False)
    (one,) = printers.printers()
    assert one.is_default
    job = printers.submit(paper, None, title="t", layout=builtin("a6"))
    assert (job.id, started) == (None, [(paper, "print")])
    refusal(IpweekError, "print-raw-needs-cups", printers.submit, paper, None, title="t", layout=None)
    refusal(NotFoundError, "printer-missing", printers.submit, paper, "x", title="t", layout=builtin("a6"))
