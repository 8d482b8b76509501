"""What was found to be one and made one, and what was found to be two."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ipweek.domain.duplicates import DuplicateKind
from ipweek.domain.merging import MergeChange
from ipweek.storage.tables.base import Base, identity, words


class Merge(Base):
    """Two people or enterprises made one.

    `dependants` tells how many rows referred to each of the joined registrations and badges right after it, by
    table and column: more or fewer of them later are work that an undo would tear apart.
    """

    __tablename__ = "merges"
    id: Mapped[UUID] = identity()
    kind: Mapped[DuplicateKind] = mapped_column(words(DuplicateKind, "kind"))
    keep_id: Mapped[UUID]
    drop_id: Mapped[UUID]
    dependants: Mapped[dict[str, Any]]
    merged_at: Mapped[datetime]
    operator: Mapped[str] = mapped_column(String(120))
    undone_at: Mapped[datetime | None]
    __table_args__ = (Index(None, "keep_id"), Index(None, "drop_id"))


class MergeRow(Base):
    """One row that a merge changed, added or removed, with its values before and after; undone from the last on.

    `record_id` is the id of a removed row, which from then on means `into_id`.
    """

    __tablename__ = "merge_rows"
    id: Mapped[UUID] = identity()
    merge_id: Mapped[UUID] = mapped_column(ForeignKey("merges.id"))
    position: Mapped[int]
    change: Mapped[MergeChange] = mapped_column(words(MergeChange, "change"))
    table_name: Mapped[str] = mapped_column(String(60))
    key: Mapped[dict[str, Any]]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    record_id: Mapped[UUID | None]
    into_id: Mapped[UUID | None]
    __table_args__ = (UniqueConstraint("merge_id", "position"), Index(None, "record_id"))


class DistinctPair(Base):
    """Two that somebody looked at and found to be two; `first_id` is the smaller id."""

    __tablename__ = "distinct_pairs"
    id: Mapped[UUID] = identity()
    kind: Mapped[DuplicateKind] = mapped_column(words(DuplicateKind, "kind"))
    first_id: Mapped[UUID]
    second_id: Mapped[UUID]
    decided_at: Mapped[datetime]
    operator: Mapped[str] = mapped_column(String(120))
    __table_args__ = (UniqueConstraint("first_id", "second_id"), Index(None, "second_id"))
