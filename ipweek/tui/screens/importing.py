"""Bringing a spreadsheet in: name it, see what would happen and every problem, then store it."""

from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain import import_fields
from ipweek.domain.import_report import ImportReport
from ipweek.domain.import_rows import Problem
from ipweek.domain.records import Field, FieldKind
from ipweek.domain.words import ImportKind
from ipweek.i18n import N_, _, language
from ipweek.render import words
from ipweek.render.problems import line, problem_sentence
from ipweek.tui.background import start
from ipweek.tui.messages import Moved
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.widgets.form import Form
from ipweek.tui.widgets.rows import Column, Rows
from ipweek.tui.widgets.said import Said
from ipweek.tui.widgets.text import crop

FIELDS = (
    Field("path", N_("File"), required=True, help=N_(".xlsx, .xls, .ods or .csv")),
    Field("kind", N_("What is in it"), FieldKind.CHOICE, required=True, choices=ImportKind),
    Field("partial", N_("Good rows only"), FieldKind.FLAG),
)
_COLUMNS = (
    Column[Problem](N_("Row"), lambda problem: str(problem.row), right=True),
    Column[Problem](N_("Column"), lambda problem: problem.column or "–"),
    Column[Problem](N_("Value"), lambda problem: (problem.value or "–", "dim")),
    Column[Problem](
        N_("Problem"),
        lambda problem: (problem_sentence(problem), "bad" if problem.severity == "error" else "warn"),
    ),
)


_HEADER = 24  # cells of a column's title, enough to find it in the spreadsheet


class ImportScreen(BaseScreen):
    """F4 looks and stores nothing; Ctrl+S stores all of it or, with any error, nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "look", N_("Look first"), id="look", priority=True),
        Binding("ctrl+s,f10", "save", N_("Import"), id="save", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__(classes="importing")
        self._report: ImportReport | None = None
        self._busy = False

    def body(self) -> ComposeResult:
        """What to read, what came of it, what is wrong with it."""
        yield Form(
            FIELDS,
            {
                "kind": ImportKind.REGISTRATIONS if self.desk.event else ImportKind.ENTERPRISES,
                "partial": False,
            },
        )
        yield Said(self._counts, id="counts")
        yield Rows(_COLUMNS)
        yield Said(self._whole, id="whole", classes="note")

    def on_mount(self) -> None:
        """Begin with the file."""
        self.query_one(Form).focus_first()

    def title_texts(self) -> tuple[str, str]:
        """Into which event registrations go."""
        event = self.desk.event
        return _("Import a spreadsheet"), event.name(language()) if event else _("no event chosen")

    def _counts(self) -> str:
        report = self._report
        if report is None:
            return _("F4 tells what would happen and stores nothing.")
        head = _("Imported") if report.written else _("Nothing is stored yet")
        parts = [
            _("{n} rows").format(n=report.rows),
            _("{n} added").format(n=report.added),
            _("{n} updated").format(n=report.updated),
            _("{n} unchanged").format(n=report.unchanged),
            _("{n} refused").format(n=report.refused),
        ]
        if report.waiting:
            parts.append(_("{n} to the waiting list").format(n=report.waiting))
        told = _("{label}: {text}").format(label=head, text=" · ".join(parts))
        if report.unmapped:
            told += "\n" + _("Columns left out: {columns}").format(
                columns=_(", ").join(crop(column, _HEADER) for column in report.unmapped)
            )
        likelier = import_fields.likelier([*report.mapping, *report.unmapped], report.kind)
        if likelier in tuple(ImportKind):
            looks = _("These columns look like {kind}: check “What is in it”.")
            told += "\n" + looks.format(kind=words.word(ImportKind(likelier)))
        return told

    def _whole(self) -> str:
        """The problem under the cursor, which its column seldom has room for."""
        problem = self.query_one(Rows).chosen
        return line(problem) if isinstance(problem, Problem) else ""

    @on(Moved)
    def _moved(self) -> None:
        self.query_one("#whole", Said).retranslate()

    def action_look(self) -> None:
        """Read and check the file; store nothing."""
        self._start(dry_run=True)

    def action_save(self) -> None:
        """Store what the file holds."""
        self._start(dry_run=False)

    def _start(self, *, dry_run: bool) -> None:
        values = self.query_one(Form).values()
        if values is not None and not self._busy:
            self._busy = True
            self.desk.tell(_("Reading {path} …").format(path=values["path"]))
            start(self.app, partial(self._run, values, dry_run=dry_run))

    async def _run(self, values: dict[str, Any], *, dry_run: bool) -> None:
        path = Path(values["path"]).expanduser()  # noqa: ASYNC240 - looks at the environment only
        about: dict[str, Any] = {"dry_run": dry_run, "partial": values["partial"] or False}
        services, actor, kind = self.services, self.services.actor, values["kind"]
        event = self.desk.event.code if self.desk.event and kind is ImportKind.REGISTRATIONS else None
        try:
            with self.telling():
                if kind is ImportKind.PROGRAMME:
                    week = self.desk.week.code if self.desk.week else None
                    report = await self.bridge.write(services.imports.programme, actor, path, week, **about)
                else:
                    report = await self.bridge.write(services.imports.run, actor, kind, path, event, **about)
                self._told(report, path.name, dry_run=dry_run)
        finally:
            self._busy = False

    def _told(self, report: ImportReport, name: str, *, dry_run: bool) -> None:
        if report.written:
            told = _("Imported {name}: {added} added, {updated} updated, {refused} refused")
        elif dry_run:
            told = _("Looked at {name}: {added} to add, {updated} to update, {refused} refused")
        else:
            told = _("{name} was not imported: {refused} rows have errors; nothing is stored")
        tone = "good" if report.written else "plain" if dry_run else "bad"
        counts = {"added": report.added, "updated": report.updated, "refused": report.refused}
        self.desk.tell(told.format(name=name, **counts), tone)
        self._report = report
        if self.is_attached:
            self.query_one(Rows).show(report.problems, cursor=0)
            self.query_one("#counts", Said).retranslate()
            self.set_class(bool(report.problems), "-problems")
            if report.problems:
                self.query_one(Rows).focus()
