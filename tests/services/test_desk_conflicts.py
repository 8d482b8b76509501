"""Conflicts between desks that were apart: each kind found, shown with both sides, settled by a person."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from ipweek.domain.checkin import DoorCount, DoorSettings
from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.domain.words import ConflictStatus, DeskConflictKind, Direction, Keep, RegistrationStatus
from ipweek.services.audit import Audit
from ipweek.services.duplicates import Duplicates
from ipweek.storage.tables.checkin import Admission
from ipweek.storage.tables.people import Person
from ipweek.storage.tables.programme import Event
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import StandingClock
from tests.copies_world import EVENT, Apart, DoorDesk

EXIT = Direction.EXIT


@pytest.fixture
def apart(uow: UnitOfWork, clock: StandingClock, tmp_path: Path) -> Iterator[Apart]:
    """Three guests, and desks that go away."""
    made = Apart(uow, clock, tmp_path)
    yield made
    made.close()


def settle(apart: Apart, keep: Keep, note: str = "") -> None:
    """Settle the one conflict that is open."""
    (found,) = apart.conflicts
    settled = apart.main.conflicts.settle(apart.main.actor, str(found.id), keep, note)
    assert (settled.status, settled.how, settled.settled_by) == (ConflictStatus.SETTLED, keep, "Li")
    assert apart.main.checkin.disagreements(EVENT) == ()
    assert Audit(apart.main.uow).lines(1)[0].action == "settle"


def entries(apart: Apart, guest: int = 0) -> tuple[int, str | None, bool]:
    """How often a guest has come in, where first, and whether he is inside."""
    with apart.main.uow.read() as session:
        row = session.get_one(Admission, (apart.world.guests[guest].registration, apart.world.door))
        return row.entries, row.first_desk, row.inside


@pytest.mark.parametrize(
    ("keep", "left"),
    [(Keep.FIRST, (1, "B", True)), (Keep.SECOND, (1, "C", True)), (Keep.BOTH, (2, "B", True))],
)
def test_two_entries(apart: Apart, keep: Keep, left: tuple[int, str, bool]) -> None:
    """Who came in at two desks: what stands is decided once, the other is annulled, and no merge asks again."""
    first, second = apart.desk("B"), apart.desk("C")
    for desk in (first, second):
        desk.scan(apart.world.guests[0].code)
        apart.clock.forward(minutes=1)
    assert [apart.merge(desk).conflicts for desk in (second, first, second)] == [0, 1, 0]
    (found,) = apart.conflicts
    assert (found.kind, found.person and found.person.name) == (DeskConflictKind.TWO_ENTRIES, "来宾0")
    assert [side and (side.desk, side.operator) for side in (found.first, found.second)] == [
        ("B", "Li"),
        ("C", "Li"),
    ]
    assert entries(apart) == (2, "B", True)
    settle(apart, keep, "seen at the door")
    assert entries(apart) == left
    assert [apart.merge(desk).conflicts for desk in (first, second)] == [0, 0]
    assert apart.conflicts == ()
    (settled,) = apart.main.conflicts.conflicts(EVENT, settled=True)
    assert settled.note == "seen at the door"


def test_an_exit_in_between_clears_up(apart: Apart) -> None:
    """A conflict that a later file explains was none."""
    first, second, third = apart.desk("B"), apart.desk("C"), apart.desk("D")
    code = apart.world.guests[0].code
    first.scan(code)
    apart.clock.forward(minutes=1)
    third.scan(code, EXIT)
    apart.clock.forward(minutes=1)
    second.scan(code)
    assert [apart.merge(desk).conflicts for desk in (first, second)] == [0, 1]
    apart.merge(third)
    assert apart.conflicts == ()
    assert entries(apart) == (2, "B", True)


def test_three_entries_settled_in_turn(apart: Apart) -> None:
    """Once the second entry is annulled, the third stands against the first."""
    desks = [apart.desk(name) for name in "BCD"]
    for desk in desks:
        desk.scan(apart.world.guests[0].code)
        apart.clock.forward(minutes=1)
    for desk in desks:
        apart.merge(desk)
    assert len(apart.conflicts) == 2
    apart.main.conflicts.settle(apart.main.actor, str(apart.conflicts[0].id), Keep.FIRST)
    (left,) = apart.conflicts
    assert [side and side.desk for side in (left.first, left.second)] == ["B", "D"]
    settle(apart, Keep.FIRST)
    assert entries(apart) == (1, "B", True)


ENDED: dict[DeskConflictKind, Callable[[DoorDesk, str], object]] = {
    DeskConflictKind.CANCELLED_MEANWHILE: lambda main, ref: main.registrations.cancel(main.actor, ref),
    DeskConflictKind.BLOCKED_MEANWHILE: lambda main, ref: main.registrations.block(main.actor, ref),
}


@pytest.mark.parametrize("kind", ENDED)
def test_ended_meanwhile(apart: Apart, kind: DeskConflictKind) -> None:
    """Who was let in by a desk that could not know that he was cancelled, or kept out; the entry may be annulled."""
    desk, guest = apart.desk("B"), apart.world.guests[0]
    ENDED[kind](apart.main, str(guest.registration))
    apart.clock.forward(minutes=1)
    desk.scan(guest.code)
    assert apart.merge(desk).conflicts == 1
    (found,) = apart.conflicts
    assert found.kind is kind
    assert found.status_now in (RegistrationStatus.CANCELLED, RegistrationStatus.BLOCKED)
    assert found.first is not None
    assert found.first.desk == "B"
    settle(apart, Keep.SECOND)
    assert entries(apart) == (0, None, False)


def test_who_had_left_before_he_was_cancelled(apart: Apart) -> None:
    """An entry from before the cancellation contradicts nothing."""
    desk, guest = apart.desk("B"), apart.world.guests[0]
    desk.scan(guest.code)
    apart.clock.forward(minutes=1)
    apart.main.registrations.cancel(apart.main.actor, str(guest.registration))
    assert apart.merge(desk).conflicts == 0


def test_the_last_place_twice(apart: Apart) -> None:
    """Of two walk-ins who both got the last place, one waits, though he has come in."""
    apart.world.set(Event, apart.world.event, capacity=4)
    desks = [apart.desk("B"), apart.desk("C")]
    for desk, name in zip(desks, ("孙一", "周二"), strict=True):
        desk.scan(desk.code(desk.walk_in(name)))
        apart.merge(desk)
    (found,) = apart.conflicts
    assert (found.kind, found.person and found.person.name) == (DeskConflictKind.NO_PLACE, "周二")
    settle(apart, Keep.FIRST)


def test_over_capacity(apart: Apart) -> None:
    """More came in at two desks than the door holds: all are counted, the excess shows and is noted."""
    apart.main.checkin.change_door(apart.main.actor, apart.main.door, DoorSettings(capacity=1))
    desks = [apart.desk("B"), apart.desk("C")]
    for desk, guest in zip(desks, apart.world.guests, strict=False):
        desk.scan(guest.code)
        apart.merge(desk)
    assert apart.main.checkin.count(apart.main.door) == DoorCount(1, 2, 1)
    (found,) = apart.conflicts
    assert (found.kind, found.amount) == (DeskConflictKind.OVER_CAPACITY, 1)
    with pytest.raises(InvalidError) as refused:
        apart.main.conflicts.settle(apart.main.actor, str(found.id), Keep.FIRST)
    assert refused.value.code == "conflict-way"
    settle(apart, Keep.BOTH)


@pytest.mark.parametrize("keep", Keep)
def test_the_same_walk_in_at_two_desks(apart: Apart, keep: Keep) -> None:
    """One person or two: made one by a merge that can be undone, or remembered as two."""
    desks = [apart.desk("B"), apart.desk("C")]
    rows = [desk.walk_in("孙一", "13800138001") for desk in desks]
    for desk, row in zip(desks, rows, strict=True):
        desk.scan(desk.code(row))
        apart.merge(desk)
    (found,) = apart.conflicts
    assert found.kind is DeskConflictKind.WALK_IN_TWICE
    assert [side and side.phone for side in (found.person, found.other)] == ["138****8001"] * 2
    apart.main.conflicts.settle(apart.main.actor, str(found.id), keep)
    with apart.main.uow.read() as session:
        live = session.scalars(
            select(Person.id).where(Person.name == "孙一", Person.archived_at.is_(None))
        ).all()
    assert len(live) == (2 if keep is Keep.BOTH else 1)
    if keep is Keep.BOTH:
        assert Duplicates(apart.main.uow, apart.clock).people(EVENT).total == 0
    else:
        stays = found.person if keep is Keep.FIRST else found.other
        assert stays is not None
        assert list(live) == [stays.person]


def test_somebody_known_here_is_a_walk_in_there(apart: Apart) -> None:
    """Whom the desk took for new, by another spelling of his name, has the phone of somebody known."""
    apart.world.set(Person, apart.world.guests[0].person, phone="+8613800138001")
    desk = apart.desk("B")
    desk.walk_in("来宾零", "13800138001")
    assert apart.merge(desk).conflicts == 1
    assert apart.conflicts[0].kind is DeskConflictKind.WALK_IN_TWICE


def test_a_badge_that_the_copy_did_not_know(apart: Apart) -> None:
    """Whose it was is said as soon as some file tells; the verdict stays, and the question goes away."""
    first, second = apart.desk("B"), apart.desk("C")
    code = first.code(first.walk_in("孙一"))
    provisional = second.scan(code)
    assert (provisional.reason, provisional.name) == ("not_in_copy", "")
    assert apart.merge(second).conflicts == 1
    assert apart.conflicts[0].kind is DeskConflictKind.UNKNOWN_BADGE
    apart.merge(first)
    assert apart.conflicts == ()
    line = next(line for line in apart.main.checkin.scans(EVENT) if line.answer.id == provisional.id)
    assert (line.answer.name, line.answer.reason) == ("孙一", "not_in_copy")
    assert apart.main.scan(code).first_desk == "C"


def test_a_badge_of_nobody(apart: Apart) -> None:
    """A blank that was let in provisionally is annulled."""
    desk = apart.desk("B")
    apart.world.add_badge(900)
    desk.scan(apart.world.code(900))
    apart.merge(desk)
    (found,) = apart.conflicts
    assert (found.kind, found.badge) == (DeskConflictKind.UNKNOWN_BADGE, "0000000900")
    settle(apart, Keep.SECOND)
    assert [line.annulled for line in apart.main.checkin.scans(EVENT)].count(True) == 1


SKEWS: dict[str, tuple[Callable[[StandingClock], object], int]] = {
    "ahead": (lambda clock: clock.forward(hours=1), 3600),
    "behind": (lambda clock: clock.forward(hours=-1), -3540),
}


@pytest.mark.parametrize("name", SKEWS)
def test_a_clock_that_was_wrong(apart: Apart, name: str) -> None:
    """A desk's clock ahead of the merge or behind the copy is told with how much; a minute is nothing."""
    move, amount = SKEWS[name]
    desk = apart.desk("B")
    noon = apart.clock.moment
    move(apart.clock)
    desk.scan(apart.world.guests[0].code)
    apart.clock.moment = noon
    assert apart.merge(desk).conflicts == 1
    (found,) = apart.conflicts
    assert (found.kind, found.desk) == (DeskConflictKind.CLOCK_SKEW, "B")
    assert found.amount == amount
    settle(apart, Keep.BOTH)
    assert apart.merge(desk).conflicts == 0


def test_a_clock_that_was_set_back(apart: Apart) -> None:
    """Later scans that were received earlier are noticed; times of paper lists keyed in later are not."""
    desk = apart.desk("B")
    apart.clock.forward(minutes=30)
    desk.scan(apart.world.guests[0].code)
    desk.checkin.mark_present(
        desk.actor,
        desk.door,
        apart.world.guests[2].registration,
        at=apart.clock.moment - timedelta(minutes=20),
    )
    apart.clock.forward(minutes=-10)
    desk.scan(apart.world.guests[1].code)
    apart.clock.forward(minutes=10)
    apart.merge(desk)
    (found,) = apart.conflicts
    assert (found.kind, found.amount) == (DeskConflictKind.CLOCK_SKEW, -600)


def test_which_conflict_is_meant(apart: Apart) -> None:
    """The end of an id is enough; one that is settled is not settled again."""
    desk = apart.desk("B")
    desk.scan(apart.world.guests[0].code)
    apart.main.scan(apart.world.guests[0].code)
    apart.merge(desk)
    (found,) = apart.conflicts
    assert apart.main.conflicts.show(found.id.hex[-8:]) == found
    for wrong in ("", "12", "no such id"):
        with pytest.raises(NotFoundError):
            apart.main.conflicts.show(wrong)
    settle(apart, Keep.FIRST)
    with pytest.raises(InvalidError) as refused:
        apart.main.conflicts.settle(apart.main.actor, found.id.hex, Keep.FIRST)
    assert refused.value.code == "conflict-settled"
