"""One form for every kind of record."""

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import DescendantBlur, DescendantFocus
from textual.widgets import Input

from ipweek.domain.errors import IpweekError
from ipweek.domain.kinds import KINDS
from ipweek.domain.records import SEVERAL, Field, Record, RecordKind
from ipweek.i18n import N_, _, language
from ipweek.tui.background import start
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.dialogs import Choose, lose_typed
from ipweek.tui.screens.form_conflicts import KINDS as IN_PROGRAMME
from ipweek.tui.screens.form_conflicts import FormConflicts
from ipweek.tui.screens.records import columns_of
from ipweek.tui.widgets.field_box import REFERRING
from ipweek.tui.widgets.form import Form

_MOST_CHOICES = 2000
_USUAL: Mapping[str, Mapping[str, Any]] = {"week": {"zone": "Asia/Shanghai"}}
"""What new records of a kind begin with."""


class RecordFormScreen(BaseScreen):
    """Adds a record, or edits the given one; a new one begins with where it belongs, or with these values."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "save", N_("Save"), id="save", priority=True),
        Binding("f3", "choose", N_("Choose"), id="choose"),
    ]

    def __init__(
        self,
        kind: str,
        record: Record | None = None,
        parent: Record | None = None,
        values: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(classes="record-form")
        self.kind = KINDS[kind]
        self.record = record
        self._values: dict[str, Any] = (
            dict(record.values) | {"code": record.code} if record else dict(_USUAL.get(kind, {}))
        )
        if parent is not None:
            self._values |= _belonging(self.kind, parent)
        self._values |= values or {}
        self._saving = False

    def body(self) -> ComposeResult:
        """The fields of the kind; what a new record needs to belong to is what is in hand."""
        for field in self.kind.fields:
            held = {"week": self.desk.week, "event": self.desk.event}.get(field.refers or "")
            if self.record is None and held is not None and self._belongs_by(field):
                self._values.setdefault(field.name, held.code)
        form = Form(self.kind.fields, self._values)
        yield form
        if self.kind.code in IN_PROGRAMME:
            yield FormConflicts(self, self.kind.code, self.record, form.readable)

    def _belongs_by(self, field: Field) -> bool:
        """Whether a new record belongs to what is in hand by this field."""
        elsewhere = any(self._values.get(name) for name in self.kind.parents)
        return field.required or bool(self.kind.others and field.name == self.kind.parent and not elsewhere)

    def on_mount(self) -> None:
        """Begin at the first field."""
        self.form.focus_first()
        start(self, self._suggest, group="suggest")
        self._look()

    @property
    def form(self) -> Form:
        """The fields."""
        return self.query_one(Form)

    def title_texts(self) -> tuple[str, str]:
        """What is edited, and whether something is not saved."""
        label = _(self.kind.label)
        title = (
            f"{label} · {self.record.name(language())}"
            if self.record
            else _("New: {kind}").format(kind=label)
        )
        return title, _("not saved") if self.form.dirty else ""

    @on(Input.Changed)
    def _typed(self) -> None:
        self.retitle()

    def on_descendant_focus(self, _event: DescendantFocus) -> None:
        """Say whether something is not saved."""
        self.retitle()

    def on_descendant_blur(self, _event: DescendantBlur) -> None:
        """Say what would be wrong in the programme."""
        self._look()

    def _look(self) -> None:
        for conflicts in self.query(FormConflicts):
            conflicts.ask()

    async def _suggest(self) -> None:
        for box in self.form.boxes.values():
            if box.known.refers is not None:
                with self.telling():
                    found = await self._choices(box.known.refers)
                    box.suggest([record.code for record in found])

    async def _choices(self, kind: str) -> tuple[Record, ...]:
        return await self.bridge.call(self.services.records.list, kind, limit=_MOST_CHOICES)

    @work(group="choose", exclusive=True)
    async def action_choose(self) -> None:
        """Choose a record for the reference field that has the focus."""
        box = self.form.here
        if box is None or box.known.refers is None:
            return
        with self.telling():
            rows = await self._choices(box.known.refers)
            chooser = Choose(_(box.known.label), rows, columns_of(KINDS[box.known.refers])[:3], search_key)
            chosen = await self.app.push_screen_wait(chooser)
            if chosen is not None:
                box.take(chosen.code)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to choose in reference fields only."""
        if action == "choose":
            return self.form.here is not None and self.form.here.known.kind in REFERRING
        return super().check_action(action, parameters)

    def action_save(self) -> None:
        """Check every field and save."""
        values = self.form.values(changed_only=self.record is not None)
        if values is None:
            self.ask_to_mend(_("Not saved: see the field marked in red"))
        elif not self._saving:
            self._saving = True
            start(self.app, partial(self._save, values), group="save")

    async def _save(self, values: dict[str, Any]) -> None:
        services = self.services
        try:
            if self.record is None:
                saved = await self.bridge.write(services.records.add, services.actor, self.kind.code, values)
            else:
                saved = await self.bridge.write(
                    services.records.edit, services.actor, self.kind.code, self.record.code, values
                )
        except IpweekError as error:
            self.form.blame(error)
            self.refused(error)
            return
        finally:
            self._saving = False
        self.form.settle()
        await self._tell_saved(saved)
        self.desk.remember(saved)
        self.dismiss(saved)

    async def _tell_saved(self, saved: Record) -> None:
        """With which other enterprises go by the same name."""
        told = _("{name} saved").format(name=saved.name(language()))
        self.desk.tell(told, "good")
        if saved.kind == "enterprise":
            with self.telling():
                others = await self.bridge.call(self.services.enterprises.namesakes, saved.code)
                text = _("The same name: {name} ({code}); see whether they are one.")
                said = [text.format(name=one.name(language()), code=one.code) for one in others]
                if said:
                    self.desk.tell(" · ".join((told, *said)), "warn")

    async def may_leave(self) -> bool:
        """Typed text is not lost without a question."""
        if not self.form.dirty:
            return True
        return await self.app.push_screen_wait(lose_typed())


def _belonging(kind: RecordKind, parent: Record) -> dict[str, Any]:
    """The field that says where a new record belongs, with its value."""
    if kind.parent is not None:
        return {parent.kind if parent.kind in kind.others else kind.parent: parent.code}
    several = (field.name for field in kind.fields if field.refers == parent.kind and field.kind in SEVERAL)
    return dict.fromkeys(several, (parent.code,))


def search_key(record: Record) -> str:
    """By what a chooser finds a record."""
    return " ".join(str(record.values.get(name) or "") for name in ("name_zh", "name_en")) + f" {record.code}"
