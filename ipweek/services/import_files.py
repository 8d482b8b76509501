"""Spreadsheets of an import read and understood, with the mappings that earlier imports of such files left."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ipweek.adapters import spreadsheets
from ipweek.domain.errors import InvalidError
from ipweek.domain.ids import new_id
from ipweek.domain.import_fields import KINDS, ONE_OF
from ipweek.domain.import_recognition import (
    HeaderRecogniser,
    Recognition,
    header_digest,
    recognise,
    to_remember,
)
from ipweek.domain.import_report import ColumnGuess, FileLook
from ipweek.domain.import_rows import Table
from ipweek.domain.imports import Checked
from ipweek.domain.words import ImportKind
from ipweek.storage.tables.imports import ImportMapping

_SAMPLES = 3
_LOOKED_THROUGH = 200
"""In so many rows samples are looked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user said of a file: the sheet, the row of the header, which column holds which field."""

    sheet: str | None = None
    header_row: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class File:
    """A spreadsheet read and understood; `remembered` is what an earlier import said of its headers."""

    kind: ImportKind
    path: Path
    table: Table
    recognition: Recognition
    remembered: Mapping[str, str]

    @property
    def sha256(self) -> str:
        """The digest of the file as it is now."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    def without(self, checked: Checked[Any]) -> "File":
        """The same without the rows that nobody asks for once they are checked."""
        refused = frozenset(checked.refused)
        rows = self.table.rows
        kept = (*rows[:_LOOKED_THROUGH], *(row for row in rows[_LOOKED_THROUGH:] if row.number in refused))
        return replace(self, table=replace(self.table, rows=kept))

    @property
    def mapping(self) -> dict[str, str]:
        """Header to field."""
        return {self.table.columns[column]: name for column, name in self.recognition.fields.items()}

    @property
    def columns(self) -> tuple[ColumnGuess, ...]:
        """Each column that has a header or, in the first rows, any value."""
        headers, fields = self.table.columns, self.recognition.fields
        guesses = (
            ColumnGuess(column, header, fields.get(column), _samples(self.table, column))
            for column, header in enumerate(headers)
        )
        return tuple(guess for guess in guesses if guess.header or guess.samples)

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields without which nothing can be imported, and that no column names."""
        held = set(self.recognition.fields.values())
        either = ONE_OF.get(self.kind, ())
        needed = [known.name for known in KINDS[self.kind] if known.required and known.name not in held]
        return tuple(needed if held.intersection(either) else (*needed, *either))

    @property
    def look(self) -> FileLook:
        """What a front end shows before anything is checked."""
        table = self.table
        return FileLook(
            table.sheet,
            table.header_row,
            len(table.rows),
            self.columns,
            self.missing,
            bool(self.remembered),
        )


def read(
    kind: ImportKind,
    path: Path,
    asked: Asked,
    known: Mapping[str, Mapping[str, str]],
    *,
    any_header: bool = False,
) -> File:
    """Read a file with what is `known` of header sets. Raises as `read_table` and `recognise`.

    With `any_header` a file without a recognised header is read all the same; else InvalidError field-unmapped
    where a required field has no column, table-empty where nothing stands below the header.
    """
    recogniser = HeaderRecogniser(kind.value, asked.columns, known)
    table = spreadsheets.read_table(
        path,
        sheet=asked.sheet,
        header_fields=recogniser,
        header_row=asked.header_row,
        any_header=any_header,
    )
    remembered = recogniser.recall(table.columns)
    file = File(
        kind, path, table, recognise(table.columns, kind.value, asked.columns, remembered), remembered
    )
    if file.missing and not any_header:
        seen = [column.header for column in file.columns if column.header]
        raise InvalidError("field-unmapped", field=file.missing[0], row=table.header_row, columns=seen)
    if not table.rows and not any_header:
        raise InvalidError("table-empty", row=table.header_row)
    return file


def known_mappings(session: Session, kind: ImportKind) -> dict[str, dict[str, str]]:
    """What earlier imports of a kind keep of header sets, by digest."""
    query = select(ImportMapping.digest, ImportMapping.mapping).where(ImportMapping.kind == kind.value)
    return {digest: dict(mapping) for digest, mapping in session.execute(query)}


def remember(session: Session, file: File, moment: datetime) -> None:
    """Keep how a file was read where the guess alone would not do; forget what says no more than the guess."""
    digest = header_digest(file.table.columns)
    held = session.scalars(
        select(ImportMapping).where(ImportMapping.kind == file.kind.value, ImportMapping.digest == digest)
    ).first()
    mapping = to_remember(file.table.columns, file.kind.value, file.recognition)
    if mapping is None:
        if held is not None:
            session.execute(delete(ImportMapping).where(ImportMapping.id == held.id))
    elif held is None:
        session.add(
            ImportMapping(id=new_id(), kind=file.kind.value, digest=digest, mapping=mapping, used_at=moment)
        )
    else:
        held.mapping, held.used_at = mapping, moment


def _samples(table: Table, column: int) -> tuple[str, ...]:
    cells = (row.cells[column] for row in islice(table.rows, _LOOKED_THROUGH))
    return tuple(islice((cell for cell in cells if cell), _SAMPLES))
