"""What stands on the live view, line by line."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ipweek.domain.live import DoorTally, LiveCounts, Tally
from ipweek.i18n import _, language
from ipweek.render.live_terminal import curve_lines
from ipweek.tui.figures import bar, right
from ipweek.tui.widgets.lines import Span
from ipweek.tui.widgets.page import Leads, Line
from ipweek.tui.widgets.text import fit

MOST = 200
"""So many enterprises are shown; a door needs no more, and the list of enterprises has them all."""
_WIDE = 100
_COLUMN = 11
_BAR, _LONG_BAR = 8, 20
_LOW, _HIGH = 3, 6


def live_lines(counts: LiveCounts, width: int, *, roomy: bool) -> Sequence[Line]:
    """The total, the arrivals, doors, industries, enterprises."""
    width = min(width, _WIDE)
    return [
        Line(),
        *_curve(counts, width, _HIGH if roomy else _LOW),
        *_doors(counts.doors, width),
        *_tallies("industry", _("Industries"), counts.industries, width),
        *_tallies("enterprise", _("Enterprises"), counts.enterprises[:MOST], width),
        *_rest(len(counts.enterprises) - MOST),
    ]


def _curve(counts: LiveCounts, width: int, height: int) -> Iterator[Line]:
    title, rows, hours = curve_lines(counts, width, height)
    if not rows:
        yield Line(((_("Nobody has come yet."), "dim"),))
        return
    yield Line(((title, "strong"),))
    yield from (Line(((row, "accent"),)) for row in rows)
    yield Line(((hours, "dim"),))


def _titles(name: str, titles: Sequence[str], width: int) -> Iterator[Line]:
    yield Line()
    cells = [(fit(title, _COLUMN, right=True), "dim") for title in titles]
    yield Line(((fit(name, _room(width)), "strong"), *cells))


def _room(width: int) -> int:
    return max(width - 3 * _COLUMN - _bar_width(width) - 2, 10)


def _bar_width(width: int) -> int:
    return _BAR if width < _WIDE else _LONG_BAR


def _doors(doors: Sequence[DoorTally], width: int) -> Iterator[Line]:
    if doors:
        yield from _titles(_("Doors"), (_("came in"), _("inside"), _("room for")), width)
    for tally in doors:
        full = tally.capacity is not None and tally.inside >= tally.capacity
        cells = [_figure(tally.came), _figure(tally.inside), _figure(tally.capacity)]
        gauge = _bar(tally.inside, tally.capacity or 0, width, "warn" if full else "accent")
        name = fit(tally.door.name(language()), _room(width))
        yield Line(((name, "plain"), *cells, *gauge), Leads("scans", tally.door.code))


def _tallies(kind: str, name: str, tallies: Sequence[Tally], width: int) -> Iterator[Line]:
    if tallies:
        yield from _titles(name, (_("came"), _("registered"), _("missing")), width)
    for tally in tallies:
        of = tally.of
        text, role = (of.name(language()), "plain") if of else (_("without one"), "dim")
        missing = max(tally.registered - tally.came, 0)
        cells = [_figure(tally.came), _figure(tally.registered), _figure(missing)]
        yield Line(
            ((fit(text, _room(width)), role), *cells, *_bar(tally.came, tally.registered, width, "accent")),
            Leads(kind, of.code) if of else None,
        )


def _rest(more: int) -> Iterator[Line]:
    if more > 0:
        text = _("and {n} more: Enter shows all enterprises").format(n=more)
        yield Line(((text, "dim"),), Leads("enterprises", ""))


def _figure(count: int | None) -> Span:
    return right("–" if count is None else f"{count:,}", _COLUMN)


def _bar(part: int, whole: int, width: int, role: str) -> tuple[Span, ...]:
    return (("  ", "plain"), (bar(Decimal(part) / whole, _bar_width(width)), role)) if whole else ()
