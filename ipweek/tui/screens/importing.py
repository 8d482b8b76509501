"""Bringing a spreadsheet in, step by step: the file, its columns, what would happen, the outcome."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import work
from textual.app import ComposeResult
from textual.widgets import ContentSwitcher

from ipweek.domain.errors import CancelledError, InvalidError, IpweekError
from ipweek.domain.import_look import first_of_twins
from ipweek.domain.words import ImportKind
from ipweek.i18n import N_, _, language
from ipweek.jobs.imports import write_refused
from ipweek.tui import memory
from ipweek.tui.background import start
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.dialogs import Ask
from ipweek.tui.screens.import_undo import undone
from ipweek.tui.screens.importing_columns import ColumnsStep
from ipweek.tui.screens.importing_file import FileStep
from ipweek.tui.screens.importing_outcome import OutcomeStep
from ipweek.tui.screens.importing_preview import Lists, PreviewStep, lists_of
from ipweek.tui.screens.importing_progress import Underway
from ipweek.tui.screens.importing_step import Step
from ipweek.tui.screens.importing_wish import WAYS, Wish, run
from ipweek.tui.screens.into_files import file_for
from ipweek.tui.widgets.file_list import is_folder, usual_folders
from ipweek.tui.widgets.said import Said

if TYPE_CHECKING:
    from ipweek.domain.import_look import FileStart, SheetStart
    from ipweek.domain.import_report import FileLook, ImportReport
    from ipweek.domain.records import Record

_STEPS = {
    "file": N_("step 1 of 4: file"),
    "columns": N_("step 2 of 4: columns"),
    "preview": N_("step 3 of 4: preview"),
    "outcome": N_("step 4 of 4: done"),
}
_DRAWN_EVERY = 0.2
_REMEMBERED = 5


class ImportScreen(BaseScreen):
    """Esc stops what is under way, else goes back a step, and nothing that was chosen is lost by it."""

    def __init__(self) -> None:
        super().__init__(classes="importing")
        self.wish = Wish(ImportKind.ENTERPRISES)
        self.start: FileStart | None = None
        self.look: FileLook | None = None
        self.report: ImportReport | None = None
        self.lists: Lists = ()
        self._step = "file"
        self._into: str | None = None
        self._folders: tuple[Path, ...] | None = None
        self._underway: Underway | None = None

    def body(self) -> ComposeResult:
        """One step at a time, over how far the work is."""
        with ContentSwitcher(initial="file"):
            yield FileStep(id="file")
            yield ColumnsStep(id="columns")
            yield PreviewStep(id="preview")
            yield OutcomeStep(id="outcome")
        yield Said(lambda: self._underway.line if self._underway else "", id="underway")

    def on_mount(self) -> None:
        """Begin with the file."""
        self.set_interval(_DRAWN_EVERY, self._draw_progress)
        self._file.arrive()

    def on_unmount(self) -> None:
        """Nobody waits for a reading any more; what is being stored is stored."""
        if self._underway is not None and not self._underway.storing:
            self._underway.stop()

    def title_texts(self) -> tuple[str, str]:
        """Which step it is, and what goes where."""
        title = _("Import a spreadsheet") + " · " + _(_STEPS[self._step])
        into = self.into
        if self._step == "file" and self.wish.path is None:
            into = self.desk.event
        return title, into.name(language()) if into else ""

    @property
    def into(self) -> "Record | None":
        """The event or week that the rows go into; enterprises go into none."""
        return WAYS[self.wish.kind].into(self.desk)

    @property
    def usual_kind(self) -> ImportKind:
        """What a file is taken for whose headers fit several kinds."""
        return ImportKind.REGISTRATIONS if self.desk.event else ImportKind.ENTERPRISES

    @property
    def sheet(self) -> "SheetStart":
        """The sheet in hand."""
        assert self.start is not None
        return self.start.sheet(self.wish.sheet)

    @property
    def _file(self) -> FileStep:
        return self.query_one(FileStep)

    def reload(self) -> None:
        """Another event may be in hand by now: what would happen is then looked at again."""
        self._say()
        if self._step == "preview" and self._into != self._into_code and self._underway is None:
            self.to_preview()

    def retranslate(self) -> None:
        """Draw in the language in force."""
        super().retranslate()
        self._say()

    def _say(self) -> None:
        for step in self.query(Step):
            step.say()
        self.retitle()

    # From step to step

    def _arrive(self, step: str) -> None:
        self._step = step
        switcher = self.query_one(ContentSwitcher)
        switcher.current = step
        switcher.get_child_by_id(step, Step).arrive()
        self.retitle()
        self.refresh_bindings()

    def look_at(self, path: Path) -> None:
        """Read the beginning of a file, or show a folder."""
        self._begin(partial(self._look_at, path))

    async def _look_at(self, path: Path) -> None:
        try:
            if await self.bridge.call(is_folder, path):
                self._file.take_folder(path)
                return
            self.start = await self.bridge.call(self.services.imports.start, path, tuple(WAYS))
        except IpweekError as error:
            self._file.refuse(error)
            return
        self.look = self.report = None
        self._file.take(path, self.start)
        self._remember_folder(path.absolute().parent)  # noqa: ASYNC240 - looks at the environment only

    def to_columns(self) -> None:
        """Find out what the columns hold, with what was said of them."""
        if self.wish.path is not None:
            self._begin(partial(self._look, self.wish.path))

    async def _look(self, path: Path) -> None:
        with self.telling():
            look = partial(self.services.imports.look, self.wish.kind, path)
            try:
                self.look = await self.bridge.call(look, **self.wish.reading)
            except InvalidError as error:
                if error.code != "column-twice" or not self._settle_twins(error):
                    raise
                self.look = await self.bridge.call(look, **self.wish.reading)
            self._arrive("columns")

    def _settle_twins(self, error: InvalidError) -> bool:
        """Take the first of the columns that have one header, and say so; whether there is one that was not taken."""
        twins, field = error.params["columns"], str(error.params["field"])
        header = next((row for row in self.sheet.first if row.number == self.wish.header_row), None)
        assert isinstance(twins, list)
        said = first_of_twins(header, twins, field) if header else {}
        if not said or said.items() <= self.wish.columns.items():
            return False
        self.wish.columns |= said
        told = _("Several columns are called {header}: the first one is taken")
        self.desk.tell(told.format(header=twins[0]), "warn")
        return True

    def to_preview(self) -> None:
        """See what would happen; nothing is stored."""
        way = WAYS[self.wish.kind]
        if way.needed and self.into is None:
            self.desk.tell(_(way.needed), "bad")
        else:
            self._begin(self._preview)

    async def _preview(self) -> None:
        with self.telling():
            self._into = self._into_code
            underway = self._underway
            assert underway is not None
            self.report = await self.bridge.call(
                run, self.services, self.wish, self.into, dry_run=True, progress=underway.told
            )
            self.lists = await self.bridge.call(lists_of, self.report)
            self._arrive("preview")

    @property
    def _into_code(self) -> str | None:
        return self.into.code if self.into else None

    def store(self) -> None:
        """Store what the preview showed."""
        if self._underway is None and self.report is not None:
            self._underway = Underway(storing=True)
            self._draw_progress()
            start(self.app, partial(self._store, self._underway), group="save")

    async def _store(self, underway: Underway) -> None:
        wish = self.wish
        assert wish.path is not None
        report: ImportReport | None = None
        try:
            report = await self.bridge.write(
                run, self.services, wish, self.into, dry_run=False, progress=underway.told
            )
        except CancelledError:
            self.desk.tell(_("Stopped: nothing of {file} is stored").format(file=wish.path.name), "warn")
        except IpweekError as error:
            self.refused(error)
        finally:
            self._finish()
        if report is not None:
            self._stored(report, wish.path.name)

    def _stored(self, report: "ImportReport", name: str) -> None:
        """Tell of it, and show the outcome; where rows are refused by now, the preview again."""
        self.report = report
        if not report.written:
            self.to_preview()
            return
        self._told(report, name)
        if self.is_attached:
            self._arrive("outcome")

    def _told(self, report: "ImportReport", name: str) -> None:
        told = _("Imported {name}: {added} added, {updated} updated, {refused} refused")
        counts = {"added": report.added, "updated": report.updated, "refused": report.refused}
        self.desk.tell(told.format(name=name, **counts), "good")

    # Work that takes its time

    def _begin(self, reading: Callable[[], Any]) -> None:
        if self._underway is None:
            self._underway = Underway()
            start(self, partial(self._read, reading), group="read", exclusive=True)

    async def _read(self, reading: Callable[[], Any]) -> None:
        try:
            await reading()
        finally:
            self._finish()

    def _finish(self) -> None:
        self._underway = None
        self._draw_progress()

    def _draw_progress(self) -> None:
        for said in self.query("#underway"):
            self.set_class(self._underway is not None, "-underway")
            said.refresh(layout=True)

    async def may_leave(self) -> bool:
        """Esc stops what is under way, else goes back a step; from the first one it leaves."""
        if self._underway is not None:
            self._underway.stop()
            if not self._underway.storing:
                self.workers.cancel_group(self, "read")
            self._draw_progress()
            return False
        if self._step in ("columns", "preview"):
            self._arrive({"columns": "file", "preview": "columns"}[self._step])
            return False
        if self._step == "file" and self._file.unchosen():
            return False
        if self._step == "file" and self.wish.corrected:
            question = _("Leave the import? Nothing of it is stored, and what you corrected is forgotten.")
            return await self.app.push_screen_wait(Ask(question, yes=_("Leave"), no=_("Stay")))
        return True

    # What is done beside

    async def folders(self) -> tuple[Path, ...]:
        """Where spreadsheets may be: the folders of the last imports first."""
        if self._folders is None:
            kept = await self.bridge.call(memory.recall, self.services.settings.home)
            recent = kept.get("import_folders")
            self._folders = await self.bridge.call(usual_folders, recent if isinstance(recent, list) else ())
        return self._folders

    def _remember_folder(self, folder: Path) -> None:
        recent = tuple(dict.fromkeys((folder, *(self._folders or ()))))
        self._folders = recent
        kept = [str(each) for each in recent[:_REMEMBERED]]
        start(
            self.app,
            partial(self.bridge.write, memory.remember, self.services.settings.home, import_folders=kept),
        )

    @work(group="export", exclusive=True)
    async def write_refused_rows(self) -> None:
        """Write the refused rows with their reasons; a file that is there is replaced only when asked to."""
        report, path = self.report, self.wish.path
        if report is None or path is None:
            return
        usual = path.with_name(str(_("{name} refused.xlsx").format(name=path.stem)))
        question = _("The {n} refused rows into which .xlsx file? The last column says why.")
        out = await file_for(self, question.format(n=report.refused), str(usual))
        if out is None:
            return
        with self.telling():
            await self.bridge.write(write_refused, report, out)
            self.desk.tell(
                _("Written: {path}, rows: {n}").format(path=out.absolute(), n=report.refused), "good"
            )

    @work(group="choose", exclusive=True)
    async def undo(self) -> None:
        """Take the import back, and show the file again."""
        report, path = self.report, self.wish.path
        if report is None or report.batch is None or path is None:
            return
        if await undone(self, report.batch, path.name):
            self.report = None
            self._arrive("columns")

    def open_list(self) -> None:
        """Leave for the list that the rows went into."""
        place = WAYS[self.wish.kind].place
        self.dismiss(None)
        self.desk.go(place)

    def begin_anew(self) -> None:
        """Begin with another file."""
        self.wish = Wish(self.usual_kind)
        self.start = self.look = self.report = None
        self._step = "file"
        self.query_one(ContentSwitcher).current = "file"
        self._file.begin_anew()
