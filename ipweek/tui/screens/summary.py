"""The report of the event in hand or of its week: read it, choose what of it and in which language, go on to a file."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from ipweek.domain.actor import Actor
from ipweek.domain.errors import IpweekError
from ipweek.domain.exports import Tongue
from ipweek.domain.kinds import KINDS
from ipweek.domain.report_lists import begun
from ipweek.i18n import LANGUAGES, N_, _, language, speaking
from ipweek.jobs.reports import EVENT, WEEK, Report, ReportJobs, ReportOrder
from ipweek.render import words
from ipweek.render.summary_lines import MOST_ROWS, Paper, Part, paper
from ipweek.tui.reading import Reading
from ipweek.tui.report_choices import changed
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.dialogs import Choose
from ipweek.tui.screens.opening import Written, open_written
from ipweek.tui.screens.records import columns_of, search_key
from ipweek.tui.screens.summary_export import ReportExportScreen
from ipweek.tui.widgets.chrome import shown_key
from ipweek.tui.widgets.rows import Column
from ipweek.tui.widgets.said import Said
from ipweek.tui.widgets.sheet import Sheet
from ipweek.tui.widgets.text import crop

if TYPE_CHECKING:
    from ipweek.domain.records import Record

_GAP = "  "


class SummaryScreen(BaseScreen):
    """The keys of what can be chosen stand with the choices, in a line over the report."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "export", N_("Export"), id="export"),
        Binding("f3", "contents", N_("Contents"), id="contents"),
        Binding("f2", "texts", N_("Report texts"), id="texts"),
        Binding("enter", "figures", N_("Figures"), id="figures"),
        Binding("f4", "scope", N_("Event or week"), id="scope", show=False),
        Binding("tab", "part(1)", N_("Next part"), id="part-next", priority=True),
        Binding("shift+tab", "part(-1)", N_("Part before"), id="part-before", show=False, priority=True),
        Binding("f5", "choose('brief')", N_("Whole or brief"), id="brief", show=False),
        Binding("f6", "choose('public')", N_("Public or not"), id="public", show=False),
        Binding("f7", "choose('appendices')", N_("Appendices or not"), id="appendices", show=False),
        Binding("ctrl+l", "tongue", N_("Report language"), id="tongue", show=False),
        Binding("ctrl+w", "against", N_("Against a week"), id="against", show=False),
        Binding("ctrl+o", "open_file", N_("Open the file"), id="open-file", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(classes="summary")
        self._order = ReportOrder(EVENT, "")
        self._tongue: str | None = None
        """The report's own language; None while it follows the screen's."""
        self._against: Record | None = None
        self._report: Report | None = None
        self._laid: ReportOrder | None = None
        self._reading = Reading(self, self._load)
        self._laying = Reading(self, self._lay)
        self.written = Written()

    def body(self) -> ComposeResult:
        """What is chosen, and the report in a view that scrolls."""
        yield Said(self._choices, id="choices")
        yield Sheet(self._instead)

    def on_mount(self) -> None:
        """Scroll with the arrow keys at once."""
        self.sheet.focus()

    @property
    def sheet(self) -> Sheet:
        """The report."""
        return self.query_one(Sheet)

    @property
    def tongue(self) -> str:
        """In which language the report is."""
        return self._tongue or language()

    @property
    def order(self) -> ReportOrder:
        """What is wanted, of the event in hand or its week."""
        week, event = self.desk.week, self.desk.event
        is_week = event is None or self._order.kind == WEEK
        place = week if is_week else event
        return replace(self._order, kind=WEEK if is_week else EVENT, code=place.code if place else "")

    @property
    def subject(self) -> tuple[str, str] | None:
        """Kind and code of what is summed up."""
        order = self.order
        return (order.kind, order.code) if order.code else None

    def title_texts(self) -> tuple[str, str]:
        """What is summed up, or that it is being read."""
        if self._reading.busy:
            return _("Summary"), _("Reading the figures …")
        record = self.desk.week if self.order.kind == WEEK else self.desk.event
        return _("Summary"), record.name(language()) if record else ""

    def _instead(self) -> str:
        return _("Reading the figures …") if self._reading.busy else ""

    # What is chosen

    def _choices(self) -> Content:
        """Each choice behind its key."""
        order = self.order
        told = [("f4", _("week") if order.kind == WEEK else _("event"))]
        if order.against is None:
            told += [
                ("f5", _("brief") if order.brief else _("whole")),
                ("f6", _("public") if order.public else _("internal")),
                ("f7", _("with lists") if order.appendices else _("no lists")),
                ("ctrl+l", words.word(Tongue(self.tongue))),
            ]
            told += [("ctrl+w", _("one week"))] if order.kind == WEEK else []
        else:
            other = self._against.name(language()) if self._against else order.against
            told += [
                ("f6", _("public") if order.public else _("internal")),
                ("ctrl+l", words.word(Tongue(self.tongue))),
                ("ctrl+w", _("against {week}").format(week=crop(other, 24))),
            ]
        cells = [Content.assemble((shown_key(key), "$accent bold"), " ", Content(text)) for key, text in told]
        return Content(_GAP).join(cells)

    def action_choose(self, name: str) -> None:
        """Have one of the choices the other way round."""
        self._want(changed(self.order, name, not getattr(self.order, name)))

    def action_scope(self) -> None:
        """Change between the event and its week."""
        if self.desk.event is not None:
            kind = EVENT if self.order.kind == WEEK else WEEK
            self._want(replace(self.order, kind=kind, against=None))

    def action_texts(self) -> None:
        """Write what the report has beside its figures."""
        place = self.desk.week if self.order.kind == WEEK else self.desk.event
        self.desk.go("report-notes", place=place)

    def action_figures(self) -> None:
        """Go to the figures one by one, each with what is behind it."""
        self.desk.go("figures", whole_week=self.order.kind == WEEK)

    def action_tongue(self) -> None:
        """Have the report in the other language; the screen keeps its own."""
        self._tongue = next(each for each in LANGUAGES if each != self.tongue)
        self._say()
        self._laying.ask()

    @work(group="choose", exclusive=True)
    async def action_against(self) -> None:
        """Hold the week against another one, or no longer."""
        if self.order.against is not None:
            self._want(changed(self.order, "against", None))
            return
        with self.telling():
            weeks = await self.bridge.call(self.services.records.list, "week")
            others = [week for week in weeks if self.desk.week is None or week.id != self.desk.week.id]
            if not others:
                self.desk.tell(_("There is no other week to hold this one against"), "warn")
                return
            chooser = Choose(_("Against which week?"), others, columns_of(KINDS["week"]), search_key)
            chosen = await self.app.push_screen_wait(chooser)
            if chosen is not None:
                self._against = chosen
                self._want(replace(changed(self.order, "against", chosen.code), kind=WEEK))

    def _want(self, order: ReportOrder) -> None:
        self._order = order
        self.reload()
        self._say()

    def _say(self) -> None:
        self.query_one("#choices", Said).retranslate()
        self.retitle()

    # Reading and laying out, both behind the screen

    def reload(self) -> None:
        """Read the figures anew."""
        if self.subject is not None:
            self._reading.ask()

    async def _load(self) -> None:
        self._say()
        order = self.order
        if order.against == order.code:  # the event in hand may be another week's now
            order = replace(order, against=None)
        try:
            jobs, actor = self.services.report_jobs, self.services.actor
            report = await self.bridge.call(_read, jobs, actor, order)
        except IpweekError as error:
            self.refused(error)
            report = None
        if self._reading.stale:
            return
        if report is not None:
            self._report = report
            self._laying.ask()
        if self._report is not None:
            self._order = self._report.order  # what is said is what is shown
        self.call_later(self._say)

    async def _lay(self) -> None:
        report, tongue, width = self._report, self.tongue, self.sheet.room
        if report is None:
            return
        with self.telling():
            laid = await self.bridge.call(_laid_out, report, tongue, width)
            if not self._laying.stale:
                before, self._laid = self._laid, report.order
                self.sheet.show(laid, from_top=before is None or _moves(before, report.order))

    @on(Sheet.Widened)
    def _widened(self) -> None:
        self._laying.ask()

    def retranslate(self) -> None:
        """Say everything in the language in force; a report that has a language of its own keeps it."""
        super().retranslate()
        self._laying.ask()

    # Going on

    def action_part(self, by: int) -> None:
        """Go to the next part."""
        self.sheet.step(by)

    @work(group="choose", exclusive=True)
    async def action_contents(self) -> None:
        """Go to a part out of a list of all."""
        parts = self.sheet.paper.parts
        if not parts:
            return
        columns = (Column[Part](N_("Part"), lambda part: "  " * (part.depth - 1) + part.title),)
        chooser = Choose(
            _("Go to which part?"), parts, columns, lambda part: part.title, cursor=self.sheet.part or 0
        )
        chosen = await self.app.push_screen_wait(chooser)
        if chosen is not None:
            self.sheet.go_to(parts.index(chosen))

    def action_export(self) -> None:
        """Write it into a file: the figures on screen, or where these are not all, the same anew."""
        if self.subject is not None:
            read = self._report
            whole = read is not None and read.order == self.order and read.lists is None
            self.app.push_screen(
                ReportExportScreen(self.order, read if whole else None, self.tongue, self.written)
            )

    @work(group="open", exclusive=True)
    async def action_open_file(self) -> None:
        """Open what was written last; where nothing was, write it first."""
        if self.written.path is None:
            self.action_export()
        else:
            await open_written(self, self.written)


def _laid_out(report: Report, tongue: str, width: int) -> Paper:
    """Runs in a thread."""
    with speaking(tongue):
        return paper(report.document(), width)


def _read(jobs: ReportJobs, actor: Actor, order: ReportOrder) -> Report:
    """Runs in a thread. Of the lists no more is kept than is shown, and tells that they go on."""
    report = jobs.read(actor, order)
    return replace(report, lists=begun(report.lists, MOST_ROWS + 1)) if report.lists else report


def _moves(before: ReportOrder, after: ReportOrder) -> bool:
    """Whether it is another text, in which there is no place to keep."""
    return any(getattr(before, name) != getattr(after, name) for name in ("kind", "code", "against", "brief"))
