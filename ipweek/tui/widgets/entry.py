"""Controls of forms: what is typed or pasted is rid of hidden characters, and Enter goes on to the next field."""

from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Select, TextArea
from textual.widgets._select import SelectCurrent, SelectOverlay

from ipweek.domain.text import clean
from ipweek.i18n import N_, _, again
from ipweek.tui.widgets.text import visible


class Entry(Input):
    """One line of text."""

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(visible(value), compact=True, select_on_focus=False, **options)

    def validate_value(self, value: str) -> str:
        """Take out what would steer the terminal."""
        return visible(value)

    def retranslate(self) -> None:
        """Say in the language in force what can be typed; what is typed stays."""
        self.placeholder = again(self.placeholder)

    def _on_paste(self, event: events.Paste) -> None:
        """Several lines become one: Textual would keep the first and lose the others without a word."""
        event.prevent_default()
        super()._on_paste(events.Paste(" ".join(filter(str.strip, event.text.splitlines()))))


class LongEntry(TextArea):
    """Some lines of text; Tab leaves it."""

    def __init__(self, text: str = "", **options: Any) -> None:
        super().__init__(
            clean(text, lines=True), compact=True, soft_wrap=True, tab_behavior="focus", **options
        )

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        await super()._on_paste(events.Paste(clean(event.text, lines=True)))


class Flag(Widget, can_focus=True):
    """Yes or no, by the space bar or a click."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "answer", N_("Yes or no"), id="flag-toggle")]
    value = reactive(default=False)

    def render(self) -> Content:
        """A filled circle for yes."""
        return Content(f"● {_('yes')}" if self.value else f"○ {_('no')}")

    def action_answer(self) -> None:
        """Change the answer."""
        self.value = not self.value

    def on_click(self) -> None:
        """As the space bar."""
        self.action_answer()

    def retranslate(self) -> None:
        """Draw in the language in force."""
        self.refresh()


class _Menu(SelectOverlay):
    """The open list of a choice."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", N_("Close the list"), id="choice-close")
    ]


class Choice(Select[str], inherit_bindings=False):
    """One word of a vocabulary; the space bar opens the list."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "show_overlay", N_("Choose"), id="choice-open")]

    def on_key(self, event: events.Key) -> None:
        """The next word that begins with the letter, without opening the list."""
        letter = (event.character or "").casefold()
        if event.key == "space" or not event.is_printable or not isinstance(self.app.focused, Choice):
            return
        words = [(str(text).casefold(), value) for text, value in self._options if isinstance(value, str)]
        here = next((place for place, (_text, value) in enumerate(words) if value == self.value), -1)
        for text, value in [*words[here + 1 :], *words[: here + 1]]:
            if text.startswith(letter) or value.startswith(letter):
                event.stop()
                self.value = value
                return

    def compose(self) -> ComposeResult:
        """As Textual does, with a list that says its key in the language in force."""
        yield SelectCurrent(self.prompt)
        yield _Menu(type_to_search=self._type_to_search).data_bind(compact=Select.compact)
