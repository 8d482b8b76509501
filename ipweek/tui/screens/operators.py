"""Who works at the desks, in which role; recording somebody, and who is at this desk."""

from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.operators import OperatorChanges, OperatorLine, Right, Voucher
from ipweek.domain.records import Field, FieldKind
from ipweek.domain.words import OperatorRole
from ipweek.i18n import N_, _
from ipweek.render.words import word
from ipweek.tui.messages import Moved, Opened
from ipweek.tui.screens.dialogs import Ask, Prompt, to_remove
from ipweek.tui.screens.listing import ListScreen
from ipweek.tui.screens.vouched_form import VouchedForm
from ipweek.tui.screens.vouching import take_over, vouched
from ipweek.tui.widgets.form import Form
from ipweek.tui.widgets.rows import Column, Rows
from ipweek.tui.widgets.said import Said

FIELDS = (
    Field("name", N_("Name"), required=True),
    Field("role", N_("Role"), FieldKind.CHOICE, required=True, choices=OperatorRole),
    Field("pin", N_("PIN"), FieldKind.SECRET, help=N_("4 to 12 digits; empty keeps it, - takes it away")),
)
_NONE = "-"


class OperatorsScreen(ListScreen[OperatorLine]):
    """Those with the most rights first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("insert,ctrl+n", "add", N_("Add"), id="add"),
        Binding("delete", "remove", N_("Remove"), id="remove"),
        Binding("f5", "take_over", N_("At this desk"), id="take-over"),
        Binding("f6", "reset", N_("PIN is lost"), id="reset-pin"),
    ]

    def __init__(self) -> None:
        super().__init__(classes="operators")

    def body(self) -> ComposeResult:
        """One a line, over what the roles mean."""
        yield Rows[OperatorLine](
            (
                Column(N_("Name"), lambda line: line.name),
                Column(N_("Role"), lambda line: word(line.role)),
                Column(N_("PIN"), lambda line: _("yes") if line.has_pin else ("–", "dim")),
            )
        )
        yield Said(
            lambda: _(
                "Desk: scans and registers. Supervisor: lets in past a rule, undoes entries, changes doors. "
                "Organizer: everything, whole phone numbers too."
            ),
            classes="note",
        )

    def title_texts(self) -> tuple[str, str]:
        """The place's name; who is at this desk at the right."""
        return _("Operators"), _("at this desk: {name}").format(name=self.services.actor.operator)

    async def _load(self) -> None:
        with self.telling():
            self.rows.empty = lambda: _("Nobody yet, so everybody may decide everything: Ins adds the first")
            self.rows.show(await self.bridge.call(self.services.operators.list))
            self.retitle()
            self.refresh_bindings()

    @on(Opened)
    def action_open(self) -> None:
        """Change somebody."""
        if self.rows.chosen is not None:
            self.desk.go("operator", line=self.rows.chosen)

    def action_add(self) -> None:
        """Record somebody."""
        self.desk.go("operator")

    @work(group="choose", exclusive=True)
    async def action_take_over(self) -> None:
        """Somebody else works at this desk from now on."""
        await take_over(self)
        self.retitle()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An organizer's PIN is lost for good; whoever else has lost his gets a new one from an organizer."""
        if action == "reset":
            line = self.rows.chosen if self.query(Rows) else None
            return line is not None and line.role is OperatorRole.ORGANIZER
        return super().check_action(action, parameters)

    @on(Moved)
    def _keys_changed(self) -> None:
        self.refresh_bindings()

    @work(group="save", exclusive=True)
    async def action_reset(self) -> None:
        """Ask, then give an organizer a new PIN without the old one."""
        line = self.rows.chosen
        if line is None:
            return
        question = _("A new PIN for {name} without the old one? The audit notes it.").format(name=line.name)
        if not await self.app.push_screen_wait(Ask(question, yes=_("New PIN"), no=_("Keep"))):
            return
        pin = await self._typed_twice()
        if pin is None:
            return
        with self.telling():
            services = self.services
            await self.bridge.write(services.operators.reset, services.actor, line.name, pin)
            self.desk.tell(_("{name} has a new PIN").format(name=line.name), "good")
        self.reload()

    async def _typed_twice(self) -> str | None:
        """A new PIN, unseen; None where it is left, or not the same both times."""
        pin = await self.app.push_screen_wait(Prompt(_("New PIN, 4 to 12 digits:"), "", unseen=True))
        if pin is None:
            return None
        again = await self.app.push_screen_wait(Prompt(_("The new PIN once more:"), "", unseen=True))
        if again == pin:
            return pin
        if again is not None:
            self.desk.tell(_("The two PINs differ, and the old one stays"), "bad")
        return None

    @work(group="remove", exclusive=True)
    async def action_remove(self) -> None:
        """Ask, then forget somebody."""
        line = self.rows.chosen
        if line is None:
            return
        question = _("Forget the operator {name}?").format(name=line.name)
        if not await self.app.push_screen_wait(to_remove(question)):
            return
        goes_on, by = await vouched(self, Right.OPERATORS)
        if goes_on:
            with self.telling():
                services = self.services
                await self.bridge.write(services.operators.remove, services.actor, line.name, by)
                self.desk.tell(_("Forgotten: {name}").format(name=line.name), "good")
            self.reload()


class OperatorScreen(VouchedForm):
    """Records somebody, or changes the given one."""

    right = Right.OPERATORS

    def __init__(self, line: OperatorLine | None = None) -> None:
        super().__init__(classes="operator")
        self.line = line

    def body(self) -> ComposeResult:
        """Name, role, PIN."""
        yield Form(FIELDS, {"name": self.line.name, "role": self.line.role} if self.line else {})

    @property
    def about(self) -> str:
        """Whom it is about."""
        label = _("Operator")
        return f"{label} · {self.line.name}" if self.line else _("New: {kind}").format(kind=label)

    def _write(self, values: dict[str, Any], by: Voucher | None) -> str:
        service, actor, pin = self.services.operators, self.services.actor, values["pin"]
        if self.line is None:
            pin = None if pin == _NONE else pin
            return service.add(actor, values["name"], values["role"], pin, by).name
        changes = OperatorChanges(values["name"], values["role"], "" if pin == _NONE else pin)
        return service.edit(actor, self.line.name, changes, by).name
