"""The live view: who is there now, read again every two seconds while it is shown, at a large event less often."""

from dataclasses import replace
from functools import partial
from time import monotonic
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.live import LiveCounts
from ipweek.i18n import N_, _
from ipweek.render.live_terminal import clock, standing
from ipweek.tui.background import start
from ipweek.tui.messages import Opened
from ipweek.tui.reading import Reading
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.live_lines import live_lines
from ipweek.tui.widgets.page import Leads, Page

EVERY_SECONDS = 2.0
SHARE = 1 / 40
"""Of the time, that is spent on reading at most: a view that stands all day must not slow the doors down."""


class LiveScreen(BaseScreen):
    """Counts of the event in hand; doors lead to their log, industries to their results, enterprises to themselves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("w", "wall", N_("Wall for the hall"), show=False, id="live-wall"),
    ]

    def __init__(self) -> None:
        super().__init__(classes="live")
        self._counts: LiveCounts | None = None
        self._reading = Reading(self, self._load)
        self._due = 0.0

    def body(self) -> ComposeResult:
        """The lines."""
        yield Page()

    def on_mount(self) -> None:
        """Begin in the lines, and go on reading."""
        self.page.focus()
        self._timer = self.set_interval(EVERY_SECONDS, self._again)

    @property
    def page(self) -> Page:
        """The lines."""
        return self.query_one(Page)

    def title_texts(self) -> tuple[str, str]:
        """The standing, and when it was read."""
        counts = self._counts
        if counts is None:
            return _("Live"), ""
        return f"{_('Live')} · {standing(counts)}", clock(counts, counts.as_of, seconds=True)

    def on_screen_suspend(self) -> None:
        """Read nothing while something else is in front."""
        self._timer.pause()

    def on_screen_resume(self) -> None:
        """Go on."""
        self._timer.resume()
        super().on_screen_resume()

    def _again(self) -> None:
        if monotonic() >= self._due:
            self.reload()

    def reload(self) -> None:
        """Read the counts."""
        self._reading.ask()

    async def _load(self) -> None:
        event = self.desk.event
        if event is None:
            return
        began = monotonic()
        with self.telling():
            found = await self.bridge.call(self.services.live.counts, event.code)
            if not self._reading.stale:
                before, self._counts = self._counts, found
                if before is None or replace(before, as_of=found.as_of) != found:
                    self._draw(found)
                self.retitle()
        self._due = monotonic() + (monotonic() - began) / SHARE

    def _draw(self, counts: LiveCounts) -> None:
        roomy = self.has_class("-roomy")
        self.page.show(lambda width: live_lines(counts, width, roomy=roomy))

    def on_resize(self, event: events.Resize) -> None:
        """A higher curve where there is room."""
        super().on_resize(event)
        if self._counts is not None:
            self._draw(self._counts)

    def action_open(self) -> None:
        """Follow the line under the cursor."""
        self.page.action_open()

    def action_wall(self) -> None:
        """The same figures for everybody to see, without a name."""
        self.desk.go("wall")

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        start(self, partial(self._open, message.target), group="open", exclusive=True)

    async def _open(self, target: object) -> None:
        assert isinstance(target, Leads)
        if target.kind == "enterprise":
            self.desk.go("enterprise", code=target.code)
        elif target.kind == "industry":
            with self.telling():
                industry = await self.bridge.call(self.services.records.show, "industry", target.code)
                self.desk.go("records", kind="result", parent=industry)
        else:
            self.desk.go(target.kind)
