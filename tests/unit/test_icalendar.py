"""A programme as a calendar, read back by a strict parser and by hand."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream

from ipweek.domain.programme import Entry, Party, Schedule, Slot
from ipweek.domain.starts import Start
from ipweek.domain.words import EventKind, EventStatus
from ipweek.i18n import choose
from ipweek.render.icalendar import calendar, uid, undated

LONG = "软包锂离子电池产业专利导航成果发布暨企业家与专利代理师面对面交流会" * 3
HOSTILE = "A,b;c\\d\nBEGIN:VEVENT \x1b[31m\u202e"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    choose("en")
    yield
    choose("en")


def slot(number: int, start: str | None, end: str | None = None, zone: str = "Asia/Shanghai", **more) -> Slot:
    """A slot at a start and end as they are typed."""
    about = {"name_zh": f"第{number}场", "name_en": f"Talk {number}", "status": EventStatus.PLANNED, **more}
    return Slot(
        UUID(int=number),
        f"talk-{number}",
        about.pop("event", None),
        EventKind.PANEL,
        start=Start.parse(start) if start else None,
        end=Start.parse(end) if end else None,
        zone=zone,
        **about,
    )


def written(*slots: Slot, results: tuple[Party, ...] = (), cases: tuple[Party, ...] = ()) -> bytes:
    """The calendar of these slots."""
    changed = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    entries = tuple(Entry(one, changed, results, cases) for one in slots)
    week = Party("w", "2020年宣传周", "Week 2020")
    return calendar(Schedule(week, slots[0].zone if slots else "Asia/Shanghai", entries))


def parsed(told: bytes) -> Calendar:
    """What a strict parser makes of it."""
    return IcsCalendarStream.calendar_from_ics(told.decode())


@pytest.mark.parametrize(
    ("zone", "start", "moment"),
    [
        ("Asia/Shanghai", "2020-06-15 09:30", "2020-06-15T01:30"),
        ("Asia/Urumqi", "2020-06-15 09:30", "2020-06-15T03:30"),
        ("Europe/Berlin", "2020-06-15 09:30", "2020-06-15T07:30"),
        ("Europe/Berlin", "2020-03-29 01:30", "2020-03-29T00:30"),
        ("Europe/Berlin", "2020-03-29 03:30", "2020-03-29T01:30"),
        ("Europe/Berlin", "2020-12-15 09:30", "2020-12-15T08:30"),
        ("America/Sao_Paulo", "2018-11-04 09:30", "2018-11-04T11:30"),
    ],
)
def test_local_times_are_right(zone: str, start: str, moment: str) -> None:
    """The strict parser reads the hour on the clocks of the week, summer and winter."""
    (found,) = parsed(written(slot(1, start, zone=zone))).events
    assert found.dtstart.astimezone(UTC).replace(tzinfo=None) == datetime.fromisoformat(moment)
    assert found.dtstart.replace(tzinfo=None) == datetime.fromisoformat(start)


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "Asia/Urumqi", "America/New_York", "Europe/Dublin", "Asia/Tehran"]
)
def test_the_zone_itself_tells_every_offset(zone: str) -> None:
    """By RFC 5545 alone, without knowing the zone's name: the latest onset before a moment says its offset."""
    lines = written(slot(1, "2020-06-15 09:30", zone=zone)).decode().split("\r\n")
    observances: list[dict[str, str]] = []
    for line in lines[lines.index("BEGIN:VTIMEZONE") : lines.index("END:VTIMEZONE")]:
        if line in ("BEGIN:STANDARD", "BEGIN:DAYLIGHT"):
            observances.append({})
        elif observances and ":" in line:
            name, _colon, value = line.partition(":")
            observances[-1][name] = value
    onsets = {
        datetime.strptime(one["DTSTART"], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        - _offset(one["TZOFFSETFROM"]): (_offset(one["TZOFFSETTO"]))
        for one in observances
    }
    hour = datetime(2020, 1, 1, tzinfo=UTC)
    while hour.year == 2020:
        told = onsets[max(onset for onset in onsets if onset <= hour)]
        assert told == hour.astimezone(ZoneInfo(zone)).utcoffset(), hour
        hour += timedelta(hours=1)


def _offset(text: str) -> timedelta:
    sign = -1 if text[0] == "-" else 1
    return sign * timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))


def test_what_has_no_hour_is_all_day() -> None:
    """A day, or several of which the last is told as the day after it; no zone moves them."""
    told = written(slot(1, "2020-06-15", zone="Asia/Urumqi"), slot(2, "2020-06-15", "2020-06-17"))
    one, several = parsed(told).events
    assert (one.dtstart, one.dtend) == (date(2020, 6, 15), date(2020, 6, 16))
    assert (several.dtstart, several.dtend) == (date(2020, 6, 15), date(2020, 6, 18))
    assert b"DTSTART;VALUE=DATE:20200615\r\n" in told


def test_an_end_is_told_only_where_it_is_known() -> None:
    """A start alone; an hour to an hour; to the end of a later day."""
    told = written(
        slot(1, "2020-06-15 09:30"),
        slot(2, "2020-06-15 09:30", "2020-06-15 11:00"),
        slot(3, "2020-06-15 09:30", "2020-06-16"),
        slot(4, "2020-06-15 09:30", "2020-06-15"),
    )
    assert told.count(b"DTEND") == 2
    assert [found.end.replace(tzinfo=None).isoformat() for found in parsed(told).events[1:3]] == [
        "2020-06-15T11:00:00",
        "2020-06-17T00:00:00",
    ]


def test_what_has_no_day_is_left_out() -> None:
    """And said so; a calendar of nothing is still one."""
    schedule = Schedule(Party("w", None, None), "Asia/Shanghai", (Entry(slot(1, None), datetime.now(UTC)),))
    assert parsed(calendar(schedule)).events == []
    assert [one.code for one in undated(schedule)] == ["talk-1"]


def test_a_calendar_knows_what_is_what() -> None:
    """The id of the row, the number of changes, what was cancelled, and which event a session is of."""
    whole = slot(1, "2020-06-15", sequence=4, status=EventStatus.CANCELLED)
    part = slot(2, "2020-06-15 09:30", event="talk-1")
    one, two = parsed(written(whole, part)).events
    assert (one.uid, one.sequence, one.status) == (f"{UUID(int=1)}@ipweek", 4, "CANCELLED")
    assert (two.uid, two.status) == (uid(part), "CONFIRMED")
    assert two.related_to[0].uid == one.uid
    assert one.dtstamp == datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_texts_are_escaped_and_folded() -> None:
    """Marks of the format in a name are text; no line has more than 75 octets, none breaks a character."""
    place = {"room": Party("r", LONG, None), "venue": Party("v", HOSTILE, None)}
    told = written(
        slot(
            1, "2020-06-15", name_zh=LONG, name_en=HOSTILE, speakers=(Party("li", "李, 工", None),), **place
        ),
        results=(Party("led", None, "LED; screens"),),
        cases=(Party("a", None, "A v. B"),),
    )
    assert b"\r\n" in told
    assert b"\n" not in told.replace(b"\r\n", b"")
    for line in told.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    (found,) = parsed(told).events
    assert found.summary == "A,b;c\\d BEGIN:VEVENT [31m"
    assert found.location == f"{LONG}, {found.summary}"
    assert found.description == "Speakers: 李, 工\nResults released: LED; screens\nCases: A v. B"
    choose("zh")
    (found,) = parsed(written(slot(1, "2020-06-15", name_zh=LONG, name_en="x"))).events
    assert found.summary == LONG
