"""People at the door who have no badge at hand: found by what is typed, marked present, their entry undone."""

from collections.abc import Sequence
from contextlib import suppress
from time import monotonic
from uuid import UUID

from textual import work

from ipweek.domain.badge_code import normalise
from ipweek.domain.checkin import Door, ScanAnswer
from ipweek.domain.errors import InvalidError, IpweekError, NotFoundError
from ipweek.domain.registrations import Registered
from ipweek.domain.words import Direction, ScanKind, Verdict
from ipweek.i18n import N_, _
from ipweek.tui.scanner import TypedLine
from ipweek.tui.screens import checkin_verdicts as verdicts
from ipweek.tui.screens.checkin_door import DoorScreen
from ipweek.tui.screens.checkin_pick import Pick
from ipweek.tui.screens.dialogs import Ask
from ipweek.tui.widgets.finder import Finder, may_come
from ipweek.tui.widgets.rows import Column
from ipweek.tui.widgets.scan_lines import ScanEntry, ShortLog
from ipweek.tui.widgets.text import visible
from ipweek.tui.widgets.verdict import Shown

_FOUND = 200
_UNDOABLE = 200
_COUNTER_DIGITS = 6


class DoorPeopleScreen(DoorScreen):
    """The line under way, and those who answer to it in the verdict's place."""

    def __init__(self) -> None:
        super().__init__()
        self._line = TypedLine()
        self._typed_at = 0.0
        self._searched: str | None = None

    @property
    def finder(self) -> Finder:
        """The people found."""
        return self.query_one(Finder)

    @property
    def finding(self) -> bool:
        """Whether the people found are in front."""
        return self.has_class("-finding")

    def _typed(self) -> None:
        self._typed_at = monotonic()
        self.query_one(ScanEntry).show(visible(self._line.text))

    def _drop_line(self) -> None:
        self._line.clear()
        self._typed()

    def _show(self, shown: Shown, *, bells: int = 0) -> None:
        if self.is_attached:
            self.remove_class("-finding")
            self._searched = self._line.text or None
            self.refresh_bindings()
        super()._show(shown, bells=bells)

    def _back_to_ready(self) -> None:
        self._drop_line()
        self._searched = None
        self.finder.ticked = ()
        self.remove_class("-finding")
        self.refresh_bindings()
        super()._back_to_ready()

    def action_find(self) -> None:
        """Show the people of the event; typing narrows them down."""
        self._search(self._line.text)

    def _search(self, text: str) -> None:
        self._searched = text
        self.run_worker(self._find(text), group="search", exclusive=True)

    async def _find(self, text: str) -> None:
        assert self._event_code is not None
        with self.telling():
            digits = normalise(text)
            query = digits if digits.isdecimal() else text
            service = self.services.registrations
            page = await self.bridge.call(service.page, self._event_code, query, limit=_FOUND)
            rows = list(page.rows)
            if digits.isdecimal() and len(digits) <= _COUNTER_DIGITS:
                with suppress(NotFoundError, InvalidError):
                    row = await self.bridge.call(service.show, digits, self._event_code)
                    rows = [row, *(other for other in rows if other.id != row.id)]
            if self._searched == text:
                self._show_found(rows)

    def _show_found(self, rows: Sequence[Registered]) -> None:
        self.add_class("-finding")
        self.finder.found(rows)
        self.refresh_bindings()
        if rows:
            self.desk.tell(_("{n} found: Enter marks present, Ins ticks several").format(n=len(rows)))
        else:
            self.desk.tell(_("Nobody found: {text}").format(text=self._line.text), "warn")

    def action_move(self, step: int) -> None:
        """Move the cursor of the people found."""
        if self.finding:
            self.finder.action_move(step)

    def action_tick(self) -> None:
        """Tick one of several."""
        self.finder.toggle()

    def action_mark(self) -> None:
        """Mark those ticked present, or the one under the cursor: an entry without a scan, kept as such."""
        rows = self.finder.meant
        if self._direction is Direction.EXIT:
            self.desk.tell(_("Only an entry can be marked: F5 goes back to entries"), "warn")
        elif rows and self._door is not None:
            self._waiting += 1
            self.app.run_worker(self._mark(self._door, rows))
            self.finder.ticked = ()
            self._drop_line()

    async def _mark(self, door: Door, rows: Sequence[Registered]) -> None:
        service, actor = self.services.checkin, self.services.actor
        answers: list[ScanAnswer] = []
        errors: list[IpweekError] = []
        for row in rows:
            try:
                answers.append(await self.bridge.write(service.mark_present, actor, door, row.id))
            except IpweekError as error:
                errors.append(error)
        self._waiting -= 1
        if len(rows) == 1 and answers:
            await self._tell(door, answers[0])
        elif self.is_attached:
            for answer in answers:
                self.query_one(ShortLog).add(verdicts.log_line(answer, door.zone))
            self._show(verdicts.of_many(answers, errors, _common([row.enterprise for row in rows])), bells=1)
            self._recount()

    @work(group="choose", exclusive=True)
    async def action_group(self) -> None:
        """Show everybody of one enterprise, ticked if still to come: of the row, or of the last scan."""
        code, name = await self._enterprise_meant()
        if code is None or name is None or self._event_code is None:
            self.desk.tell(_("No enterprise: scan or find one of its people first"), "warn")
            return
        with self.telling():
            page = await self.bridge.call(
                self.services.registrations.page, self._event_code, name, limit=_FOUND
            )
            rows = [row for row in page.rows if row.enterprise_code == code]
            self._drop_line()
            self._searched = ""
            self.finder.ticked = tuple(row for row in rows if may_come(row))
            self._show_found(rows)
            self.desk.tell(
                _("{enterprise}: {n} ticked, Enter marks them present").format(
                    enterprise=name, n=len(self.finder.ticked)
                )
            )

    async def _enterprise_meant(self) -> tuple[str | None, str | None]:
        row = self.finder.chosen if self.finding else None
        if row is None and self._last is not None and self._last.registration is not None:
            with self.telling():
                ref = str(self._last.registration)
                row = await self.bridge.call(self.services.registrations.show, ref)
        return (row.enterprise_code, row.enterprise) if row is not None else (None, None)

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
                service, actor = self.services.checkin, self.services.actor
                answer = await self.bridge.write(service.undo, actor, door, registration)
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

    def action_open(self) -> None:
        """Open the registration under the cursor."""
        if self.finder.chosen is not None:
            self.desk.go("registration", registration=self.finder.chosen)


def _common(names: Sequence[str | None]) -> str:
    """The one name that all have, or nothing."""
    return names[0] or "" if len(set(names)) == 1 else ""
