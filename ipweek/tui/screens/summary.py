"""The summary of the event in hand or of its week, and its export."""

from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from ipweek.domain.reports import Summary
from ipweek.i18n import N_, _, language
from ipweek.jobs.files import written_whole
from ipweek.render.json_text import json_text
from ipweek.render.summary_json import json_of
from ipweek.render.summary_markdown import markdown
from ipweek.render.summary_terminal import terminal
from ipweek.tui.background import start
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.dialogs import Ask, Prompt

FORMATS = (".md", ".json")


class SummaryScreen(BaseScreen):
    """Every figure with where it comes from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "export", N_("Export"), id="export"),
        Binding("f4", "scope", N_("Event or week"), id="scope"),
        Binding("f2", "texts", N_("Report texts"), id="texts"),
    ]

    def __init__(self) -> None:
        super().__init__(classes="summary")
        self._whole_week = False
        self._summary: Summary | None = None

    def body(self) -> ComposeResult:
        """The rendered summary in a view that scrolls."""
        with VerticalScroll():
            yield Static(id="summary", markup=False)

    def on_mount(self) -> None:
        """Scroll with the arrow keys at once."""
        self._whole_week = self.desk.event is None
        self.query_one(VerticalScroll).focus()

    @property
    def subject(self) -> tuple[str, str] | None:
        """Kind and code of what is summed up."""
        record = self.desk.week if self._whole_week else self.desk.event
        return (record.kind, record.code) if record else None

    def title_texts(self) -> tuple[str, str]:
        """What is summed up."""
        record = self.desk.week if self._whole_week else self.desk.event
        return _("Summary"), record.name(language()) if record else ""

    def reload(self) -> None:
        """Sum up anew."""
        start(self, self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        if self.subject is None:
            return
        with self.telling():
            kind, code = self.subject
            reports = self.services.reports
            self._summary = await self.bridge.call(reports.week if kind == "week" else reports.event, code)
            self._draw()

    def _draw(self) -> None:
        if self._summary is not None:
            width = max(self.query_one(VerticalScroll).scrollable_content_region.width - 2, 40)
            self.query_one("#summary", Static).update(terminal(self._summary, width))
            self.retitle()

    def retranslate(self) -> None:
        """Render in the language in force."""
        super().retranslate()
        self._draw()

    def action_scope(self) -> None:
        """Change between the event and its week."""
        if self.desk.event is not None:
            self._whole_week = not self._whole_week
            self.reload()

    def action_texts(self) -> None:
        """Write what the report has beside its figures."""
        self.desk.go("report-notes", place=self.desk.week if self._whole_week else self.desk.event)

    @work(group="export", exclusive=True)
    async def action_export(self) -> None:
        """Write the summary into a file that the operator names; its ending says the format."""
        if self._summary is None or self.subject is None:
            return
        question = _("Export to which file? Its ending says the format: {endings}").format(
            endings=" ".join(FORMATS)
        )
        name = await self.app.push_screen_wait(Prompt(question, f"summary-{self.subject[1]}.md"))
        if not name:
            return
        path = Path(name).expanduser()  # noqa: ASYNC240 - looks at the environment only
        if path.suffix.lower() not in FORMATS:
            self.desk.tell(_("The ending must be one of {endings}").format(endings=" ".join(FORMATS)), "bad")
            return
        replace = _("{path} is there already. Replace it?").format(path=path)
        if path.exists() and not await self.app.push_screen_wait(
            Ask(replace, yes=_("Replace"), no=_("Keep"))
        ):
            return
        with self.telling():
            await self.bridge.write(write_summary, self._summary, path)
            self.desk.tell(_("Written: {path}").format(path=path.absolute()), "good")


def write_summary(summary: Summary, path: Path) -> None:
    """Write the summary as Markdown or JSON. Raises InvalidError `file-not-writable`."""
    as_json = path.suffix.lower() == ".json"
    text = json_text(json_of(summary)) + "\n" if as_json else markdown(summary)
    with written_whole(path) as file:
        file.write(text.encode())
