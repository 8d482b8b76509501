"""A door with its verdicts and its count; what is typed there is another matter."""

from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import Door, DoorCount, ScanAnswer, ScanRequest
from ipweek.domain.errors import DeniedError, IpweekError
from ipweek.domain.stays import Stay
from ipweek.domain.words import Direction, Reason, ScanKind, Verdict
from ipweek.i18n import _
from ipweek.render.errors import sentence
from ipweek.tui.background import start
from ipweek.tui.scanner import Recent
from ipweek.tui.screens import checkin_verdicts as verdicts
from ipweek.tui.screens.at_door import AtDoorScreen
from ipweek.tui.widgets.scan_lines import ShortLog
from ipweek.tui.widgets.verdict import Shown, VerdictPanel

if TYPE_CHECKING:
    from ipweek.domain.records import Record

Asking = Callable[[Actor, Door], ScanAnswer]
"""What is asked of a door: a scan, a mark."""
STATUS = {"ok": "good", "dup": "warn", "stop": "bad", "calm": "plain"}
"""How a verdict's tone looks in the status."""


class DoorScreen(AtDoorScreen):
    """Sends codes to a door one after the other and shows what it says."""

    def __init__(self) -> None:
        super().__init__("checkin")
        self._direction = Direction.ENTRY
        self._recent = Recent()
        self._shown_at = self._counted_at = 0.0
        self._waiting = 0
        self._last: ScanAnswer | None = None
        self._count: DoorCount | None = None
        self._expected: int | None = None
        self._sessions: dict[str, Record] = {}
        self._hinted = ""
        self._ready = verdicts.ready(lambda: self._door, lambda: self._direction)

    @property
    def panel(self) -> VerdictPanel:
        """The verdict."""
        return self.query_one(VerdictPanel)

    def title_texts(self) -> tuple[str, str]:
        """Door and direction; how many are in, and the time, at the right."""
        leaving = self._direction is Direction.EXIT
        door = verdicts.door_name(self._door) if self._door else ""
        parts = [_("CHECK-IN"), door, _("EXIT") if leaving else _("ENTRY")]
        time = f"{self.desk.now().astimezone(ZoneInfo(self._door.zone)):%H:%M}" if self._door else ""
        return " · ".join(part for part in parts if part), f"{self._counted()}   {time}"

    def _counted(self) -> str:
        if self._count is None:
            return ""
        total = self._count.capacity if self._count.capacity is not None else self._expected
        if total is None:
            return _("in {n}").format(n=self._count.present)
        text = _("in {n} of {total}").format(n=self._count.present, total=total)
        return text + " " + _("over {n}").format(n=self._count.over) if self._count.over else text

    async def _opened(self, door: Door, event: str) -> None:
        self._door = door
        self._recent.forget()
        self._last = None
        parts = await self.bridge.call(self.services.records.list, "session", event)
        self._sessions = {part.code: part for part in parts}
        lines = await self.bridge.call(self.services.checkin.scans, event)
        self.query_one(ShortLog).begin(verdicts.of_log(lines, door))
        self._back_to_ready()
        self._recount()

    def action_direction(self) -> None:
        """From entry to exit and back."""
        leaving = self._direction is Direction.EXIT
        self._direction = Direction.ENTRY if leaving else Direction.EXIT
        self._recent.forget()
        self.set_class(not leaving, "-exit")
        self._back_to_ready()
        self.retitle()

    def _recount(self) -> None:
        self._counted_at = monotonic()
        if self._door is not None:
            start(self, partial(self._read_count, self._door), group="count", exclusive=True)

    async def _read_count(self, door: Door) -> None:
        assert self._event_code is not None
        with self.telling():
            self._count = await self.bridge.call(self.services.checkin.count, door)
            self._expected = None
            if door.session_id is None:
                places = await self.bridge.call(self.services.registrations.counts, self._event_code)
                self._expected = places.registered
            self.retitle()

    def takes_code(self, code: str, moment: float) -> None:
        """Send a code to the door, unless it was read a moment ago."""
        if self._door is None:
            self.desk.tell(_("The door is not open yet: scan again"), "warn")
        elif not self._recent.again(code, moment):
            request = ScanRequest(code, direction=self._direction)
            self._send(self._door, partial(self.services.checkin.scan, request=request))

    def _send(self, door: Door, ask: Asking) -> None:
        """Ask the door in turn; whoever leaves the screen meanwhile takes nothing back."""
        self._waiting += 1
        # Workers of the application end what they began when this screen is left; writes keep their order.
        start(self.app, partial(self._answered, door, ask))

    async def _answered(self, door: Door, ask: Asking) -> None:
        try:
            answer = await self.bridge.write(ask, self.services.actor, door)
        except DeniedError as error:
            self._recent.forget()
            self._hint(sentence(error), "bad")
            self.app.bell()
            return
        except IpweekError as error:
            self._recent.forget()
            self._show(verdicts.failed(error), bells=2)
            return
        finally:
            self._waiting -= 1
        await self._tell(door, answer)

    async def _tell(self, door: Door, answer: ScanAnswer) -> None:
        """Show a verdict at once, and what else is known of the person when nobody waits behind."""
        if not self.is_attached:
            return
        self._last = answer
        line = verdicts.log_line(answer, door.zone)
        self.query_one(ShortLog).add(line)
        self._show(
            verdicts.of_answer(answer, door.zone), bells=1 if answer.verdict is Verdict.ACCEPTED else 2
        )
        if answer.kind is not ScanKind.SCAN or answer.override:
            self._hint(f"{line.symbol} {line.words()}", STATUS[line.tone])
        if self._waiting:
            return
        self._recount()
        with self.telling():
            if answer.registration is not None and answer.kind is not ScanKind.ANNULMENT:
                row = await self.bridge.call(self.services.registrations.show, str(answer.registration))
                parts = [self._sessions[code] for code in row.sessions if code in self._sessions]
                stay = await self._stay_of(door, answer)
                if self._last is answer and (parts or stay) and self.is_attached:
                    self.panel.show(verdicts.of_answer(answer, door.zone, parts, stay))
            forged = answer.reason is Reason.FORGED
            if forged and await self.bridge.call(self.services.checkin.forgery_alarm, door):
                self.desk.tell(_("Five forged codes within a minute: call the supervisor"), "bad")

    async def _stay_of(self, door: Door, answer: ScanAnswer) -> Stay | None:
        """The time inside of somebody who leaves."""
        if answer.direction is not Direction.EXIT or answer.registration is None:
            return None
        found = await self.bridge.call(self.services.stays.of_registration, answer.registration)
        return next((one.stay for one in found if one.door == door.code), None)

    def _hint(self, text: str, tone: str = "plain") -> None:
        """Say what can be done or was done; it goes with the next verdict."""
        self.desk.untell(self._hinted)
        self._hinted = text
        if text:
            self.desk.tell(text, tone)

    def _show(self, shown: Shown, *, bells: int = 0) -> None:
        if not self.is_attached:
            return
        self._shown_at = monotonic()
        self.panel.show(shown)
        for _bell in range(bells):
            self.app.bell()

    def _back_to_ready(self) -> None:
        self.panel.show(self._ready)
