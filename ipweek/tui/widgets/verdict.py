"""What the door says, over the whole panel: a large word, a symbol, a colour, and who it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from ipweek.tui.widgets import big_words
from ipweek.tui.widgets.text import crop

TONES = ("idle", "calm", "ok", "dup", "stop")


@dataclass(frozen=True, slots=True)
class Shown:
    """A tone, of which ok, dup and stop have a large word, and the lines under it, the first of them bold.

    The lines are asked for at each drawing, for a width in cells, so that they follow the language and the room.
    """

    tone: str
    lines: Callable[[int], Sequence[str]]


class VerdictPanel(Widget):
    """The last verdict; each tone is a class of its own."""

    def __init__(self, first: Shown) -> None:
        super().__init__(classes=f"-{first.tone}")
        self._shown = first

    @property
    def shown(self) -> Shown:
        """What is on the panel."""
        return self._shown

    def show(self, shown: Shown) -> None:
        """Put something else on the panel."""
        self._shown = shown
        for tone in TONES:
            self.set_class(tone == shown.tone, f"-{tone}")
        self.refresh()

    def render(self) -> RenderResult:
        """The word as large as the lines under it allow."""
        width, height = self.content_size
        lines = [crop(line, width) for line in self._shown.lines(width) if line][: max(height, 1)]
        parts: list[Content] = []
        if self._shown.tone in big_words.WORDS:
            word = big_words.drawn(self._shown.tone, width, height - len(lines) - 1)
            parts += [Content.styled(row, "bold") for row in word] + [Content("")] * (height > len(lines) + 1)
        parts += [Content.styled(line, "" if number else "bold") for number, line in enumerate(lines)]
        return Content("\n").join(parts[:height])

    def retranslate(self) -> None:
        """Draw in the language in force."""
        self.refresh()
