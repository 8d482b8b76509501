"""The frame of a screen that is a list."""

from typing import Generic, TypeVar

from textual import on

from ipweek.i18n import _
from ipweek.tui.background import start
from ipweek.tui.messages import Moved
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.widgets.rows import Rows

Row = TypeVar("Row")


class ListScreen(BaseScreen, Generic[Row]):
    """Begins in its list, reads it whenever it comes to the front, and says in the title where the cursor is."""

    def on_mount(self) -> None:
        """Begin in the list."""
        self.rows.focus()

    @property
    def rows(self) -> Rows[Row]:
        """The list."""
        return self.query_one(Rows)

    def cursor_at(self, nothing: str = "", total: str | None = None) -> str:
        """Which line of how many the cursor is on; of an empty list what there is to say instead."""
        if not self.rows.count:
            return nothing
        return _("{n} of {total}").format(n=self.rows.cursor + 1, total=total or self.rows.count)

    def reload(self) -> None:
        """Read the list again."""
        start(self, self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        raise NotImplementedError

    @on(Moved)
    def _place_changed(self) -> None:
        self.retitle()
