"""The programme into a file: a calendar, a table or JSON."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ipweek.domain.programme import Schedule, Slot
from ipweek.i18n import _
from ipweek.jobs.files import written_whole
from ipweek.services.programme import Programme


@dataclass(frozen=True, slots=True)
class ScheduleFile:
    """What is to be written, how much is in it, and what a calendar has no day for."""

    content: bytes
    entries: int
    left_out: tuple[Slot, ...] = ()


class ScheduleJobs:
    """The programme of a week or an event, in the language in force."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme

    def file(self, form: str, week: str | None = None, event: str | None = None) -> ScheduleFile:
        """The programme in one of `FORMATS`. Raises NotFoundError."""
        return FORMATS[form](self._programme.schedule(week, event))

    def write(self, out: Path, form: str, week: str | None = None, event: str | None = None) -> ScheduleFile:
        """The same, into a file. Raises InvalidError `file-not-writable`."""
        made = self.file(form, week, event)
        with written_whole(out) as file:
            file.write(made.content)
        return made


def _ics(schedule: Schedule) -> ScheduleFile:
    from ipweek.render.icalendar import calendar, undated  # noqa: PLC0415 - the library costs 0.15 s

    left_out = undated(schedule)
    return ScheduleFile(calendar(schedule), len(schedule.entries) - len(left_out), left_out)


def _csv(schedule: Schedule) -> ScheduleFile:
    from ipweek.render import schedule_rows, sheets  # noqa: PLC0415 - only where it is wanted

    content = sheets.csv_bytes(schedule_rows.header(), schedule_rows.rows(schedule))
    return ScheduleFile(content, len(schedule.entries))


def _xlsx(schedule: Schedule) -> ScheduleFile:
    from ipweek.render import schedule_rows, sheets  # noqa: PLC0415 - only where it is wanted

    rows = schedule_rows.rows(schedule)
    return ScheduleFile(
        sheets.xlsx_bytes(_("Programme"), schedule_rows.header(), rows), len(schedule.entries)
    )


def _json(schedule: Schedule) -> ScheduleFile:
    from ipweek.render import schedule_rows  # noqa: PLC0415 - only where it is wanted
    from ipweek.render.json_text import json_text  # noqa: PLC0415

    told = json_text(schedule_rows.schedule_json(schedule)) + "\n"
    return ScheduleFile(told.encode("utf-8", "backslashreplace"), len(schedule.entries))


FORMATS: Mapping[str, Callable[[Schedule], ScheduleFile]] = {
    "ics": _ics,
    "xlsx": _xlsx,
    "csv": _csv,
    "json": _json,
}
