"""Patent exports on their way into a navigation result: what a file holds, what it comes to, what was stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from ipweek.domain.errors import IpweekError
from ipweek.domain.patent_figures import PatentFigures
from ipweek.domain.patent_records import PatentField, PatentSource
from ipweek.domain.words import CountUnit


@dataclass(frozen=True, slots=True)
class PatentColumn:
    """A column as it stands in the file, what it is taken for, and its first filled cells."""

    letter: str
    header: str
    field: PatentField | None
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PatentColumns:
    """The columns of an export; `problem` says why it cannot be counted as it is, `units` what could be counted."""

    sheet: str
    header_row: int
    source: PatentSource
    columns: tuple[PatentColumn, ...]
    units: tuple[CountUnit, ...]
    problem: IpweekError | None


@dataclass(frozen=True, slots=True)
class PatentPreview:
    """What an export comes to for a result, before anything of it is stored.

    `mapping` is header to field, `unmapped` the headers that hold nothing of use.
    """

    path: Path
    sha256: str
    result: str
    sheet: str
    header_row: int
    mapping: Mapping[str, str]
    unmapped: tuple[str, ...]
    figures: PatentFigures


@dataclass(frozen=True, slots=True)
class PatentReport:
    """What was stored; `linked` is how many of the applicants are enterprises that are known here.

    `batch` is None where nothing was stored.
    """

    batch: UUID | None
    preview: PatentPreview
    linked: int = 0


@dataclass(frozen=True, slots=True)
class PatentImport:
    """An export that figures of a result came from; `removable` as long as they stand in a draft."""

    id: UUID
    result: str
    file_name: str
    layout: str
    unit: CountUnit
    cut_off: date | None
    kept: int
    duplicates: int
    imported_at: datetime
    operator: str
    undone_at: datetime | None
    removable: bool
