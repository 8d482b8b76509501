"""Navigation results with their counts, what was said of them, documents, links, indicators."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ipweek.domain.words import (
    ApplicantRule,
    Better,
    ChainStage,
    Comparator,
    CountBasis,
    CountUnit,
    Dimension,
    FindingStage,
    Horizon,
    Level,
    LinkRole,
    PatentType,
    Provenance,
    ResultStatus,
    StatementKind,
    Strength,
    ValueKind,
)
from ipweek.storage.tables.base import Base, identity, not_negative, words


class Source(Base):
    """Where something was said: a page, a report, a file."""

    __tablename__ = "sources"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(60), unique=True)
    title_zh: Mapped[str | None]
    title_en: Mapped[str | None]
    publisher_zh: Mapped[str | None]
    publisher_en: Mapped[str | None]
    published_on: Mapped[date | None]
    url: Mapped[str | None]
    note: Mapped[str | None]


class NavigationResult(Base):
    """A patent-navigation result of an industry; once released it never changes."""

    __tablename__ = "results"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(60), unique=True)
    industry_id: Mapped[UUID] = mapped_column(ForeignKey("industries.id"))
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    status: Mapped[ResultStatus] = mapped_column(words(ResultStatus, "status"), default=ResultStatus.DRAFT)
    supersedes_id: Mapped[UUID | None] = mapped_column(ForeignKey("results.id"), unique=True)
    released_on: Mapped[date | None]
    cut_off: Mapped[date | None]
    search_query: Mapped[str | None]
    databases: Mapped[list[str]] = mapped_column(default=list)
    commissioned_by: Mapped[str | None]
    authors: Mapped[str | None]
    standard: Mapped[str | None]
    note: Mapped[str | None]
    archived_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("cut_off <= released_on", name="cut_off_before_release"),
        CheckConstraint("version >= 1", name="version_from_one"),
        Index(None, "industry_id"),
    )


class LevelCount(Base):
    """How many patents at a level; `low` and `high` bound a derived count, `formula` says how."""

    __tablename__ = "level_counts"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(80), unique=True)
    result_id: Mapped[UUID] = mapped_column(ForeignKey("results.id"))
    level: Mapped[Level] = mapped_column(words(Level, "level"))
    region_code: Mapped[str | None] = mapped_column(String(12))
    count: Mapped[int | None] = mapped_column(BigInteger)
    low: Mapped[int | None] = mapped_column(BigInteger)
    high: Mapped[int | None] = mapped_column(BigInteger)
    comparator: Mapped[Comparator] = mapped_column(words(Comparator, "comparator"), default=Comparator.EQUAL)
    unit: Mapped[CountUnit | None] = mapped_column(words(CountUnit, "unit"))
    patent_type: Mapped[PatentType | None] = mapped_column(words(PatentType, "patent_type"))
    basis: Mapped[CountBasis | None] = mapped_column(words(CountBasis, "basis"))
    applicant_rule: Mapped[ApplicantRule | None] = mapped_column(words(ApplicantRule, "applicant_rule"))
    period: Mapped[str | None] = mapped_column(String(40))
    provenance: Mapped[Provenance] = mapped_column(words(Provenance, "provenance"), default=Provenance.STATED)
    formula: Mapped[str | None]
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id"))
    batch_id: Mapped[UUID | None] = mapped_column(ForeignKey("import_batches.id"))
    note: Mapped[str | None]
    __table_args__ = (not_negative("count"), Index(None, "result_id"), Index(None, "batch_id"))


class YearCount(Base):
    """How many patents of a year at a level; the last two years before the cut-off are provisional."""

    __tablename__ = "year_counts"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(80), unique=True)
    result_id: Mapped[UUID] = mapped_column(ForeignKey("results.id"))
    level: Mapped[Level] = mapped_column(words(Level, "level"))
    region_code: Mapped[str | None] = mapped_column(String(12))
    year: Mapped[int]
    count: Mapped[int] = mapped_column(BigInteger)
    unit: Mapped[CountUnit | None] = mapped_column(words(CountUnit, "unit"))
    patent_type: Mapped[PatentType | None] = mapped_column(words(PatentType, "patent_type"))
    basis: Mapped[CountBasis | None] = mapped_column(words(CountBasis, "basis"))
    applicant_rule: Mapped[ApplicantRule | None] = mapped_column(words(ApplicantRule, "applicant_rule"))
    provisional: Mapped[bool] = mapped_column(default=False)
    provenance: Mapped[Provenance] = mapped_column(words(Provenance, "provenance"), default=Provenance.STATED)
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id"))
    batch_id: Mapped[UUID | None] = mapped_column(ForeignKey("import_batches.id"))
    note: Mapped[str | None]
    __table_args__ = (not_negative("count"), Index(None, "result_id"), Index(None, "batch_id"))


class Branch(Base):
    """A branch of the technology, a tree by `parent_id`; `symbols` are its IPC or CPC classes."""

    __tablename__ = "branches"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(80), unique=True)
    result_id: Mapped[UUID] = mapped_column(ForeignKey("results.id"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("branches.id"))
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    symbols: Mapped[list[str]] = mapped_column(default=list)
    level: Mapped[Level | None] = mapped_column(words(Level, "level"))
    count: Mapped[int | None] = mapped_column(BigInteger)
    provenance: Mapped[Provenance] = mapped_column(words(Provenance, "provenance"), default=Provenance.STATED)
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id"))
    batch_id: Mapped[UUID | None] = mapped_column(ForeignKey("import_batches.id"))
    note: Mapped[str | None]
    __table_args__ = (
        not_negative("count"),
        Index(None, "result_id"),
        Index(None, "parent_id"),
        Index(None, "batch_id"),
    )


class Applicant(Base):
    """An applicant of a level, by rank; linked to the enterprise where it is one of ours."""

    __tablename__ = "applicants"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(80), unique=True)
    result_id: Mapped[UUID] = mapped_column(ForeignKey("results.id"))
    level: Mapped[Level] = mapped_column(words(Level, "level"))
    rank: Mapped[int | None]
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    enterprise_id: Mapped[UUID | None] = mapped_column(ForeignKey("enterprises.id"))
    count: Mapped[int | None] = mapped_column(BigInteger)
    provenance: Mapped[Provenance] = mapped_column(words(Provenance, "provenance"), default=Provenance.STATED)
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id"))
    batch_id: Mapped[UUID | None] = mapped_column(ForeignKey("import_batches.id"))
    note: Mapped[str | None]
    __table_args__ = (
        not_negative("count"),
        Index(None, "result_id"),
        Index(None, "enterprise_id"),
        Index(None, "batch_id"),
    )


class PatentBatch(Base):
    """What a patent export came to: which family of columns, what was counted twice or could not be placed."""

    __tablename__ = "patent_batches"
    batch_id: Mapped[UUID] = mapped_column(ForeignKey("import_batches.id"), primary_key=True)
    result_id: Mapped[UUID] = mapped_column(ForeignKey("results.id"))
    layout: Mapped[str] = mapped_column(String(40))
    unit: Mapped[CountUnit] = mapped_column(words(CountUnit, "unit"))
    cut_off: Mapped[date | None]
    kept: Mapped[int]
    duplicates: Mapped[int]
    unknown: Mapped[dict[str, Any]] = mapped_column(default=dict)
    __table_args__ = (Index(None, "result_id"),)


class ChainNode(Base):
    """A node of the industry chain and how strong the region is there."""

    __tablename__ = "chain_nodes"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(80), unique=True)
    result_id: Mapped[UUID] = mapped_column(ForeignKey("results.id"))
    stage: Mapped[ChainStage] = mapped_column(words(ChainStage, "stage"))
    strength: Mapped[Strength | None] = mapped_column(words(Strength, "strength"))
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id"))
    note: Mapped[str | None]
    __table_args__ = (Index(None, "result_id"),)


class Finding(Base):
    """What a result found, by stage and dimension."""

    __tablename__ = "findings"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(80), unique=True)
    result_id: Mapped[UUID] = mapped_column(ForeignKey("results.id"))
    stage: Mapped[FindingStage] = mapped_column(words(FindingStage, "stage"))
    dimension: Mapped[Dimension] = mapped_column(words(Dimension, "dimension"))
    text_zh: Mapped[str | None]
    text_en: Mapped[str | None]
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id"))
    note: Mapped[str | None]
    __table_args__ = (Index(None, "result_id"),)


class Recommendation(Base):
    """What a result advises: to whom, how soon, and who takes it on."""

    __tablename__ = "recommendations"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(80), unique=True)
    result_id: Mapped[UUID] = mapped_column(ForeignKey("results.id"))
    text_zh: Mapped[str | None]
    text_en: Mapped[str | None]
    audience: Mapped[str | None]
    horizon: Mapped[Horizon | None] = mapped_column(words(Horizon, "horizon"))
    owner: Mapped[str | None]
    note: Mapped[str | None]
    __table_args__ = (Index(None, "result_id"),)


class Receipt(Base):
    """Who took a printed report of a result (领取成果报告)."""

    __tablename__ = "receipts"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(80), unique=True)
    result_id: Mapped[UUID] = mapped_column(ForeignKey("results.id"))
    enterprise_id: Mapped[UUID | None] = mapped_column(ForeignKey("enterprises.id"))
    registration_id: Mapped[UUID | None] = mapped_column(ForeignKey("registrations.id"))
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("events.id"))
    received_by: Mapped[str | None]
    received_on: Mapped[date | None]
    copies: Mapped[int] = mapped_column(default=1)
    note: Mapped[str | None]
    __table_args__ = (
        not_negative("copies"),
        Index(None, "result_id"),
        Index(None, "enterprise_id"),
        Index(None, "registration_id"),
    )


class Statement(Base):
    """What somebody said, with where: a figure with its comparator and unit, or a text as a quotation.

    `period` is as stated, `read_as` is how we read it; the two are never merged.
    """

    __tablename__ = "statements"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[StatementKind] = mapped_column(words(StatementKind, "kind"))
    week_id: Mapped[UUID | None] = mapped_column(ForeignKey("weeks.id"))
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("events.id"))
    result_id: Mapped[UUID | None] = mapped_column(ForeignKey("results.id"))
    enterprise_id: Mapped[UUID | None] = mapped_column(ForeignKey("enterprises.id"))
    value: Mapped[Decimal | None]
    comparator: Mapped[Comparator | None] = mapped_column(words(Comparator, "comparator"))
    unit: Mapped[str | None]
    period: Mapped[str | None] = mapped_column(String(40))
    read_as: Mapped[str | None] = mapped_column(String(40))
    text_zh: Mapped[str | None]
    text_en: Mapped[str | None]
    said_by_zh: Mapped[str | None]
    said_by_en: Mapped[str | None]
    provenance: Mapped[Provenance] = mapped_column(words(Provenance, "provenance"), default=Provenance.STATED)
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id"))
    note_zh: Mapped[str | None]
    note_en: Mapped[str | None]
    __table_args__ = (Index(None, "result_id"), Index(None, "event_id"), Index(None, "week_id"))


class Document(Base):
    __tablename__ = "documents"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(60), unique=True)
    title_zh: Mapped[str | None]
    title_en: Mapped[str | None]
    location: Mapped[str | None]
    sha256: Mapped[str | None] = mapped_column(String(64))
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id"))
    note: Mapped[str | None]


class ResultDocument(Base):
    __tablename__ = "result_documents"
    result_id: Mapped[UUID] = mapped_column(ForeignKey("results.id"), primary_key=True)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    __table_args__ = (Index(None, "document_id"),)


class ResultLink(Base):
    """What an event or one of its sessions did with a result."""

    __tablename__ = "result_links"
    id: Mapped[UUID] = identity()
    result_id: Mapped[UUID] = mapped_column(ForeignKey("results.id"))
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("events.id"))
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("sessions.id"))
    role: Mapped[LinkRole] = mapped_column(words(LinkRole, "role"))
    __table_args__ = (
        CheckConstraint("(event_id IS NULL) <> (session_id IS NULL)", name="event_or_session"),
        UniqueConstraint("result_id", "event_id", "role"),
        UniqueConstraint("result_id", "session_id", "role"),
        Index(None, "event_id"),
        Index(None, "session_id"),
    )


class Indicator(Base):
    __tablename__ = "indicators"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(60), unique=True)
    week_id: Mapped[UUID] = mapped_column(ForeignKey("weeks.id"))
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    unit: Mapped[str | None]
    better: Mapped[Better] = mapped_column(words(Better, "better"), default=Better.HIGHER)
    note: Mapped[str | None]
    archived_at: Mapped[datetime | None]
    __table_args__ = (Index(None, "week_id"),)


class IndicatorValue(Base):
    """An actual, a target or a baseline; no row means that nobody stated it."""

    __tablename__ = "indicator_values"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(80), unique=True)
    indicator_id: Mapped[UUID] = mapped_column(ForeignKey("indicators.id"))
    kind: Mapped[ValueKind] = mapped_column(words(ValueKind, "kind"))
    value: Mapped[Decimal]
    comparator: Mapped[Comparator] = mapped_column(words(Comparator, "comparator"), default=Comparator.EQUAL)
    period: Mapped[str] = mapped_column(String(40))
    read_as: Mapped[str | None] = mapped_column(String(40))
    as_of: Mapped[date | None]
    provenance: Mapped[Provenance] = mapped_column(words(Provenance, "provenance"), default=Provenance.STATED)
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id"))
    note_zh: Mapped[str | None]
    note_en: Mapped[str | None]
    __table_args__ = (
        Index(
            "uq_indicator_values_said_once",
            "indicator_id",
            "kind",
            "period",
            text("coalesce(read_as, '')"),
            "provenance",
            unique=True,
        ),
    )
