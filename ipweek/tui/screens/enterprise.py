"""One enterprise: its people at the event in hand, its record, labels and contacts."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.registrations import Registered
from ipweek.i18n import N_, language
from ipweek.tui.background import start
from ipweek.tui.messages import Opened
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.enterprise_lines import enterprise_lines, quota_text
from ipweek.tui.screens.receipt_lines import receipt_lines
from ipweek.tui.widgets.page import Leads, Page

if TYPE_CHECKING:
    from ipweek.domain.people import EnterprisePage


class EnterpriseScreen(BaseScreen):
    """Read-only, phones and e-mail addresses masked; Enter opens a delegate, F2 the form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("f2", "edit", N_("Edit"), id="edit"),
    ]

    def __init__(self, code: str) -> None:
        super().__init__(classes="enterprise")
        self.code = code
        self._page: EnterprisePage | None = None

    def body(self) -> ComposeResult:
        """The lines."""
        yield Page()

    def on_mount(self) -> None:
        """Begin in the lines."""
        self.query_one(Page).focus()

    def title_texts(self) -> tuple[str, str]:
        """The name, and how many people it sends."""
        if self._page is None:
            return "", ""
        return self._page.enterprise.name(language()), quota_text(self._page)

    def reload(self) -> None:
        """Read the enterprise and its people at the event in hand."""
        start(self, self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        event = self.desk.event
        if event is None:
            return
        with self.telling():
            page = await self.bridge.call(self.services.people.enterprise, self.code, event.code)
            week = self.desk.week
            zone = ZoneInfo(week.values["zone"]) if week else None
            today = page.as_of.astimezone(zone).date()
            receipts = await self.bridge.call(self.services.receipts.of_enterprise, page.enterprise.code)
            self._page = page
            self.query_one(Page).show(
                lambda width: [*enterprise_lines(page, today, width), *receipt_lines(receipts, width)]
            )
            self.retitle()

    def action_open(self) -> None:
        """Follow the line under the cursor."""
        self.query_one(Page).action_open()

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        start(self, partial(self._open, message.target), group="open", exclusive=True)

    async def _open(self, target: object) -> None:
        if isinstance(target, Registered):
            self.desk.go("registration", registration=target)
            return
        assert isinstance(target, Leads)
        if target.kind == "result":
            self.desk.go("result", code=target.code)
            return
        with self.telling():
            industry = await self.bridge.call(self.services.records.show, "industry", target.code)
            self.desk.go("records", kind="result", parent=industry)

    def action_edit(self) -> None:
        """Open the form."""
        if self._page is not None:
            self.desk.go("form", kind="enterprise", record=self._page.enterprise)
