"""The audit trail: written inside the transaction that it tells of, verified on demand."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.errors import DatabaseError, InvalidError
from ipweek.domain.ids import new_id
from ipweek.services.base import Service
from ipweek.storage.tables.audit import AuditEntry, AuditValues

_GENESIS = "0" * 64
_AT_A_DESK = {
    "registration": ("register", "enrol", "cancel", "block", "promote"),
    "badge": ("bind", "print", "reissue", "export"),
    "checkpoint": ("add",),
    "operator": ("refuse", "take over"),
}
_LOOKS = ("unmask", "export")
"""What changes nothing."""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry of the trail: who did what to which record, and which fields changed."""

    happened_at: datetime
    operator: str
    desk: str
    action: str
    record_kind: str
    record_id: UUID | None
    fields: tuple[str, ...]


class Audit(Service):
    """Reading the trail."""

    def lines(self, limit: int = 100) -> tuple[AuditLine, ...]:
        """The newest entries first."""
        with self.uow.read() as session:
            found = session.scalars(
                select(AuditEntry).order_by(AuditEntry.happened_at.desc(), AuditEntry.id.desc()).limit(limit)
            )
            return tuple(
                AuditLine(
                    row.happened_at,
                    row.operator,
                    row.desk,
                    row.action,
                    row.record_kind,
                    row.record_id,
                    tuple(row.fields),
                )
                for row in found
            )

    def broken(self) -> tuple[UUID, ...]:
        """Ids of entries that do not follow from their predecessor or whose kept values were altered."""
        wrong: list[UUID] = []
        with self.uow.read() as session:
            previous: dict[UUID, str] = {}
            rows = session.execute(
                select(AuditEntry, AuditValues)
                .outerjoin(AuditValues, AuditValues.entry_id == AuditEntry.id)
                .order_by(AuditEntry.run_id, AuditEntry.sequence)
            )
            for entry, values in rows:
                expected = previous.get(entry.run_id, _GENESIS)
                altered = values is not None and entry.values_digest != _values_digest(
                    entry.salt, values.before, values.after
                )
                if altered or entry.previous != expected or entry.digest != _digest(entry):
                    wrong.append(entry.id)
                previous[entry.run_id] = entry.digest
        return tuple(wrong)


def record(
    session: Session,
    actor: Actor,
    moment: datetime,
    action: str,
    record_kind: str,
    record_id: UUID | None,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Append one entry to the actor's chain, within the transaction of the change itself.

    Raises InvalidError `copy-changes-nothing` where a desk's copy would change what no merge takes back, and DatabaseError
    `needs-server` where it stands in for a server.
    """
    if session.info.get("copy") and not (action in _LOOKS or action in _AT_A_DESK.get(record_kind, ())):
        raise (
            DatabaseError("needs-server")
            if session.info["stands_in"]
            else InvalidError("copy-changes-nothing")
        )
    actor = actor.at(session.info.get("copy"))
    old, new = _plain(before or {}), _plain(after or {})
    last = session.execute(
        select(AuditEntry.sequence, AuditEntry.digest)
        .where(AuditEntry.run_id == actor.run)
        .order_by(AuditEntry.sequence.desc())
        .limit(1)
    ).first()
    salt = os.urandom(16)
    entry = AuditEntry(
        id=new_id(),
        run_id=actor.run,
        sequence=last.sequence + 1 if last else 1,
        happened_at=moment,
        operator=actor.operator,
        desk=actor.desk,
        action=action,
        record_kind=record_kind,
        record_id=record_id,
        fields=sorted({*old, *new}),
        salt=salt,
        values_digest=_values_digest(salt, old, new),
        previous=last.digest if last else _GENESIS,
    )
    entry.digest = _digest(entry)
    session.add(entry)
    if old or new:
        session.flush()
        session.add(AuditValues(entry_id=entry.id, before=old, after=new))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them, so that a digest taken now equals one taken after reading back."""
    kept: dict[str, Any] = json.loads(json.dumps(dict(values), default=str, ensure_ascii=False))
    return kept


def _values_digest(salt: bytes, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    return hashlib.sha256(salt + _canonical([before, after])).hexdigest()


def _digest(entry: AuditEntry) -> str:
    told = [
        entry.run_id.hex,
        entry.sequence,
        entry.happened_at.isoformat(),
        entry.operator,
        entry.desk,
        entry.action,
        entry.record_kind,
        entry.record_id.hex if entry.record_id else None,
        entry.fields,
        entry.values_digest,
        entry.previous,
    ]
    return hashlib.sha256(_canonical(told)).hexdigest()


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
