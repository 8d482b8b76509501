"""The wall as a picture of exactly so many rows: figures in large letters, all of it in the room there is.

A terminal of 80 × 24 cells, its letters made as large as the projector allows, is read from the farthest; a larger
one gets larger figures.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.text import Text

from ipweek.domain.figures import Named
from ipweek.domain.wall import Wall
from ipweek.i18n import _, language
from ipweek.render import wall_parts as parts
from ipweek.render.spans import Row, beside, filled, padded, row

_WIDE, _TALL = 120, 30
_GAP = 4
_FIGURES = 7
"""Rows that the large figures have at least."""
STYLES = {
    "plain": "",
    "dim": "dim",
    "strong": "bold",
    "accent": "bold cyan",
    "good": "green",
    "warn": "yellow",
}
STYLES |= {"bad": "bold red", "said": "bold reverse"}


@dataclass(frozen=True, slots=True)
class Look:
    """How it is shown: names in `both` languages at once, or in turns; `turn` counts these.

    `note` is a line under everything, such as that the figures are not of this moment.
    """

    both: bool = True
    turn: int = 0
    note: str = ""

    @property
    def tongue(self) -> parts.Tongue:
        """The language of the names at this turn."""
        return parts.Tongue(language() if self.both else ("zh", "en")[self.turn % 2], self.both)


PLAIN = Look()


def rows(wall: Wall, moment: datetime, width: int, height: int, look: Look = PLAIN) -> list[Row]:
    """The wall at a moment; the last row is left to whoever draws it."""
    inner, tongue = _inner(width), look.tongue
    head = _head(wall.event, wall.zone, moment, inner, height, tongue)
    bottom = [*parts.said(wall.said, inner, max(height // 8, 2)), *_note(look, inner), ()]
    gauge = [*_air(height), *parts.gauge(wall.standing, inner, 1 if height < _TALL else height // 15)]
    lower = _wide if width >= _WIDE else _narrow
    free = height - len(head) - len(gauge) - 1 - len(bottom)
    needed = min(3 * len(wall.sessions) + 3, free // 2)
    figures = parts.figures(wall.standing, wall.enterprises, inner, max(_FIGURES, free - needed))
    top = [*head, *figures, *gauge, ()]
    middle = max(height - len(top) - len(bottom), 0)
    shown = lower(wall, moment, tongue, look, inner, middle)
    return _framed([*top, *filled(shown, middle), *bottom], width, height)


def rows_before(
    event: Named, zone: str, moment: datetime, width: int, height: int, look: Look = PLAIN
) -> list[Row]:
    """The same before there are any figures."""
    inner = _inner(width)
    head = _head(event, zone, moment, inner, height, look.tongue)
    bottom = [*_note(look, inner), ()]
    return _framed([*filled(head, height - len(bottom)), *bottom], width, height)


def stale(wall: Wall, moment: datetime) -> str:
    """What is said while the database does not answer."""
    zone = ZoneInfo(wall.zone)
    local, now = wall.as_of.astimezone(zone), moment.astimezone(zone)
    time = f"{local:%H:%M}" if local.date() == now.date() else f"{local:%Y-%m-%d %H:%M}"
    return _("Last figures of {time}; new ones as soon as the database answers.").format(time=time)


def terminal(wall: Wall, width: int, height: int, look: Look = PLAIN) -> RenderableType:
    """The picture for Rich, as of the moment of its figures."""
    shown = rows(wall, wall.as_of, width, height, look)
    return Group(*(Text.assemble(*((text, STYLES[role]) for text, role in line)) for line in shown))


def _inner(width: int) -> int:
    return width - 2 * _margin(width)


def _margin(width: int) -> int:
    return 1 if width < _WIDE else 2


def _framed(picture: list[Row], width: int, height: int) -> list[Row]:
    return [padded(line, width, left=_margin(width)) for line in picture[-height:]]


def _head(
    event: Named, zone: str, moment: datetime, width: int, height: int, tongue: parts.Tongue
) -> list[Row]:
    return [*parts.header(event, moment.astimezone(ZoneInfo(zone)), tongue, width, height // 5), ()]


def _air(height: int) -> list[Row]:
    """A row of nothing where there are enough of them."""
    return [()] if height >= _TALL else []


def _note(look: Look, width: int) -> list[Row]:
    return [row(look.note, "warn", width)] if look.note else []


def _wide(
    wall: Wall, moment: datetime, tongue: parts.Tongue, look: Look, width: int, height: int
) -> list[Row]:
    """Sessions at the left; results over arrivals at the right."""
    at = width * 56 // 100
    room = width - at - _GAP
    results = parts.released(wall, tongue, room, height // 2)
    under = height - len(results) - bool(results)
    right = [*results, *([()] if results else []), *_arrivals(wall, tongue, look, room, min(under, height))]
    left = parts.sessions(wall, moment, tongue, at - 1, height)
    return beside(left, right, width, at=at + _GAP) if left else right


def _narrow(
    wall: Wall, moment: datetime, tongue: parts.Tongue, look: Look, width: int, height: int
) -> list[Row]:
    """Sessions over arrivals and results."""
    needed = len(parts.sessions(wall, moment, tongue, width, max(height - 4, 2)))
    panel = height - needed - bool(needed)
    held = parts.sessions(wall, moment, tongue, width, needed)
    at = width * 45 // 100 if wall.released else width
    left = _arrivals(wall, tongue, look, at - 2, panel)
    right = parts.released(wall, tongue, width - at, panel) if wall.released else []
    return [*held, *([()] if held else []), *beside(left, right, width, at=at)]


def _arrivals(wall: Wall, tongue: parts.Tongue, look: Look, width: int, height: int) -> list[Row]:
    """The arrivals; the names of enterprises, where they were asked for, take turns with them."""
    if wall.names is not None and look.turn % 2:
        return parts.names(wall, tongue, look.turn // 2, width, height)
    return parts.arrivals(wall, width, min(height, max(height // 2, 12)))
