"""The doors of an event and of its sessions: whom each lets in and when, and how many are inside."""

from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ipweek.domain.checkin import Door, DoorCount, DoorSettings
from ipweek.domain.door_form import FIELDS, changed_settings, typed_values
from ipweek.domain.kinds import KINDS
from ipweek.domain.operators import Right, Voucher
from ipweek.domain.records import Record
from ipweek.i18n import N_, _, language
from ipweek.render import door_lines
from ipweek.tui.messages import Opened
from ipweek.tui.screens.dialogs import Choose, to_remove
from ipweek.tui.screens.listing import ListScreen
from ipweek.tui.screens.records import name_column, search_key
from ipweek.tui.screens.vouched_form import VouchedForm
from ipweek.tui.screens.vouching import vouched
from ipweek.tui.widgets.form import Form
from ipweek.tui.widgets.rows import Column, Rows

Told = tuple[Door, DoorSettings, DoorCount]


class DoorsScreen(ListScreen[Told]):
    """The event's own door first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), id="open"),
        Binding("insert,ctrl+n", "add", N_("Add"), id="add"),
        Binding("delete", "remove", N_("Remove"), id="remove"),
    ]

    def __init__(self) -> None:
        super().__init__(classes="doors")

    def body(self) -> ComposeResult:
        """One a line."""
        yield Rows[Told](
            (
                Column(N_("Door"), lambda told: door_lines.name(told[0])),
                Column(N_("Of"), lambda told: _("session") if told[0].session_id else _("event")),
                Column(N_("Inside"), _inside, right=True),
                Column(N_("For whom"), lambda told: door_lines.for_whom(told[1]) or (_("all"), "dim")),
                Column(
                    N_("Lets in"),
                    lambda told: door_lines.window(told[1], told[0].zone) or (_("always"), "dim"),
                    optional=True,
                ),
            )
        )

    def title_texts(self) -> tuple[str, str]:
        """The place's name and the event; the place in the list at the right."""
        event = self.desk.event
        return _("Doors") + (f" · {event.name(language())}" if event else ""), self.cursor_at()

    async def _load(self) -> None:
        if self.desk.event is not None:
            with self.telling():
                self.rows.show(await self.bridge.call(self._read, self.desk.event.code))
                self.retitle()

    def _read(self, event: str) -> list[Told]:
        """Runs in a thread."""
        service = self.services.checkin
        return [(door, service.door_settings(door), service.count(door)) for door in service.doors(event)]

    @on(Opened)
    def action_open(self) -> None:
        """Change the settings of a door."""
        if self.rows.chosen is not None:
            door, settings, _count = self.rows.chosen
            self.desk.go("door", door=door, settings=settings)

    @work(group="add", exclusive=True)
    async def action_add(self) -> None:
        """Give the event or a session that has none a door."""
        event = self.desk.event
        if event is None:
            return
        with self.telling():
            sessions = await self.bridge.call(self.services.records.list, "session", event.code)
            has_door = {told[0].session_id for told in self.rows.rows}
            of_event = () if None in has_door else (event,)
            without: list[Record] = [*of_event, *(one for one in sessions if one.id not in has_door)]
            if not without:
                self.desk.tell(_("The event and all its sessions have a door already"), "warn")
                return
            columns = (name_column(KINDS["session"]), Column[Record](N_("Code"), lambda one: one.code))
            chosen = await self.app.push_screen_wait(
                Choose(_("A door for which?"), without, columns, search_key)
            )
            goes_on, by = await vouched(self, Right.DOORS) if chosen is not None else (False, None)
            if chosen is not None and goes_on:
                session = chosen.code if chosen.kind == "session" else None
                add, actor = self.services.checkin.add_door, self.services.actor
                await self.bridge.write(add, actor, event.code, session, by=by)
                self.desk.tell(_("{name} saved").format(name=chosen.name(language())), "good")
                self.reload()

    @work(group="remove", exclusive=True)
    async def action_remove(self) -> None:
        """Ask, then delete or archive a door."""
        if self.rows.chosen is None:
            return
        door = self.rows.chosen[0]
        question = _("Remove the door {code}?").format(code=door_lines.name(door))
        if not await self.app.push_screen_wait(to_remove(question)):
            return
        goes_on, by = await vouched(self, Right.DOORS)
        if goes_on:
            with self.telling():
                services = self.services
                archived = await self.bridge.write(services.checkin.remove_door, services.actor, door, by)
                told = _("Archived, because it has a log: {code}") if archived else _("Deleted: {code}")
                self.desk.tell(told.format(code=door.code), "good")
            self.reload()


class DoorScreen(VouchedForm):
    """The settings of one door."""

    right = Right.DOORS

    def __init__(self, door: Door, settings: DoorSettings) -> None:
        super().__init__(classes="door")
        self.door, self._settings = door, settings

    def body(self) -> ComposeResult:
        """The fields, as the command line has them."""
        yield Form(FIELDS, typed_values(self._settings, self.door.zone))

    @property
    def about(self) -> str:
        """Which door."""
        return f"{_('Door')} · {door_lines.name(self.door)}"

    def _write(self, values: dict[str, Any], by: Voucher | None) -> str:
        settings = changed_settings(self._settings, values, self.door.zone)
        change = self.services.checkin.change_door
        return door_lines.name(change(self.services.actor, self.door, settings, by))


def _inside(told: Told) -> str:
    _door, settings, count = told
    total = f"/{settings.capacity}" if settings.capacity is not None else ""
    return door_lines.inside(count) + total if not count.over else f"{count.present}{total} +{count.over}"
