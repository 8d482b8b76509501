"""What enterprises ask for at an exchange, what may answer it, and who does what until when."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ipweek.domain.words import Confidentiality, DemandCategory, DemandStatus, Priority
from ipweek.storage.tables.base import Base, identity, words


class Demand(Base):
    """A demand (企业需求); it closes only with an `outcome`."""

    __tablename__ = "demands"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(80), unique=True)
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("events.id"))
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("sessions.id"))
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprises.id"))
    contact: Mapped[str | None]
    phone: Mapped[str | None] = mapped_column(String(32))
    category: Mapped[DemandCategory] = mapped_column(words(DemandCategory, "category"))
    text: Mapped[str]
    confidentiality: Mapped[Confidentiality] = mapped_column(
        words(Confidentiality, "confidentiality"), default=Confidentiality.INTERNAL
    )
    priority: Mapped[Priority] = mapped_column(words(Priority, "priority"), default=Priority.NORMAL)
    status: Mapped[DemandStatus] = mapped_column(words(DemandStatus, "status"), default=DemandStatus.NEW)
    raised_on: Mapped[date | None]
    provider: Mapped[str | None]
    outcome: Mapped[str | None]
    closed_on: Mapped[date | None]
    satisfaction: Mapped[int | None]
    note: Mapped[str | None]
    synthetic: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("satisfaction BETWEEN 1 AND 5", name="satisfaction_from_1_to_5"),
        CheckConstraint("status <> 'closed' OR outcome IS NOT NULL", name="closes_with_an_outcome"),
        Index(None, "event_id"),
        Index(None, "session_id"),
        Index(None, "enterprise_id"),
        Index(None, "status"),
    )


class DemandAction(Base):
    """What somebody does about a demand until when; done with a day and its evidence."""

    __tablename__ = "demand_actions"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(80), unique=True)
    demand_id: Mapped[UUID] = mapped_column(ForeignKey("demands.id"))
    text: Mapped[str]
    owner: Mapped[str | None]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    evidence: Mapped[str | None]
    note: Mapped[str | None]
    __table_args__ = (Index(None, "demand_id"), Index(None, "due_on"))


class DemandAnswer(Base):
    """What may answer a demand: a result, a case, a speaker, or a provider by name."""

    __tablename__ = "demand_answers"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(80), unique=True)
    demand_id: Mapped[UUID] = mapped_column(ForeignKey("demands.id"))
    result_id: Mapped[UUID | None] = mapped_column(ForeignKey("results.id"))
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"))
    speaker_id: Mapped[UUID | None] = mapped_column(ForeignKey("speakers.id"))
    provider: Mapped[str | None]
    note: Mapped[str | None]
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN result_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN case_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN speaker_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN provider IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_answer",
        ),
        Index(None, "demand_id"),
    )
