"""A list drawn line by line: only what is on screen is laid out, however long it is."""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ipweek.i18n import N_
from ipweek.render.lines import Span, visible
from ipweek.tui.messages import MoreWanted, Moved, Opened

__all__ = ["Lines", "Span"]

_NEAR_END = 20


class Lines(ScrollView, can_focus=True):
    """The drawing and the cursor; what stands on a line is said by a subclass."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"lines--{role}" for role in ("cursor", "idle", "dim", "strong", "accent", "good", "warn", "bad")
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", N_("Up"), show=False, id="line-up"),
        Binding("down", "move(1)", N_("Down"), show=False, id="line-down"),
        Binding("pageup", "page(-1)", N_("Page up"), show=False, id="page-up"),
        Binding("pagedown", "page(1)", N_("Page down"), show=False, id="page-down"),
        Binding("home,ctrl+home", "move(-1000000)", N_("First"), show=False, id="line-first"),
        Binding("end,ctrl+end", "move(1000000)", N_("Last"), show=False, id="line-last"),
        Binding("enter", "open", N_("Open"), show=False, id="line-open"),
    ]

    cursor = reactive(0)
    header: Sequence[Span] = ()
    empty: Callable[[], str] = staticmethod(lambda: "")
    """What a list without a line says instead: what to do next."""

    @property
    def count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def spans(self, index: int) -> Sequence[Span]:
        """What stands on a line."""
        raise NotImplementedError

    def target(self, index: int) -> object:
        """What a line is about, None where the cursor does not stop."""
        raise NotImplementedError

    @property
    def current(self) -> object:
        """What the line under the cursor is about."""
        return self.target(self.cursor) if 0 <= self.cursor < self.count else None

    @property
    def width(self) -> int:
        """The cells of one line."""
        return max(self.scrollable_content_region.width, 1)

    @property
    def _head(self) -> int:
        return 1 if self.header else 0

    def relaid(self, *, cursor: int | None = None) -> None:
        """Take note of other lines; the cursor keeps its place or takes the given one."""
        self.virtual_size = Size(0, self.count + self._head)
        wanted = self.cursor if cursor is None else cursor
        self.set_reactive(Lines.cursor, self._stop(wanted, 1))
        self._follow()
        self.refresh()
        self.post_message(Moved(self.current))

    def _stop(self, index: int, step: int) -> int:
        """The nearest line with a target, onward first and then back."""
        if not self.count:
            return 0
        index = max(0, min(index, self.count - 1))
        onward = range(index, self.count) if step > 0 else range(index, -1, -1)
        back = range(index, -1, -1) if step > 0 else range(index, self.count)
        return next((line for line in chain(onward, back) if self.target(line) is not None), 0)

    def action_move(self, step: int) -> None:
        """Move the cursor by lines that are about something."""
        if self.count:
            before = self.cursor
            self.cursor = self._stop(self.cursor + step, step)
            if self.cursor == before:
                self.scroll_relative(y=step, animate=False)

    def action_page(self, step: int) -> None:
        """Move the cursor by a screenful."""
        self.action_move(step * max(self.size.height - self._head - 1, 1))

    def action_open(self) -> None:
        """Open what the cursor stands on."""
        if self.current is not None:
            self.post_message(Opened(self.current))

    def watch_cursor(self) -> None:
        """Keep the cursor in sight and tell the screen."""
        self._follow()
        self.refresh()
        self.post_message(Moved(self.current))
        if self.cursor >= self.count - _NEAR_END:
            self.post_message(MoreWanted())

    def _follow(self) -> None:
        top, room = round(self.scroll_y), self.size.height - self._head
        if self.cursor < top:
            self.scroll_to(y=0 if self.cursor <= 2 else self.cursor, animate=False)
        elif room > 0 and self.cursor >= top + room:
            self.scroll_to(y=self.cursor - room + 1, animate=False)

    async def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a second one on the same line opens it."""
        index = event.y + round(self.scroll_y) - self._head
        if 0 <= index < self.count and self.target(index) is not None:
            if index == self.cursor and event.chain > 1:
                self.action_open()
            self.cursor = index

    def on_resize(self) -> None:
        """Lay the lines out for another width."""
        self._follow()
        self.refresh()

    def retranslate(self) -> None:
        """Draw again in the language in force."""
        self.relaid()

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        if self.header and y == 0:
            return self._strip(self.header, self.rich_style + self._role("dim"))
        index = y + round(self.scroll_y) - self._head
        if index == 0 and not self.count:
            return self._strip((("  " + self.empty(), "dim"),), self.rich_style)
        if not 0 <= index < self.count:
            return Strip.blank(self.size.width, self.rich_style)
        here = index == self.cursor and self.target(index) is not None
        base = self.rich_style
        if here:
            base += self._role("cursor" if self.has_focus else "idle")
        return self._strip((("▸ " if here else "  ", "accent"), *self.spans(index)), base)

    def _strip(self, spans: Sequence[Span], base: Style) -> Strip:
        segments = [Segment(visible(text), base + self._role(role)) for text, role in spans if text]
        used = sum(cell_len(segment.text) for segment in segments)
        return Strip(segments, used).adjust_cell_length(self.size.width, base)

    def _role(self, role: str) -> Style:
        if role == "plain":
            return Style.null()
        return self.get_component_styles(f"lines--{role}").partial_rich_style
