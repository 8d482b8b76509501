"""What a cell says of whom to call: several people, each with phone, address and role."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from ipweek.domain.errors import InvalidError
from ipweek.domain.import_rows import RowCheck, email_address
from ipweek.domain.text import from_cell, to_cell

_NONE = "-"
_SLASHES = re.compile(r"(?<!\S)/+(?!\S)")


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """Whom to call; a name, a phone or an address is there."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    role: str | None = None


def contact_text(contact: ContactDraft) -> str:
    """A contact as one text, `name / phone / address / role`, a dash for what nobody stated, no role where there is none.

    A slash of a name or a role that would part it is written twice; `contact_parts` reads all of it again.
    """
    parts = [_part(contact.name), contact.phone or _NONE, contact.email or _NONE]
    return " / ".join([*parts, _part(contact.role)] if contact.role else parts)


def contact_parts(text: str) -> ContactDraft | None:
    """What `contact_text` wrote, the last parts perhaps left out; None where there are too many parts."""
    parts = [part.strip() for part in re.split(r"(?<!\S)/(?!\S)", text)]
    if len(parts) > 4:  # name, phone, address, role
        return None
    name, phone, email, role = (
        None if part in ("", _NONE) else part for part in (*parts, *("",) * (4 - len(parts)))
    )
    return ContactDraft(_read(name), phone, email, _read(role))


def contacts_of(check: RowCheck, phone: Callable[[str], str]) -> tuple[ContactDraft, ...]:
    """The further contacts of a row; a phone or an address that is none, or a text that is no contact, is an error."""
    found = []
    for text in check.several("contacts"):
        read = contact_parts(text)
        if read is None or not (read.name or read.phone or read.email):
            check.problem("contacts", "contact-form")
            continue
        try:
            number = phone(read.phone) if read.phone else None
            found.append(replace(read, phone=number, email=read.email and email_address(read.email)))
        except InvalidError as error:
            check.problem("contacts", error.code, params=error.params)
    return tuple(found)


def _part(text: str | None) -> str:
    return _SLASHES.sub(r"\g<0>/", to_cell(text)) if text else _NONE


def _read(text: str | None) -> str | None:
    return (
        from_cell(_SLASHES.sub(lambda found: found[0][1:] if len(found[0]) > 1 else found[0], text))
        if text
        else None
    )
