"""A page of lines, some of which lead somewhere: the cursor stops at those only."""

from collections.abc import Callable, Sequence

from ipweek.render.lines import Leads, Line
from ipweek.tui.widgets.lines import Lines, Span

__all__ = ["Leads", "Line", "Page"]


class Page(Lines):
    """Draws what a function makes of a width, anew for each width and language."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._make: Callable[[int], Sequence[Line]] = lambda _width: ()
        self._lines: tuple[Line, ...] = ()

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def spans(self, index: int) -> Sequence[Span]:
        """What stands on a line."""
        return self._lines[index].spans

    def target(self, index: int) -> object:
        """What a line opens."""
        return self._lines[index].target

    def show(self, make: Callable[[int], Sequence[Line]]) -> None:
        """Show the lines that `make` returns for a width; the cursor stays with what it is about."""
        here, self._make = self.current, make
        self._lines = tuple(self._make(self.width - 3))
        same = (place for place, line in enumerate(self._lines) if here is not None and line.target == here)
        self.relaid(cursor=next(same, None))

    def on_resize(self) -> None:
        """Make the lines for another width."""
        self.retranslate()

    def retranslate(self) -> None:
        """Make the lines in the language in force."""
        self.show(self._make)
