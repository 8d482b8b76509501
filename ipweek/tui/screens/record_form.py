"""One form for every kind of record."""

from collections.abc import Mapping
from typing import Any

from textual.app import ComposeResult
from textual.events import DescendantBlur, DescendantFocus

from ipweek.domain.kinds import KINDS
from ipweek.domain.records import SEVERAL, Field, Record, RecordKind
from ipweek.i18n import _, language
from ipweek.tui.background import start
from ipweek.tui.screens.form_conflicts import KINDS as IN_PROGRAMME
from ipweek.tui.screens.form_conflicts import FormConflicts
from ipweek.tui.screens.saved_form import SavedForm
from ipweek.tui.widgets.form import Form

_USUAL: Mapping[str, Mapping[str, Any]] = {"week": {"zone": "Asia/Shanghai"}}
"""What new records of a kind begin with."""


class RecordFormScreen(SavedForm):
    """Adds a record, or edits the given one; a new one begins with where it belongs, or with these values."""

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
        self.changed_only = record is not None

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
        """Look up what can be completed, and what would be wrong."""
        start(self, self._suggest, group="suggest")
        self._look()

    @property
    def about(self) -> str:
        """What is edited."""
        label = _(self.kind.label)
        return (
            f"{label} · {self.record.name(language())}"
            if self.record
            else _("New: {kind}").format(kind=label)
        )

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
                    found = await self.choices(box.known.refers)
                    box.suggest([record.code for record in found])

    async def save(self, values: dict[str, Any]) -> None:
        """Add it or change it, and remember it as what was in hand last."""
        service, actor, kind = self.services.records, self.services.actor, self.kind.code
        if self.record is None:
            saved = await self.bridge.write(service.add, actor, kind, values)
        else:
            saved = await self.bridge.write(service.edit, actor, kind, self.record.code, values)
        self.form.settle()
        await self._tell_saved(saved)
        self.desk.remember(saved)
        self.go(saved)

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


def _belonging(kind: RecordKind, parent: Record) -> dict[str, Any]:
    """The field that says where a new record belongs, with its value."""
    if kind.parent is not None:
        return {parent.kind if parent.kind in kind.others else kind.parent: parent.code}
    several = (field.name for field in kind.fields if field.refers == parent.kind and field.kind in SEVERAL)
    return dict.fromkeys(several, (parent.code,))
