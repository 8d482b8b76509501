"""Taking an import back: what it added goes, what it changed is as before, unless later work stands on it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, bindparam, delete, func, select, tuple_, update
from sqlalchemy.orm import Session

from ipweek.domain.actor import Actor
from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.domain.import_report import UndoReport
from ipweek.domain.text import enterprise_key, seat_key
from ipweek.domain.words import ImportKind, RegistrationStatus
from ipweek.services import audit, places
from ipweek.services.import_dependants import dependants
from ipweek.services.import_undo_log import UndoLog, chunks, log_of
from ipweek.services.import_undo_programme import restore_programme
from ipweek.storage.tables import Base
from ipweek.storage.tables.imports import ImportBatch
from ipweek.storage.tables.people import Enrolment, Registration
from ipweek.storage.tables.programme import Event, EventSession


def undo(session: Session, actor: Actor, moment: datetime, batch: str, *, dry_run: bool) -> UndoReport:
    """Raises as `Imports.undo`."""
    row = find_batch(session, batch)
    if row.kind is ImportKind.PATENTS:
        raise InvalidError("undo-not-offered", file=row.file_name)
    if row.undone_at is not None:
        raise InvalidError("already-undone", file=row.file_name)
    log = log_of(session, row)
    if log is None:
        raise InvalidError("undo-not-logged", file=row.file_name)
    standing = dependants(session, log)
    if standing and not dry_run:
        names = [one.name for one in standing]
        raise InvalidError(
            "undo-depends", file=row.file_name, count=len(standing), names=names[:3], dependants=standing
        )
    if not standing:
        _restore(session, actor, moment, log)
        freed = _free_places(session, log)
        _remove(session, log)
        _move_up(session, actor, moment, freed)
        row.undone_at = moment
        before = {"file": row.file_name, **{name: len(keys) for name, keys in log.additions.items()}}
        audit.record(session, actor, moment, "undo", row.kind.value, row.id, before=before)
    return UndoReport(row.id, row.file_name, row.added, row.updated, standing)


def find_batch(session: Session, text: str) -> ImportBatch:
    """Raises NotFoundError batch-missing."""
    try:
        row = session.get(ImportBatch, UUID(text.strip()))
    except ValueError:
        row = None
    if row is None:
        raise NotFoundError("batch-missing", batch=text)
    return row


def _restore(session: Session, actor: Actor, moment: datetime, log: UndoLog) -> None:
    """The former values of all that was changed; of several changes of a record the first one's."""
    if log.batch.kind is ImportKind.PROGRAMME:
        restore_programme(session, actor, moment, log)
        return
    former: dict[str, dict[UUID, dict[str, Any]]] = {}
    for step in log.steps:
        former.setdefault(step.table.name, {}).setdefault(step.record, {}).update(step.before)
    for name, records in former.items():
        _write(session, Base.metadata.tables[name], records)


def _write(session: Session, table: Table, records: Mapping[UUID, Mapping[str, Any]]) -> None:
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for identity, values in records.items():
        typed = {name: _typed(table, name, value) for name, value in values.items()}
        if "seat" in typed:
            typed["seat_key"] = seat_key(typed["seat"])
        if "key_en" in table.c and "name_en" in typed:
            typed["key_en"] = enterprise_key(typed["name_en"]) if typed["name_en"] else None
        alike.setdefault(tuple(sorted(typed)), []).append({"id_": identity, **typed})
    for rows in alike.values():
        session.execute(update(table).where(table.c.id == bindparam("id_")), rows)


def _typed(table: Table, name: str, value: Any) -> Any:
    """A value of the log as its column has it."""
    kind = table.c[name].type.python_type
    if value is None or not isinstance(value, str):
        return value
    if kind is UUID:
        return UUID(value)
    return kind.fromisoformat(value) if kind in (date, datetime) else value


def _free_places(session: Session, log: UndoLog) -> list[tuple[places.Held, UUID, int]]:
    """Give back the places that what was added holds, and say whose they were."""
    freed: list[tuple[places.Held, UUID, int]] = []
    held: tuple[tuple[places.Held, Any, Any], ...] = (
        (Event, Registration, Registration.event_id),
        (EventSession, Enrolment, Enrolment.session_id),
    )
    for whose, table, where in held:
        counts: dict[UUID, int] = {}
        for chunk in chunks(log.ids(table.__tablename__)):
            query = (
                select(where, func.count())
                .where(table.id.in_(chunk), table.status == RegistrationStatus.REGISTERED)
                .group_by(where)
            )
            for place, count in session.execute(query):
                counts[place] = counts.get(place, 0) + count
        for place, count in counts.items():
            places.give_back(session, whose, place, count)
            freed.append((whose, place, count))
    return freed


def _remove(session: Session, log: UndoLog) -> None:
    for table in reversed(Base.metadata.sorted_tables):
        columns = list(table.primary_key)
        for chunk in chunks(log.additions.get(table.name, ())):
            one = len(columns) == 1
            gone = columns[0].in_([key[0] for key in chunk]) if one else tuple_(*columns).in_(chunk)
            session.execute(delete(table).where(gone))


def _move_up(
    session: Session, actor: Actor, moment: datetime, freed: Iterable[tuple[places.Held, UUID, int]]
) -> None:
    """Whoever waited for the places that are free now has them, as after a cancellation."""
    for whose, place, count in freed:
        for _place in range(count):
            if places.promote_first(session, actor, whose, place, moment) is None:
                break
