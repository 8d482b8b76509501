"""A workspace: made empty for any city and year, or seeded from data files."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.ids import new_id
from ipweek.domain.text import enterprise_key
from ipweek.services import audit, record_rules
from ipweek.services.base import Service
from ipweek.storage import migrate
from ipweek.storage.data import data_folder
from ipweek.storage.tables.badges import Lease
from ipweek.storage.tables.base import Base, ExactDecimal
from ipweek.storage.tables.enterprises import Enterprise, Industry
from ipweek.storage.tables.navigation import (
    Document,
    Indicator,
    IndicatorValue,
    LevelCount,
    NavigationResult,
    ResultDocument,
    ResultLink,
    Source,
    Statement,
)
from ipweek.storage.tables.people import Person
from ipweek.storage.tables.programme import Event, EventSession, Room, Speaker, Venue, Week, Workspace

MAIN_LEASE = 1

# In the order in which rows may refer to one another.
_SEEDED: dict[str, type[Any]] = {
    "source": Source,
    "week": Week,
    "venue": Venue,
    "room": Room,
    "industry": Industry,
    "enterprise": Enterprise,
    "event": Event,
    "session": EventSession,
    "speaker": Speaker,
    "result": NavigationResult,
    "document": Document,
    "indicator": Indicator,
    "level_count": LevelCount,
    "statement": Statement,
    "result_document": ResultDocument,
    "result_link": ResultLink,
    "indicator_value": IndicatorValue,
}


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
            for week in tables.get("week", []):
                if session.scalar(select(Week.id).where(Week.code == week["code"])):
                    raise AlreadyThereError("seed-loaded", name=name)
            loader = _Loader(session, name)
            for kind in _SEEDED:
                for values in tables.get(kind, []):
                    row = loader.load(kind, values)
                    record_rules.after_add(session, kind, row, moment)
            counts = {kind: len(rows) for kind, rows in tables.items()}
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
        if "code" in values and self._session.scalar(select(table.id).where(table.code == values["code"])):
            raise AlreadyThereError("code-taken", kind=kind, code=values["code"])
        if kind == "enterprise":
            row["key"] = enterprise_key(row.get("name_zh") or row["name_en"])
        loaded: Base = table(**row)
        self._session.add(loaded)
        self._session.flush()
        if "code" in values:
            self._ids[kind, values["code"]] = row["id"]
        return loaded

    def _reference(self, kind: str, code: str) -> UUID:
        try:
            return self._ids[kind, code]
        except KeyError:
            raise InvalidError("seed-invalid", file=self._name, detail=f"{kind} {code}") from None
