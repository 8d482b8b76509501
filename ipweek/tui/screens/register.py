"""The registration desk: find somebody or add somebody, on one screen."""

from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from ipweek.domain.errors import IpweekError
from ipweek.domain.kinds import KINDS
from ipweek.domain.records import Field, FieldKind, Record
from ipweek.domain.registrations import NewRegistration, PlaceCounts, Registered, RegistrationPage
from ipweek.domain.words import Category, RegistrationSource, RegistrationStatus
from ipweek.i18n import N_, _, language
from ipweek.tui.messages import MoreWanted, Moved, Opened
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.cancelling import cancelled
from ipweek.tui.screens.dialogs import Ask, Choose
from ipweek.tui.screens.record_form import search_key
from ipweek.tui.screens.records import columns_of
from ipweek.tui.screens.registration_rows import COLUMNS, badge_text, told_of
from ipweek.tui.widgets.entry import Entry
from ipweek.tui.widgets.form import Form
from ipweek.tui.widgets.matches import NEW_PERSON, Matches
from ipweek.tui.widgets.said import Said
from ipweek.tui.widgets.text import crop

PAGE = 200
_MOST_ENTERPRISES = 5000

FIELDS = (
    Field("name", N_("Name"), required=True),
    Field("name_latin", N_("Latin name"), help=N_("as in a passport")),
    Field("enterprise", N_("Enterprise"), refers="enterprise", help=N_("name or code; F3 shows the list")),
    Field("phone", N_("Phone")),
    Field("email", N_("E-mail")),
    Field("title", N_("Title")),
    Field("category", N_("Category"), FieldKind.CHOICE, choices=Category),
    Field("seat", N_("Seat")),
    Field(
        "sessions",
        N_("Sessions"),
        FieldKind.REFERENCES,
        refers="session",
        help=N_("codes; F3 shows the list"),
    ),
    Field("walk_in", N_("Walk-in"), FieldKind.FLAG),
)
_BLANK = {"category": Category.DELEGATE, "walk_in": False}


class RegisterScreen(BaseScreen):
    """The list of matches and, when somebody is new, the form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "save", N_("Register"), id="save", priority=True),
        Binding("insert,ctrl+n", "add", N_("New person"), id="add"),
        Binding("f3", "choose", N_("Choose"), id="choose"),
        Binding("f5", "cancel", N_("Cancel place"), id="cancel"),
        Binding("f7", "walk_in", N_("Walk-in"), id="walk-in", priority=True),
        Binding("f9", "waiting", N_("Waiting list"), id="waiting"),
        Binding("up", "move(-1)", show=False, id="match-up"),
        Binding("down", "move(1)", show=False, id="match-down"),
        Binding("pageup", "page(-1)", show=False, id="match-page-up"),
        Binding("pagedown", "page(1)", show=False, id="match-page-down"),
    ]

    def __init__(self) -> None:
        super().__init__(classes="register")
        self._counts: PlaceCounts | None = None
        self._page = RegistrationPage((), 0, None)
        self._waiting_only = False
        self._saving = False

    def body(self) -> ComposeResult:
        """Search, matches, who is under the cursor; the form takes their place, or stands beside them."""
        with Horizontal(id="find-line"):
            yield Said(lambda: _("Find or add"), classes="label")
            yield Entry(
                id="find", placeholder=_("name, initials of the pinyin, enterprise, end of the phone number")
            )
        with Horizontal(id="both"):
            with Vertical(id="found"):
                yield Matches(COLUMNS)
                yield Said(self._details, id="details")
            yield Form(FIELDS, _BLANK, id="new")

    def on_mount(self) -> None:
        """Begin in the search; the list follows its keys."""
        self.matches.can_focus = False
        self.find.focus()
        self.run_worker(self._suggest(), group="suggest")

    @property
    def find(self) -> Entry:
        """The line to search in."""
        return self.query_one("#find", Entry)

    @property
    def matches(self) -> Matches:
        """The list."""
        return self.query_one(Matches)

    @property
    def form(self) -> Form:
        """The new person."""
        return self.query_one(Form)

    @property
    def adding(self) -> bool:
        """Whether the form is open."""
        return self.has_class("-adding")

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
            ", ".join(row.sessions) or None,
            _("stands in for {name}").format(name=row.substitute_for) if row.substitute_for else None,
        )
        width = max(self.query_one("#details").size.width, 1)
        return "\n".join(crop(" · ".join(part for part in parts if part), width) for parts in (first, second))

    # Finding

    def reload(self) -> None:
        """Search again, and count the places."""
        self._search()
        self.run_worker(self._count(), group="count", exclusive=True)

    @on(Input.Changed, "#find")
    def _search(self) -> None:
        # Exclusive: an earlier search that comes back late is never shown.
        self.run_worker(self._show_found(self.find.value), group="search", exclusive=True)

    async def _show_found(self, query: str) -> None:
        with self.telling():
            service = self.services.registrations
            if self._waiting_only and not query.strip():
                waiting = await self.bridge.call(service.waiting_list, self.event_code)
                self._page = RegistrationPage(waiting, len(waiting), None)
            else:
                status = RegistrationStatus.WAITING if self._waiting_only else None
                self._page = await self.bridge.call(
                    service.page, self.event_code, query, status=status, limit=PAGE
                )
            self.matches.adding = query.strip() if self._page.after is None else None
            self.matches.show(self._page.rows, cursor=0)

    async def _count(self) -> None:
        with self.telling():
            self._counts = await self.bridge.call(self.services.registrations.counts, self.event_code)
            self.retitle()

    @on(MoreWanted)
    def _more(self) -> None:
        if self._page.after is not None:
            self.run_worker(self._grow(self.find.value, self._page.after), group="search", exclusive=True)

    async def _grow(self, query: str, after: tuple[str, str]) -> None:
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
            self.matches.action_move(step)

    def action_page(self, step: int) -> None:
        """Move by a screenful."""
        if not self.adding:
            self.matches.action_page(step)

    @on(Input.Submitted, "#find")
    @on(Opened)
    def _open(self) -> None:
        if self.matches.current is NEW_PERSON:
            self.action_add()
        elif self.matches.chosen is not None:
            self.desk.go("registration", registration=self.matches.chosen)

    def action_waiting(self) -> None:
        """Show those who wait, first in line first; or everybody again."""
        self._waiting_only = not self._waiting_only
        self.retitle()
        self._search()

    @work(group="cancel", exclusive=True)
    async def action_cancel(self) -> None:
        """Cancel the registration under the cursor."""
        row = self.matches.chosen
        if row is not None and not self.adding and await cancelled(self, row):
            self.reload()

    # Adding

    def action_add(self) -> None:
        """Open the form; what was typed becomes the name, or the phone number."""
        if self.adding:
            return
        typed = self.find.value.strip()
        self.form.clear()
        for name, value in _BLANK.items():
            self.form.boxes[name].text = "yes" if value is True else "no" if value is False else str(value)
        self.form.settle()
        self.add_class("-adding")
        self.form.boxes["phone" if typed.replace("+", "").isdecimal() else "name"].text = typed
        self.form.focus_first()

    def action_walk_in(self) -> None:
        """Mark the new person as one who came without a registration."""
        if not self.adding:
            self.action_add()
        box = self.form.boxes["walk_in"]
        box.text = "no" if box.text == "yes" else "yes"

    def action_save(self) -> None:
        """Register the person in the form."""
        if not self.adding:
            return
        values = self.form.values()
        if values is None:
            self.desk.tell(_("Not registered: see the field marked in red"), "bad")
        elif not self._saving:
            self._saving = True
            self.app.run_worker(self._register(_new(values)))

    async def _register(self, new: NewRegistration) -> None:
        services = self.services
        try:
            row = await self.bridge.write(
                services.registrations.register, services.actor, self.event_code, new
            )
        except IpweekError as error:
            self.form.blame(error)
            self.refused(error)
            return
        finally:
            self._saving = False
        self.desk.tell(told_of(row), "good" if row.status is RegistrationStatus.REGISTERED else "warn")
        if self.is_attached:
            self._to_search(row)

    def _to_search(self, row: Registered | None = None) -> None:
        self.remove_class("-adding")
        self.form.clear()
        self.find.value = row.name if row else self.find.value
        self.find.focus()
        self.find.action_select_all()
        self.reload()

    async def may_leave(self) -> bool:
        """Esc closes the form first, then empties the search; typed text is not lost without a question."""
        if self.adding:
            question = _("This person is not registered yet. Leave and lose what you typed?")
            ask = Ask(question, yes=_("Leave without registering"), no=_("Stay"))
            if not self.form.dirty or await self.app.push_screen_wait(ask):
                self._to_search()
            return False
        if self.find.value:
            self.find.value = ""
            return False
        return True

    # Choosing

    async def _suggest(self) -> None:
        with self.telling():
            found = await self._enterprises()
            self.form.boxes["enterprise"].suggest([record.name(language()) for record in found])

    async def _enterprises(self) -> tuple[Record, ...]:
        return await self.bridge.call(self.services.records.list, "enterprise", limit=_MOST_ENTERPRISES)

    @work(group="choose", exclusive=True)
    async def action_choose(self) -> None:
        """Choose the enterprise or a session for the field that has the focus."""
        box = self.form.here
        if box is None or box.known.refers is None:
            return
        with self.telling():
            if box.known.refers == "enterprise":
                rows = await self._enterprises()
            else:
                rows = await self.bridge.call(self.services.records.list, "session", self.event_code)
            columns = columns_of(KINDS[box.known.refers])[1:3]
            chosen = await self.app.push_screen_wait(Choose(_(box.known.label), rows, columns, search_key))
            if chosen is not None:
                box.take(chosen.code if box.known.refers == "session" else chosen.name(language()))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of the form while it is open, those of the list while it is not."""
        if action == "choose":
            return self.adding and self.form.here is not None and self.form.here.known.refers is not None
        if action in ("cancel", "waiting", "add"):
            return not self.adding
        if action == "save":
            return self.adding
        return super().check_action(action, parameters)


def _new(values: dict[str, Any]) -> NewRegistration:
    texts = {name: str(value or "") for name, value in values.items()}
    return NewRegistration(
        name=texts["name"],
        name_latin=texts["name_latin"],
        enterprise=texts["enterprise"],
        phone=texts["phone"],
        email=texts["email"],
        title=texts["title"],
        category=texts["category"] or Category.DELEGATE,
        seat=texts["seat"],
        sessions=tuple(values["sessions"] or ()),
        source=RegistrationSource.WALK_IN if values["walk_in"] else RegistrationSource.DESK,
    )
