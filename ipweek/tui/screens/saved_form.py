"""The frame of a screen whose form is saved."""

from functools import partial
from typing import Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import Input, TextArea

from ipweek.domain.errors import IpweekError
from ipweek.domain.kinds import KINDS
from ipweek.domain.records import Record
from ipweek.i18n import N_, _
from ipweek.tui.background import start
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.dialogs import Choose, lose_typed
from ipweek.tui.screens.records import columns_of, search_key
from ipweek.tui.widgets.field_box import FieldBox
from ipweek.tui.widgets.form import Form

_MOST_CHOICES = 2000


class SavedForm(BaseScreen):
    """Its body has a form: checked and saved by one key, and what is typed is not lost without a question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "save", N_("Save"), id="save", priority=True),
        Binding("f3", "choose", N_("Choose"), id="choose"),
    ]
    changed_only = False
    """Whether only what was changed is checked and saved."""
    _saving = False

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
    @on(TextArea.Changed)
    def _typed(self) -> None:
        self.retitle()

    @work(group="choose", exclusive=True)
    async def action_choose(self) -> None:
        """Choose a record for the reference field that has the focus."""
        box = self.form.here
        if box is not None and box.known.refers is not None:
            with self.telling():
                await self.choose(box, box.known.refers)

    async def choose(self, box: FieldBox, kind: str) -> None:
        """One of all records of the kind."""
        rows = await self.choices(kind)
        chooser = Choose(_(box.known.label), rows, columns_of(KINDS[kind])[:3], search_key)
        chosen = await self.app.push_screen_wait(chooser)
        if chosen is not None:
            box.take(chosen.code)

    async def choices(self, kind: str) -> tuple[Record, ...]:
        """What a field can refer to."""
        return await self.bridge.call(self.services.records.list, kind, limit=_MOST_CHOICES)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to choose in reference fields only."""
        if action == "choose":
            return self.form.here is not None and self.form.here.known.refers is not None
        return super().check_action(action, parameters)

    def action_save(self) -> None:
        """Check every field and save, once."""
        if self._saving:
            return
        values = self.form.values(changed_only=self.changed_only)
        if values is None:
            self.ask_to_mend(_("Not saved: see the field marked in red"))
        else:
            self._saving = True
            start(self.app, partial(self._save, values), group="save")

    async def _save(self, values: dict[str, Any]) -> None:
        try:
            await self.save(values)
        except IpweekError as error:
            self.form.blame(error)
            self.refused(error)
        finally:
            self._saving = False

    async def save(self, values: dict[str, Any]) -> None:
        """Save, tell it and leave; what is refused is told by the form."""
        raise NotImplementedError

    def go(self, result: object = None) -> None:
        """Leave, unless something else came to the front while it was saved."""
        if self.is_active:
            self.dismiss(result)

    async def may_leave(self) -> bool:
        """Typed text is not lost without a question."""
        return not self.form.dirty or await self.app.push_screen_wait(lose_typed())
