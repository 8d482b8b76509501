"""What people decide at a door after it has spoken: an entry undone, a refusal set aside for a reason."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from textual import work

from ipweek.domain.checkin import Door, ScanAnswer, ScanRequest
from ipweek.domain.operators import OperatorLine, Right, Voucher
from ipweek.domain.words import Direction, ScanKind, Verdict
from ipweek.i18n import N_, _
from ipweek.tui.background import start
from ipweek.tui.screens import checkin_verdicts as verdicts
from ipweek.tui.screens.checkin_door import Asking
from ipweek.tui.screens.checkin_people import DoorPeopleScreen
from ipweek.tui.screens.checkin_pick import Pick
from ipweek.tui.screens.dialogs import Ask
from ipweek.tui.screens.vouching import asked, vouched
from ipweek.tui.widgets.rows import Column
from ipweek.tui.widgets.scan_lines import ScanEntry
from ipweek.tui.widgets.text import visible
from ipweek.tui.widgets.verdict import Shown

_UNDOABLE = 200


class DoorDecisionsScreen(DoorPeopleScreen):
    """A reason is typed into the scanner's own line, where a badge that comes meanwhile is told from it."""

    def __init__(self) -> None:
        super().__init__()
        self._in_question: ScanAnswer | None = None

    @property
    def last_refusal(self) -> ScanAnswer | None:
        """The last verdict where it may be set aside: somebody registered for this event was refused."""
        said = self._last
        return said if said is not None and said.verdict is Verdict.REFUSED and said.registration else None

    def action_override(self) -> None:
        """Ask why somebody who was refused is let in all the same."""
        said, door = self.last_refusal, self._door
        if said is None or door is None:
            return
        self._drop_line()
        self._show(verdicts.of_answer(said, door.zone))
        self._in_question = said
        self.query_one(ScanEntry).ask(lambda: _("Why is {name} let in?").format(name=visible(said.name)))
        self._hint(_("Enter lets in and keeps the reason; Esc or the next badge does not"))
        self.refresh_bindings()

    def _let_in(self, why: str) -> None:
        """Ask the door again, with the reason and whoever answers for it."""
        said, door = self._in_question, self._door
        assert said is not None
        assert door is not None
        self._leave_refused()
        start(self, partial(self._allowed_in, said, door, why))

    async def _allowed_in(self, said: ScanAnswer, door: Door, why: str) -> None:
        services = self.services
        with self.telling():
            people = await self.bridge.call(services.operators.vouchers, services.actor, Right.OVERRIDE)
            if people:
                start(
                    self, partial(self._vouched_in, people, said, door, why), group="choose", exclusive=True
                )
            else:
                self._once_more(said, door, why, None)

    async def _vouched_in(
        self, people: Sequence[OperatorLine], said: ScanAnswer, door: Door, why: str
    ) -> None:
        by = await asked(self, people)
        if by is not None:
            self._once_more(said, door, why, by)

    def _once_more(self, said: ScanAnswer, door: Door, why: str, by: Voucher | None) -> None:
        if said.kind is ScanKind.SCAN:
            request = ScanRequest(said.code, direction=said.direction, override=why, by=by)
            self._send(door, partial(self.services.checkin.scan, request=request))
        elif said.registration is not None:
            self._send(door, self._marking(said.registration, said.direction, override=why, by=by))

    def _leave_refused(self) -> None:
        """The question goes, and what was typed of the reason with it."""
        if self._in_question is not None:
            self._in_question = None
            self._drop_line()
            self._hint("")
            self.query_one(ScanEntry).ask(None)
            self.refresh_bindings()

    def _send(self, door: Door, ask: Asking) -> None:
        self._leave_refused()
        super()._send(door, ask)

    def _show(self, shown: Shown, *, bells: int = 0) -> None:
        if self.is_attached:
            self._leave_refused()
        super()._show(shown, bells=bells)

    def _back_to_ready(self) -> None:
        self._leave_refused()
        super()._back_to_ready()

    @work(group="choose", exclusive=True)
    async def action_undo(self) -> None:
        """Ask whose entry, then annul it by a row of its own."""
        door = self._door
        if door is None:
            return
        with self.telling():
            row = self.finder.chosen if self.finding else None
            registration, name = (row.id, row.name) if row is not None else await self._entry_meant(door)
            if registration is None:
                return
            question = _("Undo the last entry of {name} at this door?").format(name=visible(name))
            if await self.app.push_screen_wait(Ask(question, yes=_("Undo"), no=_("Keep"))):
                goes_on, by = await vouched(self, Right.UNDO)
                if not goes_on:
                    return
                service, actor = self.services.checkin, self.services.actor
                answer = await self.bridge.write(service.undo, actor, door, registration, by)
                self._recent.forget()
                await self._tell(door, answer)

    async def _entry_meant(self, door: Door) -> tuple[UUID | None, str]:
        assert self._event_code is not None
        lines = await self.bridge.call(
            self.services.checkin.scans, self._event_code, _UNDOABLE, verdict=Verdict.ACCEPTED
        )
        latest: dict[UUID, ScanAnswer] = {}
        for line in lines:
            said = line.answer
            entry = said.direction is Direction.ENTRY and said.kind is not ScanKind.ANNULMENT
            if line.door == door.code and entry and not line.annulled and said.registration is not None:
                latest.setdefault(said.registration, said)
        if not latest:
            self.desk.tell(_("There is no entry to undo at this door"), "warn")
            return None, ""
        columns = (
            Column[ScanAnswer](N_("Time"), lambda said: verdicts.clock(said.at, door.zone)),
            Column[ScanAnswer](N_("Name"), lambda said: said.name),
            Column[ScanAnswer](N_("Enterprise"), lambda said: said.enterprise),
        )
        rows = list(latest.values())
        chosen = await self.app.push_screen_wait(Pick(lambda: _("Whose entry is undone?"), rows, columns))
        return (chosen.registration, chosen.name) if chosen is not None else (None, "")
