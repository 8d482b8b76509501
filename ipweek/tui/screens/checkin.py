"""The check-in as a kiosk: whatever a scanner types is taken, and no key is needed between two scans."""

from time import monotonic
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.i18n import N_, _
from ipweek.tui.scanner import Kind, pasted
from ipweek.tui.screens import checkin_verdicts as verdicts
from ipweek.tui.screens.checkin_decisions import DoorDecisionsScreen
from ipweek.tui.widgets.finder import Finder
from ipweek.tui.widgets.scan_lines import ScanEntry, ShortLog
from ipweek.tui.widgets.verdict import VerdictPanel

_TICK = 0.1
_TYPING = 0.35  # how long a pause ends a word, in seconds
_STALE = 30.0
_VERDICT = 8.0
_COUNT = 5.0
_OF_THE_DOOR = ("find", "direction", "door", "log", "undo", "group", "override")


class CheckInScreen(DoorDecisionsScreen):
    """Verdict, short log and the line; the people found take the verdict's place while somebody types."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "let_in", N_("Let in"), id="let-in"),
        Binding("enter", "mark", N_("Mark present"), id="mark"),
        Binding("enter", "mark_left", N_("Mark as left"), id="mark-left"),
        Binding("insert", "tick", N_("Tick"), id="tick"),
        Binding("ctrl+o", "override", N_("Let in"), id="override"),
        Binding("f3", "find", N_("Find"), show=False, id="find"),
        Binding("f4", "undo", N_("Undo"), id="undo"),
        Binding("f5", "direction", N_("Entry/exit"), id="direction"),
        Binding("f6", "door", N_("Door"), id="door"),
        Binding("f7", "group", N_("Group"), id="group"),
        Binding("f9", "log", N_("Log"), id="log"),
        Binding("f2", "open", N_("Open"), id="open"),
        Binding("f10", "sheets", N_("Key in sign-in sheets"), show=False, id="sheets"),
        Binding("up", "move(-1)", show=False, id="match-up"),
        Binding("down", "move(1)", show=False, id="match-down"),
        Binding("pageup", "move(-8)", show=False, id="match-page-up"),
        Binding("pagedown", "move(8)", show=False, id="match-page-down"),
    ]

    def body(self) -> ComposeResult:
        """The panel, the people found, the log, the line."""
        yield VerdictPanel(self._ready)
        yield Finder()
        yield ShortLog()
        yield ScanEntry()

    def on_mount(self) -> None:
        """Look after the line, the count and the clock."""
        self.set_interval(_TICK, self._tick)

    def takes_paste(self, event: events.Paste) -> None:
        """Codes are read one after the other; a name goes into the line."""
        names = []
        for kind, text in pasted(event.text):
            if kind is Kind.BADGE:
                self.takes_code(text, event.time)
            elif kind is Kind.FOREIGN:
                self._show(verdicts.not_a_badge())
            else:
                names.append(text)
        if names:
            self._line.text = self._line.text + " ".join(names)
            self._typed()

    def _ends(self, event: events.Key) -> bool:
        if self._line.is_second_end(event.time):
            return True
        if not self._line:
            return event.key == "ctrl+j"
        if self.app.screen is not self and not self._line.holds_badge and self._paused:
            self._drop_line()  # stray letters under a question: the key is an answer to it
            return False
        by_hand = self._line.is_by_hand
        kind, text = self._line.ended(event.time)
        self._typed()
        if kind is Kind.BADGE:
            self.takes_code(text, event.time)
        elif self._in_question is not None and self.app.screen is self:
            self._reason_ends(text, by_hand=by_hand)
        elif kind is Kind.FOREIGN:
            self._show(verdicts.not_a_badge())
        elif kind is Kind.TYPED and self.app.screen is self:
            if self.finding and self._searched == text:
                self.action_mark()
            else:
                self._search(text)
        else:
            self._drop_line()
        return True

    def _reason_ends(self, text: str, *, by_hand: bool) -> None:
        """Only what somebody typed is a reason; another code that is read is no answer."""
        if not text.strip():
            self.action_let_in()
        elif by_hand:
            self._let_in(text)
        else:
            self._show(verdicts.not_a_badge())

    @property
    def _paused(self) -> bool:
        return monotonic() - self._typed_at > _TYPING

    def _tick(self) -> None:
        """What happens by itself: the pause after typing, the end of a verdict, the count, the clock."""
        now = monotonic()
        if self._line and now - self._typed_at > _STALE:
            self._back_to_ready()
        elif self._line and self._paused:
            if self._line.holds_badge:
                moment = self._line.last_at
                self.takes_code(self._line.ended(moment)[1], moment)
                self._typed()
            elif self.app.screen is not self:
                self._drop_line()  # letters under a question are nobody's
            elif self._in_question is None and self._line.text != self._searched:
                self._search(self._line.text)
        done = self.panel.shown is not self._ready and self._in_question is None
        if done and now - self._shown_at > _VERDICT:
            self.panel.show(self._ready)
        if now - self._counted_at > _COUNT and not self._waiting and self.is_current:
            self._recount()

    def action_let_in(self) -> None:
        """Nothing is typed yet: without a reason nobody is let in."""
        self.desk.tell(_("A reason is needed: type it, then Enter"), "warn")

    def action_sheets(self) -> None:
        """Key in what was signed on paper."""
        self.desk.go("signin")

    def action_mark_left(self) -> None:
        """Mark those ticked as left."""
        self.action_mark()

    async def may_leave(self) -> bool:
        """Esc first empties the line, puts the people found away, and leaves a refusal as it was."""
        if not self._line and not self.finding and self._in_question is None:
            return True
        self._back_to_ready()
        return False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of a row while people are in front, those of the door while they are not."""
        deciding = self._in_question is not None
        if action in _OF_THE_DOOR and deciding:
            return False
        allowed = {
            "let_in": deciding,
            "mark": self.finding and not self.leaving,
            "mark_left": self.finding and self.leaving,
            "override": not self.finding and self.last_refusal is not None,
            **dict.fromkeys(("tick", "open"), self.finding),
            **dict.fromkeys(("find", "direction", "door", "log"), not self.finding),
        }
        if action in allowed:
            return allowed[action]
        return super().check_action(action, parameters)
