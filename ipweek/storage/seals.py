"""The seals of a desk's copy: triggers in its own file that vouch for every row that the program adds or changes.

They call functions that only this program's connections have, so that no other tool can write into the sealed
tables, and whoever goes around the triggers breaks the chain.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, Engine, Table, func, inspect, select, text

from ipweek.domain.copies import seal
from ipweek.domain.errors import InvalidError
from ipweek.storage.tables.audit import AuditEntry, AuditValues
from ipweek.storage.tables.badges import Badge, Print
from ipweek.storage.tables.checkin import Checkpoint, Scan
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Enrolment, Person, Registration

SEALED = tuple(
    cast("Table", table.__table__)
    for table in (
        *(Checkpoint, Enterprise, Person, Registration, Enrolment, Badge, Print, Scan),
        *(AuditEntry, AuditValues),
    )
)
"""What a desk may add to and bring back, in the order in which rows may refer to one another."""
_COUNTERS = {"checkpoints": ("present", "over")}
_INSERTED, _UPDATED = "insert", "update"
_SCHEMA = (
    """CREATE TABLE seals (position INTEGER PRIMARY KEY, change VARCHAR(10) NOT NULL, table_name VARCHAR(60) NOT NULL,
    record_id CHAR(32) NOT NULL, content CHAR(64) NOT NULL, seal CHAR(64) NOT NULL)""",
    "CREATE INDEX ix_seals_record ON seals (table_name, record_id)",
    """CREATE TABLE sealing (sealing_key CHAR(64) NOT NULL, position INTEGER NOT NULL, last CHAR(64) NOT NULL,
    ending CHAR(64) NOT NULL)""",
)
_SEAL = """CREATE TRIGGER seal_{table}_{change} AFTER {change} ON {table} BEGIN
  INSERT INTO seals SELECT position + 1, '{change}', '{table}', NEW.{key}, content,
    ipweek_seal(sealing_key, last, position + 1, '{change}', '{table}', NEW.{key}, content)
    FROM (SELECT *, ipweek_digest({content}) AS content FROM sealing);
  UPDATE sealing SET position = position + 1,
    last = (SELECT seal FROM seals WHERE seals.position = sealing.position + 1),
    ending = ipweek_seal(sealing_key, 'end', position + 1,
      (SELECT seal FROM seals WHERE seals.position = sealing.position + 1));
END"""
_KEEP = """CREATE TRIGGER keep_{table} BEFORE DELETE ON {table} BEGIN
  SELECT RAISE(ABORT, 'a desk''s copy deletes nothing');
END"""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a copy's seals vouch for: by table the ids of rows that are new, and where rows were changed last."""

    added: dict[str, list[UUID]]
    changed: dict[str, dict[UUID, int]]
    position: int


def register_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that a copy's triggers call."""
    connection.create_function("ipweek_seal", -1, seal, deterministic=True)
    connection.create_function("ipweek_digest", 1, _digest, deterministic=True)


def is_sealed(engine: Engine) -> bool:
    """Whether a database, of whatever schema, is a desk's copy."""
    with engine.connect() as connection:
        return inspect(connection).has_table("sealing")


def begin(connection: Connection, key: str, signature: str) -> None:
    """From here on every row that is added or changed is sealed; the first seal covers the signature."""
    for statement in _SCHEMA:
        connection.exec_driver_sql(statement)
    _begin(connection, key, signature)
    for table in SEALED:
        changes = (_INSERTED,) if table.name in _COUNTERS else (_INSERTED, _UPDATED)
        for change in changes:
            made = _SEAL.format(
                change=change, table=table.name, key=_key(table), content=_content(table, "NEW.")
            )
            connection.exec_driver_sql(made)
        connection.exec_driver_sql(_KEEP.format(table=table.name))


def begin_again(connection: Connection, key: str, signature: str) -> None:
    """What was sealed so far counts as given: the signature covers it."""
    for table in ("seals", "sealing"):
        connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - names of our own
    _begin(connection, key, signature)


def _begin(connection: Connection, key: str, signature: str) -> None:
    connection.execute(
        text("INSERT INTO sealing VALUES (:key, 0, :last, :ending)"),
        {"key": key, "last": signature, "ending": seal(key, "end", 0, signature)},
    )


def verified(connection: Connection, key: str, signature: str, given: dict[str, int]) -> Sealed:
    """What the seals vouch for. Raises InvalidError `copy-altered` with the part that does not hold.

    `given` counts the rows by table that the copy began with.
    """
    added: dict[str, list[UUID]] = {table.name: [] for table in SEALED}
    changed: dict[str, dict[UUID, int]] = {table.name: {} for table in SEALED}
    contents: dict[tuple[str, str], str] = {}
    fresh: set[tuple[str, str]] = set()
    last, position = signature, 0
    for row in connection.execute(text("SELECT * FROM seals ORDER BY position")):
        position += 1
        said = (position, row.change, row.table_name, row.record_id, row.content)
        if row.position != position or row.seal != seal(key, last, *said) or row.table_name not in added:
            raise InvalidError("copy-altered", part="log", position=position)
        last, place = row.seal, (row.table_name, row.record_id)
        record = UUID(row.record_id)
        if row.change == _INSERTED:
            added[row.table_name].append(record)
            fresh.add(place)
        elif place not in fresh:
            changed[row.table_name][record] = position
        contents[place] = row.content
    end = connection.execute(text("SELECT position, ending FROM sealing")).one()
    if end.position != position or end.ending != seal(key, "end", position, last):
        raise InvalidError("copy-altered", part="end", position=position)
    for table in SEALED:
        _compare(connection, table, contents, given.get(table.name, 0) + len(added[table.name]))
    return Sealed(added, changed, position)


def _compare(
    connection: Connection, table: Table, contents: dict[tuple[str, str], str], expected: int
) -> None:
    """Every sealed row reads as it was sealed, and there is no other than those given."""
    wanted = {record: content for (name, record), content in contents.items() if name == table.name}
    for record, content in _rows(connection, table):
        if _digest(content) != wanted.pop(record):
            raise InvalidError("copy-altered", part=table.name, position=0)
    count = connection.scalar(select(func.count()).select_from(table))
    if wanted or count != expected:
        raise InvalidError("copy-altered", part=table.name, position=0)


def _rows(connection: Connection, table: Table) -> Iterator[tuple[str, str]]:
    key, name = _key(table), table.name
    query = (
        f"SELECT {key}, {_content(table, '')} FROM {name}"  # noqa: S608 - names of our own tables
        f" WHERE {key} IN (SELECT record_id FROM seals WHERE table_name = '{name}')"
    )
    for row in connection.exec_driver_sql(query):
        yield row[0], row[1]


def _key(table: Table) -> str:
    (column,) = table.primary_key.columns
    return column.name


def _content(table: Table, prefix: str) -> str:
    """A row as one text, each value as SQL writes it."""
    names = (column.name for column in table.columns if column.name not in _COUNTERS.get(table.name, ()))
    return " || ',' || ".join(f'quote({prefix}"{name}")' for name in names)


def _digest(content: Any) -> str:
    return hashlib.sha256(str(content).encode("utf-8", "surrogatepass")).hexdigest()
