"""Enterprises, their industries, labels and contacts."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ipweek.domain.text import enterprise_key
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


def _english_key_of(context: Any) -> str | None:
    name = context.get_current_parameters().get("name_en")
    return enterprise_key(name) if name else None


class Enterprise(Base):
    """An enterprise; `key` is `enterprise_key(name_zh or name_en)`, by which names match, `sort_key` its pinyin.

    `key_en` is the key of the English name, and goes with it; `group_id` is the enterprise at the head of its group.
    `merged_into` is the one that an archived one was found to be.
    """

    __tablename__ = "enterprises"
    id: Mapped[UUID] = identity()
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name_zh: Mapped[str | None]
    name_en: Mapped[str | None]
    short_name: Mapped[str | None]
    key: Mapped[str]
    key_en: Mapped[str | None] = mapped_column(default=_english_key_of)
    sort_key: Mapped[str | None] = mapped_column(default=_key_of)
    credit_code: Mapped[str | None] = mapped_column(String(18), unique=True)
    district: Mapped[str | None]
    region_code: Mapped[str | None] = mapped_column(String(12))
    quota: Mapped[int | None]
    group_id: Mapped[UUID | None] = mapped_column(ForeignKey("enterprises.id"))
    note: Mapped[str | None]
    synthetic: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None]
    merged_into: Mapped[UUID | None] = mapped_column(ForeignKey("enterprises.id"))
    __table_args__ = (
        not_negative("quota"),
        CheckConstraint("group_id <> id", name="group_not_itself"),
        Index(None, "key"),
        Index(None, "key_en"),
        Index(None, "group_id"),
        Index(None, "merged_into"),
        Index(None, "sort_key", "code"),
    )


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


_MAIN = text("main")


class EnterpriseContact(Base):
    """Whom to call; at most one of an enterprise's is the main one."""

    __tablename__ = "enterprise_contacts"
    id: Mapped[UUID] = identity()
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprises.id"))
    name: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    role: Mapped[str | None]
    main: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        Index(None, "enterprise_id"),
        Index(
            "uq_enterprise_contacts_main",
            "enterprise_id",
            unique=True,
            sqlite_where=_MAIN,
            postgresql_where=_MAIN,
        ),
    )
