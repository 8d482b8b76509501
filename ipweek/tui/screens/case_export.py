"""What can be written of a case: the format, and all of it or what was known on the day of a session."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ipweek.domain.cases import CasePage
from ipweek.i18n import _
from ipweek.jobs.cases import CaseJobs, SheetRun
from ipweek.render import summary_figures as figures

FORMATS = ("pdf", "md")


@dataclass(frozen=True, slots=True)
class Export:
    """A format, and the day as of which the sheet is; None for all that is known."""

    format: str
    as_of: date | None

    def told(self) -> str:
        """What of the case is on the sheet."""
        if self.as_of is None:
            return _("all that is known")
        return _("as known on {day}, the day it is analysed").format(day=figures.day(self.as_of))

    def file(self, code: str) -> str:
        """A name for the file."""
        day = f"-{self.as_of}" if self.as_of else ""
        return f"case-{code}{day}.{self.format}"


def exports(page: CasePage) -> tuple[Export, ...]:
    """Each format, whole and as of each day on which the case is analysed."""
    days = sorted({link.day for link in page.links if link.day})
    return tuple(Export(form, day) for form in FORMATS for day in (None, *days))


def write(jobs: CaseJobs, code: str, export: Export, path: Path) -> SheetRun:
    """Write a sheet. Raises InvalidError `file-not-writable`."""
    sheets = jobs.of_case(code, export.as_of)
    return jobs.pdf(sheets, path) if export.format == "pdf" else jobs.markdown(sheets, path)
