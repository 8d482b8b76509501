"""One enterprise: its people at the event in hand, its record, group, labels, contacts and other names."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from ipweek.domain.registrations import Registered
from ipweek.i18n import N_, _, language
from ipweek.tui.background import start
from ipweek.tui.bridge import if_there
from ipweek.tui.messages import Moved, Opened
from ipweek.tui.screens.badge_pictures import write_pictures
from ipweek.tui.screens.dialogs import Choose
from ipweek.tui.screens.duplicate import duplicate_lines
from ipweek.tui.screens.enterprise_lines import enterprise_lines, quota_text
from ipweek.tui.screens.enterprise_part import PARTS, Part, removed
from ipweek.tui.screens.one_page import OnePageScreen
from ipweek.tui.screens.receipt_lines import receipt_lines
from ipweek.tui.widgets.page import Leads
from ipweek.tui.widgets.rows import Column

if TYPE_CHECKING:
    from ipweek.domain.enterprises import EnterprisePage
    from ipweek.domain.receipts import ReceiptLine


class EnterpriseScreen(OnePageScreen):
    """Phones and e-mail addresses masked; Enter opens a delegate or what belongs to it, F2 the form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("f2", "edit", N_("Edit"), id="edit"),
        Binding("insert,ctrl+n", "add", N_("Contact, label, name"), id="add"),
        Binding("f9", "pictures", N_("Codes for chat"), id="pictures"),
        Binding("delete", "remove", N_("Remove"), id="remove"),
    ]

    def __init__(self, code: str) -> None:
        super().__init__(classes="enterprise")
        self.code = code
        self._page: EnterprisePage | None = None

    @property
    def subject(self) -> object:
        """The enterprise."""
        return self.code

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
            page = await self.bridge.call(self.services.enterprises.show, self.code, event.code)
            receipts, twice = await self.bridge.call(self._known_to_the_server, page.enterprise.code)
            self._page = page
            self.lines.show(
                lambda width: [
                    *duplicate_lines(twice, page.enterprise.code),
                    *enterprise_lines(page, width),
                    *receipt_lines(receipts, width),
                ]
            )
            self.retitle()
            self.refresh_bindings()

    def _known_to_the_server(self, code: str) -> tuple[tuple["ReceiptLine", ...], int]:
        """What it was handed, and how often it may be there twice; runs in a thread."""
        services = self.services
        return (
            if_there(lambda: services.receipts.of_enterprise(code), ()),
            if_there(lambda: services.duplicates.of_enterprise(code).total, 0),
        )

    @property
    def _part(self) -> Part | None:
        current = self.lines.current
        return current if isinstance(current, Part) else None

    @on(Moved)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        start(self, partial(self._open, message.target), group="open", exclusive=True)

    async def _open(self, target: object) -> None:
        if isinstance(target, Registered):
            self.desk.go("registration", registration=target)
            return
        if isinstance(target, Part):
            self._change(target)
            return
        assert isinstance(target, Leads)
        if target.kind == "duplicates":
            self.desk.go("duplicates", enterprise=target.code)
            return
        if target.kind in ("result", "enterprise"):
            self.desk.go(target.kind, code=target.code)
            return
        with self.telling():
            industry = await self.bridge.call(self.services.records.show, "industry", target.code)
            self.desk.go("records", kind="result", parent=industry)

    def _change(self, part: Part) -> None:
        """Another name is taken away and added, never changed."""
        if self._page is not None and (part.kind != "alias" or part.line is None):
            self.desk.go("enterprise-part", enterprise=self._page.enterprise, part=part)

    def action_edit(self) -> None:
        """Open the form of the part under the cursor, else of the enterprise."""
        if self._part is not None and self._part.kind != "alias":
            self._change(self._part)
        elif self._page is not None:
            self.desk.go("form", kind="enterprise", record=self._page.enterprise)

    @work(group="add", exclusive=True)
    async def action_add(self) -> None:
        """Add a contact, a label or another name."""
        column = Column[str](N_("Add"), lambda kind: _(PARTS[kind]))
        chooser = Choose(
            _("What is added to the enterprise?"), tuple(PARTS), (column,), lambda kind: _(PARTS[kind])
        )
        kind = await self.app.push_screen_wait(chooser)
        if kind is not None:
            self._change(Part(kind))

    @work(group="remove", exclusive=True)
    async def action_remove(self) -> None:
        """Ask, then remove the label, contact or name under the cursor."""
        part = self._part
        if part is not None and self._page is not None and await removed(self, self._page.enterprise, part):
            self.reload()

    @work(group="export", exclusive=True)
    async def action_pictures(self) -> None:
        """Write the codes of its delegates as pictures, for its contact to send on."""
        if self._page is not None and self.desk.event is not None:
            await write_pictures(self, self.desk.event.code, self._page.enterprise.code)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only labels, contacts and names are removed here; the enterprise itself is in the list."""
        if action == "remove":
            return self._part is not None
        return super().check_action(action, parameters)
