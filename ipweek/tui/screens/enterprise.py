"""One enterprise: its people at the event in hand, its record, labels and contacts."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual import on
from textual.binding import Binding, BindingType

from ipweek.domain.registrations import Registered
from ipweek.i18n import N_, language
from ipweek.tui.background import start
from ipweek.tui.messages import Opened
from ipweek.tui.screens.enterprise_lines import enterprise_lines, quota_text
from ipweek.tui.screens.one_page import OnePageScreen
from ipweek.tui.screens.receipt_lines import receipt_lines
from ipweek.tui.widgets.page import Leads

if TYPE_CHECKING:
    from ipweek.domain.people import EnterprisePage


class EnterpriseScreen(OnePageScreen):
    """Read-only, phones and e-mail addresses masked; Enter opens a delegate, F2 the form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("f2", "edit", N_("Edit"), id="edit"),
    ]

    def __init__(self, code: str) -> None:
        super().__init__(classes="enterprise")
        self.code = code
        self._page: EnterprisePage | None = None

    def title_texts(self) -> tuple[str, str]:
        """The name, and how many people it sends."""
        if self._page is None:
            return "", ""
        return self._page.enterprise.name(language()), quota_text(self._page)

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
            self.lines.show(
                lambda width: [*enterprise_lines(page, today, width), *receipt_lines(receipts, width)]
            )
            self.retitle()

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
