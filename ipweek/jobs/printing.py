"""Badges onto a printer's paper: draw them, hand them over, then log what was taken."""

import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

from ipweek.adapters import printers
from ipweek.config import Settings
from ipweek.domain.actor import Actor
from ipweek.domain.badge_code import parse, shown_number
from ipweek.domain.badges import STANDARD, BadgeFace, PrintLine
from ipweek.domain.errors import AlreadyThereError, IpweekError
from ipweek.domain.printers import BadgesSent, JobState, Printer, PrintJob
from ipweek.jobs.badge_layouts import LayoutJobs
from ipweek.jobs.badges import BadgeJobs
from ipweek.services.badges import Badges, Printed
from ipweek.services.records import Records

_READ_BY_THEN = 3600
"""Seconds after which a printing program has read its file, where the system does not say when."""


class PrintJobs:
    """The printers, and badges on them."""

    def __init__(
        self,
        badges: Badges,
        records: Records,
        badge_jobs: BadgeJobs,
        layouts: LayoutJobs,
        settings: Settings,
    ) -> None:
        self._badges = badges
        self._records = records
        self._jobs = badge_jobs
        self._layouts = layouts
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
        return self._badges.last_copies([face.registration for face in faces])

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
        only_new: bool = False,
        again: bool = False,
        printer: str | None = None,
        layout: str | None = None,
        start_at: int = 1,
        allow_missing: bool = False,
        reason: str | None = None,
    ) -> BadgesSent:
        """Print badges and log each copy once the printer has taken them; without `again`, only first copies.

        Raises what `BadgeJobs.wanted`, `BadgeJobs.draw` and the printer do, and AlreadyThereError `badge-printed`.
        """
        chosen = layout or self._settings.layout or STANDARD
        faces = self._jobs.wanted(event, refs, only_new=only_new, layout=chosen)
        registrations = [face.registration for face in faces]
        printed = () if again else self._badges.last_copies(registrations)
        if printed:
            zone = self.zone(event)
            raise AlreadyThereError("badge-printed", people=[_copy(line, zone) for line in printed])
        path = self._spool()
        try:
            with path.open("wb") as file:
                drawn = self._jobs.draw(
                    faces, file, layout=chosen, start_at=start_at, allow_missing=allow_missing
                )
            wanted = printer or self._settings.printer
            job = printers.submit(path, wanted, title=_title(faces), layout=self._layouts.layout(chosen))
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        if job.id is not None:  # the queue has a copy of its own
            path.unlink(missing_ok=True)
        try:
            prints = [Printed(registration, reason) for registration in registrations]
            self._badges.record_prints(actor, prints, job.printer)
        except BaseException:
            with suppress(IpweekError):
                printers.cancel(job)
            raise
        return BadgesSent(
            job,
            chosen,
            drawn.badges,
            drawn.pages,
            tuple(face.name for face in faces),
            drawn.preflight.warnings,
        )

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
