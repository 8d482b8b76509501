"""A badge in the terminal, its symbol readable from the screen on dark and light themes alike."""

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from ipweek.domain.badge_code import grouped
from ipweek.domain.badge_design import Part
from ipweek.domain.badges import BadgeFace, BadgeWords, SheetLayout
from ipweek.domain.text import clean
from ipweek.render.badge_colours import ribbon_colour
from ipweek.render.qr import QUIET_ZONE, SIZE, symbol

# Light modules are painted and dark ones left out, so that it still reads where colours are turned off.
_STYLE = Style(color="#ffffff", bgcolor="#000000")
_BLOCKS = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
_WIDTH = SIZE + 2 * QUIET_ZONE


class Symbol:
    """The QR symbol of a code in half blocks, quiet zone included: 29 columns by 15 lines."""

    def __init__(self, code: str) -> None:
        quiet = (0,) * QUIET_ZONE
        self._rows = (*quiet, *(row << QUIET_ZONE for row in symbol(code)), *quiet, 0)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for upper, lower in zip(self._rows[::2], self._rows[1::2], strict=True):
            bits = range(_WIDTH - 1, -1, -1)
            yield Segment(
                "".join(_BLOCKS[bool(upper >> bit & 1), bool(lower >> bit & 1)] for bit in bits), _STYLE
            )
            yield Segment.line()

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(_WIDTH, _WIDTH)


def badge(
    face: BadgeFace, words: BadgeWords | None = None, layout: SheetLayout | None = None
) -> RenderableType:
    """The badge as it will print: the symbol and, beside it, what people read; of a layout, what it has."""
    words = words or BadgeWords()
    code = grouped(face.code).split(" ")
    groups = (
        ((Part.WEEK, face.week, "bold"), (Part.EVENT, face.event, "dim")),
        (
            (Part.NAME, face.name, "bold"),
            (Part.LATIN, face.name_latin, ""),
            (Part.ENTERPRISE, face.enterprise, ""),
            (Part.TITLE, face.title, "dim"),
        ),
        (
            (Part.CATEGORY, face.category, _ribbon_style(face, layout)),
            (Part.SEAT, f"{words.seat} {face.seat}" if face.seat else "", ""),
            (Part.SYNTHETIC, words.synthetic if face.synthetic else "", "red"),
        ),
        ((Part.CODE, " ".join(code[:4]), "dim"), (Part.CODE, " ".join(code[4:]), "dim")),
    )
    shown = [
        Text("\n").join(
            Text(clean(text), style)
            for part, text, style in group
            if text and (layout is None or part in layout.design.texts)
        )
        for group in groups
    ]
    grid = Table.grid(padding=(0, 2))
    grid.add_column(width=_WIDTH, no_wrap=True)
    grid.add_column(vertical="middle")
    grid.add_row(Symbol(face.code), Text("\n\n").join(text for text in shown if text))
    return grid


def _ribbon_style(face: BadgeFace, layout: SheetLayout | None) -> str:
    ribbon = layout.design.ribbon if layout else None
    text = layout.design.texts.get(Part.CATEGORY) if layout else None
    if ribbon is None or text is None:
        return "reverse"
    return f"bold {text.colour} on {ribbon_colour(ribbon, face.category)}"
