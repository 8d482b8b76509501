"""A summary against itself and against the records: what holds, and what a damaged database brings to light."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update

from ipweek.domain.checkin import DoorSettings, ScanRequest
from ipweek.domain.reconciliation import LOG_ENTRIES, LOG_FIRST, LOG_INSIDE, unreconciled
from ipweek.domain.words import Direction, EntryRule, ScanKind, Verdict
from ipweek.services.checkin import CheckIn
from ipweek.services.reports import Reports
from ipweek.storage.queries.reconciliation import against_log
from ipweek.storage.tables.checkin import Admission, Checkpoint, Scan
from ipweek.storage.tables.people import Registration
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import NOON, StandingClock
from tests.full_week import EVENT, SECOND, WEEK, full_week
from tests.report_world import ACTOR
from tests.world import build


@pytest.fixture
def reports(uow: UnitOfWork) -> Reports:
    """The service in a full week."""
    full_week(uow)
    return Reports(uow, StandingClock(NOON + timedelta(days=2)))


def wrong(reports: Reports) -> list[tuple[str, str, int, int]]:
    """Code, key and both numbers of the checks of event and week that do not hold, each once."""
    checks = (*reports.event(EVENT).checks, *reports.week(WEEK).checks)
    found = [(check.code, check.key, check.found, check.expected) for check in unreconciled(checks)]
    return list(dict.fromkeys(found))


def execute(reports: Reports, statement: object) -> None:
    """Damage the database."""
    with reports.uow.write_core() as connection:
        connection.execute(statement)


def test_all_hold_in_a_full_week(reports):
    """Sums, people, the log, the doors: dozens of checks, and what was compared is not empty."""
    checks = reports.week(WEEK).checks
    assert wrong(reports) == []
    assert len(checks) > 50
    by_code = {check.code: check for check in checks if check.key in (EVENT, "totals.attendances")}
    assert by_code[LOG_ENTRIES].found == by_code[LOG_ENTRIES].expected == 9
    assert by_code["attendances"].found == 10
    assert {check.code for check in checks} >= {
        "door-present",
        "week",
        "people",
        "reach",
        "demands",
        "scores",
    }


def test_a_deleted_scan(reports):
    """The log then says less than what was kept when it was read: entries, first entry and who is inside."""
    entry = (
        select(Scan.id)
        .join(Checkpoint, Checkpoint.id == Scan.checkpoint_id)
        .where(Scan.kind == ScanKind.SCAN, Scan.verdict == Verdict.ACCEPTED, Checkpoint.code == SECOND)
        .limit(1)
    )
    with reports.uow.read() as session:
        found = session.scalar(entry)
    execute(reports, delete(Scan).where(Scan.id == found))
    assert wrong(reports) == [
        (LOG_ENTRIES, SECOND, 2, 1),
        (LOG_FIRST, SECOND, 1, 2),
        (LOG_INSIDE, SECOND, 2, 1),
    ]


def test_changed_admissions(reports):
    """A number that was kept and raised; a first entry moved; the changes of two records that cancel out."""
    one = select(Admission.registration_id).order_by(Admission.registration_id).limit(1).scalar_subquery()
    execute(reports, update(Admission).where(Admission.registration_id == one).values(entries=5))
    assert {code for code, *_more in wrong(reports)} == {LOG_ENTRIES}
    execute(reports, update(Admission).values(entries=Admission.entries + 1, first_in=NOON))
    assert {LOG_ENTRIES, LOG_FIRST} <= {code for code, *_more in wrong(reports)}


def test_changes_that_cancel_out(reports):
    """The sums agree, and yet the two records that differ are found."""
    with reports.uow.read() as session:
        doors = select(Checkpoint.id).where(Checkpoint.code == SECOND)
        here = Admission.checkpoint_id.in_(doors)
        first, second = session.scalars(select(Admission.registration_id).where(here)).all()
    for registration, entries in ((first, 2), (second, 0)):
        execute(
            reports,
            update(Admission).where(Admission.registration_id == registration, here).values(entries=entries),
        )
    found = [check for check in unreconciled(reports.week(WEEK).checks) if check.code == LOG_ENTRIES]
    assert [(check.found, check.expected, check.differing) for check in found] == [(2, 2, 2)]


def test_a_door_that_counts_wrong(reports):
    """A counted door whose number is not that of those inside; one without a limit counts nobody."""
    execute(reports, update(Checkpoint).where(Checkpoint.capacity.is_not(None)).values(present=7))
    ((code, key, found, expected),) = wrong(reports)
    assert (code, found, expected) == ("door-present", 7, 2)
    assert "talk" in key


def test_somebody_of_another_event_at_a_door(reports, uow):
    """Whoever the doors let in without being among those who attended shows as a difference."""
    with uow.read() as session:
        of_second = (
            select(Registration.id)
            .join(Checkpoint, Checkpoint.event_id == Registration.event_id)
            .where(Checkpoint.code == SECOND)
        )
        moved = session.scalars(of_second).first()
        door = session.scalar(select(Checkpoint.id).where(Checkpoint.code == EVENT))
        kept = session.scalar(select(func.count()).select_from(Admission))
    assert kept
    execute(
        reports,
        Admission.__table__.insert().values(
            registration_id=moved, checkpoint_id=door, inside=True, entries=1, first_in=NOON
        ),
    )
    codes = {(code, key) for code, key, *_numbers in wrong(reports)}
    assert ("attendances", "attendance.attended") in codes
    assert (LOG_ENTRIES, EVENT) in codes


def test_the_log_is_added_up_as_the_domain_does(uow):
    """Entries, exits and annulments at random, several of them at the same moment: SQL and `fold` agree."""
    world = build(uow, people=4)
    clock = StandingClock(NOON + timedelta(hours=9))
    checkin = CheckIn(uow, clock)
    settings = DoorSettings(entry_rule=EntryRule.MANY, capacity=50)
    checkin.change_door(ACTOR, checkin.door(EVENT), settings)
    door, chance, minute = checkin.door(EVENT), random.Random(7), 0
    for _step in range(60):
        guest = world.guests[chance.randrange(4)]
        minute += chance.randrange(2)
        direction = chance.choice((Direction.ENTRY, Direction.ENTRY, Direction.EXIT))
        at = NOON + timedelta(minutes=minute)
        checkin.scan(ACTOR, door, ScanRequest(guest.code, at=at, direction=direction))
        if chance.random() < 0.15:
            with uow.read() as session:
                inside = session.scalar(
                    select(Admission.entries).where(Admission.registration_id == guest.registration)
                )
            if inside:
                checkin.undo(ACTOR, door, guest.registration)
    assert checkin.disagreements(EVENT) == ()
    with uow.read() as session:
        (row,) = against_log(session, [world.event])
        assert session.scalar(select(func.count()).where(Scan.kind == ScanKind.ANNULMENT))
    assert row.pairs == 4
    assert (row.entries, row.inside) == (row.kept_entries, row.kept_inside)
    assert (row.entries_differ, row.first_differ, row.inside_differ) == (0, 0, 0)
