"""The first step of an import: which file, what is in it, which sheet, which row has the headers."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from ipweek.domain.errors import IpweekError
from ipweek.domain.import_look import FileStart, HeaderPlace, SheetStart
from ipweek.domain.import_rows import Row
from ipweek.domain.records import Field
from ipweek.domain.words import ImportKind
from ipweek.i18n import N_, _, language
from ipweek.render import words
from ipweek.render.errors import sentence
from ipweek.render.lines import Line, Span, crop, fit
from ipweek.tui.background import start
from ipweek.tui.messages import Opened
from ipweek.tui.screens.dialogs import Choose
from ipweek.tui.screens.importing_step import Step
from ipweek.tui.screens.importing_wish import WAYS
from ipweek.tui.widgets.entry import Entry
from ipweek.tui.widgets.field_box import FieldBox
from ipweek.tui.widgets.file_list import COLUMNS, ENDINGS, Pick, as_path, picks
from ipweek.tui.widgets.page import Page
from ipweek.tui.widgets.paths import Paths
from ipweek.tui.widgets.rows import Column, Rows
from ipweek.tui.widgets.said import Said

_PATH = Field("path", N_("File"), required=True, help=N_("a path, or choose below; → completes"))
_WIDEST_CELL = 18
_NUMBER = 5


class FileStep(Step):
    """A path to type over the spreadsheets of a folder; with a file, its first rows take their place."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "ahead", N_("Next"), id="next"),
        Binding("f2", "kind", N_("What is in it"), id="kind"),
        Binding("f3", "sheet", N_("Worksheet"), id="sheet"),
        Binding("f6", "imports", N_("Imports so far"), id="imports"),
        Binding("down", "into_list", show=False),
    ]

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._folder = Path()
        self._known = ""

    def compose(self) -> ComposeResult:
        """The path, what is known of the file, and what there is to choose."""
        yield FieldBox(_PATH)
        yield Said(self._about, id="about")
        yield Rows(COLUMNS, id="picks")
        yield Page(id="first-rows")

    def on_mount(self) -> None:
        """Complete what is typed; show a folder to begin with."""
        self.entry.suggester = Paths(ENDINGS)

    @property
    def box(self) -> FieldBox:
        """The path with its error."""
        return self.query_one(FieldBox)

    @property
    def entry(self) -> Entry:
        """Where the path is typed."""
        entry = self.box.control.widget
        assert isinstance(entry, Entry)
        return entry

    @property
    def is_known(self) -> bool:
        """Whether the file that is named has been looked at."""
        return bool(self._known) and as_path(self.entry.value) == self._known

    def arrive(self) -> None:
        """Show the file's rows, else the folder."""
        if self.is_known:
            self._show_rows()
        else:
            # At once, and not by `focus()`: keys that are waiting already belong to this field.
            self.screen.set_focus(self.entry)
            self._list()

    def begin_anew(self) -> None:
        """Ask for another file."""
        self._known = ""
        self.entry.value = ""
        self.box.show_error("")
        self.arrive()

    def unchosen(self) -> bool:
        """Go back from the rows of a file to the choice of one; whether there was one to go back from."""
        if not self.is_known or self.entry.has_focus:
            return False
        self.screen.set_focus(self.entry)
        return True

    # The list of files

    @on(Input.Changed)
    def _typed(self) -> None:
        self.box.show_error("")
        self._face()
        self._list()

    def _list(self) -> None:
        if not self.is_known:
            start(
                self.screen,
                partial(self._read_folder, as_path(self.entry.value)),
                group="list",
                exclusive=True,
            )

    async def _read_folder(self, typed: str) -> None:
        wizard = self.wizard
        with wizard.telling():
            folders = await wizard.folders()
            self._folder, found = await wizard.bridge.call(
                picks, typed, folders[0] if folders else Path(), folders
            )
            if self.is_attached:
                self.query_one("#picks", Rows).show(found, cursor=0)
                self._face()

    def _face(self) -> None:
        """Either the folder or the file."""
        self.set_class(self.is_known, "-known")
        self.say()
        self.wizard.retitle()
        self.refresh_bindings()

    def action_into_list(self) -> None:
        """From the path into what stands below."""
        self.query_one("#first-rows" if self.is_known else "#picks").focus()

    @on(Input.Submitted)
    def _named(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_ahead()

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        """A folder is looked into, a file is taken; a row of a file has the headers."""
        message.stop()
        if isinstance(message.target, Pick):
            self._pick(message.target)
        elif isinstance(message.target, Row):
            self._take_header(message.target)

    def _pick(self, pick: Pick) -> None:
        self.entry.value = f"{pick.path}/" if pick.is_folder else str(pick.path)
        self.entry.cursor_position = len(self.entry.value)
        if pick.is_folder:
            self.screen.set_focus(self.entry)
        else:
            self.wizard.look_at(pick.path)

    # The file

    def action_ahead(self) -> None:
        """Look at the file that is named; on to its columns if that is done."""
        path = as_path(self.entry.value)
        if self.is_known:
            self.wizard.to_columns()
        elif not path:
            self.box.show_error(_("Type a path, or choose a file with ↓ and Enter."))
        else:
            self.wizard.look_at(Path(path))

    def take_folder(self, path: Path) -> None:
        """It was a folder: show what is in it."""
        self.entry.value = f"{path}/".replace("//", "/")
        self.entry.cursor_position = len(self.entry.value)

    def refuse(self, error: IpweekError) -> None:
        """Say under the path what is wrong with the file; the beginning of one name is as good as the name."""
        files = [pick for pick in self.query_one("#picks", Rows).rows if not pick.is_folder]
        if error.code == "file-missing" and len(files) == 1 and as_path(self.entry.value):
            self._pick(files[0])
            return
        self.box.show_error(sentence(error))
        self.screen.set_focus(self.entry)

    def take(self, path: Path, begun: FileStart) -> None:
        """A file was looked at: guess what it is, and show its first rows."""
        wizard = self.wizard
        kinds = sorted(WAYS, key=lambda kind: kind is not wizard.usual_kind)
        sheet, kind = begun.likeliest([kind.value for kind in kinds])
        wizard.wish.over(path)
        wizard.wish.kind = ImportKind(kind)
        wizard.wish.sheet = sheet.name or None
        self._find_header()
        self._known = str(path)
        self._show_rows()

    def _find_header(self) -> None:
        """The likeliest header of the sheet and kind in hand."""
        place = self._place
        self.wizard.wish.header_row = place.row if place else None

    @property
    def _place(self) -> HeaderPlace | None:
        begun, wish = self.wizard.start, self.wizard.wish
        return begun.header(wish.sheet, wish.kind.value) if begun else None

    def _show_rows(self) -> None:
        page = self.query_one("#first-rows", Page)
        page.cursor = 0
        page.show(self._lines)
        self._face()
        page.focus()
        here = next((row for row in self._sheet.first if row.number == self.wizard.wish.header_row), None)
        rows = list(self._sheet.first)
        page.relaid(cursor=rows.index(here) if here else 0)

    @property
    def _sheets(self) -> int:
        return len(self.wizard.start.sheets) if self.wizard.start else 0

    @property
    def _sheet(self) -> SheetStart:
        return self.wizard.sheet

    def _lines(self, width: int) -> Sequence[Line]:
        """The first rows, their cells below one another, the header marked."""
        if not self.is_known:
            return ()
        rows = self._sheet.first
        table = [row.cells for row in rows if not _is_title(row)]
        widths = [
            min(
                max((cell_len(cells[column]) for cells in table if column < len(cells)), default=0),
                _WIDEST_CELL,
            )
            for column in range(self._sheet.width)
        ]
        return [Line(tuple(self._cells(row, widths, width)), row) for row in rows]

    def _cells(self, row: Row, widths: Sequence[int], width: int) -> list[Span]:
        is_header = row.number == self.wizard.wish.header_row
        role = "strong" if is_header else "plain"
        if _is_title(row):
            cells: list[Span] = [(crop("".join(row.cells), width - _NUMBER - 2), role)]
        else:
            cells = [(fit(cell, to) + "  ", role) for cell, to in zip(row.cells, widths, strict=False) if to]
        return [(fit(str(row.number), _NUMBER, right=True) + "  ", "accent" if is_header else "dim"), *cells]

    def _take_header(self, row: Row) -> None:
        """Enter on the row of headers goes on; on another one, that one has the headers."""
        wish = self.wizard.wish
        if row.number == wish.header_row:
            self.wizard.to_columns()
            return
        wish.header_row, wish.columns, wish.corrected = row.number, {}, True
        self.query_one("#first-rows", Page).show(self._lines)
        self.say()

    def _about(self) -> str:
        """What the file is taken for, or the folder that is shown."""
        if not self.is_known or self.wizard.wish.path is None:
            return _("Spreadsheets in {folder}, the newest first").format(folder=self._folder)
        wizard, wish, sheet = self.wizard, self.wizard.wish, self._sheet
        told = [_line(_("What is in it"), words.word(wish.kind), "F2")]
        if WAYS[wish.kind].needed:
            into = wizard.into
            told.append(_line(_("Goes into"), into.name(language()) if into else _(WAYS[wish.kind].needed)))
        if self._sheets > 1:
            hidden = _(" (hidden)") if sheet.hidden else ""
            many = _("{sheet}, one of {n}").format(sheet=sheet.name, n=self._sheets)
            told.append(_line(_("Worksheet"), many + hidden, "F3"))
        told.append(_line(_("Header"), self._header_told()))
        return "\n".join(told)

    def _header_told(self) -> str:
        wish = self.wizard.wish
        if wish.header_row is None:
            return _("the sheet is empty")
        place = self._place
        if place is not None and place.row == wish.header_row and not place.fields:
            return _(
                "row {row}, but none of its words is known: Enter on the row that has the headers"
            ).format(row=wish.header_row)
        return _("row {row}; if it is another one, Enter on that").format(row=wish.header_row)

    @work(group="choose", exclusive=True)
    async def action_kind(self) -> None:
        """Say what is in the file."""
        kinds = [*WAYS, ImportKind.PATENTS]
        columns = [Column[ImportKind]("", words.word)]
        chosen = await self.app.push_screen_wait(
            Choose(
                _("What is in the spreadsheet?"), kinds, columns, lambda kind: f"{kind} {words.word(kind)}"
            )
        )
        if chosen is ImportKind.PATENTS:
            self.wizard.desk.go("patents")
        elif chosen is not None and chosen is not self.wizard.wish.kind:
            wish = self.wizard.wish
            wish.kind, wish.columns, wish.corrected = chosen, {}, True
            self._find_header()
            self._show_rows()

    @work(group="choose", exclusive=True)
    async def action_sheet(self) -> None:
        """Choose among the sheets of the workbook."""
        begun = self.wizard.start
        assert begun is not None
        chosen = await self.app.push_screen_wait(
            Choose(_("Which worksheet?"), begun.sheets, _SHEETS, lambda sheet: sheet.name)
        )
        if chosen is not None:
            wish = self.wizard.wish
            wish.sheet, wish.columns, wish.corrected = chosen.name, {}, True
            self._find_header()
            self._show_rows()

    def action_imports(self) -> None:
        """The imports so far."""
        self.wizard.desk.go("imports")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A file that is known has a kind, a workbook of several sheets one to choose."""
        if action == "kind":
            return self.is_known
        if action == "sheet":
            return self.is_known and self._sheets > 1
        return super().check_action(action, parameters)


def _is_title(row: Row) -> bool:
    """Whether one text goes over all columns."""
    return sum(map(bool, row.cells)) == 1


def _line(label: str, text: str, key: str = "") -> str:
    told = _("{label}: {text}").format(label=label, text=text)
    return f"{told}   ({key})" if key else told


_SHEETS = (
    Column[SheetStart](N_("Worksheet"), lambda sheet: sheet.name),
    Column[SheetStart](N_("Rows"), lambda sheet: str(sheet.height), right=True),
    Column[SheetStart](N_("Columns"), lambda sheet: str(sheet.width), right=True),
    Column[SheetStart]("", lambda sheet: (_("hidden"), "warn") if sheet.hidden else ""),
)
