"""Questions and choices: modals that answer by what they are dismissed with."""

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import ClassVar, Generic, TypeVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Button, Input

from ipweek.domain.text import folded
from ipweek.i18n import N_, _, again
from ipweek.tui.messages import Opened
from ipweek.tui.screens.base import retranslate_widgets
from ipweek.tui.widgets.entry import Entry
from ipweek.tui.widgets.rows import Column, Rows
from ipweek.tui.widgets.said import Said
from ipweek.tui.widgets.text import fit

Row = TypeVar("Row")
Result = TypeVar("Result")
_KEY_CELLS = 35


class Dialog(ModalScreen[Result]):
    """A question over a screen; it changes its language with the screen, and keeps what is typed into it."""

    def retranslate(self) -> None:
        """Ask in the language in force."""
        retranslate_widgets(self)


class Ask(Dialog[bool]):
    """A question; the harmless answer has the focus, and Esc gives it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "answer(False)", N_("Back"), id="ask-no"),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, question: str, *, yes: str, no: str) -> None:
        super().__init__()
        self._question, self._yes, self._no = question, yes, no

    def compose(self) -> ComposeResult:
        """The question over its two answers."""
        with Vertical(classes="dialog"):
            yield Said(lambda: again(self._question), classes="question")
            with Horizontal(classes="answers"):
                yield Button(self._no, id="no", compact=True)
                yield Button(self._yes, id="yes", compact=True)

    def on_mount(self) -> None:
        """Put the focus on the harmless answer."""
        self.query_one("#no").focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def retranslate(self) -> None:
        """The answers too."""
        super().retranslate()
        for button, label in (("#no", self._no), ("#yes", self._yes)):
            self.query_one(button, Button).label = again(label)

    def action_answer(self, answer: bool) -> None:  # noqa: FBT001 - the action's one argument is the answer
        """Answer without a button."""
        self.dismiss(answer)


def lose_typed(question: str = "") -> Ask:
    """Whether what is typed may be lost."""
    question = question or _("Something here is not saved. Leave it and lose what you typed?")
    return Ask(question, yes=_("Leave without saving"), no=_("Stay"))


def to_remove(question: str) -> Ask:
    """Whether something is to be removed."""
    return Ask(question, yes=_("Remove"), no=_("Keep"))


class Choose(Dialog[Row | None], Generic[Row]):
    """One row of a list, narrowed down by typing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", N_("Back"), id="choose-leave"),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("pagedown", "move(8)", show=False),
    ]

    def __init__(
        self,
        title: str,
        rows: Sequence[Row],
        columns: Sequence[Column[Row]],
        key: Callable[[Row], str],
        *,
        cursor: int = 0,
    ) -> None:
        super().__init__()
        self._title, self._rows, self._columns = title, tuple(rows), columns
        self._key, self._cursor = key, cursor

    def compose(self) -> ComposeResult:
        """A line to type in over the rows."""
        with Vertical(classes="dialog wide"):
            yield Said(lambda: again(self._title), classes="question")
            yield Entry(placeholder=_("type to narrow the list"))
            yield Rows(self._columns)

    def on_mount(self) -> None:
        """Show all rows, beginning with the one that is meant most likely."""
        rows = self.query_one(Rows)
        rows.can_focus = False
        rows.show(self._rows, cursor=self._cursor)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._show(event.value, cursor=0)

    def _show(self, typed: str, cursor: int | None) -> None:
        wanted = folded(typed)
        found = [row for row in self._rows if wanted in folded(self._key(row))]
        self.query_one(Rows).show(found, cursor=cursor)

    def retranslate(self) -> None:
        """Rows may have their names in either language."""
        super().retranslate()
        self._show(self.query_one(Entry).value, None)

    @on(Input.Submitted)
    def _take(self) -> None:
        chosen = self.query_one(Rows).chosen
        if chosen is not None:
            self.dismiss(chosen)

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        self.dismiss(message.target)  # type: ignore[arg-type]

    def action_move(self, step: int) -> None:
        """Move the cursor while typing goes on."""
        self.query_one(Rows).action_move(step)

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)


class Help(Dialog[None]):
    """The keys that work here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,enter", "app.pop_screen", N_("Back"), id="help-leave")
    ]

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """Key and meaning."""
        with Vertical(classes="dialog wide"):
            yield Said(lambda: _("Keys on this screen"), classes="question")
            with VerticalScroll():
                yield Said(self._lines)
            yield Said(lambda: _("Everything is in the list of commands too: Ctrl+P."), classes="note")

    def _lines(self) -> str:
        """In two columns, so that they are all in sight on a small terminal."""
        room = max(cell_len(key) for key, _words in self._keys) + 2
        cells = [fit(key, room) + fit(_(words), _KEY_CELLS - room) for key, words in self._keys]
        half = (len(cells) + 1) // 2
        return "\n".join(map("".join, zip_longest(cells[:half], cells[half:], fillvalue="")))


class Listed(Dialog[None], Generic[Row]):
    """Rows to read under a sentence; any answer closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", N_("Back"), id="listed-leave")]

    def __init__(self, sentence: str, rows: Sequence[Row], columns: Sequence[Column[Row]]) -> None:
        super().__init__()
        self._sentence, self._rows, self._columns = sentence, tuple(rows), columns

    def compose(self) -> ComposeResult:
        """The sentence over the rows."""
        with Vertical(classes="dialog wide"):
            yield Said(lambda: again(self._sentence), classes="question")
            yield Rows(self._columns)
            yield Said(lambda: _("Esc goes back."), classes="note")

    def on_mount(self) -> None:
        """Show the rows."""
        self.query_one(Rows).show(self._rows)
        self.query_one(Rows).focus()

    @on(Opened)
    def action_leave(self) -> None:
        """Close it."""
        self.dismiss(None)


class Prompt(Dialog[str | None]):
    """One line to type, such as the name of a file."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", N_("Back"), id="prompt-leave")]

    def __init__(
        self,
        question: str,
        value: str,
        *,
        may_be_empty: bool = False,
        suggester: Suggester | None = None,
        unseen: bool = False,
    ) -> None:
        super().__init__()
        self._question, self._value, self._may_be_empty = question, value, may_be_empty
        self._suggester, self._unseen = suggester, unseen

    def compose(self) -> ComposeResult:
        """The question over the line."""
        with Vertical(classes="dialog wide"):
            yield Said(lambda: again(self._question), classes="question")
            yield Entry(self._value, suggester=self._suggester, password=self._unseen)

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        typed = event.value.strip()
        self.dismiss(typed if typed or self._may_be_empty else None)

    def action_leave(self) -> None:
        """Type nothing."""
        self.dismiss(None)
