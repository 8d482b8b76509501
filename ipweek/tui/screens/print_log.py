"""The print log of an event: every copy, its reason, where it went and who sent it."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.badges import PrintLine
from ipweek.i18n import N_, _
from ipweek.render.badge_lists import reason
from ipweek.tui.background import start
from ipweek.tui.messages import Moved
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.widgets.rows import Column, Rows

MOST = 2000


class PrintLogScreen(BaseScreen):
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

    def on_mount(self) -> None:
        """Begin in the lines."""
        self.rows.focus()

    @property
    def rows(self) -> Rows[PrintLine]:
        """The list."""
        return self.query_one(Rows)

    def _time(self, line: PrintLine) -> str:
        zone = ZoneInfo(self.desk.week.values["zone"]) if self.desk.week else None
        return f"{line.printed_at.astimezone(zone):%m-%d %H:%M:%S}"

    def title_texts(self) -> tuple[str, str]:
        """The place in the list at the right."""
        rows = self.rows
        place = (
            _("{n} of {total}").format(n=rows.cursor + 1, total=rows.count)
            if rows.count
            else _("nothing yet")
        )
        return _("Print log"), place

    def reload(self) -> None:
        """Read the newest copies."""
        start(self, self._load, group="load", exclusive=True)

    def action_read(self) -> None:
        """Read again what another desk may have printed."""
        self.reload()

    async def _load(self) -> None:
        if self.desk.event is not None:
            with self.telling():
                lines = await self.bridge.call(self.services.badges.prints, self.desk.event.code, MOST)
                self.rows.show(lines)
                self.retitle()

    @on(Moved)
    def _moved(self) -> None:
        self.retitle()
