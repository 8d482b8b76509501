"""A text that is asked for anew at each drawing, so that it follows the language and the data."""

from collections.abc import Callable

from textual.content import Content
from textual.widget import Widget

from ipweek.tui.widgets.text import visible


class Said(Widget):
    """Shows what a function returns, never as markup."""

    DEFAULT_CSS = "Said { height: auto; width: auto; }"

    def __init__(
        self,
        words: Callable[[], str | Content],
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._words = words

    def render(self) -> Content:
        """The words, as of now."""
        words = self._words()
        return words if isinstance(words, Content) else Content("\n".join(map(visible, words.split("\n"))))

    def retranslate(self) -> None:
        """Say it again."""
        self.refresh(layout=True)
