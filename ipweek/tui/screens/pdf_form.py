"""The frame of screens that make a PDF of what a form says."""

from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult

from ipweek.domain.records import Field
from ipweek.i18n import _
from ipweek.tui.background import start
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.into_files import may_write
from ipweek.tui.widgets.form import Form
from ipweek.tui.widgets.said import Said


class PdfFormScreen(BaseScreen):
    """A form, and a PDF of it."""

    fields: ClassVar[tuple[Field, ...]]

    def __init__(self) -> None:
        super().__init__(classes="pdf-form")
        self._busy = False

    @property
    def code(self) -> str:
        """The event's code."""
        return self.desk.event.code if self.desk.event else "event"

    def values(self) -> dict[str, Any]:
        """What the form begins with."""
        raise NotImplementedError

    def note(self) -> str:
        """What stands below the form."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """The form."""
        yield Form(self.fields, self.values())
        yield Said(self.note, classes="note")

    def on_mount(self) -> None:
        """Begin with the file."""
        self.query_one(Form).focus_first()

    @work(group="save", exclusive=True)
    async def action_save(self) -> None:
        """Draw it."""
        values = self.query_one(Form).values()
        if values is None or self._busy:
            return
        path = Path(values["out"]).expanduser()  # noqa: ASYNC240 - looks at the environment only
        if await may_write(self, path):
            self._busy = True
            self.desk.tell(_("Drawing …"))
            start(self.app, partial(self._draw, path, values))

    async def _draw(self, path: Path, values: dict[str, Any]) -> None:
        try:
            with self.telling():
                await self.draw(path, values)
        finally:
            self._busy = False

    async def draw(self, path: Path, values: dict[str, Any]) -> None:
        """Write the PDF and tell."""
        raise NotImplementedError
