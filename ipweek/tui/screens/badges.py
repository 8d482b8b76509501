"""Badges of the event in hand, as a PDF or on a printer."""

from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.badges import STANDARD
from ipweek.domain.preflight import Preflight
from ipweek.domain.print_runs import RunOrder
from ipweek.domain.records import Field, FieldKind
from ipweek.i18n import N_, _, language
from ipweek.tui.background import start
from ipweek.tui.printing import Order
from ipweek.tui.screens.badge_checks import Findings, PreviewScreen, may_print
from ipweek.tui.screens.badge_layouts import choose_layout
from ipweek.tui.screens.badge_pictures import write_pictures
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.into_files import may_write
from ipweek.tui.screens.name_lists import write_list, write_table_cards
from ipweek.tui.widgets.form import Form
from ipweek.tui.widgets.said import Said

FIELDS = (
    Field("out", N_("File"), required=True, help=N_(".pdf; .zpl: labels; no ending: a folder of PNG")),
    Field("only_new", N_("New ones only"), FieldKind.FLAG),
    Field("sort", N_("Order"), FieldKind.CHOICE, choices=RunOrder),
    Field(
        "blank",
        N_("Blank badges"),
        FieldKind.INTEGER,
        help=N_("for walk-ins; then nobody else's are printed"),
    ),
    Field("layout", N_("Sheet"), help=N_("the name of a template, or its file")),
    Field("start_at", N_("First label"), FieldKind.INTEGER, help=N_("1 is the first on the sheet")),
    Field("allow_missing", N_("Print without missing characters"), FieldKind.FLAG),
)


class BadgesScreen(BaseScreen):
    """Where to, which ones, on what sheet."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "save", N_("Make the file"), id="save", priority=True),
        Binding("f12", "print_badges", N_("Print"), id="print-badges"),
        Binding("f6", "preview", N_("Preview"), id="badges-preview"),
        Binding("f7", "check", N_("Check"), id="badges-check"),
        Binding("f4", "layout", N_("Sheet"), id="badges-layout"),
        Binding("f3", "printer", N_("Printer"), id="printer"),
        Binding("f5", "queue", N_("Print queue"), id="queue"),
        Binding("f9", "pictures", N_("Codes for chat"), id="pictures"),
        Binding("ctrl+l", "names", N_("List of names"), id="badges-names"),
        Binding("ctrl+t", "table_cards", N_("Table cards"), id="badges-table-cards"),
    ]

    def __init__(self) -> None:
        super().__init__(classes="badges")
        self._busy = False

    def body(self) -> ComposeResult:
        """The fields."""
        code = self.desk.event.code if self.desk.event else "event"
        values = {
            "out": f"badges-{code}.pdf",
            "only_new": False,
            "sort": RunOrder.PINYIN.value,
            "layout": STANDARD,
            "start_at": 1,
        }
        yield Form(FIELDS, values | {"allow_missing": False})
        yield Said(
            lambda: f"{_('Each copy is noted in the print log.')} {self.desk.printing.where()}",
            classes="note",
        )

    def on_mount(self) -> None:
        """Begin with the file."""
        self.query_one(Form).focus_first()

    def title_texts(self) -> tuple[str, str]:
        """Whose badges."""
        return _("Badges"), self.desk.event.name(language()) if self.desk.event else ""

    @work(group="save", exclusive=True)
    async def action_save(self) -> None:
        """Draw the badges; a file that is there is replaced only when asked to."""
        values = self.query_one(Form).values()
        if values is None or self._busy:
            return
        path = Path(values["out"]).expanduser()  # noqa: ASYNC240 - looks at the environment only
        if not await may_write(self, path):
            return
        found = await self._checked(values["layout"] or STANDARD, only_new=values["only_new"])
        if found is None or not await may_print(self, found, allow_missing=values["allow_missing"]):
            return
        self._busy = True
        self.desk.tell(_("Drawing the badges …"))
        start(self.app, partial(self._draw, path, values))

    def action_printer(self) -> None:
        """Choose the printer and the sheet."""
        self.desk.printing.choose()

    @work(group="layout", exclusive=True)
    async def action_layout(self) -> None:
        """Choose the sheet among the templates."""
        await choose_layout(self)

    def action_preview(self) -> None:
        """Show the badges one after the other."""
        boxes = self.query_one(Form).boxes
        if self.desk.event is not None:
            layout = boxes["layout"].text.strip() or STANDARD
            screen = PreviewScreen(self.desk.event.code, layout, only_new=boxes["only_new"].value())
            self.app.push_screen(screen)

    @work(group="check", exclusive=True)
    async def action_check(self) -> None:
        """Look the badges over, and show what was found."""
        boxes = self.query_one(Form).boxes
        found = await self._checked(
            boxes["layout"].text.strip() or STANDARD, only_new=boxes["only_new"].value()
        )
        if found is not None and found.findings:
            await self.app.push_screen_wait(Findings(found, may_go_on=False))
        elif found is not None:
            told = _("Nothing stands in the way: {badges} badges, {codes} codes read back")
            self.desk.tell(told.format(badges=found.badges, codes=found.codes_read), "good")

    async def _checked(self, layout: str, *, only_new: bool) -> Preflight | None:
        """The preflight of what the form says; a refusal is told."""
        assert self.desk.event is not None
        self.desk.tell(_("Checking the badges …"))
        with self.telling():
            jobs = self.services.badge_jobs
            found: Preflight = await self.bridge.call(
                jobs.preflight, self.desk.event.code, (), only_new=only_new, layout=layout
            )
            if found.findings:
                told = _("The check found: {count}").format(count=len(found.findings))
                self.desk.tell(told, "bad" if found.stopping else "warn")
            return found
        return None

    @work(group="print", exclusive=True)
    async def action_print_badges(self) -> None:
        """Print them on the printer's own sheet, after a look at what the check found."""
        values = self.query_one(Form).values()
        if values is None or self.desk.event is None:
            return
        allow = values["allow_missing"]
        order = Order(self.desk.event.code, allow_missing=allow, **_chosen(values))
        if order.blank:
            self.desk.printing.take(order)
            return
        found = await self._checked(self.desk.printing.layout or STANDARD, only_new=values["only_new"])
        if found is not None and await may_print(self, found, allow_missing=allow):
            self.desk.printing.take(order)

    def action_queue(self) -> None:
        """Show what is on its way to the printer."""
        self.desk.go("prints")

    @work(group="export", exclusive=True)
    async def action_pictures(self) -> None:
        """Write the codes as pictures, one ZIP an enterprise."""
        if self.desk.event is not None:
            await write_pictures(self, self.desk.event.code)

    @work(group="export", exclusive=True)
    async def action_names(self) -> None:
        """Write the list of names by rank."""
        if self.desk.event is not None:
            await write_list(self, self.desk.event.code)

    @work(group="export", exclusive=True)
    async def action_table_cards(self) -> None:
        """Draw the cards for the tables."""
        if self.desk.event is not None:
            await write_table_cards(self, self.desk.event.code)

    async def _draw(self, path: Path, values: dict[str, Any]) -> None:
        assert self.desk.event is not None
        services = self.services
        try:
            with self.telling():
                jobs, chosen = services.run_jobs, _chosen(values)
                chosen["layout"] = values["layout"] or STANDARD
                begun = await self.bridge.write(
                    partial(jobs.begin, services.actor, self.desk.event.code, **chosen)
                )
                run = await self.bridge.write(
                    jobs.write, services.actor, begun, path, allow_missing=values["allow_missing"]
                )
                told = _("{badges} badges on {pages} pages: {path}")
                self.desk.tell(
                    told.format(badges=run.badges, pages=run.pages, path=run.path.absolute()), "good"
                )
        finally:
            self._busy = False


def _chosen(values: dict[str, Any]) -> dict[str, Any]:
    """What the form asks for; blanks are printed by themselves."""
    return {
        "only_new": values["only_new"] and not values["blank"],
        "sort": values["sort"],
        "blank": values["blank"] or 0,
        "start_at": values["start_at"] or 1,
    }
