"""One scan as SQL: look up, decide, admit, log.

`decided` is the same select on both engines: the facts of one reading, the first rule that speaks against it,
and what an acceptance would leave behind. PostgreSQL acts on it inside one statement; SQLite reads it and
acts inside one immediate transaction.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    case,
    exists,
    insert,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.sql.selectable import CTE

from ipweek.domain.checkin import Need
from ipweek.domain.words import Direction, Reason, ScanKind, Verdict
from ipweek.storage.queries.checkin_rules import (
    ADMISSIONS,
    ARGUMENTS,
    CHECKPOINTS,
    ONE,
    PREFIX,
    ZERO,
    Needs,
    facts,
    word,
)
from ipweek.storage.tables.checkin import Scan

SCANS = cast("Table", Scan.__table__)

_TOLD = {
    **{name: name for name in ("id", "run_id", "sequence", "kind", "direction", "received_at")},
    **{name: name for name in ("operator", "desk", "offline")},
    "code": "raw",
    "device_at": "at",
}
_DECIDED = {
    **{name: name for name in ("checkpoint_id", "badge_id", "person_id", "registration_id")},
    **{name: name for name in ("verdict", "reason", "override")},
    "first_at": "answer_first_at",
    "first_desk": "answer_first_desk",
    "why": "kept_why",
    "allowed_by": "kept_by",
}


class Answered(NamedTuple):
    """What a scan answers, of what it found and decided."""

    registration_id: UUID | None
    name: str | None
    enterprise: str
    title: str
    category: str | None
    seat: str
    verdict: str
    reason: str | None
    answer_first_at: datetime | None
    answer_first_desk: str | None
    override: bool


_STANDING = ("inside", "entries", "first_in", "first_desk", "last_in", "last_out")
_CARRIED = (
    *("registration_id", "checkpoint_id", "badge_id", "person_id", "reason"),
    *("name", "enterprise", "title", "category", "seat"),
    *("capacity", "present", "inside", "entries", "last_out"),
)


def _once(query: Select[Any], name: str) -> CTE:
    """A step that PostgreSQL takes once; it would write the rules anew wherever their outcome is read."""
    return query.cte(name).prefix_with("MATERIALIZED", dialect="postgresql")


def _decided(kind: ScanKind, engine: str, needs: Needs, locked: CTE | None = None) -> CTE:
    """The facts, the verdict, and the standing (`new_…`) that an acceptance leaves; where places are counted, how many."""
    judged = _once(facts(kind, engine, needs, locked), "judged")
    row, why, at = judged.c, ARGUMENTS["why"], judged.c.at
    override = and_(why.is_not(None), row.reason.is_not(None), row.registration_id.is_not(None))
    accepted = or_(row.reason.is_(None), row.reason == word(Reason.NOT_IN_COPY), override)
    entry = row.direction == word(Direction.ENTRY)
    is_latest = and_(
        or_(row.last_in.is_(None), at >= row.last_in), or_(row.last_out.is_(None), at >= row.last_out)
    )
    is_first = and_(entry, or_(row.first_in.is_(None), at < row.first_in))
    overridden = and_(override, row.reason != word(Reason.NOT_IN_COPY))
    was_in = row.reason == word(Reason.ALREADY_IN)
    following = select(
        *(row[name] for name in _CARRIED),
        case((accepted, word(Verdict.ACCEPTED)), else_=word(Verdict.REFUSED)).label("verdict"),
        overridden.label("override"),
        case((overridden, why), else_=ARGUMENTS["note"]).label("kept_why"),
        case((overridden, ARGUMENTS["allowed_by"])).label("kept_by"),
        and_(accepted, row.registration_id.is_not(None)).label("admits"),
        case((was_in, row.first_in)).label("answer_first_at"),
        case((was_in, row.first_desk)).label("answer_first_desk"),
        case((is_latest, entry), else_=row.inside).label("new_inside"),
        case((entry, row.entries + ONE), else_=row.entries).label("new_entries"),
        case((is_first, at), else_=row.first_in).label("new_first_in"),
        case((is_first, ARGUMENTS["desk"]), else_=row.first_desk).label("new_first_desk"),
        case((and_(entry, or_(row.last_in.is_(None), at > row.last_in)), at), else_=row.last_in).label(
            "new_last_in"
        ),
        case(
            (and_(not_(entry), or_(row.last_out.is_(None), at > row.last_out)), at), else_=row.last_out
        ).label("new_last_out"),
    )
    standing = _once(following, "standing")
    return _counted(standing) if Need.PLACE in needs else standing


def _counted(standing: CTE) -> CTE:
    """With the places taken or given back (`seats`), and those beyond the room's (`excess`)."""
    after = standing.c
    counts = and_(after.admits, after.capacity.is_not(None))
    goes_in = and_(counts, not_(after.inside), after.new_inside)
    goes_out = and_(counts, after.inside, not_(after.new_inside), after.present > ZERO)
    counted = select(
        standing,
        case((goes_in, ONE), (goes_out, -ONE), else_=ZERO).label("seats"),
        case((and_(goes_in, after.present >= after.capacity), ONE), else_=ZERO).label("excess"),
    )
    return _once(counted, "counted")


def _logged(arguments: Mapping[str, Any], decision: Mapping[str, Any]) -> dict[str, Any]:
    """The log row: of bind parameters and columns for PostgreSQL, of values for SQLite."""
    told = {column: arguments[name] for column, name in _TOLD.items()}
    return told | {column: decision[name] for column, name in _DECIDED.items()}


@cache
def _one_statement(kind: ScanKind, needs: Needs) -> Select[Any]:
    """PostgreSQL: the whole scan. No row comes back when another scan came between looking and admitting, or
    where the door needs more than is looked up.
    """
    decided = _decided(kind, "postgresql", needs, _locked() if Need.PLACE in needs else None)
    row = decided.c
    proposed = postgresql.insert(ADMISSIONS).from_select(
        ["registration_id", "checkpoint_id", *_STANDING],
        select(row.registration_id, row.checkpoint_id, *(row[f"new_{name}"] for name in _STANDING)).where(
            row.admits
        ),
    )
    seen_entries = select(row.entries).scalar_subquery()
    seen_out = select(row.last_out).scalar_subquery()
    admitted = (
        proposed.on_conflict_do_update(
            index_elements=[ADMISSIONS.c.registration_id, ADMISSIONS.c.checkpoint_id],
            set_={name: proposed.excluded[name] for name in _STANDING},
            where=and_(
                ADMISSIONS.c.entries == seen_entries, ADMISSIONS.c.last_out.is_not_distinct_from(seen_out)
            ),
        )
        .returning(ADMISSIONS.c.registration_id)
        .cte("admitted")
    )
    is_settled = or_(not_(row.admits), exists(select(admitted.c.registration_id)))
    values = _logged(ARGUMENTS, dict(row))
    kept = select(*values.values()).select_from(decided).where(is_settled)
    logged = (
        insert(SCANS)
        .from_select(list(values), kept, include_defaults=False)
        .returning(SCANS.c.id)
        .cte("logged")
    )
    answered = select(*(row[name] for name in Answered._fields)).where(exists(select(logged.c.id)))
    return answered.add_cte(_seated(row, is_settled)) if Need.PLACE in needs else answered


def _locked() -> CTE:
    """A counted door is taken first, at its latest count; KEY SHARE locks of the log's references pass."""
    door = CHECKPOINTS.c
    counted = select(door.capacity, door.present).where(
        door.id == ARGUMENTS["door"], door.capacity.is_not(None)
    )
    return counted.with_for_update(key_share=True).cte("locked")


def _seated(row: Any, is_settled: ColumnElement[bool]) -> CTE:
    """A place taken or given back in a counted room."""
    door = CHECKPOINTS.c
    return (
        update(CHECKPOINTS)
        .where(door.id == row.checkpoint_id, row.seats != ZERO, is_settled)
        .values(present=door.present + row.seats, over=door.over + row.excess)
        .returning(door.id)
        .cte("seated")
    )


@cache
def _decision(kind: ScanKind, needs: Needs) -> Select[Any]:
    decided = _decided(kind, "sqlite", needs).c
    counted = ("seats", "excess") if Need.PLACE in needs else ()
    acting = (*_DECIDED.values(), "admits", *counted, *(f"new_{name}" for name in _STANDING))
    return select(*(decided[name] for name in dict.fromkeys((*Answered._fields, *acting))))


@cache
def _admission_upsert() -> Any:
    values: dict[str, Any] = {
        name: bindparam(name) for name in ("registration_id", "checkpoint_id", *_STANDING)
    }
    upsert = sqlite.insert(ADMISSIONS).values(values)
    return upsert.on_conflict_do_update(
        index_elements=[ADMISSIONS.c.registration_id, ADMISSIONS.c.checkpoint_id],
        set_={name: upsert.excluded[name] for name in _STANDING},
    )


@cache
def _seat_update() -> Any:
    door = CHECKPOINTS.c
    return (
        update(CHECKPOINTS)
        .where(door.id == bindparam("door"))
        .values(present=door.present + bindparam("seats"), over=door.over + bindparam("excess"))
    )


@cache
def _scan_insert() -> Any:
    return insert(SCANS)


_DOLLARS = psycopg.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


@cache
def _text(kind: ScanKind, needs: Needs) -> tuple[bytes, Sequence[str]]:
    """The whole scan as it is sent, and its arguments in their order. Bytes are neither encoded nor hashed anew."""
    compiled = _one_statement(kind, needs).compile(dialect=_DOLLARS)
    assert compiled.positiontup is not None
    return str(compiled).encode(), [name.removeprefix(PREFIX) for name in compiled.positiontup]


def on_postgres(cursor: Any, kind: ScanKind, needs: Needs, arguments: Mapping[str, Any]) -> Answered | None:
    """Decide, admit and log in one statement.

    None where nothing happened: a race was lost, the door is gone, or needs more than was said.
    Raises IntegrityError where the scan's id is in the log already.
    """
    text, order = _text(kind, needs)
    row = cursor.execute(text, [arguments[name] for name in order]).fetchone()
    return None if row is None else Answered._make(row)


def on_sqlite(
    connection: Connection, kind: ScanKind, needs: Needs, arguments: Mapping[str, Any]
) -> Answered | None:
    """Decide, admit and log inside the caller's immediate transaction.

    None where the door is gone, or needs more than was said.
    Raises IntegrityError where the scan's id is in the log already: the caller rolls back.
    """
    named = {PREFIX + name: value for name, value in arguments.items()}
    row = connection.execute(_decision(kind, needs), named).one_or_none()
    if row is None:
        return None
    found = dict(row._mapping)  # noqa: SLF001 - public, in spite of its name
    if found["admits"]:
        standing = {name: found[f"new_{name}"] for name in _STANDING}
        keys = {"registration_id": found["registration_id"], "checkpoint_id": found["checkpoint_id"]}
        connection.execute(_admission_upsert(), {**keys, **standing})
    if found.get("seats"):
        moved = {"door": found["checkpoint_id"], "seats": found["seats"], "excess": found["excess"]}
        connection.execute(_seat_update(), moved)
    connection.execute(_scan_insert(), _logged(arguments, found))
    return Answered._make(row[: len(Answered._fields)])
