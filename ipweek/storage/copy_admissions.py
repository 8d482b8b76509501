"""Who has come and gone, carried over into a desk's copy between two times that it is written whole.

Admissions and counts let it judge as its server would; the scans behind them let an entry be undone there. They are
given, as those with which the copy began: whoever carries them signs it anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, create_engine, event, select, tuple_, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from ipweek.domain.words import Verdict
from ipweek.storage.engine import set_up
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.checkin import Admission, Checkpoint, Scan
from ipweek.storage.tables.people import Person, Registration

_ADMISSIONS, _DOORS, _SCANS = (cast("Table", table.__table__) for table in (Admission, Checkpoint, Scan))
_COUNTS = ("present", "over")
_REFERENCES: tuple[tuple[str, Any], ...] = (
    ("checkpoint_id", Checkpoint.id),
    ("registration_id", Registration.id),
    ("person_id", Person.id),
    ("badge_id", Badge.id),
)
"""What a scan refers to, besides the scan that it annuls."""
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Standings:
    """Admissions as they are now, the counts of their doors, and the accepted scans that made them so."""

    admissions: Rows
    doors: Rows
    scans: Rows


def changed_since(session: Session, moment: datetime) -> Standings:
    """Those that a scan has touched since."""
    recent = (Scan.received_at >= moment, Scan.registration_id.is_not(None))
    touched = select(Scan.registration_id, Scan.checkpoint_id).where(*recent)
    key = tuple_(Admission.registration_id, Admission.checkpoint_id)
    admissions = session.execute(select(_ADMISSIONS).where(key.in_(touched))).mappings()
    doors = session.execute(select(_DOORS.c.id, *(_DOORS.c[name] for name in _COUNTS))).mappings()
    log = select(_SCANS).where(*recent, Scan.verdict == Verdict.ACCEPTED)
    scans = session.execute(log.order_by(Scan.received_at, Scan.run_id, Scan.sequence)).mappings()
    return Standings(*([dict(row) for row in rows] for rows in (admissions, doors, scans)))


@contextmanager
def carried(standings: Standings, file: Path) -> Iterator[tuple[Connection, int]]:
    """Write them into a copy, as far as it knows people and doors; how many scans are new there.

    What the block does is part of the transaction.
    """
    engine = create_engine(f"sqlite:///{file.as_posix()}", poolclass=NullPool)
    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        _carry_admissions(connection, standings.admissions)
        counts = [
            {"door": row["id"], **{f"now_{name}": row[name] for name in _COUNTS}} for row in standings.doors
        ]
        if counts:
            changed: dict[str, Any] = {name: bindparam(f"now_{name}") for name in _COUNTS}
            connection.execute(update(_DOORS).where(_DOORS.c.id == bindparam("door")).values(changed), counts)
        yield connection, _carry_scans(connection, standings.scans)


def _carry_admissions(connection: Connection, admissions: Rows) -> None:
    rows = _known(connection, admissions, _REFERENCES[:2])
    if rows:
        upsert = sqlite.insert(_ADMISSIONS)
        values = {
            column.name: upsert.excluded[column.name]
            for column in _ADMISSIONS.columns
            if not column.primary_key
        }
        connection.execute(
            upsert.on_conflict_do_update(index_elements=list(_ADMISSIONS.primary_key), set_=values), rows
        )


def _carry_scans(connection: Connection, scans: Rows) -> int:
    there = _there(connection, Scan.id, {row[name] for row in scans for name in ("id", "annuls")})
    rows = []
    for row in _known(connection, [row for row in scans if row["id"] not in there], _REFERENCES):
        if row["annuls"] is None or row["annuls"] in there:
            rows.append(row | {"copy_id": None})
            there.add(row["id"])
    if rows:
        connection.execute(_SCANS.insert(), rows)
    return len(rows)


def _known(connection: Connection, rows: Rows, references: tuple[tuple[str, Any], ...]) -> Rows:
    """The rows whose references the copy can follow."""
    for name, column in references:
        there = _there(connection, column, {row[name] for row in rows})
        rows = [row for row in rows if row[name] is None or row[name] in there]
    return rows


def _there(connection: Connection, column: Any, ids: set[UUID | None]) -> set[UUID]:
    return set(connection.scalars(select(column).where(column.in_(ids - {None}))))
