"""The figures of a summary are what counting the rows one by one gives."""

import shutil
from collections import Counter
from datetime import time, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ipweek.domain.errors import NotFoundError
from ipweek.domain.report_counts import AttendanceCounts
from ipweek.domain.words import RegistrationSource, RegistrationStatus, ScanKind, Verdict
from ipweek.services.reports import Reports
from ipweek.storage.engine import open_engine
from ipweek.storage.queries import reports as queries
from ipweek.storage.tables.checkin import Checkpoint, Scan
from ipweek.storage.tables.enterprises import Enterprise
from ipweek.storage.tables.people import Registration
from ipweek.storage.tables.programme import Event
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import NOON
from tests.report_world import Desk, add_enterprise, add_industry, add_result, lengths, release
from tests.world import build

if TYPE_CHECKING:
    from ipweek.domain.reports import EventSummary

MINUTE = timedelta(minutes=1)
GUESTS = st.lists(
    st.fixed_dictionaries(
        {
            "status": st.sampled_from((*RegistrationStatus, RegistrationStatus.REGISTERED)),
            "source": st.sampled_from(
                (RegistrationSource.IMPORT, RegistrationSource.DESK, RegistrationSource.WALK_IN)
            ),
            "on_leave": st.booleans(),
            "confirmed": st.none() | st.integers(-60, 60),
            "substitute": st.booleans(),
            "enterprise": st.none() | st.integers(0, 2),
        }
    ),
    min_size=1,
    max_size=6,
)
MOVES = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.sampled_from((None, "talk")),
        st.sampled_from(("scan", "scan", "mark", "undo", "override")),
        st.integers(-20, 90),
    ),
    max_size=12,
)
_files = count(1)


def fresh(template, folder) -> UnitOfWork:
    """A database of its own."""
    file = folder / f"recount-{next(_files)}.db"
    shutil.copyfile(template, file)
    return UnitOfWork(open_engine(f"sqlite:///{file}"))


def play(uow: UnitOfWork, guests, moves, opens, clock) -> None:
    """An event with these guests, at whose two doors these things happen."""
    world = build(uow, people=len(guests))
    desk = Desk(world)
    industry = add_industry(world, "qled")
    enterprises = [add_enterprise(world, f"e{n}", *([industry] if n else [])) for n in range(3)]
    release(world, add_result(world, "qled-1", industry), session_id=world.add_session("talk"))
    desk.open("talk")
    world.set(Event, world.event, start_time=clock)
    world.set(Checkpoint, world.door, opens_at=opens)
    for place, guest in enumerate(guests):
        desk.bend(
            place,
            status=guest["status"],
            source=guest["source"],
            on_leave=guest["on_leave"],
            confirmed_at=None if guest["confirmed"] is None else NOON + guest["confirmed"] * MINUTE,
            substitute_for=world.guests[0].registration if guest["substitute"] and place else None,
            enterprise_id=None if guest["enterprise"] is None else enterprises[guest["enterprise"]],
        )
    for guest, session, move, minute in moves:
        act(desk, guest % len(guests), session, move, minute)


def act(desk: Desk, guest: int, session, move: str, minute: int) -> None:
    """One thing at a door; an undo without an entry does nothing."""
    if move == "mark":
        desk.mark(guest, minute, session)
    elif move == "undo":
        try:
            desk.undo(guest, session)
        except NotFoundError:
            return
    else:
        desk.enter(guest, minute, session, "an organizer let him in" if move == "override" else None)


def recount(uow: UnitOfWork):
    """The figures, by going through the log and the registrations in plain Python."""
    with uow.read() as session:
        registrations = session.scalars(select(Registration)).all()
        scans = session.scalars(select(Scan)).all()
        doors = {door.id: door for door in session.scalars(select(Checkpoint))}
        event = session.scalars(select(Event)).one()
        names = {row.id: row.code for row in session.scalars(select(Enterprise))}
    annulled = {scan.annuls for scan in scans if scan.annuls}
    valid = [
        scan
        for scan in scans
        if scan.verdict is Verdict.ACCEPTED
        and scan.kind is not ScanKind.ANNULMENT
        and scan.id not in annulled
    ]
    entries = Counter()
    first = {}
    for scan in valid:
        entries[scan.registration_id] += 1
        first[scan.registration_id] = min(first.get(scan.registration_id, scan.device_at), scan.device_at)
    opening = next((door.opens_at for door in doors.values() if door.session_id is None), None)
    start = NOON if event.start_time else None
    cutoff = opening or start
    holders = [row for row in registrations if row.status is RegistrationStatus.REGISTERED]
    walk_ins = [row for row in holders if row.source is RegistrationSource.WALK_IN]
    rest = [row for row in holders if row not in walk_ins]
    away = [row for row in rest if row.on_leave]
    tardy = [
        row for row in rest if row not in away and cutoff and (row.confirmed_at or row.registered_at) > cutoff
    ]
    expected = [row for row in rest if row not in away and row not in tardy]
    late = [moment for moment in first.values() if start and moment > start + 15 * MINUTE]
    attendance = AttendanceCounts(
        expected=len(expected),
        expected_attended=sum(entries[row.id] > 0 for row in expected),
        on_leave=len(away),
        after_opening=len(tardy),
        walk_in=len(walk_ins),
        walk_in_attended=sum(entries[row.id] > 0 for row in walk_ins),
        attended=len(first),
        marked=len({scan.registration_id for scan in valid if scan.kind is ScanKind.MARK}),
        late=len(late) if start else None,
    )
    heard = {
        row.enterprise_id
        for row in registrations
        if any(scan.registration_id == row.id and doors[scan.checkpoint_id].session_id for scan in valid)
    }
    reach = dict.fromkeys(("e1", "e2"), "missed")
    reach |= {names[row.enterprise_id]: "registered_only" for row in registrations if row.enterprise_id}
    reach |= {names[enterprise]: "heard" for enterprise in heard if enterprise}
    kept = [row for row in registrations if row.status is not RegistrationStatus.CANCELLED]
    return {
        "attendance": attendance,
        "statuses": Counter(row.status.value for row in registrations),
        "substitutes": sum(row.substitute_for is not None for row in holders),
        "enterprises": len({row.enterprise_id for row in kept} - {None}),
        "enterprises_attended": len({row.enterprise_id for row in registrations if row.id in first} - {None}),
        "arrivals": len(first),
        "reach": {code: how for code, how in reach.items() if code in ("e1", "e2")},
    }


def told(reports: Reports):
    """The same figures as the service gives them."""
    summary: EventSummary = reports.event("release-2019")
    counts, reach = summary.registrations, reports.reach("qled-1")
    statuses = {name: getattr(counts, name) for name in ("registered", "waiting", "cancelled", "blocked")}
    return {
        "attendance": summary.attendance,
        "statuses": Counter({status: n for status, n in statuses.items() if n}),
        "substitutes": counts.substitute,
        "enterprises": summary.enterprises.registered,
        "enterprises_attended": summary.enterprises.attended,
        "arrivals": sum(quarter.people for quarter in summary.arrivals),
        "reach": {
            row.enterprise.code: how
            for how in ("heard", "registered_only", "missed")
            for row in getattr(reach, how)
        },
    }


PLAYED = {
    "guests": GUESTS,
    "moves": MOVES,
    "opens": st.none() | st.just(NOON - 30 * MINUTE),
    "clock": st.none() | st.just(time(12)),
}


def check(uow: UnitOfWork, played: dict[str, Any]) -> None:
    """Figures, statuses and lists say the same of an event."""
    play(uow, **played)
    assert told(Reports(uow)) == recount(uow)
    found = told(Reports(uow))["attendance"]
    held = recount(uow)["statuses"]["registered"]
    assert found.expected + found.on_leave + found.walk_in + found.after_opening == held
    assert lengths(uow) == []  # and the lists behind the figures are as long as these say
    uow.engine.dispose()


@settings(max_examples=12, deadline=None)
@given(st.fixed_dictionaries(PLAYED))
def test_the_summary_is_the_recount(sqlite_template, tmp_path_factory, played):
    """Leave, walk-ins, substitutes, sessions only, marks, overrides and annulments in any mixture, a share of them."""
    check(fresh(sqlite_template, tmp_path_factory.getbasetemp()), played)


@pytest.mark.soak
@settings(max_examples=200, deadline=None)
@given(st.fixed_dictionaries(PLAYED))
def test_the_summary_is_the_recount_soaked(sqlite_template, tmp_path_factory, played):
    """Many mixtures."""
    check(fresh(sqlite_template, tmp_path_factory.getbasetemp()), played)


def test_the_recount_notices_a_wrong_query(sqlite_template, tmp_path, monkeypatch):
    """Counting annulled entries as attendance makes the two differ."""
    uow = fresh(sqlite_template, tmp_path)
    guest = {"status": RegistrationStatus.REGISTERED, "source": RegistrationSource.DESK, "on_leave": False}
    guest |= {"confirmed": None, "substitute": False, "enterprise": 1}
    play(uow, [guest], [(0, None, "scan", 0), (0, None, "undo", 1)], None, None)
    assert told(Reports(uow)) == recount(uow)
    monkeypatch.setattr(queries, "came", _every_admission)
    assert told(Reports(uow)) != recount(uow)
    uow.engine.dispose()


def _every_admission(events, *, whole=False):
    assert whole
    from ipweek.storage.tables.checkin import Admission

    return (
        select(Admission.registration_id, Admission.first_in)
        .join(Checkpoint, Checkpoint.id == Admission.checkpoint_id)
        .where(Checkpoint.event_id.in_(events))
        .subquery("came")
    )
