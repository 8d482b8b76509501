"""What every table shares: names of constraints, column types, ids."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, DateTime, Dialect, Enum, Index, MetaData, String, Text, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from ipweek.domain.ids import new_id

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; SQLite keeps it without an offset."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC. Raises ValueError for a moment without an offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its offset")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal kept digit by digit, so that 12.99 stays 12.99 on both engines."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: Dialect) -> str | None:
        """As its digits."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Decimal | None:
        """From its digits."""
        return None if value is None else Decimal(value)


class Base(DeclarativeBase):
    """The declarative base of all tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        UUID: Uuid,
        datetime: Moment,
        Decimal: ExactDecimal,
        str: Text,
        dict[str, Any]: JSON,
        list[str]: JSON,
    }


def words(vocabulary: type[StrEnum], name: str) -> Enum:
    """A column of a vocabulary's codes, held by a named CHECK; `name` is `table_column`."""
    return Enum(
        vocabulary,
        native_enum=False,
        create_constraint=True,
        length=20,
        name=name,
        values_callable=lambda members: [member.value for member in members],
    )


def identity() -> Mapped[UUID]:
    """A primary key that the application assigns."""
    return mapped_column(primary_key=True, default=new_id)


def only_on(dialect: str, index: Index) -> Index:
    """An index that one engine has and the other does without; revisions read `info` to compare like with like."""
    index.info["dialect"] = dialect
    return index.ddl_if(dialect=dialect)


def not_negative(column: str) -> CheckConstraint:
    """A CHECK that a number is absent or at least 0."""
    return CheckConstraint(f"{column} >= 0", name=f"{column}_not_negative")
