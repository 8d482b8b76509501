"""The report into a file: its format, its language, what of it, where to."""

from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Select

from ipweek.domain.errors import IpweekError
from ipweek.domain.exports import ReportForm, Tongue
from ipweek.domain.records import Field, FieldKind
from ipweek.i18n import N_, _, again, speaking
from ipweek.jobs.reports import TERMINAL, WRITERS, Report, ReportJobs, ReportOrder, ReportRun
from ipweek.render.errors import sentence
from ipweek.tui.background import start
from ipweek.tui.report_choices import changed, file_name
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.dialogs import Ask
from ipweek.tui.screens.into_files import may_write
from ipweek.tui.screens.opening import Written, open_written
from ipweek.tui.screens.vouching import shown_whole
from ipweek.tui.widgets.entry import Flag
from ipweek.tui.widgets.form import Form
from ipweek.tui.widgets.said import Said

_FORM = Field("form", N_("Format"), FieldKind.CHOICE, required=True, choices=ReportForm)
_PATH = Field("path", N_("File"), required=True)
_TONGUE = Field("tongue", N_("Language"), FieldKind.CHOICE, required=True, choices=Tongue)
_BRIEF = Field("brief", N_("Brief of one page"), FieldKind.FLAG)
_PUBLIC = Field("public", N_("For the public"), FieldKind.FLAG)
_APPENDICES = Field("appendices", N_("Appendices: the lists"), FieldKind.FLAG)
_UNMASK = Field("unmask", N_("Whole names in the lists"), FieldKind.FLAG)
_OPEN = Field("open", N_("Open it when written"), FieldKind.FLAG)
FIELDS = (_FORM, _PATH, _TONGUE, _BRIEF, _PUBLIC, _APPENDICES, _UNMASK, _OPEN)
COMPARED = (_FORM, _PATH, _TONGUE, _PUBLIC, _OPEN)
"""A week against another has neither brief nor lists."""
_FLAGS = ("brief", "public", "appendices", "unmask")
_BEST = (ReportForm.DOCX, ReportForm.PDF, ReportForm.MD)
_ENDINGS = {TERMINAL: "txt"}


class ReportExportScreen(BaseScreen):
    """Ctrl+S writes; a file that is there is replaced, and whole names are written, only when asked to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "save", N_("Write the file"), id="save", priority=True),
        Binding("ctrl+o", "open_file", N_("Open the file"), id="open-file", priority=True),
    ]

    def __init__(self, order: ReportOrder, read: Report | None, tongue: str, written: Written) -> None:
        super().__init__(classes="exporting")
        self._order, self._read, self._tongue, self._written = order, read, Tongue(tongue), written
        self._suggested = ""
        self._busy = False
        self._told: str = ""
        """How far the writing is, or what came of it: the status has no room for long paths."""

    def body(self) -> ComposeResult:
        """The fields, and what they come to."""
        form = next(form for form in _BEST if form in WRITERS)
        self._suggested = file_name(self._order, self._tongue, _ending(form))
        values: dict[str, Any] = {name: getattr(self._order, name) for name in _FLAGS}
        values |= {"form": form, "path": self._suggested, "tongue": self._tongue, "open": False}
        yield Form(COMPARED if self._order.against else FIELDS, values)
        yield Said(self._about, classes="note")

    def on_mount(self) -> None:
        """Begin with the format; choices that do not fit together are never chosen both."""
        self.form.boxes["form"].offer(WRITERS)
        for name in self._flags:
            self.watch(self._flag(name), "value", partial(self._chosen, name), init=False)
        self.form.focus_first()

    @property
    def form(self) -> Form:
        """What is wanted."""
        return self.query_one(Form)

    def title_texts(self) -> tuple[str, str]:
        """Which report."""
        return _("Export of the report"), " · ".join(filter(None, (self._order.code, self._order.against)))

    def _flag(self, name: str) -> Flag:
        flag = self.form.boxes[name].control.widget
        assert isinstance(flag, Flag)
        return flag

    def _about(self) -> str:
        """How far it is or what came of it, else what to mind."""
        if self._told:
            return again(self._told)
        told = []
        if self._order.public:
            told.append(_("Counts below 5, and what they could be computed from, are withheld."))
        if self._order.unmask:
            told.append(_("Whole names are noted in the audit."))
        elif self._order.appendices:
            told.append(_("Names and phones in the lists are masked."))
        told.append(_("Space changes an answer; Ctrl+S writes the file."))
        return "\n".join(told)

    def _chosen(self, name: str) -> None:
        """What cannot be with a choice gives way to it."""
        order = changed(self._order, name, self._flag(name).value)
        if order != self._order:
            self._order, self._told = order, ""
            for other in self._flags:
                self._flag(other).value = getattr(order, other)
            self._rename()

    @property
    def _flags(self) -> list[str]:
        return [name for name in _FLAGS if name in self.form.boxes]

    @on(Select.Changed)
    def _formed(self) -> None:
        self._told = ""
        self._rename()

    def _rename(self) -> None:
        """A name that nobody has typed follows what is chosen; of one that somebody has, the ending."""
        box, known = self.form.boxes["path"], self.form.readable()
        ending = _ending(known.get("form") or ReportForm.MD)
        name = file_name(self._order, known.get("tongue") or self._tongue, ending)
        if box.text == self._suggested:
            box.text = name
        elif Path(box.text).suffix.lower().removeprefix(".") in map(_ending, WRITERS):
            box.text = str(Path(box.text).with_suffix(f".{ending}"))
        self._suggested = name
        self._say()

    def _say(self) -> None:
        self.query_one(".note", Said).retranslate()

    @work(group="save", exclusive=True)
    async def action_save(self) -> None:
        """Write the file that is named, behind the screen."""
        values, order = self.form.values(), self._order
        if values is None or self._busy:
            return
        path = self._path(values)
        if path is not None and await self._may_unmask(order, path) and await may_write(self, path):
            start(self.app, partial(self._write, order, values, path))

    def _path(self, values: dict[str, Any]) -> Path | None:
        """The file, its ending added where it has none; None where it is another format's."""
        path, ending = Path(values["path"]).expanduser().absolute(), f".{_ending(values['form'])}"
        if path.suffix.lower() == ending:
            return path
        if not path.suffix:
            return path.with_name(path.name + ending)
        box = self.form.boxes["path"]
        box.show_error(_("The ending must be one of {endings}").format(endings=ending))
        box.control.widget.focus()
        return None

    async def _may_unmask(self, order: ReportOrder, path: Path) -> bool:
        if not order.unmask:
            return True
        question = _("{path} will hold the whole names of people, and the audit notes it. Write it?")
        ask = Ask(question.format(path=path), yes=_("Write it"), no=_("Do not write"))
        return await self.app.push_screen_wait(ask) and await shown_whole(self)

    async def _write(self, order: ReportOrder, values: dict[str, Any], path: Path) -> None:
        jobs, actor, report = self.services.report_jobs, self.services.actor, self._read
        self._busy = True
        try:
            with self.telling():
                if report is None or order != report.order:  # else it is what is on the screen before
                    self._tell(_("Reading the figures …"))
                    report = await self.bridge.write(jobs.read, actor, order, values["form"])
                self._tell(_("Writing {path} …").format(path=path))
                run = await self.bridge.write(_written, jobs, report, values["form"], values["tongue"], path)
                self._written.path = run.path
                self._tell(*_outcome(run))
                if values["open"]:
                    await open_written(self, self._written)
        finally:
            self._busy = False

    def _tell(self, told: str, tone: str = "plain") -> None:
        """Say how far it is, here and on whatever screen is in front."""
        self._told = told
        self.desk.tell(told, tone)
        if self.is_attached:
            self._say()

    def refused(self, error: IpweekError) -> None:
        """Why nothing was written."""
        self._tell(sentence(error), "bad")

    async def action_open_file(self) -> None:
        """Open what was written last."""
        await open_written(self, self._written)


def _written(jobs: ReportJobs, report: Report, form: str, tongue: str, path: Path) -> ReportRun:
    """Runs in a thread."""
    with speaking(tongue):
        return jobs.write(report, form, path)


def _outcome(run: ReportRun) -> tuple[str, str]:
    if not run.missing:
        return _("Written: {path}").format(path=run.path), "good"
    told = _("Written: {path}. No font has these characters: {characters}")
    return told.format(path=run.path, characters=run.missing), "warn"


def _ending(form: str) -> str:
    return _ENDINGS.get(form, form)
