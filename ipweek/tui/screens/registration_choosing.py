"""What is chosen from a list while somebody is registered: enterprise, sessions, the delegate who stays away."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from ipweek.domain.kinds import KINDS
from ipweek.domain.records import Record
from ipweek.domain.registrations import Registered
from ipweek.domain.words import RegistrationStatus
from ipweek.i18n import N_, _, language
from ipweek.tui.background import start
from ipweek.tui.messages import Opened
from ipweek.tui.screens.choosing import ChoosePerson, equally_meant
from ipweek.tui.screens.dialogs import Choose
from ipweek.tui.screens.records import columns_of, search_key
from ipweek.tui.screens.registration_rows import ENTERPRISE, NAME, PHONE, SEAT
from ipweek.tui.widgets.entry import Entry
from ipweek.tui.widgets.rows import Rows
from ipweek.tui.widgets.said import Said

if TYPE_CHECKING:
    from ipweek.tui.screens.base import BaseScreen
    from ipweek.tui.widgets.field_box import FieldBox
    from ipweek.tui.widgets.form import Form

_MOST_ENTERPRISES = 5000
_SHOWN = 50


async def enterprises(screen: "BaseScreen") -> tuple[Record, ...]:
    """All that can be completed or chosen."""
    return await screen.bridge.call(screen.services.records.list, "enterprise", limit=_MOST_ENTERPRISES)


async def suggest_enterprises(screen: "BaseScreen", form: "Form") -> None:
    """Complete the name of the enterprise while it is typed."""
    with screen.telling():
        found = await enterprises(screen)
        form.boxes["enterprise"].suggest([record.name(language()) for record in found])


async def name_sessions(screen: "BaseScreen", form: "Form", event: str) -> dict[str, Record]:
    """The sessions of an event by code, the former ones too; the form says their names under the codes."""
    found = await screen.bridge.call(screen.services.records.list, "session", event, archived=True)
    sessions = {record.code: record for record in found}
    if "sessions" in form.boxes:
        form.boxes["sessions"].explain(sessions)
    return sessions


async def choose_for(screen: "BaseScreen", box: "FieldBox", event: str) -> None:
    """Let an enterprise or one of the event's sessions be chosen for a field."""
    refers = box.known.refers
    if refers is None:
        return
    with screen.telling():
        if refers == "enterprise":
            rows = await enterprises(screen)
        else:
            rows = await screen.bridge.call(screen.services.records.list, refers, event)
        columns = columns_of(KINDS[refers])[1:3]
        chosen = await screen.app.push_screen_wait(Choose(_(box.known.label), rows, columns, search_key))
        if chosen is not None:
            box.take(chosen.name(language()) if refers == "enterprise" else chosen.code)


class ChooseRegistration(ModalScreen[Registered | None]):
    """Somebody with a place at the event, found as at the desk: by name, pinyin, enterprise, phone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", N_("Back"), id="choose-registration-leave"),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("pagedown", "move(8)", show=False),
    ]

    def __init__(self, question: str, screen: "BaseScreen", event: str) -> None:
        super().__init__()
        self._question, self._behind, self._event = question, screen, event
        self._answered, self._pointed = "", False

    def compose(self) -> ComposeResult:
        """A line to type in over the rows."""
        with Vertical(classes="dialog wide"):
            yield Said(lambda: self._question, classes="question")
            yield Entry(placeholder=_("name, initials of the pinyin, enterprise, end of the phone number"))
            yield Rows((NAME, ENTERPRISE, PHONE, SEAT))

    def on_mount(self) -> None:
        """Show the first ones."""
        self.query_one(Rows).can_focus = False
        self._search("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._pointed = False
        self._search(event.value)

    def _search(self, query: str) -> None:
        start(self, partial(self._show, query), group="search", exclusive=True)

    async def _show(self, query: str) -> None:
        with self._behind.telling():
            page = self._behind.services.registrations.page
            found = await self._behind.bridge.call(
                page, self._event, query, status=RegistrationStatus.REGISTERED, limit=_SHOWN
            )
            self._answered = query
            self.query_one(Rows).show(found.rows, cursor=0)

    @on(Input.Submitted)
    def _entered(self) -> None:
        start(self, self._find_and_take, group="open", exclusive=True)

    async def _find_and_take(self) -> None:
        """Take who is meant by what was typed, asking where several may be and none was pointed at."""
        typed, rows = self.query_one(Input).value, self.query_one(Rows)
        if typed != self._answered:
            await self._show(typed)
        several = () if self._pointed else equally_meant(typed, rows.rows)
        if several:
            self._take_one_of(several)
        elif rows.chosen is not None:
            self.dismiss(rows.chosen)

    @work(group="choose", exclusive=True)
    async def _take_one_of(self, several: tuple[Registered, ...]) -> None:
        chosen = await self.app.push_screen_wait(ChoosePerson(several))
        if chosen is not None:
            self.dismiss(chosen)

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        assert isinstance(message.target, Registered)
        self.dismiss(message.target)

    def action_move(self, step: int) -> None:
        """Move the cursor while typing goes on."""
        self._pointed = True
        self.query_one(Rows).action_move(step)

    def action_leave(self) -> None:
        """Choose nobody."""
        self.dismiss(None)
