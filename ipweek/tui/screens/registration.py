"""One registration: every field of it, and cancelling it."""

from collections.abc import Sequence
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.registrations import Registered
from ipweek.domain.words import RegistrationStatus
from ipweek.i18n import N_, _
from ipweek.render import words
from ipweek.tui.messages import Opened
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.cancelling import cancelled
from ipweek.tui.screens.registration_rows import badge_text, status_cell
from ipweek.tui.widgets.page import Leads, Line, Page
from ipweek.tui.widgets.text import fit

_LABEL = 22


class RegistrationScreen(BaseScreen):
    """Read-only, phone and e-mail masked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("f5", "cancel", N_("Cancel place"), id="cancel"),
    ]

    def __init__(self, registration: Registered) -> None:
        super().__init__(classes="registration")
        self.registration = registration

    def body(self) -> ComposeResult:
        """The fields, one a line."""
        yield Page()

    def on_mount(self) -> None:
        """Show what the list knew, until it is read anew."""
        self.query_one(Page).show(self._lines)
        self.query_one(Page).focus()

    @property
    def _zone(self) -> ZoneInfo | None:
        """The zone of the week in hand, else the desk's own."""
        week = self.desk.week
        return ZoneInfo(week.values["zone"]) if week else None

    def title_texts(self) -> tuple[str, str]:
        """Who it is."""
        return self.registration.name, badge_text(self.registration.badge_no)

    def reload(self) -> None:
        """Read the registration."""
        self.run_worker(self._load(), group="load", exclusive=True)

    async def _load(self) -> None:
        with self.telling():
            ref = str(self.registration.id)
            self.registration = await self.bridge.call(self.services.registrations.show, ref)
            self.query_one(Page).show(self._lines)
            self.retitle()

    def _lines(self, width: int) -> Sequence[Line]:
        row = self.registration
        status = status_cell(row)
        text, tone = status if isinstance(status, tuple) else (status, "plain")
        lines = [
            _line(_("Status"), text, width, tone=tone),
            _line(_("Name"), row.name, width),
            _line(_("Latin name"), row.name_latin, width),
            _line(
                _("Enterprise"),
                row.enterprise,
                width,
                target=row.enterprise_code and Leads("enterprise", row.enterprise_code),
            ),
            _line(_("Title"), row.title, width),
            _line(_("Category"), words.category(row.category), width),
            _line(_("Phone"), row.phone, width),
            _line(_("E-mail"), row.email, width),
            _line(_("Seat"), row.seat, width),
            _line(_("Badge"), badge_text(row.badge_no), width),
            _line(_("Sessions"), ", ".join(row.sessions) or None, width),
            _line(_("Stands in for"), row.substitute_for, width),
            _line(_("Came by"), words.word(row.source), width),
            _line(_("Registered"), f"{row.registered_at.astimezone(self._zone):%Y-%m-%d %H:%M}", width),
        ]
        if row.synthetic:
            lines += [Line(), Line(((_("A made-up person of the demonstration."), "warn"),))]
        return [Line(), *lines]

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        assert isinstance(message.target, Leads)
        self.run_worker(self._open_enterprise(message.target.code), group="open", exclusive=True)

    def action_open(self) -> None:
        """Open the enterprise."""
        self.query_one(Page).action_open()

    async def _open_enterprise(self, code: str) -> None:
        with self.telling():
            record = await self.bridge.call(self.services.records.show, "enterprise", code)
            self.desk.go("form", kind="enterprise", record=record)

    @work(group="cancel", exclusive=True)
    async def action_cancel(self) -> None:
        """Ask, then cancel, and say who moved up."""
        if self.registration.status is RegistrationStatus.CANCELLED:
            self.desk.tell(_("{name} is cancelled already").format(name=self.registration.name), "warn")
        elif await cancelled(self, self.registration):
            self.reload()


def _line(label: str, value: str | None, width: int, *, tone: str = "plain", target: object = None) -> Line:
    text, role = (value, tone) if value else (_("not given"), "dim")
    return Line(((fit(label, _LABEL), "dim"), (fit(text, max(width - _LABEL, 1)), role)), target)
