"""What every screen has around its own part: the line on top, the title, what happened last, the keys."""

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from ipweek.i18n import _, language
from ipweek.tui.widgets.text import crop, ends, fit

if TYPE_CHECKING:
    from textual.binding import ActiveBinding

    from ipweek.tui.desk import Desk
    from ipweek.tui.screens.base import BaseScreen

MOST_KEYS = 6
_TONES = {"good": "$success", "warn": "$warning", "bad": "$error"}
_KEYS = {
    "ctrl": "Ctrl", "shift": "Shift", "alt": "Alt", "escape": "Esc", "enter": "Enter", "insert": "Ins",
    "delete": "Del", "slash": "/", "space": "Space", "up": "↑", "down": "↓", "pageup": "PgUp", "pagedown": "PgDn",
    "home": "Home", "end": "End",
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
    """Week · event · desk · operator at the left, engine and language at the right."""

    def render(self) -> RenderResult:
        """The line as of now."""
        desk = self.desk
        right = f"● {desk.engine_name}  {language().upper()}"
        left = " · ".join(
            part
            for part in (
                desk.week.name(language()) if desk.week else _("no week yet"),
                desk.event.name(language()) if desk.event else _("no event chosen"),
                _("desk {desk}").format(desk=desk.work.actor.desk),
                desk.work.actor.operator,
            )
            if part
        )
        line = ends(left, right, self.size.width)
        split = line.rindex("●")
        return Content.assemble(line[:split], (line[split], "$success"), line[split + 1 :])


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
        if last is None:
            return Content("")
        clock = f"{last.moment:%H:%M}"
        text = fit(last.text, max(self.size.width - cell_len(clock) - 2, 0))
        return Content.assemble((text, _TONES.get(last.tone, "")), "  ", (clock, "$muted"))


class KeyLine(Bar):
    """At most six keys: the screen's own first."""

    def on_mount(self) -> None:
        """Follow the focus, which changes what keys do."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def render(self) -> RenderResult:
        """The keys as of now."""
        parts: list[Content] = []
        room = self.size.width
        for binding in self._shown()[:MOST_KEYS]:
            key, label = (
                shown_key(binding.binding.key),
                _(binding.binding.description),
            )
            width = cell_len(key) + 1 + cell_len(label) + 2
            if width > room + 2:
                break
            room -= width
            parts.append(Content.assemble((key, "$accent bold"), " ", label, "  "))
        return Content("").join(parts)

    def _shown(self) -> "list[ActiveBinding]":
        found = [
            active
            for active in self.screen.active_bindings.values()
            if active.binding.show and active.enabled
        ]
        unique: dict[str, ActiveBinding] = {}
        for active in found:
            unique.setdefault(active.binding.id or active.binding.key, active)
        return sorted(unique.values(), key=lambda active: active.node is not self.screen)


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
