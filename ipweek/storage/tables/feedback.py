"""What people said afterwards."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ipweek.storage.tables.base import Base, identity


class FeedbackAnswer(Base):
    """One answer to a form; `person_id` only where a phone told who gave it.

    `key` tells it from the others of the event, so that a file read again adds nothing. `ratings` are scores by the
    question; `session_word` is what the form called the session.
    """

    __tablename__ = "feedback"
    id: Mapped[UUID] = identity()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id"))
    key: Mapped[str] = mapped_column(String(160))
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("sessions.id"))
    session_word: Mapped[str | None]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    satisfaction: Mapped[int | None]
    ratings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    comment: Mapped[str | None]
    submitted_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("event_id", "key"),
        CheckConstraint("satisfaction BETWEEN 1 AND 5", name="satisfaction_from_1_to_5"),
        Index(None, "session_id"),
        Index(None, "person_id"),
    )
