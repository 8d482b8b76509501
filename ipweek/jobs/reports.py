"""Reports into documents, texts and files: the figures are read once, and laid out in whatever form is wanted."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from ipweek.config import Settings
from ipweek.domain.actor import Actor
from ipweek.domain.comparison import Comparison, compared_figures, compared_relations
from ipweek.domain.disclosure import withheld
from ipweek.domain.errors import UsageError
from ipweek.domain.figure_list import figures_of
from ipweek.domain.figure_sums import relations_of
from ipweek.domain.publication import published
from ipweek.domain.report_lists import Lists
from ipweek.domain.reports import Summary
from ipweek.domain.summary_figures import Figures, Relation
from ipweek.jobs.files import written_whole
from ipweek.render import comparison as comparisons
from ipweek.render import summary_brief, summary_document
from ipweek.render.summary_layout import Document
from ipweek.services.collector import collector_still
from ipweek.services.report_lists import ReportLists
from ipweek.services.reports import Reports

EVENT, WEEK = "event", "week"
TERMINAL = "terminal"
BINARY = ("pdf", "docx", "xlsx")
"""What no terminal shows: these need a file."""
PICTURED = ("html", "pdf", "docx")
"""What has room for photographs."""
FIGURES = ("csv", "json")
"""What has every figure, and no pages: neither a brief nor lists."""


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """What is wanted: the report of an event or a week (`kind`), or of a week `against` another.

    `public` withholds what could tell of single people or enterprises; `appendices` adds the lists behind the figures,
    masked unless `unmask` says otherwise; `pictures` are its photographs.
    """

    kind: str
    code: str
    against: str | None = None
    brief: bool = False
    public: bool = False
    appendices: bool = False
    unmask: bool = False
    pictures: bool = False

    def check(self, form: str = TERMINAL) -> None:
        """Raises UsageError where these do not fit together, or not into a format."""
        if self.public and (self.appendices or self.unmask):
            raise UsageError("report-public-lists")
        if self.against and self.kind != WEEK:
            raise UsageError("report-against-week")
        if self.against and (self.brief or self.appendices):
            raise UsageError("report-against-whole")
        if self.brief and self.appendices:
            raise UsageError("report-brief-lists")
        if form in FIGURES and (self.brief or self.appendices):
            raise UsageError("report-figures-only", format=form)


@dataclass(frozen=True)
class Report:
    """What was read for an order; every form of it comes from these figures."""

    order: ReportOrder
    subject: Summary | Comparison
    lists: Lists | None = None

    @cached_property
    def figures(self) -> Figures:
        """All figures by key."""
        return _figures(self.subject)

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """How the figures add up."""
        if isinstance(self.subject, Comparison):
            return compared_relations(self.subject, self.figures)
        return relations_of(self.subject, self.figures)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The keys of what is withheld."""
        return withheld(self.figures, self.relations) if self.order.public else frozenset()

    @cached_property
    def told(self) -> Summary | Comparison:
        """The subject in an order that tells nothing of what is withheld."""
        return published(self.subject, self.hidden) if self.order.public else self.subject

    @cached_property
    def told_figures(self) -> Figures:
        """All figures by key, in the order of what is told."""
        return _figures(self.told)

    def document(self) -> Document:
        """The report in the language in force."""
        if isinstance(self.told, Comparison):
            return comparisons.document(self.told, self.hidden)
        build = summary_brief.brief if self.order.brief else summary_document.document
        told = build(self.told, self.hidden)
        if self.lists is None:
            return told
        from ipweek.render.summary_appendices import appendices  # noqa: PLC0415 - only where they are wanted

        return replace(told, sections=(*told.sections, *appendices(self.lists)))


def _figures(subject: Summary | Comparison) -> Figures:
    return compared_figures(subject) if isinstance(subject, Comparison) else figures_of(subject)


@dataclass(frozen=True, slots=True)
class ReportRun:
    """What was written; `missing` are characters that no font has, drawn as boxes."""

    path: Path
    missing: str = ""


class ReportJobs:
    """Reports in the language in force."""

    def __init__(self, reports: Reports, lists: ReportLists, settings: Settings) -> None:
        self._reports = reports
        self._lists = lists
        self._settings = settings

    @collector_still()
    def read(self, actor: Actor, order: ReportOrder, form: str = TERMINAL) -> Report:
        """Read what an order asks for in a format. Raises NotFoundError, UsageError; whole names are audited."""
        order.check(form)
        if order.against:
            return Report(order, self._reports.comparison(order.code, order.against))
        if order.unmask:
            told = self._lists.unmasked_report(actor, order.kind, order.code, pictures=order.pictures)
            return Report(order, *told)
        if order.appendices:
            return Report(order, *self._lists.report(order.kind, order.code, pictures=order.pictures))
        read = self._reports.event if order.kind == EVENT else self._reports.week
        return Report(order, read(order.code, pictures=order.pictures))

    def write(self, report: Report, form: str, out: Path) -> ReportRun:
        """Write a report as a file, whole or not at all. Raises UsageError, InvalidError `file-not-writable`."""
        report.order.check(form)
        with written_whole(out) as file:
            missing = WRITERS[form](report, file, self._settings.fonts)
        return ReportRun(out, missing)


def form_of(out: Path | None, form: str | None) -> str:
    """The format named, else that of the file's ending, else the terminal's.

    Raises UsageError `ending-unknown`, `report-needs-file`.
    """
    found = form or (out.suffix.lower().removeprefix(".") if out else TERMINAL)
    found = _ENDINGS.get(found, found)
    if found not in WRITERS:
        raise UsageError(
            "ending-unknown", path=str(out), known=tuple(f".{each}" for each in WRITERS if each != TERMINAL)
        )
    if found in BINARY and out is None:
        raise UsageError("report-needs-file", format=found)
    return found


def text(report: Report, form: str) -> str:
    """A report as a text that ends with a line feed; no binary form."""
    out = BytesIO()
    WRITERS[form](report, out, None)
    return out.getvalue().decode("utf-8-sig", "backslashreplace")


_ENDINGS = {"txt": TERMINAL, "markdown": "md", "htm": "html"}
_PAPER = 100
Writer = Callable[[Report, BinaryIO, Path | None], str]


def _terminal(report: Report, file: BinaryIO, _fonts: Path | None) -> str:
    from ipweek.render import summary_terminal  # noqa: PLC0415 - Rich only where it is wanted
    from ipweek.render.plain_text import plain  # noqa: PLC0415 - as above

    return _put(file, plain(summary_terminal.laid_out(report.document(), _PAPER), _PAPER))


def _markdown(report: Report, file: BinaryIO, _fonts: Path | None) -> str:
    from ipweek.render.summary_markdown import laid_out  # noqa: PLC0415 - only where it is wanted

    return _put(file, laid_out(report.document()))


def _html(report: Report, file: BinaryIO, _fonts: Path | None) -> str:
    from ipweek.render.summary_html import html  # noqa: PLC0415 - only where it is wanted

    return _put(file, html(report.document()))


def _json(report: Report, file: BinaryIO, _fonts: Path | None) -> str:
    from ipweek.render.json_text import json_text  # noqa: PLC0415 - only where it is wanted
    from ipweek.render.summary_json import json_of  # noqa: PLC0415 - as above
    from ipweek.render.summary_public import withhold  # noqa: PLC0415 - as above

    subject = report.told
    shape = comparisons.shape(subject) if isinstance(subject, Comparison) else json_of(subject)
    if report.order.public:
        shape = withhold(shape, report.hidden)
    return _put(file, json_text(shape) + "\n")


def _pdf(report: Report, file: BinaryIO, fonts: Path | None) -> str:
    from ipweek.render.summary_pdf import pdf  # noqa: PLC0415 - reportlab costs 0.1 s

    return pdf(report.document(), file, fonts).missing


def _xlsx(report: Report, file: BinaryIO, _fonts: Path | None) -> str:
    from ipweek.render.summary_xlsx import xlsx  # noqa: PLC0415 - only where it is wanted

    xlsx(report.document(), file)
    return ""


def _csv(report: Report, file: BinaryIO, _fonts: Path | None) -> str:
    from ipweek.render.definitions import labels  # noqa: PLC0415 - only where it is wanted
    from ipweek.render.summary_csv import csv  # noqa: PLC0415 - as above

    csv(report.told_figures, file, hidden=report.hidden, labels=labels())
    return ""


def _docx(report: Report, file: BinaryIO, fonts: Path | None) -> str:
    from ipweek.render.summary_docx import docx  # noqa: PLC0415 - python-docx only where it is wanted

    docx(report.document(), file, fonts, one_page=report.order.brief)
    return ""


def _put(file: BinaryIO, told: str) -> str:
    file.write(told.encode("utf-8", "backslashreplace"))
    return ""


WRITERS: dict[str, Writer] = {
    TERMINAL: _terminal,
    "md": _markdown,
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
    "csv": _csv,
    "json": _json,
}
"""By format; each says which characters it could not draw."""
