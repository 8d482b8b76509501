"""The attendee list of the event in hand."""

import asyncio
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from ipweek.domain.exports import ExportKind
from ipweek.domain.registrations import Order, PageKey, Registered, RegistrationPage
from ipweek.i18n import N_, _
from ipweek.tui.foresight import Foresight, with_typed
from ipweek.tui.messages import MoreWanted, Opened
from ipweek.tui.reading import Reading
from ipweek.tui.screens.listing import ListScreen
from ipweek.tui.screens.registration_rows import ENTERPRISE, NAME, PHONE, SEAT, STATUS, TITLE
from ipweek.tui.widgets.entry import Entry
from ipweek.tui.widgets.rows import Column, Rows

PAGE = 100
_QUIET = 0.15  # seconds
ORDERS = {
    Order.PINYIN: N_("by pinyin"),
    Order.ENTERPRISE: N_("by enterprise"),
    Order.RANK: N_("by rank"),
    Order.SEAT: N_("by seat"),
}
_NEXT = dict(zip(ORDERS, [*list(ORDERS)[1:], Order.PINYIN], strict=True))


class PeopleScreen(ListScreen[Registered]):
    """Everybody registered for the event, a window at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("slash", "search", N_("Search"), id="search"),
        Binding("f4", "order", N_("Order"), id="order"),
        Binding("f6", "enterprise", N_("Enterprise"), id="enterprise"),
        Binding("f2", "edit", N_("Edit"), id="edit"),
        Binding("insert,ctrl+n", "register", N_("Register"), id="register"),
        Binding("f9", "export", N_("Export"), id="export"),
        Binding("up", "move(-1)", show=False, id="match-up"),
        Binding("down", "move(1)", show=False, id="match-down"),
        Binding("pageup", "page(-1)", show=False, id="match-page-up"),
        Binding("pagedown", "page(1)", show=False, id="match-page-down"),
    ]

    def __init__(self) -> None:
        super().__init__(classes="people")
        self._order = Order.PINYIN
        self._total = 0
        self._exact = True
        self._shown: tuple[str, str, Order] | None = None
        self._keys: list[PageKey | None] = [None]
        self._names: Counter[str] = Counter()
        self._reading = Reading(self, self._load)
        self._counting = Reading(self, self._count)
        self._foresight = Foresight[RegistrationPage]()
        self._more_wanted = self._more_here = False

    def body(self) -> ComposeResult:
        """The line to search in over the rows."""
        yield Entry(
            id="search", placeholder=_("name, initials of the pinyin, enterprise, end of the phone number")
        )
        yield Rows(self._columns())

    def on_mount(self) -> None:
        """Say what there is where nobody is."""
        self.rows.empty = self._nobody

    def _nobody(self) -> str:
        """What an empty list says, once it is known to be empty."""
        if self._shown is None:
            return ""
        if self.search.value.strip():
            return _("Nobody matches; Ins goes to the registration desk, Esc shows all again")
        return _("Nobody is registered yet: Ins registers somebody, Ctrl+P brings a spreadsheet in")

    @property
    def search(self) -> Entry:
        """The line to search in."""
        return self.query_one("#search", Entry)

    @property
    def _asked(self) -> tuple[str, Order]:
        """What is to be shown: whatever matches, in which order."""
        return self.search.value, self._order

    @property
    def answered(self) -> bool:
        """Whether the rows are what is asked for."""
        return self._shown is not None and self._shown[1:] == self._asked

    @property
    def counted(self) -> bool:
        """Whether it is known how many match."""
        return self._exact

    def title_texts(self) -> tuple[str, str]:
        """The order, and the place in the list at the right."""
        title = f"{_('People')} · {_(ORDERS[self._order])}"
        if not self.rows.count:
            found = _("nobody found") if self.search.value.strip() else _("nobody yet")
            return title, "" if self._shown is None else found
        total = f"{self._total:,}" if self._exact else f"{self._total:,}+"
        return title, _("{n} of {total}").format(n=f"{self.rows.cursor + 1:,}", total=total)

    def _columns(self) -> tuple[Column[Registered], ...]:
        """A name that stands here more than once bears the title; by seat, the seat comes first."""
        name = replace(NAME, cell=self._called)
        if self._order is Order.SEAT:
            return (replace(SEAT, optional=False), name, ENTERPRISE, TITLE, PHONE, STATUS)
        return (name, ENTERPRISE, TITLE, PHONE, STATUS, SEAT)

    def _called(self, row: Registered) -> str:
        several = self._names[row.name] > 1 and row.title
        return f"{row.name} · {row.title}" if several and not self.rows.shows(TITLE) else row.name

    # Reading

    def reload(self) -> None:
        """Read what is on screen again, or what is asked for now."""
        self._reading.ask()

    async def _load(self) -> None:
        event = self.desk.event
        if event is None:
            return
        asked = (event.code, *self._asked)
        more, self._more_wanted = self._more_wanted, False
        with self.telling():
            if more and asked == self._shown:
                await self._grow(asked)
            else:
                await self._show(asked)

    async def _show(self, asked: tuple[str, str, Order]) -> None:
        """From the top where another question is asked; else the window around the cursor, which keeps its person."""
        again = asked == self._shown
        here = self.rows.cursor // PAGE if again else 0
        first, last = max(here - 1, 0), here + again
        keys, pages = self._keys[: first + 1], list[RegistrationPage]()
        while first + len(pages) <= last and len(keys) > first + len(pages):
            pages.append(await self._page(asked, keys[-1]))
            keys += [pages[-1].after] if pages[-1].after is not None else []
        if self._reading.stale:
            return
        chosen = self.rows.chosen if again else None
        kept = self.rows.rows[: first * PAGE]
        rows = (*kept, *(row for page in pages for row in page.rows))
        self._shown = asked
        if pages[0].exact or not again:
            self._total, self._exact = pages[0].total, pages[0].exact
        if not pages[0].exact:
            self._counting.ask()
        self._keys, self._more_here = keys, pages[-1].after is not None
        self._names = Counter(row.name for row in rows)
        self.rows.columns = self._columns()
        self.rows.show(rows, cursor=_place(rows, chosen, first * PAGE) if again else 0)
        self.retitle()

    async def _grow(self, asked: tuple[str, str, Order]) -> None:
        if not self._more_here:
            return
        page = await self._page(asked, self._keys[-1])
        if self._asked != asked[1:]:
            return
        self._more_here = page.after is not None
        if page.after is not None:
            self._keys.append(page.after)
        self._names.update(row.name for row in page.rows)
        self.rows.grow(page.rows)
        self.retitle()

    async def _page(self, asked: tuple[str, str, Order], after: PageKey | None) -> RegistrationPage:
        if after is None:
            return await self._foresight.answer(asked, partial(self._read, asked, None))
        return await self._read(asked, after)

    async def _read(self, asked: tuple[str, str, Order], after: PageKey | None) -> RegistrationPage:
        event, query, order = asked
        return await self.bridge.call(
            self.services.registrations.page, event, query, order=order, after=after, limit=PAGE, exact=False
        )

    def foresee(self, digit: str) -> None:
        """Search for what the digit makes of what is typed."""
        if self.desk.event is not None and self.focused in (self.search, self.rows):
            asked = (self.desk.event.code, with_typed(self.search, digit), self._order)
            self._foresight.begin(asked, partial(self._read, asked, None))

    async def _count(self) -> None:
        """How many match, once those in front are on screen and nobody types on."""
        await asyncio.sleep(_QUIET)
        if self._counting.stale or self._shown is None:
            return
        asked = self._shown
        with self.telling():
            total = await self.bridge.call(self.services.registrations.count, *asked[:2])
            if asked[:2] == self._shown[:2]:
                self._total, self._exact = total, True
                self.retitle()

    # Keys

    @on(MoreWanted)
    def _more(self) -> None:
        self._more_wanted = True
        self._reading.ask()

    @on(Input.Submitted, "#search")
    @on(Opened)
    def action_open(self) -> None:
        """Show one person."""
        if self.rows.chosen is not None:
            self.desk.go("registration", registration=self.rows.chosen)

    def action_edit(self) -> None:
        """Correct the one under the cursor."""
        if self.rows.chosen is not None:
            self.desk.go("correct", registration=self.rows.chosen)

    def action_enterprise(self) -> None:
        """Show the enterprise of the person under the cursor."""
        row = self.rows.chosen
        if row is None:
            return
        if row.enterprise_code is None:
            self.desk.tell(_("Comes for no enterprise: {name}").format(name=row.name), "warn")
        else:
            self.desk.go("enterprise", code=row.enterprise_code)

    def action_order(self) -> None:
        """Sort by the next of the orders."""
        self._order = _NEXT[self._order]
        self.retitle()
        self.reload()

    def action_register(self) -> None:
        """Go to the registration desk."""
        self.desk.go("register")

    def action_export(self) -> None:
        """Write the registrations into a file."""
        self.desk.go("export", kind=ExportKind.REGISTRATIONS)

    def action_move(self, step: int) -> None:
        """Move the cursor of the list while typing goes on."""
        self.rows.action_move(step)

    def action_page(self, step: int) -> None:
        """Move by a screenful."""
        self.rows.action_page(step)

    # Searching

    def action_search(self) -> None:
        """Type a part of a name."""
        self.add_class("-searching")
        self.search.focus()

    def on_key(self, event: events.Key) -> None:
        """What is typed in the list is searched for."""
        if self.focused is self.rows and event.is_printable and event.character and event.key != "slash":
            event.stop()
            self.action_search()
            self.search.insert_text_at_cursor(event.character)

    @on(Input.Changed, "#search")
    def _typed(self) -> None:
        self.reload()

    async def may_leave(self) -> bool:
        """Esc first ends a search."""
        if not self.has_class("-searching"):
            return True
        self.remove_class("-searching")
        self.search.value = ""
        self.rows.focus()
        return False


def _place(rows: tuple[Registered, ...], wanted: Registered | None, first: int) -> int | None:
    """Where a registration stands now among the rows from `first` on; None where it does not."""
    if wanted is None:
        return None
    return next((place for place in range(first, len(rows)) if rows[place].id == wanted.id), None)
