"""The board of demands: by status and urgency, narrowed by keys, with what is overdue in sign and word."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.exchange import DemandCounts, DemandFilter
from ipweek.domain.records import Record
from ipweek.domain.words import DemandStatus, Priority
from ipweek.i18n import N_, _, language
from ipweek.render import exchange_lists as lists
from ipweek.render import words
from ipweek.tui.background import start
from ipweek.tui.screens.dialogs import Choose
from ipweek.tui.screens.records import RecordsScreen
from ipweek.tui.widgets.entry import Entry
from ipweek.tui.widgets.rows import Cell, Column, Rows
from ipweek.tui.widgets.said import Said


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the list may be narrowed to: a status, or None for all of them."""

    status: DemandStatus | None
    count: int

    @property
    def label(self) -> str:
        """The word for it."""
        return words.word(self.status) if self.status else _("all")


class ExchangeScreen(RecordsScreen):
    """Demands of an event or session, else of the week in hand; Ins takes one down at the table."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("insert,ctrl+n", "add", N_("Take down"), id="add"),
        Binding("f4", "filter", N_("Status"), id="filter"),
        Binding("f3", "overdue", N_("Overdue"), id="overdue"),
        Binding("f5", "scope", N_("Event or week"), id="scope"),
        Binding("slash", "search", N_("Search"), id="search"),
    ]

    def __init__(self, parent: Record | None = None) -> None:
        super().__init__("demand", parent)
        self._wanted = DemandFilter()
        self._counts = DemandCounts()

    @property
    def narrowed(self) -> bool:
        """Whether only a part of the demands was asked for."""
        return super().narrowed or self._wanted != DemandFilter()

    def body(self) -> ComposeResult:
        """The counts over the line to search in and the rows."""
        yield Said(lambda: lists.told(self._counts), id="counts")
        yield Entry(id="search", placeholder=_("enterprise, contact, words of the demand, code"))
        yield Rows(self.columns)

    @property
    def columns(self) -> Sequence[Column[Record]]:
        """What the list shows; the mark of what is late stands first."""
        return (
            Column(N_("Status"), lambda record: _word(record, "status")),
            Column(N_("Due"), _due),
            Column(N_("Enterprise"), lists.enterprise_of),
            Column(N_("Demand"), _text),
            Column(N_("Category"), lambda record: _word(record, "category"), optional=True),
            Column(N_("Priority"), _priority, optional=True),
            Column(N_("Code"), lambda record: (record.code, "dim"), optional=True),
        )

    def title_texts(self) -> tuple[str, str]:
        """The place and what the list is narrowed to; the place in the list at the right."""
        place = super().title_texts()[1]
        subject = self.parent_record or self.desk.week
        told = [_("Demands"), *([subject.name(language())] if subject else [])]
        told += [words.word(self._wanted.status)] if self._wanted.status else []
        told += ["! " + _("overdue")] if self._wanted.overdue else []
        return " · ".join(told), place

    def _read(self, query: str, offset: int, limit: int) -> Sequence[Record]:
        """Runs in a thread."""
        parent, week = self.parent_record, self.desk.week
        here = {parent.kind: parent.code} if parent else {"week": week.code} if week else {}
        wanted = replace(
            self._wanted,
            text=query,
            week=here.get("week"),
            event=here.get("event"),
            session=here.get("session"),
        )
        found = self.services.exchange.board(wanted, offset=offset, limit=limit)
        self._counts = found.counts
        return found.records

    async def _load(self, limit: int | None = None) -> None:
        await super()._load(limit)
        for line in self.query("#counts").results(Said):
            line.retranslate()

    def _again(self, wanted: DemandFilter) -> None:
        self._wanted = wanted
        self.rows.show((), cursor=0)
        self.reload()

    def action_overdue(self) -> None:
        """Only what is late, or everything again."""
        self._again(replace(self._wanted, overdue=not self._wanted.overdue))

    def action_scope(self) -> None:
        """The event in hand, or the whole week."""
        self.parent_record = None if self.parent_record else self.desk.event
        self._again(self._wanted)

    @work(group="choose", exclusive=True)
    async def action_filter(self) -> None:
        """Choose one status, or all."""
        settings = [
            _Setting(None, self._counts.total),
            *(_Setting(status, n) for status, n in self._counts.by_status.items()),
        ]
        columns = (
            Column[_Setting](N_("Status"), lambda one: one.label),
            Column[_Setting](N_("Demands"), lambda one: str(one.count), right=True),
        )
        chooser = Choose(_("Only which demands?"), settings, columns, lambda one: one.label)
        chosen = await self.app.push_screen_wait(chooser)
        if chosen is not None:
            self._again(replace(self._wanted, status=chosen.status))

    def action_add(self) -> None:
        """Take a demand down at the table."""
        self.desk.go("demand-entry", place=self.parent_record)

    def action_edit(self) -> None:
        """Open the form of the demand under the cursor, whole: the list has it masked."""
        if self.rows.chosen is not None:
            start(self, partial(self._edit, self.rows.chosen.code), group="open", exclusive=True)

    async def _edit(self, code: str) -> None:
        with self.telling():
            record = await self.bridge.call(self.services.records.show, "demand", code)
            self.desk.go("form", kind="demand", record=record)


def _word(record: Record, name: str) -> str:
    value = record.values[name]
    return words.word(value) if isinstance(value, StrEnum) else str(value)


def _text(record: Record) -> Cell:
    text = record.values["text"]
    return (words.word(text), "dim") if isinstance(text, StrEnum) else text


def _due(record: Record) -> Cell:
    due = record.values["due_on"]
    if record.values["overdue"]:
        return f"! {due:%m-%d} {_('overdue')}", "bad"
    return f"{due:%m-%d}" if due else ("–", "dim")


def _priority(record: Record) -> Cell:
    high = record.values["priority"] is Priority.HIGH
    return _word(record, "priority"), "warn" if high else "dim"
