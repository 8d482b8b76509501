"""What the organizer writes for the report of the event in hand or of its week: what is there, and what is not yet."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.kinds import KINDS
from ipweek.domain.records import Record
from ipweek.domain.report_notes import NotePart, ReportNotes
from ipweek.i18n import N_, _, language
from ipweek.render import report_notes as lines
from ipweek.render import words
from ipweek.tui.messages import Moved, Opened
from ipweek.tui.screens.dialogs import Ask
from ipweek.tui.screens.listing import ListScreen
from ipweek.tui.widgets.rows import Cell, Column, Rows
from ipweek.tui.widgets.said import Said

_ATTACHED = ("coverage", "photograph")
_ALL: tuple[str, ...] = (*NotePart, *_ATTACHED)


def _label(row: str) -> str:
    return words.word(row) if isinstance(row, NotePart) else _(KINDS[row].plural)


class ReportNotesScreen(ListScreen[str]):
    """Each part with the languages in which it is written, and the whole text of the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Write"), id="open"),
        Binding("f4", "scope", N_("Event or week"), id="scope"),
        Binding("delete", "remove", N_("Remove"), id="remove"),
        Binding("f9", "summary", N_("Summary"), id="summary"),
    ]

    def __init__(self, place: Record | None = None) -> None:
        super().__init__(classes="report-notes")
        self._whole_week = place is not None and place.kind == "week"
        self._notes = ReportNotes()

    def body(self) -> ComposeResult:
        """The parts over the text."""
        yield Rows[str](
            (
                Column(N_("Part"), _label),
                Column(N_("Written"), self._written),
                Column(N_("Begins with"), self._begins),
            )
        )
        yield Said(self._text, id="about")

    def on_mount(self) -> None:
        """Begin with the event, where there is one."""
        self._whole_week = self._whole_week or self.desk.event is None

    @property
    def place(self) -> Record | None:
        """Of what the report is."""
        return self.desk.week if self._whole_week else self.desk.event

    def title_texts(self) -> tuple[str, str]:
        """Of what the report is, and how many parts are written."""
        name = self.place.name(language()) if self.place else ""
        done = sum(bool(lines.part_line(self._notes, part).written) for part in NotePart)
        return f"{_('Report texts')} · {name}", _("{n} of {total} written").format(
            n=done, total=len(NotePart)
        )

    def _written(self, row: str) -> Cell:
        if isinstance(row, NotePart):
            return lines.part_line(self._notes, row).written or ("–", "dim")
        count = len(self._notes.coverage if row == "coverage" else self._notes.photographs)
        return str(count) if count else ("–", "dim")

    def _begins(self, row: str) -> Cell:
        return lines.part_line(self._notes, row).begins if isinstance(row, NotePart) else ""

    def _text(self) -> str:
        row = self.rows.chosen if self.query(Rows) else None
        if row in _ATTACHED:
            return _("Enter opens the list.")
        if not isinstance(row, NotePart) or row is NotePart.INVITED:
            return ""
        return lines.words_of(self._notes, row).text(language()) or ""

    @on(Moved)
    def _moved(self) -> None:
        self.query_one("#about", Said).retranslate()

    async def _load(self) -> None:
        if self.place is None:
            return
        with self.telling():
            read = self.services.report_notes.show
            self._notes = await self.bridge.call(read, self.place.kind, self.place.code)
            self.rows.show(_ALL)
            self._moved()
            self.retitle()

    @on(Opened)
    def action_open(self) -> None:
        """Write the part under the cursor, or open the list."""
        row = self.rows.chosen
        if row is None or self.place is None:
            return
        if isinstance(row, NotePart):
            self.desk.go("report-text", place=self.place, part=row, values=self._notes.values(row))
        else:
            self.desk.go("records", kind=row, parent=self.place)

    def action_scope(self) -> None:
        """Change between the event and its week."""
        if self.desk.event is not None:
            self._whole_week = not self._whole_week
            self.reload()

    def action_summary(self) -> None:
        """The report itself."""
        self.desk.go("summary")

    @work(group="remove", exclusive=True)
    async def action_remove(self) -> None:
        """Ask, then take a part back."""
        row, place = self.rows.chosen, self.place
        if not isinstance(row, NotePart) or place is None or not lines.part_line(self._notes, row).written:
            return
        values = self._notes.values(row)
        question = _("Remove {name}?").format(name=_label(row))
        if not await self.app.push_screen_wait(Ask(question, yes=_("Remove"), no=_("Keep"))):
            return
        with self.telling():
            services = self.services
            await self.bridge.write(
                services.report_notes.write, services.actor, place.kind, place.code, dict.fromkeys(values),
                seen=values,
            )  # fmt: skip
            self.desk.tell(_("{name} deleted").format(name=_label(row)), "good")
        self.reload()
