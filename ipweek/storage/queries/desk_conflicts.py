"""What does not fit together in the log since desks that were apart are united."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, func, or_, select
from sqlalchemy.orm import aliased

from ipweek.domain.words import (
    DeskConflictKind,
    Direction,
    EntryRule,
    Reason,
    RegistrationStatus,
    ScanKind,
    Verdict,
)
from ipweek.storage.queries.recount import (
    COUNTED,
    IN_ORDER,
    NOT_ANNULLED,
    PLACE,
    Touched,
    before_it,
    past_capacity,
)
from ipweek.storage.tables.checkin import Checkpoint, Scan
from ipweek.storage.tables.merges import DistinctPair
from ipweek.storage.tables.people import Person, Registration

Found = dict[str, Any]
"""The columns of a conflict."""

_TOLERANCE = timedelta(minutes=2)
_BACKWARDS = timedelta(seconds=1)
_OUTSIDE = {
    RegistrationStatus.CANCELLED: (DeskConflictKind.CANCELLED_MEANWHILE, Reason.CANCELLED),
    RegistrationStatus.BLOCKED: (DeskConflictKind.BLOCKED_MEANWHILE, Reason.BLOCKED),
    RegistrationStatus.WAITING: (DeskConflictKind.NO_PLACE, Reason.WAITING),
}
"""The kind of an entry for a registration of this status, and the reason that an operator set aside knowingly."""
_OF_EVENT = select(Checkpoint.event_id).where(Checkpoint.id == Scan.checkpoint_id).scalar_subquery()


def _found(kind: DeskConflictKind, *subjects: object, **values: Any) -> Found:
    names = [subject.hex if isinstance(subject, UUID) else str(subject) for subject in subjects]
    return {"key": ":".join((kind.value, *names)), "kind": kind, **values}


def two_entries(connection: Connection, touched: Touched) -> Iterator[Found]:
    """An entry after an entry, logged where the first was not known; at a door that lets in once, whatever is between."""
    last: dict[str, Any] = {"partition_by": PLACE, "order_by": IN_ORDER}
    last_of_kind = {**last, "partition_by": (*PLACE, Scan.direction)}
    rows = (
        select(
            *(Scan.id, *PLACE, Scan.direction, Scan.copy_id, Scan.reason),
            before_it(Scan.direction).over(**last).label("before"),
            before_it(Scan.id).over(**last_of_kind).label("first"),
            before_it(Scan.copy_id).over(**last_of_kind).label("first_copy"),
        )
        .where(*COUNTED, Scan.registration_id.in_(touched.registrations))
        .subquery()
    )
    row = rows.c
    inside = and_(Checkpoint.entry_rule == EntryRule.AFTER_EXIT, row.before == Direction.ENTRY)
    double = (
        select(rows, Checkpoint.event_id)
        .join(Checkpoint, Checkpoint.id == row.checkpoint_id)
        .where(
            row.direction == Direction.ENTRY,
            row.first.is_not(None),
            or_(inside, Checkpoint.entry_rule == EntryRule.ONCE),
            row.first_copy.is_distinct_from(row.copy_id),
            row.reason.is_distinct_from(Reason.ALREADY_IN),
        )
        .order_by(row.id)
    )
    for found in connection.execute(double):
        yield _found(
            DeskConflictKind.TWO_ENTRIES,
            *(found.first, found.id),
            event_id=found.event_id,
            checkpoint_id=found.checkpoint_id,
            registration_id=found.registration_id,
            first_scan_id=found.first,
            second_scan_id=found.id,
            copy_id=found.copy_id or found.first_copy,
        )


def without_place(connection: Connection, touched: Touched) -> Iterator[Found]:
    """The first entry at a desk that did not know that the registration had ended, or had no place."""
    first = func.row_number().over(partition_by=PLACE, order_by=IN_ORDER)
    knowingly = or_(
        *(
            and_(Registration.status == status, Scan.reason == reason)
            for status, (_, reason) in _OUTSIDE.items()
        )
    )
    rows = (
        select(
            *(Scan.id, *PLACE, Scan.copy_id, Registration.status),
            _OF_EVENT.label("event_id"),
            first.label("place"),
        )
        .join(Registration, Registration.id == Scan.registration_id)
        .where(
            *COUNTED,
            Scan.copy_id.is_not(None),
            Scan.direction == Direction.ENTRY,
            Scan.registration_id.in_(touched.registrations),
            Registration.status.in_(_OUTSIDE),
            or_(
                Registration.status != RegistrationStatus.CANCELLED,
                Registration.cancelled_at.is_(None),
                Registration.cancelled_at <= Scan.device_at,
            ),
            or_(Scan.reason.is_(None), ~knowingly),
        )
        .subquery()
    )
    for row in connection.execute(select(rows).where(rows.c.place == 1).order_by(rows.c.id)):
        kind, _reason = _OUTSIDE[row.status]
        yield _found(
            kind,
            *(row.registration_id, row.checkpoint_id),
            event_id=row.event_id,
            checkpoint_id=row.checkpoint_id,
            registration_id=row.registration_id,
            first_scan_id=row.id,
            copy_id=row.copy_id,
        )


def over_capacity(connection: Connection, doors: Sequence[UUID]) -> Iterator[Found]:
    """Doors that let in more than they hold, unless an operator did so knowingly."""
    rows = [row for row in past_capacity(connection, doors) if row.reason != Reason.FULL]
    for door, found in groupby(
        sorted(rows, key=lambda row: row.checkpoint_id.hex), lambda row: row.checkpoint_id
    ):
        past = list(found)
        yield _found(
            DeskConflictKind.OVER_CAPACITY,
            door,
            event_id=past[0].event_id,
            checkpoint_id=door,
            first_scan_id=past[0].id,
            amount=len(past),
        )


def unknown_badges(connection: Connection) -> Iterator[Found]:
    """Whoever came in with a badge that still leads to no registration."""
    rows = (
        select(
            Scan.id,
            Scan.checkpoint_id,
            Scan.person_id,
            Scan.badge_id,
            Scan.copy_id,
            _OF_EVENT.label("event_id"),
        )
        .where(
            Scan.copy_id.is_not(None),
            Scan.verdict == Verdict.ACCEPTED,
            Scan.kind != ScanKind.ANNULMENT,
            Scan.registration_id.is_(None),
            NOT_ANNULLED,
        )
        .order_by(Scan.id)
    )
    for row in connection.execute(rows):
        yield _found(
            DeskConflictKind.UNKNOWN_BADGE,
            row.id,
            event_id=row.event_id,
            checkpoint_id=row.checkpoint_id,
            person_id=row.person_id,
            badge_id=row.badge_id,
            first_scan_id=row.id,
            copy_id=row.copy_id,
        )


def walk_ins_twice(connection: Connection, copy: UUID, people: Sequence[UUID]) -> Iterator[Found]:
    """People new at this desk of whom somebody else knows too: the same phone, or the same name for one enterprise."""
    new, known = aliased(Person), aliased(Person)
    same = or_(
        new.phone == known.phone,
        and_(new.name == known.name, new.enterprise_id == known.enterprise_id),
    )
    dismissed = (
        select(DistinctPair.id)
        .where(
            or_(
                and_(DistinctPair.first_id == new.id, DistinctPair.second_id == known.id),
                and_(DistinctPair.first_id == known.id, DistinctPair.second_id == new.id),
            )
        )
        .exists()
    )
    event = (
        select(Registration.event_id)
        .where(Registration.person_id == new.id)
        .order_by(Registration.registered_at, Registration.id)
        .limit(1)
        .scalar_subquery()
    )
    rows = (
        select(new.id.label("new"), known.id.label("known"), event.label("event_id"))
        .join(known, and_(same, known.id != new.id, known.id.not_in(people), known.archived_at.is_(None)))
        .where(new.id.in_(people), new.archived_at.is_(None), ~dismissed)
        .order_by(new.id, known.id)
    )
    for row in connection.execute(rows):
        first, second = sorted((row.new, row.known))
        yield _found(
            DeskConflictKind.WALK_IN_TWICE,
            *(first, second),
            event_id=row.event_id,
            person_id=first,
            other_id=second,
            copy_id=copy,
        )


def clock_skew(connection: Connection, copy: UUID, taken: datetime, moment: datetime) -> Iterator[Found]:
    """Runs of a desk whose clock cannot have been right: ahead, behind the time of the copy, or set back."""
    before = before_it(Scan.received_at).over(partition_by=Scan.run_id, order_by=Scan.sequence)
    rows = (
        select(Scan.id, Scan.run_id, Scan.device_at, Scan.received_at, before.label("before"))
        .where(Scan.copy_id == copy)
        .subquery()
    )
    row = rows.c
    late, early = moment + _TOLERANCE, taken - _TOLERANCE
    suspect = or_(
        row.device_at > late, row.received_at > late, row.received_at < early, row.before > row.received_at
    )
    worst: dict[UUID, tuple[timedelta, UUID]] = {}
    ahead = (
        select(rows).where(or_(suspect, row.device_at > row.received_at)).order_by(row.received_at, row.id)
    )
    for found in connection.execute(ahead):
        wrong = _wrong_by(found, taken, moment)
        if wrong and abs(wrong) > abs(worst.get(found.run_id, (timedelta(),))[0]):
            worst[found.run_id] = (wrong, found.id)
    events = dict(
        connection.execute(
            select(Scan.id, _OF_EVENT).where(Scan.id.in_([scan for _, scan in worst.values()]))
        ).all()
    )
    for run, (wrong, scan) in sorted(worst.items()):
        yield _found(
            DeskConflictKind.CLOCK_SKEW,
            run,
            event_id=events[scan],
            first_scan_id=scan,
            copy_id=copy,
            amount=round(wrong.total_seconds()),
        )


def _wrong_by(row: Any, taken: datetime, moment: datetime) -> timedelta | None:
    """By how much a clock was wrong at a scan: ahead is positive."""
    device_at: datetime = row.device_at
    received_at: datetime = row.received_at
    before: datetime | None = row.before
    if max(device_at, received_at) - moment > _TOLERANCE:
        return max(device_at, received_at) - moment
    if taken - received_at > _TOLERANCE:
        return received_at - taken
    if before is not None and before - received_at > _BACKWARDS:
        return received_at - before
    return device_at - received_at if device_at - received_at > _TOLERANCE else None
