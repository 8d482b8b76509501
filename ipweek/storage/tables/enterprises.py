"""Enterprises, their industries, labels and contacts."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ipweek.domain.words import LabelKind
from ipweek.storage.tables.base import Base, identity, not_negative, words


class Industry(Base):
    """An industry of the navigation results; `aliases` are the other names a spreadsheet may use."""

    __tablename__ = "industries"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    aliases: Mapped[list[str]] = mapped_column(default=list)
    standard_codes: Mapped[list[str]] = mapped_column(default=list)
    note: Mapped[str | None]
    archived_at: Mapped[datetime | None]


def _key_of(context: Any) -> str:
    return str(context.get_current_parameters()["key"])


class Enterprise(Base):
    """An enterprise; `key` is `enterprise_key(name_zh or name_en)`, by which names match, `sort_key` its pinyin."""

    __tablename__ = "enterprises"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    short_name: Mapped[str | None]
    key: Mapped[str]
    sort_key: Mapped[str | None] = mapped_column(default=_key_of)
    credit_code: Mapped[str | None] = mapped_column(String(18), unique=True)
    district: Mapped[str | None]
    region_code: Mapped[str | None] = mapped_column(String(12))
    quota: Mapped[int | None]
    note: Mapped[str | None]
    synthetic: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None]
    __table_args__ = (not_negative("quota"), Index(None, "key"), Index(None, "sort_key", "code"))


class EnterpriseAlias(Base):
    __tablename__ = "enterprise_aliases"
    id: Mapped[UUID] = identity()
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprises.id"))
    name: Mapped[str]
    key: Mapped[str]
    __table_args__ = (UniqueConstraint("enterprise_id", "key"), Index(None, "key"))


class EnterpriseIndustry(Base):
    __tablename__ = "enterprise_industries"
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprises.id"), primary_key=True)
    industry_id: Mapped[UUID] = mapped_column(ForeignKey("industries.id"), primary_key=True)
    __table_args__ = (Index(None, "industry_id"),)


class EnterpriseLabel(Base):
    __tablename__ = "enterprise_labels"
    id: Mapped[UUID] = identity()
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprises.id"))
    label: Mapped[LabelKind] = mapped_column(words(LabelKind, "label"))
    certificate: Mapped[str | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    __table_args__ = (UniqueConstraint("enterprise_id", "label"),)


class EnterpriseContact(Base):
    __tablename__ = "enterprise_contacts"
    id: Mapped[UUID] = identity()
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprises.id"))
    name: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    __table_args__ = (Index(None, "enterprise_id"),)
