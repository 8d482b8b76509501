"""Badges, the keys that sign them, the ranges that number them, print runs and the log of what was printed."""

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
    """A badge number of a week; without a person it is a blank.

    `former_id` is whose it was before a blank took its place: it is revoked, and a door says so by name.
    """

    __tablename__ = "badges"
    id: Mapped[UUID] = identity()
    number: Mapped[int] = mapped_column(BigInteger, unique=True)
    week_id: Mapped[UUID] = mapped_column(ForeignKey("weeks.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    key_id: Mapped[int]
    issue: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    former_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
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


class PrintRun(Base):
    """Badges on their way to paper or into files, and how far they have come: pages before `next_page` are logged.

    Those from `held_from` on wait to be let go, as `held_job` in a printer's queue or as pages of a file.
    """

    __tablename__ = "print_runs"
    id: Mapped[UUID] = identity()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id"))
    layout: Mapped[str] = mapped_column(String(80))
    places: Mapped[int]
    start_at: Mapped[int]
    pages: Mapped[int]
    next_page: Mapped[int] = mapped_column(default=1)
    target: Mapped[str | None]
    reason: Mapped[str | None]
    held_from: Mapped[int | None]
    held_job: Mapped[str | None]
    created_at: Mapped[datetime]
    operator: Mapped[str] = mapped_column(String(120))
    desk: Mapped[str] = mapped_column(String(120))
    __table_args__ = (Index(None, "event_id"),)


class PrintRunBadge(Base):
    """A badge of a run, counted from 0 in the order of its pages."""

    __tablename__ = "print_run_badges"
    id: Mapped[UUID] = identity()
    run_id: Mapped[UUID] = mapped_column(ForeignKey("print_runs.id"))
    position: Mapped[int]
    badge_id: Mapped[UUID] = mapped_column(ForeignKey("badges.id"))
    registration_id: Mapped[UUID | None] = mapped_column(ForeignKey("registrations.id"))
    __table_args__ = (UniqueConstraint("run_id", "position"),)
