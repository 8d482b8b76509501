"""The wall as a picture: every figure in its place at every size, in both languages; what is on and what comes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from rich.cells import cell_len

from ipweek.domain.figures import Named
from ipweek.domain.live import Standing
from ipweek.domain.wall import by_time
from ipweek.i18n import _, choose
from ipweek.render import pixels
from ipweek.render.big_text import LEAST_ROWS, largest
from ipweek.render.wall import Look, rows, rows_before, stale
from tests.unit.wall_samples import DAY, MAIN, NOW, SESSIONS, held, wall

MINUTE = timedelta(minutes=1)
SIZES = ((80, 24), (120, 40), (200, 60), (300, 100), (81, 25), (160, 24), (80, 60))
CHECKED = SIZES[:3]


@pytest.fixture(params=["en", "zh"])
def tongue(request: pytest.FixtureRequest) -> Iterator[str]:
    """A language in force."""
    choose(request.param)
    yield request.param
    choose("en")


def lines(shown, size, look=Look(), moment=NOW) -> list[str]:  # noqa: B008 - a frozen value
    """The picture as text, each row held to exactly its width, and all of them to the height."""
    width, height = size
    told = ["".join(text for text, _role in row) for row in rows(shown, moment, width, height, look)]
    assert len(told) == height, size
    assert {cell_len(line) for line in told} == {width}, size
    return told


@pytest.mark.parametrize("size", CHECKED, ids=str)
def test_everything_has_its_place(tongue: str, size: tuple[int, int]) -> None:
    """Clock, names, figures, bar, sessions with room and fill, results and arrivals, none of it cut off by figures."""
    told = lines(wall(said="茶歇 10:45", enterprises=40), size)
    text = "\n".join(told)
    standing = (
        "Patent navigation results release conference",
        _("inside now"),
        _("have left"),
        _("came late"),
    )
    assert all(part in text for part in standing), text
    if size != (200, 60):  # there these are letters of pixels
        assert all(part in text for part in ("专利导航成果发布会", "茶歇 10:45", "72.5 %"))
    for part in (
        _("Now"),
        _("Then"),
        "10:00–11:00",
        "11:00–12:00",
        _("full"),
        _("{n} places left").format(n=33),
    ):
        assert part in text, part
    assert SESSIONS[2].session.name(tongue) in text
    assert MAIN.name(tongue) in text
    assert _("Released today") in text
    assert _("Arrivals, at most {n} in {minutes} min").format(n=40, minutes=15) in text
    hours = next(line for line in told if "09:02" in line)
    columns = 30 if size == (80, 24) else 40
    assert hours.index("10:02") - hours.index("09:02") == columns - 5, (
        "the last hour is under the last column"
    )
    number = pixels.figures("87", 2)
    assert any(number[0] in line for line in told) == (size == (80, 24))
    assert "█" * (size[0] // 2) in text, "the bar"


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_it_fits_whatever_there_is(tongue: str, size: tuple[int, int]) -> None:
    """Nobody yet and ten thousand, no sessions and many, names of any length, with and without everything beside."""
    long = Named("long", "宽" * 300, "wide " * 100)
    many = tuple(held(f"s{number}", "会" * 50, "talk " * 20, number, room=long) for number in range(40))
    nothing = wall(
        standing=Standing(0, 0, 0, 0, 0, None), arrivals=(), enterprises=0, sessions=(), released=()
    )
    most = wall(
        event=long,
        standing=Standing(10_000, 10_000, 1_234, 11_234, 10_900, 5_678),
        sessions=many,
        released=(long,) * 9,
        names=(long,) * 200,
        said="宽" * 200,
    )
    for shown in (nothing, most, wall(said="x", names=())):
        for look in (Look(), Look(both=False, turn=1), Look(turn=3, note="宽" * 200)):
            lines(shown, size, look)
    assert _("Nobody has come yet.") in "\n".join(lines(nothing, size))
    assert _("attended") in "\n".join(lines(nothing, size))


def test_large_figures_grow(tongue: str) -> None:
    """The number of those who came fills a third of any screen, and ten thousand still fit."""
    for width, height in SIZES:
        for number in ("7", "87", "10,000"):
            scale = pixels.scale_for(number, width * 68 // 100, height * 3 // 10)
            drawn = pixels.figures(number, max(scale, 1))
            assert len(drawn[0]) <= width
            assert scale >= 1, (width, height, number)
    assert pixels.figures("1", 1) == [" ▄█  ", "  █  ", "  █  ", " ▀▀▀ "]


def test_names_in_turns(tongue: str) -> None:
    """Both at once, or one after the other; an event of one name shows it at every turn."""
    both = "\n".join(lines(wall(), (80, 24)))
    assert "专利导航成果发布会" in both
    assert "Patent navigation results" in both
    first, second = ("\n".join(lines(wall(), (80, 24), Look(both=False, turn=turn))) for turn in (0, 1))
    assert "专利导航成果发布会" in first
    assert "Patent navigation" not in first
    assert "三大产业" in first
    assert "Patent navigation results release" in second
    assert "专利导航成果发布会" not in second
    assert "Release of the results" in second
    alone = wall(event=Named("x", "只有中文"))
    assert all("只有中文" in lines(alone, (80, 24), Look(both=False, turn=turn))[0] for turn in (0, 1))


def test_figures_that_stand_still_say_since_when(tongue: str) -> None:
    """One line with their time, and with their day where that is past."""
    assert "10:17" in stale(wall(), NOW + 40 * MINUTE)
    assert "2019-04-25 10:17" in stale(wall(), NOW + timedelta(days=1))
    told = lines(wall(), (80, 24), Look(note=stale(wall(), NOW)))
    assert told[-2].strip() == stale(wall(), NOW)
    before = rows_before(wall().event, "Asia/Shanghai", NOW, 80, 24, Look(note="…"))
    assert len(before) == 24
    assert "专利导航成果发布会" in "".join(text for text, _role in before[0])


def test_enterprises_are_named_only_where_they_were_asked_for(tongue: str) -> None:
    """Their count stands there always; the names take turns with the arrivals, a page at a time."""
    names = tuple(
        Named(f"e{number:02}", f"样例{number:02}公司", f"Sample {number:02}") for number in range(30)
    )
    hidden = "\n".join(lines(wall(), (80, 24), Look(turn=1)))
    assert "样例" not in hidden
    assert "Sample" not in hidden
    shown: set[str] = set()
    for turn in range(1, 40, 2):
        told = "\n".join(lines(wall(names=names), (120, 40), Look(turn=turn)))
        shown |= {each.code for each in names if each.name(tongue) in told}
    assert len(shown) == 30


def test_what_is_on_and_what_comes() -> None:
    """From its start until its end; what ends when another begins is over; the next one comes first."""
    shown = wall()
    codes = [each.session.code for each in shown.now(NOW)]
    assert codes == ["talks", "tour"]
    assert [each.session.code for each in shown.coming(NOW)] == ["cases", "exchange"]
    eleven = NOW.replace(hour=3, minute=0)
    assert [each.session.code for each in shown.now(eleven)] == ["tour", "cases"]
    assert [each.session.code for each in shown.now(eleven - MINUTE)] == ["talks", "tour"]


def test_a_session_without_an_end_or_an_hour() -> None:
    """It lasts until another begins in its room, or its day is over; one without an hour is on all day."""
    open_end = held("open", "开放", "Open", 0, 0)
    after = held("after", "之后", "After", 90)
    shown = wall(sessions=by_time((open_end, after)))
    assert [each.session.code for each in shown.now(NOW)] == ["open"]
    assert [each.session.code for each in shown.now(NOW + 80 * MINUTE)] == ["after"]
    alone = wall(sessions=(open_end,))
    assert alone.now(NOW.replace(hour=15, minute=59))
    assert not alone.now(NOW.replace(hour=16, minute=0)), "midnight in Huizhou"
    all_day = held("day", "全天", "All day", 0)
    all_day = replace(all_day, begins=None, ends=None)
    shown = wall(sessions=(all_day,))
    assert shown.now(NOW)
    assert not shown.now(NOW + timedelta(days=1))
    assert [each.day for each in shown.coming(NOW - timedelta(days=1))] == [DAY]


def test_places_left() -> None:
    """Never less than none; unknown where nothing limits it, or nobody books or counts."""
    assert held("a", "", "", 0, taken=30, seats=20).left == 0
    assert held("a", "", "", 0, taken=5, seats=20).left == 15
    assert held("a", "", "", 0, taken=5, seats=None).left is None
    assert held("a", "", "", 0, taken=None, seats=20).left is None


def test_text_in_large_letters() -> None:
    """Chinese and Latin letters as large as there is room for; none where they could not be read."""
    one = largest("茶歇 10:45", 120, 12)
    assert LEAST_ROWS <= len(one) <= 12
    assert all(len(line) <= 120 for line in one)
    assert set("".join(one)) == set(" ▀▄█")
    assert largest("茶歇 10:45", 40, 12) == []
    assert largest("茶歇", 120, LEAST_ROWS - 1) == []
    assert len(largest("茶歇 10:45 二楼东侧咖啡", 120, 24, lines=2)) > LEAST_ROWS
    assert largest("", 100, 20) == []
