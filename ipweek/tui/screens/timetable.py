"""The timetable: what is on by room and time, and what is wrong in it."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.programme import Conflict, Slot, Timetable
from ipweek.domain.records import Record
from ipweek.domain.starts import Start
from ipweek.i18n import N_, _, language
from ipweek.jobs.schedule import FORMATS
from ipweek.render.conflicts import sentence
from ipweek.render.lines import wrapped
from ipweek.render.timetable_layout import Spot, bands
from ipweek.tui.background import start
from ipweek.tui.messages import Moved, Opened
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.dialogs import Ask, Prompt
from ipweek.tui.screens.into_files import may_write
from ipweek.tui.screens.timetable_lines import told
from ipweek.tui.widgets.grid import Grid
from ipweek.tui.widgets.page import Line, Page
from ipweek.tui.widgets.said import Said


class TimetableScreen(BaseScreen):
    """The week in hand, or its event; arrows move between sessions and free rooms."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("insert,ctrl+n", "add", N_("Add"), id="add"),
        Binding("f2", "edit", N_("Edit"), id="edit"),
        Binding("f4", "conflicts", N_("Conflicts"), id="conflicts"),
        Binding("f5", "copy", N_("Copy"), id="copy"),
        Binding("delete", "cancel", N_("Cancel"), id="cancel"),
        Binding("f6", "scope", N_("Event or week"), id="scope"),
        Binding("f9", "export", N_("Export"), id="export"),
    ]

    def __init__(self) -> None:
        super().__init__(classes="timetable")
        self._timetable: Timetable | None = None
        self._one_event = False

    def body(self) -> ComposeResult:
        """The grid over what is under its cursor; the list of conflicts takes its place when asked for."""
        yield Grid()
        yield Page(id="conflicts")
        yield Said(lambda: told(self._timetable, self.grid.spot), id="spot")

    def on_mount(self) -> None:
        """Begin in the grid."""
        self.grid.focus()

    @property
    def grid(self) -> Grid:
        """What is on."""
        return self.query_one(Grid)

    @property
    def slot(self) -> Slot | None:
        """The event or session under the cursor."""
        return self.grid.spot.slot if self.grid.spot else None

    @property
    def subject(self) -> Record | None:
        """The event or week that is shown."""
        return self.desk.event if self._one_event else self.desk.week

    def title_texts(self) -> tuple[str, str]:
        """Whose timetable it is, and how much is wrong in it."""
        name = self.subject.name(language()) if self.subject else ""
        title = f"{_('Timetable')} · {name}"
        if self._timetable is None:
            return title, ""
        count = len(self._timetable.conflicts)
        return title, _("{n} conflicts").format(n=count) if count else _("no conflicts")

    def reload(self) -> None:
        """Read the programme."""
        start(self, self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        subject, programme = self.subject, self.services.programme
        if subject is None:
            return
        read = programme.timetable_of if self._one_event else programme.timetable
        with self.telling():
            found = await self.bridge.call(read, subject.code)
            self._timetable = found
            self.grid.show(lambda width: bands(found, width, free=True))
            self.query_one("#conflicts", Page).show(lambda width: tuple(_conflict_lines(found, width)))
            self._redraw()

    def _redraw(self) -> None:
        self.query_one("#spot", Said).retranslate()
        self.retitle()
        self.refresh_bindings()

    @on(Moved)
    def _moved(self) -> None:
        self._redraw()

    @on(Opened)
    def _opened(self, message: Opened) -> None:
        if isinstance(message.target, Conflict):
            self._show_conflicts(shown=False)
            self.grid.go(self._spot_of(message.target))
        else:
            self.action_open()

    def _spot_of(self, conflict: Conflict) -> Spot | None:
        slots = self._timetable.slots if self._timetable else ()
        codes = (conflict.first, conflict.second)
        slot = next((slot for slot in slots if slot.code in codes), None)
        return Spot(None, slot=slot) if slot else None

    def action_open(self) -> None:
        """The results and cases of what is under the cursor."""
        if self.query_one("#conflicts", Page) is self.focused:
            self.query_one("#conflicts", Page).action_open()
        elif self.slot is not None:
            start(self, partial(self._go, self.slot, "links"), group="open", exclusive=True)

    def action_edit(self) -> None:
        """The form of what is under the cursor."""
        if self.slot is not None:
            start(self, partial(self._go, self.slot, "form"), group="open", exclusive=True)

    async def _go(self, slot: Slot, place: str) -> None:
        kind = "session" if slot.event else "event"
        with self.telling():
            record = await self.bridge.call(self.services.records.show, kind, slot.code)
            about: dict[str, Any] = (
                {"place": record} if place == "links" else {"kind": kind, "record": record}
            )
            self.desk.go(place, **about)

    def action_add(self) -> None:
        """A session in the room and at the time of the cursor, after what is there; where nothing is, an event."""
        spot = self.grid.spot
        event = self._event_of(spot)
        if event is None:
            self.desk.go("form", kind="event", parent=self.desk.week)
            return
        values: dict[str, Any] = {"event": event}
        if spot is not None and spot.day is not None:
            after = spot.slot.end if spot.slot and spot.slot.event else None
            values["start"] = after or Start(spot.day, spot.at)
        if spot is not None and spot.room is not None:
            values["room"] = spot.room.code
        self.desk.go("form", kind="session", values=values)

    def _event_of(self, spot: Spot | None) -> str | None:
        """The event under the cursor, else the one of that day, else the one in hand."""
        slots = self._timetable.slots if self._timetable else ()
        events = [slot for slot in slots if slot.event is None]
        if spot is not None and spot.slot is not None:
            return spot.slot.event or spot.slot.code
        same_day = [slot for slot in events if spot and slot.start and slot.start.day == spot.day]
        in_hand = self.desk.event.code if self.desk.event else None
        held = next((slot for slot in events if slot.code == in_hand), None)
        found = held if held in same_day or not same_day else same_day[0]
        return found.code if found else None

    @work(group="add", exclusive=True)
    async def action_copy(self) -> None:
        """Copy under a code that is asked for, and open the copy's form: its time is the first thing to change."""
        slot = self.slot
        if slot is None:
            return
        question = _("Copy {name} under which code?").format(name=slot.name(language()))
        code = await self.app.push_screen_wait(Prompt(question, f"{slot.code}-2"))
        if code is None:
            return
        with self.telling():
            services = self.services
            made = await self.bridge.write(services.programme.copy, services.actor, slot.code, code)
            self.desk.tell(
                _("{name} copied: {code}").format(name=slot.name(language()), code=made.code), "good"
            )
            self.desk.go("form", kind=made.kind, record=made)

    @work(group="cancel", exclusive=True)
    async def action_cancel(self) -> None:
        """Ask, then cancel; an event takes its sessions along."""
        slot = self.slot
        if slot is None:
            return
        question = (
            _("Cancel {name}? Who is enrolled stays so.")
            if slot.event
            else _("Cancel {name} with all of its sessions? Who is registered stays so.")
        )
        asked = Ask(question.format(name=slot.name(language())), yes=_("Cancel it"), no=_("Keep"))
        if not await self.app.push_screen_wait(asked):
            return
        with self.telling():
            services = self.services
            done = await self.bridge.write(services.programme.cancel, services.actor, slot.code)
            self.desk.tell(_("Cancelled: {codes}").format(codes=_(", ").join(done)), "good")
        self.reload()

    def action_scope(self) -> None:
        """Change between the whole week and the event in hand."""
        self._one_event = not self._one_event and self.desk.event is not None
        self.reload()

    def action_conflicts(self) -> None:
        """Show what is wrong, or the timetable again."""
        self._show_conflicts(shown=not self.has_class("-conflicts"))

    def _show_conflicts(self, *, shown: bool) -> None:
        if shown and not (self._timetable and self._timetable.conflicts):
            self.desk.tell(_("Nothing is wrong in the programme"), "good")
            return
        self.set_class(shown, "-conflicts")
        (self.query_one("#conflicts", Page) if shown else self.grid).focus()

    async def may_leave(self) -> bool:
        """Esc first ends the list of conflicts."""
        if not self.has_class("-conflicts"):
            return True
        self._show_conflicts(shown=False)
        return False

    @work(group="export", exclusive=True)
    async def action_export(self) -> None:
        """Write what is shown into a file that the operator names; its ending says the format."""
        subject = self.subject
        if subject is None:
            return
        endings = " ".join(f".{form}" for form in FORMATS)
        question = _("Export to which file? Its ending says the format: {endings}").format(endings=endings)
        name = await self.app.push_screen_wait(Prompt(question, f"programme-{subject.code}.ics"))
        if not name:
            return
        path = Path(name).expanduser()  # noqa: ASYNC240 - looks at the environment only
        form = path.suffix.lower().removeprefix(".")
        if form not in FORMATS:
            self.desk.tell(_("The ending must be one of {endings}").format(endings=endings), "bad")
            return
        if not await may_write(self, path):
            return
        with self.telling():
            scope = {"event" if self._one_event else "week": subject.code}
            made = await self.bridge.write(self.services.schedule_jobs.write, path, form, **scope)
            done = _("Written: {path}").format(path=path.absolute())
            if made.left_out:
                names = _(", ").join(slot.name(language()) for slot in made.left_out)
                done += " · " + _("left out, because no day is stated: {names}").format(names=names)
            self.desk.tell(done, "warn" if made.left_out else "good")


def _conflict_lines(timetable: Timetable, width: int) -> Iterator[Line]:
    """What is wrong, each leading to where it is."""
    for conflict in timetable.conflicts:
        first, *others = wrapped(sentence(conflict), width - 2)
        yield Line((("! ", "warn"), (first, "plain")), conflict)
        yield from (Line(((f"  {line}", "plain"),)) for line in others)
