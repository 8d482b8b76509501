"""What was imported, row by row."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
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
    """What one row of the spreadsheet did to a record.

    `before` holds the former values of what it updated, `after` those that it gave; null before the third revision.
    """

    __tablename__ = "import_rows"
    id: Mapped[UUID] = identity()
    batch_id: Mapped[UUID] = mapped_column(ForeignKey("import_batches.id"))
    number: Mapped[int]
    outcome: Mapped[RowOutcome] = mapped_column(words(RowOutcome, "outcome"))
    record_kind: Mapped[str] = mapped_column(String(20))
    record_id: Mapped[UUID | None]
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    __table_args__ = (Index(None, "batch_id", "number"),)


class ImportAddition(Base):
    """Keys of rows that a batch inserted into a table, many in a part: an undo needs all of them, nobody one."""

    __tablename__ = "import_additions"
    batch_id: Mapped[UUID] = mapped_column(ForeignKey("import_batches.id"), primary_key=True)
    table_name: Mapped[str] = mapped_column(String(60), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    keys: Mapped[list[str]]


class ImportMapping(Base):
    """How the columns of files with these headers were read last, `digest` being `header_digest` of them."""

    __tablename__ = "import_mappings"
    id: Mapped[UUID] = identity()
    kind: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    mapping: Mapped[dict[str, Any]]
    used_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("kind", "digest"),)
