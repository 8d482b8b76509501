"""The form of what an enterprise has besides its record: a label, a contact, another name."""

from dataclasses import dataclass, replace
from typing import Any

from textual.app import ComposeResult

from ipweek.domain.enterprises import ContactChanges, ContactLine, LabelLine, LabelValues
from ipweek.domain.records import Field, FieldKind, Record, shown
from ipweek.domain.words import LabelKind
from ipweek.i18n import N_, _, language
from ipweek.render import words
from ipweek.tui.screens.base import BaseScreen
from ipweek.tui.screens.dialogs import to_remove
from ipweek.tui.screens.saved_form import SavedForm
from ipweek.tui.widgets.form import Form

PARTS = {"contact": N_("Contact"), "label": N_("Label"), "alias": N_("Other name")}
_NOTHING = "-"
_LABEL = Field("label", N_("Label"), FieldKind.CHOICE, required=True, choices=LabelKind)
_VALIDITY = (
    Field("certificate", N_("Certificate")),
    Field("valid_from", N_("Valid from"), FieldKind.DAY, help=N_("such as 2019-04-25")),
    Field("valid_to", N_("Valid to"), FieldKind.DAY, help=N_("the last day on which it holds")),
)
_PHONE, _EMAIL = Field("phone", N_("Phone")), Field("email", N_("E-mail"))
_ALIAS = Field("alias", N_("Other name"), required=True, help=N_("a former name, a brand, an abbreviation"))


@dataclass(frozen=True, slots=True)
class Part:
    """One part on the page of an enterprise; `line` is None for a new one."""

    kind: str
    line: LabelLine | ContactLine | str | None = None

    @property
    def name(self) -> str:
        """By what it is called in a question."""
        if isinstance(self.line, LabelLine):
            return words.word(self.line.label)
        if isinstance(self.line, ContactLine):
            return self.line.name or self.line.phone or self.line.email or ""
        return self.line or ""


def _fields(part: Part) -> tuple[Field, ...]:
    """Phone and e-mail of a known contact begin empty, for they are masked."""
    if part.kind == "label":
        return _VALIDITY if part.line else (_LABEL, *_VALIDITY)
    if part.kind == "alias":
        return (_ALIAS,)
    held = part.line if isinstance(part.line, ContactLine) else None
    return (
        Field("name", N_("Name")),
        Field("role", N_("Role"), help=N_("such as IP manager")),
        replace(_PHONE, help=_kept(held.phone if held else None)),
        replace(_EMAIL, help=_kept(held.email if held else None)),
        Field("main", N_("Main contact"), FieldKind.FLAG),
    )


def _kept(masked: str | None) -> str:
    return _("{masked} is kept; - for none").format(masked=masked) if masked else ""


def _values(part: Part) -> dict[str, Any]:
    line = part.line
    if isinstance(line, LabelLine):
        return {name: getattr(line, name) for name in ("certificate", "valid_from", "valid_to")}
    if isinstance(line, ContactLine):
        return {name: getattr(line, name) for name in ("name", "role", "main")}
    return {}


class EnterprisePartScreen(SavedForm):
    """Adds a part, or edits the given one."""

    def __init__(self, enterprise: Record, part: Part) -> None:
        super().__init__(classes="enterprise-part")
        self.enterprise, self.part = enterprise, part
        self.changed_only = part.kind == "contact"

    def body(self) -> ComposeResult:
        """The fields."""
        yield Form(_fields(self.part), _values(self.part))

    def title_texts(self) -> tuple[str, str]:
        """What part, and of which enterprise."""
        label = _(PARTS[self.part.kind])
        title = f"{label} · {self.part.name}" if self.part.line else _("New: {kind}").format(kind=label)
        return title, self.enterprise.name(language())

    async def save(self, values: dict[str, Any]) -> None:
        """Add it or change it."""
        await self.bridge.write(self._write, values)
        self.form.settle()
        self.desk.tell(_("{name} saved").format(name=_(PARTS[self.part.kind])), "good")
        self.go()

    def _write(self, values: dict[str, Any]) -> None:
        """Runs in a thread."""
        service, actor, code = self.services.enterprises, self.services.actor, self.enterprise.code
        line = self.part.line
        if self.part.kind == "alias":
            service.add_alias(actor, code, values["alias"])
        elif self.part.kind == "label":
            said = LabelValues(values["certificate"], values["valid_from"], values["valid_to"])
            if isinstance(line, LabelLine):
                service.edit_label(actor, code, line.label, said)
            else:
                service.add_label(actor, code, values["label"], said)
        else:
            texts = {name: shown(value) for name, value in values.items() if name != "main"}
            texts |= {name: "" for name in ("phone", "email") if texts.get(name) == _NOTHING}
            changes = ContactChanges(**texts, main=values.get("main"))
            if isinstance(line, ContactLine):
                service.edit_contact(actor, code, str(line.id), changes)
            else:
                service.add_contact(actor, code, changes)


async def removed(screen: BaseScreen, enterprise: Record, part: Part) -> bool:
    """Ask, then take a part away; whether it is gone."""
    question = _("Remove {name}?").format(name=part.name)
    if not await screen.app.push_screen_wait(to_remove(question)):
        return False
    with screen.telling():
        service, actor, line = screen.services.enterprises, screen.services.actor, part.line
        if isinstance(line, LabelLine):
            await screen.bridge.write(service.remove_label, actor, enterprise.code, line.label)
        elif isinstance(line, ContactLine):
            await screen.bridge.write(service.remove_contact, actor, enterprise.code, str(line.id))
        else:
            await screen.bridge.write(service.remove_alias, actor, enterprise.code, part.name)
        screen.desk.tell(_("{name} deleted").format(name=part.name), "good")
        return True
    return False
