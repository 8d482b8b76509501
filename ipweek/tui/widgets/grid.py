"""A timetable to move about in: cells beside and below one another, a cursor that stops at those with a spot."""

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip

from ipweek.i18n import N_
from ipweek.render.lines import fit, visible
from ipweek.render.timetable_layout import Band, Cell, Spot
from ipweek.tui.messages import Moved
from ipweek.tui.widgets.lines import Lines, Span

_MARGIN = 2


class Grid(Lines):
    """Draws what a function makes of a width; up and down keep to the column one came from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "aside(-1)", N_("To the left"), show=False, id="line-left"),
        Binding("right", "aside(1)", N_("To the right"), show=False, id="line-right"),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._make: Callable[[int], Sequence[Band]] = lambda _width: ()
        self._lines: tuple[tuple[Band, int], ...] = ()
        self._column = 0

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def target(self, index: int) -> Spot | None:
        """The spot of a band that is nearest to the column, told at its first line."""
        band, y = self._lines[index]
        cell = self._nearest(band) if y == 0 else None
        return cell.spot if cell else None

    def spans(self, index: int) -> Sequence[Span]:
        """What stands on a line, the cursor's own cell marked."""
        return [(text, role) for text, role, _spot in self._parts(index)]

    @property
    def spot(self) -> Spot | None:
        """Where the cursor is."""
        current = self.current
        return current if isinstance(current, Spot) else None

    def show(self, make: Callable[[int], Sequence[Band]]) -> None:
        """Show the bands that `make` returns for a width; the cursor stays at its spot."""
        here, self._make = self.spot, make
        self._lay()
        self.go(here)

    def go(self, spot: Spot | None) -> None:
        """Put the cursor at a spot, if it is there."""
        cells = (
            (index, cell)
            for index, (band, y) in enumerate(self._lines)
            if y == 0
            for cell in band.cells
            if spot is not None and cell.spot is not None and cell.spot.is_at(spot)
        )
        index, cell = next(cells, (None, None))
        self._column = cell.left if cell else self._column
        self.relaid(cursor=index)

    def _lay(self) -> None:
        made = self._make(max(self.width - _MARGIN - 1, 20))
        self._lines = tuple((band, y) for band in made for y in range(band.height))

    def _nearest(self, band: Band) -> Cell | None:
        cells = [cell for cell in band.cells if cell.spot is not None]
        return min(cells, key=lambda cell: _distance(cell, self._column), default=None)

    def action_aside(self, step: int) -> None:
        """Move the cursor to the next cell of the band."""
        if not self.count:
            return
        band, _y = self._lines[self.cursor]
        cells = [cell for cell in band.cells if cell.spot is not None]
        here = self._nearest(band)
        if here is not None:
            place = max(0, min(cells.index(here) + step, len(cells) - 1))
            self._column = cells[place].left
            self.refresh()
            self.post_message(Moved(self.spot))

    def _follow(self) -> None:
        """Keep the whole cell in sight."""
        if not self.count:
            return
        top, room = round(self.scroll_y), self.size.height
        band, y = self._lines[min(self.cursor, self.count - 1)]
        last = self.cursor - y + band.height - 1
        if self.cursor < top:
            above = any(self.target(line) is not None for line in range(self.cursor))
            self.scroll_to(y=self.cursor if above else 0, animate=False)
        elif room > 0 and last >= top + room:
            self.scroll_to(y=min(last - room + 1, self.cursor), animate=False)

    async def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a second one on the same cell opens it."""
        index = event.y + round(self.scroll_y)
        if not 0 <= index < self.count:
            return
        band, y = self._lines[index]
        before, self._column = self.spot, event.x - _MARGIN
        self.cursor = self._stop(index - y, 1)
        if event.chain > 1 and band and before is self.spot:
            self.action_open()
        self.refresh()
        self.post_message(Moved(self.spot))

    def on_resize(self) -> None:
        """Lay the cells out for another width."""
        self.retranslate()

    def retranslate(self) -> None:
        """Lay the cells out in the language in force."""
        here = self.spot
        self._lay()
        self.go(here)

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        index = y + round(self.scroll_y)
        base = self.rich_style
        if not 0 <= index < self.count:
            return Strip.blank(self.size.width, base)
        style = base + self._role("cursor" if self.has_focus else "idle")
        here = self.spot
        segments = [
            Segment(visible(text), (style if spot is not None and spot is here else base) + self._role(role))
            for text, role, spot in self._parts(index)
        ]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _parts(self, index: int) -> Iterator[tuple[str, str, Spot | None]]:
        """The texts of a line from the margin on; a sign stands before the cell under the cursor."""
        band, y = self._lines[index]
        used, here = 0, self.spot
        for cell in band.cells:
            gap = " " * (cell.left + _MARGIN - used)
            marked = y == 0 and cell.spot is not None and cell.spot is here
            yield gap[:-_MARGIN] + "▸ " if marked else gap, "accent", None
            text, role = cell.lines[y] if y < len(cell.lines) else ("", "plain")
            yield fit(text, cell.width), role, cell.spot
            used = cell.left + _MARGIN + cell.width


def _distance(cell: Cell, column: int) -> int:
    if cell.left <= column < cell.left + cell.width:
        return 0
    return min(abs(cell.left - column), abs(cell.left + cell.width - 1 - column))
