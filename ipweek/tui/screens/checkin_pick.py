"""A choice over the check-in without a line to type in: printable keys stay the scanner's."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from ipweek.i18n import N_, _
from ipweek.tui.messages import Opened
from ipweek.tui.screens.dialogs import Dialog
from ipweek.tui.widgets.rows import Column, Rows
from ipweek.tui.widgets.said import Said

Row = TypeVar("Row")


class Pick(Dialog[Row | None], Generic[Row]):
    """One row by the arrow keys and Enter; Esc for none."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", N_("Back"), id="pick-leave")]

    def __init__(self, title: Callable[[], str], rows: Sequence[Row], columns: Sequence[Column[Row]]) -> None:
        super().__init__()
        self._title, self._rows, self._columns = title, tuple(rows), columns

    def compose(self) -> ComposeResult:
        """The rows under the question."""
        with Vertical(classes="dialog wide"):
            yield Said(self._title, classes="question")
            yield Rows(self._columns)
            yield Said(lambda: _("Enter chooses, Esc goes back; scans go on being read."), classes="note")

    def on_mount(self) -> None:
        """Show the rows."""
        self.query_one(Rows).show(self._rows)
        self.query_one(Rows).focus()

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        self.dismiss(message.target)  # type: ignore[arg-type]

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
