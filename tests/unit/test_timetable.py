"""A timetable fits its width in either language, and what is wrong in it is told by name."""

from collections.abc import Iterator
from io import StringIO
from uuid import uuid4

import pytest
from rich.cells import cell_len
from rich.console import Console

from ipweek.domain.programme import Conflict, ConflictKind, Party, Slot, Timetable, conflicts
from ipweek.domain.starts import Start
from ipweek.domain.words import EventKind, EventStatus
from ipweek.i18n import choose
from ipweek.render.conflicts import sentence
from ipweek.render.timetable import terminal
from ipweek.render.timetable_layout import bands

WIDE = "软包锂离子电池产业专利导航成果发布会" * 5
ONE, TWO = Party("one", "甲场", "Morning"), Party("two", "乙场", "Noon")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    choose("en")
    yield
    choose("en")


def slot(code: str, start: str | None, room: str | None = None, **more) -> Slot:
    """A session of the event `fair`, or the event itself."""
    about = {"event": None if code == "fair" else "fair", "status": EventStatus.PLANNED, "end": None, **more}
    end = about.pop("end")
    return Slot(
        uuid4(),
        code,
        about.pop("event"),
        EventKind.PANEL,
        about.pop("name_zh", WIDE),
        about.pop("name_en", f"{code} [red]x[/] \x1b[31m {WIDE}"),
        about.pop("status"),
        Start.parse(start) if start else None,
        Start.parse(end) if end else None,
        "Asia/Shanghai",
        venue=Party("hall", WIDE, f"Hall {WIDE}"),
        room=Party(room, f"{room}{WIDE}", f"Room {room} {WIDE}") if room else None,
        **about,
    )


def table(*slots: Slot) -> Timetable:
    """These slots with what is wrong among them."""
    return Timetable("w", "Asia/Shanghai", slots, conflicts(slots))


def printed(timetable: Timetable, width: int = 80) -> list[str]:
    """The lines of a terminal of that width."""
    out = StringIO()
    console = Console(file=out, width=width, markup=False, highlight=False, emoji=False)
    console.print(terminal(timetable, width))
    return out.getvalue().splitlines()


DAY = (
    slot("fair", "2020-06-15"),
    slot("a", "2020-06-15 09:00", "r1", end="2020-06-15 11:00", speakers=(Party("li", WIDE, None),)),
    slot("b", "2020-06-15 09:00", "r2"),
    slot("c", "2020-06-15 10:00", "r1"),
    slot("d", "2020-06-15 10:00", "r3", status=EventStatus.CANCELLED),
    slot("e", "2020-06-15 14:00"),
    slot("f", "2020-06-15"),
    slot("g", None),
)


@pytest.mark.parametrize("tongue", ["en", "zh"])
@pytest.mark.parametrize("width", [80, 100, 120])
@pytest.mark.parametrize("more", [(), (slot("h", "2020-06-15 10:00", "r4"),)])
def test_no_line_is_too_wide(tongue: str, width: int, more: tuple[Slot, ...]) -> None:
    """Names of double width, markup and escape sequences among them: nothing wraps, nothing steers."""
    choose(tongue)
    lines = printed(table(*DAY, *more), width)
    assert max(map(cell_len, lines)) <= width
    assert not any("\x1b" in line for line in lines)


def rooms_beside_one_another(timetable: Timetable, width: int) -> int:
    """How many sessions stand on one line."""
    return max(sum(cell.spot is not None for cell in band.cells) for band in bands(timetable, width))


@pytest.mark.parametrize(("rooms", "width", "beside"), [(3, 80, 3), (4, 80, 1), (4, 120, 4), (5, 120, 1)])
def test_rooms_stand_beside_one_another_as_far_as_they_fit(rooms: int, width: int, beside: int) -> None:
    """Three at 80 columns, four at 120; more become a list by time."""
    found = table(*(slot(f"s{n}", "2020-06-15 09:00", f"r{n}") for n in range(rooms)))
    assert rooms_beside_one_another(found, width) == beside


def test_what_is_said_of_a_day() -> None:
    """Rooms over their sessions, what goes on, what has no room or hour, what is cancelled, what is wrong."""
    lines = printed(
        table(
            slot("fair", "2020-06-15", name_en="Fair"),
            slot("a", "2020-06-15 09:00", "r1", end="2020-06-15 11:00", name_en="Long talk"),
            slot("b", "2020-06-15 10:00", "r2", name_en="Short talk", status=EventStatus.CANCELLED),
            slot("c", "2020-06-15 10:00", "r1", name_en="In the way"),
            slot("d", "2020-06-15 14:00", name_en="Walk"),
            slot("e", "2020-06-15", name_en="Sometime"),
            slot("f", None, name_en="Someday", event=None),
        )
    )
    text = "\n".join(lines)
    assert lines[0] == "Mon 15 June 2020"
    order = ["Fair", "Room r1", "09:00  Long talk", "10:00  In the way", "No room yet", "14:00", "Walk",
             "No time stated", "Sometime", "No day stated", "Someday", "Conflicts: 1", "! Room r1"]  # fmt: skip
    places = [text.index(word) for word in order]
    assert places == sorted(places)
    assert "× cancelled" in text
    assert text.count("! conflict") == 2


def test_what_goes_on_is_marked() -> None:
    """A bar stands where a room is still taken; a cursor may stop where it is free."""
    found = table(
        slot("a", "2020-06-15 09:00", "r1", end="2020-06-15 11:00"),
        slot("b", "2020-06-15 10:00", "r2"),
        slot("c", "2020-06-15 11:00", "r2"),
    )
    rows = [band for band in bands(found, 80, free=True) if len(band.cells) == 3]
    texts = [[cell.lines[0][0][:1] for cell in band.cells[1:]] for band in rows]
    assert texts == [["a", "·"], ["│", "b"], ["·", "c"]]
    free = [cell.spot for band in rows for cell in band.cells if cell.spot and not cell.spot.slot]
    assert [(f"{spot.at:%H:%M}", spot.room.code) for spot in free] == [("09:00", "r2"), ("11:00", "r1")]


@pytest.mark.parametrize(
    ("conflict", "english", "chinese"),
    [
        (
            Conflict(ConflictKind.ROOM_TWICE, "one", "two", Party("r", "大厅", "Hall"), named=(ONE, TWO)),
            "Hall is taken twice at the same time: Morning, and Noon.",
            "大厅在同一时间安排了两场：甲场和乙场。",
        ),
        (
            Conflict(ConflictKind.SPEAKER_TWICE, "one", "two", Party("li", "李工", None), named=(ONE, TWO)),
            "李工 is in two places at the same time: Morning, and Noon.",
            "李工在同一时间须出席两场：甲场和乙场。",
        ),
        (
            Conflict(ConflictKind.OUTSIDE_EVENT, "one", "two", named=(ONE, TWO)),
            "Morning is not within the time of its event, Noon.",
            "甲场不在所属活动乙场的时间之内。",
        ),
        (
            Conflict(
                ConflictKind.ROOM_TOO_SMALL,
                "one",
                subject=Party("r", "大厅", "Hall"),
                count=1200,
                limit=80,
                named=(ONE,),
            ),
            "Hall holds 80, but 1,200 are registered: Morning.",
            "大厅可容纳 80 人，但甲场已报名 1,200 人。",
        ),
        (
            Conflict(ConflictKind.PEOPLE_TWICE, "one", "two", count=3, named=(ONE, TWO)),
            "3 enrolled in two places at the same time: Morning, and Noon.",
            "3 人同时报名了时间重叠的两场：甲场和乙场。",
        ),
    ],
    ids=lambda value: value.kind.value if isinstance(value, Conflict) else "",
)
def test_a_conflict_is_told_by_name(conflict: Conflict, english: str, chinese: str) -> None:
    """In the language in force; of each kind."""
    assert sentence(conflict) == english
    choose("zh")
    assert sentence(conflict) == chinese


def test_names_that_are_alike_are_told_apart() -> None:
    """By their codes; what is being typed is called so."""
    same = (Party("one", None, "Talk"), Party("two", None, "Talk"))
    conflict = Conflict(ConflictKind.ROOM_TWICE, "one", "two", Party("r", None, "Hall"), named=same)
    assert sentence(conflict).endswith("Talk (one), and Talk (two).")
    assert sentence(conflict, "two").endswith("Talk, and this one.")
