"""The terminal application: keys that work everywhere, and the way from place to place."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.screen import ModalScreen

from ipweek.domain.desk_line import News
from ipweek.domain.errors import NotFoundError
from ipweek.domain.kinds import KINDS
from ipweek.domain.records import Record
from ipweek.i18n import LANGUAGES, N_, _, choose, language
from ipweek.tui.commands import Commands, Palette
from ipweek.tui.memory import recall
from ipweek.tui.places import NEEDS_EVENT, NEEDS_WEEK, screen_of
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.dialogs import Choose, Dialog, Help
from ipweek.tui.screens.home import HomeScreen
from ipweek.tui.screens.records import name_column, search_key
from ipweek.tui.themes import THEMES
from ipweek.tui.waking import WakingDesk
from ipweek.tui.widgets.chrome import in_order, shown_key
from ipweek.tui.widgets.rows import Column

if TYPE_CHECKING:
    from ipweek.bootstrap import App as Work


@dataclass(frozen=True, slots=True)
class First:
    """A place to open at once, with what is in hand there."""

    place: str
    week: Record
    event: Record
    about: dict[str, Any]


class IpweekApp(WakingDesk):
    """Home first, everything else on top of it."""

    CSS_PATH: ClassVar[list[str]] = [  # type: ignore[assignment]
        "styles/app.tcss",
        "styles/form.tcss",
        "styles/register.tcss",
        "styles/checkin.tcss",
    ]
    COMMANDS: ClassVar[set[type[Provider]]] = {Commands}  # type: ignore[assignment]
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", N_("Help"), id="help", priority=True),
        Binding("ctrl+p", "command_palette", N_("Commands"), id="commands", priority=True),
        Binding("ctrl+e", "event", N_("Event"), id="event", priority=True),
        Binding("f8", "language", "中文 / English", id="language", priority=True),
        Binding(
            "ctrl+r",
            "retry_print",
            N_("Print what failed again"),
            id="retry-print",
            show=False,
            priority=True,
        ),
        Binding("ctrl+q", "quit", N_("Quit"), id="quit", show=False, priority=True),
    ]

    def __init__(self, opened: "Work", first: First | None = None, news: Sequence[News] = ()) -> None:
        super().__init__(opened)
        self._first = first
        self._news = news
        for theme in THEMES:
            self.register_theme(theme)
        self._recalled = recall(opened.settings.home)
        themes = [theme.name for theme in THEMES]
        self.theme = self._recalled["theme"] if self._recalled.get("theme") in themes else themes[0]
        if self._recalled.get("language") in LANGUAGES and not opened.settings.language_is_stated:
            choose(self._recalled["language"])

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The variables that our themes add to Textual's."""
        return dict(THEMES[0].variables)

    def on_mount(self) -> None:
        """Open Home, or the one place that was asked for: leaving that leaves the application.

        The clock is held against the server's or the log.
        """
        if self._first is None:
            self.push_screen(HomeScreen())
        else:
            self.hold(self._first.week, self._first.event)
            self.push_screen(screen_of(self._first.place, self._first.about), lambda _left: self.exit())
        self.begin_watch()
        self.listen(self._news)

    async def on_unmount(self) -> None:
        """Let writes and badges come to their end."""
        await self.printing.close()
        await self.bridge.close()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A question is answered before anything else is opened."""
        if action in ("help", "command_palette", "event") and isinstance(self.screen, ModalScreen):
            return False
        if action == "retry_print":
            return self.printing.failed > 0
        return super().check_action(action, parameters)

    def go(self, place: str, /, **about: Any) -> None:
        """Open a place; one that needs an event or a week asks for it first."""
        if place in NEEDS_EVENT and self.event is None:
            self._choose_event(then=lambda: self.go(place, **about))
        elif place in NEEDS_WEEK and self.week is None:
            self.tell(_("There is no week yet: add one first"), "warn")
        else:
            self._open(screen_of(place, about))

    def _open(self, screen: BaseScreen) -> None:
        """Lay a screen on top; one that lies right below already is gone back to, or following people would pile up."""
        before = self.screen_stack[-2] if len(self.screen_stack) > 1 else None
        if isinstance(before, type(screen)) and before.subject == screen.subject is not None:
            self.screen.dismiss(None)
        else:
            self.push_screen(screen)

    def action_help(self) -> None:
        """Show the keys that work here."""
        keys: dict[str, list[str]] = {}
        for each in in_order(self.screen):
            if each.id and each.description:
                keys.setdefault(each.description, []).append(shown_key(each.key))
        self.push_screen(Help([(", ".join(shown), words) for words, shown in keys.items()]))

    def action_command_palette(self) -> None:
        """Show everything that can be done."""
        if not isinstance(self.screen, ModalScreen):
            self.push_screen(Palette())

    def action_language(self) -> None:
        """Change between English and Chinese; what is typed stays."""
        choose("en" if language() == "zh" else "zh")
        self.keep(language=language())
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen | Dialog | Palette):
                screen.retranslate()

    def action_retry_print(self) -> None:
        """Print what failed again."""
        self.printing.retry()

    def action_event(self) -> None:
        """Choose the event in hand."""
        self._choose_event()

    @work(group="event", exclusive=True)
    async def _choose_event(self, then: Callable[[], None] | None = None) -> None:
        records = self.work.records
        events = await self.bridge.call(records.list, "event")
        if not events:
            self.tell(_("There is no event yet: add one under Programme"), "warn")
            return
        columns = (
            name_column(KINDS["event"]),
            Column[Record](N_("Start"), lambda event: str(event.values["start"] or _("not stated"))),
            Column[Record](N_("Week"), lambda event: str(event.values["week"])),
        )
        chosen = await self.push_screen_wait(Choose(_("Which event?"), events, columns, search_key))
        if chosen is None:
            return
        self.settle_on(await self.bridge.call(records.show, "week", chosen.values["week"]), chosen)
        if then is not None:
            then()
        elif isinstance(self.screen, BaseScreen):
            self.screen.reload()

    async def find_week(self) -> None:
        """Take the event of the last run in hand where none is, else the week of today or the latest, and its first."""
        records = self.work.records
        if self.event is None:
            await self._recall_event()
        if self.week is None:
            weeks = await self.bridge.call(records.list, "week")
            self.week = max(weeks, key=lambda week: _nearness(week, self.now().date()), default=None)
        if self.week is not None and self.event is None:
            events = await self.bridge.call(records.list, "event", self.week.code)
            if self.event is None:  # nobody has chosen one meanwhile
                self.hold(self.week, next(iter(events), None))

    async def _recall_event(self) -> None:
        code, records = self._recalled.pop("event", None), self.work.records
        if not isinstance(code, str):
            return
        try:
            event = await self.bridge.call(records.show, "event", code)
            week = await self.bridge.call(records.show, "week", event.values["week"])
        except NotFoundError:
            self.keep(event=None)
            return
        if event.archived:
            self.keep(event=None)
        elif self.event is None:  # nobody has chosen one meanwhile
            self.hold(week, event)


def _nearness(week: Record, today: date) -> tuple[bool, int, date]:
    """Weeks in the order in which somebody at a desk would mean them."""
    first, last = week.values["starts_on"], week.values["ends_on"]
    now = first is not None and last is not None and first <= today <= last
    return now, week.values["year"], first or date.min


def run(
    opened: "Work",
    place: str = "",
    held: tuple[Record, Record] | None = None,
    *,
    news: Sequence[News] = (),
    **about: Any,
) -> None:
    """Run the application on an opened workspace until it is left; `place`, with its week and event, instead of Home.

    `news` is what was heard of its server so far.
    """
    opened.load()
    gc.freeze()  # what is loaded stays, and need not be looked through: that stops everything for 0.1 s at times
    IpweekApp(opened, First(place, *held, about) if held else None, news).run()
