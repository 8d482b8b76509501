"""Who heard a result, who had only registered, who missed it: one screen, from which the others are called."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from ipweek.domain.kinds import KINDS
from ipweek.domain.reach import FOLLOWED_UP, Reach, ReachRow
from ipweek.domain.words import ReachState, ResultStatus
from ipweek.i18n import N_, _, language
from ipweek.render import reach_rows
from ipweek.render import summary_figures as figures
from ipweek.tui.messages import Moved, Opened
from ipweek.tui.screens.dialogs import Ask, Choose
from ipweek.tui.screens.into_files import file_for
from ipweek.tui.screens.listing import ListScreen
from ipweek.tui.screens.receiving import received
from ipweek.tui.screens.records import columns_of, search_key
from ipweek.tui.screens.vouching import shown_whole
from ipweek.tui.widgets.rows import Column, Rows
from ipweek.tui.widgets.said import Said
from ipweek.tui.widgets.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipweek.domain.records import Record

_PARTS: tuple[tuple[ReachState | None, str], ...] = (
    (None, N_("All")),
    (ReachState.MISSED, N_("Missed")),
    (ReachState.REGISTERED_ONLY, N_("Registered only")),
    (ReachState.HEARD, N_("Heard")),
)


class ReachScreen(ListScreen[ReachRow]):
    """Tab goes from part to part; those who missed it stand first. Phones and e-mail addresses are masked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "part(1)", N_("Next part"), id="part-next", priority=True),
        Binding("shift+tab", "part(-1)", N_("Part before"), id="part-before", show=False, priority=True),
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("insert,ctrl+n", "receive", N_("Report received"), id="add"),
        Binding("f9", "export", N_("Follow-up list"), id="export"),
    ]

    def __init__(self, code: str | None = None) -> None:
        super().__init__(classes="reach")
        self.code = code
        self.part = 0
        self._reach: Reach | None = None
        self._columns = (
            Column[ReachRow](N_("State"), lambda row: (reach_rows.state(row), reach_rows.ROLES[row.state])),
            Column[ReachRow](N_("Enterprise"), lambda row: row.enterprise.name(language())),
            Column[ReachRow](N_("Delegates"), self._delegates),
            Column[ReachRow](N_("Contact"), lambda row: (reach_rows.contact(row.contact) or "–", "dim")),
            Column[ReachRow](
                N_("Reports"), lambda row: str(row.copies) if row.copies else ("–", "dim"), right=True
            ),
            Column[ReachRow](N_("District"), lambda row: (row.district or "–", "dim"), optional=True),
        )

    def body(self) -> ComposeResult:
        """The parts with their counts, the enterprises, and all about the one under the cursor."""
        yield Said(self._parts, id="parts")
        yield Rows(self._columns)
        yield Said(self._about, id="about")

    def on_mount(self) -> None:
        """Without a result, begin with the question which one."""
        if self.code is None:
            self._choose()

    def title_texts(self) -> tuple[str, str]:
        """The result; at the right how many heard it."""
        if self._reach is None:
            return _("Who heard it"), ""
        counts = self._reach.counts
        heard = _("heard by {rate}").format(rate=figures.rate(counts.rate)) if counts else _("not known")
        return self._reach.result.result.name(language()), heard

    async def _load(self) -> None:
        if self.code is None:
            return
        with self.telling():
            self._reach = await self.bridge.call(self.services.reports.reach, self.code)
            self._show()

    @work(group="choose", exclusive=True)
    async def _choose(self) -> None:
        """Ask which result is meant; only those that were released have been heard."""
        found: Sequence[Record] = ()
        with self.telling():
            found = await self.bridge.call(self.services.records.list, "result")
        released = [record for record in found if record.values["status"] is not ResultStatus.DRAFT]
        if not released:
            self.desk.tell(_("No result has been released yet"), "warn")
            self.dismiss(None)
            return
        chooser = Choose(_("Who heard which result?"), released, columns_of(KINDS["result"]), search_key)
        chosen = await self.app.push_screen_wait(chooser)
        if chosen is None:
            self.dismiss(None)
        else:
            self.code = chosen.code
            self.reload()

    def _show(self) -> None:
        """The enterprises of the part in hand; the cursor stays with the one that it is on."""
        assert self._reach is not None
        here = self.rows.chosen
        rows = self._reach.rows(self._states)
        codes = [row.enterprise.code for row in rows]
        kept = here is not None and here.enterprise.code in codes
        self.rows.show(rows, cursor=codes.index(here.enterprise.code) if here and kept else 0)
        self._say()

    def _say(self) -> None:
        for said in self.query(Said):
            said.retranslate()
        self.retitle()

    @property
    def _states(self) -> tuple[ReachState, ...]:
        state = _PARTS[self.part][0]
        return tuple(ReachState) if state is None else (state,)

    def _delegates(self, row: ReachRow) -> str | tuple[str, str]:
        assert self._reach is not None
        return reach_rows.delegates(row, self._reach.zone) or ("–", "dim")

    def _parts(self) -> Content:
        """Each part with its count, the one in hand marked; or why nothing is known."""
        reach = self._reach
        if reach is None:
            return Content("")
        counts = reach.counts
        if reach.place is None or counts is None:
            why = (
                _("No event or session has released this result.")
                if reach.place is None
                else _("No registrations are recorded there, so its reach is not known.")
            )
            return Content(visible(why))
        numbers = (counts.total, counts.missed, counts.registered_only, counts.heard)
        told = []
        for place, ((state, label), number) in enumerate(zip(_PARTS, numbers, strict=True)):
            sign = f"{reach_rows.SIGNS[state]} " if state else ""
            told.append(
                f"[{sign}{_(label)} {number}]" if place == self.part else f" {sign}{_(label)} {number} "
            )
        where = _("Released at {place}").format(place=reach.place.place.name(language()))
        return Content(visible(" ".join(told)) + "\n" + visible(where))

    def _about(self) -> str:
        """All that the columns have no room for."""
        row = self.rows.chosen
        if row is None or self._reach is None:
            return ""
        contact = row.contact
        called = [contact.name, contact.phone, contact.email] if contact else []
        told = [
            " · ".join(part for part in (row.enterprise.name(language()), row.district, row.note) if part),
            _labelled(_("Delegates"), reach_rows.delegates(row, self._reach.zone) or _("nobody registered")),
            _labelled(_("Contact"), " · ".join(part for part in called if part) or _("not known")),
        ]
        if row.receipts:
            told.append(_labelled(_("Reports received"), "; ".join(map(reach_rows.receipt, row.receipts))))
        return "\n".join(told)

    @on(Moved)
    def _moved(self) -> None:
        self.query_one("#about", Said).retranslate()

    def action_part(self, step: int) -> None:
        """Show the next part."""
        self.part = (self.part + step) % len(_PARTS)
        if self._reach is not None:
            self._show()

    @on(Opened)
    def action_open(self) -> None:
        """Open the enterprise."""
        row = self.rows.chosen
        if row is not None:
            self.desk.go("enterprise", code=row.enterprise.code)

    @work(group="add", exclusive=True)
    async def action_receive(self) -> None:
        """Note that the enterprise took a printed report, by whoever came first unless somebody else is typed."""
        row, reach = self.rows.chosen, self._reach
        if row is None or reach is None:
            return
        by = next((one.name for one in row.delegates if one.heard), None) or (
            row.contact and row.contact.name
        )
        enterprise = (row.enterprise.code, row.enterprise.name(language()))
        if await received(self, reach.result.result.code, enterprise, by or ""):
            self.reload()

    @work(group="export", exclusive=True)
    async def action_export(self) -> None:
        """Write the list of the part in hand, of all parts the one to follow up; whole numbers only if asked for."""
        reach = self._reach
        if reach is None or reach.counts is None:
            return
        code = reach.result.result.code
        question = _("The follow-up list into which file? Its ending says the format: {endings}").format(
            endings=".xlsx .csv"
        )
        path = await file_for(self, question, f"follow-up-{code}.xlsx")
        if path is None:
            return
        whole = _(
            "Phones and e-mail addresses masked, or whole to call them? Whole ones are noted in the audit."
        )
        unmask = await self.app.push_screen_wait(Ask(whole, yes=_("Whole"), no=_("Masked")))
        if unmask and not await shown_whole(self):
            return
        states = self._states if self.part else FOLLOWED_UP
        with self.telling():
            services = self.services
            run = await self.bridge.write(
                services.reach_jobs.write, services.actor, code, path, states, unmask=unmask
            )
            told = _("Written: {path}, enterprises: {n}")
            self.desk.tell(told.format(path=path.absolute(), n=run.count), "good")


def _labelled(label: str, text: str) -> str:
    return _("{label}: {text}").format(label=label, text=text)
