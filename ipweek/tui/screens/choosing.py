"""Who is meant, where several people answer to what was typed or scanned."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from ipweek.domain.registrations import Registered
from ipweek.domain.text import folded
from ipweek.i18n import N_, _, again
from ipweek.tui.messages import Opened
from ipweek.tui.screens.dialogs import Dialog
from ipweek.tui.screens.registration_rows import badge_text, status_cell
from ipweek.tui.widgets.rows import Cell, Column, Rows
from ipweek.tui.widgets.said import Said

_TAIL = 4
"""So many digits of a number that several people share are worth a question."""


def equally_meant(typed: str, rows: Sequence[Registered]) -> tuple[Registered, ...]:
    """Those of the found who answer to a whole name, or to the digits of a number; none where one is meant."""
    key = folded(typed)
    if not key:
        return ()
    if key.replace(" ", "").isdecimal():
        meant = tuple(rows) if len(key) >= _TAIL else ()
    else:
        meant = tuple(row for row in rows if key in (folded(row.name), folded(row.name_latin or "")))
    return meant if len(meant) > 1 else ()


class ChoosePerson(Dialog[Registered | None]):
    """One of several people by the arrow keys and Enter; Esc for none. What tells them apart stands out."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", N_("Back"), id="choose-person-leave")]

    def __init__(self, rows: Sequence[Registered], question: str | None = None) -> None:
        super().__init__()
        self._rows, self._question = tuple(rows), question

    def compose(self) -> ComposeResult:
        """The rows under the question."""
        with Vertical(classes="dialog wide"):
            yield Said(self._asked, classes="question")
            yield Rows(_columns(self._rows))
            yield Said(lambda: _("Enter chooses, Esc goes back."), classes="note")

    def _asked(self) -> str:
        if self._question is not None:
            return again(self._question)
        names = {row.name for row in self._rows}
        if len(names) == 1:
            return _("{n} people are called {name}. Who is meant?").format(
                n=len(self._rows), name=names.pop()
            )
        return _("{n} people answer to that. Who is meant?").format(n=len(self._rows))

    def on_mount(self) -> None:
        """Show the rows."""
        self.query_one(Rows).show(self._rows)
        self.query_one(Rows).focus()

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        assert isinstance(message.target, Registered)
        self.dismiss(message.target)

    def action_leave(self) -> None:
        """Choose nobody."""
        self.dismiss(None)


def _columns(rows: Sequence[Registered]) -> list[Column[Registered]]:
    """Name, where the names differ; then whatever may tell the people apart."""
    shown: list[tuple[str, Callable[[Registered], str]]] = [
        (N_("Enterprise"), lambda row: row.enterprise or "–"),
        (N_("Title"), lambda row: row.title or "–"),
        (N_("Phone"), _tail),
        (N_("Badge"), lambda row: badge_text(row.badge_no)),
        (N_("Status"), _status),
    ]
    if len({row.name for row in rows}) > 1:
        shown.insert(0, (N_("Name"), lambda row: row.name))
    return [Column(title, _telling(text, rows)) for title, text in shown]


def _telling(text: Callable[[Registered], str], rows: Sequence[Registered]) -> Callable[[Registered], Cell]:
    """A cell that stands out where the others have something else there."""
    role = "strong" if len({text(row) for row in rows}) > 1 else "dim"
    return lambda row: (text(row), role)


def _tail(row: Registered) -> str:
    return f"…{row.phone[-_TAIL:]}" if row.phone else "–"


def _status(row: Registered) -> str:
    cell = status_cell(row)
    return cell if isinstance(cell, str) else cell[0]
