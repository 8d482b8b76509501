"""Weeks, venues, rooms, events, sessions, speakers."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ipweek.domain.words import EventKind, EventStatus, Membership, QuestionKind, SpeakerRole
from ipweek.storage.tables.base import Base, identity, not_negative, words


class Workspace(Base):
    """The one row that names this set of data; badge codes are bound to its id.

    `secret` signs the copies of desks and never leaves the main database; `copy_id` says that this is one of them.
    """

    __tablename__ = "workspaces"
    id: Mapped[UUID] = identity()
    created_at: Mapped[datetime]
    synthetic: Mapped[bool] = mapped_column(default=False)
    secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    copy_id: Mapped[UUID | None] = mapped_column(ForeignKey("copies.id"))


class Week(Base):
    __tablename__ = "weeks"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    city_zh: Mapped[str | None]
    city_en: Mapped[str | None]
    region_code: Mapped[str | None] = mapped_column(String(12))
    year: Mapped[int]
    zone: Mapped[str] = mapped_column(String(60))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    theme_zh: Mapped[str | None]
    theme_en: Mapped[str | None]
    note: Mapped[str | None]
    synthetic: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None]
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="ends_after_start"),)


class Venue(Base):
    __tablename__ = "venues"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    address: Mapped[str | None]
    note: Mapped[str | None]
    archived_at: Mapped[datetime | None]


class Room(Base):
    __tablename__ = "rooms"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(60), unique=True)
    venue_id: Mapped[UUID] = mapped_column(ForeignKey("venues.id"))
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    capacity: Mapped[int | None]
    note: Mapped[str | None]
    archived_at: Mapped[datetime | None]
    __table_args__ = (not_negative("capacity"), Index(None, "venue_id"))


class Event(Base):
    """An event of a week. `taken` counts the registered, and only they hold a place of `capacity`.

    `sequence` counts the changes that a calendar must learn of (RFC 5545, SEQUENCE).
    """

    __tablename__ = "events"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(60), unique=True)
    week_id: Mapped[UUID] = mapped_column(ForeignKey("weeks.id"))
    membership: Mapped[Membership] = mapped_column(words(Membership, "membership"), default=Membership.STATED)
    kind: Mapped[EventKind] = mapped_column(words(EventKind, "kind"))
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    venue_id: Mapped[UUID | None] = mapped_column(ForeignKey("venues.id"))
    start_day: Mapped[date | None]
    start_time: Mapped[time | None]
    end_day: Mapped[date | None]
    end_time: Mapped[time | None]
    grace_minutes: Mapped[int] = mapped_column(default=15)
    capacity: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    status: Mapped[EventStatus] = mapped_column(words(EventStatus, "status"), default=EventStatus.PLANNED)
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    host: Mapped[str | None]
    organizer: Mapped[str | None]
    co_organizer: Mapped[str | None]
    note: Mapped[str | None]
    synthetic: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None]
    __table_args__ = (
        not_negative("capacity"),
        not_negative("taken"),
        not_negative("grace_minutes"),
        CheckConstraint("taken <= capacity", name="within_capacity"),
        CheckConstraint("start_time IS NULL OR start_day IS NOT NULL", name="time_has_day"),
        CheckConstraint("end_day >= start_day", name="ends_after_start"),
        Index(None, "week_id"),
    )


class EventSession(Base):
    """A session of an event; a start without a time has no window."""

    __tablename__ = "sessions"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(60), unique=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id"))
    kind: Mapped[EventKind] = mapped_column(words(EventKind, "kind"))
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    room_id: Mapped[UUID | None] = mapped_column(ForeignKey("rooms.id"))
    start_day: Mapped[date | None]
    start_time: Mapped[time | None]
    end_day: Mapped[date | None]
    end_time: Mapped[time | None]
    capacity: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    status: Mapped[EventStatus] = mapped_column(words(EventStatus, "status"), default=EventStatus.PLANNED)
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    note: Mapped[str | None]
    synthetic: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None]
    __table_args__ = (
        not_negative("capacity"),
        not_negative("taken"),
        CheckConstraint("taken <= capacity", name="within_capacity"),
        CheckConstraint("start_time IS NULL OR start_day IS NOT NULL", name="time_has_day"),
        CheckConstraint("end_day >= start_day", name="ends_after_start"),
        Index(None, "event_id"),
    )


class Question(Base):
    """A question that an event asks at registration; answers are kept by its code."""

    __tablename__ = "questions"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(60))
    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id"))
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    kind: Mapped[QuestionKind] = mapped_column(words(QuestionKind, "kind"))
    choices: Mapped[list[str]] = mapped_column(default=list)
    required: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    note: Mapped[str | None]
    archived_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("code"), not_negative("position"), Index(None, "event_id"))


class Speaker(Base):
    __tablename__ = "speakers"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    title: Mapped[str | None]
    organisation: Mapped[str | None]
    note: Mapped[str | None]
    synthetic: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None]


class SessionSpeaker(Base):
    __tablename__ = "session_speakers"
    id: Mapped[UUID] = identity()
    session_id: Mapped[UUID] = mapped_column(ForeignKey("sessions.id"))
    speaker_id: Mapped[UUID] = mapped_column(ForeignKey("speakers.id"))
    role: Mapped[SpeakerRole] = mapped_column(words(SpeakerRole, "role"))
    position: Mapped[int] = mapped_column(default=0)
    __table_args__ = (UniqueConstraint("session_id", "speaker_id", "role"), Index(None, "speaker_id"))
