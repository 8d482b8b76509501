"""Who answers for what an operator may not decide himself: chosen by the arrow keys, shown by a PIN."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from ipweek.domain.operators import OperatorLine, Right, Voucher
from ipweek.domain.text import folded
from ipweek.i18n import N_, _
from ipweek.render.words import word
from ipweek.tui.messages import Opened
from ipweek.tui.screens.dialogs import Dialog
from ipweek.tui.widgets.entry import Entry
from ipweek.tui.widgets.rows import Column, Rows
from ipweek.tui.widgets.said import Said

if TYPE_CHECKING:
    from ipweek.tui.screens.base import BaseScreen


class Vouch(Dialog[Voucher | None]):
    """Up and down choose who it is, a PIN is typed unseen, Enter answers and Esc does not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", N_("Back"), id="vouch-leave"),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]

    def __init__(self, question: Callable[[], str], people: Sequence[OperatorLine], first: int = 0) -> None:
        super().__init__()
        self._question, self._people, self._first = question, tuple(people), first

    def compose(self) -> ComposeResult:
        """Who can be it, over the line for the PIN."""
        with Vertical(classes="dialog wide"):
            yield Said(self._question, classes="question")
            yield Rows[OperatorLine](
                (
                    Column(N_("Name"), lambda line: line.name),
                    Column(N_("Role"), lambda line: word(line.role)),
                    Column(N_("PIN"), lambda line: _("PIN") if line.has_pin else ("–", "dim")),
                )
            )
            yield Entry(password=True, placeholder=_("PIN, if there is one"))
            yield Said(lambda: _("Up and down choose, Enter answers, Esc goes back."), classes="note")

    def on_mount(self) -> None:
        """Show them; whoever is at the desk comes first."""
        rows = self.query_one(Rows)
        rows.can_focus = False
        rows.show(self._people, cursor=self._first)
        self.query_one(Entry).focus()

    @on(Input.Submitted)
    def _typed(self) -> None:
        self._answer(self.query_one(Rows).chosen)

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        self._answer(message.target)  # type: ignore[arg-type]

    def _answer(self, line: OperatorLine | None) -> None:
        if line is not None:
            self.dismiss(Voucher(line.name, self.query_one(Entry).value or None))

    def action_move(self, step: int) -> None:
        """Choose another one."""
        self.query_one(Rows).action_move(step)

    def action_leave(self) -> None:
        """Nobody answers for it."""
        self.dismiss(None)


async def vouched(screen: "BaseScreen", right: Right) -> tuple[bool, Voucher | None]:
    """Whether it goes on, and who answers for it where the operator may not decide himself."""
    services = screen.services
    people = await screen.bridge.call(services.operators.vouchers, services.actor, right)
    if not people:
        return True, None
    by = await asked(screen, people)
    return by is not None, by


async def asked(screen: "BaseScreen", people: Sequence[OperatorLine]) -> Voucher | None:
    """Who of these answers for it; whoever is at the desk comes first."""
    place = _place(people, screen.services.actor.operator)
    return await screen.app.push_screen_wait(Vouch(lambda: _("Who allows it?"), people, place))


def _place(people: Sequence[OperatorLine], name: str) -> int:
    return next((place for place, line in enumerate(people) if folded(line.name) == folded(name)), 0)


async def shown_whole(screen: "BaseScreen") -> bool:
    """Whether what is masked may be asked for whole: an organizer with a PIN shows himself by it, once."""
    services = screen.services
    people = await screen.bridge.call(services.operators.vouchers, services.actor, Right.UNMASK)
    own = [line for line in people if line.has_pin and folded(line.name) == folded(services.actor.operator)]
    if not own:
        return True
    by = await asked(screen, own)
    if by is not None:
        with screen.telling():
            services.actor = await screen.bridge.write(services.operators.take_over, services.actor, by)
            return True
    return False


async def take_over(screen: "BaseScreen") -> None:
    """Another operator at this desk, from now on."""
    services = screen.services
    people = await screen.bridge.call(services.operators.list)
    if not people:
        screen.desk.tell(_("No operator is recorded, so everybody may decide everything"), "warn")
        return
    by = await screen.app.push_screen_wait(
        Vouch(
            lambda: _("Who works at this desk from now on?"), people, _place(people, services.actor.operator)
        )
    )
    if by is None:
        return
    with screen.telling():
        services.actor = await screen.bridge.write(services.operators.take_over, services.actor, by)
        screen.desk.hold(screen.desk.week, screen.desk.event)
        screen.desk.tell(_("At this desk: {name}").format(name=services.actor.operator), "good")
