"""Badges on their way to a printer: one job after the other, behind whatever screen is in front."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ipweek.domain.badges import PrintLine
from ipweek.domain.errors import IpweekError
from ipweek.domain.print_runs import RunOrder
from ipweek.domain.printers import BadgesSent, JobState, Printer, SentPages
from ipweek.domain.registrations import Registered
from ipweek.domain.words import RegistrationStatus
from ipweek.i18n import N_, _
from ipweek.jobs.printing import To
from ipweek.render.errors import fill, sentence
from ipweek.render.words import word
from ipweek.tui.background import start
from ipweek.tui.memory import recall, remember
from ipweek.tui.screens.dialogs import Ask, Choose
from ipweek.tui.widgets.rows import Column
from ipweek.tui.widgets.said import Said

if TYPE_CHECKING:
    from ipweek.tui.desk import Desk

LOOKS = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds between one look at a job in the queue and the next."""
_BAR = 10
_FINAL = (
    "run-complete",
    "run-missing",
    "badges-none",
    "badge-printed",
    "layout-unknown",
    "badge-start-place",
)
"""Refusals that would come again."""
_SHORT = {
    "printer-stopped": N_("the printer is stopped ({why})"),
    "printer-refusing": N_("the printer takes no jobs ({why})"),
    "printer-missing": N_("there is no printer {printer}"),
    "print-service-down": N_("the print service does not answer"),
    "print-timeout": N_("no answer in {seconds} seconds"),
    "print-refused": N_("the printer did not take it: {detail}"),
}
"""Refusals as the status line has room for; the rest as their sentences."""


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """Badges to print: one person's, or those of an event; `after` is called once the printer has them.

    With `run` it is what is left of a print run, or its pages from `from_page` on.
    """

    event: str
    person: Registered | None = None
    only_new: bool = False
    sort: RunOrder | None = None
    blank: int = 0
    again: bool = False
    run: str | None = None
    from_page: int | None = None
    start_at: int = 1
    allow_missing: bool = False
    reason: str | None = None
    after: Callable[[], object] | None = None

    @property
    def refs(self) -> list[str]:
        """Whose badges: of all, where it is empty."""
        return [str(self.person.id)] if self.person else []

    def is_for_same(self, other: "Order") -> bool:
        """Whether both are for the same badges."""
        return self.what == other.what

    @property
    def what(self) -> tuple[object, ...]:
        """Which badges it is for."""
        return self.event, tuple(self.refs), self.only_new, self.blank, self.run

    def whose(self) -> str:
        """The person, else the run or the event."""
        if self.run is not None and self.person is None:
            return self.called()
        return self.person.name if self.person else self.event

    def called(self) -> str:
        """What people call it."""
        if self.run is not None and self.person is None:
            return _("Print run {run}").format(run=self.run)
        if self.blank:
            return _("{count} blank badges").format(count=self.blank)
        called = _("Badge of {name}") if self.person else _("Badges of {name}")
        return called.format(name=self.whose())


class PrintQueue:
    """Orders in the order they came; what failed stays until it is tried again or forgotten."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._one = asyncio.Lock()
        self._coming: list[Order] = []
        self._failed: list[tuple[Order, str]] = []
        self._sent: list[tuple[Order, str]] = []
        self._pages: tuple[int, int] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._looks: set[asyncio.Task[None]] = set()
        self._is_asking = False
        settings = desk.work.settings
        kept = recall(settings.home)
        self.printer: str | None = kept.get("printer") or settings.printer
        self.layout: str | None = kept.get("layout") or settings.layout

    @property
    def failed(self) -> int:
        """How many orders failed."""
        return len(self._failed)

    @property
    def coming(self) -> tuple[Order, ...]:
        """What is on its way; the first is being printed."""
        return tuple(self._coming)

    @property
    def refused(self) -> tuple[tuple[Order, str], ...]:
        """What failed, and why."""
        return tuple(self._failed)

    @property
    def sent(self) -> tuple[tuple[Order, str], ...]:
        """What a printer has taken since the application was opened, and which, the newest first."""
        return tuple(reversed(self._sent))

    def progress(self) -> str:
        """How many pages of the order in hand have left, as a bar and in figures."""
        if self._pages is None:
            return ""
        done, pages = self._pages
        bar = "█" * (_BAR * done // pages) + "░" * (_BAR - _BAR * done // pages)
        return f"{bar} {_('pages: {done} of {pages}').format(done=done, pages=pages)}"

    @property
    def tone(self) -> str:
        """How what stands in the status is coloured."""
        return "$accent bold" if self._pages is not None else "$error bold"

    def standing(self) -> str:
        """What stays in the status as long as something is printed page by page, or failed."""
        if self._pages is not None:
            return self.progress()
        if not self._failed:
            return ""
        return _("✗ {count} unprinted: Ctrl+R").format(count=self.failed)

    def where(self) -> str:
        """On what badges are printed."""
        if not (self.printer and self.layout):
            return _("F3 chooses the printer and its sheet.")
        return _("Printer: {printer}, {layout} (F3 chooses another).").format(
            printer=self.printer, layout=self.layout
        )

    def take(self, order: Order) -> None:
        """Take an order; where something is to be asked, ask first."""
        self._ask(partial(self._prepared, order))

    def choose(self) -> None:
        """Choose the printer and the sheet, and keep them for next time."""
        self._ask(self._choice)

    def retry(self) -> None:
        """Print what failed."""
        again, self._failed = self._failed, []
        for order, _why in again:
            self._put(order)
        self._desk.redraw_status()

    def retry_one(self, order: Order) -> None:
        """Print this one that failed."""
        self._failed = [each for each in self._failed if each[0] is not order]
        self._put(order)
        self._desk.redraw_status()

    def forget(self, order: Order | None = None) -> None:
        """Give up what failed, or this one of it."""
        self._failed = [each for each in self._failed if order is not None and each[0] is not order]
        self._desk.redraw_status()

    async def close(self) -> None:
        """Let what was ordered go to the printer; nobody waits for the paper."""
        for task in self._looks:
            task.cancel()
        await asyncio.gather(*self._tasks, *self._looks, return_exceptions=True)

    # Asking

    def _ask(self, asking: Callable[[], Coroutine[Any, Any, object]]) -> None:
        """Ask one thing at a time: a key pressed twice asks once."""
        if self._is_asking:
            return
        self._is_asking = True

        async def asked() -> None:
            try:
                await asking()
            except IpweekError as error:
                self._desk.tell(sentence(error), "bad")
            finally:
                self._is_asking = False

        start(self._desk, asked, group="choose")

    async def _prepared(self, order: Order) -> None:
        person = order.person
        if person is not None and person.status is not RegistrationStatus.REGISTERED:
            told = _("No badge to print: {name} holds no place at this event.")
            self._desk.tell(told.format(name=person.name), "warn")
            return
        if any(order.is_for_same(other) for other in self._coming):
            self._desk.tell(_("{what}: on its way to the printer").format(what=order.called()))
            return
        copies, zone = await self._desk.bridge.call(self._printed, order)
        asks = copies and order.reason is None  # whoever has said why is asked nothing
        if asks and not await self._desk.push_screen_wait(_question(order, copies, zone)):
            return
        if (self.printer and self.layout) or await self._choice():
            reason = order.reason or (_("printed again") if copies else None)
            self._put(replace(order, again=bool(copies), reason=reason))

    def _printed(self, order: Order) -> tuple[tuple[PrintLine, ...], ZoneInfo]:
        """Runs in a thread."""
        jobs = self._desk.work.print_jobs
        fresh = order.only_new or order.blank or order.run is not None
        copies = () if fresh else jobs.printed(order.event, order.refs)
        return copies, jobs.zone(order.event)

    async def _choice(self) -> bool:
        desk = self._desk
        printers = await desk.bridge.call(desk.work.print_jobs.printers)
        if not printers:
            raise IpweekError("printers-none")
        layouts = await desk.bridge.call(desk.work.layout_jobs.names)
        rows = sorted(
            product(printers, layouts),
            key=lambda row: (row[0].name != self.printer, not row[0].is_default, row[1] != self.layout),
        )
        columns = (
            Column[tuple[Printer, str]](N_("Printer"), lambda row: row[0].name),
            Column[tuple[Printer, str]](N_("Sheet"), lambda row: row[1]),
            Column[tuple[Printer, str]](
                N_("State"), lambda row: " · ".join(filter(None, (word(row[0].state), row[0].reason)))
            ),
        )
        chooser = Choose(
            _("Print badges where, on what?"), rows, columns, lambda row: f"{row[0].name} {row[1]}"
        )
        chosen = await desk.push_screen_wait(chooser)
        if chosen is None:
            return False
        self.printer, self.layout = chosen[0].name, chosen[1]
        kept = {"printer": self.printer, "layout": self.layout}
        await desk.bridge.call(remember, desk.work.settings.home, **kept)
        desk.tell(_("Badges are printed on {printer}, {layout}").format(**kept), "good")
        for said in desk.screen.query(Said):
            said.retranslate()
        return True

    # Printing

    def _put(self, order: Order) -> None:
        self._coming.append(order)
        self._desk.tell(_("{what}: on its way to the printer").format(what=order.called()))
        _start(self._print(order), self._tasks)

    async def _print(self, order: Order) -> None:
        async with self._one:
            try:
                sent = await self._sent_off(order)
            except IpweekError as error:
                why = fill(_SHORT[error.code], error.params) if error.code in _SHORT else sentence(error)
                run = error.params.get("run")
                left = replace(order, run=str(run), from_page=None) if run else order
                self._refuse(left, why, stays=error.code not in _FINAL)
                return
            finally:
                self._coming.remove(order)
                self._pages = None
        self._failed = [each for each in self._failed if not order.is_for_same(each[0])]
        self._sent.append((order, sent.job.printer))
        told = _("{what} sent to {printer}")
        self._desk.tell(told.format(what=order.called(), printer=sent.job.printer), "good")
        if order.after is not None:
            order.after()
        for part in sent.parts:
            _start(self._look(order, sent.run, part), self._looks)

    async def _sent_off(self, order: Order) -> BadgesSent:
        desk = self._desk
        jobs, actor = desk.work.print_jobs, desk.work.actor
        loop = asyncio.get_running_loop()

        def told(done: int, pages: int) -> None:
            loop.call_soon_threadsafe(partial(self._pages_left, done, pages))

        to = To(self.printer, None, order.allow_missing, told)
        if order.run is not None:
            return await desk.bridge.call(
                jobs.resume, actor, order.run, order.event, order.from_page, again=order.again, to=to
            )
        return await desk.bridge.call(
            jobs.send,
            actor,
            order.event,
            order.refs,
            again=order.again,
            to=to,
            only_new=order.only_new,
            sort=order.sort,
            blank=order.blank,
            layout=self.layout,
            start_at=order.start_at,
            reason=order.reason,
        )

    def _pages_left(self, done: int, pages: int) -> None:
        """Show how far the order in hand is; one of a single job has nothing to show on the way."""
        self._pages = (done, pages) if self._coming and done < pages else None
        self._desk.redraw_status()

    async def _look(self, order: Order, run: str, part: SentPages) -> None:
        """Follow a job for a while: one that the printer gives up, or leaves lying, is told."""
        for pause in LOOKS:
            await asyncio.sleep(pause)
            try:
                state = await self._desk.bridge.call(self._desk.work.print_jobs.state, part.job)
            except IpweekError:
                continue  # the next look may get an answer
            if state in (JobState.DONE, JobState.UNKNOWN):
                return
            if state is JobState.FAILED:
                why = _("given up at {printer}").format(printer=part.job.printer)
                self._refuse(replace(order, run=run, from_page=part.page, again=True), why, stays=True)
                return
        told = _("{what} still waits at {printer}: look at the printer")
        self._desk.tell(told.format(what=order.called(), printer=part.job.printer), "warn")

    def _refuse(self, order: Order, why: str, *, stays: bool) -> None:
        if stays:
            self._failed.append((order, why))
        self._desk.tell(_("Not printed: {name}, {why}").format(name=order.whose(), why=why), "bad")


def _start(work: Coroutine[Any, Any, None], tasks: set[asyncio.Task[None]]) -> None:
    task = asyncio.create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)


def _question(order: Order, copies: tuple[PrintLine, ...], zone: ZoneInfo) -> Ask:
    last = copies[0]
    if order.person is not None:
        asked = _("{name} has a badge, printed {moment} ({where}). Print another copy?")
    else:
        asked = _("Printed before: {count}. Print all of them again?")
    question = asked.format(
        name=last.name,
        moment=f"{last.printed_at.astimezone(zone):%m-%d %H:%M}",
        where=last.target,
        count=len(copies),
    )
    return Ask(question, yes=_("Print again"), no=_("Do not print"))
