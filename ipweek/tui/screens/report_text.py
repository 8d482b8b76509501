"""One part of what the organizer writes for a report, in Chinese above and in English below."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from ipweek.adapters import text_files
from ipweek.domain.records import FieldKind, Record
from ipweek.domain.report_notes import NOTE_FIELDS, NotePart
from ipweek.i18n import N_, _, language
from ipweek.render import report_notes, words
from ipweek.tui.screens.dialogs import Prompt
from ipweek.tui.screens.saved_form import SavedForm
from ipweek.tui.widgets.file_list import as_path
from ipweek.tui.widgets.form import Form
from ipweek.tui.widgets.paths import Paths

_ENDINGS = (".txt", ".md")


class ReportTextScreen(SavedForm):
    """Line breaks part paragraphs; Tab goes from one language to the other."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "file", N_("From a file"), id="file"),
    ]
    changed_only = True

    def __init__(self, place: Record, part: NotePart, values: Mapping[str, Any]) -> None:
        super().__init__(classes="report-text")
        self._place, self._part, self._values = place, part, dict(values)

    def body(self) -> ComposeResult:
        """The wordings."""
        yield Form(NOTE_FIELDS[self._part], self._values)

    def title_texts(self) -> tuple[str, str]:
        """What is written of what, and how much of it is not saved."""
        title = f"{words.word(self._part)} · {self._place.name(language())}"
        if not self.form.dirty:
            return title, ""
        count = _("{n} characters").format(n=sum(len(box.text) for box in self.form.boxes.values()))
        return title, f"{count} · {_('not saved')}"

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """A file can be read into a text only."""
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A number and a name are typed."""
        if action == "file":
            here = self.form.here if self.query(Form) else None
            return here is not None and here.known.kind is FieldKind.LONG_TEXT
        return super().check_action(action, parameters)

    @work(group="choose", exclusive=True)
    async def action_file(self) -> None:
        """Put the text of a file in the place of what is typed; Ctrl+Z brings that back."""
        box = self.form.here
        question = _("From which text file? → completes the path.")
        name = await self.app.push_screen_wait(Prompt(question, "", suggester=Paths(_ENDINGS)))
        if box is None or not name:
            return
        with self.telling():
            text = await self.bridge.call(text_files.read, Path(as_path(name)))
            area = box.control.widget
            assert isinstance(area, TextArea)
            area.replace(text, area.document.start, area.document.end)
            area.focus()

    async def save(self, values: dict[str, Any]) -> None:
        """Save what was changed, unless somebody else changed it too."""
        services = self.services
        notes = await self.bridge.write(
            services.report_notes.write, services.actor, self._place.kind, self._place.code, values,
            seen=self._values,
        )  # fmt: skip
        self.form.settle()
        self.desk.tell(report_notes.written(notes, self._part), "good")
        self.go()
