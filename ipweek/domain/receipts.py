"""Printed reports of results that were handed out."""

from dataclasses import dataclass
from datetime import date

from ipweek.domain.figures import Named


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """Who took how many copies of which result's report; `enterprise` is None where nobody said."""

    code: str
    result: Named
    enterprise: Named | None
    received_by: str | None
    received_on: date | None
    copies: int
    event: Named | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Handed:
    """What is said of a report as it is handed out: to an enterprise, or to somebody registered."""

    enterprise: str = ""
    registration: str = ""
    received_by: str = ""
    copies: int = 1
    event: str = ""
    on: date | None = None
