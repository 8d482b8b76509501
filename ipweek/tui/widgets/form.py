"""A column of fields: Enter goes to the next one, leaving one checks it, errors stand under their field."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Select

from ipweek.domain.errors import InvalidError, IpweekError
from ipweek.domain.records import Field
from ipweek.i18n import N_, _
from ipweek.render.errors import sentence
from ipweek.tui.widgets.field_box import FieldBox


class Form(VerticalScroll, can_focus=False):
    """Fields in order, with what they begin with."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "next", N_("Next field"), show=False, id="field-next"),
        Binding("up", "previous", N_("Previous field"), show=False, id="field-previous"),
    ]

    def __init__(self, fields: Sequence[Field], values: Mapping[str, Any], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.boxes = {known.name: FieldBox(known, values.get(known.name)) for known in fields}

    def compose(self) -> ComposeResult:
        """One field below the other."""
        yield from self.boxes.values()

    @property
    def dirty(self) -> bool:
        """Whether anything is other than it began."""
        return any(box.dirty for box in self.boxes.values())

    @property
    def here(self) -> FieldBox | None:
        """The field with the focus."""
        focused = self.screen.focused
        return next((box for box in self.boxes.values() if focused is box.control.widget), None)

    def focus_first(self) -> None:
        """Begin at the top."""
        # At once, and not by `focus()`: keys that are waiting already belong to this field.
        self.screen.set_focus(next(iter(self.boxes.values())).control.widget)

    def values(self, *, changed_only: bool = False) -> dict[str, Any] | None:
        """All values by field name; None where one is wrong, whose field then says so and has the focus."""
        values: dict[str, Any] = {}
        wrong: FieldBox | None = None
        for box in self.boxes.values():
            if changed_only and not box.dirty:
                continue
            if self._checked(box):
                values[box.known.name] = box.value()
            else:
                wrong = wrong or box
        if wrong is not None:
            wrong.control.widget.focus()
            return None
        return values

    def readable(self) -> dict[str, Any]:
        """What can be read of it so far; nothing is blamed."""
        found: dict[str, Any] = {}
        for name, box in self.boxes.items():
            with suppress(InvalidError):
                found[name] = box.value()
        return found

    def settle(self) -> None:
        """Take all that is typed for saved."""
        for box in self.boxes.values():
            box.settle()

    def clear(self) -> None:
        """Empty every field and what it said."""
        for box in self.boxes.values():
            box.text = ""
            box.show_error("")
        self.settle()

    def blame(self, error: IpweekError) -> None:
        """Show a refusal under the field that it names, if it names one."""
        box = self.boxes.get(str(error.params.get("field")))
        if box is not None:
            box.show_error(_told(box, error))
            box.control.widget.focus()

    def _checked(self, box: FieldBox) -> bool:
        try:
            box.value()
        except InvalidError as error:
            box.show_error(_told(box, error))
            return False
        box.show_error("")
        return True

    @on(Input.Changed)
    @on(Select.Changed)
    def _mended(self, event: Input.Changed | Select.Changed) -> None:
        """What is right now is not called wrong until it is left."""
        for box in self.boxes.values():
            if box.has_class("-wrong") and box.control.widget is event.control:
                with suppress(InvalidError):
                    box.value()
                    box.show_error("")

    @on(events.DescendantBlur)
    def _left(self, event: events.DescendantBlur) -> None:
        for box in self.boxes.values():
            if box.control.widget is event.widget and (box.text.strip() or box.dirty):
                self._checked(box)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_next()

    def action_next(self) -> None:
        """Go to the next field."""
        self._step(1)

    def action_previous(self) -> None:
        """Go to the field before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        boxes = list(self.boxes.values())
        if self.here is not None:
            self.screen.set_focus(boxes[(boxes.index(self.here) + step) % len(boxes)].control.widget)

    def retranslate(self) -> None:
        """Say again what is wrong, in the language in force."""
        for box in self.boxes.values():
            if box.has_class("-wrong"):
                self._checked(box)


def _told(box: FieldBox, error: IpweekError) -> str:
    """The refusal as a sentence that calls the field by its label."""
    return sentence(InvalidError(error.code, **{**error.params, "field": _(box.known.label)}))
