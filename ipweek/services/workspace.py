"""A workspace: made empty for any city and year, or seeded from data files."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ipweek.adapters import pinyin
from ipweek.domain.actor import Actor
from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.ids import new_id
from ipweek.domain.kinds import KINDS
from ipweek.domain.text import enterprise_key
from ipweek.services import audit, record_rules
from ipweek.services.base import Service
from ipweek.storage import migrate
from ipweek.storage.data import data_folder
from ipweek.storage.tables.badges import Lease
from ipweek.storage.tables.base import Base, ExactDecimal
from ipweek.storage.tables.cases import CaseLink
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.kinds import KEEPING
from ipweek.storage.tables.navigation import ResultDocument, ResultLink
from ipweek.storage.tables.people import Person
from ipweek.storage.tables.programme import Event, Week, Workspace
from ipweek.storage.tables.report_notes import ReportNotesRow

MAIN_LEASE = 1


def _after_what_they_name() -> Iterator[str]:
    """The kinds, each behind those that it refers to."""
    placed: dict[str, None] = {}

    def place(kind: str) -> None:
        for field in KINDS[kind].fields:
            if field.refers not in (None, kind) and field.refers not in placed:
                place(str(field.refers))
        placed.setdefault(kind)

    for kind in KINDS:
        place(kind)
    return iter(placed)


# In the order in which rows may refer to one another.
_SEEDED: dict[str, type[Any]] = {
    **{kind: KEEPING[kind].table for kind in _after_what_they_name()},
    "result_document": ResultDocument,
    "result_link": ResultLink,
    "case_link": CaseLink,
    "report_notes": ReportNotesRow,
}

_TELLING = ("week", "case")
"""The kinds by whose codes a seed that is loaded already is known."""
_SHARED = ("industry",)
"""The kinds of which several seeds bring the same records."""


@dataclass(frozen=True, slots=True)
class WorkspaceInfo:
    """What a workspace holds, in numbers."""

    id: UUID
    created_at: datetime
    synthetic: bool
    revision: str
    engine: str
    weeks: int
    events: int
    enterprises: int
    people: int


class Workspaces(Service):
    """Making a workspace and looking at it."""

    def create(self, actor: Actor, *, synthetic: bool = False) -> UUID:
        """The empty workspace. Raises AlreadyThereError where there is one."""
        moment = self.clock()
        with self.uow.write() as session:
            if session.scalar(select(Workspace.id)) is not None:
                raise AlreadyThereError("workspace-exists")
            identity = new_id()
            session.add(Workspace(id=identity, created_at=moment, synthetic=synthetic))
            session.add(Lease(id=new_id(), number=MAIN_LEASE, desk=actor.desk, granted_at=moment))
            audit.record(session, actor, moment, "create", "workspace", identity)
            return identity

    def seed(self, actor: Actor, name: str) -> dict[str, int]:
        """Load the data files of `seed_data/NAME`; returns how many rows of each kind came in.

        Raises NotFoundError `seed-missing`, InvalidError `seed-invalid`, AlreadyThereError `seed-loaded`, or
        `code-taken` where a record of this workspace has a code of the seed.
        """
        tables = _read(name)
        moment = self.clock()
        with self.uow.write() as session:
            _refuse_loaded(session, name, tables)
            loader = _Loader(session, name)
            counts = dict.fromkeys(tables, 0)
            for kind in _SEEDED:
                for values in tables.get(kind, []):
                    if kind in _SHARED and loader.shares(kind, values):
                        continue
                    row = loader.load(kind, values)
                    record_rules.after_add(session, kind, row, moment)
                    counts[kind] += 1
            audit.record(session, actor, moment, "seed", "workspace", None, after={"name": name, **counts})
            return counts

    def info(self) -> WorkspaceInfo:
        """The workspace in numbers. Raises NotFoundError `workspace-missing`."""
        with self.uow.read() as session:
            row = session.scalar(select(Workspace))
            if row is None:
                raise NotFoundError("workspace-missing")
            counts = [
                session.scalar(select(func.count()).select_from(table)) or 0
                for table in (Week, Event, Enterprise, Person)
            ]
            return WorkspaceInfo(
                row.id,
                row.created_at,
                row.synthetic,
                migrate.revision(self.uow.engine) or "",
                self.uow.engine.dialect.name,
                *counts,
            )


def seed_names() -> tuple[str, ...]:
    """The seeds that travel with the program."""
    return tuple(sorted(folder.name for folder in data_folder("seed_data").iterdir() if folder.is_dir()))


def _read(name: str) -> dict[str, list[dict[str, Any]]]:
    if name not in seed_names():
        raise NotFoundError("seed-missing", name=name, known=", ".join(seed_names()))
    tables: dict[str, list[dict[str, Any]]] = {}
    for file in sorted((data_folder("seed_data") / name).glob("*.toml")):
        for kind, rows in _parsed(file).items():
            if kind not in _SEEDED:
                raise InvalidError("seed-invalid", file=file.name, detail=kind)
            tables.setdefault(kind, []).extend(rows)
    return tables


def _refuse_loaded(session: Session, name: str, tables: dict[str, list[dict[str, Any]]]) -> None:
    """A seed that is here already. Raises AlreadyThereError `seed-loaded`."""
    for kind in _TELLING:
        codes = {values["code"] for values in tables.get(kind, [])}
        table = _SEEDED[kind]
        if codes and codes <= set(session.scalars(select(table.code).where(table.code.in_(codes)))):
            raise AlreadyThereError("seed-loaded", name=name)


def _parsed(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidError("seed-invalid", file=file.name, detail=str(error)) from error


class _Loader:
    """Turns the rows of the data files into rows of tables; references are codes of rows loaded before."""

    def __init__(self, session: Session, name: str) -> None:
        self._session = session
        self._name = name
        self._ids: dict[tuple[str, str], UUID] = {}
        self._numbers: Counter[str] = Counter()

    def shares(self, kind: str, values: dict[str, Any]) -> bool:
        """Whether another seed brought the same record already."""
        table = _SEEDED[kind]
        there = self._session.scalar(select(table).where(table.code == values["code"]))
        return there is not None and all(getattr(there, key) == value for key, value in values.items())

    def load(self, kind: str, values: dict[str, Any]) -> Base:
        table = _SEEDED[kind]
        columns = table.__table__.c
        row: dict[str, Any] = {}
        for key, value in values.items():
            if f"{key}_id" in columns:
                row[f"{key}_id"] = self._reference(key, value)
            elif key in columns:
                row[key] = Decimal(value) if isinstance(columns[key].type, ExactDecimal) else value
            else:
                raise InvalidError("seed-invalid", file=self._name, detail=f"{kind}.{key}")
        if "id" in columns:
            row["id"] = new_id()
        if "code" in columns and "code" not in values:
            row["code"] = self._numbered(kind, values)
        if "code" in values and self._session.scalar(select(table.id).where(table.code == values["code"])):
            raise AlreadyThereError("code-taken", kind=kind, code=values["code"])
        if kind == "enterprise":
            name = row.get("name_zh") or row["name_en"]
            row |= {"key": enterprise_key(name), "sort_key": pinyin.sort_key(name)}
        loaded: Base = table(**row)
        self._session.add(loaded)
        self._session.flush()
        if "code" in values:
            self._ids[kind, values["code"]] = row["id"]
        return loaded

    def _numbered(self, kind: str, values: dict[str, Any]) -> str:
        known = KINDS[kind]
        stem = "-".join(part for part in (values.get(known.parent or ""), known.numbered) if part)
        self._numbers[stem] += 1
        return f"{stem}-{self._numbers[stem]}"

    def _reference(self, kind: str, code: str) -> UUID:
        if (kind, code) not in self._ids:
            table = _SEEDED[kind]
            there = self._session.scalar(select(table.id).where(table.code == code))
            if there is None:
                raise InvalidError("seed-invalid", file=self._name, detail=f"{kind} {code}")
            self._ids[kind, code] = there
        return self._ids[kind, code]
