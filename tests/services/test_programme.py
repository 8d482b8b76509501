"""The programme: what is on when, what cannot be, copies and cancellations."""

import pytest

from ipweek.domain.errors import AlreadyThereError, InvalidError
from ipweek.domain.programme import ConflictKind
from ipweek.services.base import Clock
from ipweek.services.programme import Programme
from tests.desk import EVENT, Desk, refusal, typed

MORNING = {"start": "2019-04-25 09:30", "end": "2019-04-25 11:30"}
OVERLAPPING = {"start": "2019-04-25 11:00", "end": "2019-04-25 12:00"}
AFTERWARDS = {"start": "2019-04-25 11:30", "end": "2019-04-25 12:00"}


@pytest.fixture
def programme(desk: Desk, clock: Clock) -> Programme:
    """The service beside a desk with a hall of ten seats and two speakers."""
    desk.add("venue", "hall")
    desk.add("room", "hall-1", capacity="10")
    desk.add("room", "hall-2")
    for code in ("li", "wang"):
        desk.add("speaker", code)
    return Programme(desk.uow, clock)


def kinds(programme: Programme) -> list[tuple[ConflictKind, str, str | None]]:
    """What is wrong in the week."""
    found = programme.timetable("huizhou-2019").conflicts
    return [(each.kind, each.first, each.second) for each in found]


def test_a_room_in_two_places(desk: Desk, programme: Programme) -> None:
    """Two sessions in one room at one time clash; one that begins when the other ends does not."""
    desk.add("session", "one", room="hall-1", **MORNING)
    desk.add("session", "two", room="hall-1", **OVERLAPPING)
    assert kinds(programme) == [(ConflictKind.ROOM_TWICE, "one", "two")]
    desk.edit("session", "two", **AFTERWARDS)
    assert kinds(programme) == []
    desk.edit("session", "two", room="hall-2", **OVERLAPPING)
    assert kinds(programme) == []


def test_a_speaker_in_two_places(desk: Desk, programme: Programme) -> None:
    """Who speaks in one session cannot moderate another at the same time, of whatever event."""
    desk.add("event", "other", start="2019-04-25")
    desk.add("session", "one", speakers="li; wang", **MORNING)
    desk.add("session", "two", event="other", moderators="li", **OVERLAPPING)
    assert kinds(programme) == [(ConflictKind.SPEAKER_TWICE, "one", "two")]
    assert programme.timetable_of("other").conflicts[0].subject.code == "li"


@pytest.mark.parametrize(
    ("event", "session", "outside"),
    [
        ({"start": "2019-04-25"}, {"start": "2019-04-26"}, True),
        ({"start": "2019-04-25"}, {"start": "2019-04-25 08:00"}, False),
        ({"start": "2019-04-25 09:00"}, {"start": "2019-04-25 08:00"}, True),
        ({"start": "2019-04-25", "end": "2019-04-26"}, {"start": "2019-04-26"}, False),
        ({"start": "2019-04-25 09:00", "end": "2019-04-25 12:00"}, MORNING, False),
        ({"start": "2019-04-25 09:00", "end": "2019-04-25 11:00"}, MORNING, True),
        ({"start": ""}, {"start": "2019-04-26"}, False),
        ({"start": "2019-04-25"}, {}, False),
    ],
)
def test_a_session_outside_its_event(
    desk: Desk, programme: Programme, event: dict[str, str], session: dict[str, str], outside: bool
) -> None:
    """By the day where no hour is stated, by the minute where both are; what nobody stated is not outside."""
    desk.edit("event", EVENT, **event)
    desk.add("session", "one", **session)
    assert (kinds(programme) == [(ConflictKind.OUTSIDE_EVENT, "one", EVENT)]) is outside


def test_a_room_smaller_than_what_is_registered(desk: Desk, programme: Programme) -> None:
    """Eleven at the event do not fit into a room of ten, unless fewer are enrolled in the session."""
    desk.add("session", "one", room="hall-1", **MORNING)
    for number in range(11):
        desk.register(f"来宾{number}")
    (found,) = programme.timetable_of("one").conflicts
    assert (found.kind, found.count, found.limit) == (ConflictKind.ROOM_TOO_SMALL, 11, 10)


def test_people_enrolled_in_two_sessions_at_once(desk: Desk, programme: Programme) -> None:
    """Overlapping sessions tell how many chose both."""
    desk.add("session", "one", **MORNING)
    desk.add("session", "two", **OVERLAPPING)
    desk.register("张伟", sessions=("one", "two"))
    desk.register("李静", sessions=("one",))
    (found,) = programme.timetable("huizhou-2019").conflicts
    assert (found.kind, found.first, found.second, found.count) == (
        ConflictKind.PEOPLE_TWICE,
        "one",
        "two",
        1,
    )


def test_what_is_cancelled_disturbs_nobody(desk: Desk, programme: Programme) -> None:
    """A cancelled session leaves its room, and an event takes its sessions along."""
    desk.add("session", "one", room="hall-1", **MORNING)
    desk.add("session", "two", room="hall-1", **OVERLAPPING)
    assert programme.cancel(desk.actor, "two") == ("two",)
    assert kinds(programme) == []
    assert refusal(InvalidError, "cancelled-already", programme.cancel, desk.actor, "two")["code"] == "two"
    assert programme.cancel(desk.actor, EVENT) == (EVENT, "one")
    assert desk.records.show("session", "one").values["status"] == "cancelled"


def test_conflicts_are_known_before_anything_is_saved(desk: Desk, programme: Programme) -> None:
    """A form's values are held against the week as they are typed; nothing is written."""
    desk.add("session", "one", room="hall-1", **MORNING)
    desk.add("session", "two", room="hall-2", **OVERLAPPING)
    values = typed("session", {"room": "hall-1"})
    (found,) = programme.conflicts_of("session", "two", values)
    assert found.kind is ConflictKind.ROOM_TWICE
    new = typed("session", {"event": EVENT, "room": "hall-2", "kind": "panel", **AFTERWARDS})
    (found,) = programme.conflicts_of("session", None, new)
    assert (found.kind, found.second) == (ConflictKind.ROOM_TWICE, "…")
    assert desk.records.show("session", "two").values["room"] == "hall-2"
    assert desk.records.count("session") == 2


def test_copying_an_event(desk: Desk, programme: Programme) -> None:
    """Its sessions come along, moved by as many days, at the same hours, planned anew; people do not."""
    desk.add("session", "one", room="hall-1", speakers="li", **MORNING)
    desk.register("张伟")
    programme.cancel(desk.actor, "one")
    made = programme.copy(desk.actor, EVENT, "release-2020", typed("event", {"start": "2020-04-24"}))
    assert (made.code, str(made.values["start"]), made.values["taken"]) == ("release-2020", "2020-04-24", 0)
    (part,) = desk.records.list("session", "release-2020")
    assert (part.code, str(part.values["start"]), str(part.values["end"])) == (
        "release-2020-one",
        "2020-04-24 09:30",
        "2020-04-24 11:30",
    )
    assert (part.values["speakers"], part.values["status"]) == (("li",), "planned")
    refusal(AlreadyThereError, "code-taken", programme.copy, desk.actor, "one", EVENT)


def test_a_calendar_learns_of_changes(desk: Desk, programme: Programme) -> None:
    """The number goes up with what a calendar shows, and stays where nothing of it changed."""
    desk.add("session", "one", **MORNING)

    def sequence() -> int:
        return next(slot.sequence for slot in programme.timetable("huizhou-2019").slots if slot.code == "one")

    assert sequence() == 0
    desk.edit("session", "one", note="quiet")
    assert sequence() == 0
    desk.edit("session", "one", room="hall-1")
    desk.edit("session", "one", start="2019-04-25 09:00")
    assert sequence() == 2
    programme.cancel(desk.actor, "one")
    assert sequence() == 3


def test_the_order_of_the_day(desk: Desk, programme: Programme) -> None:
    """By time, an event before its sessions, the undated last."""
    desk.add("event", "someday")
    desk.add("event", "early", start="2019-04-24")
    desk.add("session", "late", start="2019-04-25 14:00")
    desk.add("session", "soon", start="2019-04-25 09:00")
    codes = [slot.code for slot in programme.timetable("huizhou-2019").slots]
    assert codes == ["early", EVENT, "soon", "late", "someday"]


@pytest.mark.parametrize(
    ("start", "end", "to", "moved"),
    [
        ("2019-04-25 09:30", "2019-04-25 11:30", "2019-04-26 14:00", "2019-04-26 16:00"),
        ("2019-04-25 22:00", "2019-04-26 01:00", "2019-04-26 23:00", "2019-04-27 02:00"),
        ("2019-04-25 09:30", "2019-04-26", "2020-01-01", "2020-01-02"),
        ("2019-04-25", "2019-04-25 12:00", "2019-05-01 09:00", "2019-05-01 12:00"),
        ("2019-04-25", "", "2019-05-01", "None"),
    ],
)
def test_a_copy_lasts_as_long(
    desk: Desk, programme: Programme, start: str, end: str, to: str, moved: str
) -> None:
    """A start that is moved takes the end along, unless one is given."""
    desk.add("session", "one", start=start, end=end)
    made = programme.copy(desk.actor, "one", "two", typed("session", {"start": to}))
    assert (str(made.values["start"]), str(made.values["end"])) == (to, moved)
    given = typed("session", {"start": to, "end": "2030-01-01"})
    assert str(programme.copy(desk.actor, "one", "three", given).values["end"]) == "2030-01-01"
