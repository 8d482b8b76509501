"""The log of an event's doors: every scan, mark and annulment, the newest first."""

from functools import partial
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.checkin import ScanLine
from ipweek.domain.exports import ExportKind
from ipweek.domain.signin import REASON
from ipweek.domain.words import Direction, ScanKind, Verdict
from ipweek.i18n import N_, _
from ipweek.render import words
from ipweek.render.signin_lines import why
from ipweek.tui.background import start
from ipweek.tui.messages import MoreWanted, Opened
from ipweek.tui.screens.checkin_verdicts import symbol_of, tone_of
from ipweek.tui.screens.listing import ListScreen
from ipweek.tui.widgets.lines import Span
from ipweek.tui.widgets.rows import Column, Rows

PAGE = 200
_ROLES = {"ok": "good", "dup": "warn", "stop": "bad", "calm": "dim"}


class ScanLogScreen(ListScreen[ScanLine]):
    """Refused and unknown scans are lines too; annulled ones say so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("f3", "refused", N_("Refused only"), id="refused"),
        Binding("f9", "export", N_("Export"), id="export"),
    ]

    def __init__(self) -> None:
        super().__init__(classes="scans")
        self._refused_only = False
        self._ended = True
        self._columns = (
            Column[ScanLine](N_("Time"), self._time),
            Column[ScanLine](N_("Verdict"), _verdict),
            Column[ScanLine](N_("Name"), lambda line: line.answer.name or (line.answer.code, "dim")),
            Column[ScanLine](N_("Enterprise"), lambda line: line.answer.enterprise or ("–", "dim")),
            Column[ScanLine](N_("Kind"), _kind),
            Column[ScanLine](N_("Door"), lambda line: line.door, optional=True),
            Column[ScanLine](N_("Desk"), lambda line: line.answer.desk, optional=True),
            Column[ScanLine](N_("Operator"), lambda line: line.operator, optional=True),
        )

    def body(self) -> ComposeResult:
        """The lines."""
        yield Rows(self._columns)

    @property
    def _zone(self) -> ZoneInfo | None:
        week = self.desk.week
        return ZoneInfo(week.values["zone"]) if week else None

    def _time(self, line: ScanLine) -> str:
        """To the second today, with the day before that."""
        at, now = line.answer.at.astimezone(self._zone), self.desk.now().astimezone(self._zone)
        return f"{at:%H:%M:%S}" if at.date() == now.date() else f"{at:%m-%d %H:%M}"

    def title_texts(self) -> tuple[str, str]:
        """The place in the list at the right."""
        title = _("Log of the doors")
        if self._refused_only:
            title += " · " + _("Refused only")
        return title, self.cursor_at(_("nothing yet")) + ("" if self._ended else " …")

    async def _load(self, before: ScanLine | None = None) -> None:
        if self.desk.event is None:
            return
        with self.telling():
            verdict = Verdict.REFUSED if self._refused_only else None
            lines = await self.bridge.call(
                self.services.checkin.scans, self.desk.event.code, PAGE, before=before, verdict=verdict
            )
            self._ended = len(lines) < PAGE
            (self.rows.show if before is None else self.rows.grow)(lines)
            self.retitle()

    @on(MoreWanted)
    def _more(self) -> None:
        if not self._ended:
            start(self, partial(self._load, self.rows.rows[-1]), group="load", exclusive=True)

    def action_refused(self) -> None:
        """Only what was refused, or everything."""
        self._refused_only = not self._refused_only
        self.reload()

    def action_export(self) -> None:
        """Write the log into a file."""
        self.desk.go("export", kind=ExportKind.SCANS)

    @on(Opened)
    def action_open(self) -> None:
        """Open the registration of the line."""
        line = self.rows.chosen
        if line is None or line.answer.registration is None:
            self.desk.tell(_("Nobody's registration is known for this line"), "warn")
        else:
            start(
                self,
                partial(self._open, str(line.answer.registration)),
                group="open",
                exclusive=True,
            )

    async def _open(self, ref: str) -> None:
        with self.telling():
            row = await self.bridge.call(self.services.registrations.show, ref)
            self.desk.go("registration", registration=row)


def _verdict(line: ScanLine) -> Span:
    said = line.answer
    if said.kind is ScanKind.ANNULMENT:
        return f"{symbol_of(said)} {_('entry undone')}", "dim"
    text = words.word(said.reason) if said.reason else words.word(said.verdict)
    if said.override:
        text = _("let in all the same: {reason}").format(reason=f"{text} · {line.why}")
    return f"{symbol_of(said)} {text}", _ROLES[tone_of(said)]


def _kind(line: ScanLine) -> str | Span:
    if line.annulled:
        return _("annulled"), "dim"
    if line.answer.kind is ScanKind.MARK and line.why == REASON:
        return why(line.why)
    if line.answer.kind is not ScanKind.SCAN:
        return words.word(line.answer.kind)
    return words.word(line.answer.direction) if line.answer.direction is Direction.EXIT else "–"
