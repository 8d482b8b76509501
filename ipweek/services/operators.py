"""Operators: who works at the desks, in which role."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.errors import AlreadyThereError, DeniedError, InvalidError, NotFoundError
from ipweek.domain.ids import new_id
from ipweek.domain.operators import (
    NAME_LENGTH,
    OperatorChanges,
    OperatorLine,
    Right,
    Voucher,
    checked_pin,
    digest_of,
    may,
)
from ipweek.domain.text import clean, is_formula
from ipweek.domain.words import OperatorRole
from ipweek.services import audit
from ipweek.services.base import Service
from ipweek.services.rights import found, key_of
from ipweek.storage.ownership import is_owner
from ipweek.storage.tables.operators import Operator


class Operators(Service):
    """Recording operators is itself a right, once there are some; the first is an organizer."""

    def list(self, right: Right | None = None) -> tuple[OperatorLine, ...]:
        """All operators by role and name, or those who have a right."""
        with self.uow.read() as session:
            rows = session.scalars(select(Operator).order_by(Operator.key)).all()
        order = list(OperatorRole)
        lines = sorted(map(_line, rows), key=lambda line: -order.index(line.role))
        return tuple(line for line in lines if right is None or may(line.role, right))

    def vouchers(self, actor: Actor, right: Right) -> tuple[OperatorLine, ...]:
        """Who can answer for what this operator may not decide himself; nobody where he may.

        Where nobody has a PIN to show and he may not, these are who have the right.
        """
        return self.list(right) if self.rights.needs_voucher(actor, right) else ()

    def take_over(self, actor: Actor, by: Voucher) -> Actor:
        """The same desk and run with another operator at it.

        Raises DeniedError `operator-unknown`, `pin-needed`, `pin-wrong`, `pin-locked`.
        """
        name = self.rights.prove(actor, by)
        with self.uow.write() as session:
            audit.record(session, actor, self.clock(), "take over", "operator", None, after={"name": name})
        return Actor(name, actor.desk, actor.run, by.pin)

    def add(
        self, actor: Actor, name: str, role: OperatorRole, pin: str | None = None, by: Voucher | None = None
    ) -> OperatorLine:
        """Record somebody.

        Raises InvalidError `field-required`, `field-too-long`, `field-formula`, `pin-invalid` or `operator-first`,
        AlreadyThereError `operator-taken`, DeniedError.
        """
        shown = _checked_name(name)
        kept = digest_of(checked_pin(pin)) if pin else None
        self.rights.require(actor, Right.OPERATORS, by)
        with self.uow.write() as session:
            if found(session, shown) is not None:
                raise AlreadyThereError("operator-taken", name=shown)
            if role is not OperatorRole.ORGANIZER and not _organizers(session):
                raise InvalidError("operator-first", field="role")
            made = Operator(id=new_id(), name=shown, key=key_of(shown), role=role, pin=kept, failures=0)
            made.created_at = self.clock()
            session.add(made)
            after = {"name": shown, "role": role, "pin": kept is not None}
            audit.record(session, actor, self.clock(), "add", "operator", made.id, after=after)
            return _line(made)

    def edit(
        self, actor: Actor, name: str, changes: OperatorChanges, by: Voucher | None = None
    ) -> OperatorLine:
        """Change a name, a role or a PIN; a new PIN is tried at once, however many were wrong.

        Raises as `add`, NotFoundError `operator-missing`, InvalidError `operator-last`.
        """
        values: dict[str, Any] = {}
        if changes.name is not None:
            values["name"] = _checked_name(changes.name)
        if changes.role is not None:
            values["role"] = changes.role
        if changes.pin is not None:
            values["pin"] = digest_of(checked_pin(changes.pin)) if changes.pin else None
        self.rights.require(actor, Right.OPERATORS, by)
        with self.uow.write() as session:
            row = _take(session, name)
            if changes.role not in (None, OperatorRole.ORGANIZER):
                _keep_an_organizer(session, row)
            before = {each: getattr(row, each) for each in values}
            for each, value in values.items():
                setattr(row, each, value)
            row.key = key_of(row.name)
            if "pin" in values:
                row.failures, row.locked_until = 0, None
                before["pin"], values["pin"] = before["pin"] is not None, values["pin"] is not None
            self._flush(session, row.name)
            audit.record(
                session, actor, self.clock(), "edit", "operator", row.id, before=before, after=values
            )
            return _line(row)

    def reset(self, actor: Actor, name: str, pin: str) -> OperatorLine:
        """An organizer's new PIN without the old one: the way back of the last one, for whoever owns the database.

        Raises NotFoundError `operator-missing`, InvalidError `pin-invalid`, DeniedError `owner-needed` or `reset-organizer`.
        """
        kept = digest_of(checked_pin(pin))
        if not is_owner(self.uow):
            raise DeniedError("owner-needed")
        with self.uow.write() as session:
            row = _take(session, name)
            if row.role is not OperatorRole.ORGANIZER:
                raise DeniedError("reset-organizer", name=row.name)
            row.pin, row.failures, row.locked_until = kept, 0, None
            audit.record(session, actor, self.clock(), "reset", "operator", row.id, after={"name": row.name})
            return _line(row)

    def remove(self, actor: Actor, name: str, by: Voucher | None = None) -> None:
        """Forget somebody; what he did stays under his name. Without any operator everybody may decide again.

        Raises NotFoundError `operator-missing`, InvalidError `operator-last`, DeniedError.
        """
        self.rights.require(actor, Right.OPERATORS, by)
        with self.uow.write() as session:
            row = _take(session, name)
            if session.scalar(select(func.count()).select_from(Operator)) != 1:
                _keep_an_organizer(session, row)
            before = {"name": row.name, "role": row.role}
            audit.record(session, actor, self.clock(), "delete", "operator", row.id, before=before)
            session.delete(row)

    @staticmethod
    def _flush(session: Session, name: str) -> None:
        try:
            session.flush()
        except IntegrityError:
            raise AlreadyThereError("operator-taken", name=name) from None


def _checked_name(name: str) -> str:
    shown = clean(name)
    if not shown:
        raise InvalidError("field-required", field="name")
    if len(shown) > NAME_LENGTH:
        raise InvalidError("field-too-long", field="name", limit=NAME_LENGTH, length=len(shown))
    if is_formula(shown):
        raise InvalidError("field-formula", field="name", value=shown)
    return shown


def _take(session: Session, name: str) -> Operator:
    row = found(session, name)
    if row is None:
        raise NotFoundError("operator-missing", name=name)
    return row


def _organizers(session: Session, besides: UUID | None = None) -> int:
    wanted = select(func.count()).select_from(Operator).where(Operator.role == OperatorRole.ORGANIZER)
    if besides is not None:
        wanted = wanted.where(Operator.id != besides)
    return session.scalar(wanted) or 0


def _keep_an_organizer(session: Session, row: Operator) -> None:
    """Without one nobody could record operators any more."""
    if row.role is OperatorRole.ORGANIZER and not _organizers(session, row.id):
        raise InvalidError("operator-last", name=row.name)


def _line(row: Operator) -> OperatorLine:
    return OperatorLine(row.name, row.role, row.pin is not None)
