"""Correcting what was typed wrong about somebody: the badge stays genuine, a new print is offered."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult

from ipweek.domain.enterprises import Quota
from ipweek.domain.people import PersonChanges, PersonPage, RegistrationChanges
from ipweek.domain.records import Field, FieldKind, Record, shown
from ipweek.domain.registrations import Registered
from ipweek.domain.words import Category
from ipweek.i18n import _
from ipweek.tui.background import start
from ipweek.tui.screens import register_fields as fields
from ipweek.tui.screens.dialogs import Ask
from ipweek.tui.screens.registration_choosing import choose_for, name_sessions, suggest_enterprises
from ipweek.tui.screens.registration_questions import AskingForm
from ipweek.tui.screens.saved_form import SavedForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ipweek.tui.widgets.field_box import FieldBox

_OF_PERSON = ("name", "name_latin", "phone", "email")
_OF_REGISTRATION = ("enterprise", "title", "category", "seat", "note")
_ON_BADGE = ("name", "name_latin", "enterprise", "title", "category", "seat")
_MASKED = ("phone", "email")
_NOTHING = "-"
_OWN_CATEGORY = replace(fields.CATEGORY, kind=FieldKind.TEXT, choices=None)


def _fields(row: Registered) -> tuple[Field, ...]:
    """Phone and e-mail begin empty, for they are masked; an organizer's own category is typed.

    Whose registration ended has neither sessions nor a leave.
    """
    own = row.category not in set(Category)
    live = (fields.SESSIONS, fields.ON_LEAVE) if fields.can_pass_on(row) else ()
    return (
        fields.NAME,
        fields.LATIN,
        fields.ENTERPRISE,
        fields.TITLE,
        _OWN_CATEGORY if own else fields.CATEGORY,
        fields.SEAT,
        *live,
        fields.NOTE,
        replace(fields.PHONE, help=_kept(row.phone)),
        replace(fields.EMAIL, help=_kept(row.email)),
    )


def _kept(masked: str | None) -> str:
    if not masked:
        return ""
    return _("{masked} is kept; - for none").format(masked=masked)


class PersonFormScreen(SavedForm):
    """The fields of the person and of this registration, and the answers."""

    changed_only = True

    def __init__(self, registration: Registered) -> None:
        super().__init__(classes="person-form")
        self.registration = registration
        self._sessions: Mapping[str, Record] = {}

    def body(self) -> ComposeResult:
        """What the list knew; the answers follow."""
        row = self.registration
        values = {
            name: getattr(row, name) for name in (*_OF_PERSON, *_OF_REGISTRATION) if name not in _MASKED
        }
        yield AskingForm(_fields(row), values | {"sessions": row.wished, "on_leave": row.on_leave})

    def on_mount(self) -> None:
        """Look up what can be completed and what is asked."""
        start(self, partial(suggest_enterprises, self, self.form), group="suggest")
        start(self, self._ask, group="questions")

    @property
    def form(self) -> AskingForm:
        """The fields."""
        return self.query_one(AskingForm)

    def title_texts(self) -> tuple[str, str]:
        """Whom it is about."""
        return _("Correct: {name}").format(name=self.registration.name), ""

    async def _ask(self) -> None:
        with self.telling():
            questions, page = await self.bridge.call(self._read)
            await self.form.ask(questions, page.answers.get(self.registration.id))
            self._sessions = await name_sessions(self, self.form, self.registration.event)

    def _read(self) -> tuple[tuple[Record, ...], PersonPage]:
        """Runs in a thread."""
        row, services = self.registration, self.services
        return services.records.list("question", row.event), services.people.show(str(row.id), row.event)

    async def choose(self, box: "FieldBox", _kind: str) -> None:
        """The enterprise or a session."""
        await choose_for(self, box, self.registration.event)

    async def save(self, values: dict[str, Any]) -> None:
        """Save what was changed, and offer to print what is on the badge anew."""
        page = await self.bridge.write(self._write, values)
        self.form.settle()
        row = next((row for row in page.registrations if row.id == self.registration.id), self.registration)
        self._tell_saved(
            row,
            waits="sessions" in values and bool(row.sessions_waiting),
            quota=await self._quota(row) if "enterprise" in values else None,
        )
        reprint = _is_on_badge(values) and await self._wants_reprint(page)
        self.go()
        if reprint:
            self.desk.go("badge", registration=row, reason=_("corrected"))

    async def _quota(self, row: Registered) -> Quota | None:
        """How many the enterprise sends, where it is another one now."""
        if row.enterprise_code is not None:
            with self.telling():
                return await self.bridge.call(self.services.enterprises.quota, row.enterprise_code, row.event)
        return None

    def _tell_saved(self, row: Registered, *, waits: bool, quota: Quota | None) -> None:
        told = [_("{name} saved").format(name=row.name)]
        if waits:
            told.append(fields.waits_for(row, self._sessions))
        if quota is not None and quota.over:
            told.append(_("over quota: {n} of {quota}").format(n=quota.coming, quota=quota.quota))
        self.desk.tell(" · ".join(told), "warn" if len(told) > 1 else "good")

    def _write(self, values: dict[str, Any]) -> PersonPage:
        """Runs in a thread; what was changed of the person first."""
        services, ref, event = self.services, str(self.registration.id), self.registration.event
        typed = {name: shown(value) for name, value in values.items()}
        typed |= {name: "" for name in _MASKED if typed.get(name) == _NOTHING}
        person = PersonChanges(**{name: typed[name] for name in _OF_PERSON if name in typed})
        here = RegistrationChanges(
            **{name: typed[name] for name in _OF_REGISTRATION if name in typed},
            answers=self.form.answers(values),
            sessions=tuple(values["sessions"] or ()) if "sessions" in values else None,
            on_leave=values.get("on_leave"),
        )
        services.people.edit(services.actor, ref, person, event)
        services.registrations.edit(services.actor, ref, here, event)
        return services.people.show(ref, event)

    async def _wants_reprint(self, page: PersonPage) -> bool:
        if not any(line.issue == page.issue for line in page.prints):
            return False
        question = _("The badge of {name} is printed already and stays valid. Show it, to print it anew?")
        ask = Ask(question.format(name=page.name), yes=_("Show the badge"), no=_("Not now"))
        return await self.app.push_screen_wait(ask)


def _is_on_badge(values: dict[str, Any]) -> bool:
    return any(name in values for name in _ON_BADGE)
