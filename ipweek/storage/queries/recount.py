"""Adding the log up anew, for many at once: `domain.checkin.fold` as SQL."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement

from ipweek.domain.words import Direction, ScanKind, Verdict
from ipweek.storage.queries.checkin_rules import ADMISSIONS, CHECKPOINTS
from ipweek.storage.tables.checkin import Scan


@dataclass(frozen=True, slots=True)
class Touched:
    """Whose log has changed, and at which doors."""

    registrations: Select[UUID | None]
    doors: Select[UUID]


_annulling = aliased(Scan)
NOT_ANNULLED = ~exists().where(_annulling.annuls == Scan.id)
COUNTED = (
    Scan.verdict == Verdict.ACCEPTED,
    Scan.kind != ScanKind.ANNULMENT,
    Scan.registration_id.is_not(None),
    NOT_ANNULLED,
)
"""The rows that add up."""
IN_ORDER = (Scan.device_at, Scan.received_at, Scan.sequence, Scan.id)
PLACE = (Scan.registration_id, Scan.checkpoint_id)
_ENTRY = Scan.direction == Direction.ENTRY
_STANDING = ("inside", "entries", "first_in", "first_desk", "last_in", "last_out")


def look_at_the_log(connection: Connection) -> None:
    """Let PostgreSQL know how much has come in: by what it knew of an empty log it would search all of it for each."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ANALYZE scans")


def recount(connection: Connection, touched: Touched) -> None:
    """Keep what the log says of these registrations at these doors, and how many are inside of counted doors."""
    doors = _lock_doors(connection, touched)
    _blank(connection, touched)
    upsert = _upsert(connection).from_select(
        ["registration_id", "checkpoint_id", *_STANDING], _standings(touched)
    )
    values = {name: upsert.excluded[name] for name in _STANDING}
    connection.execute(upsert.on_conflict_do_update(index_elements=list(_KEY), set_=values))
    over = Counter(row.checkpoint_id for row in past_capacity(connection, doors))
    inside = select(func.count()).where(ADMISSIONS.c.checkpoint_id == CHECKPOINTS.c.id, ADMISSIONS.c.inside)
    for door in doors:
        present = {"present": inside.scalar_subquery(), "over": over[door]}
        connection.execute(update(CHECKPOINTS).where(CHECKPOINTS.c.id == door).values(present))


_KEY = (ADMISSIONS.c.registration_id, ADMISSIONS.c.checkpoint_id)


def _upsert(connection: Connection) -> Any:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    return dialect.insert(ADMISSIONS)


def _lock_doors(connection: Connection, touched: Touched) -> Sequence[UUID]:
    """The counted doors among these, locked as a scan locks them, and before any admission."""
    counted = counted_among(touched)
    return connection.scalars(counted.order_by(CHECKPOINTS.c.id).with_for_update(key_share=True)).all()


def _blank(connection: Connection, touched: Touched) -> None:
    """Take every admission that is to change: a scan that comes between waits, and is judged anew."""
    nothing: dict[str, Any] = {"inside": False, "entries": 0, **dict.fromkeys(_STANDING[2:])}
    rows = (
        select(*PLACE, literal(False), literal(0))  # noqa: FBT003 - the values of two columns
        .where(*COUNTED, Scan.registration_id.in_(touched.registrations))
        .distinct()
    )
    made = _upsert(connection).from_select(["registration_id", "checkpoint_id", "inside", "entries"], rows)
    connection.execute(made.on_conflict_do_nothing())
    connection.execute(update(ADMISSIONS).where(_KEY[0].in_(touched.registrations)).values(nothing))


def _standings(touched: Touched) -> Select[Any]:
    number = func.row_number()
    last = number.over(partition_by=PLACE, order_by=[column.desc() for column in IN_ORDER])
    of_its_kind = number.over(partition_by=(*PLACE, Scan.direction), order_by=IN_ORDER)
    rows = (
        select(
            *(*PLACE, Scan.device_at, Scan.desk, _ENTRY.label("entry")),
            last.label("from_last"),
            of_its_kind.label("of_its_kind"),
        )
        .where(*COUNTED, Scan.registration_id.in_(touched.registrations))
        .subquery()
    )
    row = rows.c
    return (
        select(
            row.registration_id,
            row.checkpoint_id,
            (func.max(case((and_(row.entry, row.from_last == 1), 1), else_=0)) == 1).label("inside"),
            func.sum(case((row.entry, 1), else_=0)).label("entries"),
            func.min(case((row.entry, row.device_at))).label("first_in"),
            func.max(case((and_(row.entry, row.of_its_kind == 1), row.desk))).label("first_desk"),
            func.max(case((row.entry, row.device_at))).label("last_in"),
            func.max(case((~row.entry, row.device_at))).label("last_out"),
        )
        .where(true())
        .group_by(row.registration_id, row.checkpoint_id)
    )


def past_capacity(connection: Connection, doors: Sequence[UUID]) -> Sequence[Row[Any]]:
    """The entries that went past the limit of these doors, in their order."""
    before = before_it(Scan.direction).over(partition_by=PLACE, order_by=IN_ORDER)
    rows = (
        select(
            *(Scan.id, Scan.checkpoint_id, Scan.registration_id, Scan.device_at, Scan.received_at),
            *(Scan.sequence, Scan.direction, Scan.reason, Scan.override, before.label("before")),
        )
        .where(*COUNTED, Scan.checkpoint_id.in_(doors))
        .subquery()
    )
    row = rows.c
    was_in = func.coalesce(row.before, Direction.EXIT) == Direction.ENTRY
    is_entry = row.direction == Direction.ENTRY
    step = case((and_(is_entry, ~was_in), 1), (and_(~is_entry, was_in), -1), else_=0)
    order = (row.device_at, row.received_at, row.sequence, row.id)
    inside = func.sum(step).over(partition_by=row.checkpoint_id, order_by=order)
    steps = select(rows, step.label("step"), inside.label("inside")).subquery()
    return connection.execute(
        select(steps, CHECKPOINTS.c.event_id)
        .join(CHECKPOINTS, CHECKPOINTS.c.id == steps.c.checkpoint_id)
        .where(steps.c.step == 1, steps.c.inside > CHECKPOINTS.c.capacity)
        .order_by(steps.c.device_at, steps.c.received_at, steps.c.sequence, steps.c.id)
    ).all()


def before_it(column: Any) -> FunctionElement[Any]:
    """A column of the row before, in its own type."""
    return func.lag(column, type_=column.type)


def counted_among(touched: Touched) -> Select[UUID]:
    """The doors with a limit among those touched."""
    return select(CHECKPOINTS.c.id).where(
        CHECKPOINTS.c.capacity.is_not(None), CHECKPOINTS.c.id.in_(touched.doors)
    )


def touched_by(copy: UUID, scans: Sequence[UUID], registrations: Sequence[UUID]) -> Touched:
    """What a copy's rows are about, some scans besides, and some registrations."""
    return _touched(or_(Scan.copy_id == copy, Scan.id.in_(scans), Scan.registration_id.in_(registrations)))


def touched_at(registration: UUID | None, door: UUID) -> Touched:
    """One registration at one door."""
    return _touched(and_(Scan.registration_id == registration, Scan.checkpoint_id == door))


def _touched(rows: ColumnElement[bool]) -> Touched:
    registered = (rows, Scan.registration_id.is_not(None))
    return Touched(
        select(Scan.registration_id).where(*registered).distinct(),
        select(Scan.checkpoint_id).where(*registered).distinct(),
    )
