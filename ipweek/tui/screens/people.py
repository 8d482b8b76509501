"""The attendee list of the event in hand."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from ipweek.domain.registrations import Registered
from ipweek.i18n import N_, _
from ipweek.tui.messages import MoreWanted, Moved, Opened
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.registration_rows import COLUMNS, SEAT
from ipweek.tui.widgets.entry import Entry
from ipweek.tui.widgets.rows import Rows

PAGE = 200


class PeopleScreen(BaseScreen):
    """Everybody registered for the event, a window at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("insert,ctrl+n", "register", N_("Register"), id="register"),
        Binding("slash", "search", N_("Search"), id="search"),
    ]

    def __init__(self) -> None:
        super().__init__(classes="people")
        self._query = ""
        self._total = 0
        self._after: tuple[str, str] | None = None

    def body(self) -> ComposeResult:
        """The line to search in over the rows."""
        yield Entry(
            id="search", placeholder=_("name, initials of the pinyin, enterprise, end of the phone number")
        )
        yield Rows((*COLUMNS, SEAT))

    def on_mount(self) -> None:
        """Begin in the list."""
        self.rows.focus()

    @property
    def rows(self) -> Rows[Registered]:
        """The list."""
        return self.query_one(Rows)

    def title_texts(self) -> tuple[str, str]:
        """The place in the list at the right."""
        if not self.rows.count:
            return _("People"), _("nobody yet") if not self._query else _("nobody found")
        return _("People"), _("{n} of {total}").format(n=self.rows.cursor + 1, total=self._total)

    def reload(self) -> None:
        """Read the first window, or as much as was here."""
        self.run_worker(self._load(max(PAGE, self.rows.count)), group="load", exclusive=True)

    async def _load(self, limit: int = PAGE) -> None:
        if self.desk.event is None:
            return
        with self.telling():
            page = await self.bridge.call(
                self.services.registrations.page, self.desk.event.code, self._query, limit=limit
            )
            self._total, self._after = page.total, page.after
            self.rows.show(page.rows)
            self.retitle()

    @on(MoreWanted)
    def _more(self) -> None:
        if self._after is not None:
            self.run_worker(self._grow(self._after), group="load", exclusive=True)

    async def _grow(self, after: tuple[str, str]) -> None:
        assert self.desk.event is not None
        with self.telling():
            page = await self.bridge.call(
                self.services.registrations.page, self.desk.event.code, self._query, after=after
            )
            self._after = page.after
            self.rows.grow(page.rows)

    @on(Moved)
    def _moved(self) -> None:
        self.retitle()

    @on(Opened)
    def action_open(self) -> None:
        """Show one registration."""
        if self.rows.chosen is not None:
            self.desk.go("registration", registration=self.rows.chosen)

    def action_register(self) -> None:
        """Go to the registration desk."""
        self.desk.go("register")

    def action_search(self) -> None:
        """Type a part of a name."""
        self.add_class("-searching")
        self.query_one("#search").focus()

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        self._query = event.value
        self.run_worker(self._load(), group="load", exclusive=True)

    @on(Input.Submitted, "#search")
    def _searched(self) -> None:
        self.rows.focus()

    async def may_leave(self) -> bool:
        """Esc first ends a search."""
        if not self.has_class("-searching"):
            return True
        self.remove_class("-searching")
        self.query_one("#search", Entry).value = ""
        self.rows.focus()
        return False
