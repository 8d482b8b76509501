"""What every screen has around its own part: the line on top, the title, what happened last, the keys."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from ipweek.i18n import _, again, language
from ipweek.tui.widgets.text import crop, ends, fit

if TYPE_CHECKING:
    from textual.binding import Binding
    from textual.screen import Screen

    from ipweek.tui.desk import Desk
    from ipweek.tui.screens.base import BaseScreen

MOST_KEYS = 6
_KEY_GAP = 2
_LEAST_WEEK = 12
"""Cells of the week's name that its event leaves to it."""
_EVERYWHERE = ("back", "commands", "event", "language", "help")
"""Keys that every screen has, in the order in which they are shown where there is room."""
_TONES = {"good": "$success", "warn": "$warning", "bad": "$error"}
_KEYS = {
    "ctrl": "Ctrl", "shift": "Shift", "alt": "Alt", "escape": "Esc", "enter": "Enter", "insert": "Ins",
    "delete": "Del", "slash": "/", "space": "Space", "up": "↑", "down": "↓", "left": "←", "right": "→",
    "pageup": "PgUp", "pagedown": "PgDn",
    "home": "Home", "end": "End", "tab": "Tab",
}  # fmt: skip


def shown_key(keys: str) -> str:
    """The first key of a binding as people read it: `ctrl+p` is Ctrl+P."""
    first, _comma, _others = keys.partition(",")
    parts = first.split("+")
    return "+".join(_KEYS.get(part, part.upper()) for part in parts)


class Bar(Widget):
    """One line that knows the application and its screen, drawn anew whenever it is asked for."""

    DEFAULT_CSS = "Bar { height: 1; width: 1fr; }"

    @property
    def desk(self) -> "Desk":
        """The application."""
        return self.app  # type: ignore[return-value]

    @property
    def home(self) -> "BaseScreen":
        """The screen around."""
        return self.screen  # type: ignore[return-value]

    def retranslate(self) -> None:
        """Draw in the language in force."""
        self.refresh()


class TopLine(Bar):
    """Week · event · desk · operator at the left, engine and language at the right; the names give way to the desk."""

    def render(self) -> RenderResult:
        """The line as of now."""
        desk = self.desk
        away, lamp = any(desk.away), "○" if desk.work.is_copy else "●"
        tone = "$warning" if away or desk.work.is_copy else "$success"
        right = f"{lamp} {_('offline') if away else desk.engine_name}  {language().upper()}"
        names = (
            desk.week.name(language()) if desk.week else _("no week yet"),
            desk.event.name(language()) if desk.event else _("no event chosen"),
        )
        actor = desk.work.actor
        own = [part for part in (_("desk {desk}").format(desk=actor.desk), actor.operator) if part]
        room = self.size.width - cell_len(" · ".join(["", "", *own]) + "  " + right)
        event = crop(names[1], max(room - _LEAST_WEEK, 0))
        week = crop(names[0], max(room - cell_len(event), 0))
        line = ends(" · ".join((week, event, *own)), right, self.size.width)
        split = line.rindex(lamp)
        return Content.assemble(line[:split], (line[split], tone), line[split + 1 :])


class TitleLine(Bar):
    """What the screen is about, and its counts at the right."""

    def render(self) -> RenderResult:
        """The line as of now."""
        left, right = self.home.title_texts()
        line = ends(left, right, self.size.width)
        width = len(crop(left, self.size.width))
        return Content.assemble((line[:width], "bold"), (line[width:], "$muted"))


class StatusLine(Bar):
    """The last thing that happened, with its time; it stays until the next one."""

    def render(self) -> RenderResult:
        """The line as of now."""
        last = self.desk.last
        told = again(last.text) if last else ""
        whole, brief = (self._right(away) for away in self.desk.away)
        right = whole if cell_len(told) + _width(whole) <= self.size.width else brief
        text = fit(told, max(self.size.width - (_width(right) or 2), 0))
        parts: list[str | tuple[str, str]] = [(text, _TONES.get(last.tone, "") if last else "")]
        for part in right or [("", "")]:
            parts += ["  ", part]
        return Content.assemble(*parts)

    def _right(self, away: str) -> list[tuple[str, str]]:
        """What stays: that the server is away, what is being printed, when the last thing happened; with their tones."""
        last, printing = self.desk.last, self.desk.printing
        clock = f"{self.desk.local(last.moment):%H:%M}" if last else ""
        standing = ((away, "$warning bold"), (printing.standing(), printing.tone), (clock, "$muted"))
        return [part for part in standing if part[0]]


def _width(parts: Sequence[tuple[str, str]]) -> int:
    return sum(cell_len(text) + 2 for text, _tone in parts)


class KeyLine(Bar):
    """At most six keys: the screen's own first, then those that work everywhere; the last is always F1."""

    _drawn: "Sequence[Binding]" = ()
    _ends: Sequence[tuple[int, str]] = ()
    """Where each key that is drawn ends, gap included."""

    def on_mount(self) -> None:
        """Follow the focus, which changes what keys do."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def render(self) -> RenderResult:
        """The keys as of now, each with its whole label; behind a question they stay as they are."""
        if self.app.screen is self.screen:
            self._drawn = self._shown()
        shown = [(shown_key(each.key), _(each.description)) for each in self._drawn]
        last = len(shown) - 1
        room = self.size.width - sum(_key_width(*each) for each in shown[last:])
        fitting: list[int] = []
        for place in range(last):
            width = _key_width(*shown[place]) + _KEY_GAP
            if width <= room and len(fitting) < MOST_KEYS - 1:
                fitting.append(place)
                room -= width
        parts, self._ends, end = list[Content](), [], 0
        for place in [*fitting, *range(len(shown))[last:]]:
            key, label = shown[place]
            parts.append(Content.assemble((key, "$accent bold"), " ", label))
            end += _key_width(key, label) + _KEY_GAP
            self._ends.append((end, self._drawn[place].key))
        return Content(" " * _KEY_GAP).join(parts)

    def on_click(self, event: events.Click) -> None:
        """A click on a key presses it."""
        offset = event.get_content_offset(self)
        key = next((key for end, key in self._ends if offset is not None and offset.x < end), None)
        if key is not None:
            first = key.partition(",")[0]
            self.app.post_message(events.Key(first, {"slash": "/", "space": " "}.get(first)))

    def _shown(self) -> "list[Binding]":
        unique: dict[str, Binding] = {}
        for each in in_order(self.screen):
            if each.show:
                unique.setdefault(each.id or each.key, each)  # its first key
        return list(unique.values())


def in_order(screen: "Screen[Any]") -> "list[Binding]":
    """The keys in force: the screen's own in its order, then those of what has the focus, then everybody's, F1 last."""
    found = [each for each in screen.active_bindings.values() if each.enabled]
    found.sort(key=lambda each: (_place(each.binding), each.node is not screen))
    return [each.binding for each in found]


def _place(binding: "Binding") -> int:
    return _EVERYWHERE.index(binding.id) if binding.id in _EVERYWHERE else -1


def _key_width(key: str, label: str) -> int:
    return cell_len(key) + 1 + cell_len(label)


class TooSmall(Widget):
    """Lies over everything while the terminal has less than 80 × 24 cells."""

    def render(self) -> RenderResult:
        """The plain message."""
        size = self.app.size
        return Content(
            _("This needs a terminal of 80 × 24 cells; yours has {width} × {height}.").format(
                width=size.width, height=size.height
            )
        )

    def retranslate(self) -> None:
        """Draw in the language in force."""
        self.refresh(layout=True)
