"""What a kind of record asks beyond its fields."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ipweek.adapters import credit_codes, pinyin
from ipweek.domain.actor import Actor
from ipweek.domain.errors import AlreadyThereError, InvalidError, IpweekError
from ipweek.domain.ids import new_id
from ipweek.domain.kinds import KINDS, PARTS
from ipweek.domain.starts import Start
from ipweek.domain.text import enterprise_key, folded
from ipweek.domain.words import ResultStatus
from ipweek.services import (
    branch_rules,
    demand_rules,
    document_rules,
    group_rules,
    matching,
    places,
    receipt_rules,
    release_days,
    report_rules,
)
from ipweek.services.import_lookups import industry_words
from ipweek.storage.tables.badges import BadgeKey
from ipweek.storage.tables.cases import CaseEvent
from ipweek.storage.tables.checkin import Checkpoint
from ipweek.storage.tables.enterprises import Industry
from ipweek.storage.tables.kinds import KEEPING
from ipweek.storage.tables.navigation import Applicant, IndicatorValue, NavigationResult, YearCount
from ipweek.storage.tables.report_notes import CoverageRow

_ORDERS = {
    YearCount: (YearCount.level, YearCount.year),
    Applicant: (Applicant.level, Applicant.rank.nulls_last()),
    CaseEvent: (CaseEvent.case_id, CaseEvent.happened),
    IndicatorValue: (IndicatorValue.indicator_id, IndicatorValue.period),
    CoverageRow: (CoverageRow.published_on.nulls_last(), func.length(CoverageRow.code)),
}
_CHECKS: Mapping[str, Callable[[Session, Any], None]] = {
    "branch": branch_rules.check,
    "receipt": receipt_rules.check,
    "demand_answer": lambda _session, row: demand_rules.check_answer(row),
    "coverage": lambda _session, row: report_rules.check_coverage(row),
    "photograph": lambda _session, row: report_rules.check_place(row),
}
"""What is checked of a kind by itself, whatever it was before."""
_FROZEN = tuple(kind for kind in PARTS["result"] if kind != "receipt")


_IN_CALENDAR = {"name_zh", "name_en", "start", "end", "venue", "room", "status", "speakers", "event"}


def order_of(table: type[Any]) -> tuple[Any, ...]:
    """Dated records in the order of time, the undated last; by pinyin; the others by code, 2 before 10."""
    if hasattr(table, "start_day"):
        return (table.start_day.nulls_last(), table.start_time.nulls_first(), table.code)
    if hasattr(table, "sort_key"):
        return (table.sort_key.nulls_first(), table.code)
    if table in _ORDERS:
        return (*_ORDERS[table], table.code)
    numbered = any(keeping.table is table and KINDS[kind].numbered for kind, keeping in KEEPING.items())
    return (func.length(table.code), table.code) if numbered else (table.code,)


def prepared(kind: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values with what is read of the world for them, before a transaction begins. Raises InvalidError."""
    if kind == "photograph":
        return report_rules.with_picture(values)
    return document_rules.with_digest(values) if kind == "document" else values


def before_add(session: Session, kind: str, values: Mapping[str, Any]) -> None:
    """What a released result has beside its parts is not added to. Raises InvalidError `result-released`."""
    if kind == "document":
        document_rules.keep_released(session, None, values)


def before_remove(session: Session, kind: str, row: Any) -> None:
    """Nothing of a released result is removed. Raises as `before_edit`."""
    keep_released(session, kind, row)
    if kind == "document":
        document_rules.keep_released(session, row.id, {"results": ()})
    if kind == "demand_answer":
        demand_rules.keep_match(session, row)


def before_edit(session: Session, kind: str, row: Any, changed: Mapping[str, Any]) -> None:
    """A released result never changes, nor does what it consists of: a correction is a new version.

    Raises InvalidError `result-released`.
    """
    if kind == "document":
        document_rules.keep_released(session, row.id, changed)
    if kind == "result" and row.status is not ResultStatus.DRAFT:
        raise InvalidError("result-released", code=row.code)
    keep_released(session, kind, row)


def keep_released(session: Session, kind: str, row: Any) -> None:
    """What a released result consists of is neither added, changed nor removed. Raises as `before_edit`."""
    if kind in _FROZEN and row.result_id is not None:
        held = session.get_one(NavigationResult, row.result_id)
        if held.status is not ResultStatus.DRAFT:
            raise InvalidError("result-released", code=held.code)


def before_save(
    session: Session, kind: str, row: Any, before: Mapping[str, Any] | None, moment: datetime
) -> None:
    """Rules between fields.

    Raises InvalidError `ends-before-start`, `capacity-below-taken`, `field-too-long`, `credit-code-…`, `symbol-invalid`,
    and as `branch_rules`, `demand_rules`, `group_rules`, `receipt_rules` and `report_rules` do.
    """
    if kind in ("event", "session"):
        _check_times(row)
        taken = row.taken or 0
        if row.capacity is not None and row.capacity < taken:
            raise InvalidError("capacity-below-taken", field="capacity", value=row.capacity, taken=taken)
    if kind == "week" and row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        raise InvalidError("ends-before-start", field="ends_on", value=row.ends_on)
    with session.no_autoflush:
        keep_released(session, kind, row)
        if kind in _CHECKS:
            _CHECKS[kind](session, row)
        if kind == "demand":
            demand_rules.check(session, row, before, moment)
    if kind == "enterprise":
        row.key = enterprise_key(row.name_zh or row.name_en)
        row.key_en = enterprise_key(row.name_en) if row.name_en else None
        row.sort_key = pinyin.sort_key(row.name_zh or row.name_en)
        with session.no_autoflush:
            group_rules.check(session, row)
    _tidy(row)
    if kind == "event" and before is not None:
        _keep_door_code(session, Checkpoint.event_id == row.id, before["code"], row.code)
    if kind == "session" and before is not None:
        _keep_door_code(session, Checkpoint.session_id == row.id, before["code"], row.code)
        for door in session.scalars(select(Checkpoint).where(Checkpoint.session_id == row.id)):
            door.event_id = row.event_id
    _check_lengths(row)


def count_change(row: Any) -> None:
    """A calendar that holds an earlier state learns of the change by the larger number (RFC 5545, SEQUENCE)."""
    row.sequence = (row.sequence or 0) + 1


def _tidy(row: Any) -> None:
    """Codes as they are written: credit codes checked, countries and currencies in capitals."""
    if getattr(row, "credit_code", None):
        row.credit_code = credit_codes.normalise(row.credit_code)
    for name in ("country", "currency"):
        if getattr(row, name, None):
            setattr(row, name, getattr(row, name).upper())


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
    """Those in line move up where a capacity was raised; people are found by their enterprise's new name.

    A result is dated by the event that released it. Raises InvalidError `cut-off-after-release`.
    """
    if kind in ("event", "session") and {"start", "event"} & changed.keys():
        release_days.follow_day(session, actor, row, moment)
    if kind in ("event", "session") and _IN_CALENDAR & changed.keys():
        count_change(row)
    if kind in ("event", "session") and "capacity" in changed:
        session.flush()
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
    if kind == "photograph":
        extra |= {"width": row.width, "height": row.height}
    return extra


def latest_result(session: Session, typed: str) -> NavigationResult | None:
    """The latest released result of an industry, which its bare code, name or alias names."""
    industry = session.scalar(select(Industry.id).where(Industry.code == typed.strip().lower()))
    return session.scalar(
        select(NavigationResult)
        .where(
            NavigationResult.industry_id == (industry or industry_words(session).get(folded(typed))),
            NavigationResult.status == ResultStatus.RELEASED,
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
    if "uq_indicator_values_said_once" in text:
        return AlreadyThereError("value-taken", field="period")
    if "_code" in text or ".code" in text:
        return AlreadyThereError("code-taken", kind="", code="")
    return InvalidError("record-refused", detail=text.splitlines()[0])
