"""Who works at the desks, and what each may decide."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from ipweek.domain.words import OperatorRole
from ipweek.storage.tables.base import Base, identity, words


class Operator(Base):
    """`key` is the name as it is compared; `pin` a salted digest. After wrong PINs none is tried before `locked_until`."""

    __tablename__ = "operators"
    id: Mapped[UUID] = identity()
    name: Mapped[str] = mapped_column(String(120))
    key: Mapped[str] = mapped_column(String(120), unique=True)
    role: Mapped[OperatorRole] = mapped_column(words(OperatorRole, "role"))
    pin: Mapped[str | None]
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    __table_args__ = (CheckConstraint("failures >= 0", name="failures_not_negative"),)
