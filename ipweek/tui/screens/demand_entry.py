"""Taking demands down at the table, one after the other, while people talk."""

from functools import partial
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.exchange import DemandPage, NewDemand
from ipweek.domain.records import Field, FieldKind, Record
from ipweek.domain.registrations import Registered
from ipweek.domain.words import Confidentiality, DemandCategory
from ipweek.i18n import N_, _, language
from ipweek.render import words
from ipweek.render.exchange_lists import enterprise_of, name_of
from ipweek.render.lines import tab
from ipweek.tui.background import start
from ipweek.tui.screens.dialogs import lose_typed
from ipweek.tui.screens.registration_choosing import choose_for, suggest_enterprises
from ipweek.tui.screens.saved_form import SavedForm
from ipweek.tui.widgets.field_box import FieldBox
from ipweek.tui.widgets.form import Form
from ipweek.tui.widgets.said import Said

FIELDS = (
    Field(
        "enterprise",
        N_("Enterprise"),
        refers="enterprise",
        required=True,
        help=N_("name or code; F3 shows the list; or scan a badge"),
    ),
    Field("category", N_("Category"), FieldKind.CHOICE, required=True, choices=DemandCategory),
    Field("text", N_("Demand"), required=True),
    Field("contact", N_("Contact"), help=N_("empty: the only delegate of the enterprise")),
    Field("phone", N_("Phone")),
    Field("confidential", N_("Confidential"), FieldKind.FLAG),
)
_BLANK = {"confidential": "no"}
_CATEGORIES = tuple(DemandCategory)


class DemandEntryScreen(SavedForm):
    """One short form; saved, it is empty for the next. A digit chooses the category, a badge tells who asks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "open_last", N_("Open the last one"), id="last"),
    ]

    def __init__(self, place: Record | None = None) -> None:
        super().__init__(classes="demand-entry")
        self._session = place if place is not None and place.kind == "session" else None
        self._event = place if place is not None and place.kind == "event" else None
        self._taken = 0
        self._last: str | None = None

    def body(self) -> ComposeResult:
        """The form over the digits that stand for categories."""
        yield Form(FIELDS, _BLANK)
        yield Said(_digits, classes="note")

    def on_mount(self) -> None:
        """Look up the enterprises, with which it begins."""
        start(self, partial(suggest_enterprises, self, self.form), group="suggest")

    @property
    def event_code(self) -> str:
        """At which event; badges that are scanned are looked up there."""
        if self._session is not None:
            return str(self._session.values["event"])
        held = self._event or self.desk.event
        return held.code if held else ""

    def title_texts(self) -> tuple[str, str]:
        """Where the table stands, and how many demands it has taken down."""
        place = self._session or self._event or self.desk.event
        name = place.name(language()) if place else ""
        return f"{_('At the table')} · {name}", _("{n} taken down").format(n=self._taken)

    @on(events.Key)
    def _digit(self, event: events.Key) -> None:
        """A digit in the field of the category chooses it and goes on to the text."""
        box = self.form.boxes["category"]
        key = event.character or ""
        if self.focused is box.control.widget and key in map(str, range(1, len(_CATEGORIES) + 1)):
            event.stop()
            box.text = _CATEGORIES[int(key) - 1].value
            self.set_focus(self.form.boxes["text"].control.widget)

    def takes_person(self, row: Registered) -> None:
        """A badge was scanned: whoever wears it asks, for the enterprise that he is here for."""
        boxes = self.form.boxes
        if row.enterprise:
            boxes["enterprise"].text = row.enterprise
        boxes["contact"].text = row.name
        wanted = "category" if not boxes["category"].text else "text"
        self.set_focus(boxes[wanted if row.enterprise else "enterprise"].control.widget)

    async def choose(self, box: FieldBox, _kind: str) -> None:
        """The enterprise."""
        await choose_for(self, box, self.event_code)

    def action_open_last(self) -> None:
        """Go on with what was just taken down."""
        if self._last is not None:
            self.desk.go("demand", code=self._last)

    async def save(self, values: dict[str, Any]) -> None:
        """Take the demand down; the form is ready for the next one at once."""
        new = NewDemand(
            values["enterprise"],
            values["category"],
            values["text"],
            values["contact"] or "",
            values["phone"] or "",
            self.event_code,
            self._session.code if self._session else None,
            Confidentiality.CONFIDENTIAL if values["confidential"] else Confidentiality.INTERNAL,
        )
        services = self.services
        page = await self.bridge.write(services.exchange.raise_, services.actor, new)
        self.desk.tell(_told(page), "good")
        if self.is_attached:
            self._next(page)

    def _next(self, page: DemandPage) -> None:
        self._last, self._taken = page.demand.code, self._taken + 1
        self.form.clear()
        self.form.boxes["confidential"].text = "no"
        self.form.settle()
        self.form.focus_first()
        self.retitle()
        self.refresh_bindings()
        start(self, partial(suggest_enterprises, self, self.form), group="suggest")

    async def may_leave(self) -> bool:
        """Typed text is not lost without a question."""
        question = _("This demand is not saved. Leave it and lose what you typed?")
        return not self.form.dirty or await self.app.push_screen_wait(lose_typed(question))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a last one once there was one."""
        if action == "open_last":
            return self._last is not None
        return super().check_action(action, parameters)


def _digits() -> str:
    told = [tab(f"{place} {words.word(word)}", 25, 0) + " " for place, word in enumerate(_CATEGORIES, 1)]
    return "\n".join("".join(told[line : line + 3]) for line in range(0, len(told), 3))


def _told(page: DemandPage) -> str:
    values = page.demand.values
    told = [
        _("{code} taken down: {enterprise}").format(
            code=page.demand.code, enterprise=enterprise_of(page.demand)
        ),
        values["contact"],
    ]
    if page.suggestions:
        names = _(", ").join(map(name_of, page.suggestions[:2]))
        told.append(_("may answer it: {names}").format(names=names))
    return " · ".join(part for part in told if part)
