"""The hub: the week's days, its results and how near its targets are."""

from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.i18n import N_, _, language
from ipweek.tui.background import start
from ipweek.tui.messages import Opened
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.home_lines import NewRecord, first_steps, week_lines
from ipweek.tui.widgets.page import Leads, Page
from ipweek.tui.widgets.said import Said
from ipweek.tui.widgets.text import fit

if TYPE_CHECKING:
    from ipweek.domain.reports import WeekSummary

LETTERS = (
    ("r", "register", N_("register")),
    ("c", "checkin", N_("check-in")),
    ("p", "people", N_("people")),
    ("l", "live", N_("live")),
    ("e", "enterprises", N_("enterprises")),
    ("w", "programme", N_("programme")),
    ("t", "timetable", N_("timetable")),
    ("n", "results", N_("results")),
    ("d", "exchange", N_("demands")),
    ("s", "summary", N_("summary")),
    ("i", "import", N_("import")),
    ("b", "badges", N_("badges")),
)
_LETTER_GAP = "  "


class HomeScreen(BaseScreen):
    """Letters are keys here, because nothing is typed here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f7", "reach", N_("Who heard it"), id="reach"),
        Binding("f4", "go('duplicates')", N_("Duplicates"), show=False, id="duplicates"),
        *(
            Binding(letter, f"go('{place}')", label, show=False, id=f"home-{place}")
            for letter, place, label in LETTERS
        ),
    ]

    def __init__(self) -> None:
        super().__init__(classes="home")
        self._week: WeekSummary | None = None
        self._read = False

    def body(self) -> ComposeResult:
        """The lines, and the letters that lead on."""
        yield Page()
        yield Said(self._letters, id="letters")

    def on_mount(self) -> None:
        """Begin in the lines."""
        self.query_one(Page).focus()

    def title_texts(self) -> tuple[str, str]:
        """The theme of the week, which the line above names."""
        if self._week is None:
            return (_("Welcome"), "") if self._read else ("", "")
        header = self._week.header
        return header.theme.text(language()) or header.week.name(language()), ""

    def _letters(self) -> str:
        """On one line where there is room, else on two, one below the other."""
        words = [f"{letter.upper()} {_(label)}" for letter, _place, label in LETTERS]
        line = _LETTER_GAP.join(words)
        if cell_len(line) <= self.query_one("#letters").container_size.width:
            return line
        pairs = list(
            zip_longest(words[: (len(words) + 1) // 2], words[(len(words) + 1) // 2 :], fillvalue="")
        )
        widths = [max(map(cell_len, pair)) for pair in pairs]
        rows = (map(fit, row, widths) for row in zip(*pairs, strict=True))
        return "\n".join(_LETTER_GAP.join(row).rstrip() for row in rows)

    def on_click(self, event: events.Click) -> None:
        """A click on a word is its letter."""
        offset = event.get_content_offset(self.query_one("#letters"))
        if offset is None:
            return
        line = self._letters().split("\n")[offset.y]
        for letter, place, label in LETTERS:
            word = f"{letter.upper()} {_(label)}"
            start = cell_len(line.partition(word)[0])
            if word in line and start <= offset.x < start + cell_len(word):
                self.desk.go(place)

    def reload(self) -> None:
        """Read the week in hand."""
        start(self, self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        with self.telling():
            await self.desk.find_week()
            week = self.desk.week
            self._week = await self.bridge.call(self.services.reports.week, week.code) if week else None
            self._read = True
            found = self._week
            self.query_one(Page).show(
                (lambda width: week_lines(found, width)) if found else lambda _width: first_steps()
            )
            self.retitle()

    def action_go(self, place: str) -> None:
        """Go where a letter leads."""
        self.desk.go(place)

    def action_reach(self) -> None:
        """Who heard the result under the cursor; elsewhere it is asked which."""
        here = self.query_one(Page).current
        self.desk.go("reach", code=here.code if isinstance(here, Leads) and here.kind == "result" else None)

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        start(self, partial(self._open, message.target), group="open", exclusive=True)

    async def _open(self, target: object) -> None:
        if isinstance(target, NewRecord):
            self.desk.go("form", kind=target.kind, parent=self.desk.week if target.kind != "week" else None)
            return
        assert isinstance(target, Leads)
        if target.kind in ("result", "indicator"):
            self.desk.go(target.kind, code=target.code)
            return
        with self.telling():
            kind = "event" if target.kind in ("exchange", "feedback") else target.kind
            record = await self.bridge.call(self.services.records.show, kind, target.code)
            if target.kind == "exchange":
                self.desk.go("exchange", parent=record)
            elif target.kind == "feedback":
                self.desk.go("feedback", place=record)
            elif target.kind == "event":
                self.desk.settle_on(self.desk.week, record)
                self.desk.go("records", kind="session", parent=record)
            else:
                self.desk.go("form", kind=target.kind, record=record)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing behind Home."""
        return action != "back" and super().check_action(action, parameters)
