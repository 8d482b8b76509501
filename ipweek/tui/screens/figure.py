"""One figure explained: what it means and comes from, over the rows that were counted."""

from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.explanations import COLUMNS, Explanation, Row, RowKind
from ipweek.domain.exports import Scope
from ipweek.i18n import N_, _, language
from ipweek.render import explanation
from ipweek.render.definitions import label
from ipweek.render.lines import fit, wrapped
from ipweek.tui.background import start
from ipweek.tui.messages import MoreWanted, Opened
from ipweek.tui.screens.dialogs import Ask
from ipweek.tui.screens.listing import ListScreen
from ipweek.tui.screens.vouching import shown_whole
from ipweek.tui.widgets.rows import Cell, Column, Rows
from ipweek.tui.widgets.said import Said

PAGE = 200
_OPTIONAL = ("code", "source", "district", "first_in", "how", "event", "comment", "text", "period")
_OPENS = {
    RowKind.ENTERPRISES: "enterprise",
    RowKind.DEMANDS: "demand",
    RowKind.RESULTS: "result",
    RowKind.CASES: "case",
}


class FigureScreen(ListScreen[Row]):
    """Rows come page by page; Enter opens what a row is about."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("f6", "unmask", N_("Whole names"), id="unmask"),
    ]

    def __init__(self, kind: str, code: str, key: str) -> None:
        super().__init__(classes="figure")
        self._scope = Scope(event=code) if kind == "event" else Scope(week=code)
        self._key = key
        self._unmask = False
        self._told: Explanation | None = None

    def body(self) -> ComposeResult:
        """The figure over its rows."""
        yield Said(self._facts, id="facts")
        yield Rows[Row](())

    def on_mount(self) -> None:
        """Say what there is where nothing is counted."""
        self.rows.empty = self._nothing

    @property
    def subject(self) -> tuple[Scope, str]:
        """Which figure of what."""
        return self._scope, self._key

    def title_texts(self) -> tuple[str, str]:
        """The figure and what it is of; the place in the rows at the right."""
        if self._told is None:
            return _("Figure"), ""
        title = f"{label(self._told.figure)} · {self._told.place.name(language())}"
        return title, self.cursor_at(total=str(self._told.behind.total))

    async def _load(self, after: Explanation | None = None) -> None:
        with self.telling():
            call = self.bridge.write if self._unmask else self.bridge.call  # whole names are noted
            told: Explanation = await call(
                partial(
                    self.services.explanations.explain,
                    self.services.actor,
                    self._scope,
                    self._key,
                    unmask=self._unmask,
                    after=after,
                    limit=PAGE,
                )
            )
            self._told = told
            if after is None:
                self.rows.columns = self._columns(told)
                self.rows.show(told.behind.rows)
            else:
                self.rows.grow(told.behind.rows)
            self._say()

    def _columns(self, told: Explanation) -> tuple[Column[Row], ...]:
        names, all_names = explanation.shown_columns(told), COLUMNS[told.behind.kind]
        rated = told.figure.rate is not None and told.behind.counting != told.behind.total
        marked = (Column[Row](N_("Numerator"), _mark),) if rated else ()
        return (
            *marked,
            *(
                Column[Row](
                    explanation.TITLES[name],
                    partial(_cell, place=all_names.index(name), zone=told.zone),
                    right=explanation.is_right(told, name),
                    optional=name in _OPTIONAL,
                )
                for name in names
            ),
        )

    def _say(self) -> None:
        for said in self.query(Said):
            said.retranslate()
        self.retitle()

    def _facts(self) -> str:
        """Label and text of each fact, broken to the width; the title has the report's name."""
        if self._told is None:
            return ""
        told = explanation.facts(self._told)
        facts = [(name, text or "–") for name, text in told if name != _("Report")]
        room = max(cell_len(name) for name, _text in facts) + 2
        lines = []
        for name, text in facts:
            parts = list(wrapped(text, max(self.size.width - room - 3, 20))) or ["–"]
            lines += [fit(name if place == 0 else "", room) + part for place, part in enumerate(parts)]
        return "\n".join(lines)

    def _nothing(self) -> str:
        return explanation.nothing(self._told.figure) if self._told else ""

    @on(MoreWanted)
    def _more(self) -> None:
        if self._told is not None and self.rows.count < self._told.behind.total:
            start(self, partial(self._load, self._told), group="load", exclusive=True)

    @work(group="choose", exclusive=True)
    async def action_unmask(self) -> None:
        """Show names as they are, if that is meant: it is noted in the audit."""
        question = Ask(
            _("Show whole names? This is noted in the audit."), yes=_("Show"), no=_("Keep them masked")
        )
        if self._unmask or not await self.app.push_screen_wait(question):
            return
        if await shown_whole(self):
            self._unmask = True
            self.reload()

    @on(Opened)
    def action_open(self) -> None:
        """Open what the row is about, where that has a page."""
        row, told = self.rows.chosen, self._told
        if row is None or told is None:
            return
        kind = told.behind.kind
        if kind is RowKind.REGISTRATIONS:
            start(self, partial(self._open, row.key[-1]), group="open", exclusive=True)
        elif kind in _OPENS:
            self.desk.go(_OPENS[kind], code=row.key[0])

    async def _open(self, ref: str) -> None:
        with self.telling():
            found = await self.bridge.call(self.services.registrations.show, ref)
            self.desk.go("registration", registration=found)


def _mark(row: Row) -> Cell:
    return ("●", "good") if row.counts else ("–", "dim")


def _cell(row: Row, place: int, zone: str) -> Cell:
    text = explanation.cell(row.cells[place], zone)
    return (text, "dim") if row.cells[place] is None else text
