"""Every figure of the event in hand or of its week, to be explained one by one."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from ipweek.domain.figure_list import figures_of
from ipweek.domain.summary_figures import Figure
from ipweek.domain.text import folded
from ipweek.i18n import N_, _, language
from ipweek.render.definitions import label
from ipweek.render.explanation import value
from ipweek.tui.background import start
from ipweek.tui.messages import Moved, Opened
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.widgets.entry import Entry
from ipweek.tui.widgets.rows import Column, Rows

if TYPE_CHECKING:
    from ipweek.domain.reports import Summary


class FiguresScreen(BaseScreen):
    """What is typed narrows the list; Enter explains the figure under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Explain"), id="open"),
        Binding("f4", "scope", N_("Event or week"), id="scope"),
        Binding("up", "move(-1)", N_("Up"), show=False, id="line-up", priority=True),
        Binding("down", "move(1)", N_("Down"), show=False, id="line-down", priority=True),
        Binding("pageup", "move(-10)", N_("Page up"), show=False, id="page-up", priority=True),
        Binding("pagedown", "move(10)", N_("Page down"), show=False, id="page-down", priority=True),
    ]

    def __init__(self, *, whole_week: bool = False) -> None:
        super().__init__(classes="figures")
        self._whole_week = whole_week
        self._figures: tuple[Figure, ...] = ()
        self._columns = (
            Column[Figure](N_("Figure"), label),
            Column[Figure](N_("Value"), value, right=True),
            Column[Figure](N_("Key"), lambda figure: (figure.key, "dim")),
        )

    def body(self) -> ComposeResult:
        """The line to type in over the figures."""
        yield Entry(placeholder=_("type a part of a figure's name or key"))
        yield Rows(self._columns)

    def on_mount(self) -> None:
        """Begin in the line."""
        self._whole_week = self._whole_week or self.desk.event is None
        self.rows.can_focus = False
        self.query_one(Entry).focus()

    @property
    def rows(self) -> Rows[Figure]:
        """The figures."""
        return self.query_one(Rows)

    @property
    def subject(self) -> tuple[str, str] | None:
        """Kind and code of what the figures are of."""
        record = self.desk.week if self._whole_week else self.desk.event
        return (record.kind, record.code) if record else None

    def title_texts(self) -> tuple[str, str]:
        """What is summed up; the place in the list at the right."""
        record = self.desk.week if self._whole_week else self.desk.event
        title = _("Figures") + (f" · {record.name(language())}" if record else "")
        if not self.rows.count:
            return title, _("none found") if self._figures else ""
        return title, _("{n} of {total}").format(n=self.rows.cursor + 1, total=self.rows.count)

    def reload(self) -> None:
        """Sum up anew."""
        start(self, self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        if self.subject is None:
            return
        kind, code = self.subject
        reports = self.services.reports
        with self.telling():
            found: Summary = await self.bridge.call(reports.week if kind == "week" else reports.event, code)
            self._figures = tuple(figures_of(found).values())
            self._show(None)

    def _show(self, cursor: int | None) -> None:
        typed = [folded(word) for word in self.query_one(Entry).value.split()]
        found = [one for one in self._figures if all(word in _searched(one) for word in typed)]
        self.rows.empty = lambda: _("Nothing matches") if self._figures else ""
        self.rows.show(found, cursor=cursor)
        self.retitle()

    def retranslate(self) -> None:
        """Names are in the language in force, and so are searched in it."""
        super().retranslate()
        self._show(None)

    @on(Input.Changed)
    def _narrow(self) -> None:
        self._show(0)

    @on(Moved)
    def _moved(self) -> None:
        self.retitle()

    def action_move(self, step: int) -> None:
        """Move the cursor while typing goes on."""
        self.rows.action_move(step)

    def action_scope(self) -> None:
        """Change between the event and its week."""
        if self.desk.event is not None:
            self._whole_week = not self._whole_week
            self.reload()

    @on(Input.Submitted)
    @on(Opened)
    def action_open(self) -> None:
        """Explain the figure under the cursor."""
        figure = self.rows.chosen
        if figure is not None and self.subject is not None:
            kind, code = self.subject
            self.desk.go("figure", kind=kind, code=code, key=figure.key)


def _searched(figure: Figure) -> str:
    return folded(f"{label(figure)} {figure.key}")
