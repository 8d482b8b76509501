"""The print log of an event: every copy, its reason, where it went and who sent it."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.badges import PrintLine
from ipweek.i18n import N_, _
from ipweek.render.badge_lists import reason
from ipweek.tui.screens.listing import ListScreen
from ipweek.tui.widgets.rows import Column, Rows

MOST = 2000


class PrintLogScreen(ListScreen[PrintLine]):
    """The newest copies first; blank badges have no name."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f5", "read", N_("Read again"), id="read")]

    def __init__(self) -> None:
        super().__init__(classes="print-log")
        self._columns = (
            Column[PrintLine](N_("Time"), self._time),
            Column[PrintLine](N_("Name"), lambda line: line.name or (_("blank"), "dim")),
            Column[PrintLine](N_("Badge"), lambda line: line.badge_no),
            Column[PrintLine](N_("Issue/copy"), lambda line: f"{line.issue}/{line.copy}", right=True),
            Column[PrintLine](N_("Reason"), lambda line: reason(line) or ("–", "dim")),
            Column[PrintLine](N_("Printed on"), lambda line: line.target),
            Column[PrintLine](N_("Operator"), lambda line: line.operator, optional=True),
            Column[PrintLine](N_("Desk"), lambda line: line.desk, optional=True),
        )

    def body(self) -> ComposeResult:
        """The lines."""
        yield Rows(self._columns)

    def _time(self, line: PrintLine) -> str:
        zone = ZoneInfo(self.desk.week.values["zone"]) if self.desk.week else None
        return f"{line.printed_at.astimezone(zone):%m-%d %H:%M:%S}"

    def title_texts(self) -> tuple[str, str]:
        """The place in the list at the right."""
        return _("Print log"), self.cursor_at(_("nothing yet"))

    def action_read(self) -> None:
        """Read again what another desk may have printed."""
        self.reload()

    async def _load(self) -> None:
        if self.desk.event is not None:
            with self.telling():
                lines = await self.bridge.call(self.services.badges.prints, self.desk.event.code, MOST)
                self.rows.show(lines)
                self.retitle()
