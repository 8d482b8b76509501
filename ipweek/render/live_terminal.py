"""The live counts in a terminal, by Rich; whatever was typed is never markup."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from ipweek.domain.figures import Named
from ipweek.domain.live import SLOT_SECONDS, LiveCounts, Tally
from ipweek.domain.report_counts import Arrivals
from ipweek.domain.text import clean
from ipweek.i18n import _, language
from ipweek.render import summary_figures as figures
from ipweek.render.curves import WIDEST, Curve, curve

_ACCENT = "cyan"
_HEIGHT = 4
_LABEL_ROOM = 2


def terminal(counts: LiveCounts, width: int, lines: int | None = None) -> RenderableType:
    """The counts in `width` cells; within `lines` lines where a screen has no more."""
    title = Text.assemble(
        (clean(counts.event.name(language())), "bold"), "  ", (clock(counts, counts.as_of), "dim")
    )
    doors = [
        (
            _name(tally.door),
            str(tally.came),
            str(tally.inside),
            "–" if tally.capacity is None else str(tally.capacity),
        )
        for tally in counts.doors
    ]
    parts: list[RenderableType] = [
        title,
        Text(standing(counts)),
        *_curve(counts, width),
        _table((_("Doors"), _("came in"), _("inside"), _("room for")), doors),
    ]
    used = 2 + (_HEIGHT + 4 if counts.arrivals else 0) + len(doors) + 2
    for name, tallies in ((_("Industries"), counts.industries), (_("Enterprises"), counts.enterprises)):
        room = len(tallies) if lines is None else max(lines - used - _LABEL_ROOM, 0)
        rows = [_tally(tally) for tally in tallies[:room]]
        if rows:
            parts.append(_table((name, _("came"), _("registered")), rows))
        used += len(rows) + _LABEL_ROOM
    return Group(*parts)


def standing(counts: LiveCounts) -> str:
    """How many came, of how many, and how many are inside; who has left or came late, where anybody did."""
    now = counts.standing
    told = [
        _("came: {rate}").format(rate=figures.rate(counts.rate)),
        _("inside {n}").format(n=f"{counts.inside:,}"),
    ]
    if now.left:
        told.append(_("left {n}").format(n=f"{now.left:,}"))
    if now.late:
        told.append(_("late {n}").format(n=f"{now.late:,}"))
    return " · ".join(told)


def clock(counts: LiveCounts, moment: datetime, *, seconds: bool = False) -> str:
    """A moment on the clock of the week; with its date where that is not the first arrival's."""
    return _clock(counts.arrivals, counts.zone, moment, "%H:%M:%S" if seconds else "%H:%M")


def _clock(slots: Sequence[Arrivals], zone: str, moment: datetime, form: str = "%H:%M") -> str:
    local = moment.astimezone(ZoneInfo(zone))
    first = slots[0].at.astimezone(local.tzinfo) if slots else local
    time = f"{local:{form}}"
    return time if local.date() == first.date() else f"{local:%Y-%m-%d} {time}"


def curve_lines(counts: LiveCounts, width: int, height: int) -> tuple[str, tuple[str, ...], str]:
    """The title of the arrivals, their columns, and the hours under these; nothing before the first arrival."""
    drawn, hours = arrival_curve(counts.arrivals, counts.zone, width, height)
    if not drawn.rows:
        return "", (), ""
    title = _("Arrivals every {minutes} minutes, at most {n}").format(
        minutes=drawn.slots * SLOT_SECONDS // 60, n=drawn.most
    )
    return title, drawn.rows, hours


def arrival_curve(
    slots: Sequence[Arrivals], zone: str, width: int, height: int, widest: int = WIDEST
) -> tuple[Curve, str]:
    """Arrivals as columns, and the first and last hour under these."""
    drawn = curve([slot.people for slot in slots], width, height, widest)
    if not drawn.rows:
        return drawn, ""
    first, last = (_clock(slots, zone, slot.at) for slot in (slots[0], slots[-1]))
    gap = len(drawn.rows[0]) - cell_len(first) - cell_len(last)
    return drawn, first + (" " * gap + last if gap > 0 else f" – {last}" if last != first else "")


def _curve(counts: LiveCounts, width: int) -> Iterable[Text]:
    title, rows, hours = curve_lines(counts, width - 2, _HEIGHT)
    if rows:
        yield Text("")
        yield Text(title, f"bold {_ACCENT}")
        yield from (Text(f" {row}", _ACCENT) for row in rows)
        yield Text(f" {hours}", "dim")


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Grid:
    grid = Grid(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0), title_justify="left")
    grid.add_column(Text(f"\n{titles[0]}", f"bold {_ACCENT}"), ratio=1, no_wrap=True, overflow="ellipsis")
    for title in titles[1:]:
        grid.add_column(Text(f"\n{title}"), justify="right", no_wrap=True)
    for row in rows:
        grid.add_row(*(Text(cell) for cell in row))
    return grid


def _tally(tally: Tally) -> tuple[str, str, str]:
    return (_name(tally.of) if tally.of else _("without one"), str(tally.came), str(tally.registered))


def _name(named: Named) -> str:
    return clean(named.name(language()))
