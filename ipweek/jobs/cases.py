"""Case sheets into files and texts: read the cases, then lay them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ipweek.config import Settings
from ipweek.domain.cases import CasePage
from ipweek.jobs.files import written_whole
from ipweek.render import case_sheet
from ipweek.render.summary_layout import Document
from ipweek.render.summary_markdown import laid_out
from ipweek.services.cases import Cases


@dataclass(frozen=True, slots=True)
class SheetRun:
    """What was written; `missing` are characters that no font has, drawn as boxes."""

    path: Path
    cases: int
    pages: int = 0
    missing: str = ""


class CaseJobs:
    """Sheets of one case, or of all that a session analyses, in the language in force."""

    def __init__(self, cases: Cases, settings: Settings) -> None:
        self._cases = cases
        self._settings = settings

    def of_case(self, code: str, as_of: date | None = None) -> tuple[Document, ...]:
        """The sheet of a case, as of a day where one is named. Raises NotFoundError."""
        return _sheets((self._cases.case(code, as_of),))

    def of_place(self, place: str, as_of: date | None = None) -> tuple[Document, ...]:
        """The sheets of an event or session, as of its day. Raises NotFoundError, `cases-none`."""
        return _sheets(self._cases.sheets(place, as_of))

    def pdf(self, sheets: Sequence[Document], out: Path) -> SheetRun:
        """Draw the sheets, each from a page of its own. Raises InvalidError `file-not-writable`."""
        from ipweek.render.document_pdf import pdf  # noqa: PLC0415 - reportlab costs 0.1 s

        with written_whole(out) as file:
            drawn = pdf(sheets, file, self._settings.fonts)
        return SheetRun(out, len(sheets), drawn.pages, drawn.missing)

    def markdown(self, sheets: Sequence[Document], out: Path) -> SheetRun:
        """Write the sheets as Markdown. Raises InvalidError `file-not-writable`."""
        with written_whole(out) as file:
            file.write(markdown(sheets).encode("utf-8", "backslashreplace"))
        return SheetRun(out, len(sheets))


def markdown(sheets: Sequence[Document]) -> str:
    """The sheets one after the other."""
    return "\n---\n\n".join(map(laid_out, sheets))


def _sheets(pages: Sequence[CasePage]) -> tuple[Document, ...]:
    return tuple(map(case_sheet.document, pages))
