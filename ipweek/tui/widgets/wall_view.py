"""The wall over the whole screen."""

from collections.abc import Callable, Sequence

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from ipweek.render.spans import Row

STYLES = {
    "plain": "",
    "dim": "$muted",
    "strong": "bold",
    "accent": "$accent bold",
    "good": "$success",
    "warn": "$warning",
    "bad": "$error bold",
    "said": "$background on $accent bold",
}


class WallView(Widget):
    """Draws what a function makes of a width and a height."""

    def __init__(self, make: Callable[[int, int], Sequence[Row]]) -> None:
        super().__init__()
        self._make = make

    def render(self) -> RenderResult:
        """The picture as of now; never empty as long as there is a room to draw in."""
        rows = self._make(*self.size)
        return Content("\n").join(
            Content.assemble(*((text, STYLES[role]) for text, role in row)) for row in rows
        )

    def retranslate(self) -> None:
        """Draw in the language in force."""
        self.refresh()
