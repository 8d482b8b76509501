"""What an organizer sets up, kind by kind."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.exports import ExportKind
from ipweek.domain.kinds import KINDS, WHOLES
from ipweek.i18n import N_, _
from ipweek.tui.messages import Opened
from ipweek.tui.screens.listing import ListScreen
from ipweek.tui.widgets.rows import Column, Rows


class ProgrammeScreen(ListScreen[str]):
    """The kinds of records with how many there are of each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("f4", "timetable", N_("Timetable"), id="timetable"),
        Binding("f9", "export", N_("Export"), id="export"),
    ]

    def __init__(self) -> None:
        super().__init__(classes="programme")
        self._counts: dict[str, int] = {}

    def body(self) -> ComposeResult:
        """One kind a line."""
        yield Rows[str](
            (
                Column(N_("Records"), lambda kind: _(KINDS[kind].plural)),
                Column(N_("Number"), lambda kind: str(self._counts.get(kind, "")), right=True),
            )
        )

    def title_texts(self) -> tuple[str, str]:
        """The place's name."""
        return _("Programme"), ""

    async def _load(self) -> None:
        with self.telling():
            for kind in WHOLES:
                self._counts[kind] = await self.bridge.call(self.services.records.count, kind)
            self.rows.show(WHOLES)

    @on(Opened)
    def action_open(self) -> None:
        """Open the list of a kind."""
        kind = self.rows.chosen
        if kind is not None:
            self.desk.go("records", kind=kind)

    def action_export(self) -> None:
        """Write the programme of the week into a file."""
        self.desk.go("export", kind=ExportKind.SCHEDULE, place=self.desk.week)

    def action_timetable(self) -> None:
        """What is on when and where."""
        self.desk.go("timetable")
