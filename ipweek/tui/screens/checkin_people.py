"""People at the door who have no badge at hand: found by what is typed, alone or as a group, and marked."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from functools import partial
from time import monotonic
from uuid import UUID

from textual import work

from ipweek.domain.badge_code import normalise
from ipweek.domain.checkin import Door, ScanAnswer
from ipweek.domain.errors import InvalidError, IpweekError, NotFoundError
from ipweek.domain.operators import Voucher
from ipweek.domain.registrations import Order, Registered
from ipweek.domain.words import Direction
from ipweek.i18n import _, language
from ipweek.tui.background import start
from ipweek.tui.screens import checkin_verdicts as verdicts
from ipweek.tui.screens.checkin_door import STATUS, Asking, DoorScreen
from ipweek.tui.widgets.finder import Finder
from ipweek.tui.widgets.scan_lines import ShortLog
from ipweek.tui.widgets.text import visible
from ipweek.tui.widgets.verdict import Shown

_FOUND = 200
_COUNTER_DIGITS = 6

Found = tuple[Sequence[Registered], Collection[UUID], str]
"""People, who of them is inside at the door, and how many there are in all, as it is told."""


class DoorPeopleScreen(DoorScreen):
    """The line under way, and those who answer to it in the verdict's place."""

    def __init__(self) -> None:
        super().__init__()
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

    @property
    def leaving(self) -> bool:
        """Whether people are counted out."""
        return self._direction is Direction.EXIT

    def _typed(self) -> None:
        self._typed_at = monotonic()
        super()._typed()

    def _drop_line(self) -> None:
        self._line.clear()
        self._typed()

    def _show(self, shown: Shown, *, bells: int = 0) -> None:
        if self.is_attached:
            self.remove_class("-finding")
            self._searched = self._line.text or None
            self._hint("")
            self.refresh_bindings()
        super()._show(shown, bells=bells)

    def _back_to_ready(self) -> None:
        self._drop_line()
        self._searched = None
        self.finder.ticked = ()
        self.remove_class("-finding")
        self._hint("")
        self.refresh_bindings()
        super()._back_to_ready()

    def action_find(self) -> None:
        """Show the people of the event, leaders first; typing narrows them down."""
        self._search(self._line.text)

    def _search(self, text: str) -> None:
        self._searched = text
        start(self, partial(self._find, text), group="search", exclusive=True)

    async def _find(self, text: str) -> None:
        if self._door is None:
            return
        with self.telling():
            rows, inside, number = await self.bridge.call(self._matches, self._door, text)
            if self._searched == text:
                self._front(rows, inside)
                self._hint(*self._told(rows, number, text))

    def _matches(self, door: Door, text: str) -> Found:
        """Runs in a thread."""
        service, event = self.services.registrations, self._event_code
        assert event is not None
        digits = normalise(text)
        query = digits if digits.isdecimal() else text
        page = service.page(event, query, order=Order.PINYIN if query else Order.RANK, limit=_FOUND)
        rows = list(page.rows)
        if digits.isdecimal() and len(digits) <= _COUNTER_DIGITS:
            with suppress(NotFoundError, InvalidError):
                row = service.show(digits, event)
                rows = [row, *(other for other in rows if other.id != row.id)]
        number = f"{len(rows)}"
        if page.after is not None:
            number = _("{n} of {total}").format(n=number, total=f"{page.total}{'' if page.exact else '+'}")
        return rows, self.services.checkin.inside(door, [row.id for row in rows]), number

    def _told(self, rows: Sequence[Registered], number: str, text: str) -> tuple[str, str]:
        if not rows:
            told = _("Nobody found: {text}").format(text=visible(text))
            if ticked := len(self.finder.ticked):
                told += " · " + _("still ticked: {n}").format(n=ticked)
            return told, "warn"
        leaving = _("{n} found: Enter marks as left, Ins ticks several, F7 the enterprise")
        coming = _("{n} found: Enter marks present, Ins ticks several, F7 the enterprise")
        return (leaving if self.leaving else coming).format(n=number), "plain"

    def _front(
        self, rows: Sequence[Registered], inside: Collection[UUID], *, of_one_enterprise: bool = False
    ) -> None:
        self.add_class("-finding")
        self.finder.found(rows, inside, of_one_enterprise=of_one_enterprise)
        self.refresh_bindings()

    def action_move(self, step: int) -> None:
        """Move the cursor of the people found."""
        if self.finding:
            self.finder.action_move(step)

    def action_tick(self) -> None:
        """Tick one of several."""
        self.finder.toggle()

    def action_mark(self) -> None:
        """Mark those ticked, or the one under the cursor: in or out without a scan, and kept as such."""
        rows, door = self.finder.meant, self._door
        if not rows or door is None:
            return
        self.finder.ticked = ()
        self._drop_line()
        if len(rows) == 1:
            self._send(door, self._marking(rows[0].id, self._direction))
        else:
            self._waiting += 1
            start(self.app, partial(self._mark_all, door, rows))

    def _marking(
        self,
        registration: UUID,
        direction: Direction,
        *,
        override: str | None = None,
        by: Voucher | None = None,
    ) -> Asking:
        service = self.services.checkin
        mark = service.mark_left if direction is Direction.EXIT else service.mark_present
        return partial(mark, registration_id=registration, override=override, by=by)

    async def _mark_all(self, door: Door, rows: Sequence[Registered]) -> None:
        answers: list[ScanAnswer] = []
        errors: list[IpweekError] = []
        for mark in [self._marking(row.id, self._direction) for row in rows]:
            try:
                answers.append(await self.bridge.write(mark, self.services.actor, door))
            except IpweekError as error:
                errors.append(error)
        self._waiting -= 1
        if not self.is_attached:
            return
        for answer in answers:
            self.query_one(ShortLog).add(verdicts.log_line(answer, door.zone))
        shown = verdicts.of_many(answers, errors, _common([row.enterprise for row in rows]))
        self._show(shown, bells=1)
        self._hint(shown.lines(self.size.width)[0], STATUS[shown.tone])
        self._recount()

    @work(group="choose", exclusive=True)
    async def action_group(self) -> None:
        """Show everybody of one enterprise, ticked if still to come: of the row found, or of the last scan."""
        door, event = self._door, self._event_code
        if door is None or event is None:
            return
        if self._line and self._searched != self._line.text:
            self._searched = self._line.text
            await self._find(self._line.text)
            if len({row.enterprise_code for row in self.finder.rows}) > 1:
                self._hint(_("Several enterprises: choose a row, then F7"), "warn")
                return
        with self.telling():
            code = await self._enterprise_meant()
            if code is None:
                self._hint(_("No enterprise: type its name, or scan or find one of its people"), "warn")
                return
            page = await self.bridge.call(self.services.enterprises.show, code, event)
            ids = [row.id for row in page.delegates]
            inside = await self.bridge.call(self.services.checkin.inside, door, ids)
            self._drop_line()
            self._searched = ""
            self.finder.ticked = tuple(
                row
                for row in page.delegates
                if (row.id in inside if self.leaving else row.id not in inside and row.may_come)
            )
            self._front(page.delegates, inside, of_one_enterprise=True)
            leaving = _("{enterprise}: {n} of {total} ticked, Enter marks them as left")
            coming = _("{enterprise}: {n} of {total} ticked, Enter marks them present")
            name, ticked = page.enterprise.name(language()), len(self.finder.ticked)
            told = leaving if self.leaving else coming
            self._hint(told.format(enterprise=visible(name), n=ticked, total=len(page.delegates)))

    async def _enterprise_meant(self) -> str | None:
        if self.finding and self.finder.chosen is not None:
            return self.finder.chosen.enterprise_code
        if self._last is None or self._last.registration is None:
            return None
        row = await self.bridge.call(self.services.registrations.show, str(self._last.registration))
        return row.enterprise_code

    def action_open(self) -> None:
        """Open the registration under the cursor."""
        if self.finder.chosen is not None:
            self.desk.go("registration", registration=self.finder.chosen)


def _common(names: Sequence[str | None]) -> str:
    """The one name that all have, or nothing."""
    return names[0] or "" if len(set(names)) == 1 else ""
