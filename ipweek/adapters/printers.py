"""The printers of this machine: CUPS by its own commands, elsewhere the system's way to print a file."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from ipweek.domain.badges import SheetLayout
from ipweek.domain.errors import IpweekError, NotFoundError, UsageError
from ipweek.domain.printers import JobState, Printer, PrinterState, PrintJob
from ipweek.domain.text import clean

TIMEOUT = 15.0
_SYSTEM = "system"
_A4 = (210, 297)
_JOB = re.compile(r"[^\s/-][^\s/]*-[0-9]+")
_PRINTER = re.compile(r"printer (\S+) (is idle|is holding|now printing|disabled)\b")
_ACCEPTING = re.compile(r"(\S+) (not )?accepting requests\b")
_DEFAULT = re.compile(r"system default destination: (\S+)")
_SUBMITTED = re.compile(r"request id is (\S+-[0-9]+)\b")
_ENDED = re.compile(r"^\s*job-state \(enum\) = (\S+)", re.MULTILINE)
_OWN_SOCKETS = ("/run/cups/cups.sock", "/var/run/cups/cups.sock", "/private/var/run/cupsd")
"""Where the system's own CUPS listens besides localhost; ipptool knows hosts only."""
_DOWN = re.compile(r"scheduler (is )?not r|not connected|connection refused", re.IGNORECASE)
_STATES = {
    "is idle": PrinterState.IDLE,
    "now printing": PrinterState.PRINTING,
    "is holding": PrinterState.STOPPED,
    "disabled": PrinterState.STOPPED,
}


def printers() -> tuple[Printer, ...]:
    """The queues by name; elsewhere than on CUPS one, which is the system's own choice.

    Raises IpweekError `print-command-missing`, `print-service-down`, `print-timeout`.
    """
    if _without_cups():
        return (Printer(_SYSTEM, PrinterState.IDLE, is_default=True),)
    # Without a queue lpstat fails and says so; nothing it prints is a list of none.
    told = _run("lpstat", "-p", "-a", "-d")
    return tuple(sorted(_read(told.stdout), key=lambda printer: printer.name))


def find(name: str | None) -> Printer:
    """The printer of that name; without one the default, or the only one that there is.

    Raises NotFoundError `printer-missing` or `printers-none`, UsageError `printer-needed`; as `printers` does.
    """
    found = printers()
    known = [printer.name for printer in found]
    if not found:
        raise NotFoundError("printers-none")
    if name is None:
        meant = [printer for printer in found if printer.is_default] or found
        if len(meant) > 1:
            raise UsageError("printer-needed", known=known)
        return meant[0]
    for printer in found:
        if printer.name == name:
            return printer
    raise NotFoundError("printer-missing", printer=name, known=known)


def submit(
    path: Path, printer: str | None, *, title: str, layout: SheetLayout | None, hold: bool = False
) -> PrintJob:
    """Give a PDF to a printer, on paper of the layout's page and at its own size; without a layout, as it is.

    With `hold` the queue keeps the job until `release`.

    Raises what `find` does, and IpweekError `printer-stopped`, `printer-refusing`, `print-refused`,
    `print-raw-needs-cups`.
    """
    found = find(printer)
    if found.state is PrinterState.STOPPED:
        raise IpweekError("printer-stopped", printer=found.name, why=found.reason)
    if found.state is PrinterState.REFUSING:
        raise IpweekError("printer-refusing", printer=found.name, why=found.reason)
    if _without_cups():
        if layout is None:
            raise IpweekError("print-raw-needs-cups")
        return _start(path)
    words = ["-d", found.name, "-t", title, *(("-H", "hold") if hold else ())]
    how = ["-o", "raw"] if layout is None else ["-o", f"media={media(layout)}", "-o", "print-scaling=none"]
    if layout is not None and layout.sides > 1:
        how += ["-o", "sides=two-sided-long-edge"]
    told = _run("lp", *words, *how, str(path.absolute()))
    job = _SUBMITTED.search(told.stdout)
    if told.returncode or job is None:
        detail = _said(told.stderr) or _said(told.stdout)
        raise IpweekError("print-refused", printer=found.name, detail=detail)
    return PrintJob(found.name, job[1])


def release(job: PrintJob) -> None:
    """Let a held job print; one that is printed already is left alone.

    Raises IpweekError `print-refused` where the queue does not have it or the printer gave it up; as `printers` does.
    """
    if job.id is None or not _JOB.fullmatch(job.id) or _without_cups():
        return
    told = _run("lp", "-i", job.id, "-H", "resume")
    if told.returncode and state(job) in (JobState.QUEUED, JobState.FAILED):
        raise IpweekError("print-refused", printer=job.printer, detail=_said(told.stderr))


def state(job: PrintJob) -> JobState:
    """How far a job has come. Raises as `printers` does."""
    if job.id is None or not _JOB.fullmatch(job.id) or _without_cups():
        return JobState.UNKNOWN
    for line in _run("lpstat", "-W", "not-completed", "-o").stdout.splitlines():
        if line.split(maxsplit=1)[:1] == [job.id]:
            busy = _run("lpstat", "-p").stdout
            return JobState.PRINTING if f"now printing {job.id}." in busy else JobState.QUEUED
    return _ended(job.id)


def cancel(job: PrintJob) -> None:
    """Take a job back, if it is not on paper yet. Raises IpweekError `print-refused`; as `printers` does."""
    if job.id is None or not _JOB.fullmatch(job.id) or _without_cups():
        return
    told = _run("cancel", job.id)
    if told.returncode:
        raise IpweekError("print-refused", printer=job.printer, detail=_said(told.stderr))


def media(layout: SheetLayout) -> str:
    """CUPS's name of the paper that a layout's page is."""
    size = (layout.page_width, layout.page_height)
    return "A4" if size == _A4 else f"Custom.{size[0]:g}x{size[1]:g}mm"


def _read(told: str) -> Iterator[Printer]:
    states: dict[str, PrinterState] = {}
    refusing: set[str] = set()
    reasons: dict[str, str] = {}
    default, about = None, ""
    for line in told.splitlines():
        if line[:1].isspace():
            # The word on the line below is on the printer above; a second one says why it takes no jobs.
            if about and clean(line).strip():
                reasons[about] = clean(line).strip()
        elif found := _PRINTER.match(line):
            about = found[1]
            states[about] = _STATES[found[2]]
        elif found := _ACCEPTING.match(line):
            about = found[1]
            if found[2]:
                refusing.add(about)
        elif found := _DEFAULT.match(line):
            default, about = found[1].partition("/")[0], ""
    for name, seen in states.items():
        is_stopped = seen is PrinterState.STOPPED
        now = PrinterState.REFUSING if name in refusing and not is_stopped else seen
        is_well = now in (PrinterState.IDLE, PrinterState.PRINTING)
        yield Printer(name, now, name == default, "" if is_well else reasons.get(name, ""))


def _ended(job: str) -> JobState:
    """How a job that left the queue ended: lpstat does not say, ipptool does where it is installed."""
    server = _run("lpstat", "-H").stdout.strip()
    host = "localhost" if server in _OWN_SOCKETS else server
    if not shutil.which("ipptool") or not host or host.startswith("/"):
        return JobState.DONE
    address = f"ipp://{host}/jobs/{job.rpartition('-')[2]}"
    ended = _ENDED.search(_run("ipptool", "-tv", address, "get-job-attributes.test").stdout)
    return JobState.FAILED if ended and ended[1] in ("canceled", "aborted") else JobState.DONE


def _without_cups() -> bool:
    """Whether this system prints by a command of its own. Raises IpweekError where it has none either."""
    if shutil.which("lp") and shutil.which("lpstat"):
        return False
    if hasattr(os, "startfile"):
        return True
    raise IpweekError("print-command-missing")


def _start(path: Path) -> PrintJob:
    """Let Windows print a file with the program that it opens PDFs with, on its default printer."""
    try:
        os.startfile(path, "print")  # type: ignore[attr-defined,unused-ignore]  # noqa: S606 - no shell is asked
    except OSError as error:
        raise IpweekError("print-refused", printer=_SYSTEM, detail=error.strerror or str(error)) from error
    return PrintJob(_SYSTEM, None)


def _run(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run one of CUPS's commands, in the language that is parsed here."""
    try:
        told = subprocess.run(  # noqa: S603 - a list of words, no shell; names are those that CUPS told
            [shutil.which(program) or program, *words],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C"},
            encoding="utf-8",
            errors="replace",
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise IpweekError("print-timeout", seconds=round(TIMEOUT)) from error
    except OSError as error:
        raise IpweekError("print-command-missing") from error
    if told.returncode and _DOWN.search(told.stderr):
        raise IpweekError("print-service-down", detail=_said(told.stderr))
    return told


def _said(text: str) -> str:
    """What a command said first, without its own name in front."""
    line = clean(next(iter(text.strip().splitlines()), ""))
    return re.sub(r"^(lp|lpstat|cancel): (Error - )?", "", line, flags=re.IGNORECASE)
