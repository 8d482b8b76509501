"""Scans are caught before focus and bindings see a key: what remains is typing."""

from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

from ipweek.domain.errors import IpweekError
from ipweek.domain.words import Reason
from ipweek.i18n import _
from ipweek.render.errors import sentence
from ipweek.tui.background import start
from ipweek.tui.in_turn import OrderedDesk, Typed
from ipweek.tui.scanner import SCAN_GAP, Burst, Kind, Kiosk, pasted
from ipweek.tui.screens import checkin_verdicts as verdicts
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.widgets.form import Form

if TYPE_CHECKING:
    from ipweek.bootstrap import App as Work


class ScanningDesk(OrderedDesk):
    """The application with a scanner at it."""

    def __init__(self, work: "Work") -> None:
        super().__init__(work)
        self._burst = Burst()
        self._release_due = False

    async def take(self, event: Typed | None) -> None:
        """Let pass what no scanner typed."""
        if event is None:
            await self._release()
            return
        await self.catch_up(event)  # an earlier key may open the kiosk
        if isinstance(event, events.Paste):
            if not self._taken(event):
                await self.give(event)
            return
        for key in self._sifted(event):
            await self.give(key)
        self._release_later()

    @property
    def _kiosk(self) -> Kiosk | None:
        """The kiosk in front, or behind nothing but questions."""
        below = (screen for screen in reversed(self.screen_stack) if not isinstance(screen, ModalScreen))
        found = next(below, None)
        return found if isinstance(found, Kiosk) else None

    @property
    def _is_written_in(self) -> bool:
        """Whether a question over the kiosk has a line to type in."""
        return isinstance(self.screen, ModalScreen) and isinstance(self.focused, Input | TextArea)

    def _sifted(self, event: events.Key) -> list[events.Key]:
        kiosk = self._kiosk
        if kiosk is not None and not self._is_written_in:
            held = self._burst.release()
            return [*held, *(() if kiosk.takes_key(event) else (event,))]
        passed, code = self._burst.sift(event)
        if code is not None:
            self._read(code, event.time)
        elif self._burst.first is not None and isinstance(self.screen, BaseScreen):
            self.screen.foresee(self._burst.first)
        return passed

    def _taken(self, event: events.Paste) -> bool:
        kiosk = self._kiosk
        if kiosk is not None and not self._is_written_in:
            kiosk.takes_paste(event)
            return True
        pieces = pasted(event.text)
        if not pieces or any(kind is not Kind.BADGE for kind, _text in pieces):
            return False
        for _kind, code in pieces:
            self._read(code, event.time)
        return True

    def _release_later(self) -> None:
        if self._burst.held and not self._release_due:
            self._release_due = True
            self.set_timer(SCAN_GAP, lambda: self._arrived.put_nowait(None))

    async def _release(self) -> None:
        """Give digits back that were no code after all; keys that came before this moment were seen before it."""
        self._release_due = False
        if self._burst.is_over(events.Event().time):
            for key in self._burst.release():
                await self.give(key)
        self._release_later()

    def _read(self, code: str, moment: float) -> None:
        kiosk = self._kiosk
        if kiosk is not None:
            kiosk.takes_code(code, moment)
        else:
            start(self, partial(self._open_person, code), group="scanned", exclusive=True)

    async def _open_person(self, code: str) -> None:
        """Away from the check-in a badge opens its person, or only says who it is where something is half typed."""
        event = getattr(self.screen, "event_code", "") or (self.event.code if self.event else "")
        if not event:
            self.tell(_("A badge was scanned; choose an event first (Ctrl+E)"), "warn")
            return
        try:
            found = await self.bridge.call(self.work.checkin.identify, code, event)
        except IpweekError as error:
            self.tell(sentence(error), "bad")
            return
        binds = getattr(self.screen, "takes_blank", None)
        if found.reason is Reason.UNKNOWN and binds is not None:
            binds(code)
            return
        self.tell(*verdicts.of_identified(found))
        row = found.registration
        if row is None:
            return
        takes = getattr(self.screen, "takes_person", None)
        if takes is not None:
            takes(row)
            return
        busy = isinstance(self.screen, ModalScreen) or any(form.dirty for form in self.screen.query(Form))
        if busy:
            return
        if self.screen.has_class("registration"):
            self.pop_screen()
        self.go("registration", registration=row)
