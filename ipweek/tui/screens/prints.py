"""The print queue: what is coming, what failed, runs of the event, what was sent, the printers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.errors import IpweekError
from ipweek.domain.print_runs import PrintRun
from ipweek.domain.printers import Printer, PrinterState
from ipweek.i18n import N_, _
from ipweek.render.badge_lists import progress
from ipweek.render.errors import sentence
from ipweek.render.words import word
from ipweek.tui.messages import Opened
from ipweek.tui.printing import Order
from ipweek.tui.screens.dialogs import Prompt
from ipweek.tui.screens.listing import ListScreen
from ipweek.tui.widgets.rows import Column, Rows

EVERY = 2.0
"""Seconds between one look at the printers and the next."""
_RUNS = 20
_WELL = (PrinterState.IDLE, PrinterState.PRINTING)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the queue: of an order, a run or a printer."""

    state: str
    what: str
    more: str
    tone: str = "plain"
    failed: Order | None = None
    run: PrintRun | None = None


class PrintsScreen(ListScreen[Entry]):
    """Enter tries again what failed and goes on with a run; F4 prints a run's pages again after a jam."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Try again, go on"), id="open"),
        Binding("f4", "from_page", N_("Pages again"), id="from-page"),
        Binding("delete", "forget", N_("Give up"), id="forget"),
        Binding("f3", "printer", N_("Printer"), id="printer"),
        Binding("f9", "log", N_("Print log"), id="print-log"),
    ]

    def __init__(self) -> None:
        super().__init__(classes="prints")
        self._runs: tuple[PrintRun, ...] = ()
        self._printers: tuple[Printer, ...] = ()
        self._trouble: IpweekError | None = None
        self._columns = (
            Column[Entry](N_("State"), lambda entry: (entry.state, entry.tone)),
            Column[Entry](N_("What"), lambda entry: entry.what),
            Column[Entry](N_("More"), lambda entry: (entry.more, "dim")),
        )

    def body(self) -> ComposeResult:
        """The lines."""
        yield Rows(self._columns)

    def on_mount(self) -> None:
        """Look again from time to time."""
        self.set_interval(EVERY, self.reload)

    def title_texts(self) -> tuple[str, str]:
        """How much is coming and how much failed."""
        queue = self.desk.printing
        counts = _("coming: {coming}, failed: {failed}")
        return _("Print queue"), counts.format(coming=len(queue.coming), failed=queue.failed)

    def retranslate(self) -> None:
        """The lines are words of the language, too."""
        super().retranslate()
        self._show()

    async def _load(self) -> None:
        with self.telling():
            event = self.desk.event
            if event is not None:
                runs = await self.bridge.call(self.services.badge_runs.list, event.code)
                self._runs = runs[:_RUNS]
            try:
                self._printers = await self.bridge.call(self.services.print_jobs.printers)
                self._trouble = None
            except IpweekError as error:  # a line of the list: the status is for what happened
                self._printers, self._trouble = (), error
            self._show()

    def _show(self) -> None:
        self.rows.show(tuple(self._entries()))
        self.retitle()

    def _entries(self) -> Iterator[Entry]:
        queue = self.desk.printing
        for place, order in enumerate(queue.coming):
            more = (queue.progress() or _("being printed")) if place == 0 else ""
            yield Entry(_("coming"), order.called(), more, "accent")
        for order, why in queue.refused:
            yield Entry(_("failed"), order.called(), why, "bad", failed=order)
        for run in self._runs:
            tone = "dim" if run.is_complete else "warn"
            yield Entry(
                progress(run), _("Print run {run}").format(run=run.ref), self._about(run), tone, run=run
            )
        for order, printer in queue.sent:
            yield Entry(_("sent"), order.called(), printer, "good")
        if self._trouble is not None:
            yield Entry(_("no printers"), "–", sentence(self._trouble), "bad")
        for each in self._printers:
            tone = "good" if each.state in _WELL else "bad"
            yield Entry(word(each.state), _("Printer {printer}").format(printer=each.name), each.reason, tone)

    def _about(self, run: PrintRun) -> str:
        zone = ZoneInfo(self.desk.week.values["zone"]) if self.desk.week else None
        told = _("{badges} badges on {pages} pages")
        counts = told.format(badges=run.badges, pages=run.pages)
        return " · ".join(
            filter(None, (f"{run.created_at.astimezone(zone):%m-%d %H:%M}", counts, run.target))
        )

    @on(Opened)
    def action_open(self) -> None:
        """Try again what failed; go on with a run that stands, or print pages of a complete one again."""
        entry = self.rows.chosen
        if entry is None:
            return
        if entry.failed is not None:
            self.desk.printing.retry_one(entry.failed)
        elif entry.run is not None and not entry.run.is_complete:
            self._take(entry.run, None)
        elif entry.run is not None:
            self.action_from_page()
        else:
            self.desk.tell(_("There is nothing to do on this line"), "warn")
        self._show()

    @work(group="choose", exclusive=True)
    async def action_from_page(self) -> None:
        """Ask from which page on, and print the run from there again."""
        run = self.rows.chosen.run if self.rows.chosen else None
        if run is None:
            self.desk.tell(_("The cursor stands on no print run"), "warn")
            return
        question = _("From which page on? The run {run} has {pages}; they count as copies because of a jam.")
        asked = question.format(run=run.ref, pages=run.pages)
        page = await self.app.push_screen_wait(Prompt(asked, str(max(run.done, 1))))
        if page is None:
            return
        if not (page.isascii() and page.isdecimal() and 1 <= int(page) <= run.pages):
            told = _("The run has no page {page}; give one of 1 to {pages}.")
            self.desk.tell(told.format(page=page, pages=run.pages), "bad")
            return
        self._take(run, int(page))

    def _take(self, run: PrintRun, page: int | None) -> None:
        self.desk.printing.take(Order(run.event, run=run.ref, from_page=page))

    def action_forget(self) -> None:
        """Give up what failed, on the line of the cursor."""
        entry = self.rows.chosen
        if entry is None or entry.failed is None:
            self.desk.tell(_("Only what failed can be given up"), "warn")
            return
        self.desk.printing.forget(entry.failed)
        self._show()

    def action_log(self) -> None:
        """Show every copy that was printed."""
        self.desk.go("print-log")

    def action_printer(self) -> None:
        """Choose the printer and the sheet."""
        self.desk.printing.choose()
