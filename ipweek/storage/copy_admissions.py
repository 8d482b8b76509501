"""Who is in, carried over into a desk's copy between two times that it is written whole.

Admissions and counts are no part of what a copy seals: they only let it judge as its server would.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Table, bindparam, create_engine, event, select, tuple_, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from ipweek.storage.engine import set_up
from ipweek.storage.tables.checkin import Admission, Checkpoint, Scan
from ipweek.storage.tables.people import Registration

_ADMISSIONS, _DOORS = (cast("Table", table.__table__) for table in (Admission, Checkpoint))
_COUNTS = ("present", "over")


@dataclass(frozen=True, slots=True)
class Standings:
    """Admissions as they are now, and the counts of their doors."""

    admissions: list[dict[str, Any]]
    doors: list[dict[str, Any]]


def changed_since(session: Session, moment: datetime) -> Standings:
    """Those that a scan has touched since."""
    recent = select(Scan.registration_id, Scan.checkpoint_id).where(
        Scan.received_at >= moment, Scan.registration_id.is_not(None)
    )
    key = tuple_(Admission.registration_id, Admission.checkpoint_id)
    admissions = session.execute(select(_ADMISSIONS).where(key.in_(recent))).mappings()
    doors = session.execute(select(_DOORS.c.id, *(_DOORS.c[name] for name in _COUNTS))).mappings()
    return Standings([dict(row) for row in admissions], [dict(row) for row in doors])


def carry(standings: Standings, file: Path) -> None:
    """Write them into a copy, as far as it knows the people and the doors."""
    engine = create_engine(f"sqlite:///{file.as_posix()}", poolclass=NullPool)
    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        ids = {row["registration_id"] for row in standings.admissions}
        people = set(connection.scalars(select(Registration.id).where(Registration.id.in_(ids))))
        doors = set(connection.scalars(select(Checkpoint.id)))
        rows = [
            row
            for row in standings.admissions
            if row["registration_id"] in people and row["checkpoint_id"] in doors
        ]
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
        counts = [
            {"door": row["id"], **{f"now_{name}": row[name] for name in _COUNTS}} for row in standings.doors
        ]
        if counts:
            changed: dict[str, Any] = {name: bindparam(f"now_{name}") for name in _COUNTS}
            connection.execute(update(_DOORS).where(_DOORS.c.id == bindparam("door")).values(changed), counts)
