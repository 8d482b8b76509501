"""Copies that desks took, and what does not fit together since they came back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ipweek.domain.words import ConflictStatus, DeskConflictKind, Keep
from ipweek.storage.tables.base import Base, identity, words


class Copy(Base):
    """A desk's copy. In the main database one row for each that was taken; in a copy the one that it is.

    `merged_position` is how far its seals have come back.
    """

    __tablename__ = "copies"
    id: Mapped[UUID] = identity()
    lease: Mapped[int] = mapped_column(ForeignKey("leases.number"), unique=True)
    desk: Mapped[str] = mapped_column(String(120))
    events: Mapped[list[str]]
    rows: Mapped[dict[str, int]] = mapped_column(JSON)
    taken_at: Mapped[datetime]
    operator: Mapped[str] = mapped_column(String(120))
    signature: Mapped[str | None] = mapped_column(String(64))
    merged_at: Mapped[datetime | None]
    merged_position: Mapped[int] = mapped_column(default=0)


class Conflict(Base):
    """What cannot be right at once; `key` says what it is about, so that finding it again adds nothing.

    `amount` is by how many a door is over, or by how many seconds a clock is wrong.
    """

    __tablename__ = "conflicts"
    id: Mapped[UUID] = identity()
    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[DeskConflictKind] = mapped_column(words(DeskConflictKind, "kind"))
    status: Mapped[ConflictStatus] = mapped_column(
        words(ConflictStatus, "status"), default=ConflictStatus.OPEN
    )
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("events.id"))
    checkpoint_id: Mapped[UUID | None] = mapped_column(ForeignKey("checkpoints.id"))
    registration_id: Mapped[UUID | None] = mapped_column(ForeignKey("registrations.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    other_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    badge_id: Mapped[UUID | None] = mapped_column(ForeignKey("badges.id"))
    first_scan_id: Mapped[UUID | None] = mapped_column(ForeignKey("scans.id"))
    second_scan_id: Mapped[UUID | None] = mapped_column(ForeignKey("scans.id"))
    copy_id: Mapped[UUID | None] = mapped_column(ForeignKey("copies.id"))
    amount: Mapped[int | None]
    found_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    how: Mapped[Keep | None] = mapped_column(words(Keep, "how"))
    operator: Mapped[str | None] = mapped_column(String(120))
    desk: Mapped[str | None] = mapped_column(String(120))
    note: Mapped[str | None]
    __table_args__ = (
        CheckConstraint("(status = 'settled') = (settled_at IS NOT NULL)", name="settled_with_a_time"),
        Index(None, "status", "event_id"),
        Index(None, "registration_id"),
    )
