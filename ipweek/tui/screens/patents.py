"""A patent export into figures of a result: name it, see what it comes to, correct the columns, store it."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.errors import IpweekError
from ipweek.domain.import_recognition import LEFT_OUT
from ipweek.domain.kinds import KINDS
from ipweek.domain.patent_figures import TallyTerms
from ipweek.domain.patent_imports import PatentColumn, PatentColumns, PatentImport, PatentPreview
from ipweek.domain.patent_records import PatentField
from ipweek.domain.records import Field, FieldKind
from ipweek.domain.words import ApplicantRule, CountUnit, ResultStatus
from ipweek.i18n import N_, _
from ipweek.render import words
from ipweek.render.bars import bar
from ipweek.render.errors import sentence
from ipweek.render.lines import Line
from ipweek.render.patent_lines import FIELDS as NAMES
from ipweek.render.patent_lines import column_lines, preview_lines
from ipweek.tui.background import start
from ipweek.tui.messages import Opened
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.dialogs import Choose, to_remove
from ipweek.tui.screens.records import columns_of, search_key
from ipweek.tui.screens.result import ResultScreen
from ipweek.tui.widgets.entry import Entry
from ipweek.tui.widgets.form import Form
from ipweek.tui.widgets.page import Page
from ipweek.tui.widgets.paths import Paths
from ipweek.tui.widgets.rows import Column
from ipweek.tui.widgets.said import Said

_ENDINGS = (".xlsx", ".xls", ".ods", ".csv", ".tsv", ".txt")
_FORM = (
    Field("path", N_("File"), required=True, help=N_(".xlsx, .xls, .ods or .csv; → completes the path")),
    Field(
        "result",
        N_("Result"),
        FieldKind.REFERENCE,
        required=True,
        refers="result",
        help=N_("a draft; F3 chooses"),
    ),
    Field("unit", N_("What counts once"), FieldKind.CHOICE, choices=CountUnit),
    Field("rule", N_("Whose region counts"), FieldKind.CHOICE, choices=ApplicantRule),
    Field("cut_off", N_("Data cut-off"), FieldKind.DAY, help=N_("else the latest publication in the file")),
    Field("region", N_("City's region code"), help=N_("else that of the result's week")),
)
_DRAWN_EVERY = 0.2


@dataclass
class _Reading:
    """A reading under way: how far it is, since when, and the wish to stop it."""

    begun: float
    stop: threading.Event
    done: int = 0
    of: int = 0

    def told(self, done: int, of: int) -> None:
        """Called in the reading thread."""
        self.done, self.of = done, of


class PatentsScreen(BaseScreen):
    """F4 counts and stores nothing; Ctrl+S stores what is shown; Esc stops a reading."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "look", N_("Count"), id="look", priority=True),
        Binding("ctrl+s,f10", "save", N_("Store"), id="save", priority=True),
        Binding("f3", "choose", N_("Choose"), id="choose"),
        Binding("f9", "undo", N_("Undo an import"), id="undo"),
    ]

    def __init__(self, code: str | None = None) -> None:
        super().__init__(classes="patents")
        self._code = code
        self._mapping: dict[str, str] = {}
        self._path: str | None = None
        self._columns: PatentColumns | None = None
        self._preview: PatentPreview | None = None
        self._asked: dict[str, Any] | None = None
        self._reading: _Reading | None = None
        self._storing = False

    def body(self) -> ComposeResult:
        """What to read and how to count, how far it is, what it comes to."""
        yield Form(_FORM, {"result": self._code, "rule": ApplicantRule.FIRST})
        yield Said(self._state, id="counts")
        yield Page()

    def on_mount(self) -> None:
        """Begin with the file."""
        entry = self.form.boxes["path"].control.widget
        assert isinstance(entry, Entry)
        entry.suggester = Paths(_ENDINGS)
        self.form.focus_first()
        start(self, self._suggest, group="suggest")
        self.set_interval(_DRAWN_EVERY, self._draw_state)

    def on_unmount(self) -> None:
        """Nobody waits for a reading any more."""
        if self._reading is not None:
            self._reading.stop.set()

    @property
    def form(self) -> Form:
        """What to read and how to count."""
        return self.query_one(Form)

    def title_texts(self) -> tuple[str, str]:
        """Into which result."""
        return _("Import a patent export"), self._code or ""

    async def _suggest(self) -> None:
        with self.telling():
            found = await self.bridge.call(self.services.records.list, "result")
            drafts = [record.code for record in found if record.values["status"] is ResultStatus.DRAFT]
            self.form.boxes["result"].suggest(drafts)

    # What is shown

    def _state(self) -> str:
        """How far the reading is, else what there is to do."""
        reading = self._reading
        if reading is not None and reading.stop.is_set():
            return _("Stopping …")
        if reading is not None:
            return _progress(reading)
        if self._storing:
            return _("Storing …")
        if self._preview is not None:
            return _("Nothing is stored yet; Ctrl+S stores these figures beside the others.")
        if self._columns is not None and self._columns.problem is not None:
            return sentence(self._columns.problem) + "\n" + _("Enter on a column says what it holds.")
        return _("F4 counts the file and stores nothing.")

    def _draw_state(self) -> None:
        if self._reading is not None:
            self.query_one("#counts", Said).retranslate()

    def _draw(self, *, from_top: bool = False) -> None:
        if self.is_attached:
            self.query_one("#counts", Said).retranslate()
            page = self.query_one(Page)
            if from_top:
                page.cursor = 0
            page.show(self._lines)

    def _lines(self, width: int) -> Sequence[Line]:
        """The figures, then the columns that they came from."""
        figures = preview_lines(self._preview, width) if self._preview is not None else []
        columns = column_lines(self._columns, width) if self._columns is not None else []
        return [*figures, *columns]

    # Reading

    def action_look(self) -> None:
        """Count the file; store nothing."""
        values = self.form.values()
        if values is not None and self._reading is None and not self._storing:
            self._start(values)

    def _start(self, values: dict[str, Any]) -> None:
        if values["path"] != self._path:
            self._mapping = {}
        self._path = values["path"]
        self._columns, self._preview, self._asked = None, None, None
        self._reading = _Reading(monotonic(), threading.Event())
        self._draw()
        start(self, partial(self._read, values, self._reading), group="read", exclusive=True)

    async def _read(self, values: dict[str, Any], reading: _Reading) -> None:
        patents, mapping = self.services.patents, dict(self._mapping)
        path = Path(values["path"]).expanduser()  # noqa: ASYNC240 - looks at the environment only
        terms = TallyTerms(values["unit"], None, values["rule"] or ApplicantRule.FIRST, values["cut_off"])
        try:
            self._columns = await self.bridge.call(patents.columns, path, mapping)
            if self._columns.problem is not None:
                raise self._columns.problem
            self.query_one(Page).show(self._lines)
            self._preview = await self.bridge.call(
                patents.preview,
                path,
                values["result"],
                terms,
                mapping=mapping,
                region=values["region"],
                progress=reading.told,
                stopped=reading.stop.is_set,
            )
            self._asked = values
            self.desk.tell(_("{file} is counted; nothing is stored yet").format(file=path.name), "good")
        except IpweekError as error:
            self.form.blame(error)
            self.refused(error)
        finally:
            self._reading = None
            self._draw(from_top=self._preview is not None)
        self.query_one(Page).focus()

    async def may_leave(self) -> bool:
        """Esc first stops a reading; what is being stored is stored."""
        if self._reading is None:
            return not self._storing
        self._reading.stop.set()
        self._draw_state()
        return False

    # Storing

    def action_save(self) -> None:
        """Store the figures that are shown; count first where none are, or something was changed since."""
        values = self.form.values()
        if values is None or self._reading is not None or self._storing:
            return
        if self._preview is None or values != self._asked:
            self._start(values)
            return
        self._storing = True
        self._draw()
        start(self.app, partial(self._store, self._preview), group="save")

    async def _store(self, preview: PatentPreview) -> None:
        services = self.services
        try:
            with self.telling():
                await self.bridge.write(services.patents.store, services.actor, preview)
                told = _("{file}: figures of {n} stored in {result}").format(
                    file=preview.path.name, n=f"{preview.figures.counted:,}", result=preview.result
                )
                self.desk.tell(told, "good")
                self._preview = None
        finally:
            self._storing = False
        if self._preview is None and self.is_attached:
            self._leave_for(preview.result)
        else:
            self._draw()

    def _leave_for(self, result: str) -> None:
        """To the page of the result, where one came from or not."""
        came_from = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        self.dismiss(None)
        if not isinstance(came_from, ResultScreen):
            self.desk.go("result", code=result)

    # Choosing

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        if isinstance(message.target, PatentColumn) and self._reading is None:
            self._correct(message.target)

    @work(group="choose", exclusive=True)
    async def _correct(self, column: PatentColumn) -> None:
        """Ask what a column holds, then look at the columns again; the figures are to be counted anew."""
        choices = [LEFT_OUT, *(field.value for field in PatentField)]
        question = _("What does the column {letter} {header} hold?").format(
            letter=column.letter, header=column.header
        )
        named = [Column[str]("", _field)]
        chosen = await self.app.push_screen_wait(
            Choose(question, choices, named, lambda choice: f"{choice} {_field(choice)}")
        )
        if chosen is None or self._path is None:
            return
        self._mapping = {
            key: field for key, field in self._mapping.items() if field != chosen or chosen == LEFT_OUT
        }
        self._mapping[column.letter] = chosen
        path = Path(self._path).expanduser()  # noqa: ASYNC240 - looks at the environment only
        with self.telling():
            self._columns = await self.bridge.call(self.services.patents.columns, path, dict(self._mapping))
            self._preview, self._asked = None, None
            self._draw()

    @work(group="choose", exclusive=True)
    async def action_choose(self) -> None:
        """Choose the result among the drafts."""
        with self.telling():
            found = await self.bridge.call(self.services.records.list, "result")
            drafts = [record for record in found if record.values["status"] is ResultStatus.DRAFT]
            if not drafts:
                self.desk.tell(
                    _("There is no draft: add a result, or the next version of a released one"), "warn"
                )
                return
            columns = columns_of(KINDS["result"])[:3]
            chosen = await self.app.push_screen_wait(Choose(_("Which result?"), drafts, columns, search_key))
            if chosen is not None:
                self.form.boxes["result"].take(chosen.code)

    @work(group="choose", exclusive=True)
    async def action_undo(self) -> None:
        """Choose one of the result's imports, ask, and take its figures away."""
        code = self.form.boxes["result"].text.strip()
        if not code:
            self.form.boxes["result"].control.widget.focus()
            self.desk.tell(_("Name the result first"), "warn")
            return
        with self.telling():
            services = self.services
            found = [
                line for line in await self.bridge.call(services.patents.batches, code) if line.removable
            ]
            if not found:
                self.desk.tell(_("{result} has no import that could be undone").format(result=code), "warn")
                return
            chooser = Choose(_("Which import is to be undone?"), found, _IMPORTS, lambda line: line.file_name)
            line = await self.app.push_screen_wait(chooser)
            question = _("Remove all figures that came from {file}? What was stated stays.")
            if line is None or not await self.app.push_screen_wait(
                to_remove(question.format(file=line.file_name))
            ):
                return
            await self.bridge.write(services.patents.undo, services.actor, str(line.id))
            self.desk.tell(_("The import of {file} is undone").format(file=line.file_name), "good")


_IMPORTS = (
    Column[PatentImport](N_("File"), lambda line: line.file_name),
    Column[PatentImport](N_("Time"), lambda line: f"{line.imported_at:%Y-%m-%d %H:%M}Z"),
    Column[PatentImport](N_("Unit"), lambda line: words.word(line.unit)),
    Column[PatentImport](N_("Counted"), lambda line: f"{line.kept:,}", right=True),
)


def _field(choice: str) -> str:
    return _("nothing of use") if choice == LEFT_OUT else _(NAMES[PatentField(choice)])


def _progress(reading: _Reading) -> str:
    """A bar, the share and the time left; Esc stops."""
    if not reading.of:
        return _("Opening the file … Esc stops")
    share = Decimal(reading.done) / reading.of
    spent = monotonic() - reading.begun
    left = spent * (1 - float(share)) / float(share) if share else 0.0
    return _("{bar} {percent} %, {seconds} s left; Esc stops").format(
        bar=bar(share, 30), percent=int(share * 100), seconds=round(left)
    )
