"""What was merged so far, and undoing it."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.merging import MergeLine
from ipweek.i18n import N_, _
from ipweek.render.words import word
from ipweek.tui.messages import Opened
from ipweek.tui.screens.dialogs import Ask
from ipweek.tui.screens.listing import ListScreen
from ipweek.tui.widgets.rows import Cell, Column, Rows


def _state(line: MergeLine) -> Cell:
    return (_("undone"), "dim") if line.undone_at else ""


class MergesScreen(ListScreen[MergeLine]):
    """The newest first; Enter or F5 undoes one, after a question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "undo", N_("Undo"), id="undo"),
        Binding("f6", "duplicates", N_("Duplicates"), id="duplicates"),
    ]

    def __init__(self) -> None:
        super().__init__(classes="merges")
        self._read = False

    def body(self) -> ComposeResult:
        """One merge a line."""
        yield Rows[MergeLine](
            (
                Column(N_("Time"), self._moment),
                Column(N_("Kind"), lambda line: word(line.kind)),
                Column(N_("Kept"), lambda line: line.keep),
                Column(N_("Merged into it"), lambda line: line.drop),
                Column(N_("State"), _state),
                Column(N_("Operator"), lambda line: line.operator, optional=True),
            )
        )

    def _moment(self, line: MergeLine) -> str:
        zone = ZoneInfo(self.desk.week.values["zone"]) if self.desk.week else None
        return f"{line.merged_at.astimezone(zone):%m-%d %H:%M}"

    def title_texts(self) -> tuple[str, str]:
        """The place's name, and the place in the list at the right."""
        return _("Merges"), self.cursor_at(_("none so far") if self._read else "")

    async def _load(self) -> None:
        with self.telling():
            self.rows.show(await self.bridge.call(self.services.merging.merges))
            self._read = True
            self.retitle()

    @on(Opened)
    def _opened(self) -> None:
        self.action_undo()

    @work(group="cancel", exclusive=True)
    async def action_undo(self) -> None:
        """Ask, and make two of one again."""
        line = self.rows.chosen
        if line is None:
            return
        if line.undone_at:
            self.desk.tell(_("This merge is undone already"), "warn")
            return
        question = _("Undo: {keep} and {drop} are two again?").format(keep=line.keep, drop=line.drop)
        if not await self.app.push_screen_wait(Ask(question, yes=_("Undo the merge"), no=_("Leave it"))):
            return
        with self.telling():
            await self.bridge.write(self.services.merging.undo, self.services.actor, str(line.id))
            told = _("Undone: {keep} and {drop} are two again").format(keep=line.keep, drop=line.drop)
            self.desk.tell(told, "good")
            self.reload()

    def action_duplicates(self) -> None:
        """Who may be entered twice."""
        self.desk.go("duplicates")
