"""The registration desk: find somebody or add somebody, on one screen."""

from collections.abc import Mapping
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from ipweek.domain.errors import IpweekError
from ipweek.domain.registrations import NewRegistration, Registered
from ipweek.domain.words import RegistrationStatus
from ipweek.i18n import N_, _
from ipweek.tui.messages import Opened
from ipweek.tui.screens.cancelling import cancelled
from ipweek.tui.screens.dialogs import Ask
from ipweek.tui.screens.register_fields import (
    BLANK,
    FIELDS,
    Predecessor,
    can_pass_on,
    new_registration,
    notes,
    taken_over,
    told_of,
)
from ipweek.tui.screens.register_find import FindScreen
from ipweek.tui.screens.registration_choosing import ChooseRegistration, choose_for, suggest_enterprises
from ipweek.tui.screens.registration_questions import AskingForm
from ipweek.tui.widgets.matches import NEW_PERSON
from ipweek.tui.widgets.said import Said


class RegisterScreen(FindScreen):
    """The list of matches and, when somebody is new, the form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "save", N_("Register"), id="save"),
        Binding("insert,ctrl+n", "add", N_("New person"), id="add"),
        Binding("f3", "choose", N_("Choose"), id="choose"),
        Binding("f4", "substitute", N_("Substitute"), id="substitute"),
        Binding("f6", "badge", N_("Badge"), id="badge"),
        Binding("f7", "walk_in", N_("Walk-in"), id="walk-in", priority=True),
        Binding("f9", "waiting", N_("Waiting list"), id="waiting"),
        Binding("ctrl+o", "open_similar", N_("Open the similar one"), id="similar"),
        Binding("f2", "edit", N_("Edit"), id="edit"),
        Binding("f5", "cancel", N_("Cancel place"), id="cancel"),
    ]

    def __init__(self, before: Predecessor | None = None) -> None:
        super().__init__()
        self._saving = False
        self._badge_wanted = False
        self._before = before
        self._similar: tuple[Registered, ...] = ()
        self._taken = ""

    def beside(self) -> ComposeResult:
        """The new person, and under the form what is to be known about him."""
        with Vertical(id="new"):
            yield AskingForm(FIELDS, BLANK)
            yield Said(self._notes, id="notes")

    def on_mount(self) -> None:
        """Begin in the search; the list follows its keys."""
        self.matches.can_focus = False
        self.set_focus(self.find)
        self.run_worker(suggest_enterprises(self, self.form), group="suggest")
        if self._before is not None:
            self._begin(self._before)

    @property
    def form(self) -> AskingForm:
        """The new person."""
        return self.query_one(AskingForm)

    def _notes(self) -> Content:
        return notes(self._before, self._similar, max(self.query_one("#notes").size.width - 2, 1))

    def reload(self) -> None:
        """Search again, count the places, and learn what the event asks."""
        super().reload()
        self.run_worker(self._learn(), group="questions", exclusive=True)

    async def _learn(self) -> None:
        with self.telling():
            asked = await self.bridge.call(self.services.records.list, "question", self.event_code)
            await self.form.ask(asked)

    @on(Input.Submitted, "#find")
    @on(Opened)
    def _open(self) -> None:
        if self.matches.current is NEW_PERSON:
            self.action_add()
        elif self.matches.chosen is not None:
            self.desk.go("registration", registration=self.matches.chosen)

    @work(group="cancel", exclusive=True)
    async def action_cancel(self) -> None:
        """Cancel the registration under the cursor."""
        row = self.matches.chosen
        if row is not None and not self.adding and await cancelled(self, row):
            self.reload()

    def action_edit(self) -> None:
        """Correct the one under the cursor."""
        if self.matches.chosen is not None:
            self.desk.go("correct", registration=self.matches.chosen)

    def action_badge(self) -> None:
        """Show the badge under the cursor; from the form, register first."""
        if self.adding:
            self._badge_wanted = True
            self.action_save()
        elif self.matches.chosen is not None:
            self.desk.go("badge", registration=self.matches.chosen)

    # Adding

    def action_add(self) -> None:
        """Open the form; what was typed becomes the name, or the phone number."""
        if not self.adding:
            self._begin()
            self._take_over()

    def _take_over(self) -> None:
        typed = self.find.value.strip()
        name, phone = self.form.boxes["name"], self.form.boxes["phone"]
        for box in (name, phone):
            if box.text == self._taken:
                box.text = ""
        meant = phone if typed.replace("+", "").isdecimal() else name
        if not meant.text:
            meant.text = typed
        self._taken = typed

    @on(Input.Changed, "#find")
    def _typed_late(self) -> None:
        """What was typed right before the key that opened the form comes in after it."""
        if self.adding and self._before is None and self.find.value.strip() != self._taken:
            self._take_over()

    def _begin(self, before: Predecessor | None = None) -> None:
        self._before, self._similar, self._badge_wanted = before, (), False
        self._taken = ""
        self.form.clear()
        self._fill({**BLANK, **(taken_over(before.row) if before else {})})
        self.form.settle()
        self.add_class("-adding")
        self._renote()
        self.form.focus_first()

    def _fill(self, texts: Mapping[str, str]) -> None:
        for name, text in texts.items():
            self.form.boxes[name].text = text

    def _renote(self) -> None:
        self.query_one("#notes", Said).retranslate()

    def action_walk_in(self) -> None:
        """Mark the new person as one who came without a registration."""
        if not self.adding:
            self.action_add()
        box = self.form.boxes["walk_in"]
        box.text = "no" if box.text == "yes" else "yes"

    @work(group="choose", exclusive=True)
    async def action_substitute(self) -> None:
        """Register somebody who comes for the one under the cursor; in the form, choose for whom."""
        if self.adding:
            chooser = ChooseRegistration(_("For whom does this person come?"), self, self.event_code)
            chosen = await self.app.push_screen_wait(chooser)
            if chosen is not None and self.adding:
                self._before = Predecessor(chosen)
                empty = {name: text for name, text in taken_over(chosen).items() if self._is_open(name)}
                self._fill(empty)
                self._renote()
            return
        row = self.matches.chosen
        if row is None:
            return
        if can_pass_on(row):
            self._begin(Predecessor(row))
        else:
            self.desk.tell(_("{name} holds no place to pass on").format(name=row.name), "warn")

    def _is_open(self, name: str) -> bool:
        return self.form.boxes[name].text.strip() in ("", BLANK.get(name, ""))

    @on(Input.Changed, "FieldBox Input")
    def _typed(self, event: Input.Changed) -> None:
        told = ("name", "phone", "enterprise")
        if self.adding and any(self.form.boxes[name].control.widget is event.input for name in told):
            texts = [self.form.boxes[name].text for name in told]
            self.run_worker(self._compare(*texts), group="similar", exclusive=True)

    async def _compare(self, name: str, phone: str, enterprise: str) -> None:
        with self.telling():
            similar = self.services.registrations.similar
            self._similar = await self.bridge.call(similar, self.event_code, name, phone, enterprise)
            self._renote()

    def action_open_similar(self) -> None:
        """Look at the one who may be meant; the form stays as it is."""
        if self._similar:
            self.desk.go("registration", registration=self._similar[0])

    def action_save(self) -> None:
        """Register the person in the form."""
        if not self.adding or self._saving:
            return
        values = self.form.values()
        if values is None:
            self._badge_wanted = False
            self.desk.tell(_("Not registered: see the field marked in red"), "bad")
            return
        self._saving = True
        new = new_registration(values, self.form.answers(values), self._before)
        self.app.run_worker(self._register(new, self._before))

    async def _register(self, new: NewRegistration, before: Predecessor | None) -> None:
        service, actor = self.services.registrations, self.services.actor
        try:
            if before is not None and before.for_good:
                row = await self.bridge.write(service.transfer, actor, str(before.row.id), new)
            else:
                row = await self.bridge.write(service.register, actor, self.event_code, new)
        except IpweekError as error:
            self._badge_wanted = False
            self.form.blame(error)
            self.refused(error)
            return
        finally:
            self._saving = False
        self.desk.tell(
            told_of(row, before), "good" if row.status is RegistrationStatus.REGISTERED else "warn"
        )
        if self.is_attached:
            wanted = self._badge_wanted
            self._to_search(row)
            if wanted:
                self.desk.go("badge", registration=row)

    def _to_search(self, row: Registered | None = None) -> None:
        self.remove_class("-adding")
        self.form.clear()
        self._before, self._similar, self._badge_wanted = None, (), False
        if row is not None:
            # Shown at once: keys that come before the search answers are about this person.
            self.matches.show((row,), cursor=0)
            with self.find.prevent(Input.Changed):
                self.find.value = row.name
        self.find.focus()
        self.find.action_select_all()
        self.reload()

    async def may_leave(self) -> bool:
        """Esc closes the form first, then empties the search; typed text is not lost without a question."""
        if self.adding:
            question = _("This person is not registered yet. Leave and lose what you typed?")
            ask = Ask(question, yes=_("Leave without registering"), no=_("Stay"))
            if not self.form.dirty or await self.app.push_screen_wait(ask):
                self._to_search()
            return False
        if self.find.value:
            self.find.value = ""
            return False
        return True

    # Choosing

    @work(group="choose", exclusive=True)
    async def action_choose(self) -> None:
        """Choose the enterprise or a session for the field that has the focus."""
        if self.form.here is not None:
            await choose_for(self, self.form.here, self.event_code)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of the form while it is open, those of the list while it is not."""
        if action == "choose":
            return self.adding and self.form.here is not None and self.form.here.known.refers is not None
        if action in ("cancel", "waiting", "add", "edit"):
            return not self.adding
        if action == "save":
            return self.adding
        if action == "open_similar":
            return self.adding and bool(self._similar)
        return super().check_action(action, parameters)
