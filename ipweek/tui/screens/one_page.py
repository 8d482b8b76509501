"""The frame of every screen that shows one thing on one page of lines."""

from textual.app import ComposeResult

from ipweek.i18n import _
from ipweek.tui.background import start
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.dialogs import to_remove
from ipweek.tui.widgets.page import Page


class OnePageScreen(BaseScreen):
    """Read-only: a page, the cursor in it, and Enter to follow the line under the cursor."""

    def body(self) -> ComposeResult:
        """The lines."""
        yield Page()

    def on_mount(self) -> None:
        """Begin in the lines."""
        self.lines.focus()

    @property
    def lines(self) -> Page:
        """The page."""
        return self.query_one(Page)

    def reload(self) -> None:
        """Read again what is shown."""
        start(self, self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        raise NotImplementedError

    def action_open(self) -> None:
        """Follow the line under the cursor."""
        self.lines.action_open()

    async def remove_part(self, kind: str, code: str) -> None:
        """Ask, then remove a record that belongs to what is shown."""
        if not await self.app.push_screen_wait(to_remove(_("Remove {name}?").format(name=code))):
            return
        with self.telling():
            services = self.services
            await self.bridge.write(services.records.remove, services.actor, kind, code)
            self.desk.tell(_("{name} deleted").format(name=code), "good")
        self.reload()
