"""Doors, the scan log, and who is in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ipweek.domain.words import ClockSource, Direction, EntryRule, Reason, ScanKind, Verdict
from ipweek.storage.tables.base import Base, identity, not_negative, words

_COUNTED = text("verdict = 'accepted' AND kind != 'annulment'")
_MARK = text("kind = 'mark'")
_OF_COPY = text("copy_id IS NOT NULL")


class Checkpoint(Base):
    """A door of an event or of one of its sessions. `present` is kept only where `capacity` is set;
    `over` counts those let in past it, so that the CHECK holds and the excess shows.
    """

    __tablename__ = "checkpoints"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(60), unique=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id"))
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("sessions.id"))
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    entry_rule: Mapped[EntryRule] = mapped_column(
        words(EntryRule, "entry_rule"), default=EntryRule.AFTER_EXIT
    )
    categories: Mapped[list[str]] = mapped_column(default=list)
    labels: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    capacity: Mapped[int | None]
    present: Mapped[int] = mapped_column(default=0)
    over: Mapped[int] = mapped_column(default=0)
    note: Mapped[str | None]
    archived_at: Mapped[datetime | None]
    __table_args__ = (
        not_negative("capacity"),
        not_negative("present"),
        not_negative("over"),
        CheckConstraint("present <= capacity + over", name="within_capacity"),
        CheckConstraint("closes_at >= opens_at", name="closes_after_opening"),
        Index(None, "event_id"),
    )


class CheckpointEnterprise(Base):
    """An enterprise whose people a door is for."""

    __tablename__ = "checkpoint_enterprises"
    checkpoint_id: Mapped[UUID] = mapped_column(
        ForeignKey("checkpoints.id", ondelete="CASCADE"), primary_key=True
    )
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprises.id"), primary_key=True)
    __table_args__ = (Index(None, "enterprise_id"),)


class CheckpointIndustry(Base):
    """An industry whose enterprises' people a door is for."""

    __tablename__ = "checkpoint_industries"
    checkpoint_id: Mapped[UUID] = mapped_column(
        ForeignKey("checkpoints.id", ondelete="CASCADE"), primary_key=True
    )
    industry_id: Mapped[UUID] = mapped_column(ForeignKey("industries.id"), primary_key=True)
    __table_args__ = (Index(None, "industry_id"),)


class Scan(Base):
    """One line of the log; never changed. An annulment is a row of its own.

    `copy_id` is the desk's copy that it came from, by a merge that also says whose badge was not in that copy.
    """

    __tablename__ = "scans"
    id: Mapped[UUID] = identity()
    run_id: Mapped[UUID]
    sequence: Mapped[int]
    kind: Mapped[ScanKind] = mapped_column(words(ScanKind, "kind"))
    code: Mapped[str] = mapped_column(String(120))
    checkpoint_id: Mapped[UUID] = mapped_column(ForeignKey("checkpoints.id"))
    badge_id: Mapped[UUID | None] = mapped_column(ForeignKey("badges.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    registration_id: Mapped[UUID | None] = mapped_column(ForeignKey("registrations.id"))
    direction: Mapped[Direction] = mapped_column(words(Direction, "direction"))
    device_at: Mapped[datetime]
    received_at: Mapped[datetime]
    verdict: Mapped[Verdict] = mapped_column(words(Verdict, "verdict"))
    reason: Mapped[Reason | None] = mapped_column(words(Reason, "reason"))
    first_at: Mapped[datetime | None]
    first_desk: Mapped[str | None] = mapped_column(String(120))
    operator: Mapped[str] = mapped_column(String(120))
    desk: Mapped[str] = mapped_column(String(120))
    offline: Mapped[bool] = mapped_column(default=False)
    override: Mapped[bool] = mapped_column(default=False)
    why: Mapped[str | None]
    allowed_by: Mapped[str | None] = mapped_column(String(120))
    annuls: Mapped[UUID | None] = mapped_column(ForeignKey("scans.id"), unique=True)
    copy_id: Mapped[UUID | None] = mapped_column(ForeignKey("copies.id"))
    __table_args__ = (
        UniqueConstraint("run_id", "sequence"),
        CheckConstraint(
            "verdict = 'refused' OR reason IS NULL OR reason = 'not_in_copy' OR override",
            name="accepted_without_reason",
        ),
        CheckConstraint("verdict = 'accepted' OR reason IS NOT NULL", name="refused_with_reason"),
        Index(None, "checkpoint_id", "received_at"),
        Index(None, "registration_id"),
        # What a report adds up, whole and in its order: 300,000 lines need no sorting and no look at the table. Marks are
        # few among them.
        Index(
            "ix_scans_counted",
            "registration_id",
            "checkpoint_id",
            "device_at",
            "received_at",
            "sequence",
            "id",
            "direction",
            "verdict",
            "kind",
            sqlite_where=_COUNTED,
            postgresql_where=_COUNTED,
        ),
        Index("ix_scans_marks", "checkpoint_id", sqlite_where=_MARK, postgresql_where=_MARK),
        Index(None, "copy_id", sqlite_where=_OF_COPY, postgresql_where=_OF_COPY),
    )


class Admission(Base):
    """What the log says of one registration at one door, kept by the write that decides the scan."""

    __tablename__ = "admissions"
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registrations.id"), primary_key=True)
    checkpoint_id: Mapped[UUID] = mapped_column(ForeignKey("checkpoints.id"), primary_key=True)
    inside: Mapped[bool]
    entries: Mapped[int]
    first_in: Mapped[datetime | None]
    first_desk: Mapped[str | None] = mapped_column(String(120))
    last_in: Mapped[datetime | None]
    last_out: Mapped[datetime | None]
    __table_args__ = (not_negative("entries"), Index(None, "checkpoint_id"))


class ClockCheck(Base):
    """What a run of the program found when it held its clock against another: the first at its start.

    `offset_ms` is what was added to the clock from then on; `behind_ms` how far it was found to be behind.
    """

    __tablename__ = "clock_checks"
    id: Mapped[UUID] = identity()
    run_id: Mapped[UUID]
    desk: Mapped[str] = mapped_column(String(120))
    operator: Mapped[str] = mapped_column(String(120))
    source: Mapped[ClockSource] = mapped_column(words(ClockSource, "source"))
    checked_at: Mapped[datetime]
    behind_ms: Mapped[int] = mapped_column(BigInteger)
    offset_ms: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = (Index(None, "run_id"),)
