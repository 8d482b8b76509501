"""The imports so far: what each brought, and the way to take one back."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from ipweek.domain.import_report import BatchLine
from ipweek.domain.words import ImportKind
from ipweek.i18n import N_, _
from ipweek.render import words
from ipweek.tui.messages import Moved, Opened
from ipweek.tui.screens.dialogs import to_remove
from ipweek.tui.screens.import_undo import undone
from ipweek.tui.screens.listing import ListScreen
from ipweek.tui.widgets.rows import Cell, Column, Rows


class ImportsScreen(ListScreen[BatchLine]):
    """The newest first; Del takes the one under the cursor back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete", "undo", N_("Undo"), id="undo"),
        Binding("insert,ctrl+n", "add", N_("Import a spreadsheet"), id="add"),
    ]

    def __init__(self) -> None:
        super().__init__(classes="imports")
        self._read = False

    def body(self) -> ComposeResult:
        """One import a line."""
        yield Vertical(Rows(self._columns()))

    def title_texts(self) -> tuple[str, str]:
        """The place in the list at the right."""
        return _("Imports so far"), self.cursor_at(_("none yet") if self._read else "")

    def _columns(self) -> tuple[Column[BatchLine], ...]:
        return (
            Column(N_("Time"), self._moment),
            Column(N_("File"), lambda line: line.file_name),
            Column(N_("Kind"), _kind),
            Column(N_("Added"), lambda line: f"{line.added:,}", right=True),
            Column(N_("Updated"), lambda line: f"{line.updated:,}", right=True),
            Column(
                N_("Refused"),
                lambda line: (f"{line.refused:,}", "warn" if line.refused else "dim"),
                right=True,
                optional=True,
            ),
            Column(N_("For"), lambda line: (line.event or line.result or "–", "dim"), optional=True),
            Column(N_("Who"), lambda line: (line.operator, "dim"), optional=True),
        )

    def _moment(self, line: BatchLine) -> Cell:
        local = line.imported_at.astimezone(self.desk.now().tzinfo)
        return f"{local:%Y-%m-%d %H:%M}", "dim"

    async def _load(self) -> None:
        with self.telling():
            found = await self.bridge.call(self.services.imports.batches)
            self._read = True
            self.rows.show(found)
            self.retitle()

    @on(Moved)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(Opened)
    @work(group="remove", exclusive=True)
    async def action_undo(self) -> None:
        """Show what taking it back would do, ask, and do it."""
        line = self.rows.chosen
        if line is None:
            return
        if line.undone_at is not None:
            self.desk.tell(
                _("The import of {file} has been undone already").format(file=line.file_name), "warn"
            )
        elif line.kind is ImportKind.PATENTS:
            await self._undo_patents(line)
        else:
            await undone(self, line.id, line.file_name)
        self.reload()

    async def _undo_patents(self, line: BatchLine) -> None:
        question = _("Remove all figures that came from {file}? What was stated stays.")
        if await self.app.push_screen_wait(to_remove(question.format(file=line.file_name))):
            with self.telling():
                services = self.services
                await self.bridge.write(services.patents.undo, services.actor, str(line.id))
                self.desk.tell(_("The import of {file} is undone").format(file=line.file_name), "good")

    def action_add(self) -> None:
        """Bring a spreadsheet in."""
        self.desk.go("import")


def _kind(line: BatchLine) -> Cell:
    if line.undone_at is None:
        return words.word(line.kind)
    return _("{kind}, undone").format(kind=words.word(line.kind)), "dim"
