"""Badges, the keys that sign them, the ranges that number them, the log of what was printed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ipweek.storage.tables.base import Base, identity


class BadgeKey(Base):
    """A week's signing secret; `key_id` is the digit in the code."""

    __tablename__ = "badge_keys"
    id: Mapped[UUID] = identity()
    week_id: Mapped[UUID] = mapped_column(ForeignKey("weeks.id"))
    key_id: Mapped[int]
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("week_id", "key_id"),
        CheckConstraint("key_id BETWEEN 0 AND 9", name="key_id_one_digit"),
    )


class Lease(Base):
    """A range of badge numbers that one desk gives out: `number` × 10⁶ + counter."""

    __tablename__ = "leases"
    id: Mapped[UUID] = identity()
    number: Mapped[int] = mapped_column(unique=True)
    next_counter: Mapped[int] = mapped_column(default=1)
    desk: Mapped[str | None]
    granted_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("number BETWEEN 0 AND 9999", name="number_four_digits"),
        CheckConstraint("next_counter BETWEEN 0 AND 1000000", name="counter_six_digits"),
    )


class Badge(Base):
    """A badge number of a week; without a person it is a blank."""

    __tablename__ = "badges"
    id: Mapped[UUID] = identity()
    number: Mapped[int] = mapped_column(BigInteger, unique=True)
    week_id: Mapped[UUID] = mapped_column(ForeignKey("weeks.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    key_id: Mapped[int]
    issue: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("week_id", "person_id"),
        CheckConstraint("issue BETWEEN 1 AND 99", name="issue_two_digits"),
    )


class Print(Base):
    """One printed copy: what, why, where to, by whom."""

    __tablename__ = "prints"
    id: Mapped[UUID] = identity()
    badge_id: Mapped[UUID] = mapped_column(ForeignKey("badges.id"))
    registration_id: Mapped[UUID | None] = mapped_column(ForeignKey("registrations.id"))
    print_run: Mapped[UUID]
    issue: Mapped[int]
    copy: Mapped[int]
    reason: Mapped[str | None]
    target: Mapped[str]
    printed_at: Mapped[datetime]
    operator: Mapped[str] = mapped_column(String(120))
    desk: Mapped[str] = mapped_column(String(120))
    __table_args__ = (UniqueConstraint("badge_id", "issue", "copy"), Index(None, "print_run"))
