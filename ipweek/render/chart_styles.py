"""What the bars of a chart look like: told apart by colour, by lightness, and as filled or hollow."""

from typing import NamedTuple

from ipweek.render.chart_marks import Fill, Rect

_BLUE, _ORANGE, _GREY, _GREEN = "#1f6fb2", "#c46a00", "#6b7680", "#00795c"


class Style(NamedTuple):
    """A colour, how much of it fills the bar, and the width of the line around."""

    colour: str
    opacity: float
    line: float = 0.0

    def on(self, mark: Rect) -> "Style":
        """This style on a bar, all colour where that is too thin to be hollow."""
        is_thin = min(mark.width, mark.height) <= 2 * self.line
        return Style(self.colour, 1.0) if self.line and is_thin else self


STYLES = {
    Fill.FIRST: Style(_BLUE, 1.0),
    Fill.SECOND: Style(_ORANGE, 0.2, 1.4),
    Fill.THIRD: Style(_GREY, 1.0),
    Fill.FOURTH: Style(_GREEN, 0.2, 1.4),
    Fill.WHOLE: Style(_GREY, 0.15),
    Fill.OVER: Style(_ORANGE, 0.4, 1.4),
}
