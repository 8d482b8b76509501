"""Who may decide what: while no operator is recorded everybody may, once some are their roles say so."""

from collections.abc import Mapping
from typing import Any, NoReturn
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.errors import DeniedError, InvalidError
from ipweek.domain.operators import NEEDS, Right, Voucher, checked_pin, fits, may, wait_after
from ipweek.domain.text import clean, folded
from ipweek.services import audit
from ipweek.services.base import Clock
from ipweek.storage.tables.operators import Operator
from ipweek.storage.unit_of_work import UnitOfWork


def key_of(name: str) -> str:
    """A name as operators are told apart by it."""
    return folded(clean(name))


def found(session: Session, name: str) -> Operator | None:
    """The operator of a name, if one is recorded."""
    return session.scalar(select(Operator).where(Operator.key == key_of(name)))


class Rights:
    """Asked by services before the transaction of a use case: a wrong PIN counts although nothing else happens."""

    def __init__(self, uow: UnitOfWork, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    def needs_voucher(self, actor: Actor, right: Right) -> bool:
        """Whether somebody else has to answer for it, or the operator to show who he is."""
        with self._uow.read() as session:
            if session.scalar(select(Operator.id).limit(1)) is None:
                return False
            row = found(session, actor.operator)
            return row is None or not may(row.role, right) or (row.pin is not None and actor.pin is None)

    def require(
        self,
        actor: Actor,
        right: Right,
        by: Voucher | None = None,
        about: Mapping[str, Any] | None = None,
    ) -> str | None:
        """Who allows it: the operator himself or who vouches for it; None while no operator is recorded.

        A refusal is audited, with what it is `about`. Raises DeniedError `operator-unknown`, `role-needed`, `pin-needed`,
        `pin-wrong`, `pin-locked`.
        """
        name, pin = (by.name, by.pin) if by else (actor.operator, actor.pin)
        with self._uow.read() as session:
            if session.scalar(select(Operator.id).limit(1)) is None:
                return None
            row = found(session, name)
        told = {"right": right.value, "by": clean(name), **(about or {})}
        if row is None:
            self._refuse(actor, None, told, DeniedError("operator-unknown", name=name, right=right))
        if not may(row.role, right):
            denied = DeniedError("role-needed", name=row.name, role=NEEDS[right], right=right)
            self._refuse(actor, row.id, told, denied)
        if row.pin is not None:
            self._prove(actor, row, pin, told)
        return row.name

    def prove(self, actor: Actor, by: Voucher) -> str:
        """The name of an operator who shows who he is, whatever his role.

        Raises DeniedError `operator-unknown`, `pin-needed`, `pin-wrong`, `pin-locked`.
        """
        with self._uow.read() as session:
            row = found(session, by.name)
        told = {"by": clean(by.name)}
        if row is None:
            self._refuse(actor, None, told, DeniedError("operator-unknown", name=by.name, right=None))
        if row.pin is not None:
            self._prove(actor, row, by.pin, told)
        return row.name

    def _prove(self, actor: Actor, row: Operator, typed: str | None, told: Mapping[str, Any]) -> None:
        if not typed:
            self._refuse(actor, row.id, told, DeniedError("pin-needed", name=row.name))
        try:
            pin = checked_pin(typed)
        except InvalidError:
            self._refuse(actor, row.id, told, DeniedError("pin-wrong", name=row.name))
        assert row.pin is not None
        denied = self._tried(row.id, row.pin, right=fits(pin, row.pin))  # slow, so in no transaction
        if denied is not None:
            self._refuse(actor, row.id, told, denied)

    def _tried(self, operator: UUID, kept: str, *, right: bool) -> DeniedError | None:
        """Count a wrong PIN, or one that has been changed meanwhile; after several in a row none is tried for a while."""
        now = self._clock()
        with self._uow.write() as session:
            row = session.get_one(Operator, operator)
            if row.locked_until is not None and now < row.locked_until:
                seconds = round((row.locked_until - now).total_seconds())
                return DeniedError("pin-locked", name=row.name, seconds=seconds)
            if row.pin is None or (right and row.pin == kept):
                row.failures, row.locked_until = 0, None
                return None
            row.failures += 1
            wait = wait_after(row.failures)
            row.locked_until = now + wait if wait else None
            return DeniedError("pin-wrong", name=row.name)

    def _refuse(
        self, actor: Actor, operator: UUID | None, told: Mapping[str, Any], denied: DeniedError
    ) -> NoReturn:
        with self._uow.write() as session:
            after = {**told, "refused": denied.code}
            audit.record(session, actor, self._clock(), "refuse", "operator", operator, after=after)
        raise denied
