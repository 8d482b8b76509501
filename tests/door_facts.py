"""What a door's rules ask about: facts with nothing against them, and what the CASE of an engine says of facts."""

from dataclasses import fields
from typing import Any

from sqlalchemy import JSON, Boolean, Connection, Integer, String, bindparam, select

from ipweek.domain.checkin import DoorFacts
from ipweek.domain.words import Direction, EntryRule, Reason, RegistrationStatus
from ipweek.storage.queries.checkin_rules import reason_case
from ipweek.storage.tables.base import Moment
from tests.conftest import NOON

TYPES: dict[str, Any] = {
    **dict.fromkeys(("issue", "key_id", "current_issue", "current_key"), Integer()),
    **dict.fromkeys(("capacity", "present", "entries"), Integer()),
    **dict.fromkeys(("offline", "person", "enrolment_needed", "inside"), Boolean()),
    **dict.fromkeys(("enterprise_needed", "enterprise_listed"), Boolean()),
    **dict.fromkeys(("at", "revoked_at", "opens_at", "closes_at"), Moment()),
    "categories": JSON(),
}
WELCOME = {
    "code": None,
    "direction": Direction.ENTRY,
    "at": NOON,
    "offline": False,
    "person": True,
    "status": RegistrationStatus.REGISTERED,
    "category": "delegate",
    "issue": 2,
    "key_id": 1,
    "current_issue": 2,
    "current_key": 1,
    "revoked_at": None,
    "enrolment": None,
    "enrolment_needed": False,
    "categories": (),
    "enterprise_needed": False,
    "enterprise_listed": False,
    "opens_at": None,
    "closes_at": None,
    "entry_rule": EntryRule.AFTER_EXIT,
    "capacity": None,
    "present": 0,
    "inside": False,
    "entries": 0,
}


def in_sql(connection: Connection, facts: DoorFacts) -> Reason | None:
    """What the CASE says of the facts."""
    names = [field.name for field in fields(facts)]
    row = select(*(bindparam(name, type_=TYPES.get(name, String())).label(name) for name in names)).cte()
    values = {name: getattr(facts, name) for name in names}
    values["categories"] = list(facts.categories)
    said = connection.scalar(select(reason_case(dict(row.c), connection.dialect.name)), values)
    return None if said is None else Reason(said)
