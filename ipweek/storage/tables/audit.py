"""Who changed what: a chain of salted digests per desk run, the values apart so that they can be erased."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ipweek.storage.tables.base import Base, identity


class AuditEntry(Base):
    """`digest` covers the entry, the digest of its salted values and the previous digest of the run."""

    __tablename__ = "audit_entries"
    id: Mapped[UUID] = identity()
    run_id: Mapped[UUID]
    sequence: Mapped[int]
    happened_at: Mapped[datetime]
    operator: Mapped[str] = mapped_column(String(120))
    desk: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(40))
    record_kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[UUID | None]
    fields: Mapped[list[str]]
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    values_digest: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    __table_args__ = (UniqueConstraint("run_id", "sequence"), Index(None, "record_id"))


class AuditValues(Base):
    __tablename__ = "audit_values"
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("audit_entries.id"), primary_key=True)
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
