"""The finding half of the registration desk: a line to search in over the people of the event in hand."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from ipweek.domain.registrations import PageKey, PlaceCounts, RegistrationPage
from ipweek.domain.words import RegistrationStatus
from ipweek.i18n import N_, _
from ipweek.tui.background import start
from ipweek.tui.foresight import Foresight, with_typed
from ipweek.tui.messages import MoreWanted, Moved
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.registration_rows import COLUMNS, badge_text, session_names
from ipweek.tui.widgets.entry import Entry
from ipweek.tui.widgets.matches import Matches
from ipweek.tui.widgets.said import Said
from ipweek.tui.widgets.text import crop

if TYPE_CHECKING:
    from ipweek.domain.records import Record

PAGE = 200
SEARCHED = N_("name, initials of the pinyin, enterprise, end of the phone number")


class FindScreen(BaseScreen):
    """Matches follow what is typed; arrows move in them while typing goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, id="match-up"),
        Binding("down", "move(1)", show=False, id="match-down"),
        Binding("pageup", "page(-1)", show=False, id="match-page-up"),
        Binding("pagedown", "page(1)", show=False, id="match-page-down"),
    ]

    def __init__(self) -> None:
        super().__init__(classes="register")
        self._counts: PlaceCounts | None = None
        self._sessions: dict[str, Record] = {}
        self._page = RegistrationPage((), 0, None)
        self._waiting_only = False
        self._answered = ""
        self._pointed = False
        self._foresight = Foresight[RegistrationPage]()

    def body(self) -> ComposeResult:
        """Search, matches, who is under the cursor; the form takes their place, or stands beside them."""
        with Horizontal(id="find-line"):
            yield Said(lambda: _("Find or add"), classes="label")
            yield Entry(id="find", placeholder=_(SEARCHED))
        with Horizontal(id="both"):
            with Vertical(id="found"):
                yield Matches(COLUMNS)
                yield Said(self._details, id="details")
            yield from self.beside()

    def beside(self) -> ComposeResult:
        """What stands at the right of the list, or instead of it."""
        raise NotImplementedError

    @property
    def adding(self) -> bool:
        """Whether the form is open."""
        return self.has_class("-adding")

    @property
    def find(self) -> Entry:
        """The line to search in."""
        return self.query_one("#find", Entry)

    @property
    def matches(self) -> Matches:
        """The list."""
        return self.query_one(Matches)

    @property
    def event_code(self) -> str:
        """The event in hand, without which this screen does not open."""
        assert self.desk.event is not None
        return self.desk.event.code

    def title_texts(self) -> tuple[str, str]:
        """How the places stand at the right."""
        title = _("Registration desk")
        if self._waiting_only:
            title += " · " + _("Waiting list")
        counts = self._counts
        if counts is None:
            return title, ""
        parts = [_("registered {n}").format(n=counts.registered)]
        if counts.capacity is not None:
            parts = [_("registered {n} of {capacity}").format(n=counts.registered, capacity=counts.capacity)]
        if counts.waiting:
            parts.append(_("waiting {n}").format(n=counts.waiting))
        return title, " · ".join(parts)

    def _details(self) -> str:
        row = self.matches.chosen
        if row is None:
            return ""
        first = (row.name, row.name_latin, row.enterprise, row.title)
        second = (
            _("badge {badge}").format(badge=badge_text(row.badge_no)),
            _("seat {seat}").format(seat=row.seat) if row.seat else None,
            session_names(row.sessions, self._sessions) or None,
            _("waits for {sessions}").format(sessions=session_names(row.sessions_waiting, self._sessions))
            if row.sessions_waiting
            else None,
            _("stands in for {name}").format(name=row.substitute_for) if row.substitute_for else None,
            _("replaced by {name}").format(name=row.replaced_by) if row.replaced_by else None,
        )
        width = max(self.query_one("#details").size.width, 1)
        return "\n".join(crop(" · ".join(part for part in parts if part), width) for parts in (first, second))

    def reload(self) -> None:
        """Search again, with the cursor where it was, and count the places."""
        chosen = self.matches.chosen
        self._search(chosen.id if chosen is not None else None)
        start(self, self._count, group="count", exclusive=True)

    @on(Input.Changed, "#find")
    def _typed_in_search(self) -> None:
        self._pointed = False
        self._search(None)

    def _search(self, stay: UUID | None) -> None:
        # Exclusive: an earlier search that comes back late is never shown.
        start(self, partial(self._show_found, self.find.value, stay), group="search", exclusive=True)

    async def _show_found(self, query: str, stay: UUID | None) -> None:
        with self.telling():
            service = self.services.registrations
            if self._waiting_only and not query.strip():
                waiting = await self.bridge.call(service.waiting_list, self.event_code)
                self._page = RegistrationPage(waiting, len(waiting), None)
            else:
                asked = (self.event_code, query, self._waiting_only)
                self._page = await self._foresight.answer(asked, partial(self._read, *asked))
            self._answered = query
            self.matches.adding = query.strip() if self._page.after is None else None
            places = (place for place, row in enumerate(self._page.rows) if row.id == stay)
            self.matches.show(self._page.rows, cursor=next(places, 0))

    async def _read(self, event: str, query: str, waiting_only: bool) -> RegistrationPage:  # noqa: FBT001
        status = RegistrationStatus.WAITING if waiting_only else None
        page = self.services.registrations.page
        return await self.bridge.call(page, event, query, status=status, limit=PAGE)

    def foresee(self, digit: str) -> None:
        """Search for what the digit makes of what is typed."""
        if self.focused is self.find:
            asked = (self.event_code, with_typed(self.find, digit), self._waiting_only)
            self._foresight.begin(asked, partial(self._read, *asked))

    async def _count(self) -> None:
        with self.telling():
            self._counts = await self.bridge.call(self.services.registrations.counts, self.event_code)
            self.retitle()

    @on(MoreWanted)
    def _more(self) -> None:
        if self._page.after is not None:
            start(
                self, partial(self._grow, self.find.value, self._page.after), group="search", exclusive=True
            )

    async def _grow(self, query: str, after: PageKey) -> None:
        with self.telling():
            status = RegistrationStatus.WAITING if self._waiting_only else None
            self._page = await self.bridge.call(
                self.services.registrations.page, self.event_code, query, status=status, after=after
            )
            self.matches.adding = query.strip() if self._page.after is None else None
            self.matches.grow(self._page.rows)

    @on(Moved)
    def _moved(self) -> None:
        self.query_one("#details", Said).retranslate()

    def action_move(self, step: int) -> None:
        """Move the cursor of the list while typing goes on."""
        if not self.adding:
            self._pointed = True
            self.matches.action_move(step)

    def action_page(self, step: int) -> None:
        """Move by a screenful."""
        if not self.adding:
            self._pointed = True
            self.matches.action_page(step)

    def action_waiting(self) -> None:
        """Show those who wait, first in line first; or everybody again."""
        self._waiting_only = not self._waiting_only
        self.retitle()
        self._search(None)
