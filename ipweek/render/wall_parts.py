"""The parts of the wall, each a block of rows for so many cells; whatever was typed is cleaned."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from ipweek.domain.figures import Named
from ipweek.domain.live import Standing
from ipweek.domain.wall import QUARTER_SECONDS, Wall, WallSession
from ipweek.i18n import _
from ipweek.render import pixels
from ipweek.render.bars import bar
from ipweek.render.big_text import largest
from ipweek.render.dates import day_text
from ipweek.render.lines import Span, crop, fit, wrapped
from ipweek.render.live_terminal import arrival_curve
from ipweek.render.spans import Row, beside, centered, filled, padded, row
from ipweek.render.summary_figures import percent

_TAG, _TIME = 8, 12
_CELL_ROWS = 6
"""Rows from which a figure is drawn large over its word."""
_LABEL = 20
_COLUMN = 8
_TALL = 6


@dataclass(frozen=True, slots=True)
class Tongue:
    """The language in which names stand; with `both`, an event's stand in both."""

    language: str
    both: bool = False

    def name(self, named: Named) -> str:
        """A name in that language."""
        return named.name(self.language)

    def names(self, named: Named) -> list[str]:
        """The name of the event: one line, or two where both are wanted and there are two."""
        if not self.both:
            return [self.name(named)]
        return list(dict.fromkeys(text for text in (named.zh, named.en) if text)) or [named.code]


def header(event: Named, moment: datetime, tongue: Tongue, width: int, height: int) -> list[Row]:
    """The event's names and the day at the left, the time of day at the right; the moment is local.

    Where there are rows enough, the clock leaves room for the first name in large letters.
    """
    clock, names = f"{moment:%H:%M}", tongue.names(event)
    rest = [*((name, "plain") for name in names[1:]), (day_text(moment.date()), "dim")]
    most = max(pixels.scale_for(clock, width * 44 // 100, height), 1)
    for scale in range(most, 1, -1):
        drawn = pixels.figures(clock, scale)
        at = width - len(drawn[0])
        large = largest(names[0], at - 3, height * 3 // 2 - len(rest), lines=2)
        if large:
            lines = [((line, "strong"),) for line in large] + [row(*each, at - 3) for each in rest]
            return beside(lines, [((line, "accent"),) for line in drawn], width, at=at)
    drawn = pixels.figures(clock, most)
    at = width - len(drawn[0])
    each = max((len(drawn) - 1) // len(names), 1)
    lines = [row(line, "strong", at - 3) for line in _lines(names[0], at - 3, each)]
    lines += [row(line, role, at - 3) for text, role in rest for line in _lines(text, at - 3, each)]
    return beside(lines, [((line, "accent"),) for line in drawn], width, at=at)


def _lines(text: str, width: int, most: int) -> list[str]:
    lines = list(wrapped(text, width))
    return lines if len(lines) <= most else [*lines[: most - 1], crop(" ".join(lines[most - 1 :]), width)]


def figures(standing: Standing, enterprises: int, width: int, height: int) -> list[Row]:
    """How many attended as large as may be, of how many, and the figures beside."""
    known = standing.expected > 0
    number = f"{standing.expected_attended if known else standing.attended:,}"
    drawn = pixels.figures(number, max(pixels.scale_for(number, width * 68 // 100, height), 1))
    at = max(len(drawn[0]) + 3, width * 45 // 100)
    room = width - at
    head = _head(standing, room, len(drawn))
    facts = _facts(standing, enterprises)
    free = len(drawn) - len(head) - 1
    each = free // -(-len(facts) // 2)
    beneath = _grid(facts, room, each) if each >= _CELL_ROWS else _list(facts, room)
    air: list[Row] = [()] if free >= len(beneath) else []
    rows = max(len(drawn), min(len(head) + len(beneath), height))
    left: list[Row] = [((line, "strong"),) for line in drawn]
    return beside(filled(left, rows), filled([*head, *air, *beneath], rows), width, at=at)


def _head(standing: Standing, width: int, height: int) -> list[Row]:
    """Of how many, and the share; large where there is room for both."""
    rate = standing.rate.value
    if rate is None:
        return [row(_("attended"), "strong", width)]
    told = _("of {n} expected").format(n=f"{standing.expected:,}")
    share = _("attendance rate {rate}").format(rate=percent(rate))
    large = [largest(text, width, height // 4) for text in (told, share)]
    if not all(large):
        return [row(told, "strong", width), row(share, "accent", width)]
    return [
        ((line, role),) for lines, role in zip(large, ("strong", "accent"), strict=True) for line in lines
    ]


def _facts(standing: Standing, enterprises: int) -> list[tuple[str, int]]:
    return [
        (_("walk-ins"), standing.walk_in_attended),
        (_("inside now"), standing.inside),
        (_("have left"), standing.left),
        *([(_("came late"), standing.late)] if standing.late is not None else []),
        (_("enterprises present"), enterprises),
    ]


def _list(facts: Sequence[tuple[str, int]], width: int) -> list[Row]:
    label = min(_LABEL, width - 7)
    return [((fit(text, label), "dim"), (fit(f"{count:,}", 7, right=True), "plain")) for text, count in facts]


def _grid(facts: Sequence[tuple[str, int]], width: int, height: int) -> list[Row]:
    """Two beside each other, each figure over its word."""
    half = width // 2
    cells = [_cell(text, count, half - 2, height) for text, count in facts]
    rows: list[Row] = []
    for first in range(0, len(cells), 2):
        pair = cells[first : first + 2]
        rows += beside(pair[0], pair[1] if len(pair) > 1 else (), width, at=half)
    return rows


def _cell(text: str, count: int, width: int, height: int) -> list[Row]:
    number = f"{count:,}"
    scale = pixels.scale_for(number, width, height - 2)
    large = pixels.figures(number, scale) if scale else [number]
    return filled([*(((line, "plain"),) for line in large), row(text, "dim", width)], height)


def gauge(standing: Standing, width: int, height: int) -> list[Row]:
    """The share of the expected as a bar; nothing where nobody is expected."""
    rate = standing.rate.value
    if rate is None:
        return []
    shown = bar(rate, width).rstrip()
    return [((shown, "accent"), ("░" * (width - len(shown)), "dim"))] * height


def sessions(wall: Wall, moment: datetime, tongue: Tongue, width: int, height: int) -> list[Row]:
    """What is on and what comes, with room and fill; with air between where there is room."""
    if not wall.sessions:
        return []
    now, coming = wall.now(moment), wall.coming(moment)
    told = [*_group(_("Now"), now), *_group(_("Then"), coming)]
    if not told:
        return [row(_("No more sessions."), "dim", width)]
    airy = 3 * min(len(told), len(now) + 2) <= height
    rows: list[Row] = []
    for tag, held in told:
        lines = _session(wall, tag, held, moment, tongue, width, airy=airy)
        if len(rows) + len(lines) > height:
            break
        rows += [*lines, *([()] if airy else [])]
    return rows[:height]


def _group(tag: str, held: Sequence[WallSession]) -> Iterator[tuple[str, WallSession]]:
    for number, each in enumerate(held):
        yield ("" if number else tag), each


def _session(
    wall: Wall, tag: str, held: WallSession, moment: datetime, tongue: Tongue, width: int, *, airy: bool
) -> list[Row]:
    fill = _fill(held)
    name, room = tongue.name(held.session), tongue.name(held.room) if held.room else ""
    space = width - _TAG - _TIME - cell_len(fill[0]) - 2
    if not airy and room:
        short = min(cell_len(room), max(space // 3, 8))
        name = fit(name, min(cell_len(name), space - short - 3)) + " · " + crop(room, short)
    first, *more = _lines(name, space, 2 if airy else 1) or [""]
    head: Row = (
        (fit(tag, _TAG), "accent"),
        (fit(_when(wall, held, moment), _TIME), "plain"),
        (fit(first, space) + "  ", "strong"),
        fill,
    )
    if not airy:
        return [head]
    counted = held.present is not None and held.left is not None
    inside = _("{n} inside").format(n=f"{held.present:,}") if counted else ""
    under = " · ".join(part for part in (room, inside) if part)
    rest = [*(row(line, "strong", space) for line in more), row(under, "dim", width - _TAG - _TIME)]
    return [head, *(padded(line, width, left=_TAG + _TIME) for line in rest)]


def _fill(held: WallSession) -> Span:
    if held.left is not None:
        text = _("{n} places left").format(n=f"{held.left:,}") if held.left else _("full")
        return text, "good" if held.left else "bad"
    return (
        (_("{n} inside").format(n=f"{held.present:,}"), "plain")
        if held.present is not None
        else ("", "plain")
    )


def _when(wall: Wall, held: WallSession, moment: datetime) -> str:
    day = "" if held.day == wall.today(moment) else f"{held.day:%m-%d} "
    if held.begins is None:
        return day or _("today")
    zone = ZoneInfo(wall.zone)
    begins = f"{held.begins.astimezone(zone):%H:%M}"
    return day + begins + (f"–{held.ends.astimezone(zone):%H:%M}" if held.ends and not day else "")


def arrivals(wall: Wall, width: int, height: int) -> list[Row]:
    """When they came, by quarters of an hour."""
    drawn, hours = arrival_curve(wall.arrivals, wall.zone, width, max(height - 2, 1), _COLUMN)
    if not drawn.rows:
        return [row(_("Nobody has come yet."), "dim", width)]
    title = _("Arrivals, at most {n} in {minutes} min").format(
        minutes=drawn.slots * QUARTER_SECONDS // 60, n=f"{drawn.most:,}"
    )
    columns = [((line, "accent"),) for line in drawn.rows]
    return [row(title, "strong", width), *columns, ((hours, "dim"),)][:height]


def released(wall: Wall, tongue: Tongue, width: int, height: int) -> list[Row]:
    """The results that were released on this day."""
    if not wall.released:
        return []
    each = 1 if height < 2 * len(wall.released) + 1 else 2
    lines: list[str] = []
    for number, result in enumerate(wall.released, 1):
        told = _lines(f"{number}. {tongue.name(result)}", width, each)
        more = len(wall.released) - number
        if len(lines) + len(told) + (more > 0) > height - 1:
            lines.append(_("{n} more").format(n=more + 1))
            break
        lines += told
    return [row(_("Released today"), "strong", width), *(row(line, "plain", width) for line in lines)][
        :height
    ]


def names(wall: Wall, tongue: Tongue, turn: int, width: int, height: int) -> list[Row]:
    """The enterprises present, a page of them at a time."""
    shown = sorted(tongue.name(each) for each in wall.names or ())
    columns = max(width // 38, 1)
    page = max(height - 1, 1) * columns
    pages = max(-(-len(shown) // page), 1)
    some = shown[turn % pages * page :][:page]
    each = width // columns
    deep = -(-len(some) // columns) if some else 0
    rows = [tuple((fit(name, each - 2) + "  ", "plain") for name in some[line::deep]) for line in range(deep)]
    title = _("Enterprises present: {n}").format(n=f"{len(shown):,}")
    return [row(title + (f"  {turn % pages + 1}/{pages}" if pages > 1 else ""), "strong", width), *rows]


def said(text: str, width: int, height: int) -> list[Row]:
    """The announcement across the whole width, as large as may be."""
    if not text:
        return []
    large = largest(text, width - 4, height * 3 // 2, lines=2)
    if large:
        return [centered(((f"  {line}  ", "said"),), width) for line in large]
    lines = _lines(text, width - 4, 2 if height < _TALL else 3)
    widest = max(map(cell_len, lines))
    return [centered(((f" {fit(line, widest)} ", "said"),), width) for line in lines]
