"""What an enterprise has besides its record: labels with their validity, contacts, other names."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ipweek.adapters import phones
from ipweek.domain.actor import Actor
from ipweek.domain.contacts import masked_email, masked_phone, shown_phone
from ipweek.domain.enterprises import ContactChanges, ContactLine, LabelLine, LabelValues
from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.ids import new_id
from ipweek.domain.import_rows import email_address
from ipweek.domain.operators import Right
from ipweek.domain.text import clean, enterprise_key, folded, is_formula
from ipweek.domain.words import LabelKind
from ipweek.services import audit, matching
from ipweek.services.base import Service
from ipweek.services.records import find
from ipweek.storage.tables.enterprises import (
    Enterprise,
    EnterpriseAlias,
    EnterpriseContact,
    EnterpriseLabel,
)

_LIMIT = 200
_CERTIFICATE_LIMIT = 100


class EnterpriseParts(Service):
    """Adding, editing and removing them; an enterprise is named by code, credit code, name or alias."""

    def labels(self, enterprise: str) -> tuple[LabelLine, ...]:
        """The labels of an enterprise. Raises NotFoundError."""
        with self.uow.read() as session:
            return labels_of(session, find(session, "enterprise", enterprise).id)

    def add_label(self, actor: Actor, enterprise: str, label: LabelKind, values: LabelValues) -> LabelLine:
        """Note a label. Raises AlreadyThereError `label-known`, InvalidError for a value, NotFoundError."""
        checked = _label_values(values)
        with self.uow.write() as session:
            row: Enterprise = find(session, "enterprise", enterprise)
            if _label_row(session, row, label) is not None:
                raise AlreadyThereError("label-known", enterprise=row.code, label=label)
            made = EnterpriseLabel(id=new_id(), enterprise_id=row.id, label=label, **checked)
            session.add(made)
            after = {"enterprise": row.code, "label": label, **checked}
            audit.record(session, actor, self.clock(), "add", "enterprise_label", made.id, after=after)
            session.flush()
            return _label_line(made)

    def edit_label(self, actor: Actor, enterprise: str, label: LabelKind, values: LabelValues) -> LabelLine:
        """State certificate and validity of a label anew. Raises NotFoundError `label-missing`, InvalidError."""
        checked = _label_values(values)
        with self.uow.write() as session:
            held = _label(session, find(session, "enterprise", enterprise), label)
            before = {name: getattr(held, name) for name in checked}
            for name, value in checked.items():
                setattr(held, name, value)
            if before != checked:
                audit.record(session, actor, self.clock(), "edit", "enterprise_label", held.id, before=before,
                             after=checked)  # fmt: skip
            session.flush()
            return _label_line(held)

    def remove_label(self, actor: Actor, enterprise: str, label: LabelKind) -> None:
        """Take a label away. Raises NotFoundError `label-missing`."""
        with self.uow.write() as session:
            row: Enterprise = find(session, "enterprise", enterprise)
            held = _label(session, row, label)
            before = {"enterprise": row.code, "label": label, "certificate": held.certificate}
            audit.record(session, actor, self.clock(), "delete", "enterprise_label", held.id, before=before)
            session.delete(held)

    def contacts(self, actor: Actor, enterprise: str, *, unmask: bool = False) -> tuple[ContactLine, ...]:
        """Whom to call at an enterprise, the main one first; unmasking is audited. Raises NotFoundError."""
        if unmask:
            self.rights.require(actor, Right.UNMASK)
        with self.uow.write() if unmask else self.uow.read() as session:
            row: Enterprise = find(session, "enterprise", enterprise)
            if unmask:
                audit.record(session, actor, self.clock(), "unmask", "enterprise", row.id)
            return contacts_of(session, row.id, unmask=unmask)

    def add_contact(self, actor: Actor, enterprise: str, changes: ContactChanges) -> ContactLine:
        """Note a contact; the first of an enterprise is the main one. Raises InvalidError, NotFoundError."""
        values = _contact_values(changes)
        if not any(values.get(name) for name in ("name", "phone", "email")):
            raise InvalidError("field-required", field="name")
        with self.uow.write() as session:
            row: Enterprise = find(session, "enterprise", enterprise)
            first = not _contact_rows(session, row.id)
            made = EnterpriseContact(id=new_id(), enterprise_id=row.id, **values, main=False)
            session.add(made)
            session.flush()
            if first or changes.main:
                _make_main(session, made)
            after = {"enterprise": row.code, **values}
            audit.record(session, actor, self.clock(), "add", "enterprise_contact", made.id, after=after)
            session.flush()
            return _contact_line(made)

    def edit_contact(
        self, actor: Actor, enterprise: str, contact: str, changes: ContactChanges
    ) -> ContactLine:
        """Change the named fields; a contact by its number in the list, its name or its id.

        Raises NotFoundError `contact-missing`, InvalidError `contact-ambiguous`, or for a value.
        """
        values = _contact_values(changes)
        with self.uow.write() as session:
            held = _contact(session, find(session, "enterprise", enterprise), contact)
            wanted = {name: value for name, value in values.items() if getattr(held, name) != value}
            before = {name: getattr(held, name) for name in wanted}
            for name, value in wanted.items():
                setattr(held, name, value)
            if not (held.name or held.phone or held.email):
                raise InvalidError("field-required", field="name")
            if changes.main and not held.main:
                session.flush()
                _make_main(session, held)
                before, wanted = {**before, "main": False}, {**wanted, "main": True}
            if wanted:
                audit.record(session, actor, self.clock(), "edit", "enterprise_contact", held.id, before=before,
                             after=wanted)  # fmt: skip
            session.flush()
            return _contact_line(held)

    def remove_contact(self, actor: Actor, enterprise: str, contact: str) -> str:
        """Take a contact away; of the others the first becomes the main one. Returns the name. Raises as `edit_contact`."""
        with self.uow.write() as session:
            row: Enterprise = find(session, "enterprise", enterprise)
            held = _contact(session, row, contact)
            before = {name: getattr(held, name) for name in ("name", "role", "phone", "email")}
            audit.record(session, actor, self.clock(), "delete", "enterprise_contact", held.id, before=before)
            was_main, name = held.main, held.name or ""
            session.delete(held)
            session.flush()
            if was_main and (left := _contact_rows(session, row.id)):
                left[0].main = True
            return name

    def aliases(self, enterprise: str) -> tuple[str, ...]:
        """The other names of an enterprise. Raises NotFoundError."""
        with self.uow.read() as session:
            return tuple(row.name for row in _alias_rows(session, find(session, "enterprise", enterprise).id))

    def add_alias(self, actor: Actor, enterprise: str, name: str) -> str:
        """Let an enterprise answer to another name too, and its people be found by it.

        Raises AlreadyThereError `alias-known`, or `alias-taken` where another enterprise goes by that name, InvalidError.
        """
        alias = _text("alias", name)
        if not alias:
            raise InvalidError("field-required", field="alias")
        with self.uow.write() as session:
            row: Enterprise = find(session, "enterprise", enterprise)
            key = enterprise_key(alias)
            if key in {row.key, row.key_en, *(held.key for held in _alias_rows(session, row.id))}:
                raise AlreadyThereError("alias-known", field="alias", enterprise=row.code, value=alias)
            other = matching.enterprise_of(session, alias)
            if other is not None:
                called = other.name_zh or other.name_en
                raise AlreadyThereError(
                    "alias-taken", field="alias", value=alias, enterprise=called, code=other.code
                )
            made = EnterpriseAlias(id=new_id(), enterprise_id=row.id, name=alias, key=key)
            session.add(made)
            matching.keep_findable(session, row, alias)
            after = {"enterprise": row.code, "alias": alias}
            audit.record(session, actor, self.clock(), "add", "enterprise_alias", made.id, after=after)
            return alias

    def remove_alias(self, actor: Actor, enterprise: str, name: str) -> str:
        """Take another name away again. Raises NotFoundError `alias-missing`."""
        with self.uow.write() as session:
            row: Enterprise = find(session, "enterprise", enterprise)
            key = enterprise_key(name)
            held = next((one for one in _alias_rows(session, row.id) if one.key == key), None)
            if held is None:
                raise NotFoundError("alias-missing", value=clean(name), enterprise=row.code)
            alias = held.name
            before = {"enterprise": row.code, "alias": alias}
            audit.record(session, actor, self.clock(), "delete", "enterprise_alias", held.id, before=before)
            session.delete(held)
            return alias


def labels_of(session: Session, enterprise: UUID) -> tuple[LabelLine, ...]:
    """The labels of an enterprise in the order of their vocabulary."""
    rows = session.scalars(select(EnterpriseLabel).where(EnterpriseLabel.enterprise_id == enterprise))
    order = list(LabelKind)
    return tuple(map(_label_line, sorted(rows, key=lambda row: order.index(row.label))))


def contacts_of(session: Session, enterprise: UUID, *, unmask: bool = False) -> tuple[ContactLine, ...]:
    """The contacts of an enterprise, the main one first."""
    return tuple(_contact_line(row, unmask=unmask) for row in _contact_rows(session, enterprise))


def _label_line(row: EnterpriseLabel) -> LabelLine:
    return LabelLine(row.label, row.certificate, row.valid_from, row.valid_to)


def _label_row(session: Session, enterprise: Enterprise, label: LabelKind) -> EnterpriseLabel | None:
    own = EnterpriseLabel.enterprise_id == enterprise.id
    return session.scalar(select(EnterpriseLabel).where(own, EnterpriseLabel.label == label))


def _label(session: Session, enterprise: Enterprise, label: LabelKind) -> EnterpriseLabel:
    held = _label_row(session, enterprise, label)
    if held is None:
        raise NotFoundError("label-missing", enterprise=enterprise.code, label=label)
    return held


def _label_values(values: LabelValues) -> dict[str, str | date | None]:
    certificate = _text("certificate", values.certificate or "", _CERTIFICATE_LIMIT)
    if values.valid_from and values.valid_to and values.valid_to < values.valid_from:
        raise InvalidError("ends-before-start", field="valid_to", value=values.valid_to)
    return {"certificate": certificate or None, "valid_from": values.valid_from, "valid_to": values.valid_to}


def _contact_line(row: EnterpriseContact, *, unmask: bool = False) -> ContactLine:
    phone, email = row.phone, row.email
    if phone:
        phone = shown_phone(phone) if unmask else masked_phone(phone)
    if email and not unmask:
        email = masked_email(email)
    return ContactLine(row.id, row.name, row.role, phone, email, row.main)


def _contact_rows(session: Session, enterprise: UUID) -> Sequence[EnterpriseContact]:
    return session.scalars(
        select(EnterpriseContact)
        .where(EnterpriseContact.enterprise_id == enterprise)
        .order_by(EnterpriseContact.main.desc(), EnterpriseContact.id)
    ).all()


def _contact(session: Session, enterprise: Enterprise, ref: str) -> EnterpriseContact:
    """A contact by its number in the list, its name or its id."""
    rows = _contact_rows(session, enterprise.id)
    text = clean(ref)
    if text.isascii() and text.isdecimal() and 0 < int(text[:6]) <= len(rows):
        return rows[int(text) - 1]
    wanted = folded(text)
    meant = [row for row in rows if wanted in (folded(row.name or ""), row.id.hex, str(row.id))]
    if len(meant) > 1:
        raise InvalidError("contact-ambiguous", contact=text, count=len(meant))
    if not wanted or not meant:
        raise NotFoundError("contact-missing", contact=text, enterprise=enterprise.code)
    return meant[0]


def _make_main(session: Session, contact: EnterpriseContact) -> None:
    """One after the other, for there is never more than one."""
    others = EnterpriseContact.enterprise_id == contact.enterprise_id
    session.execute(update(EnterpriseContact).where(others).values(main=False))
    contact.main = True
    session.flush()


def _contact_values(changes: ContactChanges) -> dict[str, Any]:
    """The given fields, cleaned; an empty text is None. Raises InvalidError with the field's name and value."""
    values: dict[str, Any] = {}
    for name in ("name", "role", "phone", "email"):
        typed = getattr(changes, name)
        if typed is not None:
            values[name] = clean(typed) if name == "phone" else _text(name, typed)
    if values.get("phone"):
        values["phone"] = phones.normalise(values["phone"])
    if values.get("email"):
        values["email"] = email_address(values["email"])
    return {name: value or None for name, value in values.items()}


def _text(field: str, typed: str, limit: int = _LIMIT) -> str:
    value = clean(typed)
    if len(value) > limit:
        raise InvalidError("field-too-long", field=field, limit=limit, length=len(value))
    if is_formula(value):
        raise InvalidError("field-formula", field=field, value=value)
    return value


def _alias_rows(session: Session, enterprise: UUID) -> Sequence[EnterpriseAlias]:
    own = EnterpriseAlias.enterprise_id == enterprise
    return session.scalars(select(EnterpriseAlias).where(own).order_by(EnterpriseAlias.id)).all()
