"""The tables, one module per capability."""

from ipweek.storage.tables import (
    audit,
    badges,
    checkin,
    enterprises,
    imports,
    navigation,
    people,
    programme,
)
from ipweek.storage.tables.base import Base

__all__ = [
    "Base",
    "audit",
    "badges",
    "checkin",
    "enterprises",
    "imports",
    "navigation",
    "people",
    "programme",
]
