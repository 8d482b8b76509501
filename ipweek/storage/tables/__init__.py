"""The tables, one module per capability."""

from ipweek.storage.tables import (
    audit,
    badges,
    cases,
    certificates,
    checkin,
    copies,
    enterprises,
    exchange,
    feedback,
    imports,
    merges,
    navigation,
    operators,
    people,
    programme,
    report_notes,
)
from ipweek.storage.tables.base import Base

__all__ = [
    "Base",
    "audit",
    "badges",
    "cases",
    "certificates",
    "checkin",
    "copies",
    "enterprises",
    "exchange",
    "feedback",
    "imports",
    "merges",
    "navigation",
    "operators",
    "people",
    "programme",
    "report_notes",
]
