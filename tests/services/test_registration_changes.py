"""A registration between the form and the door: corrections, leave, a block, a substitute, an ended event."""

from typing import Any

import pytest
from sqlalchemy import select

from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.people import RegistrationChanges
from ipweek.domain.registrations import NewRegistration, PlaceCounts
from ipweek.domain.words import ImportKind, RegistrationStatus
from ipweek.storage.tables.audit import AuditEntry
from ipweek.storage.tables.people import Registration
from tests.desk import EVENT, Desk, refusal

LED = "样例光电有限公司"
REGISTERED, WAITING, CANCELLED, BLOCKED = (
    RegistrationStatus.REGISTERED,
    RegistrationStatus.WAITING,
    RegistrationStatus.CANCELLED,
    RegistrationStatus.BLOCKED,
)


def edit(desk: Desk, ref: str, **given: Any) -> Any:
    """Change a registration."""
    return desk.registrations.edit(desk.actor, ref, RegistrationChanges(**given))


def line(desk: Desk) -> list[str]:
    """Who waits, the first in line first."""
    return [row.name for row in desk.registrations.waiting_list(EVENT)]


def full(desk: Desk, places: int, *names: str) -> list[Any]:
    """An event of so many places, and these people registered a minute apart."""
    desk.edit("event", EVENT, capacity=str(places))
    made = []
    for number, name in enumerate(names):
        desk.clock.forward(minutes=1)
        made.append(desk.register(name, f"1990000{number:04}"))
    return made


def actions(desk: Desk) -> list[str]:
    """What the trail says was done, in order."""
    with desk.uow.read() as session:
        return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.sequence)))


def test_every_field_is_edited(desk: Desk) -> None:
    """Enterprise, title, category, seat and note change; what is not named stays; an empty text clears."""
    made = desk.register("李雷", "19900001000", LED, title="经理", seat="1-1", note="早到")
    changed = edit(
        desk,
        str(made.id),
        enterprise="惠州华阳有限公司",
        title="总监",
        category="guest",
        seat="2-2",
        note="n",
    )
    assert (changed.enterprise, changed.title, changed.category, changed.seat) == (
        "惠州华阳有限公司",
        "总监",
        "guest",
        "2-2",
    )
    with desk.uow.read() as session:
        assert session.get_one(Registration, made.id).note == "n"
    same = edit(desk, "1", seat=" 3-3 ")
    assert (same.seat, same.title, same.badge_no) == ("3-3", "总监", made.badge_no)
    cleared = edit(desk, "1", enterprise="", title="", category="", seat="")
    assert (cleared.enterprise, cleared.title, cleared.category, cleared.seat) == (
        None,
        None,
        "delegate",
        None,
    )


def test_the_edited_are_found_by_their_new_enterprise(desk: Desk) -> None:
    """Whoever comes for another enterprise is found by either."""
    desk.register("李雷", "19900001000", LED)
    edit(desk, "1", enterprise="惠州华阳有限公司")
    for query in ("hzhy", "华阳", "样例光电"):
        assert desk.registrations.page(EVENT, query).total == 1, query


def test_an_edit_that_changes_nothing_leaves_no_trace(desk: Desk) -> None:
    """The trail tells changes with both values, and nothing where there is none."""
    desk.register("李雷", "19900001000", LED, seat="1-1")
    edit(desk, "1", seat="1-1", enterprise=LED)
    assert "edit" not in actions(desk)
    edit(desk, "1", seat="1-2")
    assert actions(desk).count("edit") == 1


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"seat": "=1+1"}, "field-formula", "seat"),
        ({"enterprise": "@SUM(1)"}, "field-formula", "enterprise"),
        ({"note": "n" * 201}, "field-too-long", "note"),
        ({"category": "c" * 41}, "field-too-long", "category"),
    ],
)
def test_a_bad_edit_changes_nothing(desk: Desk, given: dict[str, str], code: str, field: str) -> None:
    """A field that is refused keeps the others from changing."""
    made = desk.register("李雷", "19900001000", seat="1-1", title="经理")
    params = refusal(InvalidError, code, edit, desk, "1", **{"title": "总监", **given})
    assert params["field"] == field
    assert desk.registrations.show("1") == made


def test_leave_and_back(desk: Desk) -> None:
    """Somebody on leave keeps his place; saying it twice is told once; who has none cannot be on leave."""
    first, second = full(desk, 1, "李雷", "韩梅")
    leave = desk.registrations.leave
    assert leave(desk.actor, "1").on_leave
    assert leave(desk.actor, "1").status is REGISTERED
    assert line(desk) == ["韩梅"]
    assert not leave(desk.actor, "1", on_leave=False).on_leave
    assert actions(desk).count("leave") == 2
    desk.registrations.cancel(desk.actor, str(first.id))
    refusal(InvalidError, "already-cancelled", leave, desk.actor, str(first.id))
    desk.registrations.block(desk.actor, str(second.id))
    refusal(AlreadyThereError, "registration-blocked", leave, desk.actor, str(second.id))


def test_a_block_passes_the_place_on(desk: Desk) -> None:
    """Who is blocked loses his place to the first in line, cannot register again, and is counted apart."""
    full(desk, 1, "李雷", "韩梅", "吉姆")
    told = desk.registrations.block(desk.actor, "1", why="[/b] 冒名\x1b")
    assert (told.registration.status, told.promoted.name) == (BLOCKED, "韩梅")
    assert line(desk) == ["吉姆"]
    assert desk.registrations.counts(EVENT) == PlaceCounts(1, 1, 0, 1, 1)
    refusal(InvalidError, "already-blocked", desk.registrations.block, desk.actor, "1")
    assert (
        refusal(AlreadyThereError, "registration-blocked", desk.register, "李雷", "19900000000")["name"]
        == "李雷"
    )
    assert desk.records.show("event", EVENT).values["taken"] == 1


def test_a_block_of_who_waits_or_cancelled(desk: Desk) -> None:
    """Blocking somebody in line moves nobody up; a cancelled one is not there to be blocked."""
    full(desk, 1, "李雷", "韩梅", "吉姆")
    assert desk.registrations.block(desk.actor, "2").promoted is None
    assert line(desk) == ["吉姆"]
    desk.registrations.cancel(desk.actor, "3")
    refusal(InvalidError, "already-cancelled", desk.registrations.block, desk.actor, "3")


def test_unblocked_where_a_place_is_free(desk: Desk) -> None:
    """With a free place he has it at once; without, he stands at the end of the line."""
    full(desk, 2, "李雷", "韩梅")
    desk.registrations.block(desk.actor, "1")
    assert desk.registrations.unblock(desk.actor, "1").status is REGISTERED
    refusal(InvalidError, "not-blocked", desk.registrations.unblock, desk.actor, "1")
    assert desk.records.show("event", EVENT).values["taken"] == 2
    desk.registrations.block(desk.actor, "1")
    for number, name in enumerate(("吉姆", "露西")):
        desk.clock.forward(minutes=1)
        desk.register(name, f"1990001000{number}")
    desk.clock.forward(minutes=1)
    back = desk.registrations.unblock(desk.actor, "1")
    assert (back.status, back.place_in_line, line(desk)) == (WAITING, 2, ["露西", "李雷"])
    with desk.uow.read() as session:
        assert session.get_one(Registration, back.id).confirmed_at is None


def test_a_substitute_takes_the_place_over(desk: Desk) -> None:
    """At a full event nobody in line moves, the delegate is cancelled, and both names are kept."""
    full(desk, 1, "李雷", "韩梅")
    edit(desk, "1", enterprise=LED, seat="1-1")
    made = desk.register("吉姆", "19900009999", substitute_for="1")
    assert (made.status, made.substitute_for, made.enterprise, made.seat) == (REGISTERED, "李雷", LED, "1-1")
    assert desk.registrations.show("1").status is CANCELLED
    assert line(desk) == ["韩梅"]
    assert desk.registrations.counts(EVENT) == PlaceCounts(1, 1, 1, 1)
    assert desk.records.show("event", EVENT).values["taken"] == 1
    assert made.badge_no != desk.registrations.show("1").badge_no
    refusal(InvalidError, "already-cancelled", desk.registrations.cancel, desk.actor, "1")


def test_a_substitute_of_who_waits_stands_where_he_stood(desk: Desk) -> None:
    """The place in line passes on; what he says himself of enterprise and seat counts."""
    full(desk, 1, "李雷", "韩梅", "吉姆")
    desk.clock.forward(minutes=1)
    made = desk.register("露西", "19900009999", "别家公司", seat="9-9", substitute_for="2")
    assert (made.status, made.place_in_line, made.enterprise, made.seat) == (WAITING, 1, "别家公司", "9-9")
    assert line(desk) == ["露西", "吉姆"]


def test_a_substitute_of_nobody_who_holds_a_place(desk: Desk) -> None:
    """For a cancelled or blocked delegate he takes a free place or waits; his own past is no substitute."""
    full(desk, 1, "李雷", "韩梅")
    desk.registrations.cancel(desk.actor, "1")
    made = desk.register("吉姆", "19900009999", substitute_for="1")
    assert (made.status, made.substitute_for) == (WAITING, "李雷")
    again = desk.register("李雷", "19900000000", substitute_for="1")
    assert (again.status, again.substitute_for) == (WAITING, None)
    refusal(AlreadyThereError, "already-registered", desk.register, "李雷", "19900000000", substitute_for="1")


def test_registered_again_he_substitutes_for_nobody(desk: Desk) -> None:
    """A substitute who cancels and comes back for himself is no substitute any more."""
    desk.register("李雷", "19900001000")
    desk.register("韩梅", "19900001001", substitute_for="1")
    desk.registrations.cancel(desk.actor, "2")
    assert desk.register("韩梅", "19900001001").substitute_for is None
    desk.register("吉姆", "19900001002", substitute_for="2")
    desk.registrations.cancel(desk.actor, "3")
    held = desk.register("露西", "19900001003")
    back = NewRegistration("吉姆", phone="19900001002")
    assert desk.registrations.transfer(desk.actor, str(held.id), back).substitute_for is None


def test_a_transfer_passes_everything_on_but_the_name(desk: Desk) -> None:
    """Place, enterprise, category, seat and sessions go to another person, who is no substitute."""
    desk.add("session", "opening")
    desk.edit("event", EVENT, capacity="1")
    held = desk.register(
        "李雷", "19900000000", LED, seat="1-1", category="media", sessions=("opening",), title="记者"
    )
    desk.register("韩梅", "19900000001")
    made = desk.registrations.transfer(
        desk.actor, str(held.id), NewRegistration("吉姆", phone="19900009999", category="")
    )
    assert (made.status, made.substitute_for, made.enterprise) == (REGISTERED, None, LED)
    assert (made.seat, made.category, made.sessions) == ("1-1", "media", ("opening",))
    assert (made.name, made.title) == ("吉姆", None)
    assert desk.registrations.show(str(held.id)).status is CANCELLED
    assert line(desk) == ["韩梅"]
    assert actions(desk)[-3:] == ["cancel", "register", "transfer"]


def test_what_cannot_be_transferred(desk: Desk) -> None:
    """Not what is cancelled or blocked or not there, not to the same person, and not past a required answer."""
    desk.register("李雷", "19900001000")
    other = NewRegistration("韩梅", phone="19900001001")
    move = desk.registrations.transfer
    refusal(NotFoundError, "registration-missing", move, desk.actor, "9", other)
    same = NewRegistration("李雷", phone="19900001000")
    refusal(AlreadyThereError, "already-registered", move, desk.actor, "1", same)
    desk.add("question", "diet", required="yes")
    refusal(InvalidError, "answer-required", move, desk.actor, "1", other)
    assert desk.registrations.show("1").status is REGISTERED
    desk.records.remove(desk.actor, "question", "diet")
    desk.registrations.block(desk.actor, "1")
    refusal(AlreadyThereError, "registration-blocked", move, desk.actor, "1", other)
    desk.registrations.cancel(desk.actor, "1")
    refusal(InvalidError, "already-cancelled", move, desk.actor, "1", other)


def ended(desk: Desk, how: str) -> None:
    """An event that takes nobody any more."""
    if how == "archived":
        desk.records.remove(desk.actor, "event", EVENT)
        assert desk.records.show("event", EVENT).archived
    else:
        desk.edit("event", EVENT, status=how)


@pytest.mark.parametrize("how", ["closed", "cancelled", "archived"])
def test_an_ended_event_takes_nobody(desk: Desk, how: str, tmp_path: Any) -> None:
    """Neither at the desk nor by transfer nor from a file; who is there is still edited and cancelled."""
    desk.register("李雷", "19900001000")
    ended(desk, how)
    code = "event-archived" if how == "archived" else "event-not-open"
    params = refusal(InvalidError, code, desk.register, "韩梅", "19900001001")
    assert params["event"] == EVENT
    other = NewRegistration("韩梅", phone="19900001001")
    refusal(InvalidError, code, desk.registrations.transfer, desk.actor, "1", other)
    file = tmp_path / "list.csv"
    file.write_text("姓名,手机\n韩梅,19900001001\n", encoding="utf-8")
    for dry in (True, False):
        refusal(
            InvalidError, code, desk.imports.run, desk.actor, ImportKind.REGISTRATIONS, file, EVENT,
            dry_run=dry,
        )  # fmt: skip
    assert edit(desk, "1", seat="1-1").seat == "1-1"
    assert desk.registrations.cancel(desk.actor, "1").promoted is None
    assert desk.registrations.page(EVENT).total == 1


def test_an_open_event_takes_people(desk: Desk) -> None:
    """A planned event and an open one do."""
    assert desk.register("李雷", "19900001000").status is REGISTERED
    desk.edit("event", EVENT, status="open")
    assert desk.register("韩梅", "19900001001").status is REGISTERED
