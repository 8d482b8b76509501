"""Sign-in sheets (签到表): what is printed to sign on, and what keying a row in later says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ipweek.domain.starts import Start
from ipweek.domain.words import Reason

REASON = "sign-in sheet"
"""Why a mark is in the log that was keyed in from paper."""
_SHORT = 4
_COUNTERS = 10**6


class SheetOrder(StrEnum):
    """By what the rows of a sheet stand; by enterprise each has a heading of its own."""

    ENTERPRISE = "enterprise"
    PINYIN = "pinyin"
    RANK = "rank"


def short_number(number: int) -> str:
    """What is typed instead of a scan: the last digits of the badge number, four at least."""
    return f"{number % _COUNTERS:0{_SHORT}d}"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row to sign in. The number is short unless two leases of numbers meet on one sheet."""

    registration: UUID
    name: str
    name_latin: str
    enterprise: str
    title: str
    category: str
    seat: str
    code: str
    number: str
    on_leave: bool


@dataclass(frozen=True, slots=True)
class SignInSheet:
    """A sheet as it is printed: names in the language of the print, empty where there is nothing to say."""

    week: str
    event: str
    session: str
    start: Start | None
    place: str
    order: SheetOrder
    synthetic: bool
    rows: tuple[SheetRow, ...]


class Keyed(StrEnum):
    """What became of a row that was keyed in."""

    ENTERED = "entered"
    ALREADY = "already"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class KeyedRow:
    """The answer to one code or number; `first_at` and `first_desk` tell of the entry that counts already.

    An unknown row has a reason where the code itself is wrong: invalid, forged, read together with another.
    """

    typed: str
    outcome: Keyed
    reason: Reason | None = None
    registration: UUID | None = None
    name: str = ""
    enterprise: str = ""
    at: datetime | None = None
    first_at: datetime | None = None
    first_desk: str | None = None
