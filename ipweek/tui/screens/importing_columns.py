"""The second step of an import: what each column holds."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from ipweek.domain.import_fields import KINDS, Field
from ipweek.domain.import_look import corrected
from ipweek.domain.import_recognition import LEFT_OUT, column_letter
from ipweek.domain.import_report import ColumnGuess
from ipweek.domain.words import ImportKind
from ipweek.i18n import N_, _
from ipweek.render import words
from ipweek.render.import_words import fields_told, import_field
from ipweek.tui.messages import Opened
from ipweek.tui.screens.dialogs import Choose
from ipweek.tui.screens.importing_step import Step
from ipweek.tui.widgets.rows import Cell, Column, Rows
from ipweek.tui.widgets.said import Said
from ipweek.tui.widgets.text import visible

_NOTHING = Field(LEFT_OUT, ())


class ColumnsStep(Step):
    """A line a column with its first values; Enter says what it holds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "ahead", N_("Next"), id="next"),
        Binding("f2", "open", N_("Change"), id="edit"),
        Binding("delete", "leave_out", N_("Leave out"), id="leave-out"),
    ]

    def compose(self) -> ComposeResult:
        """What is known and what is missing, over the columns."""
        yield Said(self._told, id="columns-told")
        yield Rows(
            (
                Column[ColumnGuess]("", lambda column: (column_letter(column.column), "dim"), right=True),
                Column[ColumnGuess](N_("Header"), lambda column: column.header or ("–", "dim")),
                Column[ColumnGuess](N_("Holds"), self._holds),
                Column[ColumnGuess](
                    N_("First values"), lambda column: (" · ".join(dict.fromkeys(column.samples)), "dim")
                ),
            )
        )

    @property
    def rows(self) -> Rows[ColumnGuess]:
        """The columns."""
        return self.query_one(Rows)

    def arrive(self) -> None:
        """Show the columns as they are understood now; the cursor stays where it is."""
        look = self.wizard.look
        assert look is not None
        self.rows.show(look.columns)
        self.say()
        self.rows.focus()

    def _holds(self, column: ColumnGuess) -> Cell:
        if column.field is None:
            return _("left out"), "dim"
        return import_field(self.wizard.wish.kind, column.field), "accent"

    def _told(self) -> Content:
        look, wish = self.wizard.look, self.wizard.wish
        if look is None:
            return Content("")
        about = [words.word(wish.kind), _("header in row {row}").format(row=look.header_row)]
        if look.sheet:
            about.insert(1, look.sheet)
        lines = [Content(visible(" · ".join(about)))]
        if look.missing:
            lines.append(Content.styled(self._missing(look.missing), "$error"))
        if look.remembered:
            lines.append(Content.styled(_("As in the last import of these headers."), "$success"))
        return Content("\n").join(lines)

    def _missing(self, missing: tuple[str, ...]) -> str:
        named = fields_told(self.wizard.wish.kind, missing)
        return _("Not found yet: {fields}. Enter on the column that holds it.").format(fields=named)

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        message.stop()
        self.action_open()

    @work(group="choose", exclusive=True)
    async def action_open(self) -> None:
        """Choose what the column under the cursor holds."""
        column, look, kind = self.rows.chosen, self.wizard.look, self.wizard.wish.kind
        if column is None or look is None:
            return
        held = {other.field: other.header or column_letter(other.column) for other in look.columns}
        fields = (_NOTHING, *KINDS[kind.value])
        columns = (
            Column[Field](N_("Field"), lambda field: _called(kind, field)),
            Column[Field]("", lambda field: (_("required"), "accent") if field.required else ""),
            Column[Field](N_("Now in"), lambda field: (held.get(field.name, ""), "dim")),
        )
        question = _("What does the column {letter} {header} hold?").format(
            letter=column_letter(column.column), header=column.header
        )
        chooser = Choose(question, fields, columns, lambda field: _key(kind, field))
        chosen = await self.app.push_screen_wait(chooser)
        if chosen is not None:
            self._correct(column, chosen.name)

    def action_leave_out(self) -> None:
        """Take the column under the cursor for nothing."""
        if self.rows.chosen is not None:
            self._correct(self.rows.chosen, LEFT_OUT)

    def _correct(self, column: ColumnGuess, field: str) -> None:
        wizard = self.wizard
        assert wizard.look is not None
        wizard.desk.untell(self._missing(wizard.look.missing))
        wizard.wish.columns = corrected(wizard.wish.columns, wizard.look.columns, column, field)
        wizard.wish.corrected = True
        wizard.to_columns()

    def action_ahead(self) -> None:
        """See what would happen; a field that every row needs has to be named first."""
        look = self.wizard.look
        if look is not None and look.missing:
            self.wizard.desk.tell(self._missing(look.missing), "bad")
        else:
            self.wizard.to_preview()


def _called(kind: ImportKind, field: Field) -> str:
    return _("nothing: left out") if field.name == LEFT_OUT else import_field(kind, field.name)


def _key(kind: ImportKind, field: Field) -> str:
    """By what a field is found: its name, and every header that names it."""
    return " ".join((field.name, _called(kind, field), *field.headers))
