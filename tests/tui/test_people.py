"""The attendee list: it opens at a window, is searched by typing, sorted by a key, and leads on."""

import asyncio
import threading
from typing import Any

import pytest

from ipweek.bootstrap import App
from ipweek.domain.registrations import NewRegistration, RegistrationPage
from ipweek.storage.queries import registration_search
from ipweek.tui.app import IpweekApp
from ipweek.tui.foresight import Foresight
from ipweek.tui.screens import people
from ipweek.tui.screens.enterprise import EnterpriseScreen
from ipweek.tui.screens.people import PeopleScreen
from ipweek.tui.widgets.entry import Entry
from tests.tui.steps import settled, shown, until


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window of five, so that a few people are a long list."""
    monkeypatch.setattr(people, "PAGE", 5)


def _register(work: App, name: str, **given: Any) -> None:
    work.registrations.register(work.actor, "release", NewRegistration(name, **given))


def _crowd(work: App, count: int) -> None:
    for number in range(count):
        _register(work, f"Guest {number:03}", enterprise="acme")


def _listed(app: IpweekApp) -> list[str]:
    screen = app.screen
    assert isinstance(screen, PeopleScreen)
    return [row.name for row in screen.rows.rows]


def _position(app: IpweekApp) -> str:
    return shown(app).splitlines()[1].split("  ")[-1].strip()


async def test_scrolling_reads_on(work: App, app: IpweekApp, small_pages: None) -> None:
    """The list has one window at first and all of it at the end, each person once, in order."""
    _crowd(work, 32)
    everybody = [row.name for row in work.registrations.page("release").rows]
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        assert _listed(app) == everybody[:5]
        assert _position(app) == "1 of 36"
        for _page in range(9):
            await pilot.press("end")
            await settled(pilot)
        assert _listed(app) == everybody
        assert _position(app) == "36 of 36"


@pytest.mark.parametrize("typed", ["zm", "zhouming", "周明", "5678", "badge"])
async def test_typing_in_the_list_searches(work: App, app: IpweekApp, typed: str) -> None:
    """Initials, full pinyin, characters, the end of the phone and the badge number find one and the same."""
    _register(work, "周明", enterprise="Zeta", phone="199 0000 5678")
    if typed == "badge":
        typed = work.registrations.page("release", "5678").rows[0].badge_no or ""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        await pilot.press(*typed)
        await settled(pilot)
        assert _listed(app) == ["周明"]
        assert "1 of 1" in shown(app)
        await pilot.press("escape")
        await settled(pilot)
        assert len(_listed(app)) > 1, "Esc ends the search before it leaves"


async def test_rows_do_not_wait_for_their_number(
    work: App, app: IpweekApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where many match, those in front stand there before it is known how many there are."""
    monkeypatch.setattr(registration_search, "FEW", 10)
    goes_on, counted = threading.Event(), work.registrations.count

    def slow(*given: Any) -> int:
        goes_on.wait(10)
        return counted(*given)

    monkeypatch.setattr(work.registrations, "count", slow)
    _crowd(work, 12)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        await pilot.press(*"guest")
        await until(pilot, lambda: len(_listed(app)) == 12)
        assert _position(app) == "1 of 10+"
        goes_on.set()
        await settled(pilot)
        assert _position(app) == "1 of 12"


async def test_the_newest_search_wins(work: App, app: IpweekApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that comes after more was typed is not shown, and what was typed last is."""
    waits, goes_on = threading.Event(), threading.Event()
    page = work.registrations.page

    def slow(event: str, query: str = "", **about: Any) -> RegistrationPage:
        if query == "l":
            waits.set()
            assert goes_on.wait(5)
        return page(event, query, **about)

    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        monkeypatch.setattr(work.registrations, "page", slow)
        await pilot.press("l")
        await until(pilot, waits.is_set)
        before = _listed(app)
        await pilot.press("j")
        assert _listed(app) == before
        goes_on.set()
        await settled(pilot)
        assert _listed(app) == ["李静"]


async def test_one_key_sorts_by_the_next_order(work: App, app: IpweekApp) -> None:
    """Four orders, each named in the title; by seat the seat is the first column and 2 stands before 10."""
    for name, enterprise, seat in (("Abe", "Zeta", "10"), ("Bob", "Yota", "2")):
        _register(work, name, enterprise=enterprise, seat=seat)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        assert "by pinyin" in shown(app).splitlines()[1]
        assert _listed(app).index("Abe") < _listed(app).index("Bob")
        await pilot.press("f4")
        await settled(pilot)
        assert "by enterprise" in shown(app).splitlines()[1]
        assert _listed(app).index("Abe") > _listed(app).index("Bob")
        await pilot.press("f4")
        await settled(pilot)
        assert "by rank" in shown(app).splitlines()[1]
        await pilot.press("f4")
        await settled(pilot)
        assert "by seat" in shown(app).splitlines()[1]
        assert shown(app).splitlines()[3].split()[0] == "Seat"
        assert _listed(app)[:2] == ["Bob", "Abe"]
        await pilot.press("f4")
        await settled(pilot)
        assert "by pinyin" in shown(app).splitlines()[1]


async def test_the_same_name_is_told_apart(work: App, app: IpweekApp) -> None:
    """Two of one name show their titles and the ends of their phone numbers, however narrow the screen."""
    _register(work, "王芳", enterprise="acme", title="Engineer", phone="199 0000 1111")
    _register(work, "王芳", enterprise="Zeta", title="Lawyer", phone="199 0000 2222")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        lines = [line for line in shown(app).splitlines() if "王芳" in line]
        assert len(lines) == 2
        for line, title, tail in zip(lines, ("Engineer", "Lawyer"), ("1111", "2222"), strict=True):
            assert title in line
            assert tail in line


async def test_links_lead_on(app: IpweekApp) -> None:
    """Enter opens the person; F6 opens his enterprise, or says that there is none."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        await pilot.press(*"lijing")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert "李静" in shown(app).splitlines()[1]
        await pilot.press("escape")
        await settled(pilot)
        await pilot.press("f6")
        await settled(pilot)
        assert isinstance(app.screen, EnterpriseScreen)
        await pilot.press("escape", "escape")
        await settled(pilot)
        await pilot.press(*"宽宽")
        await settled(pilot)
        await pilot.press("f6")
        await settled(pilot)
        assert isinstance(app.screen, PeopleScreen)
        assert "Comes for no enterprise" in shown(app)


async def test_coming_back_keeps_the_person(work: App, app: IpweekApp, small_pages: None) -> None:
    """Whoever was registered meanwhile moves the list, and the cursor stays with whom it was on."""
    _crowd(work, 32)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        for _page in range(3):
            await pilot.press("end")
            await settled(pilot)
        screen = app.screen
        assert isinstance(screen, PeopleScreen)
        before, place = screen.rows.chosen, screen.rows.cursor
        await pilot.press("enter")
        await settled(pilot)
        _register(work, "Guest 011a")
        await pilot.press("escape")
        await settled(pilot)
        assert before is not None
        assert screen.rows.chosen is not None
        assert screen.rows.chosen.id == before.id
        assert screen.rows.cursor == place + 1
        assert "of 37" in _position(app)


async def test_f2_corrects_whoever_is_under_the_cursor(work: App, app: IpweekApp) -> None:
    """As in every list; and who was replaced is not merely cancelled."""
    _register(work, "周明", substitute_for=str(work.registrations.page("release", "李静").rows[0].id))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("people")
        await settled(pilot)
        await pilot.press(*"lijing")
        await settled(pilot)
        assert "replaced" in shown(app)
        await pilot.press("f2")
        await settled(pilot)
        assert "Correct: 李静" in shown(app)


@pytest.mark.parametrize("place", ["people", "register"])
async def test_a_digit_that_is_held_back_is_searched_for_already(
    work: App, app: IpweekApp, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """While it is not clear yet whether a scanner typed the digit, the answer is being read, and read once."""
    _register(work, "周明", phone="199 0000 5678")
    read, page = list[tuple[str, str]](), work.registrations.page

    def watched(event: str, query: str = "", **options: Any) -> RegistrationPage:
        read.append((query, app.screen.query(Entry).first().value))
        return page(event, query, **options)

    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go(place)
        await settled(pilot)
        monkeypatch.setattr(work.registrations, "page", watched)
        for key in "5678":
            await pilot.press(key)
            await until(pilot, lambda key=key: app.screen.query(Entry).first().value.endswith(key))
        await settled(pilot)
        assert read == [("5", ""), ("56", "5"), ("567", "56"), ("5678", "567")]
        assert "周明" in shown(app)


async def test_what_was_read_ahead_is_not_kept() -> None:
    """An answer goes to its own question, once, and soon: what a scan began leaves nothing for a number typed later."""
    read = 0

    async def answer() -> int:
        nonlocal read
        read += 1
        return read

    foresight = Foresight[int]()
    foresight.begin("5", answer)
    await asyncio.sleep(0)
    assert await foresight.answer("6", answer) == 2, "another question"
    assert await foresight.answer("5", answer) == 1
    assert await foresight.answer("5", answer) == 3, "answered once"
    foresight.begin("5", answer)
    await asyncio.sleep(0)
    foresight._asked_at -= 3
    assert await foresight.answer("5", answer) == 5, "too old by now"
