"""One list for every kind of record."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from ipweek.domain.exports import ExportKind
from ipweek.domain.kinds import KINDS
from ipweek.domain.records import FieldKind, Record, RecordKind, shown
from ipweek.domain.text import folded
from ipweek.domain.words import EventKind
from ipweek.i18n import LANGUAGES, N_, _, language
from ipweek.render import words
from ipweek.tui.background import start
from ipweek.tui.messages import MoreWanted, Opened
from ipweek.tui.screens.dialogs import to_remove
from ipweek.tui.screens.listing import ListScreen
from ipweek.tui.widgets.entry import Entry
from ipweek.tui.widgets.rows import Cell, Column, Rows

PAGE = 200
_BELOW = {"week": "event", "event": "session", "venue": "room", "industry": "result"}
_EXPORTED = {
    "enterprise": ExportKind.ENTERPRISES,
    "event": ExportKind.SCHEDULE,
    "session": ExportKind.SCHEDULE,
    "demand": ExportKind.DEMANDS,
}
_LINKED = {"event": "place", "session": "place", "result": "result", "case": "case"}


def name_column(kind: RecordKind) -> Column[Record]:
    """The name in the language in force, under what it names."""
    return Column(kind.label, lambda record: record.name(language()))


def columns_of(kind: RecordKind) -> list[Column[Record]]:
    """What a list shows of a kind; what nobody stated is dim."""
    return [name_column(kind) if name == "name" else _column(kind, name) for name in kind.columns]


def _column(kind: RecordKind, name: str) -> Column[Record]:
    known = next((field for field in kind.fields if field.name == name), None)
    label = (
        known.label
        if known
        else {"version": N_("Version"), "status": N_("Status"), "released_on": N_("Released")}[name]
    )
    number = name == "version" or (known is not None and known.kind in (FieldKind.INTEGER, FieldKind.DECIMAL))
    optional = kind.columns.index(name) > 1
    return Column(label, lambda record: _cell(record, name), right=number, optional=optional)


def _cell(record: Record, name: str) -> Cell:
    value = record.code if name == "code" else record.values.get(name)
    if value is None or value == ():
        return ("–", "dim")
    text = words.word(value) if isinstance(value, StrEnum) else shown(value)
    return (text, "dim") if name == "code" else text


def search_key(record: Record) -> str:
    """By what a chooser finds a record."""
    return " ".join(str(record.values.get(name) or "") for name in ("name_zh", "name_en")) + f" {record.code}"


class RecordsScreen(ListScreen[Record]):
    """Records of a kind, or those that belong to one other record."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("insert,ctrl+n", "add", N_("Add"), id="add"),
        Binding("f2", "edit", N_("Edit"), id="edit"),
        Binding("delete", "remove", N_("Remove"), id="remove"),
        Binding("slash", "search", N_("Search"), id="search"),
        Binding("f6", "links", N_("Links"), id="links"),
        Binding("f7", "demands", N_("Demands"), id="demands"),
        Binding("f5", "feedback", N_("Feedback"), id="feedback"),
        Binding("f9", "export", N_("Export"), id="export"),
    ]

    pages_searches: ClassVar[bool] = False
    """Whether what a search finds is read window by window too."""

    def __init__(self, kind: str, parent: Record | None = None) -> None:
        super().__init__(classes="records")
        self.kind = KINDS[kind]
        self.parent_record = parent
        self._query = ""
        self._total = 0
        self._all_here = True

    def body(self) -> ComposeResult:
        """The line to search in, hidden until asked for, over the rows."""
        yield Entry(id="search", placeholder=_("part of a name or a code"))
        yield Rows(self.columns)

    @property
    def narrowed(self) -> bool:
        """Whether only a part of what there is was asked for."""
        return bool(self._query)

    def _nothing(self) -> str:
        """What an empty list says."""
        return _("Nothing matches") if self.narrowed else _("Nothing here yet: Ins adds the first")

    @property
    def columns(self) -> Sequence[Column[Record]]:
        """What the list shows."""
        return columns_of(self.kind)

    def title_texts(self) -> tuple[str, str]:
        """The kind and where it belongs; the place in the list at the right."""
        title = _(self.kind.plural)
        if self.parent_record is not None:
            title = f"{title} · {self.parent_record.name(language())}"
        total = str(self._total) if self._all_here else f"{self._total}+"
        return title, self.cursor_at(_("none found") if self._query else _("none yet"), total)

    async def _load(self, limit: int | None = None) -> None:
        """The first window, or as much as was here."""
        limit = limit or max(self.rows.count, PAGE)
        with self.telling():
            found = await self.bridge.call(self._read, self._query, 0, limit)
            self._note(found, limit, 0)
            self.rows.show(found)
            self.retitle()

    def _read(self, query: str, offset: int, limit: int) -> Sequence[Record]:
        """Runs in a thread. A search walks through the pages until it has a windowful."""
        above = self.parent_record
        of = above.kind if above is not None and above.kind in self.kind.others else None
        listing: Callable[..., Sequence[Record]] = partial(
            self.services.records.list, self.kind.code, above.code if above else None, of=of
        )
        if not query:
            return listing(offset=offset, limit=limit)
        wanted = folded(query)
        found: list[Record] = []
        start = 0
        while len(found) < limit:
            page = listing(offset=start, limit=1000)
            found += [record for record in page if wanted in _key(record)]
            start += len(page)
            if len(page) < 1000:
                break
        return found[:limit]

    def _note(self, found: Sequence[Record], limit: int, before: int) -> None:
        self.rows.empty = self._nothing
        self._all_here = len(found) < limit
        self._total = before + len(found)

    @on(MoreWanted)
    def _more(self) -> None:
        if not self._all_here and (self.pages_searches or not self._query):
            start(self, partial(self._grow, self.rows.count), group="load", exclusive=True)

    async def _grow(self, offset: int) -> None:
        with self.telling():
            found = await self.bridge.call(self._read, self._query, offset, PAGE)
            self._note(found, PAGE, offset)
            self.rows.grow(found)
            self.retitle()

    @on(Opened)
    def action_open(self) -> None:
        """Follow the record: to what belongs to it, or to itself."""
        record = self.rows.chosen
        if record is None:
            return
        below = _BELOW.get(self.kind.code)
        if below is not None:
            self.desk.go("records", kind=below, parent=record)
        elif self.kind.code in ("result", "case", "demand", "indicator"):
            self.desk.go(self.kind.code, code=record.code)
        elif self.kind.code == "session" and record.values["kind"] is EventKind.EXCHANGE:
            self.desk.go("exchange", parent=record)
        elif self.kind.code == "session":
            self.desk.go("links", place=record)
        elif self.kind.code == "enterprise":
            self.desk.go("enterprise", code=record.code)
        else:
            self.action_edit()

    def action_links(self) -> None:
        """The results and cases of an event or session, the places of a result or case."""
        record = self.rows.chosen
        if record is not None and self.kind.code in _LINKED:
            about: dict[str, Any] = {_LINKED[self.kind.code]: record}
            self.desk.go("links", **about)

    def action_demands(self) -> None:
        """What enterprises asked for at an event or session, or in a week."""
        if self.rows.chosen is not None:
            self.desk.go("exchange", parent=self.rows.chosen)

    def action_feedback(self) -> None:
        """What people said of an event."""
        if self.rows.chosen is not None:
            self.desk.go("feedback", place=self.rows.chosen)

    def action_export(self) -> None:
        """Write the list, or the programme of the place, into a file."""
        kind = _EXPORTED[self.kind.code]
        place = self.parent_record if kind is not ExportKind.ENTERPRISES else None
        self.desk.go("export", kind=kind, place=place)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Links are of events, sessions, results and cases only, demands of weeks, events and sessions."""
        if action == "feedback":
            return self.kind.code == "event"
        if action == "export":
            return self.kind.code in _EXPORTED
        if action == "demands":
            return self.kind.code in ("week", "event", "session")
        if action == "links":
            return self.kind.code in _LINKED
        return super().check_action(action, parameters)

    def action_add(self) -> None:
        """Open an empty form."""
        self.desk.go("form", kind=self.kind.code, parent=self.parent_record)

    def action_edit(self) -> None:
        """Open the form of the record under the cursor."""
        if self.rows.chosen is not None:
            self.desk.go("form", kind=self.kind.code, record=self.rows.chosen)

    @work(group="remove", exclusive=True)
    async def action_remove(self) -> None:
        """Ask, then delete or archive, and say which."""
        record = self.rows.chosen
        if record is None or self.rows is not self.focused:
            return
        name = record.name(language())
        question = _("Remove {name}? What other records refer to is archived, not deleted.").format(name=name)
        if not await self.app.push_screen_wait(to_remove(question)):
            return
        with self.telling():
            services = self.services
            archived = await self.bridge.write(
                services.records.remove, services.actor, self.kind.code, record.code
            )
            told = _("{name} archived: other records refer to it") if archived else _("{name} deleted")
            self.desk.tell(told.format(name=name), "good")
            self.desk.forget(record)
        self.reload()

    def action_search(self) -> None:
        """Type a part of a name."""
        self.add_class("-searching")
        self.query_one("#search").focus()

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        self._query = event.value
        start(self, partial(self._load, PAGE), group="load", exclusive=True)

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


def _key(record: Record) -> str:
    named = (record.code, *map(record.name, LANGUAGES), record.values.get("short_name"))
    return " ".join(folded(str(part)) for part in named if part)
