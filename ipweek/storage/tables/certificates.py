"""Certificates of attendance that were issued."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ipweek.storage.tables.base import Base, identity


class CertificateRow(Base):
    """One a registration, whose number stays the same however often it is printed.

    Whether it still holds is what the admissions say. `event_number` is that of the event among those of the year.
    """

    __tablename__ = "certificates"
    id: Mapped[UUID] = identity()
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registrations.id"), unique=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id"))
    year: Mapped[int]
    event_number: Mapped[int]
    serial: Mapped[int]
    number: Mapped[str] = mapped_column(String(40), unique=True)
    issued_at: Mapped[datetime]
    operator: Mapped[str] = mapped_column(String(120))
    desk: Mapped[str] = mapped_column(String(120))
    __table_args__ = (
        UniqueConstraint("year", "event_number", "serial"),
        UniqueConstraint("event_id", "serial"),
        CheckConstraint("event_number BETWEEN 1 AND 999", name="event_number_three_digits"),
        CheckConstraint("serial BETWEEN 1 AND 99999", name="serial_five_digits"),
    )
