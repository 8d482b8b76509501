"""What was imported, row by row."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ipweek.domain.words import ImportKind, RowOutcome
from ipweek.storage.tables.base import Base, identity, words


class ImportBatch(Base):
    __tablename__ = "import_batches"
    id: Mapped[UUID] = identity()
    kind: Mapped[ImportKind] = mapped_column(words(ImportKind, "kind"))
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("events.id"))
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    mapping: Mapped[dict[str, Any]]
    rows: Mapped[int]
    added: Mapped[int]
    updated: Mapped[int]
    unchanged: Mapped[int]
    refused: Mapped[int]
    imported_at: Mapped[datetime]
    operator: Mapped[str] = mapped_column(String(120))
    undone_at: Mapped[datetime | None]


class ImportRow(Base):
    """What one row of the spreadsheet did; `before` holds the former values of what it updated."""

    __tablename__ = "import_rows"
    id: Mapped[UUID] = identity()
    batch_id: Mapped[UUID] = mapped_column(ForeignKey("import_batches.id"))
    number: Mapped[int]
    outcome: Mapped[RowOutcome] = mapped_column(words(RowOutcome, "outcome"))
    record_kind: Mapped[str] = mapped_column(String(20))
    record_id: Mapped[UUID | None]
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    __table_args__ = (Index(None, "batch_id", "number"),)
