"""Printers of this machine and what becomes of the jobs given to them."""

from dataclasses import dataclass
from enum import StrEnum

from ipweek.domain.preflight import Finding


class PrinterState(StrEnum):
    """What a printer is doing; a stopped one keeps its jobs, a refusing one takes none."""

    IDLE = "idle"
    PRINTING = "printing"
    STOPPED = "stopped"
    REFUSING = "refusing"


class JobState(StrEnum):
    """How far a job has come; unknown where the system does not say."""

    QUEUED = "queued"
    PRINTING = "printing"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Printer:
    """A queue; `reason` is the system's own word on why it does not print."""

    name: str
    state: PrinterState
    is_default: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A job in a queue; without an id where the system gives none and reads the file later."""

    printer: str
    id: str | None


@dataclass(frozen=True, slots=True)
class SentPages:
    """A job and the first page of the run that is in it."""

    page: int
    job: PrintJob


@dataclass(frozen=True, slots=True)
class BadgesSent:
    """Badges that a printer has taken, the pages of a long run in several jobs; `run` is how people name the run."""

    parts: tuple[SentPages, ...]
    run: str
    layout: str
    badges: int
    pages: int
    names: tuple[str, ...]
    warnings: tuple[Finding, ...] = ()

    @property
    def job(self) -> PrintJob:
        """The last of the jobs."""
        return self.parts[-1].job
