"""One field of a form: label, control, and what is wrong with it underneath."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input

from ipweek.domain.records import Field, FieldKind, Record, parse, shown
from ipweek.domain.report_notes import PICTURE_ENDINGS
from ipweek.i18n import _, language
from ipweek.render import words
from ipweek.tui.widgets.entry import Choice, Entry, Flag, LongEntry
from ipweek.tui.widgets.file_list import as_path
from ipweek.tui.widgets.paths import Paths
from ipweek.tui.widgets.said import Said
from ipweek.tui.widgets.text import visible


@dataclass(frozen=True, slots=True)
class Control:
    """A control, the text it begins with, and how its content is read and written as text."""

    widget: Widget
    start: str
    read: Callable[[], str]
    write: Callable[[str], None]


def _control(known: Field, text: str) -> Control:
    if known.kind is FieldKind.FLAG:
        flag = Flag()
        flag.set_reactive(Flag.value, text == "yes")
        return Control(
            flag,
            shown(text == "yes"),
            lambda: shown(flag.value),
            lambda to: setattr(flag, "value", to == "yes"),
        )
    if known.choices is not None and known.kind is not FieldKind.CHOICES:
        choice: Choice = Choice(_options(known.choices), prompt="–", value=text or Choice.NULL, compact=True)
        return Control(
            choice,
            text,
            lambda: "" if choice.is_blank() else str(choice.value),
            lambda to: setattr(choice, "value", to or Choice.NULL),
        )
    if known.kind is FieldKind.LONG_TEXT:
        area = LongEntry(text)
        return Control(area, area.text, lambda: area.text, area.load_text)
    secret = known.kind is FieldKind.SECRET
    entry = Entry(text, placeholder=_(known.help) if known.help else "", password=secret)
    if known.kind is FieldKind.CHOICES and known.choices is not None:
        entry.suggester = SuggestFromList([choice.value for choice in known.choices])
    if known.kind is FieldKind.FILE:
        entry.suggester = Paths(PICTURE_ENDINGS)
        return Control(
            entry, as_path(text), lambda: as_path(entry.value), lambda to: setattr(entry, "value", to)
        )
    return Control(entry, entry.value, lambda: entry.value, lambda to: setattr(entry, "value", to))


def _options(choices: Iterable[StrEnum]) -> list[tuple[Text, str]]:
    """As plain text: an organizer's own choices never are markup."""
    return [(Text(visible(words.word(choice))), choice.value) for choice in choices]


class FieldBox(Vertical):
    """A field with its label at the left; the error appears below and nothing else moves."""

    def __init__(self, known: Field, value: Any = None) -> None:
        super().__init__(classes=f"field -{known.kind.value.replace('_', '-')}")
        self.known = known
        self.control = _control(known, shown(value))
        self._start = self.control.start
        self._error = ""
        self._records: Mapping[str, Record] = {}
        self._offered: Collection[str] | None = None

    def compose(self) -> ComposeResult:
        """Label and control, the error below."""
        with Horizontal():
            yield Said(self._label, classes="label")
            yield self.control.widget
        yield Said(self._named, classes="named")
        yield Said(lambda: self._error, classes="error")

    def _label(self) -> str:
        label = _(self.known.label)
        return f"{label} · " + _("required") if self.known.required else label

    def _named(self) -> str:
        """What the codes that are typed stand for, in the language in force."""
        codes = [code.strip() for code in self.text.split(";")]
        return _(", ").join(self._records[code].name(language()) for code in codes if code in self._records)

    def explain(self, records: Mapping[str, Record]) -> None:
        """Say under the field what its codes stand for."""
        self._records = records
        self._rename()

    @on(Input.Changed)
    def _rename(self) -> None:
        if self._records:
            self.set_class(bool(self._named()), "-named")
            self.query_one(".named", Said).retranslate()

    @property
    def text(self) -> str:
        """What is typed in, as text."""
        return self.control.read()

    @text.setter
    def text(self, text: str) -> None:
        self.control.write(text)

    @property
    def dirty(self) -> bool:
        """Whether it is other than what it began with."""
        return self.text != self._start

    def settle(self) -> None:
        """Take what is typed for what it begins with: it is saved."""
        self._start = self.text

    def value(self) -> Any:
        """What is typed as a value. Raises InvalidError, see `domain.records.parse`."""
        return parse(self.known, self.text)

    def show_error(self, text: str) -> None:
        """Show what is wrong, or nothing."""
        if text != self._error:
            self._error = text
            self.set_class(bool(text), "-wrong")
            self.query_one(".error", Said).retranslate()

    def take(self, code: str) -> None:
        """Take a chosen code: added where several fit, else instead."""
        if self.known.kind is FieldKind.REFERENCES:
            parts = [part.strip() for part in self.text.split(";") if part.strip()]
            code = "; ".join([*parts, code] if code not in parts else parts)
        self.text = code
        if isinstance(self.control.widget, Entry):
            self.control.widget.cursor_position = len(code)

    def suggest(self, codes: Sequence[str]) -> None:
        """Complete what is typed from these."""
        if isinstance(self.control.widget, Entry):
            self.control.widget.suggester = SuggestFromList(codes, case_sensitive=False)

    def offer(self, codes: Collection[str]) -> None:
        """Offer no more of the choices than these."""
        self._offered = codes
        self.retranslate()

    def retranslate(self) -> None:
        """Label, help and vocabulary in the language in force; what is typed stays."""
        widget = self.control.widget
        if isinstance(widget, Entry) and self.known.help:
            widget.placeholder = _(self.known.help)
        if isinstance(widget, Choice) and self.known.choices is not None:
            kept, offered = widget.value, self._offered
            choices = [each for each in self.known.choices if offered is None or each.value in offered]
            with widget.prevent(Choice.Changed):
                widget.set_options(_options(choices))
                widget.value = kept
