"""Desks without a network: take a copy along, unite what came back, and settle what does not fit together."""

from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from ipweek.domain.copies import CopyOrder, DeskCopy
from ipweek.domain.desk_conflicts import DeskConflict
from ipweek.domain.words import Keep
from ipweek.i18n import N_, _
from ipweek.render import desk_conflicts as render
from ipweek.render.words import word
from ipweek.tui.background import start
from ipweek.tui.messages import Moved
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.dialogs import Choose, Listed, Prompt
from ipweek.tui.widgets.paths import Paths
from ipweek.tui.widgets.rows import Column, Rows
from ipweek.tui.widgets.said import Said
from ipweek.tui.widgets.text import fit, visible

_ENDING = ".db"
_KEYS = {Keep.FIRST: "F5", Keep.SECOND: "F6", Keep.BOTH: "F7"}
_NOT_THE_SIDES = 12
"""Cells of a line of the list that its other columns need at least."""


class DesksScreen(BaseScreen):
    """The conflicts, open ones unless asked for all; below the one in hand, its sides and what each key would do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "take", N_("Take a copy"), id="take"),
        Binding("f3", "unite", N_("Unite a file"), id="unite"),
        Binding("f4", "settled", N_("Settled too"), id="settled"),
        Binding("f5", "settle('first')", N_("Keep 1"), id="keep-first"),
        Binding("f6", "settle('second')", N_("Keep 2"), id="keep-second"),
        Binding("f7", "settle('both')", N_("Keep both"), id="keep-both"),
        Binding("f9", "copies", N_("Copies taken"), id="copies"),
    ]
    DEFAULT_CSS = """
    DesksScreen #conflict { height: 7; width: 1fr; padding: 0 1; border-top: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__(classes="desks")
        self._copies: tuple[DeskCopy, ...] = ()
        self._read = self._settled = False

    def body(self) -> ComposeResult:
        """One conflict a line, the one in hand below."""
        yield Rows[DeskConflict](
            (
                Column(N_("Conflict"), lambda line: (word(line.kind), "dim" if line.how else "warn")),
                Column(N_("Subject"), render.subject),
                Column(N_("Desk"), _desks),
                Column(N_("Door"), lambda line: line.door or "–", optional=True),
            )
        )
        yield Said(self._in_hand, id="conflict")

    def on_mount(self) -> None:
        """Begin in the list."""
        self.rows.focus()

    @property
    def rows(self) -> Rows[DeskConflict]:
        """The list."""
        return self.query_one(Rows)

    def title_texts(self) -> tuple[str, str]:
        """How many copies are out, and the place in the list."""
        title = _("Desks without a network")
        if not self._read:
            return title, ""
        away = sum(copy.merged_at is None for copy in self._copies)
        told = _("copies: {n}, not back yet: {away}").format(n=len(self._copies), away=away)
        place = (
            _("{n} of {total}").format(n=self.rows.cursor + 1, total=self.rows.count)
            if self.rows.count
            else ""
        )
        return title, " · ".join(part for part in (told, place) if part)

    def reload(self) -> None:
        """Read conflicts and copies again."""
        start(self, self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        with self.telling():
            self._copies = await self.bridge.call(self.services.copies.copies)
            self.rows.show(
                await self.bridge.call(self.services.desk_conflicts.conflicts, settled=self._settled)
            )
            self._read = True
            self._redraw()

    @on(Moved)
    def _redraw(self) -> None:
        self.retitle()
        self.query_one("#conflict", Said).retranslate()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys by which the conflict in hand can be settled."""
        if action == "settle":
            chosen = self.rows.chosen if self.query(Rows) else None
            return chosen is not None and chosen.how is None and Keep(str(parameters[0])) in chosen.ways
        return super().check_action(action, parameters)

    def _in_hand(self) -> Content:
        chosen = self.rows.chosen
        if chosen is None:
            return Content.styled("\n".join(self._nothing()), "$muted")
        room = max(self.size.width - 4, _NOT_THE_SIDES)
        title = fit(visible(f"{word(chosen.kind)} · {render.subject(chosen)}"), room).rstrip()
        lines = [Content.styled(title, "bold")]
        lines += [
            Content(f"{number}  {fit(visible(side), room)}".rstrip())
            for number, side in enumerate(render.sides(chosen), 1)
        ]
        if chosen.how is not None:
            told = fit(visible(render.settled(chosen)), room).rstrip()
            return Content("\n").join([*lines, Content.styled(told, "$muted")])
        keys = [f"{_KEYS[keep]} {text}" for keep, text in render.ways(chosen)]
        lines += [Content.styled(line, "$muted") for line in _flowed(keys, room)]
        return Content("\n").join(lines)

    def _nothing(self) -> list[str]:
        """What stands where no conflict is; before the first copy, what this place is for."""
        if not self._read:
            return []
        told = [_("Everything fits together.")]
        if not self._copies:
            told.append(
                _(
                    "F2 takes a copy along for a desk without a network, on a stick for example; there it is opened by "
                    "“ipweek desk open FILE”."
                )
            )
            told.append(
                _("F3 unites what comes back, in any order; what does not fit together is settled here.")
            )
        return told

    def action_settled(self) -> None:
        """Show those that are settled, too, or only what is open."""
        self._settled = not self._settled
        self.reload()

    # Taking and uniting

    @work(group="export", exclusive=True)
    async def action_take(self) -> None:
        """Ask for which events, for which desk and into which file."""
        orders = self._orders()
        if not orders:
            self.desk.tell(_("There is no week yet: add one first"), "warn")
            return
        columns = (Column[tuple[str, CopyOrder]](N_("Events"), lambda row: row[0]),)
        question = _("A copy of what?")
        chosen = await self.app.push_screen_wait(Choose(question, orders, columns, lambda row: row[0]))
        if chosen is None:
            return
        name = await self.app.push_screen_wait(Prompt(_("The name of the desk that takes it along:"), ""))
        if not name:
            return
        suggested = f"{name.replace('/', '-')}{_ENDING}"
        typed = await self.app.push_screen_wait(
            Prompt(_("Into which file, on a stick for example:"), suggested, suggester=Paths((_ENDING,)))
        )
        if typed:
            order = CopyOrder(chosen[1].events, chosen[1].week, name)
            self.desk.tell(_("Writing {path} …").format(path=typed))
            start(self.app, partial(self._take, order, _path(typed)))

    def _orders(self) -> list[tuple[str, CopyOrder]]:
        event, week, found = self.desk.event, self.desk.week, []
        if event is not None:
            found.append((_("this event: {code}").format(code=event.code), CopyOrder((event.code,))))
        if week is not None:
            found.append(
                (_("all events of the week: {code}").format(code=week.code), CopyOrder(week=week.code))
            )
        return found

    async def _take(self, order: CopyOrder, file: Path) -> None:
        services = self.services
        with self.telling():
            taken = await self.bridge.write(services.desk_jobs.take, services.actor, order, file)
            told = _("The copy for {desk} is in {file}; there: ipweek desk open FILE")
            self.desk.tell(told.format(desk=taken.manifest.desk, file=taken.file.absolute()), "good")
            self.reload()

    @work(group="add", exclusive=True)
    async def action_unite(self) -> None:
        """Ask for the file that came back."""
        typed = await self.app.push_screen_wait(
            Prompt(_("The copy that came back; → completes the path:"), "", suggester=Paths((_ENDING,)))
        )
        if typed:
            self.desk.tell(_("Uniting {path} …").format(path=typed))
            start(self.app, partial(self._unite, _path(typed)))

    async def _unite(self, file: Path) -> None:
        services = self.services
        with self.telling():
            told = await self.bridge.write(services.desk_jobs.merge, services.actor, file)
            self.desk.tell(render.merged(told), "warn" if told.conflicts else "good")
            self.reload()

    # Settling

    @work(group="save", exclusive=True)
    async def action_settle(self, keep: str) -> None:
        """Ask for a note, and settle the conflict in hand."""
        chosen, side = self.rows.chosen, Keep(keep)
        if chosen is None or chosen.how is not None or side not in chosen.ways:
            return
        subject, way = render.subject(chosen), dict(render.ways(chosen))[side]
        question = _("{subject}: {way}. A note, if you like; Enter settles, Esc leaves it open:")
        note = await self.app.push_screen_wait(
            Prompt(question.format(subject=subject, way=way), "", may_be_empty=True)
        )
        if note is None:
            return
        services = self.services
        with self.telling():
            await self.bridge.write(
                services.desk_conflicts.settle, services.actor, str(chosen.id), side, note
            )
            self.desk.tell(_("Settled: {subject} – {how}").format(subject=subject, how=way), "good")
        self.reload()

    @work(group="choose", exclusive=True)
    async def action_copies(self) -> None:
        """The copies that were taken, and which have come back."""
        columns = (
            Column[DeskCopy](N_("Desk"), lambda copy: copy.desk),
            Column[DeskCopy](N_("Taken"), lambda copy: f"{self.desk.local(copy.taken_at):%m-%d %H:%M}"),
            Column[DeskCopy](N_("United"), self._back),
            Column[DeskCopy](N_("Scans"), lambda copy: str(copy.scans), right=True),
            Column[DeskCopy](N_("Events"), lambda copy: ", ".join(copy.events)),
        )
        await self.app.push_screen_wait(Listed(_("Copies that were taken"), self._copies, columns))

    def _back(self, copy: DeskCopy) -> str:
        return f"{self.desk.local(copy.merged_at):%m-%d %H:%M}" if copy.merged_at else _("not back yet")


def _path(typed: str) -> Path:
    return Path(typed).expanduser()


def _desks(conflict: DeskConflict) -> str:
    desks = [side.desk for side in (conflict.first, conflict.second) if side is not None]
    return " / ".join(dict.fromkeys(desks)) or conflict.desk or "–"


def _flowed(parts: list[str], room: int) -> list[str]:
    """The parts in as few lines as hold them."""
    lines: list[str] = []
    for part in parts:
        if lines and cell_len(lines[-1]) + 3 + cell_len(part) <= room:
            lines[-1] += f"   {part}"
        else:
            lines.append(part)
    return lines
