"""What a kind of record asks beyond its fields."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ipweek.adapters import credit_codes
from ipweek.domain.actor import Actor
from ipweek.domain.errors import AlreadyThereError, InvalidError, IpweekError
from ipweek.domain.ids import new_id
from ipweek.domain.starts import Start
from ipweek.domain.text import enterprise_key
from ipweek.domain.words import ResultStatus
from ipweek.services import matching, places
from ipweek.storage.tables.badges import BadgeKey
from ipweek.storage.tables.checkin import Checkpoint
from ipweek.storage.tables.enterprises import Industry
from ipweek.storage.tables.navigation import NavigationResult


def order_of(table: type[Any]) -> tuple[Any, ...]:
    """Dated records in the order of time, the undated last; the others by code."""
    if hasattr(table, "start_day"):
        return (table.start_day.nulls_last(), table.start_time.nulls_first(), table.code)
    return (table.code,)


def before_edit(kind: str, row: Any) -> None:
    """A released result never changes; a correction is a new version that supersedes it."""
    if kind == "result" and row.status is not ResultStatus.DRAFT:
        raise InvalidError("result-released", code=row.code)


def before_save(session: Session, kind: str, row: Any, before: Mapping[str, Any] | None) -> None:
    """Rules between fields.

    Raises InvalidError `ends-before-start`, `capacity-below-taken`, `field-too-long`, `credit-code-…`.
    """
    if kind in ("event", "session"):
        _check_times(row)
        taken = row.taken or 0
        if row.capacity is not None and row.capacity < taken:
            raise InvalidError("capacity-below-taken", field="capacity", value=row.capacity, taken=taken)
    if kind == "week" and row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        raise InvalidError("ends-before-start", field="ends_on", value=row.ends_on)
    if kind == "enterprise":
        row.key = enterprise_key(row.name_zh or row.name_en)
        row.credit_code = credit_codes.normalise(row.credit_code) if row.credit_code else None
    if kind == "event" and before is not None:
        _keep_door_code(session, Checkpoint.event_id == row.id, before["code"], row.code)
    if kind == "session" and before is not None:
        _keep_door_code(session, Checkpoint.session_id == row.id, before["code"], row.code)
        for door in session.scalars(select(Checkpoint).where(Checkpoint.session_id == row.id)):
            door.event_id = row.event_id
    _check_lengths(row)


def _check_lengths(row: Any) -> None:
    """SQLite would store what a column is too short for, PostgreSQL refuses it without a name."""
    for column in row.__table__.c:
        limit, value = getattr(column.type, "length", None), getattr(row, column.name)
        if limit and type(value) is str and len(value) > limit:
            raise InvalidError("field-too-long", field=column.name, limit=limit, length=len(value))


def _check_times(row: Any) -> None:
    if row.start_day is None or row.end_day is None:
        return
    start, end = Start(row.start_day, row.start_time), Start(row.end_day, row.end_time)
    backwards = end.day < start.day or (
        end.day == start.day and start.time is not None and end.time is not None and end.time < start.time
    )
    if backwards:
        raise InvalidError("ends-before-start", field="end", value=str(end), start=str(start))


def _keep_door_code(session: Session, door: Any, old: str, new: str) -> None:
    for checkpoint in session.scalars(select(Checkpoint).where(door, Checkpoint.code == old)):
        checkpoint.code = new


def after_add(session: Session, kind: str, row: Any, moment: datetime) -> None:
    """A week gets its signing key, an event and a session their door."""
    if kind == "week":
        session.add(
            BadgeKey(id=new_id(), week_id=row.id, key_id=1, secret=secrets.token_bytes(32), created_at=moment)
        )
    if kind == "event":
        session.add(Checkpoint(id=new_id(), code=row.code, event_id=row.id))
    if kind == "session":
        session.add(Checkpoint(id=new_id(), code=row.code, event_id=row.event_id, session_id=row.id))


def after_edit(
    session: Session, actor: Actor, kind: str, row: Any, changed: Mapping[str, Any], moment: datetime
) -> None:
    """Those in line move up where a capacity was raised; people are found by their enterprise's new name."""
    if kind in ("event", "session") and "capacity" in changed:
        while places.promote_first(session, actor, type(row), row.id, moment):
            pass
        session.refresh(row)
    if kind == "enterprise" and {"name_zh", "name_en"} & changed.keys():
        matching.keep_findable(session, row)


def extra_values(kind: str, row: Any) -> dict[str, Any]:
    """What the program itself keeps of a record, shown and never typed."""
    extra: dict[str, Any] = {}
    if hasattr(row, "synthetic"):
        extra["synthetic"] = row.synthetic
    if kind in ("event", "session"):
        extra["taken"] = row.taken
    if kind == "result":
        extra |= {"version": row.version, "status": row.status, "released_on": row.released_on}
    return extra


def latest_result(session: Session, industry_code: str) -> NavigationResult | None:
    """The latest released result of an industry, which its bare code names."""
    return session.scalar(
        select(NavigationResult)
        .join(Industry, Industry.id == NavigationResult.industry_id)
        .where(
            Industry.code == industry_code.strip().lower(), NavigationResult.status == ResultStatus.RELEASED
        )
        .order_by(
            NavigationResult.released_on.desc().nulls_last(),
            NavigationResult.version.desc(),
            NavigationResult.code.desc(),
        )
        .limit(1)
    )


def explained(error: IntegrityError) -> IpweekError:
    """A broken constraint as a refusal that names it."""
    text = str(error.orig)
    if "within_capacity" in text:
        return InvalidError("capacity-below-taken", field="capacity")
    if "credit_code" in text:
        return AlreadyThereError("credit-code-taken", field="credit_code")
    if "_code" in text or ".code" in text:
        return AlreadyThereError("code-taken", kind="", code="")
    return InvalidError("record-refused", detail=text.splitlines()[0])
