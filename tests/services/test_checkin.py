"""Scans at a door: every reason, replays, overrides, undo, counted doors, the log."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import (
    ALL_NEEDS,
    Door,
    DoorCount,
    DoorSettings,
    Need,
    ScanAnswer,
    ScanRequest,
    Standing,
)
from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.domain.ids import new_id
from ipweek.domain.words import Direction, EntryRule, Reason, RegistrationStatus, ScanKind, Verdict
from ipweek.services.checkin import CheckIn
from ipweek.storage.queries import checkin as statements
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.checkin import Checkpoint, Scan
from ipweek.storage.tables.people import Person, Registration
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import NOON, StandingClock
from tests.refusals import ALWAYS, ON_ENTRY, PASSES, Bend, for_enterprise
from tests.world import BEFORE, SECRET, World, build

HOUR = timedelta(hours=1)
ENTRY, EXIT = Direction.ENTRY, Direction.EXIT


@pytest.fixture
def world(uow: UnitOfWork) -> World:
    """Three guests of one event."""
    return build(uow)


def rows(uow: UnitOfWork) -> int:
    """How many lines the log has."""
    with uow.read() as session:
        return session.scalar(select(func.count()).select_from(Scan)) or 0


def standing(world: World, checkin: CheckIn, guest: int = 0) -> Standing:
    """How a guest stands, which must be what the log says."""
    from ipweek.storage.queries.checkin_log import standings

    assert checkin.disagreements(world.event_code) == ()
    with world.uow.read() as session:
        key = (world.guests[guest].registration, world.door)
        return standings(session, world.event).get(key, Standing())


def ask(
    world: World, checkin: CheckIn, actor: Actor, door: Door, bend: Bend, direction: Direction
) -> ScanAnswer:
    """Bend the world, look the door up, and scan the first guest, or the code that bending gave."""
    code = bend(world) or world.guests[0].code
    return checkin.scan(actor, checkin.named_door(door.code), ScanRequest(code, direction=direction))


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("case", ALWAYS)
def test_refused_with_its_reason(
    world: World, checkin: CheckIn, actor: Actor, door: Door, case: str, direction: Direction
) -> None:
    """Each of these is refused with its one reason, coming or going, and is a row of the log."""
    reason, bend = ALWAYS[case]
    answer = ask(world, checkin, actor, door, bend, direction)
    assert (answer.verdict, answer.reason) == (Verdict.REFUSED, reason)
    assert rows(world.uow) == 1
    assert standing(world, checkin) == Standing()


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("case", ON_ENTRY)
def test_only_entry_is_refused(
    world: World, checkin: CheckIn, actor: Actor, door: Door, case: str, direction: Direction
) -> None:
    """Window and capacity keep people out, never in."""
    reason, bend = ON_ENTRY[case]
    answer = ask(world, checkin, actor, door, bend, direction)
    assert answer.reason is (reason if direction is ENTRY else None)
    assert standing(world, checkin).entries == 0


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("case", PASSES)
def test_passes(
    world: World, checkin: CheckIn, actor: Actor, door: Door, case: str, direction: Direction
) -> None:
    """Each of these passes, coming or going, and the admission is what the log says."""
    answer = ask(world, checkin, actor, door, PASSES[case], direction)
    assert (answer.verdict, answer.reason) == (Verdict.ACCEPTED, None)
    held = standing(world, checkin)
    assert (held.inside, held.entries) == ((True, 1) if direction is ENTRY else (False, 0))


def test_answer_tells_who(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """The answer names the person, the enterprise represented at this event, the category and the seat."""
    answer = checkin.scan(actor, door, ScanRequest(world.guests[1].code))
    told = (answer.name, answer.enterprise, answer.title, answer.category, answer.seat)
    assert told == ("来宾1", "惠州恒益科技有限公司", "Engineer", "delegate", "A2")


def test_badge_of_another_week(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """A badge of another week is verified with that week's key, then asked for a registration here."""
    secret = b"the other week"
    week = world.add_week("other-week", secret=secret)
    person = world.guests[0].person
    world.add_badge(500, person, week_id=week)
    assert checkin.scan(actor, door, ScanRequest(world.code(500, secret=secret))).reason is None
    assert checkin.scan(actor, door, ScanRequest(world.code(500, secret=SECRET))).reason is Reason.UNKNOWN


def test_key_made_while_running(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """A key made after the desk has begun to scan is found."""
    checkin.scan(actor, door, ScanRequest(world.guests[0].code))
    week = world.add_week("later", key_id=3, secret=b"later")
    world.add_badge(600, world.guests[1].person, week_id=week, key_id=3)
    answer = checkin.scan(actor, door, ScanRequest(world.code(600, key_id=3, secret=b"later")))
    assert answer.reason is None


@pytest.mark.parametrize(
    ("rule", "again", "after_exit"),
    [
        (EntryRule.ONCE, Reason.ALREADY_IN, Reason.ALREADY_IN),
        (EntryRule.AFTER_EXIT, Reason.ALREADY_IN, None),
        (EntryRule.MANY, None, None),
    ],
)
def test_entry_rule(
    world: World,
    checkin: CheckIn,
    clock: StandingClock,
    actor: Actor,
    door: Door,
    rule: EntryRule,
    again: Reason | None,
    after_exit: Reason | None,
) -> None:
    """Once, after an exit, or many times: as the door says."""
    world.set(Checkpoint, world.door, entry_rule=rule)
    guest = world.guests[0]
    reasons = []
    for direction in (ENTRY, ENTRY, EXIT, ENTRY):
        reasons.append(checkin.scan(actor, door, ScanRequest(guest.code, direction=direction)).reason)
        clock.forward(minutes=1)
    assert reasons == [None, again, None, after_exit]
    assert standing(world, checkin).entries == reasons.count(None) - 1


def test_already_in_tells_when_and_where(
    world: World, checkin: CheckIn, clock: StandingClock, actor: Actor, door: Door
) -> None:
    """A second entry names the first one's moment and desk."""
    checkin.scan(Actor("someone", "desk-7"), door, ScanRequest(world.guests[0].code))
    clock.forward(minutes=5)
    answer = checkin.scan(actor, door, ScanRequest(world.guests[0].code))
    assert (answer.reason, answer.first_at, answer.first_desk) == (Reason.ALREADY_IN, NOON, "desk-7")


def test_replay_gives_the_first_answer(
    world: World, checkin: CheckIn, clock: StandingClock, actor: Actor, door: Door
) -> None:
    """A known scan id gets its first answer and adds no row, also after a cancellation, from any desk."""
    accepted = ScanRequest(world.guests[0].code)
    refused = ScanRequest(world.guests[0].code)
    first, second = (checkin.scan(actor, door, request) for request in (accepted, refused))
    world.set(Registration, world.guests[0].registration, status=RegistrationStatus.CANCELLED)
    clock.forward(hours=1)
    assert checkin.scan(actor, door, accepted) == first
    assert CheckIn(world.uow, clock).scan(Actor("other", "desk-2"), door, refused) == second
    assert rows(world.uow) == 2
    assert standing(world, checkin).entries == 1
    assert checkin.scan(actor, door, ScanRequest(world.guests[1].code)).verdict is Verdict.ACCEPTED


def test_replay_of_an_unknown_code(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """A refused reading without a person is replayed too."""
    request = ScanRequest("nonsense")
    assert checkin.scan(actor, door, request) == checkin.scan(actor, door, request)
    assert rows(world.uow) == 1


def test_numbers_have_no_gap(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """A run numbers its scans from 1 without a gap, replays notwithstanding."""
    request = ScanRequest(world.guests[0].code)
    for asked in (request, request, ScanRequest("x"), ScanRequest(world.guests[1].code)):
        checkin.scan(actor, door, asked)
    with world.uow.read() as session:
        numbers = session.scalars(select(Scan.sequence).order_by(Scan.sequence)).all()
    assert numbers == [1, 2, 3]


def test_two_services_share_a_run(
    world: World, checkin: CheckIn, clock: StandingClock, actor: Actor, door: Door
) -> None:
    """A second service of the same run does not collide with the numbers of the first."""
    other = CheckIn(world.uow, clock)
    for service, guest in zip((checkin, other, checkin), world.guests, strict=True):
        assert service.scan(actor, door, ScanRequest(guest.code)).verdict is Verdict.ACCEPTED
    assert rows(world.uow) == 3


def test_threads_share_a_service(
    world: World, checkin: CheckIn, clock: StandingClock, actor: Actor, door: Door
) -> None:
    """Threads of one program number their scans without a gap, each scan once."""
    requests = [ScanRequest(guest.code) for guest in world.guests for _ in range(10)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda request: checkin.scan(actor, door, request), requests))
    assert Counter(answer.reason for answer in answers) == {None: 3, Reason.ALREADY_IN: 27}
    with world.uow.read() as session:
        numbers = session.scalars(select(Scan.sequence).order_by(Scan.sequence)).all()
    assert numbers == list(range(1, 31))


NEEDS: dict[frozenset[Need], Bend] = {
    frozenset(): lambda _: None,
    frozenset({Need.PLACE}): lambda world: world.set(Checkpoint, world.door, capacity=9),
    frozenset({Need.ENTERPRISE}): lambda world: for_enterprise(world, own=True),
    frozenset({Need.ENROLMENT}): lambda world: world.set(
        Checkpoint, world.door, session_id=world.add_session("talk")
    ),
}


@pytest.mark.parametrize("needs", NEEDS)
def test_what_a_door_needs(
    world: World,
    checkin: CheckIn,
    actor: Actor,
    door: Door,
    needs: frozenset[Need],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A scan asks once, for what the door needs; a desk that looked it up before it changed asks again, for all."""
    asked: list[frozenset[Need]] = []
    name = "on_sqlite" if world.uow.is_sqlite else "on_postgres"
    judge = getattr(statements, name)

    def heard(place: object, kind: ScanKind, said: frozenset[Need], arguments: dict[str, object]) -> object:
        asked.append(said)
        return judge(place, kind, said, arguments)

    monkeypatch.setattr(statements, name, heard)
    NEEDS[needs](world)
    known = checkin.named_door(door.code)
    assert known.needs == needs
    for place, at in enumerate((known, door)):
        answer = checkin.scan(actor, at, ScanRequest(world.guests[place].code))
        assert answer.verdict is Verdict.ACCEPTED
    assert asked == ([needs] * 2 if not needs else [needs, frozenset(), ALL_NEEDS])


def test_door_that_is_gone(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """A scan at a door that somebody has removed meanwhile says so."""
    assert checkin.remove_door(actor, door) is False
    with pytest.raises(NotFoundError, match="door-missing"):
        checkin.scan(actor, door, ScanRequest(world.guests[0].code))


def test_time_needs_its_offset(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """A time of day without a zone is refused, not guessed."""
    with pytest.raises(InvalidError, match="moment-without-offset"):
        checkin.scan(actor, door, ScanRequest(world.guests[0].code, at=NOON.replace(tzinfo=None)))


def test_time_never_runs_backwards(
    world: World, checkin: CheckIn, clock: StandingClock, actor: Actor, door: Door
) -> None:
    """Within a run a scan is never before the previous one, also when the program goes on after a restart."""
    checkin.scan(actor, door, ScanRequest(world.guests[0].code, at=NOON))
    early = checkin.scan(actor, door, ScanRequest(world.guests[1].code, at=NOON - HOUR))
    restarted = CheckIn(world.uow, clock)
    again = restarted.scan(actor, door, ScanRequest(world.guests[2].code, at=NOON - HOUR))
    assert (early.at, again.at) == (NOON, NOON)
    other_run = restarted.scan(Actor("o", "d"), door, ScanRequest(world.guests[2].code, at=NOON - HOUR))
    assert other_run.at == NOON - HOUR


def test_late_scan_keeps_the_later_state(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """An exit that another desk reports late does not put out whoever has come in since."""
    code = world.guests[0].code
    checkin.scan(actor, door, ScanRequest(code, at=NOON))
    late = ScanRequest(code, at=NOON - HOUR, direction=EXIT)
    checkin.scan(Actor("other", "desk-2"), door, late)
    held = standing(world, checkin)
    assert (held.inside, held.last_out) == (True, NOON - HOUR)


def test_override(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """An operator lets a refused person in; the row keeps the reason that was set aside, and why."""
    world.set(Registration, world.guests[0].registration, status=RegistrationStatus.WAITING)
    answer = checkin.scan(actor, door, ScanRequest(world.guests[0].code, override="the host\u202e asked"))
    assert (answer.verdict, answer.reason, answer.override) == (Verdict.ACCEPTED, Reason.WAITING, True)
    (line,) = checkin.scans(world.event_code)
    assert (line.why, line.answer) == ("the host asked", answer)
    assert standing(world, checkin).entries == 1


def test_override_that_was_not_needed(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """Where no rule speaks against it, nothing is overridden."""
    answer = checkin.scan(actor, door, ScanRequest(world.guests[0].code, override="to be sure"))
    assert (answer.override, checkin.scans(world.event_code)[0].why) == (False, None)


@pytest.mark.parametrize(
    "case",
    ["not a code", "another secret", "two codes in one reading", "a blank", "registered elsewhere"],
)
def test_no_override_without_a_registration(
    world: World, checkin: CheckIn, actor: Actor, door: Door, case: str
) -> None:
    """Nobody overrides for a code that leads to no registration here."""
    reason, bend = ALWAYS[case]
    code = bend(world) or world.guests[0].code
    answer = checkin.scan(actor, door, ScanRequest(code, override="let him in"))
    assert (answer.verdict, answer.reason, answer.override) == (Verdict.REFUSED, reason, False)


def test_undo(world: World, checkin: CheckIn, clock: StandingClock, actor: Actor, door: Door) -> None:
    """Undo annuls the last entry by a row of its own; the person may come in again."""
    guest = world.guests[0]
    entry = checkin.scan(actor, door, ScanRequest(guest.code))
    clock.forward(minutes=1)
    undone = checkin.undo(actor, door, guest.registration)
    assert (undone.kind, undone.verdict, undone.name) == (ScanKind.ANNULMENT, Verdict.ACCEPTED, guest.name)
    assert standing(world, checkin) == Standing()
    newest, oldest = checkin.scans(world.event_code)
    assert (newest.annulled, oldest.annulled, oldest.answer) == (False, True, entry)
    assert checkin.scan(actor, door, ScanRequest(guest.code)).verdict is Verdict.ACCEPTED
    assert standing(world, checkin).entries == 1


def test_undo_goes_back_step_by_step(
    world: World, checkin: CheckIn, clock: StandingClock, actor: Actor, door: Door
) -> None:
    """Each undo takes the last entry that is left; with none left it says so."""
    guest = world.guests[0]
    for direction in (ENTRY, EXIT, ENTRY):
        checkin.scan(actor, door, ScanRequest(guest.code, direction=direction))
        clock.forward(minutes=1)
    checkin.undo(actor, door, guest.registration)
    held = standing(world, checkin)
    assert (held.inside, held.entries, held.first_in) == (False, 1, NOON)
    checkin.undo(actor, door, guest.registration)
    assert standing(world, checkin).entries == 0
    with pytest.raises(NotFoundError, match="entry-missing"):
        checkin.undo(actor, door, guest.registration)
    assert rows(world.uow) == 5


def test_counted_door(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """A counted door lets in as many as it holds, an exit or an undo gives a place back."""
    world.set(Checkpoint, world.door, capacity=1)
    codes = [guest.code for guest in world.guests]
    assert checkin.scan(actor, door, ScanRequest(codes[0])).reason is None
    assert checkin.scan(actor, door, ScanRequest(codes[1])).reason is Reason.FULL
    assert checkin.scan(actor, door, ScanRequest(codes[0])).reason is Reason.ALREADY_IN
    assert checkin.scan(actor, door, ScanRequest(codes[0], direction=EXIT)).reason is None
    assert checkin.scan(actor, door, ScanRequest(codes[1])).reason is None
    checkin.undo(actor, door, world.guests[1].registration)
    assert checkin.scan(actor, door, ScanRequest(codes[2])).reason is None
    assert checkin.count(door) == DoorCount(1, 1, 0)
    assert checkin.disagreements(world.event_code) == ()


def test_override_past_capacity_shows(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """Whoever is let in past the capacity is counted as over."""
    world.set(Checkpoint, world.door, capacity=1)
    for guest in world.guests:
        checkin.scan(actor, door, ScanRequest(guest.code, override="a guest of honour"))
    assert checkin.count(door) == DoorCount(1, 3, 2)
    assert checkin.disagreements(world.event_code) == ()


def test_many_entries_take_one_place(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """At a counted door with many entries, one person holds one place."""
    world.set(Checkpoint, world.door, capacity=1, entry_rule=EntryRule.MANY)
    for _ in range(3):
        assert checkin.scan(actor, door, ScanRequest(world.guests[0].code)).reason is None
    assert checkin.count(door) == DoorCount(1, 1, 0)


def test_mark_present(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """A mark follows the rules of a scan and is a row of its own kind."""
    guest = world.guests[0]
    answer = checkin.mark_present(actor, door, guest.registration)
    assert (answer.kind, answer.verdict, answer.name) == (ScanKind.MARK, Verdict.ACCEPTED, guest.name)
    assert checkin.mark_present(actor, door, guest.registration).reason is Reason.ALREADY_IN
    assert checkin.scan(actor, door, ScanRequest(guest.code)).reason is Reason.ALREADY_IN
    assert standing(world, checkin).entries == 1


def test_mark_needs_no_badge_and_asks_the_rules(
    world: World, checkin: CheckIn, actor: Actor, door: Door
) -> None:
    """A revoked badge does not matter to a mark; another event's registration, or a cancelled one, does."""
    world.set(Badge, world.guests[0].badge, revoked_at=BEFORE)
    assert checkin.mark_present(actor, door, world.guests[0].registration).reason is None
    world.set(Registration, world.guests[1].registration, status=RegistrationStatus.CANCELLED)
    assert checkin.mark_present(actor, door, world.guests[1].registration).reason is Reason.CANCELLED
    world.set(Registration, world.guests[2].registration, event_id=world.add_event("other"))
    assert checkin.mark_present(actor, door, world.guests[2].registration).reason is Reason.WRONG_EVENT
    with pytest.raises(NotFoundError, match="registration-missing"):
        checkin.mark_present(actor, door, new_id())


def test_a_mark_of_leaving(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """Somebody without a badge leaves by a row of its own; who is inside is told of several at once."""
    first, second, third = (guest.registration for guest in world.guests)
    for registration in (first, second):
        checkin.mark_present(actor, door, registration)
    assert checkin.inside(door, (first, second, third)) == {first, second}
    answer = checkin.mark_left(actor, door, first)
    assert (answer.kind, answer.direction, answer.verdict) == (
        ScanKind.MARK,
        Direction.EXIT,
        Verdict.ACCEPTED,
    )
    assert checkin.inside(door, (first, third)) == frozenset()
    assert checkin.count(door).present == 1
    assert checkin.disagreements(world.event_code) == ()


def test_a_mark_with_a_reason(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """What a mark is refused for can be set aside as with a scan, and the row says why."""
    guest = world.guests[0]
    world.set(Registration, guest.registration, status=RegistrationStatus.BLOCKED)
    assert checkin.mark_present(actor, door, guest.registration).reason is Reason.BLOCKED
    answer = checkin.mark_present(actor, door, guest.registration, override="the host asked")
    assert (answer.verdict, answer.override, answer.reason) == (Verdict.ACCEPTED, True, Reason.BLOCKED)
    assert checkin.scans(world.event_code)[0].why == "the host asked"


def test_whose_badge_it_is(world: World, checkin: CheckIn) -> None:
    """Away from doors a code is verified like at one; it admits nobody and leaves no row."""
    event, guests = world.event_code, world.guests

    def told(code: str) -> tuple[Reason | None, str, bool]:
        found = checkin.identify(code, event)
        return found.reason, found.name, found.registration is not None

    assert told(guests[0].code) == (None, guests[0].name, True)
    wrong = guests[0].code[:-1] + str((int(guests[0].code[-1]) + 1) % 10)
    assert told(wrong) == (Reason.INVALID, "", False)
    assert told(world.code(1, secret=b"guessed")) == (Reason.FORGED, "", False)
    assert told(world.code(77)) == (Reason.UNKNOWN, "", False)
    world.add_badge(78)
    assert told(world.code(78)) == (Reason.UNKNOWN, "", False), "a blank is nobody's"
    assert told(guests[0].code + guests[1].code) == (Reason.AMBIGUOUS, "", False)
    world.set(Badge, guests[0].badge, issue=2)
    assert told(guests[0].code) == (Reason.REVOKED, guests[0].name, True)
    world.set(Badge, guests[1].badge, revoked_at=BEFORE)
    assert told(guests[1].code) == (Reason.REVOKED, guests[1].name, True)
    world.set(Registration, guests[2].registration, event_id=world.add_event("other"))
    assert told(guests[2].code) == (Reason.WRONG_EVENT, guests[2].name, False)
    assert checkin.scans(event) == ()
    with pytest.raises(NotFoundError, match="event-missing"):
        checkin.identify(guests[0].code, "none")


def test_offline_copy_trusts_the_badge(world: World, clock: StandingClock, actor: Actor, door: Door) -> None:
    """A desk with a copy accepts a genuine badge that it does not know, and no forged one."""
    desk = CheckIn(world.uow, clock, offline=True)
    answer = desk.scan(actor, door, ScanRequest(world.code(77)))
    assert (answer.verdict, answer.reason, answer.name) == (Verdict.ACCEPTED, Reason.NOT_IN_COPY, "")
    assert desk.scan(actor, door, ScanRequest(world.code(77, secret=b"?"))).reason is Reason.FORGED
    assert desk.scan(actor, door, ScanRequest(world.guests[0].code)).reason is None
    assert all(line.offline for line in desk.scans(world.event_code))


@pytest.mark.parametrize(
    "code", ["9" * 100_000, "\x1b[2J\u202e\x00\ud800", "漢" * 500, "'; DROP TABLE scans; --"]
)
def test_any_reading_is_kept(world: World, checkin: CheckIn, actor: Actor, door: Door, code: str) -> None:
    """Whatever a scanner sends is logged, clipped and without control characters."""
    answer = checkin.scan(actor, door, ScanRequest(code))
    (line,) = checkin.scans(world.event_code)
    assert answer.reason is Reason.INVALID
    assert line.answer == answer
    assert len(answer.code) <= 120
    assert "\x1b" not in answer.code


def test_no_code_is_stored_for_a_stranger(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """A forged code names nobody, although its number belongs to somebody."""
    answer = checkin.scan(actor, door, ScanRequest(world.code(1, secret=b"guessed")))
    assert (answer.name, answer.registration) == ("", None)


def test_forgeries_raise_an_alarm(
    world: World, checkin: CheckIn, clock: StandingClock, actor: Actor, door: Door
) -> None:
    """Five forged codes within a minute raise the alarm, and the desk goes on."""
    for expected in (False, False, False, False, True):
        checkin.scan(actor, door, ScanRequest(world.code(1, secret=b"guessed")))
        assert checkin.forgery_alarm(door) is expected
    assert checkin.scan(actor, door, ScanRequest(world.guests[0].code)).verdict is Verdict.ACCEPTED
    clock.forward(minutes=2)
    assert checkin.forgery_alarm(door) is False


def test_log_pages(world: World, checkin: CheckIn, clock: StandingClock, actor: Actor, door: Door) -> None:
    """The log pages from the newest on, without a gap or a repeat, also within one moment."""
    for number in range(7):
        checkin.scan(actor, door, ScanRequest(f"code {number}"))
        clock.forward(seconds=number % 2)
    checkin.scan(actor, door, ScanRequest(world.guests[0].code))
    lines = checkin.scans(world.event_code, 3)
    while page := checkin.scans(world.event_code, 3, before=lines[-1]):
        lines += page
    assert [line.answer.code for line in lines[1:]] == [f"code {number}" for number in reversed(range(7))]
    assert len(checkin.scans(world.event_code, verdict=Verdict.ACCEPTED)) == 1


def test_disagreement_is_found(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """An admission that somebody altered shows against the log."""
    from sqlalchemy import update

    from ipweek.storage.tables.checkin import Admission

    checkin.scan(actor, door, ScanRequest(world.guests[0].code))
    with world.uow.write_core() as connection:
        connection.execute(update(Admission).values(entries=9))
    (found,) = checkin.disagreements(world.event_code)
    assert (found.registration, found.log.entries, found.kept.entries) == (world.guests[0].registration, 1, 9)


def test_doors(world: World, checkin: CheckIn, actor: Actor) -> None:
    """A session gets a door once; a door that is not there is said so; removal keeps what has history."""
    session = world.add_session("qled")
    with pytest.raises(NotFoundError, match="door-missing"):
        checkin.door(world.event_code, "qled")
    made = checkin.open_door(actor, world.event_code, "qled")
    assert made == checkin.open_door(actor, world.event_code, "qled", DoorSettings(capacity=3))
    assert (made.code, made.session_id, made.name_en, made.zone) == ("qled", session, "qled", "Asia/Shanghai")
    assert [door.code for door in checkin.doors(world.event_code)] == ["release-2019", "qled"]
    checkin.scan(actor, made, ScanRequest("x"))
    assert checkin.remove_door(actor, made) is True
    assert [door.code for door in checkin.doors(world.event_code)] == ["release-2019"]
    assert checkin.open_door(actor, world.event_code, "qled") == made
    for wanted, code in ((("nothing",), "event-missing"), ((world.event_code, "none"), "session-missing")):
        with pytest.raises(NotFoundError, match=code):
            checkin.open_door(actor, *wanted)


def test_door_settings(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """Settings are replaced and checked; a limit set late counts who is inside already."""
    for guest in world.guests:
        checkin.scan(actor, door, ScanRequest(guest.code))
    limited = DoorSettings(opens_at=NOON, closes_at=NOON + HOUR, categories=("delegate",), capacity=2)
    checkin.change_door(actor, door, limited)
    assert checkin.door_settings(door) == limited
    assert checkin.count(door) == DoorCount(2, 3, 1)
    assert checkin.disagreements(world.event_code) == ()
    for wrong, code in (
        (replace(limited, closes_at=NOON - HOUR), "door-window"),
        (replace(limited, capacity=-1), "door-capacity"),
    ):
        with pytest.raises(InvalidError, match=code):
            checkin.change_door(actor, door, wrong)


def test_erased_name_does_not_break_the_log(world: World, checkin: CheckIn, actor: Actor, door: Door) -> None:
    """The log shows the names of today, and long names of operators and desks are clipped."""
    checkin.scan(Actor("o" * 500, "d" * 500), door, ScanRequest(world.guests[0].code))
    world.set(Person, world.guests[0].person, name="—")
    (line,) = checkin.scans(world.event_code)
    assert (line.answer.name, len(line.operator), len(line.answer.desk)) == ("—", 120, 120)
