"""A form that is saved by whoever has the right, or with somebody who answers for it."""

from typing import Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import Input

from ipweek.domain.errors import IpweekError
from ipweek.domain.operators import Right, Voucher
from ipweek.i18n import N_, _
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.dialogs import lose_typed
from ipweek.tui.screens.vouching import vouched
from ipweek.tui.widgets.form import Form


class VouchedForm(BaseScreen):
    """Its body is a form; `right` is what saving it needs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "save", N_("Save"), id="save", priority=True),
    ]
    right: ClassVar[Right]

    def on_mount(self) -> None:
        """Begin at the first field."""
        self.form.focus_first()

    @property
    def form(self) -> Form:
        """The fields."""
        return self.query_one(Form)

    @property
    def about(self) -> str:
        """What the form is about."""
        raise NotImplementedError

    def title_texts(self) -> tuple[str, str]:
        """What it is about, and whether something is not saved."""
        return self.about, _("not saved") if self.form.dirty else ""

    @on(Input.Changed)
    def _typed(self) -> None:
        self.retitle()

    @work(group="save", exclusive=True)
    async def action_save(self) -> None:
        """Check every field, ask who allows it where that must be somebody else, and save."""
        values = self.form.values()
        if values is None:
            self.ask_to_mend(_("Not saved: see the field marked in red"))
            return
        goes_on, by = await vouched(self, self.right)
        if not goes_on:
            return
        try:
            name = await self.bridge.write(self._write, values, by)
        except IpweekError as error:
            self.form.blame(error)
            self.refused(error)
            return
        self.form.settle()
        self.desk.tell(_("{name} saved").format(name=name), "good")
        self.dismiss(None)

    def _write(self, values: dict[str, Any], by: Voucher | None) -> str:
        """Save, and say by what name it goes; runs in a thread."""
        raise NotImplementedError

    async def may_leave(self) -> bool:
        """Typed text is not lost without a question."""
        return not self.form.dirty or await self.app.push_screen_wait(lose_typed())
