"""A timetable in a terminal, by Rich: day by day, by room and time, and what is wrong below; never markup."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.text import Text

from ipweek.domain.programme import Conflict, Timetable
from ipweek.i18n import _
from ipweek.render.conflicts import sentence
from ipweek.render.lines import wrapped
from ipweek.render.timetable_layout import bands

_STYLES = {"plain": "", "dim": "dim", "strong": "bold", "accent": "cyan", "warn": "yellow"}


def terminal(timetable: Timetable, width: int) -> RenderableType:
    """The timetable in `width` cells."""
    lines: list[RenderableType] = []
    for band in bands(timetable, width):
        for y in range(band.height):
            parts = ((text, _STYLES[role]) for text, role, _spot in band.line(y))
            line = Text.assemble(*parts, no_wrap=True)
            line.rstrip()
            lines.append(line)
    lines += [Text(_("Nothing is planned yet."), "dim")] if not lines else []
    if timetable.conflicts:
        lines += [Text(""), Text(_("Conflicts: {n}").format(n=len(timetable.conflicts)), "bold yellow")]
        lines += conflict_lines(timetable.conflicts, width)
    return Group(*lines)


def conflict_lines(found: Iterable[Conflict], width: int) -> Iterable[Text]:
    """What is wrong, a sign before each sentence."""
    for conflict in found:
        first, *others = wrapped(sentence(conflict), width - 2)
        yield Text(f"! {first}", "yellow")
        yield from (Text(f"  {line}", "yellow") for line in others)
