"""Places in sessions: each has a line of its own, and only who is registered at the event stands in it."""

from typing import Any

import pytest
from openpyxl import Workbook

from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.people import RegistrationChanges
from ipweek.domain.registrations import NewRegistration, Registered
from ipweek.domain.words import ImportKind, RegistrationStatus
from tests.desk import EVENT, Desk, refusal

REGISTERED, WAITING = RegistrationStatus.REGISTERED, RegistrationStatus.WAITING


@pytest.fixture
def talk(desk: Desk) -> Desk:
    """A desk whose event has a session `talk` of one place and one, `open`, without a limit."""
    desk.add("session", "talk", capacity="1")
    desk.add("session", "open")
    return desk


def coming(desk: Desk, *names: str, sessions: tuple[str, ...] = ("talk",), **given: Any) -> list[Registered]:
    """Registered a minute apart."""
    made = []
    for name in names:
        desk.clock.forward(minutes=1)
        made.append(desk.register(name, sessions=sessions, **given))
    return made


def seats(desk: Desk, *rows: Registered) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Sessions with a place and without one, as of now."""
    now = [desk.registrations.show(str(row.id)) for row in rows]
    return [(row.sessions, row.sessions_waiting) for row in now]


def taken(desk: Desk, session: str = "talk") -> int:
    """How many places the session says are taken."""
    return int(desk.records.show("session", session).values["taken"])


HAS, WAITS, NONE = (("talk",), ()), ((), ("talk",)), ((), ())


def test_a_full_session_has_a_line(talk: Desk) -> None:
    """The last place goes to who comes first; leaving gives it to the first in line; twice is told."""
    rows = coming(talk, "李雷", "韩梅", "吉姆")
    enrol, unenrol, actor = talk.registrations.enrol, talk.registrations.unenrol, talk.actor
    assert seats(talk, *rows) == [HAS, WAITS, WAITS]
    assert refusal(AlreadyThereError, "already-enrolled", enrol, actor, "2", "talk")["name"] == "韩梅"
    done = unenrol(actor, "1", "talk")
    assert (done.registration.sessions, done.promoted and done.promoted.name) == ((), "韩梅")
    assert seats(talk, *rows) == [NONE, HAS, WAITS]
    refusal(NotFoundError, "enrolment-missing", unenrol, actor, "1", "talk")
    assert unenrol(actor, "3", "talk").promoted is None, "who only waits gives nobody a place"
    assert enrol(actor, "1", "open").sessions == ("open",)
    assert (taken(talk), taken(talk, "open")) == (1, 1)


def test_who_may_not_enrol(talk: Desk) -> None:
    """A session of another event, a session that is not there, and a registration that ended."""
    talk.add("event", "exchange")
    talk.add("session", "other", event="exchange")
    coming(talk, "李雷", sessions=())
    enrol, actor = talk.registrations.enrol, talk.actor
    refusal(InvalidError, "session-of-other-event", enrol, actor, "1", "other")
    refusal(NotFoundError, "record-missing", enrol, actor, "1", "nothing")
    talk.registrations.cancel(actor, "1")
    refusal(InvalidError, "already-cancelled", enrol, actor, "1", "talk")


def test_raising_the_capacity_promotes(talk: Desk) -> None:
    """In the order of the line, as many as there is room for; it cannot be lowered below what is taken."""
    rows = coming(talk, "李雷", "韩梅", "吉姆")
    talk.edit("session", "talk", capacity="2")
    assert seats(talk, *rows) == [HAS, HAS, WAITS]
    assert taken(talk) == 2
    refusal(InvalidError, "capacity-below-taken", talk.edit, "session", "talk", capacity="1")


@pytest.mark.parametrize("ended", ["cancel", "block"])
def test_an_ended_registration_gives_its_sessions_back(talk: Desk, ended: str) -> None:
    """The first in line has the place; registered again, or let in again, he stands at the end of the line."""
    rows = coming(talk, "李雷", "韩梅", "吉姆")
    getattr(talk.registrations, ended)(talk.actor, "1")
    assert seats(talk, *rows) == [NONE, HAS, WAITS]
    assert taken(talk) == 1
    talk.clock.forward(minutes=1)
    if ended == "cancel":
        talk.register("李雷")
    else:
        talk.registrations.unblock(talk.actor, "1")
    assert seats(talk, *rows) == [WAITS, HAS, WAITS]
    for name, expected in (("韩梅", [WAITS, NONE, HAS]), ("吉姆", [HAS, NONE, NONE])):
        talk.registrations.cancel(talk.actor, {"韩梅": "2", "吉姆": "3"}[name])
        assert seats(talk, *rows) == expected, name


def test_without_a_place_at_the_event_no_place_in_a_session(talk: Desk) -> None:
    """Who waits for the event takes no seat from who is registered; moving up, he takes what is free."""
    talk.edit("event", EVENT, capacity="1")
    rows = coming(talk, "李雷", sessions=()) + coming(talk, "韩梅")
    assert seats(talk, *rows) == [NONE, WAITS]
    assert taken(talk) == 0
    talk.registrations.enrol(talk.actor, "1", "talk")
    assert seats(talk, *rows) == [HAS, WAITS]
    talk.registrations.cancel(talk.actor, "1")
    assert seats(talk, *rows) == [NONE, HAS]
    assert taken(talk) == 1


@pytest.mark.parametrize("for_good", [False, True])
def test_a_successor_has_the_seat_at_once(talk: Desk, for_good: bool) -> None:
    """Substitute or transfer: nobody in line moves; what the successor does not want goes to the line."""
    rows = coming(talk, "李雷", "韩梅", "吉姆")
    if for_good:
        new = talk.registrations.transfer(talk.actor, "1", NewRegistration("露西"))
    else:
        new = talk.register("露西", substitute_for="1")
    assert seats(talk, new, *rows) == [HAS, NONE, WAITS, WAITS]
    other = talk.register("安娜", substitute_for=str(new.id), sessions=("open",))
    assert seats(talk, other, new, *rows) == [(("open",), ()), NONE, NONE, HAS, WAITS]
    assert taken(talk) == 1


def test_a_successor_in_line_stands_where_the_other_stood(talk: Desk) -> None:
    """The place in the line of a session passes on too."""
    rows = coming(talk, "李雷", "韩梅", "吉姆")
    talk.clock.forward(minutes=1)
    new = talk.register("露西", substitute_for="2")
    talk.registrations.unenrol(talk.actor, "1", "talk")
    assert seats(talk, new, *rows) == [HAS, NONE, NONE, WAITS]


def test_sessions_and_leave_are_edited_with_the_rest(talk: Desk) -> None:
    """All sessions at once: the new are taken, the others given back; nobody ended may have any."""
    rows = coming(talk, "李雷", "韩梅")
    edit = talk.registrations.edit
    made = edit(talk.actor, "1", RegistrationChanges(sessions=("open",), on_leave=True, seat="1-1"))
    assert (made.sessions, made.on_leave, made.seat) == (("open",), True, "1-1")
    assert seats(talk, *rows) == [(("open",), ()), HAS]
    assert edit(talk.actor, "1", RegistrationChanges(seat="1-2")).sessions == ("open",)
    assert edit(talk.actor, "1", RegistrationChanges(sessions=())).sessions == ()
    assert taken(talk, "open") == 0
    talk.registrations.cancel(talk.actor, "1")
    params = refusal(
        InvalidError, "already-cancelled", edit, talk.actor, "1", RegistrationChanges(seat="9", sessions=())
    )
    assert params["registration"] == "1"
    assert talk.registrations.show("1").seat == "1-2"


def test_the_trail_tells_of_sessions(talk: Desk) -> None:
    """Enrolling, leaving and moving up are each one entry about the registration."""
    rows = coming(talk, "李雷", "韩梅")
    talk.registrations.unenrol(talk.actor, "1", "talk")
    talk.registrations.enrol(talk.actor, "1", "open")
    lines = [(line.action, line.record_id) for line in talk.audit.lines(3)]
    assert set(lines) == {("unenrol", rows[0].id), ("promote", rows[1].id), ("enrol", rows[0].id)}
    assert talk.audit.broken() == ()


def test_an_import_fills_a_session_and_no_more(talk: Desk, tmp_path: Any) -> None:
    """In the order of the rows; who gets no seat waits for it, and the import says from which row on."""
    book = Workbook()
    sheet = book.active
    sheet.append(["姓名", "手机号码", "参加场次"])
    for number in range(4):
        sheet.append([f"来宾{number}", f"1990000{number:04}", "talk"])
    book.save(tmp_path / "people.xlsx")
    report = talk.imports.run(talk.actor, ImportKind.REGISTRATIONS, tmp_path / "people.xlsx", EVENT)
    assert report.added == 4
    assert [(one.row, one.code, one.params["count"]) for one in report.problems] == [(3, "session-full", 3)]
    rows = talk.registrations.page(EVENT).rows
    assert seats(talk, *rows) == [HAS, WAITS, WAITS, WAITS]
    assert taken(talk) == 1
    talk.edit("session", "talk", capacity="2")
    assert seats(talk, *rows) == [HAS, HAS, WAITS, WAITS], "the line is in the order of the file"


def test_who_came_instead(talk: Desk) -> None:
    """Both name each other, and the latest of several is meant."""
    coming(talk, "李雷", sessions=())
    new = talk.register("露西", substitute_for="1")
    old = talk.registrations.show("1")
    assert (old.replaced_by, old.replaced_by_id) == ("露西", new.id)
    assert (new.substitute_for, new.substitute_for_id) == ("李雷", old.id)
    assert new.replaced_by is None
