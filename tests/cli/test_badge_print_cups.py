"""Badges through a real queue: CUPS takes them, and what comes out has the layout's size and a symbol that reads."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from ipweek.adapters import printers
from ipweek.adapters.badge_templates import builtin, names
from ipweek.domain.printers import JobState, PrinterState, PrintJob

QUEUE = "ipweek-proof"
DRIVER = "lsb/usr/cups-pdf/CUPS-PDF_opt.ppd"
CUPSD, LPADMIN = (shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") for name in ("cupsd", "lpadmin"))
BACKEND = Path("/usr/lib/cups/backend/cups-pdf")
EVENT = ("--event", "release-2019")

pytestmark = [
    pytest.mark.system("cups"),
    pytest.mark.skipif(
        None in (CUPSD, LPADMIN) or not BACKEND.exists() or getattr(os, "geteuid", lambda: 1)() != 0,
        reason="cups and cups-pdf are not installed, or not for us to start",
    ),
]

_SERVER = """Listen localhost:{port}
Browsing No
WebInterface No
DefaultAuthType None
<Location />
Order allow,deny
Allow localhost
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
_FILES = """ServerRoot {folder}/root
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
CacheDir {folder}/cache
StateDir {folder}/state
AccessLog {folder}/access
ErrorLog {folder}/error
PageLog {folder}/page
SystemGroup root
"""


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A queue of its own at a server of its own: no other printer of this machine is touched."""
    folder = Path(tempfile.mkdtemp(prefix="ipweek-cups-"))
    folder.chmod(0o755)  # its filters run as a user of their own
    for name in ("root/ppd", "spool/tmp", "cache", "state"):
        (folder / name).mkdir(parents=True)
    with closing(socket.create_server(("localhost", 0))) as free:
        port = free.getsockname()[1]
    (folder / "cupsd.conf").write_text(_SERVER.format(port=port), encoding="utf-8")
    (folder / "cups-files.conf").write_text(_FILES.format(folder=folder), encoding="utf-8")
    monkeypatch.setenv("CUPS_SERVER", f"localhost:{port}")
    monkeypatch.setenv("IPWEEK_CACHE", str(tmp_path / "cache"))
    server = subprocess.Popen(
        [CUPSD, "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _until(
            lambda: b"is running" in subprocess.run(["lpstat", "-r"], capture_output=True, check=False).stdout
        )
        _admin("-p", QUEUE, "-E", "-v", "cups-pdf:/", "-m", DRIVER)
        yield QUEUE
        _admin("-x", QUEUE)
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _admin(*words: str) -> None:
    subprocess.run([LPADMIN, *words], check=True, capture_output=True)


def _until(holds, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.1)
    assert holds()


def _outputs(badge_no: str) -> set[Path]:
    """What the queue wrote under the job's title: into the home of who prints, or for anonymous people."""
    folders = (Path.home() / "PDF", Path("/var/spool/cups-pdf/ANONYMOUS"), Path("/var/spool/cups-pdf/root"))
    return {path for folder in folders for path in folder.glob(f"ipweek_badge*{badge_no}*.pdf")}


def test_badges_come_out_of_the_printer(run, seeded: Path, queue: str) -> None:
    """Of every layout each sheet is as large as it says to half a millimetre, and the symbols on them are the codes.

    One layout after the other: all of them come out in one folder.
    """
    for name in ("张伟", "李静", "阿卜杜热合曼·买买提"):
        assert run("register", *EVENT, "--name", name).exit_code == 0
    issued = json.loads(run("badge", "codes", *EVENT, "--json").stdout)
    for layout in names(Path("none of our own")):
        sheet = builtin(layout)
        pages, sizes, read = _printed(run, queue, layout, issued[0]["badge_no"])
        assert len(sizes) == pages * sheet.sides, layout
        size = (sheet.page_width, sheet.page_height)
        assert all(millimetres == pytest.approx(size, abs=0.5) for millimetres in sizes), layout
        assert sorted(read) == sorted(each["code"] for each in issued), layout


def _printed(run, queue: str, layout: str, first: str) -> tuple[int, list[list[float]], list[str]]:
    """Print all badges: how many pages were sent, the sizes in millimetres that came out, and the codes read there."""
    before = {path: path.stat().st_mtime_ns for path in _outputs(first)}
    told = run("badge", "print", *EVENT, "--only", "all", "--again", "--layout", layout, "--json")
    assert told.exit_code == 0, told.output
    sent = json.loads(told.stdout)
    assert sent["printer"] == queue
    _until(lambda: printers.state(PrintJob(queue, sent["job"])) is JobState.DONE)
    printers.release(PrintJob(queue, sent["job"]))  # as a run does that goes on: what is on paper stays so
    new = {path for path in _outputs(first) if before.get(path) != path.stat().st_mtime_ns}
    try:
        (printed,) = new
        with closing(pypdfium2.PdfDocument(printed)) as document:
            sizes = [[length / 72 * 25.4 for length in page.get_size()] for page in document]
            pictures = [page.render(scale=300 / 72).to_pil() for page in document]
            read = [found.text for picture in pictures for found in zxingcpp.read_barcodes(picture)]
    finally:
        for path in new - before.keys():
            path.unlink()
    return sent["pages"], sizes, read


def test_a_stopped_queue_and_a_cancelled_job(run, seeded: Path, queue: str, tmp_path: Path) -> None:
    """A real queue's states read as they are: stopped with its reason, refusing, a job that was taken back."""
    assert run("register", *EVENT, "--name", "张伟").exit_code == 0
    subprocess.run(["cupsdisable", "-r", "out of cards", queue], check=True)
    (found,) = printers.printers()
    assert (found.state, found.reason) == (PrinterState.STOPPED, "out of cards")
    refused = run("badge", "print", *EVENT, "--printer", queue)
    assert refused.exit_code == 1
    assert "is stopped (out of cards)" in refused.stderr
    assert json.loads(run("person", "show", "张伟", *EVENT, "--json").stdout or "{}").get("prints", []) == []
    paper = tmp_path / "paper.txt"
    paper.write_text("x", encoding="utf-8")
    waiting = subprocess.run(
        ["lp", "-d", queue, str(paper)], capture_output=True, text=True, check=True
    ).stdout
    job = PrintJob(queue, waiting.split()[3])
    assert printers.state(job) is JobState.QUEUED
    printers.cancel(job)
    assert printers.state(job) is (JobState.FAILED if shutil.which("ipptool") else JobState.DONE)
    subprocess.run(["cupsenable", queue], check=True)
    subprocess.run(["cupsreject", "-r", "moved away", queue], check=True)
    (found,) = printers.printers()
    assert (found.state, found.reason) == (PrinterState.REFUSING, "moved away")
