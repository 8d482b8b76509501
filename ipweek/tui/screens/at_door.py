"""The frame of a screen that stands at one door of the event in hand and has a line for whatever is scanned or typed."""

from functools import partial

from textual import events, work

from ipweek.domain.checkin import Door
from ipweek.i18n import N_, _, language
from ipweek.tui.background import start
from ipweek.tui.scanner import ENDS, Kiosk, TypedLine
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.checkin_pick import Pick
from ipweek.tui.widgets.rows import Column
from ipweek.tui.widgets.scan_lines import ScanEntry
from ipweek.tui.widgets.text import visible


class AtDoorScreen(BaseScreen, Kiosk):
    """Every key is the line's; the door is the event's own until another is chosen."""

    def __init__(self, classes: str) -> None:
        super().__init__(classes=classes)
        self._line = TypedLine()
        self._event_code: str | None = None
        self._door: Door | None = None

    def reload(self) -> None:
        """Open the door of the event in hand, unless it is open; count."""
        event = self.desk.event
        if event is not None and event.code != self._event_code:
            self._event_code = event.code
            start(self, partial(self._open_door, None), group="door", exclusive=True)
        else:
            self._recount()

    def _recount(self) -> None:
        """Count anew, where something is counted that others change."""

    async def _open_door(self, session: str | None) -> None:
        event, services = self._event_code, self.services
        assert event is not None
        with self.telling():
            door = await self.bridge.write(services.checkin.open_door, services.actor, event, session)
            await self._opened(door, event)

    async def _opened(self, door: Door, event: str) -> None:
        """Begin at a door."""
        raise NotImplementedError

    @work(group="choose", exclusive=True)
    async def action_door(self) -> None:
        """Choose the event's door or that of one of its sessions; one that is new is made."""
        event = self.desk.event
        if event is None or self._event_code is None:
            return
        with self.telling():
            parts = await self.bridge.call(self.services.records.list, "session", self._event_code)
            rows = [(event.name(language()), ""), *((part.name(language()), part.code) for part in parts)]
            columns = (
                Column[tuple[str, str]](N_("Door"), lambda row: row[0]),
                Column[tuple[str, str]](N_("Of"), lambda row: _("session") if row[1] else _("event")),
            )
            chosen = await self.app.push_screen_wait(Pick(lambda: _("Which door?"), rows, columns))
            if chosen is not None:
                await self._open_door(chosen[1] or None)

    def takes_key(self, event: events.Key) -> bool:
        """Printable keys, and while there is something in the line what erases or ends it."""
        if event.key in ENDS:
            return self._ends(event)
        self._line.goes_on()
        if event.key == "backspace" and self._line:
            self._line.erase()
        elif event.character and event.is_printable and (self._line or not event.character.isspace()):
            self._line.add(event.character, event.time)
        else:
            return False
        self._typed()
        return True

    def _ends(self, event: events.Key) -> bool:
        """Whether a key that ends the line was its end."""
        raise NotImplementedError

    def _typed(self) -> None:
        self.query_one(ScanEntry).show(visible(self._line.text))

    def action_log(self) -> None:
        """Open the whole log."""
        self.desk.go("scans")
