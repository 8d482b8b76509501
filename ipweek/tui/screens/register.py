"""The registration desk: find somebody or add somebody, on one screen."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from ipweek.domain.enterprises import Quota
from ipweek.domain.errors import IpweekError
from ipweek.domain.registrations import NewRegistration, Registered
from ipweek.i18n import N_, _
from ipweek.render.case_sheet import recusal
from ipweek.tui.background import start
from ipweek.tui.bridge import if_there
from ipweek.tui.messages import Opened
from ipweek.tui.printing import Order
from ipweek.tui.screens.blanks import bound
from ipweek.tui.screens.cancelling import cancelled
from ipweek.tui.screens.choosing import ChoosePerson, equally_meant
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
from ipweek.tui.screens.registration_choosing import (
    ChooseRegistration,
    choose_for,
    name_sessions,
    suggest_enterprises,
)
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
        Binding("f12", "print_badge", N_("Print badge"), id="print-badge"),
        Binding("f7", "walk_in", N_("Walk-in"), id="walk-in", priority=True),
        Binding("f9", "waiting", N_("Waiting list"), id="waiting"),
        Binding("ctrl+o", "open_similar", N_("Open the similar one"), id="similar"),
        Binding("f2", "edit", N_("Edit"), id="edit"),
        Binding("f5", "cancel", N_("Cancel place"), id="cancel"),
    ]

    def __init__(self, before: Predecessor | None = None) -> None:
        super().__init__()
        self._saving = False
        self._wanted: Callable[[Registered], None] | None = None
        self._before = before
        self._similar: tuple[Registered, ...] = ()
        self._registered = ""

    def beside(self) -> ComposeResult:
        """The new person, and under the form what is to be known about him."""
        with Vertical(id="new"):
            yield AskingForm(FIELDS, BLANK)
            yield Said(self._notes, id="notes")

    def on_mount(self) -> None:
        """Begin in the search; the list follows its keys."""
        self.matches.can_focus = False
        self.set_focus(self.find)
        start(self, partial(suggest_enterprises, self, self.form), group="suggest")
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
        start(self, self._learn, group="questions", exclusive=True)

    async def _learn(self) -> None:
        with self.telling():
            asked = await self.bridge.call(self.services.records.list, "question", self.event_code)
            await self.form.ask(asked)
            self._sessions = await name_sessions(self, self.form, self.event_code)
            self.query_one("#details", Said).retranslate()

    @on(Input.Submitted, "#find")
    def _entered(self) -> None:
        start(self, self._find_and_open, group="open", exclusive=True)

    async def _find_and_open(self) -> None:
        """Open who is meant by what was typed, asking where several may be and none was pointed at."""
        if self._answered != self.find.value:
            await self._show_found(self.find.value, None)
        several = () if self._pointed else equally_meant(self.find.value, self._page.rows)
        if several:
            self._open_one_of(several)
        else:
            self._open()

    @work(group="choose", exclusive=True)
    async def _open_one_of(self, several: tuple[Registered, ...]) -> None:
        """Open the only one, or who is chosen."""
        chosen: Registered | None = several[0]
        if len(several) > 1:
            chosen = await self.app.push_screen_wait(ChoosePerson(several))
        if chosen is not None:
            self.desk.go("registration", registration=chosen)

    @on(Opened)
    def _open(self) -> None:
        if self.matches.current is NEW_PERSON:
            self.action_add()
        elif self.matches.chosen is not None:
            self.desk.go("registration", registration=self.matches.chosen)

    def _pointed_at(self) -> Registered | None:
        """The one under the cursor; where it stands on nobody, say so."""
        if self.matches.chosen is None:
            self.desk.tell(_("Find somebody first: the cursor stands on nobody"), "warn")
        return self.matches.chosen

    @work(group="choose", exclusive=True)
    async def takes_blank(self, code: str) -> None:
        """A blank badge was scanned: it becomes the one's under the cursor, who may be registered just now."""
        if self.adding:
            self.desk.tell(_("Register this person first (Ctrl+S), then scan the blank badge"), "warn")
        elif (row := self._pointed_at()) is not None and await bound(self, code, row):
            self.reload()

    @work(group="cancel", exclusive=True)
    async def action_cancel(self) -> None:
        """Cancel the registration under the cursor."""
        if not self.adding and (row := self._pointed_at()) is not None and await cancelled(self, row):
            self.reload()

    def action_edit(self) -> None:
        """Correct the one under the cursor."""
        if (row := self._pointed_at()) is not None:
            self.desk.go("correct", registration=row)

    def action_badge(self) -> None:
        """Show the badge under the cursor; from the form, register first."""
        if self.adding:
            self._wanted = self._show_badge
            self.action_save()
        elif (row := self._pointed_at()) is not None:
            self._show_badge(row)

    def action_print_badge(self) -> None:
        """Print the badge under the cursor; from the form, register first."""
        if self.adding:
            self._wanted = self._print_badge
            self.action_save()
        elif (row := self._pointed_at()) is not None:
            self._print_badge(row)

    def _show_badge(self, row: Registered) -> None:
        self.desk.go("badge", registration=row)

    def _print_badge(self, row: Registered) -> None:
        self.desk.printing.take(Order(row.event, row))

    # Adding

    def action_add(self) -> None:
        """Open the form; what was typed becomes the name, or the phone number."""
        if not self.adding:
            self._begin()
            self._take_over()

    def _take_over(self) -> None:
        """What the line says because of the one registered last is not typed, and is not about the next."""
        typed = self.find.value.strip()
        if typed and typed != self._registered:
            name = "phone" if typed.replace("+", "").isdecimal() else "name"
            self.form.boxes[name].text = typed

    def _begin(self, before: Predecessor | None = None) -> None:
        self._before, self._similar, self._wanted = before, (), None
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
        """Register somebody who comes for the one under the cursor; where there is none, choose for whom."""
        row = self.matches.chosen
        if self.adding or row is None:
            self.action_add()
            chooser = ChooseRegistration(_("For whom does this person come?"), self, self.event_code)
            chosen = await self.app.push_screen_wait(chooser)
            if chosen is not None and self.adding:
                self._before = Predecessor(chosen)
                empty = {name: text for name, text in taken_over(chosen).items() if self._is_open(name)}
                self._fill(empty)
                self._renote()
        elif can_pass_on(row):
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
            start(self, partial(self._compare, *texts), group="similar", exclusive=True)

    async def _compare(self, name: str, phone: str, enterprise: str) -> None:
        with self.telling():
            similar = self.services.registrations.similar
            self._similar = await self.bridge.call(similar, self.event_code, name, phone, enterprise)
            self._renote()

    def action_open_similar(self) -> None:
        """Look at the one who may be meant; the form stays as it is."""
        if self._similar:
            self._open_one_of(self._similar)

    def action_save(self) -> None:
        """Register the person in the form."""
        if not self.adding or self._saving:
            return
        values = self.form.values()
        if values is None:
            self._wanted = None
            self.ask_to_mend(_("Not registered: see the field marked in red"))
            return
        self._saving = True
        new = new_registration(values, self.form.answers(values), self._before)
        start(self.app, partial(self._register, new, self._before), group="save")

    async def _register(self, new: NewRegistration, before: Predecessor | None) -> None:
        service, actor = self.services.registrations, self.services.actor
        try:
            if before is not None and before.for_good:
                row = await self.bridge.write(service.transfer, actor, str(before.row.id), new)
            else:
                row = await self.bridge.write(service.register, actor, self.event_code, new)
        except IpweekError as error:
            self._wanted = None
            self.form.blame(error)
            self.refused(error)
            return
        finally:
            self._saving = False
        self.desk.tell(*told_of(row, before, await self._quota(row, before), self._sessions))
        if self.is_attached:
            wanted = self._wanted
            self._to_search(row)
            if wanted is not None:
                wanted(row)
        await self._recuse(row)

    async def _recuse(self, row: Registered) -> None:
        """Say so where a case of his own enterprise is analysed at the event."""
        with self.telling():
            found = await self.bridge.call(if_there, partial(self.services.cases.recusals_of, row.id), ())
            if found:
                self.desk.tell(" · ".join(map(recusal, found)), "warn")

    async def _quota(self, row: Registered, before: Predecessor | None) -> Quota | None:
        """How many the enterprise sends, where it now sends one more."""
        code, sent = row.enterprise_code, before.row.enterprise_code if before else None
        if code is not None and code != sent:
            with self.telling():
                return await self.bridge.call(self.services.enterprises.quota, code, row.event)
        return None

    def _to_search(self, row: Registered | None = None) -> None:
        self.remove_class("-adding")
        self.form.clear()
        self._before, self._similar, self._wanted = None, (), None
        if row is not None:
            # Shown at once: keys that come before the search answers are about this person.
            self._pointed, self._answered, self._registered = True, row.name, row.name
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
