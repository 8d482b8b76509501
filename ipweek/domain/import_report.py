"""What an import did, or would do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ipweek.domain.import_rows import Problem
from ipweek.domain.words import ImportKind


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Counts are of rows; `batch` is None where nothing was written: on a dry run, or because of errors.

    `mapping` is header to field, `unmapped` the headers that name none, `waiting` how many of the added
    found no place free.
    """

    batch: UUID | None
    kind: ImportKind
    sheet: str
    header_row: int
    rows: int
    added: int
    updated: int
    unchanged: int
    refused: int
    waiting: int
    mapping: Mapping[str, str]
    unmapped: tuple[str, ...]
    left_out: tuple[int, ...]
    problems: tuple[Problem, ...]

    @property
    def written(self) -> bool:
        """Whether anything was stored."""
        return self.batch is not None


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One import in the list of imports; `result` is that of a patent export."""

    id: UUID
    kind: ImportKind
    event: str | None
    file_name: str
    rows: int
    added: int
    updated: int
    unchanged: int
    refused: int
    imported_at: datetime
    operator: str
    result: str | None = None
    undone_at: datetime | None = None
