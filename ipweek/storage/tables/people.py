"""People, their registrations at events and enrolments in sessions."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from ipweek.domain.text import seat_key
from ipweek.domain.words import RegistrationSource, RegistrationStatus
from ipweek.storage.tables.base import Base, identity, only_on, words


class Person(Base):
    """A person; `search_key` is lower case: names, enterprise, phone, pinyin initials and full pinyin.

    `merged_into` is whom an archived one was found to be.
    """

    __tablename__ = "people"
    id: Mapped[UUID] = identity()
    name: Mapped[str]
    name_latin: Mapped[str | None]
    enterprise_id: Mapped[UUID | None] = mapped_column(ForeignKey("enterprises.id"))
    title: Mapped[str | None]
    phone: Mapped[str | None] = mapped_column(String(32))
    email: Mapped[str | None]
    rank: Mapped[int | None]
    search_key: Mapped[str]
    sort_key: Mapped[str]
    consent_version: Mapped[str | None] = mapped_column(String(40))
    consent_at: Mapped[datetime | None]
    retain_until: Mapped[date | None]
    note: Mapped[str | None]
    synthetic: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None]
    merged_into: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    __table_args__ = (
        Index(None, "merged_into"),
        Index(None, "phone"),
        Index(None, "name"),
        Index(None, "enterprise_id"),
        Index(None, "sort_key", "id"),
        # A search walks it in the order of the list, without the rows; PostgreSQL's pages are too small for such keys.
        only_on("sqlite", Index("ix_people_search", "sort_key", "id", "rank", "search_key")),
    )


def _seat_key_of(context: Any) -> str | None:
    return seat_key(context.get_current_parameters().get("seat"))


_IS_SUBSTITUTE = text("substitute_for IS NOT NULL")


class Registration(Base):
    """A person at an event: what he represented there stays, whatever the person's record says later.

    `seat_key` is `text.seat_key(seat)`, in whose order 4-2 stands before 4-12.
    """

    __tablename__ = "registrations"
    id: Mapped[UUID] = identity()
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id"))
    enterprise_id: Mapped[UUID | None] = mapped_column(ForeignKey("enterprises.id"))
    title: Mapped[str | None]
    category: Mapped[str] = mapped_column(String(40))
    status: Mapped[RegistrationStatus] = mapped_column(words(RegistrationStatus, "status"))
    source: Mapped[RegistrationSource] = mapped_column(words(RegistrationSource, "source"))
    substitute_for: Mapped[UUID | None] = mapped_column(ForeignKey("registrations.id"))
    on_leave: Mapped[bool] = mapped_column(default=False)
    seat: Mapped[str | None]
    seat_key: Mapped[str | None] = mapped_column(
        Text().with_variant(Text(collation="C"), "postgresql"), default=_seat_key_of
    )
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note: Mapped[str | None]
    registered_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("person_id", "event_id"),
        Index(None, "event_id", "status", "registered_at"),
        Index(None, "event_id", "seat_key"),
        Index(None, "enterprise_id"),
        # A deleted registration is looked for among those substituted; few ever are.
        Index(None, "substitute_for", sqlite_where=_IS_SUBSTITUTE, postgresql_where=_IS_SUBSTITUTE),
    )

    @validates("seat")
    def _order(self, _name: str, seat: str | None) -> str | None:
        self.seat_key = seat_key(seat)
        return seat


class Enrolment(Base):
    __tablename__ = "enrolments"
    id: Mapped[UUID] = identity()
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registrations.id"))
    session_id: Mapped[UUID] = mapped_column(ForeignKey("sessions.id"))
    status: Mapped[RegistrationStatus] = mapped_column(words(RegistrationStatus, "status"))
    enrolled_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("registration_id", "session_id"), Index(None, "session_id"))
