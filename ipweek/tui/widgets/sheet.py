"""A text to read: it scrolls by lines, screenfuls and parts, and marks the part in hand."""

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ipweek.i18n import N_
from ipweek.render.summary_lines import Paper
from ipweek.tui.widgets.text import visible

_GUTTER = 2
_FAR = 10_000_000


class Sheet(ScrollView, can_focus=True):
    """Shows lines as they are laid out; whoever fills it lays them out anew for another width."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sheet--mark", "sheet--dim"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", N_("Up"), show=False, id="line-up"),
        Binding("down", "move(1)", N_("Down"), show=False, id="line-down"),
        Binding("pageup", "page(-1)", N_("Page up"), show=False, id="page-up"),
        Binding("pagedown,space", "page(1)", N_("Page down"), show=False, id="page-down"),
        Binding("home,ctrl+home", f"move(-{_FAR})", N_("First"), show=False, id="line-first"),
        Binding("end,ctrl+end", f"move({_FAR})", N_("Last"), show=False, id="line-last"),
    ]

    class Widened(Message):
        """There is another width to lay out for."""

    def __init__(self, empty: Callable[[], str]) -> None:
        super().__init__()
        self.paper = Paper()
        self.part: int | None = None
        """The place of the part in hand; None for what stands before all parts."""
        self._empty = empty
        self._laid_for = 0

    @property
    def room(self) -> int:
        """The cells that a line may have."""
        return max(self.scrollable_content_region.width - _GUTTER, 1)

    def show(self, paper: Paper, *, from_top: bool = False) -> None:
        """Show other lines, from the same place in the same part unless `from_top`."""
        part, into = self._place()
        self.paper = paper
        self.virtual_size = Size(0, len(paper.lines))
        self.part = None
        if from_top:
            self.scroll_to(y=0, animate=False, force=True)
        elif part is None:
            self.scroll_to(y=round(into * self._length(None)), animate=False, force=True)
        else:
            self.part = min(part, len(paper.parts) - 1) if paper.parts else None
            at_part = self.part
            self.scroll_to(
                y=self._begin(at_part) + round(into * self._length(at_part)), animate=False, force=True
            )
            self.part = at_part
        self.refresh()

    def go_to(self, part: int) -> None:
        """Put the title of a part on top, or as far up as the text has lines below it."""
        if self.paper.parts:
            at_part = max(0, min(part, len(self.paper.parts) - 1))
            self.scroll_to(y=self._begin(at_part), animate=False, force=True)
            self.part = at_part
            self.refresh()

    def step(self, by: int) -> None:
        """Go to the next part, or the one before; from the middle of a part, back to its title."""
        if self.part is None:
            if by > 0:
                self.go_to(0)
        elif by < 0 and self._begin(self.part) < round(self.scroll_y):
            self.go_to(self.part)
        elif by < 0 and self.part == 0:
            self.action_move(-_FAR)
        else:
            self.go_to(self.part + by)

    def action_move(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_to(y=max(self.scroll_y + lines, 0), animate=False, force=True)

    def action_page(self, pages: int) -> None:
        """Scroll by screenfuls; the last line stays in sight."""
        self.action_move(pages * max(self.size.height - 1, 1))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Take note of which part is on top."""
        super().watch_scroll_y(old_value, new_value)
        begun = [place for place, part in enumerate(self.paper.parts) if part.line <= round(new_value)]
        self.part = begun[-1] if begun else None

    def on_resize(self) -> None:
        """Ask for lines of another width."""
        if self.room != self._laid_for:
            self._laid_for = self.room
            self.post_message(self.Widened())

    def retranslate(self) -> None:
        """Nothing is said here but what stands in for lines."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        base, index = self.rich_style, y + round(self.scroll_y)
        if not self.paper.lines:
            words = [Segment(" " * _GUTTER + self._empty(), base + self._role("dim"))] if y == 0 else []
            return Strip(words).adjust_cell_length(self.size.width, base)
        if index >= len(self.paper.lines):
            return Strip.blank(self.size.width, base)
        here = self.part is not None and self._begin(self.part) == index
        mark = Segment("▸ " if here else " " * _GUTTER, base + self._role("mark"))
        told = (
            Segment(visible(text), base + style if style else base)
            for text, style, _control in self.paper.lines[index]
        )
        return Strip([mark, *told]).adjust_cell_length(self.size.width, base)

    def _role(self, role: str) -> Style:
        return self.get_component_styles(f"sheet--{role}").partial_rich_style

    def _place(self) -> tuple[int | None, float]:
        """The part on top, and how much of it has been scrolled by."""
        into = (round(self.scroll_y) - self._begin(self.part)) / max(self._length(self.part), 1)
        return self.part, max(into, 0)

    def _begin(self, part: int | None) -> int:
        return 0 if part is None else self.paper.parts[part].line

    def _length(self, part: int | None) -> int:
        after = 0 if part is None else part + 1
        ends = self.paper.parts[after].line if after < len(self.paper.parts) else len(self.paper.lines)
        return ends - self._begin(part)
