"""Values, fields and kinds as sentences show them."""

from collections.abc import Mapping
from itertools import product
from typing import Any

from ipweek.domain import door_form
from ipweek.domain.import_labels import LABEL_PARTS, field_of
from ipweek.domain.kinds import KINDS
from ipweek.domain.report_notes import NOTE_FIELDS
from ipweek.domain.text import clean
from ipweek.domain.words import LabelKind
from ipweek.i18n import N_, _
from ipweek.render.words import word

LONGEST = 160
"""How much of a value a sentence shows, in characters."""


def shown(value: Any) -> str:
    """A value as a sentence shows it: cleaned, lists with commas, at most `LONGEST` characters."""
    parts = value if isinstance(value, list | tuple) else [value]
    text = _(", ").join(clean(str(part)) for part in parts)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def field_label(name: str) -> str:
    """What people call a field, in the language in force; its code where nothing names it."""
    marked = _FIELDS.get(name)
    return _(marked) if marked else _label_field(name)


def _label_field(name: str) -> str:
    """A field of an import about a label of enterprises: the label, or a part of it."""
    for label, part in product(LabelKind, LABEL_PARTS):
        if name == field_of(label, part):
            named = word(label)
            return _("{label}: {text}").format(label=named, text=_(_PARTS[part])) if part else named
    return shown(name)


_PARTS = {"_certificate": N_("Certificate"), "_from": N_("Valid from"), "_to": N_("Valid to")}


def kind_label(code: str) -> str:
    """What people call a kind of record; its code where nothing names it."""
    return _(KINDS[code].label) if code in KINDS else shown(code)


_FIELDS: Mapping[str, str] = {
    **{field.name: field.label for kind in KINDS.values() for field in kind.fields},
    **{field.name: field.label for fields in NOTE_FIELDS.values() for field in fields},
    **{field.name: field.label for field in door_form.FIELDS},
    "pin": N_("PIN"),
    "name": N_("Name"),
    "name_latin": N_("Name in Latin letters"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "enterprise": N_("Enterprise"),
    "category": N_("Category"),
    "seat": N_("Seat"),
    "session": N_("Session"),
    "title": N_("Title"),
    "sessions": N_("Sessions"),
    "rank": N_("Rank"),
    "registered_at": N_("Registered at"),
    "industries": N_("Industries"),
    "contact": N_("Contact"),
    "contact_phone": N_("Phone of the contact"),
    "contact_email": N_("E-mail of the contact"),
    "contact_role": N_("Role of the contact"),
    "group": N_("Group"),
    "archived_at": N_("Archived"),
    "date": N_("Day"),
    "time": N_("Time"),
    "venue": N_("Venue"),
    "event": N_("Event"),
    "alias": N_("Other name"),
    "role": N_("Role"),
    "valid_from": N_("Valid from"),
    "valid_to": N_("Valid to"),
}
