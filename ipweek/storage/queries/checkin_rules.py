"""What a door asks about one reading, and its rules in the order of the reference, as SQL."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Integer,
    Select,
    String,
    Table,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    literal_column,
    not_,
    null,
    or_,
    select,
    true,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.sql.selectable import CTE, FromClause
from sqlalchemy.types import TypeEngine

from ipweek.domain.checkin import Need
from ipweek.domain.words import Direction, EntryRule, Reason, RegistrationStatus, ScanKind
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.base import Moment
from ipweek.storage.tables.checkin import Admission, Checkpoint, CheckpointEnterprise, CheckpointIndustry
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseIndustry, EnterpriseLabel
from ipweek.storage.tables.people import Enrolment, Person, Registration
from ipweek.storage.tables.programme import Event, EventSession

Columns = Mapping[str, ColumnElement[Any]]
Needs = frozenset[Need]

ADMISSIONS = cast("Table", Admission.__table__)
CHECKPOINTS = cast("Table", Checkpoint.__table__)
_REGISTRATIONS = cast("Table", Registration.__table__)
_ENROLMENTS = cast("Table", Enrolment.__table__)
_TABLES = {
    "door": CHECKPOINTS,
    "badge": cast("Table", Badge.__table__),
    "person": cast("Table", Person.__table__),
    "place": _REGISTRATIONS,
    "held": ADMISSIONS,
    "session": cast("Table", EventSession.__table__),
    "enrolment": _ENROLMENTS,
    "enterprise": cast("Table", Enterprise.__table__),
}

_TYPES: Mapping[str, TypeEngine[Any]] = {
    "id": Uuid(),
    "run_id": Uuid(),
    "sequence": Integer(),
    "kind": String(),
    "raw": String(),
    "door": Uuid(),
    "code": String(),
    "number": BigInteger(),
    "week": Uuid(),
    "issue": Integer(),
    "key_id": Integer(),
    "registration": Uuid(),
    "direction": String(),
    "at": Moment(),
    "received_at": Moment(),
    "operator": String(),
    "desk": String(),
    "offline": Boolean(),
    "why": Text(),
    "allowed_by": String(),
    "note": Text(),
}
# A parameter named like a column would be written by every INSERT and UPDATE of the statement.
PREFIX = "asked_"
ARGUMENTS: Columns = {name: bindparam(PREFIX + name, type_=kind) for name, kind in _TYPES.items()}

# Constants stand in the text itself: fewer parameters to bind, and one plan for all scans.
ZERO, ONE = literal_column("0", Integer()), literal_column("1", Integer())
_NOTHING = literal_column("''", String())


def word(member: StrEnum) -> ColumnElement[str]:
    """A vocabulary's code as a constant."""
    return literal_column(f"'{member.value}'", String())


def reason_case(facts: Columns, engine: str) -> ColumnElement[str]:
    """The rules of `ipweek.domain.checkin.RULES` over columns named like the fields of `DoorFacts`."""
    rules = _rules(facts, engine)
    return case(*((rules[reason], word(reason)) for reason in Reason), else_=null())


def _rules(facts: Columns, engine: str) -> Mapping[Reason, ColumnElement[bool]]:
    code, person, offline, status = facts["code"], facts["person"], facts["offline"], facts["status"]
    entry = facts["direction"] == word(Direction.ENTRY)
    rule, inside = facts["entry_rule"], facts["inside"]
    replaced = and_(
        facts["issue"] == facts["current_issue"], facts["key_id"].is_distinct_from(facts["current_key"])
    )
    revoked = or_(facts["revoked_at"].is_not(None), facts["issue"] < facts["current_issue"], replaced)
    not_enrolled = func.coalesce(facts["enrolment"], _NOTHING) != word(RegistrationStatus.REGISTERED)
    full = and_(facts["capacity"].is_not(None), not_(inside), facts["present"] >= facts["capacity"])
    already = or_(
        and_(rule == word(EntryRule.ONCE), facts["entries"] > ZERO),
        and_(rule == word(EntryRule.AFTER_EXIT), inside),
    )
    return {
        Reason.INVALID: code == word(Reason.INVALID),
        Reason.FORGED: code == word(Reason.FORGED),
        Reason.UNKNOWN: and_(code.is_(None), not_(person), not_(offline)),
        Reason.AMBIGUOUS: code == word(Reason.AMBIGUOUS),
        Reason.NOT_IN_COPY: and_(not_(person), offline),
        Reason.WRONG_EVENT: status.is_(None),
        Reason.CANCELLED: status == word(RegistrationStatus.CANCELLED),
        Reason.WAITING: status == word(RegistrationStatus.WAITING),
        Reason.REVOKED: revoked,
        Reason.BLOCKED: status == word(RegistrationStatus.BLOCKED),
        Reason.WRONG_SESSION: and_(facts["enrolment_needed"], not_enrolled),
        Reason.NOT_ENTITLED: or_(
            _not_listed(facts["category"], facts["categories"], engine),
            and_(facts["enterprise_needed"], not_(facts["enterprise_listed"])),
        ),
        Reason.NOT_OPEN: and_(entry, facts["at"] < facts["opens_at"]),
        Reason.CLOSED: and_(entry, facts["at"] >= facts["closes_at"]),
        Reason.FULL: and_(entry, full),
        Reason.ALREADY_IN: and_(entry, already),
    }


def _not_listed(value: ColumnElement[Any], listed: ColumnElement[Any], engine: str) -> ColumnElement[bool]:
    """Whether a list of JSON texts has members and the value is not among them."""
    return and_(func.json_array_length(listed) > ZERO, not_(_listed(value, listed, engine)))


def _listed(value: ColumnElement[Any], listed: ColumnElement[Any], engine: str) -> ColumnElement[bool]:
    unfold = func.json_array_elements_text if engine == "postgresql" else func.json_each
    members = unfold(listed).table_valued("value")
    return exists(select(ONE).select_from(members).where(members.c.value == value))


def _is_chosen() -> ColumnElement[bool]:
    """Whether the door is for chosen enterprises."""
    door = _SUBJECTS["door"].c
    return or_(
        func.json_array_length(door.labels) > ZERO,
        exists(select(ONE).where(_NAMED.c.checkpoint_id == door.id)),
        exists(select(ONE).where(_OF_INDUSTRY.c.checkpoint_id == door.id)),
    )


def _is_listed(engine: str, needs: Needs) -> ColumnElement[bool]:
    """Whether the enterprise that is represented is among those the door is for."""
    door, place = _SUBJECTS["door"], _SUBJECTS["place"]
    named, of_industry = _NAMED.c.checkpoint_id == door.c.id, _OF_INDUSTRY.c.checkpoint_id == door.c.id
    industries, labels, enterprise = _INDUSTRIES.c, _LABELS.c, place.c.enterprise_id
    return or_(
        exists(select(ONE).where(named, _NAMED.c.enterprise_id == enterprise)),
        exists(
            select(ONE)
            .join_from(_OF_INDUSTRY, _INDUSTRIES, industries.industry_id == _OF_INDUSTRY.c.industry_id)
            .where(of_industry, industries.enterprise_id == enterprise)
        ),
        exists(
            select(ONE).where(
                labels.enterprise_id == enterprise,
                _holds(labels, needs),
                _listed(sql_cast(labels.label, Text), door.c.labels, engine),
            )
        ),
    )


def _holds(labels: Any, needs: Needs) -> ColumnElement[bool]:
    """Whether a label is in force on the day of the session or event; what is not stated does not end it."""
    door, session = _SUBJECTS["door"], _SUBJECTS["session"]
    of_event = select(_EVENTS.c.start_day).where(_EVENTS.c.id == door.c.event_id).correlate(door)
    day: ColumnElement[Any] = of_event.scalar_subquery()
    if Need.ENROLMENT in needs:
        day = func.coalesce(session.c.start_day, day)
    return and_(
        or_(labels.valid_from.is_(None), day.is_(None), labels.valid_from <= day),
        or_(labels.valid_to.is_(None), day.is_(None), labels.valid_to >= day),
    )


_SUBJECTS = {name: table.alias(name) for name, table in _TABLES.items()}
_NAMED, _OF_INDUSTRY, _INDUSTRIES, _LABELS, _EVENTS = (
    cast("Table", table.__table__)
    for table in (CheckpointEnterprise, CheckpointIndustry, EnterpriseIndustry, EnterpriseLabel, Event)
)
_OWNER = _TABLES["person"].alias("owner")
"""On whose name a badge was issued: since a merge that may be another name of the person."""


def facts(kind: ScanKind, engine: str, needs: Needs, locked: CTE | None) -> Select[Any]:
    """One row: who stands at the door, by badge for a scan and by registration for a mark, and what speaks against it.

    Only what is needed is looked up; there is no row where the door is gone, or has further needs.
    With `locked` (capacity and present of a counted door, or no row), the door's count is taken from there.
    """
    door, badge, person, place, held, _session, _enrolment, enterprise = _SUBJECTS.values()
    source = _joined(kind, needs)
    judged = {
        **{name: ARGUMENTS[name] for name in ("code", "direction", "at", "offline", "issue", "key_id")},
        "person": person.c.id.is_not(None),
        "status": place.c.status,
        "category": place.c.category,
        "current_issue": badge.c.issue,
        "current_key": badge.c.key_id,
        "revoked_at": badge.c.revoked_at,
        **_needed(engine, needs, locked),
        **{name: door.c[name] for name in ("categories", "opens_at", "closes_at", "entry_rule")},
        "inside": func.coalesce(held.c.inside, false()),
        "entries": func.coalesce(held.c.entries, ZERO),
    }
    told = {
        **{
            name: judged[name]
            for name in ("direction", "at", "category", "capacity", "present", "inside", "entries")
        },
        **{name: held.c[name] for name in ("first_in", "first_desk", "last_in", "last_out")},
        "checkpoint_id": door.c.id,
        "badge_id": badge.c.id,
        "person_id": person.c.id,
        "registration_id": place.c.id,
        "name": person.c.name,
        "enterprise": func.coalesce(enterprise.c.name_zh, enterprise.c.name_en, _NOTHING),
        "title": func.coalesce(place.c.title, person.c.title, _NOTHING),
        "seat": func.coalesce(place.c.seat, _NOTHING),
        "reason": reason_case(judged, engine),
    }
    return (
        select(*(column.label(name) for name, column in told.items()))
        .select_from(source if locked is None else source.outerjoin(locked, true()))
        .where(door.c.id == ARGUMENTS["door"], *_has_no_more(needs))
    )


def _needed(engine: str, needs: Needs, locked: CTE | None) -> Columns:
    """What the rules ask of a session, of a room and of enterprises; where there is no such need, that there is none."""
    door, session, enrolment = (_SUBJECTS[name] for name in ("door", "session", "enrolment"))
    found: dict[str, ColumnElement[Any]] = {
        "enrolment": sql_cast(null(), String),
        **dict.fromkeys(("enrolment_needed", "enterprise_needed", "enterprise_listed"), false()),
        "capacity": sql_cast(null(), Integer),
        "present": ZERO,
    }
    if Need.ENROLMENT in needs:
        anyone = exists(select(ONE).where(_ENROLMENTS.c.session_id == door.c.session_id))
        limited = and_(session.c.id.is_not(None), or_(session.c.capacity.is_not(None), anyone))
        found |= {"enrolment": enrolment.c.status, "enrolment_needed": limited}
    if Need.PLACE in needs:
        counted = (door if locked is None else locked).c
        found |= {"capacity": counted.capacity, "present": func.coalesce(counted.present, ZERO)}
    if Need.ENTERPRISE in needs:
        listed = case((_is_chosen(), _is_listed(engine, needs)), else_=false())
        found |= {"enterprise_needed": _is_chosen(), "enterprise_listed": listed}
    return found


def _has_no_more(needs: Needs) -> Sequence[ColumnElement[bool]]:
    door = _SUBJECTS["door"].c
    lacks = {
        Need.ENROLMENT: door.session_id.is_(None),
        Need.PLACE: door.capacity.is_(None),
        Need.ENTERPRISE: not_(_is_chosen()),
    }
    return [lacking for need, lacking in lacks.items() if need not in needs]


def _joined(kind: ScanKind, needs: Needs) -> FromClause:
    """The door and whatever is known of badge, person, registration, session and admission."""
    door, badge, person, place, held, session, enrolment, enterprise = _SUBJECTS.values()
    by_badge: ColumnElement[bool] = and_(
        badge.c.number == ARGUMENTS["number"], badge.c.week_id == ARGUMENTS["week"]
    )
    # A badge that a blank took the place of is refused as revoked, by the name of whose it was.
    owner: ColumnElement[Any] = func.coalesce(badge.c.person_id, badge.c.former_id)
    who: ColumnElement[Any] = func.coalesce(_OWNER.c.merged_into, owner)
    mine = place.c.person_id == person.c.id
    if kind is ScanKind.MARK:
        mine, by_badge = place.c.id == ARGUMENTS["registration"], false()
        marked = select(_REGISTRATIONS.c.person_id).where(_REGISTRATIONS.c.id == ARGUMENTS["registration"])
        who = cast("ColumnElement[Any]", marked.scalar_subquery())
    at_session = and_(enrolment.c.registration_id == place.c.id, enrolment.c.session_id == session.c.id)
    represented = case((place.c.id.is_not(None), place.c.enterprise_id), else_=person.c.enterprise_id)
    found = (
        door.outerjoin(badge, by_badge)
        .outerjoin(_OWNER, _OWNER.c.id == owner)
        .outerjoin(person, person.c.id == who)
        .outerjoin(place, and_(mine, place.c.event_id == door.c.event_id))
        .outerjoin(held, and_(held.c.registration_id == place.c.id, held.c.checkpoint_id == door.c.id))
        .outerjoin(enterprise, enterprise.c.id == represented)
    )
    if Need.ENROLMENT in needs:
        found = found.outerjoin(session, session.c.id == door.c.session_id).outerjoin(enrolment, at_session)
    return found
