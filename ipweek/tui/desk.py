"""What screens know of the application: the services, the bridge, the event in hand, what happened last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from textual.app import App

from ipweek.domain.desk_line import News, WentOffline
from ipweek.domain.records import Record
from ipweek.i18n import _
from ipweek.render import desk_line
from ipweek.tui import memory
from ipweek.tui.background import start
from ipweek.tui.bridge import Bridge
from ipweek.tui.printing import PrintQueue
from ipweek.tui.widgets.chrome import StatusLine, TopLine

if TYPE_CHECKING:
    from ipweek.bootstrap import App as Work


@dataclass(frozen=True, slots=True)
class Happened:
    """What the status line shows; the tone is plain, good, warn or bad."""

    text: str
    tone: str
    moment: datetime


class Desk(App[None]):
    """The application without its screens."""

    def __init__(self, work: "Work") -> None:
        super().__init__()
        self.work = work
        self.bridge = Bridge(again=work.desk_uow.repeated)
        self.printing = PrintQueue(self)
        self.week: Record | None = None
        self.event: Record | None = None
        self.last: Happened | None = None

    @property
    def engine_name(self) -> str:
        """What the top line calls the database."""
        if self.work.is_copy:
            return _("a desk's copy")
        return "SQLite" if self.work.settings.database else "PostgreSQL"

    @property
    def away(self) -> tuple[str, str]:
        """What stands in the status while the server is away, and the same in brief."""
        since = self.work.line.since if self.work.line is not None else None
        if since is None:
            return "", ""
        moment = self.local(since)
        return desk_line.away(moment), desk_line.away(moment, brief=True)

    def listen(self, heard: Sequence[News]) -> None:
        """Show what is heard of the server, from whatever thread, and what was before."""
        for news in heard:
            self._hear(news)
        if self.work.line is not None:
            self.work.line.tell = self._heard_elsewhere

    def _heard_elsewhere(self, news: News) -> None:
        self.call_later(self._hear, news)

    def _hear(self, news: News) -> None:
        if not isinstance(news, WentOffline):  # that stands in the status as long as it is so
            self.tell(*desk_line.told(news))
        self._redraw(StatusLine)
        self._redraw(TopLine)

    def now(self) -> datetime:
        """This moment as clocks show it where the week is held; where there is no week, at the desk."""
        return self.local(self.work.now())

    def local(self, moment: datetime) -> datetime:
        """A moment as clocks show it where the week is held."""
        return moment.astimezone(ZoneInfo(self.week.values["zone"]) if self.week else None)

    def tell(self, text: str, tone: str = "plain") -> None:
        """Put a line into the status; it stays until the next one."""
        self.last = Happened(text, tone, self.work.now())
        self._redraw(StatusLine)

    def untell(self, text: str) -> None:
        """Take a line back that is no longer so, if it is still there."""
        if self.last is not None and self.last.text == text:
            self.last = None
            self._redraw(StatusLine)

    def redraw_status(self) -> None:
        """Draw what stands in the status anew."""
        self._redraw(StatusLine)

    def hold(self, week: Record | None, event: Record | None) -> None:
        """Take an event in hand; it stays so on every screen."""
        self.week, self.event = week, event
        if self.work.line is not None and week is not None:
            self.work.line.follow(week.code)
        self._redraw(TopLine)

    def settle_on(self, week: Record | None, event: Record) -> None:
        """Take an event in hand that somebody chose; the next run begins with it."""
        self.hold(week, event)
        self.keep(event=event.code)

    def keep(self, **values: str | None) -> None:
        """Remember for the next run, behind the screen."""
        start(self, partial(self.bridge.write, memory.remember, self.work.settings.home, **values))

    def dress(self, theme: str) -> None:
        """Change the colours, for the next run too."""
        self.theme = theme
        self.keep(theme=theme)

    def remember(self, saved: Record) -> None:
        """Keep what is in hand up to date with what was saved; a first event or week is taken in hand."""
        if saved.kind == "week" and (self.week is None or self.week.id == saved.id):
            self.hold(saved, self.event)
        if saved.kind == "event" and (self.event is None or self.event.id == saved.id):
            self.hold(self.week, saved)

    def forget(self, removed: Record) -> None:
        """Take out of the hand what was removed."""
        if self.week is not None and self.week.id == removed.id:
            self.hold(None, None)
        if self.event is not None and self.event.id == removed.id:
            self.hold(self.week, None)

    async def find_week(self) -> None:
        """Take a week and an event in hand where none is."""
        raise NotImplementedError

    def _redraw(self, bar: type[TopLine | StatusLine]) -> None:
        for screen in self.screen_stack:
            for line in screen.query(bar):
                line.refresh()

    def go(self, place: str, /, **about: Any) -> None:
        """Open a place by its name; `about` is what it shows."""
        raise NotImplementedError
