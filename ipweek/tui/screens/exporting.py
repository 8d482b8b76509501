"""Rows into a file: of what, in which format, masked or whole, where."""

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Select

from ipweek.domain.exports import MASKED, ExportForm, ExportKind, Scope
from ipweek.domain.records import Field, FieldKind, Record
from ipweek.i18n import N_, _, language
from ipweek.jobs.exports import ExportOrder
from ipweek.tui.background import start
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.into_files import may_write
from ipweek.tui.screens.vouching import shown_whole
from ipweek.tui.widgets.form import Form
from ipweek.tui.widgets.said import Said

FIELDS = (
    Field("kind", N_("What to export"), FieldKind.CHOICE, required=True, choices=ExportKind),
    Field("form", N_("Format"), FieldKind.CHOICE, required=True, choices=ExportForm),
    Field("unmask", N_("Whole phones and addresses"), FieldKind.FLAG),
    Field("path", N_("File"), required=True),
)
_NEEDS_EVENT = (ExportKind.REGISTRATIONS, ExportKind.SCANS, ExportKind.FEEDBACK)
_ENDINGS = tuple(f".{form.value}" for form in ExportForm)


class ExportScreen(BaseScreen):
    """Ctrl+S writes; a file that is there is replaced only when asked to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "save", N_("Write the file"), id="save", priority=True),
    ]

    def __init__(self, kind: ExportKind | None = None, place: Record | None = None) -> None:
        super().__init__(classes="exporting")
        self._kind, self._place = kind, place
        self._suggested = ""
        self._busy = False

    def body(self) -> ComposeResult:
        """The fields, and what they come to."""
        kind = self._kind or (ExportKind.REGISTRATIONS if self.desk.event else ExportKind.ENTERPRISES)
        self._suggested = self._file_name(kind, ExportForm.XLSX)
        values = {"kind": kind, "form": ExportForm.XLSX, "unmask": False, "path": self._suggested}
        yield Form(FIELDS, values)
        yield Said(self._about, classes="note")

    def on_mount(self) -> None:
        """Begin with the first field."""
        self.query_one(Form).focus_first()

    def title_texts(self) -> tuple[str, str]:
        """Of which place the rows are."""
        return _("Export"), self._place_name()

    def _scope(self, kind: ExportKind) -> Record | None:
        """The event or week that is meant: the one this was opened from, else what is in hand."""
        if kind is ExportKind.ENTERPRISES:
            return None
        event = self._place if self._place and self._place.kind == "event" else self.desk.event
        if kind in _NEEDS_EVENT:
            return event
        return self._place or event or self.desk.week

    def _chosen(self) -> tuple[ExportKind, ExportForm]:
        known = self.query_one(Form).readable()
        return known.get("kind") or ExportKind.REGISTRATIONS, known.get("form") or ExportForm.XLSX

    def _file_name(self, kind: ExportKind, form: ExportForm) -> str:
        place = self._scope(kind)
        return f"{kind.value}-{place.code}.{form.value}" if place else f"{kind.value}.{form.value}"

    def _place_name(self) -> str:
        if not self.query(Form):
            return ""
        kind = self._chosen()[0]
        place = self._scope(kind)
        if place is None:
            return _("all") if kind is ExportKind.ENTERPRISES else _("no event chosen")
        return place.name(language())

    def _about(self) -> str:
        kind, form = self._chosen()
        told = []
        if kind in (ExportKind.REGISTRATIONS, ExportKind.ENTERPRISES, ExportKind.FEEDBACK):
            told.append(_("The import reads such a file again; masked values it refuses."))
        if kind in MASKED:
            told.append(_("Phones, addresses and codes are masked; whole ones are noted in the audit."))
        if form is ExportForm.ICS:
            told.append(_("A calendar is made of the programme only."))
        return "\n".join(told)

    @on(Select.Changed)
    def _changed(self) -> None:
        """A name that nobody has typed follows what is chosen."""
        box = self.query_one(Form).boxes["path"]
        kind, form = self._chosen()
        name = self._file_name(kind, form)
        if box.text == self._suggested:
            box.text = name
        elif Path(box.text).suffix.lower() in _ENDINGS:
            box.text = str(Path(box.text).with_suffix(f".{form.value}"))
        self._suggested = name
        self.query_one(".note", Said).retranslate()
        self.retitle()

    @work(group="save", exclusive=True)
    async def action_save(self) -> None:
        """Write the file that is named."""
        form = self.query_one(Form)
        values = form.values()
        if values is None or self._busy:
            return
        kind, place = values["kind"], self._scope(values["kind"])
        if place is None and kind is not ExportKind.ENTERPRISES:
            self.desk.tell(_("Choose an event first: Ctrl+E"), "warn")
            return
        path = Path(values["path"]).expanduser().absolute()  # noqa: ASYNC240 - looks at the environment only
        wanted = f".{values['form'].value}"
        if path.suffix.lower() != wanted:
            form.boxes["path"].show_error(_("The ending must be one of {endings}").format(endings=wanted))
            form.boxes["path"].control.widget.focus()
            return
        if values["form"] is ExportForm.ICS and kind is not ExportKind.SCHEDULE:
            self.desk.tell(_("A calendar is made of the programme only."), "bad")
            return
        if not await may_write(self, path):
            return
        order = ExportOrder(kind, _scope_of(place), values["form"].value, values["unmask"] or False)
        if order.unmask and not await shown_whole(self):
            return
        self._busy = True
        self.desk.tell(_("Writing {path} …").format(path=path))
        start(self.app, partial(self._write, order, path))

    async def _write(self, order: ExportOrder, path: Path) -> None:
        services = self.services
        try:
            with self.telling():
                rows = await self.bridge.write(services.export_jobs.write, services.actor, order, path)
                told = _("Written: {path}, rows: {n}")
                self.desk.tell(told.format(path=path, n=rows), "good")
        finally:
            self._busy = False


def _scope_of(place: Record | None) -> Scope:
    if place is None:
        return Scope()
    return Scope(event=place.code) if place.kind == "event" else Scope(week=place.code)
