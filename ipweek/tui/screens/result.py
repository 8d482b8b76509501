"""One navigation result: what is known at each level, what was said, where it was shown, who heard it."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.i18n import N_, _, language
from ipweek.render import words
from ipweek.tui.background import start
from ipweek.tui.messages import Opened
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.result_lines import result_lines
from ipweek.tui.widgets.page import Leads, Page

if TYPE_CHECKING:
    from ipweek.domain.navigation import ResultPage


class ResultScreen(BaseScreen):
    """Read-only; a released result is never edited."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("f2", "edit", N_("Edit"), id="edit"),
        Binding("f6", "links", N_("Where shown"), id="links"),
    ]

    def __init__(self, code: str) -> None:
        super().__init__(classes="result")
        self.code = code
        self._page: ResultPage | None = None

    def body(self) -> ComposeResult:
        """The lines."""
        yield Page()

    def on_mount(self) -> None:
        """Begin in the lines."""
        self.query_one(Page).focus()

    def title_texts(self) -> tuple[str, str]:
        """The result, its version and what became of it."""
        if self._page is None:
            return "", ""
        record = self._page.result
        version = _("version {n}").format(n=record.values["version"])
        return record.name(language()), f"{version} · {words.word(record.values['status'])}"

    def reload(self) -> None:
        """Read the result and its reach."""
        start(self, self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        with self.telling():
            page = await self.bridge.call(self.services.navigation.result, self.code)
            reach = await self.bridge.call(self.services.reports.reach, page.result.code)
            summary = await self.bridge.call(self.services.reports.result, page.result.code)
            self._page = page
            self.query_one(Page).show(lambda width: result_lines(page, summary, reach, width))
            self.retitle()

    def action_open(self) -> None:
        """Follow the line under the cursor."""
        self.query_one(Page).action_open()

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        start(self, partial(self._open, message.target), group="open", exclusive=True)

    async def _open(self, target: object) -> None:
        assert isinstance(target, Leads)
        if target.kind == "result":
            self.desk.go("result", code=target.code)
            return
        with self.telling():
            record = await self.bridge.call(self.services.records.show, target.kind, target.code)
            if target.kind in ("event", "session"):
                self.desk.go("links", place=record)
            else:
                self.desk.go("form", kind=target.kind, record=record)

    def action_edit(self) -> None:
        """Open the form; a released result refuses the change and says why."""
        if self._page is not None:
            self.desk.go("form", kind="result", record=self._page.result)

    def action_links(self) -> None:
        """Show and change where the result was shown."""
        if self._page is not None:
            self.desk.go("links", result=self._page.result)
