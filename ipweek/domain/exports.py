"""What leaves the workspace as a file: the kinds, and what a row of each holds.

Phones and e-mail addresses are masked unless asked for otherwise.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from ipweek.domain.figures import Named
from ipweek.domain.import_contacts import ContactDraft
from ipweek.domain.import_labels import LabelDraft
from ipweek.domain.registrations import Registered


class ExportKind(StrEnum):
    """Of what the rows are."""

    REGISTRATIONS = "registrations"
    ENTERPRISES = "enterprises"
    SCANS = "scans"
    SCHEDULE = "schedule"
    DEMANDS = "demands"
    FEEDBACK = "feedback"


class ExportForm(StrEnum):
    """The ending of the file."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    ICS = "ics"


class ReportForm(StrEnum):
    """In which form a report is written."""

    TERMINAL = "terminal"
    MD = "md"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


class Tongue(StrEnum):
    """In which language a report is written."""

    ZH = "zh"
    EN = "en"


MASKED = tuple(kind for kind in ExportKind if kind is not ExportKind.SCHEDULE)
"""The kinds in which something is hidden unless asked for: phones, addresses, whole codes, confidential texts."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what the rows are: an event, a week, or with neither the workspace."""

    event: str | None = None
    week: str | None = None


@dataclass(frozen=True, slots=True)
class RegistrationRow:
    """A registration with what its import takes beside it; `sessions` in a form by which an import knows them.

    Those in which it has no place yet are the `waiting` ones among them.
    """

    registered: Registered
    credit_code: str | None
    rank: int | None
    sessions: tuple[Named, ...]
    answers: dict[str, str]
    waiting: tuple[Named, ...] = ()
    confirmed_at: datetime | None = None
    minutes_inside: int | None = None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Whom to call; `main` is the one who is called first."""

    contact: ContactDraft
    main: bool


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The enterprise at the head of a group; `word` is what an import finds it by: name, credit code or code."""

    code: str
    word: str


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """An enterprise with its side lists, its main contact first."""

    enterprise: Named
    short_name: str | None
    aliases: tuple[str, ...]
    credit_code: str | None
    district: str | None
    industries: tuple[Named, ...]
    labels: tuple[LabelDraft, ...]
    group: GroupRow | None
    contacts: tuple[ContactRow, ...]
    quota: int | None
    note: str | None
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """Rows as they are read, a page at a time, with the zone of their moments.

    `columns` are those that only this place has: questions of the event, rated questions of a form.
    """

    kind: ExportKind
    pages: Iterator[tuple[Any, ...]]
    zone: str = "UTC"
    columns: tuple[Named, ...] = field(default=())

    def rows(self) -> Iterator[Any]:
        """One row after the other."""
        for page in self.pages:
            yield from page
