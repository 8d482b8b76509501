"""Noting that a report was received: two fields, and Enter in either notes it."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from ipweek.domain.errors import AlreadyThereError, InvalidError
from ipweek.domain.receipts import Handed
from ipweek.domain.records import Field, FieldKind, parse
from ipweek.i18n import N_, _, again
from ipweek.render.errors import sentence
from ipweek.render.summary_figures import day
from ipweek.tui.screens.dialogs import Ask, Dialog
from ipweek.tui.widgets.entry import Entry
from ipweek.tui.widgets.said import Said

if TYPE_CHECKING:
    from ipweek.tui.screens.base import BaseScreen

_COPIES = Field("copies", N_("Copies"), FieldKind.INTEGER)


class Receive(Dialog[tuple[str, int] | None]):
    """By whom, and how many copies."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", N_("Back"), id="receive-leave"),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self, enterprise: str, received_by: str) -> None:
        super().__init__()
        self._enterprise, self._received_by = enterprise, received_by
        self._wrong = ""

    def compose(self) -> ComposeResult:
        """The two fields, filled in."""
        with Vertical(classes="dialog wide"):
            yield Said(
                lambda: _("{name} took a printed report. Enter notes it.").format(name=self._enterprise),
                classes="question",
            )
            yield Said(lambda: _("Received by"))
            yield Entry(self._received_by, id="by")
            yield Said(lambda: _("Copies"))
            yield Entry("1", id="copies")
            yield Said(lambda: again(self._wrong), id="wrong", classes="note")

    def on_mount(self) -> None:
        """Begin with the name."""
        self.query_one("#by").focus()

    @on(Input.Submitted)
    def _entered(self) -> None:
        try:
            copies = parse(_COPIES, self.query_one("#copies", Entry).value) or 1
        except InvalidError as error:
            self._wrong = sentence(InvalidError(error.code, **{**error.params, "field": _(_COPIES.label)}))
            self.query_one("#wrong", Said).retranslate()
            self.query_one("#copies").focus()
            return
        self.dismiss((self.query_one("#by", Entry).value, copies))

    def action_leave(self) -> None:
        """Note nothing."""
        self.dismiss(None)


async def received(screen: "BaseScreen", result: str, enterprise: tuple[str, str], by: str) -> bool:
    """Ask by whom, and again where the same person has it already; whether a report was noted.

    The enterprise is its code and its name.
    """
    code, name = enterprise
    told = await screen.app.push_screen_wait(Receive(name, by))
    if told is None:
        return False
    with screen.telling():
        services, handed = screen.services, Handed(enterprise=code, received_by=told[0], copies=told[1])
        try:
            await screen.bridge.write(services.receipts.receive, services.actor, result, handed)
        except AlreadyThereError as error:
            if not await screen.app.push_screen_wait(_ask_again(error)):
                return False
            await screen.bridge.write(services.receipts.receive, services.actor, result, handed, again=True)
        screen.desk.tell(_("{name}: report received").format(name=name), "good")
        return True
    return False


def _ask_again(error: AlreadyThereError) -> Ask:
    known = error.params
    question = _("{name} has the report already ({day}, copies: {n}). Note a further one?").format(
        name=known["name"],
        day=day(known["day"]) or _("day not stated"),  # type: ignore[arg-type]
        n=known["copies"],
    )
    return Ask(question, yes=_("A further one"), no=_("Leave it"))
