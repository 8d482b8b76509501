"""Keying in sign-in sheets: scan or type one number after the other, with the verdict and a running count."""

from datetime import datetime
from functools import partial
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.checkin import Door
from ipweek.domain.errors import IpweekError
from ipweek.domain.signin import Keyed, KeyedRow
from ipweek.domain.starts import Start
from ipweek.i18n import N_, _
from ipweek.render.signin_lines import SYMBOLS, keyed, said
from ipweek.tui.background import start
from ipweek.tui.scanner import ENDS, Kind, pasted
from ipweek.tui.screens import checkin_verdicts as verdicts
from ipweek.tui.screens.at_door import AtDoorScreen
from ipweek.tui.screens.dialogs import Prompt
from ipweek.tui.widgets.scan_lines import LogLine, ScanEntry, ShortLog
from ipweek.tui.widgets.verdict import Shown, VerdictPanel

_TONES = {Keyed.ENTERED: "ok", Keyed.ALREADY: "dup", Keyed.REFUSED: "stop", Keyed.UNKNOWN: "stop"}


class SignInScreen(AtDoorScreen):
    """A row that was scanned needs no Enter of its own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "undo", N_("Undo the last"), id="undo"),
        Binding("f5", "time", N_("Time"), id="sheet-time"),
        Binding("f6", "door", N_("Door"), id="door"),
        Binding("f9", "log", N_("Log"), id="log"),
    ]

    def __init__(self) -> None:
        super().__init__("checkin signin")
        self._at: datetime | None = None
        self._entered: list[tuple[Door, KeyedRow]] = []
        self._counts = dict.fromkeys(Keyed, 0)

    def body(self) -> ComposeResult:
        """The verdict, the rows before, the line."""
        yield VerdictPanel(Shown("idle", self._ready))
        yield ShortLog()
        yield ScanEntry()

    def on_mount(self) -> None:
        """Say what the line is for."""
        self.query_one(ScanEntry).ask(lambda: _("Code or number of the row:"))

    def _ready(self, _width: int) -> tuple[str, ...]:
        if self._door is None:
            return (_("Opening the door …"),)
        return (
            _("Scan the code of a signed row, or type its number and Enter"),
            verdicts.door_name(self._door),
            self._time_words(),
        )

    def _time_words(self) -> str:
        if self._at is None or self._door is None:
            return _("no start is stated: rows count from now on; F5 says another time")
        at = self._at.astimezone(ZoneInfo(self._door.zone))
        return _("they count as having come at {time}").format(time=f"{at:%Y-%m-%d %H:%M}")

    def title_texts(self) -> tuple[str, str]:
        """The door; how many rows were keyed in, were in already, were not taken."""
        door = verdicts.door_name(self._door) if self._door else ""
        other = self._counts[Keyed.REFUSED] + self._counts[Keyed.UNKNOWN]
        counted = _("keyed in {entered}, already in {already}, not taken {other}").format(
            entered=self._counts[Keyed.ENTERED], already=self._counts[Keyed.ALREADY], other=other
        )
        return " · ".join(part for part in (_("Key in sign-in sheets"), door) if part), counted

    async def _opened(self, door: Door, _event: str) -> None:
        self._at = await self.bridge.call(self.services.signin.sheet_time, door)
        self._door = door
        self.query_one(VerdictPanel).show(Shown("idle", self._ready))
        self.retitle()

    def takes_key(self, event: events.Key) -> bool:
        """A scanner that sends no end of line is done with its last digit."""
        taken = super().takes_key(event)
        if taken and event.key not in ENDS and self._line.holds_badge:
            self._finish(event.time)
        return taken

    def _ends(self, event: events.Key) -> bool:
        if self.app.screen is not self and not self._line:
            return False
        if self._line.is_second_end(event.time) or not self._line:
            return True
        self._finish(event.time)
        return True

    def _finish(self, moment: float) -> None:
        """A code by itself; of what somebody typed the whole line."""
        _kind, text = self._line.ended(moment)
        self._line.clear()
        self._typed()
        self._take(text)

    def takes_paste(self, event: events.Paste) -> None:
        """Each line is a row."""
        for kind, text in pasted(event.text):
            if kind is not Kind.NOTHING:
                self._take(text)

    def takes_code(self, code: str, moment: float) -> None:  # noqa: ARG002 - the same row twice does no harm
        """A code that was read elsewhere on the screen."""
        self._take(code)

    def _take(self, text: str) -> None:
        if self._door is None:
            self.desk.tell(_("The door is not open yet: scan again"), "warn")
        else:
            # Workers of the application end what they began when this screen is left; writes keep their order.
            start(self.app, partial(self._key_in, self._door, text, self._at))

    async def _key_in(self, door: Door, text: str, at: datetime | None) -> None:
        services = self.services
        try:
            row = await self.bridge.write(services.signin.key_in, services.actor, door, text, at)
        except IpweekError as error:
            if self.is_attached:
                self.query_one(VerdictPanel).show(verdicts.failed(error))
                self.app.bell()
            return
        self._counts[row.outcome] += 1
        if row.outcome is Keyed.ENTERED:
            self._entered.append((door, row))
        if self.is_attached:
            self._show(door, row)

    def _show(self, door: Door, row: KeyedRow) -> None:
        tone = _TONES[row.outcome]
        lines = (f"{SYMBOLS[row.outcome]} {row.name or row.typed}", row.enterprise)
        self.query_one(VerdictPanel).show(Shown(tone, lambda _width: (*lines, said(row, door.zone))))
        clock = f"{self.desk.now().astimezone(ZoneInfo(door.zone)):%H:%M:%S}"
        line = LogLine(clock, SYMBOLS[row.outcome], tone, lambda: keyed(row, door.zone)[2:])
        self.query_one(ShortLog).add(line)
        if row.outcome is not Keyed.ENTERED:
            self.app.bell()
        self.retitle()

    @work(group="undo", exclusive=True)
    async def action_undo(self) -> None:
        """Take the last row back that was keyed in here; again, the one before."""
        if not self._entered:
            self.desk.tell(_("Nothing was keyed in here that could be undone"), "warn")
            return
        door, row = self._entered.pop()
        services = self.services
        with self.telling():
            await self.bridge.write(services.signin.take_back, services.actor, door, row)
            self._counts[Keyed.ENTERED] -= 1
            self.query_one(VerdictPanel).show(Shown("calm", lambda _width: (_undone(row), row.enterprise)))
            self.desk.tell(_undone(row), "good")
            self.retitle()

    @work(group="choose", exclusive=True)
    async def action_time(self) -> None:
        """At what time the rows from now on count: a time of the event's day, or a day and a time."""
        event, door = self.desk.event, self._door
        if event is None or door is None:
            return
        question = _(
            "When did they come? A time of the day (09:40), or day and time; empty: the stated start."
        )
        typed = await self.app.push_screen_wait(Prompt(question, "", may_be_empty=True))
        if typed is None:
            return
        if typed:
            begun = event.values["start"]
            at = _moment(typed, begun.day if begun else self.desk.now().date(), door.zone)
            if at is None:
                self.desk.tell(
                    _("{typed} is no time: write 09:40 or 2019-04-25 09:40").format(typed=typed), "bad"
                )
                return
            self._at = at
        else:
            self._at = await self.bridge.call(self.services.signin.sheet_time, door)
        self.desk.tell(self._time_words(), "good")


def _undone(row: KeyedRow) -> str:
    return _("{symbol} {name}: entry undone").format(symbol="↶", name=row.name)


def _moment(typed: str, day: object, zone: str) -> datetime | None:
    """A moment from a time of the day or a day and a time; None where it is neither."""
    text = typed.strip()
    try:
        return Start.parse(text if " " in text or "T" in text else f"{day} {text}").moment(zone)
    except ValueError:
        return None
