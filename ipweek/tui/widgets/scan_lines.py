"""The last scans below the verdict, the newest on top, and the line that scanner and people type into."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from ipweek.i18n import _
from ipweek.tui.widgets.text import crop

_COLOURS = {"ok": "$success", "dup": "$warning", "stop": "$error"}
_MOST = 50


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the short log; the words follow the language."""

    clock: str
    symbol: str
    tone: str
    words: Callable[[], str]


class ShortLog(Widget):
    """As many of the last scans as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: deque[LogLine] = deque(maxlen=_MOST)

    def begin(self, newest_first: Iterable[LogLine]) -> None:
        """Show these instead."""
        self._lines.clear()
        self._lines.extend(newest_first)
        self.refresh()

    def add(self, line: LogLine) -> None:
        """Put one more on top."""
        self._lines.appendleft(line)
        self.refresh()

    def render(self) -> RenderResult:
        """Time, symbol, words."""
        width, height = self.content_size
        return Content("\n").join(
            Content.assemble(
                (f"{line.clock} ", "$muted"),
                (line.symbol, f"bold {_COLOURS.get(line.tone, '')}".strip()),
                " ",
                crop(line.words(), width - len(line.clock) - 3),
            )
            for line in list(self._lines)[:height]
        )

    def retranslate(self) -> None:
        """Draw in the language in force."""
        self.refresh()


class ScanEntry(Widget):
    """Shows the line under way; the keys come from the kiosk, for this never has the focus."""

    text = ""
    _question: Callable[[], str] | None = None

    def show(self, text: str) -> None:
        """Show what is typed."""
        if text != self.text:
            self.text = text
            self.refresh()

    def ask(self, question: Callable[[], str] | None) -> None:
        """Put a question before what is typed, or take it away."""
        self._question = question
        self.refresh()

    def render(self) -> RenderResult:
        """The text with a cursor behind it, or what can be typed."""
        width = self.content_size.width
        question = crop(self._question(), width // 2) + " " if self._question else ""
        if not self.text and not question:
            return Content.assemble(("▸ ", "$accent"), (_("scan, or type a number or a name"), "$muted"))
        room = max(width - 3 - cell_len(question), 1)
        end = self.text[-room:]
        while cell_len(end) > room:
            end = end[1:]
        return Content.assemble(("▸ ", "$accent"), (question, "$warning"), (end, "bold"), "▏")

    def retranslate(self) -> None:
        """Draw in the language in force."""
        self.refresh()
