"""The wall: a second screen for the hall, which goes on by itself and shows nobody."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from ipweek.domain.errors import IpweekError
from ipweek.domain.figures import Named
from ipweek.i18n import N_, _
from ipweek.render import wall as picture
from ipweek.render.errors import sentence
from ipweek.render.spans import Row
from ipweek.tui.reading import Reading
from ipweek.tui.scanner import Kiosk
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.dialogs import Prompt
from ipweek.tui.widgets.chrome import KeyLine, TooSmall
from ipweek.tui.widgets.wall_view import WallView

if TYPE_CHECKING:
    from ipweek.domain.wall import Wall

EVERY_SECONDS = 5.0
SHARE = 1 / 50
"""Of the time, that is spent on reading at most."""
TURN_SECONDS = 10.0
STALE_SECONDS = 30.0
"""Figures older than this are said to be old, whatever keeps the next ones."""
KEYS_SECONDS = 8.0
"""So long the keys are shown after somebody pressed one: the hall has no use for them."""
_ARROWS = ("up", "down", "left", "right")
_NEVER = datetime.min.replace(tzinfo=UTC)


class WallScreen(BaseScreen, Kiosk):
    """The event in hand. A badge that is scanned here opens nobody, for everybody would see him."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", N_("Back"), id="back"),
        Binding("s", "say", N_("Announcement"), id="wall-say"),
        Binding("l", "light", N_("Light or dark"), id="wall-light"),
        Binding("n", "names", N_("Names in turns"), id="wall-names"),
        Binding("e", "enterprises", N_("Enterprises by name"), show=False, id="wall-enterprises"),
    ]

    def __init__(self, *, both: bool = True, enterprises: bool = False) -> None:
        super().__init__(classes="wall")
        self._look = picture.Look(both=both)
        self._enterprises = enterprises
        self._wall: Wall | None = None
        self._event_code = ""
        self._failed = False
        self._refusal: IpweekError | None = None
        self._reading = Reading(self, self._load)
        self._due = self._read_at = 0.0
        self._key_at = self._opened_at = monotonic()
        self._drawn: object = None

    def compose(self) -> ComposeResult:
        """The wall; its keys come over it."""
        yield WallView(self._rows)
        yield KeyLine()
        yield TooSmall()

    def on_mount(self) -> None:
        """Go on by itself: the clock and the turns each second, the figures every few."""
        self.set_interval(1.0, self._tick)
        self.set_interval(EVERY_SECONDS, self._again)
        self._show_keys()

    def takes_key(self, event: events.Key) -> bool:
        """Leave every key to its binding."""
        if event.key not in _ARROWS:
            self._show_keys()
        return False

    def takes_paste(self, event: events.Paste) -> None:
        """Nothing is typed here."""

    def takes_code(self, code: str, moment: float) -> None:
        """A badge is no matter for the hall."""

    def title_texts(self) -> tuple[str, str]:
        """There is no title line."""
        return _("Wall"), ""

    def reload(self) -> None:
        """Read the figures."""
        self._reading.ask()

    def _again(self) -> None:
        if self._is_in_front and monotonic() >= self._due:
            self.reload()

    @property
    def _is_in_front(self) -> bool:
        """Whether the hall sees it, behind nothing but questions."""
        shown = (screen for screen in reversed(self.app.screen_stack) if not isinstance(screen, ModalScreen))
        return next(shown, None) is self

    async def _load(self) -> None:
        event = self.desk.event
        if event is None:
            return
        if event.code != self._event_code:
            self._event_code, self._wall = event.code, None
        began = monotonic()
        jobs = self.services.wall_jobs
        try:
            self._wall = await self.bridge.call(jobs.look, event.code, enterprises=self._enterprises)
            self._failed, self._read_at = False, monotonic()
        except IpweekError:
            self._failed = True
            if self._wall is not None:  # what is announced does not come out of the database
                said = await self.bridge.call(jobs.said, event.code)
                self._wall = replace(self._wall, said=said)
        self._due = monotonic() + (monotonic() - began) / SHARE
        self._tick()

    def _tick(self) -> None:
        """Draw what has changed; most seconds nothing has."""
        now = monotonic()
        if now - self._key_at > KEYS_SECONDS:
            self.quiet()
        if not self._look.both or self._enterprises:
            self._look = replace(self._look, turn=int((now - self._opened_at) / TURN_SECONDS))
        figures = self._wall and replace(self._wall, as_of=_NEVER)
        minute = self.services.now().replace(second=0, microsecond=0)
        drawn = (figures, self._look, minute, self._note(minute))
        if drawn != self._drawn:
            self._drawn = drawn
            self.query_one(WallView).refresh()

    def _note(self, moment: datetime) -> str:
        """What the last key met with, or since when the figures stand still."""
        if self._refusal is not None:
            return sentence(self._refusal)
        if self._wall is None:
            return (
                _("The database does not answer; the figures come as soon as it does.")
                if self._failed
                else ""
            )
        old = self._failed or monotonic() - self._read_at > STALE_SECONDS
        return picture.stale(self._wall, moment) if old else ""

    def _rows(self, width: int, height: int) -> Sequence[Row]:
        moment = self.services.now()
        look = replace(self._look, note=self._note(moment))
        if self._wall is not None:
            return picture.rows(self._wall, moment, width, height, look)
        week, event = self.desk.week, self.desk.event
        if week is None or event is None:
            return ()
        named = Named(event.code, event.values["name_zh"], event.values["name_en"])
        return picture.rows_before(named, week.values["zone"], moment, width, height, look)

    def quiet(self) -> None:
        """Take the keys away, and what the last one met with."""
        self._refusal = None
        self.query_one(KeyLine).display = False

    def refused(self, error: IpweekError) -> None:
        """Say it here: there is no status line, for what stands there may name a person."""
        self._refusal = error
        self._show_keys()

    def _show_keys(self) -> None:
        self._key_at = monotonic()
        for line in self.query(KeyLine):
            line.display = True

    def action_light(self) -> None:
        """Light in a bright hall, dark in a dark one."""
        self.desk.dress("ipweek-light" if self.app.current_theme.dark else "ipweek-dark")

    def action_names(self) -> None:
        """Both names of the event at once, or Chinese and English in turns."""
        self._look = replace(self._look, both=not self._look.both)
        self._tick()

    def action_enterprises(self) -> None:
        """Show which enterprises are present, or only how many."""
        self._enterprises = not self._enterprises
        self.reload()

    @work(group="choose", exclusive=True)
    async def action_say(self) -> None:
        """Announce something to the hall; an empty line takes it away."""
        jobs, code = self.services.wall_jobs, self._event_code
        before = await self.bridge.call(jobs.said, code)
        question = _(
            "What does the hall need to know? The walls of this computer show it; an empty line takes it away."
        )
        text = await self.app.push_screen_wait(Prompt(question, before, may_be_empty=True))
        if text is None:
            return
        with self.telling():
            said = await self.bridge.write(jobs.say, code, text)
            if self._wall is not None:
                self._wall = replace(self._wall, said=said)
            self._tick()
