"""What a demand asks beyond its fields, however it is written."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.adapters import phones
from ipweek.domain.errors import InvalidError
from ipweek.domain.exchange import MET, OPEN, SATISFACTION, steps
from ipweek.domain.words import DemandStatus
from ipweek.storage.tables.exchange import Demand, DemandAnswer
from ipweek.storage.tables.programme import Event, EventSession, Week

_ANSWERS = ("result_id", "case_id", "speaker_id", "provider")


def check(session: Session, row: Any, before: Mapping[str, Any] | None, moment: datetime) -> None:
    """Put a demand in order: its event, its phone number, and what follows from its status.

    Raises InvalidError `session-of-other-event`, `phone-…`, `demand-ended`, `demand-step-back`, `demand-needs-outcome`,
    `demand-needs-match`, `demand-satisfaction`, `demand-not-closed`.
    """
    _place(session, row)
    row.phone = phones.normalise(row.phone) if row.phone else None
    row.status = row.status or DemandStatus.NEW
    was = before["status"] if before else row.status
    if row.status is not was and row.status not in steps(was):
        _refuse_step(row, was)
    if row.status in MET and not row.provider and not _has_answer(session, row):
        raise InvalidError("demand-needs-match", field="provider", code=row.code)
    if row.status is DemandStatus.CLOSED:
        _closed(session, row, moment)
    else:
        _not_closed(row, before)


def _refuse_step(row: Any, was: DemandStatus) -> NoReturn:
    told = {"field": "status", "value": row.status, "status": was, "code": row.code}
    if was in OPEN:
        raise InvalidError("demand-step-back", **told)
    raise InvalidError("demand-ended", **told)


def _closed(session: Session, row: Any, moment: datetime) -> None:
    if not row.outcome:
        raise InvalidError("demand-needs-outcome", field="outcome", code=row.code)
    if row.satisfaction is not None and row.satisfaction not in SATISFACTION:
        raise InvalidError("demand-satisfaction", field="satisfaction", value=row.satisfaction)
    row.closed_on = row.closed_on or today(session, row.event_id, moment)


def _not_closed(row: Any, before: Mapping[str, Any] | None) -> None:
    """What only the end brings is taken back with it, and not accepted before it."""
    if row.satisfaction is not None and row.satisfaction != (before or {}).get("satisfaction"):
        raise InvalidError("demand-not-closed", field="satisfaction", code=row.code)
    row.closed_on = row.satisfaction = None


def _place(session: Session, row: Any) -> None:
    """A session's demand is its event's."""
    if row.session_id is None:
        return
    held = session.get_one(EventSession, row.session_id)
    if row.event_id is None:
        row.event_id = held.event_id
    elif row.event_id != held.event_id:
        event = session.get_one(Event, row.event_id)
        raise InvalidError("session-of-other-event", field="session", session=held.code, event=event.code)


def _has_answer(session: Session, row: Any) -> bool:
    query = select(DemandAnswer.id).where(DemandAnswer.demand_id == row.id).limit(1)
    return session.scalar(query) is not None


def check_answer(row: Any) -> None:
    """An answer is one thing. Raises InvalidError `answer-one`."""
    if sum(bool(getattr(row, name)) for name in _ANSWERS) != 1:
        raise InvalidError("answer-one", field="result")


def keep_match(session: Session, row: Any) -> None:
    """What a matched demand rests on is not taken away. Raises InvalidError `demand-needs-match`."""
    demand = session.get_one(Demand, row.demand_id)
    others = select(DemandAnswer.id).where(DemandAnswer.demand_id == demand.id, DemandAnswer.id != row.id)
    if demand.status in MET and not demand.provider and session.scalar(others.limit(1)) is None:
        raise InvalidError("demand-needs-match", field="provider", code=demand.code)


def today(session: Session, event: Any, moment: datetime) -> date:
    """The day at an event; without one, at the latest week; without any, in UTC."""
    query = select(Week.zone)
    if event is None:
        query = query.order_by(Week.year.desc(), Week.code)
    else:
        query = query.join(Event, Event.week_id == Week.id).where(Event.id == event)
    zone = session.scalar(query.limit(1))
    return moment.astimezone(ZoneInfo(zone or "UTC")).date()
