"""Somebody new: what was typed, checked, and the person that it makes."""

from uuid import UUID

from sqlalchemy.orm import Session

from ipweek.adapters import phones, pinyin
from ipweek.domain.errors import InvalidError
from ipweek.domain.ids import new_id
from ipweek.domain.import_rows import email_address
from ipweek.domain.registrations import NewRegistration
from ipweek.domain.text import clean, is_formula
from ipweek.services import matching
from ipweek.services.marks import is_synthetic
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Person

_LIMIT = 200
_CATEGORY_LIMIT = 40


def checked(new: NewRegistration) -> NewRegistration:
    """The fields of somebody new cleaned, the phone in E.164. Raises InvalidError with the field's name and value."""
    values = {
        name: clean(getattr(new, name))
        for name in ("name", "name_latin", "enterprise", "email", "title", "category", "seat", "note")
    }
    if not values["name"]:
        raise InvalidError("field-required", field="name")
    for name, value in values.items():
        limit = _CATEGORY_LIMIT if name == "category" else _LIMIT
        if len(value) > limit:
            raise InvalidError("field-too-long", field=name, limit=limit, length=len(value))
        if is_formula(value):
            raise InvalidError("field-formula", field=name, value=value)
    if values["email"]:
        values["email"] = email_address(values["email"])
    phone = phones.normalise(new.phone) if new.phone.strip() else ""
    return NewRegistration(
        **values,
        phone=phone,
        sessions=new.sessions,
        answers=new.answers,
        source=new.source,
        substitute_for=new.substitute_for,
    )


def new_person(
    session: Session, new: NewRegistration, enterprise: Enterprise | None, identity: UUID | None = None
) -> Person:
    """Add a person of checked fields, who is found by names, enterprise and phone."""
    name = (enterprise.name_zh or enterprise.name_en) if enterprise else None
    person = Person(
        id=identity or new_id(),
        name=new.name,
        name_latin=new.name_latin or None,
        enterprise_id=enterprise.id if enterprise else None,
        title=new.title or None,
        phone=new.phone or None,
        email=new.email or None,
        search_key=matching.search_key(new.name, new.name_latin, name, new.phone),
        sort_key=pinyin.sort_key(new.name),
        synthetic=is_synthetic(session),
    )
    session.add(person)
    session.flush()
    return person
