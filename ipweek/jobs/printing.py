"""Badges onto a printer's paper: draw them, let the queue hold them, log them, let them out."""

import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack
from zoneinfo import ZoneInfo

from ipweek.adapters import printers
from ipweek.config import Settings
from ipweek.domain.actor import Actor
from ipweek.domain.badge_code import parse, shown_number
from ipweek.domain.badges import STANDARD, BadgeFace, PrintLine
from ipweek.domain.errors import AlreadyThereError, InvalidError, IpweekError
from ipweek.domain.preflight import Finding
from ipweek.domain.print_runs import Chosen, PrintRun
from ipweek.domain.printers import BadgesSent, JobState, Printer, PrintJob, SentPages
from ipweek.jobs.badge_runs import Progress, RunJobs
from ipweek.jobs.badges import BadgeJobs
from ipweek.services.badges import Badges
from ipweek.services.records import Records

_READ_BY_THEN = 3600
"""Seconds after which a printing program has read its file, where the system does not say when."""


PAGES_AT_ONCE = 20
"""Pages in one job: what is lost sight of when a long run is torn off."""


@dataclass(frozen=True, slots=True)
class To:
    """Where badges are printed and how; with `dpi` as labels in a Zebra printer's own language."""

    printer: str | None = None
    dpi: int | None = None
    allow_missing: bool = False
    progress: Progress | None = None


class PrintJobs:
    """The printers, and badges on them."""

    def __init__(
        self, badges: Badges, records: Records, badge_jobs: BadgeJobs, run_jobs: RunJobs, settings: Settings
    ) -> None:
        self._badges = badges
        self._records = records
        self._jobs = badge_jobs
        self._runs = run_jobs
        self._settings = settings

    def printers(self) -> tuple[Printer, ...]:
        """What there is to print on."""
        return printers.printers()

    def state(self, job: PrintJob) -> JobState:
        """How far a job has come."""
        return printers.state(job)

    def printed(self, event: str, refs: Sequence[str]) -> tuple[PrintLine, ...]:
        """The last copies of these badges in their current issue. Raises NotFoundError `badges-none`."""
        faces = self._jobs.wanted(event, refs, only_new=False, layout=STANDARD)
        return self._badges.last_copies([face.registration for face in faces if face.registration])

    def zone(self, event: str) -> ZoneInfo:
        """The time zone of the event's week."""
        week = self._records.show("event", event).values["week"]
        return ZoneInfo(self._records.show("week", week).values["zone"])

    def send(
        self,
        actor: Actor,
        event: str,
        refs: Sequence[str] = (),
        *,
        again: bool = False,
        to: To | None = None,
        **chosen: Unpack[Chosen],
    ) -> BadgesSent:
        """Print badges and log each copy before the printer lets it out; without `again`, only first copies.

        Raises what `RunJobs.begin`, `BadgeJobs.draw` and the printer do, and AlreadyThereError `badge-printed`.
        """
        chosen["layout"] = name = chosen.get("layout") or self._settings.layout or STANDARD
        self._jobs.layout(name)
        wanted = () if again else self._runs.selected(event, refs, chosen)
        printed = self._badges.last_copies(wanted)
        if printed:
            zone = self.zone(event)
            raise AlreadyThereError("badge-printed", people=[_copy(line, zone) for line in printed])
        run = self._runs.begin(actor, event, refs, **chosen)
        return self._print(actor, run, to or To(), ())

    def resume(
        self,
        actor: Actor,
        ref: str,
        event: str | None = None,
        from_page: int | None = None,
        *,
        again: bool = False,
        to: To | None = None,
    ) -> BadgesSent:
        """Print what is left of a run, or its pages from one on. Raises as `RunJobs.resume` and `send`."""
        run, freed = self._runs.resume(ref, event, from_page, again=again)
        if run.held_from is not None:  # pages of a file that never was there
            run = self._runs.retake(run)
        return self._print(actor, run, to or To(), (freed,) if freed else ())

    def _print(self, actor: Actor, run: PrintRun, to: To, parts: Sequence[SentPages]) -> BadgesSent:
        sent, begun, names = list(parts), run.next_page, []
        warnings: list[Finding] = []
        with self._runs.kept(run):
            if run.pages - run.done > PAGES_AT_ONCE:
                coming = self._runs.faces(run, run.next_page, run.pages)
                self._jobs.check(coming, layout=run.layout, allow_missing=to.allow_missing)
            while not run.is_complete:
                first, last = run.next_page, min(run.next_page + PAGES_AT_ONCE - 1, run.pages)
                faces = self._runs.faces(run, first, last)
                job = self._hand_over(run, faces, to, warnings)
                run = self._log(actor, run, last, job)
                sent.append(SentPages(first, job))
                names += [face.name for face in faces]
                if to.progress is not None:
                    to.progress(run.done, run.pages)
        return BadgesSent(
            tuple(sent),
            run.ref,
            run.layout,
            len(names),
            run.pages - begun + 1,
            tuple(filter(None, names)),
            tuple(warnings),
        )

    def _hand_over(
        self, run: PrintRun, faces: Sequence[BadgeFace], to: To, warnings: list[Finding]
    ) -> PrintJob:
        """Draw pages and give them to the queue, which holds them; what does not print well is added to the warnings."""
        path = self._spool()
        start_at = run.start_at if run.next_page == 1 else 1
        try:
            with path.open("wb") as file:
                if to.dpi is None:
                    drawn = self._jobs.draw(
                        faces, file, layout=run.layout, start_at=start_at, allow_missing=to.allow_missing
                    )
                    warnings += drawn.preflight.warnings
                else:
                    allow = to.allow_missing
                    file.write(self._runs.labels(run, faces, run.next_page, to.dpi, allow_missing=allow))
            layout = self._jobs.layout(run.layout) if to.dpi is None else None
            wanted = to.printer or self._settings.printer
            job = printers.submit(path, wanted, title=_title(faces), layout=layout, hold=True)
        except OSError as error:
            path.unlink(missing_ok=True)
            raise InvalidError("file-not-writable", path=str(path), detail=error.strerror or "") from error
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        if job.id is not None:  # the queue has a copy of its own
            path.unlink(missing_ok=True)
        return job

    def _log(self, actor: Actor, run: PrintRun, last: int, job: PrintJob) -> PrintRun:
        """Log what the queue holds, then let it out: killed in between, a run is logged and let out when it goes on."""
        try:
            run = self._runs.log(actor, run, last, job)
        except BaseException:
            with suppress(IpweekError):
                printers.cancel(job)
            raise
        if job.id is None:
            return run
        printers.release(job)
        return self._runs.let_go(run)

    def _spool(self) -> Path:
        """A new file that only we may read; those that printing programs have read by now are removed."""
        folder = self._settings.cache / "printing"
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.pdf"):
            with suppress(OSError):
                if old.stat().st_mtime < time.time() - _READ_BY_THEN:
                    old.unlink()
        handle, name = tempfile.mkstemp(suffix=".pdf", dir=folder)
        os.close(handle)
        return Path(name)


def _copy(line: PrintLine, zone: ZoneInfo) -> str:
    return f"{line.name} ({line.printed_at.astimezone(zone):%Y-%m-%d %H:%M}, {line.target})"


def _title(faces: Sequence[BadgeFace]) -> str:
    """What the queue calls the job: a spooler's log is no place for names."""
    first = parse(faces[0].code)
    assert first is not None
    number = shown_number(first.number)
    return f"ipweek badge {number}" if len(faces) == 1 else f"ipweek badges {number} +{len(faces) - 1}"
