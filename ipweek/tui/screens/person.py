"""One person on one screen, seen from one registration; what happens to a registration happens here."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.registrations import Registered
from ipweek.domain.words import RegistrationStatus
from ipweek.i18n import N_, _
from ipweek.tui.background import start
from ipweek.tui.bridge import if_there
from ipweek.tui.messages import Opened
from ipweek.tui.printing import Order
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.blanks import bound
from ipweek.tui.screens.cancelling import blocked, cancelled, unblocked
from ipweek.tui.screens.certificates import certify
from ipweek.tui.screens.person_lines import Known, person_lines
from ipweek.tui.screens.register_fields import Predecessor, can_pass_on
from ipweek.tui.screens.registration_rows import badge_text
from ipweek.tui.widgets.page import Leads, Page

if TYPE_CHECKING:
    from ipweek.domain.records import Record


class PersonScreen(BaseScreen):
    """Phone and e-mail masked; Enter on an enterprise, a session or another registration opens it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("f2", "edit", N_("Edit"), id="edit"),
        Binding("f12", "print_badge", N_("Print badge"), id="print-badge"),
        Binding("f4", "substitute", N_("Substitute"), id="substitute"),
        Binding("f5", "cancel", N_("Cancel place"), id="cancel"),
        Binding("f7", "leave(True)", N_("On leave"), id="leave"),
        Binding("f7", "leave(False)", N_("Comes"), id="comes"),
        Binding("f6", "badge", N_("Badge"), id="badge"),
        Binding("f9", "transfer", N_("Transfer"), id="transfer"),
        Binding("delete", "block", N_("Block or let in"), id="block"),
        Binding("f3", "certificate", N_("Certificate"), show=False, id="certificate"),
    ]

    def __init__(self, registration: Registered) -> None:
        super().__init__(classes="registration")
        self.known = Known(registration)

    @property
    def registration(self) -> Registered:
        """The registration that the page is seen from."""
        return self.known.registration

    def body(self) -> ComposeResult:
        """The fields, one a line."""
        yield Page()

    def on_mount(self) -> None:
        """Show what the list knew, until the rest is read."""
        self.page.show(lambda width: person_lines(self.known, width))
        self.page.focus()

    @property
    def page(self) -> Page:
        """The lines."""
        return self.query_one(Page)

    @property
    def subject(self) -> object:
        """The registration."""
        return self.registration.id

    def title_texts(self) -> tuple[str, str]:
        """Who it is."""
        return self.registration.name, badge_text(self.registration.badge_no)

    def reload(self) -> None:
        """Read everything anew."""
        start(self, self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        with self.telling():
            self.known = await self.bridge.call(self._read, self.registration)
            self.page.retranslate()
            self.retitle()
            self.refresh_bindings()

    def _read(self, row: Registered) -> Known:
        """Runs in a thread."""
        records = self.services.records
        page = self.services.people.show(str(row.id), row.event)
        row = next((known for known in page.registrations if known.id == row.id), row)
        names: dict[tuple[str, str], Record] = {}
        for event in dict.fromkeys(known.event for known in page.registrations):
            names["event", event] = records.show("event", event)
        for session in row.wished:
            names["session", session] = records.show("session", session)
        week = records.show("week", names["event", row.event].values["week"])
        questions = {record.code: record for record in records.list("question", row.event)}
        code = row.enterprise_code
        quota = self.services.enterprises.quota(code, row.event) if code else None
        twice = if_there(lambda: self.services.duplicates.of_person(str(row.person)).total, 0)
        return Known(row, page, questions, names, ZoneInfo(week.values["zone"]), quota, twice)

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        target = message.target
        if isinstance(target, Registered):
            self.desk.go("registration", registration=target)
        elif isinstance(target, Leads) and target.kind == "enterprise":
            self.desk.go("enterprise", code=target.code)
        elif isinstance(target, Leads) and target.kind == "registration":
            start(self, partial(self._open_other, target.code), group="open", exclusive=True)
        elif isinstance(target, Leads) and target.kind == "duplicates":
            self.desk.go("duplicates", person=target.code)
        elif isinstance(target, Leads):
            self.desk.go("links", place=self.known.names[target.kind, target.code])

    async def _open_other(self, ref: str) -> None:
        with self.telling():
            row = await self.bridge.call(self.services.registrations.show, ref)
            self.desk.go("registration", registration=row)

    def action_open(self) -> None:
        """Open what the cursor stands on."""
        self.page.action_open()

    def action_edit(self) -> None:
        """Correct what was typed wrong."""
        self.desk.go("correct", registration=self.registration)

    def action_badge(self) -> None:
        """Show the badge."""
        self.desk.go("badge", registration=self.registration)

    def action_print_badge(self) -> None:
        """Print the badge."""
        row = self.registration
        self.desk.printing.take(Order(row.event, row, after=self._printed))

    def _printed(self) -> None:
        if self.is_attached:
            self.reload()

    def action_substitute(self) -> None:
        """Register somebody who comes instead."""
        self._pass_on(Predecessor(self.registration))

    def action_transfer(self) -> None:
        """Give the registration to another person for good."""
        self._pass_on(Predecessor(self.registration, for_good=True))

    def _pass_on(self, before: Predecessor) -> None:
        if not can_pass_on(before.row):
            self.desk.tell(_("{name} holds no place to pass on").format(name=before.row.name), "warn")
        elif self._at_hand():
            self.desk.go("register", before=before)

    def _at_hand(self) -> bool:
        """Whether this is about the event in hand; else say how to get there."""
        event = self.desk.event
        here = event is not None and event.code == self.registration.event
        if not here:
            told = _("This is about {event}: take it in hand first (Ctrl+E)")
            self.desk.tell(told.format(event=self.known.name("event", self.registration.event)), "warn")
        return here

    @work(group="write", exclusive=True)
    async def action_leave(self, on_leave: bool) -> None:  # noqa: FBT001 - a binding gives it without a name
        """Note that somebody is on leave, or that he comes after all; he keeps his place."""
        with self.telling():
            row = await self.bridge.write(
                self.services.registrations.leave,
                self.services.actor,
                str(self.registration.id),
                on_leave=on_leave,
            )
            told = (
                _("{name} is on leave and keeps the place") if row.on_leave else _("{name} comes after all")
            )
            self.desk.tell(told.format(name=row.name), "good")
            self.reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One on leave can come after all, and nobody else."""
        if action == "leave":
            return parameters != (self.registration.on_leave,)
        return super().check_action(action, parameters)

    @work(group="choose", exclusive=True)
    async def takes_blank(self, code: str) -> None:
        """A blank badge was scanned: it becomes this person's."""
        if await bound(self, code, self.registration):
            self.reload()

    @work(group="cancel", exclusive=True)
    async def action_cancel(self) -> None:
        """Ask, then cancel, and say who moved up."""
        if await cancelled(self, self.registration):
            self.reload()

    @work(group="cancel", exclusive=True)
    async def action_block(self) -> None:
        """Ask for the reason and block; or let a blocked person in again."""
        is_blocked = self.registration.status is RegistrationStatus.BLOCKED
        if await (unblocked if is_blocked else blocked)(self, self.registration):
            self.reload()

    @work(group="export", exclusive=True)
    async def action_certificate(self) -> None:
        """A certificate of attendance, for whoever came."""
        await certify(self, self.registration)
