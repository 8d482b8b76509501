"""Operators: roles, PINs and what becomes of wrong ones, who may decide what, what the audit keeps."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine, select, text

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import Door, DoorSettings, ScanRequest
from ipweek.domain.errors import AlreadyThereError, DeniedError, InvalidError, IpweekError, NotFoundError
from ipweek.domain.exports import ExportKind, Scope
from ipweek.domain.ids import new_id
from ipweek.domain.operators import (
    TRIES,
    OperatorChanges,
    Right,
    Voucher,
    checked_pin,
    digest_of,
    fits,
    wait_after,
)
from ipweek.domain.words import OperatorRole, RegistrationStatus, Verdict
from ipweek.jobs.exports import ExportJobs, ExportOrder
from ipweek.jobs.schedule import ScheduleJobs
from ipweek.services.checkin import CheckIn
from ipweek.services.exports import Exports
from ipweek.services.operators import Operators
from ipweek.services.programme import Programme
from ipweek.services.records import Records
from ipweek.services.registrations import Registrations
from ipweek.storage.ownership import is_owner
from ipweek.storage.tables.audit import AuditEntry, AuditValues
from ipweek.storage.tables.operators import Operator
from ipweek.storage.tables.people import Registration
from ipweek.storage.unit_of_work import UnitOfWork
from tests.conftest import StandingClock
from tests.refusals import for_enterprise
from tests.world import World, build

LI, WANG, CHEN = (Actor(name, "desk-1") for name in ("Li", "Wang", "Chen"))
PIN = "482613"


@pytest.fixture
def world(uow) -> World:
    """Three guests of one event; the first is waiting for a place."""
    made = build(uow)
    made.set(Registration, made.guests[0].registration, status=RegistrationStatus.WAITING)
    return made


@pytest.fixture
def operators(world: World, clock: StandingClock) -> Operators:
    """Li is an organizer, Wang a supervisor with a PIN, Chen at the desk."""
    service = Operators(world.uow, clock)
    service.add(Actor("anybody", "d"), "Li", OperatorRole.ORGANIZER)
    service.add(LI, "Wang", OperatorRole.SUPERVISOR, PIN)
    service.add(LI, "Chen", OperatorRole.DESK)
    return service


def denied(work: Callable[..., Any], *arguments: Any, **named: Any) -> str:
    """The code with which somebody is refused."""
    with pytest.raises(DeniedError) as caught:
        work(*arguments, **named)
    return caught.value.code


def refusals(world: World) -> list[dict[str, Any]]:
    """What the audit keeps of refusals, the oldest first."""
    with world.uow.read() as session:
        query = select(AuditValues.after).join(AuditEntry, AuditEntry.id == AuditValues.entry_id)
        return list(session.scalars(query.where(AuditEntry.action == "refuse").order_by(AuditEntry.id)))


def test_without_operators_everybody_may(world: World, checkin: CheckIn, door: Door) -> None:
    """Small teams record nobody: an override needs no more than its reason."""
    said = checkin.scan(CHEN, door, ScanRequest(world.guests[0].code, override="so"))
    assert said.override
    assert checkin.scans(world.event_code)[0].allowed_by is None
    assert Operators(world.uow).vouchers(CHEN, Right.OVERRIDE) == ()
    assert refusals(world) == []


@pytest.mark.parametrize(
    ("actor", "by", "code"),
    [
        pytest.param(CHEN, None, "role-needed", id="desk alone"),
        pytest.param(Actor("Nobody", "d"), None, "operator-unknown", id="a stranger alone"),
        pytest.param(CHEN, Voucher("Nobody"), "operator-unknown", id="a stranger vouches"),
        pytest.param(LI, Voucher("Chen"), "role-needed", id="the desk vouches for the organizer"),
        pytest.param(CHEN, Voucher("Wang"), "pin-needed", id="a supervisor without the PIN"),
        pytest.param(CHEN, Voucher("Wang", "000000"), "pin-wrong", id="a supervisor with a wrong PIN"),
        pytest.param(
            CHEN, Voucher("Wang", "9" * 27), "pin-wrong", id="a badge scanned where a PIN is asked for"
        ),
        pytest.param(WANG, None, "pin-needed", id="the supervisor at the desk, not shown"),
    ],
)
def test_an_override_is_refused(
    world: World,
    operators: Operators,
    checkin: CheckIn,
    door: Door,
    actor: Actor,
    by: Voucher | None,
    code: str,
) -> None:
    """Nobody comes in, nothing is in the log, and the audit says who asked for what, and why it was refused."""
    request = ScanRequest(world.guests[0].code, override="the host asked", by=by)
    assert denied(checkin.scan, actor, door, request) == code
    assert (
        denied(checkin.mark_present, actor, door, world.guests[0].registration, override="x", by=by) == code
    )
    assert checkin.scans(world.event_code) == ()
    first, second = refusals(world)
    assert first == {
        "right": "override", "by": by.name if by else actor.operator, "door": door.code,
        "whom": world.guests[0].code, "why": "the host asked", "refused": code,
    }  # fmt: skip
    assert second["whom"] == world.guests[0].registration.hex


@pytest.mark.parametrize(
    ("actor", "by", "name"),
    [
        pytest.param(LI, None, "Li", id="the organizer himself"),
        pytest.param(Actor("ＬＩ", "d"), None, "Li", id="by a name of another width"),
        pytest.param(CHEN, Voucher("Li"), "Li", id="an organizer without a PIN vouches"),
        pytest.param(CHEN, Voucher("wang", PIN), "Wang", id="a supervisor vouches with the PIN"),
        pytest.param(
            CHEN, Voucher("Wang", "４８２６１３ "), "Wang", id="a PIN typed through an input method"
        ),
        pytest.param(Actor("Wang", "d", pin=PIN), None, "Wang", id="the supervisor at the desk has shown it"),
    ],
)
def test_an_override_is_allowed(
    world: World,
    operators: Operators,
    checkin: CheckIn,
    door: Door,
    actor: Actor,
    by: Voucher | None,
    name: str,
) -> None:
    """The row says who asked, why, and who allowed it; by a mark as by a scan."""
    request = ScanRequest(world.guests[0].code, override="the host asked", by=by)
    assert checkin.scan(actor, door, request).override
    world.set(Registration, world.guests[1].registration, status=RegistrationStatus.BLOCKED)
    assert checkin.mark_present(actor, door, world.guests[1].registration, override="too", by=by).override
    for line, why in zip(checkin.scans(world.event_code), ("too", "the host asked"), strict=True):
        assert (line.operator, line.why, line.allowed_by) == (actor.operator, why, name)
    assert refusals(world) == []


def test_scans_ask_nobody(world: World, operators: Operators, checkin: CheckIn, door: Door) -> None:
    """The desk scans as ever, and a reason that was not needed leaves nobody's name."""
    assert checkin.scan(CHEN, door, ScanRequest(world.guests[1].code)).verdict is Verdict.ACCEPTED
    assert checkin.scan(LI, door, ScanRequest(world.guests[2].code, override="so")).override is False
    assert [line.allowed_by for line in checkin.scans(world.event_code)] == [None, None]


def test_a_replay_is_answered_before_rights_are_asked(
    world: World, operators: Operators, checkin: CheckIn, door: Door
) -> None:
    """The same scan id gives its first answer again, whoever may override by now."""
    request = ScanRequest(world.guests[0].code, override="so", by=Voucher("Li"))
    first = checkin.scan(CHEN, door, request)
    operators.edit(LI, "Li", OperatorChanges(pin=PIN))
    assert checkin.scan(CHEN, door, request) == first


def test_who_undoes_and_changes_doors(
    world: World, operators: Operators, checkin: CheckIn, door: Door
) -> None:
    """Both take a supervisor; the row of an annulment says who allowed it."""
    who, shown = world.guests[1].registration, Voucher("Wang", PIN)
    checkin.scan(CHEN, door, ScanRequest(world.guests[1].code))
    assert denied(checkin.undo, CHEN, door, who) == "role-needed"
    assert denied(checkin.change_door, CHEN, door, DoorSettings(capacity=1)) == "role-needed"
    assert denied(checkin.remove_door, CHEN, door) == "role-needed"
    assert denied(checkin.add_door, CHEN, world.event_code) == "role-needed"
    checkin.undo(CHEN, door, who, shown)
    assert checkin.scans(world.event_code)[0].allowed_by == "Wang"
    checkin.change_door(CHEN, door, DoorSettings(capacity=1), shown)
    assert checkin.door_settings(door).capacity == 1
    assert checkin.remove_door(CHEN, door, shown) is True


def test_who_sees_what_is_masked(world: World, operators: Operators, clock: StandingClock, tmp_path) -> None:
    """Whole phone numbers are an organizer's; a file that somebody may not have is not written."""
    lists = Registrations(world.uow, clock)
    supervisor = Actor("Wang", "d", pin=PIN)
    assert denied(lists.all, supervisor, world.event_code, unmask=True) == "role-needed"
    assert len(lists.all(LI, world.event_code, unmask=True)) == 3
    jobs = ExportJobs(Exports(world.uow, clock), ScheduleJobs(Programme(world.uow, clock)))
    order = ExportOrder(ExportKind.REGISTRATIONS, Scope(event=world.event_code), "csv", unmask=True)
    file = tmp_path / "people.csv"
    assert denied(jobs.write, supervisor, order, file) == "role-needed"
    assert not file.exists()
    assert jobs.write(LI, order, file) == 3


def test_wrong_pins_are_tried_a_few_times_only(
    world: World, operators: Operators, checkin: CheckIn, door: Door, clock: StandingClock
) -> None:
    """After five in a row none is tried for a minute, the right one neither; then twice as long; a right one clears it."""

    def tried(pin: str) -> str | None:
        request = ScanRequest(world.guests[0].code, override="so", by=Voucher("Wang", pin))
        try:
            checkin.scan(CHEN, door, request)
        except IpweekError as error:
            return error.code
        return None

    assert [tried("000000") for _ in range(TRIES)] == ["pin-wrong"] * TRIES
    assert (tried(PIN), tried("000000")) == ("pin-locked", "pin-locked")
    clock.forward(seconds=61)
    assert tried("000000") == "pin-wrong"
    clock.forward(seconds=61)
    assert tried(PIN) == "pin-locked", "the second wait is longer"
    clock.forward(seconds=60)
    assert tried(PIN) is None
    assert tried("000000") == "pin-wrong"
    assert tried(PIN) is None, "what was wrong before is forgotten"
    assert [wait_after(n).total_seconds() for n in (4, 5, 6, 7, 50)] == [0, 60, 120, 240, 3600]


def test_an_organizer_gives_a_new_pin(
    world: World, operators: Operators, checkin: CheckIn, door: Door
) -> None:
    """It is tried at once, however many were wrong; without one the name is enough."""
    for _ in range(TRIES):
        denied(operators.take_over, CHEN, Voucher("Wang", "000000"))
    assert denied(operators.take_over, CHEN, Voucher("Wang", PIN)) == "pin-locked"
    assert denied(operators.edit, CHEN, "Wang", OperatorChanges(pin="7777")) == "role-needed"
    assert operators.edit(LI, "Wang", OperatorChanges(pin="7777")).has_pin
    assert operators.take_over(CHEN, Voucher("wang", "7777")) == Actor("Wang", "desk-1", CHEN.run, "7777")
    assert not operators.edit(LI, "Wang", OperatorChanges(pin="")).has_pin
    assert checkin.scan(WANG, door, ScanRequest(world.guests[0].code, override="so")).override


def test_the_owner_gives_the_last_organizer_a_new_pin(
    world: World, operators: Operators, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who owns the database needs neither a right nor the old PIN; only an organizer's goes this way, and it is audited."""
    operators.edit(LI, "Li", OperatorChanges(pin="111111"))
    assert denied(operators.add, LI, "Zhao", OperatorRole.DESK) == "pin-needed"
    with pytest.raises(InvalidError):
        operators.reset(CHEN, "Li", "12")
    assert operators.reset(CHEN, "li", "222222").name == "Li"
    operators.add(LI, "Zhao", OperatorRole.DESK, by=Voucher("Li", "222222"))
    assert denied(operators.reset, CHEN, "Wang", "222222") == "reset-organizer"
    with world.uow.read() as session:
        entries = session.scalars(select(AuditEntry.operator).where(AuditEntry.action == "reset")).all()
    assert entries == ["Chen"]
    monkeypatch.setattr("ipweek.services.operators.is_owner", lambda _uow: False)
    assert denied(operators.reset, CHEN, "Li", "333333") == "owner-needed"
    operators.edit(LI, "Chen", OperatorChanges(role=OperatorRole.SUPERVISOR), by=Voucher("Li", "222222"))


def test_who_owns_the_database(uow, monkeypatch: pytest.MonkeyPatch) -> None:
    """The role that owns the tables, the account that owns the file; nobody a desk's copy."""
    assert is_owner(uow)
    if uow.is_sqlite:
        monkeypatch.setattr("ipweek.storage.ownership.os.getuid", lambda: -1, raising=False)
        assert not is_owner(uow)
        monkeypatch.undo()
        monkeypatch.setattr(type(uow), "copy", new_id())
        assert not is_owner(uow)
        return
    guest = f"guest_{new_id().hex}"
    with uow.engine.begin() as connection:
        connection.execute(
            text(f"CREATE ROLE {guest}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {guest}")
        )
    url = uow.engine.url.update_query_dict({"options": f"-c role={guest}"})
    engine = create_engine(url, poolclass=NullPool)
    try:
        assert not is_owner(UnitOfWork(engine))
    finally:
        with uow.engine.begin() as connection:
            connection.execute(text(f"DROP OWNED BY {guest}; DROP ROLE {guest}"))


def test_no_pin_is_kept(world: World, operators: Operators) -> None:
    """Neither the table nor the audit holds one; two of the same PIN look different."""
    with world.uow.read() as session:
        row = session.scalar(select(Operator).where(Operator.key == "wang"))
        told = str(
            [*session.scalars(select(AuditValues.before)), *session.scalars(select(AuditValues.after))]
        )
    assert row.pin.startswith("scrypt$")
    assert PIN not in row.pin
    assert PIN not in told
    assert row.pin not in told
    assert digest_of(PIN) != digest_of(PIN)
    assert fits(PIN, row.pin)
    assert not fits("482614", row.pin)
    assert PIN not in repr(Voucher("Wang", PIN)) + repr(Actor("Wang", "d", pin=PIN)) + repr(
        OperatorChanges(pin=PIN)
    )


@pytest.mark.parametrize("pin", ["123", "1" * 13, "12a4", "12 4", "", "٤٨٢٦"])
def test_what_is_no_pin(pin: str) -> None:
    """Four to twelve digits, of whatever width, and nothing else."""
    with pytest.raises(InvalidError, match="pin-invalid"):
        checked_pin(pin)


def test_names_are_unique_and_clean(operators: Operators) -> None:
    """One name in whatever letters is one operator; what steers a terminal or a spreadsheet is no name."""
    for taken in ("LI", "ｌｉ", " li "):
        with pytest.raises(AlreadyThereError, match="operator-taken"):
            operators.add(LI, taken, OperatorRole.DESK)
    with pytest.raises(AlreadyThereError, match="operator-taken"):
        operators.edit(LI, "Chen", OperatorChanges(name="WANG"))
    for wrong, code in (("", "field-required"), ("x" * 121, "field-too-long"), ("=1+1", "field-formula")):
        with pytest.raises(InvalidError, match=code):
            operators.add(LI, wrong, OperatorRole.DESK)
    assert operators.add(LI, "王\u202e芳\x1b", OperatorRole.DESK).name == "王芳"
    with pytest.raises(NotFoundError, match="operator-missing"):
        operators.edit(LI, "nobody", OperatorChanges(role=OperatorRole.DESK))


def test_one_organizer_stays(world: World, operators: Operators) -> None:
    """The last one is neither removed nor made anything else, unless nobody is left; then everybody may again."""
    with pytest.raises(InvalidError, match="operator-last"):
        operators.edit(LI, "Li", OperatorChanges(role=OperatorRole.SUPERVISOR))
    with pytest.raises(InvalidError, match="operator-last"):
        operators.remove(LI, "Li")
    operators.edit(LI, "Chen", OperatorChanges(role=OperatorRole.ORGANIZER))
    operators.remove(CHEN, "Li")
    operators.remove(CHEN, "Wang")
    operators.remove(CHEN, "Chen")
    assert operators.list() == ()
    with pytest.raises(InvalidError, match="operator-first"):
        operators.add(CHEN, "Chen", OperatorRole.DESK)


def test_who_can_answer_for_it(operators: Operators) -> None:
    """Those with the right, where the operator has it not, or has to show that he is it."""

    def named(actor: Actor, right: Right) -> list[str]:
        return [line.name for line in operators.vouchers(actor, right)]

    assert named(CHEN, Right.OVERRIDE) == ["Li", "Wang"]
    assert named(CHEN, Right.UNMASK) == ["Li"]
    assert named(WANG, Right.OVERRIDE) == ["Li", "Wang"], "he has a PIN to show"
    assert named(Actor("Wang", "d", pin=PIN), Right.OVERRIDE) == []
    assert named(LI, Right.OPERATORS) == []


def test_a_door_goes_with_its_event(world: World, clock: StandingClock) -> None:
    """Whom a door is for hinders nobody from removing an event that nobody came to; an enterprise that it names stays."""
    records = Records(world.uow, clock)
    event = world.add_event("empty")
    checkin = CheckIn(world.uow, clock)
    made = checkin.open_door(LI, "empty")
    checkin.change_door(LI, made, DoorSettings(enterprises=("hei",)))
    assert records.remove(LI, "event", "empty") is False
    for_enterprise(world, own=False)
    assert records.remove(LI, "enterprise", "other") is True, "archived: a door names it"
    assert event is not None
