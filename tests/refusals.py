"""What makes a door refuse the first guest of the small world, and what does not: each bends the world a little."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from ipweek.domain.ids import new_id
from ipweek.domain.words import LabelKind, Reason, RegistrationStatus
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.checkin import Checkpoint, CheckpointEnterprise, CheckpointIndustry
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseIndustry, EnterpriseLabel, Industry
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.tables.programme import Event, EventSession
from tests.conftest import NOON
from tests.world import BEFORE, DAY, World

HOUR = timedelta(hours=1)
Bend = Callable[[World], str | None]
"""Changes the world; returns the code to scan where it is not the first guest's own."""


def _status(status: RegistrationStatus) -> Bend:
    return lambda world: world.set(Registration, world.guests[0].registration, status=status)


def _badge(**values: object) -> Bend:
    return lambda world: world.set(Badge, world.guests[0].badge, **values)


def _door(**values: object) -> Bend:
    return lambda world: world.set(Checkpoint, world.door, **values)


def _stranger(world: World) -> str:
    """A person with a badge of the week, registered at another event only."""
    world.set(Registration, world.guests[0].registration, event_id=world.add_event("other"))
    return world.guests[0].code


def _blank(world: World) -> str:
    world.add_badge(900)
    return world.code(900)


def _slip(world: World) -> str:
    code = world.guests[0].code
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def _both(world: World) -> str:
    return world.guests[0].code + world.guests[1].code


def _for_session(bend: Bend) -> Bend:
    def bent(world: World) -> str | None:
        session = world.add_session("release-of-qled")
        world.set(Checkpoint, world.door, session_id=session)
        return bend(world)

    return bent


def _enrolment(status: RegistrationStatus) -> Bend:
    def bend(world: World) -> None:
        session = world.add_session("release-of-qled", capacity=10)
        world.set(Checkpoint, world.door, session_id=session)
        world.enrol(world.guests[0], session, status)

    return bend


def _another_enrolled(world: World) -> None:
    session = world.add_session("release-of-qled")
    world.set(Checkpoint, world.door, session_id=session)
    world.enrol(world.guests[1], session)


def _session_of(world: World) -> Any:
    with world.uow.read() as session:
        return session.get_one(Checkpoint, world.door).session_id


def _insert(world: World, table: type, **values: Any) -> Any:
    with world.uow.write_core() as connection:
        connection.execute(insert(table), values)
    return values.get("id")


def _another_enterprise(world: World) -> Any:
    names = {"code": "other", "name_zh": "别的公司", "key": "别的公司", "synthetic": True}
    return _insert(world, Enterprise, id=new_id(), **names)


def for_enterprise(world: World, *, own: bool) -> None:
    """The door is for one enterprise: the guests' own, or another one."""
    chosen = world.enterprise if own else _another_enterprise(world)
    _insert(world, CheckpointEnterprise, checkpoint_id=world.door, enterprise_id=chosen)


def for_industry(world: World, *, own: bool) -> None:
    """The door is for an industry, which the guests' enterprise belongs to, or does not."""
    industry = _insert(world, Industry, id=new_id(), code="led", aliases=[], standard_codes=[])
    _insert(world, CheckpointIndustry, checkpoint_id=world.door, industry_id=industry)
    if own:
        _insert(world, EnterpriseIndustry, enterprise_id=world.enterprise, industry_id=industry)


def for_label(world: World, label: LabelKind, begins: date | None = None, ends: date | None = None) -> None:
    """The door is for high-tech enterprises, and the guests' own has this label within these days.

    An event of the year before has a door, too; its day is nothing to this one.
    """
    earlier = world.add_event("earlier")
    world.set(Event, earlier, start_day=DAY - timedelta(days=365))
    _insert(
        world, Checkpoint, id=new_id(), code="earlier", event_id=earlier, entry_rule="once", present=0, over=0
    )
    world.set(Checkpoint, world.door, labels=[LabelKind.HIGH_TECH.value])
    held = {"id": new_id(), "enterprise_id": world.enterprise, "label": label}
    _insert(world, EnterpriseLabel, **held, valid_from=begins, valid_to=ends)


def _without_enterprise(world: World) -> None:
    for_enterprise(world, own=True)
    world.set(Registration, world.guests[0].registration, enterprise_id=None)


def _left_the_enterprise(world: World) -> None:
    """Whom somebody represents here is what counts, whatever his record says."""
    for_enterprise(world, own=False)
    with world.uow.read() as session:
        chosen = session.query(CheckpointEnterprise).one().enterprise_id
    world.set(Person, world.guests[0].person, enterprise_id=chosen)


def _either_way(world: World) -> None:
    for_enterprise(world, own=False)
    for_industry(world, own=True)


def _guests_of_the_enterprise(world: World) -> None:
    for_enterprise(world, own=True)
    world.set(Checkpoint, world.door, categories=["guest"])


ALWAYS: dict[str, tuple[Reason, Bend]] = {
    "not a code": (Reason.INVALID, lambda _: "hello"),
    "nothing": (Reason.INVALID, lambda _: " "),
    "a slip of the check digit": (Reason.INVALID, _slip),
    "another secret": (Reason.FORGED, lambda world: world.code(1, secret=b"guessed")),
    "a key id that nobody has": (Reason.FORGED, lambda world: world.code(1, key_id=7)),
    "a genuine number without a badge": (Reason.UNKNOWN, lambda world: world.code(77)),
    "a blank": (Reason.UNKNOWN, _blank),
    "two codes in one reading": (Reason.AMBIGUOUS, _both),
    "registered elsewhere": (Reason.WRONG_EVENT, _stranger),
    "cancelled": (Reason.CANCELLED, _status(RegistrationStatus.CANCELLED)),
    "waiting": (Reason.WAITING, _status(RegistrationStatus.WAITING)),
    "blocked": (Reason.BLOCKED, _status(RegistrationStatus.BLOCKED)),
    "reissued": (Reason.REVOKED, _badge(issue=2)),
    "withdrawn": (Reason.REVOKED, _badge(revoked_at=BEFORE)),
    "signed with a key that was replaced": (Reason.REVOKED, _badge(key_id=1)),
    "a session with a capacity": (
        Reason.WRONG_SESSION,
        _for_session(lambda world: world.set(EventSession, _session_of(world), capacity=10)),
    ),
    "a session where others are enrolled": (Reason.WRONG_SESSION, _another_enrolled),
    "only waiting for the session": (Reason.WRONG_SESSION, _enrolment(RegistrationStatus.WAITING)),
    "another category": (Reason.NOT_ENTITLED, _door(categories=["media", "guest"])),
    "a door for another enterprise": (Reason.NOT_ENTITLED, lambda world: for_enterprise(world, own=False)),
    "only the person's record names the enterprise": (Reason.NOT_ENTITLED, _left_the_enterprise),
    "nobody's delegate at a door for an enterprise": (Reason.NOT_ENTITLED, _without_enterprise),
    "a delegate at a door for an enterprise's guests": (Reason.NOT_ENTITLED, _guests_of_the_enterprise),
    "a door for another industry": (Reason.NOT_ENTITLED, lambda world: for_industry(world, own=False)),
    "a door for a label that the enterprise lacks": (Reason.NOT_ENTITLED, _door(labels=["high_tech"])),
    "another label than the door's": (
        Reason.NOT_ENTITLED,
        lambda world: for_label(world, LabelKind.LITTLE_GIANT),
    ),
    "a label that has expired on the day": (
        Reason.NOT_ENTITLED,
        lambda world: for_label(world, LabelKind.HIGH_TECH, ends=DAY - timedelta(days=1)),
    ),
    "a label that is not in force yet": (
        Reason.NOT_ENTITLED,
        lambda world: for_label(world, LabelKind.HIGH_TECH, DAY + timedelta(days=1)),
    ),
}
ON_ENTRY: dict[str, tuple[Reason, Bend]] = {
    "before it opens": (Reason.NOT_OPEN, _door(opens_at=NOON + HOUR)),
    "when it has closed": (Reason.CLOSED, _door(closes_at=NOON)),
    "no place left": (Reason.FULL, _door(capacity=0)),
}
PASSES: dict[str, Bend] = {
    "the plain case": lambda _: None,
    "a code in full-width groups": lambda world: " １" + world.guests[0].code[1:] + "\n",
    "a scanner that stutters": lambda world: world.guests[0].code * 2,
    "a listed category": _door(categories=["media", "delegate"]),
    "a door for the enterprise": lambda world: for_enterprise(world, own=True),
    "a door for the enterprise's industry": lambda world: for_industry(world, own=True),
    "a door for a label that the enterprise has": lambda world: for_label(world, LabelKind.HIGH_TECH),
    "a label in force for this day only": lambda world: for_label(world, LabelKind.HIGH_TECH, DAY, DAY),
    "one of several ways to be entitled": _either_way,
    "a door that opens now": _door(opens_at=NOON, closes_at=NOON + HOUR),
    "a place left": _door(capacity=1),
    "an open session": _for_session(lambda _: None),
    "enrolled in the session": _enrolment(RegistrationStatus.REGISTERED),
    "on leave, and here all the same": lambda world: world.set(
        Registration, world.guests[0].registration, on_leave=True
    ),
    "a badge reissued at a desk that this database has not heard of": lambda world: world.code(1, issue=2),
}
