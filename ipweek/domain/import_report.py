"""What an import did, or would do, and what taking it back would do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from ipweek.domain.import_rows import Problem, Row
from ipweek.domain.words import ImportKind, RowOutcome

Stage = Literal["reading", "checking", "matching", "storing"]


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is; `total` is None where nobody knows yet. Numbers are of rows."""

    stage: Stage
    done: int
    total: int | None = None


Progress = Callable[[ImportProgress], None]
"""What an import tells of its progress; it may raise a CancelledError, and nothing stays."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of the import that a row changes; phones and addresses are masked, None is empty."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a row adds or changes. `fields` are of what was known before; of a wholly new record there are none.

    `duplicate_of` names what the row may mean, though it makes something new: a person of the same phone, an
    enterprise of a similar name.
    """

    row: int
    outcome: RowOutcome
    name: str
    fields: tuple[FieldChange, ...] = ()
    duplicate_of: str | None = None


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """A column (0 is the spreadsheet's A) and the field that it is taken for, None where it is left out."""

    column: int
    header: str
    field: str | None
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A sheet of a workbook as it can be chosen; a text file has one without a name."""

    name: str
    rows: int
    columns: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class FileLook:
    """What a file is taken for before anything in it is checked.

    `missing` are the required fields that no column names yet; `remembered` says that the mapping is that of
    an earlier import of the same headers.
    """

    sheet: str
    header_row: int
    rows: int
    columns: tuple[ColumnGuess, ...]
    missing: tuple[str, ...]
    remembered: bool


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Counts are of rows; `batch` is None where nothing was written: on a dry run, or because of errors.

    `mapping` is header to field, `unmapped` the headers that name none, `waiting` how many of the added
    found no place free. `changes` are of the added and updated rows; `refused_rows` those with an error,
    as read under all `headers` of the table.
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
    columns: tuple[ColumnGuess, ...] = ()
    changes: tuple[RowChange, ...] = ()
    refused_rows: tuple[Row, ...] = ()
    headers: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    remembered: bool = False

    @property
    def written(self) -> bool:
        """Whether anything was stored."""
        return self.batch is not None


@dataclass(frozen=True, slots=True)
class MappingLine:
    """A remembered mapping: the headers of a kind of file, and what their columns hold; `-` is left out."""

    id: UUID
    kind: ImportKind
    mapping: Mapping[str, str]
    used_at: datetime


@dataclass(frozen=True, slots=True)
class Dependant:
    """Later work that stands in the way of an undo: on what row's record, whose, and why by a code.

    The row is 0 where the record is of the batch and of no one row.
    """

    row: int
    name: str
    why_code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What an undo took away and brought back, in records; with dependants nothing is done."""

    batch: UUID
    file_name: str
    removed: int
    restored: int
    dependants: tuple[Dependant, ...] = ()


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
