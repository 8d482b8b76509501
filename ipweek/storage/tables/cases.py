"""Typical cases of IP disputes, and the sessions that analyse them."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ipweek.domain.words import CaseCause, PartyRole, YesNo
from ipweek.storage.tables.base import Base, identity, words


class Case(Base):
    """A case; `verified_on` is the day on which somebody last held it against its sources."""

    __tablename__ = "cases"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    forum_zh: Mapped[str | None]
    forum_en: Mapped[str | None]
    dockets: Mapped[list[str]] = mapped_column(default=list)
    cause: Mapped[CaseCause] = mapped_column(words(CaseCause, "cause"))
    industry_id: Mapped[UUID | None] = mapped_column(ForeignKey("industries.id"))
    technology_zh: Mapped[str | None]
    technology_en: Mapped[str | None]
    rights: Mapped[list[str]] = mapped_column(default=list)
    stage_zh: Mapped[str | None]
    stage_en: Mapped[str | None]
    outcome_zh: Mapped[str | None]
    outcome_en: Mapped[str | None]
    amount: Mapped[Decimal | None]
    currency: Mapped[str | None] = mapped_column(String(3))
    remedies_zh: Mapped[list[str]] = mapped_column(default=list)
    remedies_en: Mapped[list[str]] = mapped_column(default=list)
    final: Mapped[YesNo | None] = mapped_column(words(YesNo, "final"))
    countermeasures: Mapped[list[str]] = mapped_column(default=list)
    lessons_zh: Mapped[str | None]
    lessons_en: Mapped[str | None]
    sources: Mapped[list[str]] = mapped_column(default=list)
    verified_on: Mapped[date | None]
    note: Mapped[str | None]
    archived_at: Mapped[datetime | None]
    __table_args__ = (Index(None, "industry_id"),)


class CaseParty(Base):
    """A party; one of our enterprises by its link, its credit code or its name, and its staff then recuse themselves."""

    __tablename__ = "case_parties"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(80), unique=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    role: Mapped[PartyRole] = mapped_column(words(PartyRole, "role"))
    country: Mapped[str | None] = mapped_column(String(2))
    enterprise_id: Mapped[UUID | None] = mapped_column(ForeignKey("enterprises.id"))
    credit_code: Mapped[str | None] = mapped_column(String(18))
    note: Mapped[str | None]
    __table_args__ = (Index(None, "case_id"), Index(None, "enterprise_id"))


class CaseEvent(Base):
    """What happened when: `happened` is a day, a month or a year (2023-10-05, 2023-10, 2023)."""

    __tablename__ = "case_events"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(80), unique=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    happened: Mapped[str] = mapped_column(String(10))
    text_zh: Mapped[str | None]
    text_en: Mapped[str | None]
    note: Mapped[str | None]
    __table_args__ = (Index(None, "case_id", "happened"),)


class CaseLink(Base):
    """An event or session that analyses a case."""

    __tablename__ = "case_links"
    id: Mapped[UUID] = identity()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("events.id"))
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("sessions.id"))
    __table_args__ = (
        CheckConstraint("(event_id IS NULL) <> (session_id IS NULL)", name="event_or_session"),
        UniqueConstraint("case_id", "event_id"),
        UniqueConstraint("case_id", "session_id"),
        Index(None, "event_id"),
        Index(None, "session_id"),
    )
