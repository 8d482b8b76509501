"""Lists of an event in any order, whole and by windows, long ones and short ones; who may be meant at the desk."""

from collections.abc import Iterator
from itertools import pairwise, product

import pytest

from ipweek.domain.people import PersonChanges
from ipweek.domain.registrations import NewRegistration, Order, PageKey, Registered
from ipweek.domain.words import RegistrationStatus
from ipweek.services.people import People
from ipweek.storage.queries import registration_search
from tests.desk import EVENT, Desk, with_event, with_workspace
from tests.kept_world import kept

LED, YANG = "样例光电有限公司", "惠州华阳有限公司"

PEOPLE = (  # name, enterprise, rank, seat
    ("李雷", LED, "2", "2"),
    ("李雷", YANG, "", "10"),
    ("安娜", "", "1", ""),
    ("Bo", LED, "10", "A1"),
    ("单杰", "", "", ""),
    ("曾明", YANG, "", "2"),
    ("区明", "Acme Ltd", "1", "1排2座"),
    ("吉姆", LED, "", ""),
    ("李蕾", YANG, "2", "1"),
)
BY = {
    Order.PINYIN: ["安娜", "Bo", "吉姆", "李蕾", "李雷", "李雷", "区明", "单杰", "曾明"],
    Order.RANK: ["安娜", "区明", "李蕾", "李雷", "Bo", "吉姆", "李雷", "单杰", "曾明"],
    Order.SEAT: ["李蕾", "区明", "李雷", "曾明", "李雷", "Bo", "安娜", "吉姆", "单杰"],
}


@pytest.fixture(params=["short", "long", "dense"])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A list is short, too long to be searched through registrations, or meets too many to sort them."""
    if request.param != "short":
        monkeypatch.setattr(registration_search, "MANY", 3)
    if request.param == "dense":
        monkeypatch.setattr(registration_search, "FEW", 2)
    return request.param


def with_people(desk: Desk) -> None:
    """Register these people at the event, and some of them at another."""
    desk.add("event", "exchange")
    people = People(desk.uow, desk.clock)
    for number, (name, enterprise, rank, seat) in enumerate(PEOPLE):
        row = desk.register(name, f"1990000100{number}", enterprise, seat=seat)
        people.edit(desk.actor, str(row.id), PersonChanges(rank=rank))
        if number % 2:
            again = NewRegistration(name, phone=f"1990000100{number}")
            desk.registrations.register(desk.actor, "exchange", again)
    desk.registrations.register(desk.actor, "exchange", NewRegistration("李明明", phone="19900005555"))


@pytest.fixture
def filled(bare: Desk, size: str) -> Desk:
    """An event with these people, and another event with some of them."""
    return kept(bare, with_workspace, with_event, with_people)


def windows(desk: Desk, limit: int, query: str = "", **given: object) -> Iterator[Registered]:
    """All rows, so many at a time; each window tells the same total."""
    after: PageKey | None = None
    totals = set()
    while True:
        page = desk.registrations.page(EVENT, query, limit=limit, after=after, **given)
        assert len(page.rows) <= limit
        yield from page.rows
        totals.add(page.total)
        after = page.after
        if after is None:
            break
    assert len(totals) == 1


def test_windows_cover_everybody_once(filled: Desk) -> None:
    """In every order and for every query, windows of any size show each row once and as one window would."""
    for order, (query, found) in product(Order, {"": 9, "1990000100": 9, "雷": 2, "li": 5}.items()):
        whole = filled.registrations.page(EVENT, query, order=order)
        assert len(whole.rows) == whole.total == found, (order, query)
        for limit in (1, 2, 3, 4, 9, 10):
            seen = [row.id for row in windows(filled, limit, query, order=order)]
            assert seen == [row.id for row in whole.rows], (order, query, limit)


def test_a_window_does_not_wait_for_the_count(filled: Desk, size: str) -> None:
    """The rows are the same; where more than a few match, the page says so and `count` tells how many."""
    queries = (("", 9), ("1990000100", 9), ("雷", 2), ("li", 5), ("nobody", 0))
    for order, (query, found) in product(Order, queries):
        page = filled.registrations.page(EVENT, query, order=order, limit=2, exact=False)
        assert page.rows == filled.registrations.page(EVENT, query, order=order, limit=2).rows
        many = bool(query) and size == "dense" and found > registration_search.FEW
        assert (page.exact, page.total) == (not many, registration_search.FEW if many else found), (
            order,
            query,
        )
        assert filled.registrations.count(EVENT, query) == found
    assert filled.registrations.count(EVENT, "li", status=RegistrationStatus.CANCELLED) == 0


def test_sorted(filled: Desk) -> None:
    """By pinyin; by rank and seat, 2 before 10, and last by pinyin those without."""
    assert {
        order: [row.name for row in filled.registrations.page(EVENT, order=order).rows] for order in BY
    } == BY


def test_sorted_by_enterprise(filled: Desk) -> None:
    """People of one enterprise stand together, by pinyin among themselves, and those without one last."""
    rows = filled.registrations.page(EVENT, order=Order.ENTERPRISE).rows
    assert [row.name for row in rows if row.enterprise == YANG] == ["李蕾", "李雷", "曾明"]
    assert [row.name for row in rows][-2:] == ["安娜", "单杰"]
    enterprises = [row.enterprise for row in rows]
    assert enterprises[0] == "Acme Ltd"
    changes = sum(one != other for one, other in pairwise(enterprises))
    assert changes == len(set(enterprises)) - 1


def test_of_a_status(filled: Desk) -> None:
    """Only those of the status are listed and counted, with a query or without."""
    first = filled.registrations.page(EVENT, "李雷").rows[0]
    filled.registrations.cancel(filled.actor, str(first.id))
    expectations = (
        ("", RegistrationStatus.CANCELLED, 1),
        ("", RegistrationStatus.REGISTERED, 8),
        ("李雷", RegistrationStatus.REGISTERED, 1),
        ("李雷", RegistrationStatus.CANCELLED, 1),
        ("李雷", RegistrationStatus.WAITING, 0),
    )
    for order, (query, status, expected) in product(Order, expectations):
        seen = list(windows(filled, 2, query, status=status, order=order))
        total = filled.registrations.page(EVENT, query, status=status).total
        assert len(seen) == expected == total, (order, query, status)
        assert {row.status for row in seen} <= {status}


def test_only_of_this_event(filled: Desk) -> None:
    """Somebody of another event is not met, by name, badge number or phone."""
    (other,) = filled.registrations.page("exchange", "李明明").rows
    for query in ("李明明", "5555", other.badge_no):
        assert filled.registrations.page(EVENT, query).total == 0, query
        assert filled.registrations.page("exchange", query).total == 1, query


def test_a_badge_number_of_another_week(filled: Desk) -> None:
    """Digits are a badge number of the event's own week only."""
    filled.add("week", "huizhou-2020", year="2020")
    filled.add("event", "next", week="huizhou-2020")
    here = filled.registrations.page(EVENT, "安娜").rows[0]
    there = filled.registrations.register(filled.actor, "next", NewRegistration("安娜", phone="19900001002"))
    assert there.person == here.person
    assert [row.id for row in filled.registrations.page(EVENT, here.badge_no).rows] == [here.id]
    assert filled.registrations.page(EVENT, there.badge_no).total == 0


def test_what_is_typed_is_text(filled: Desk) -> None:
    """No character is a wildcard, words may stand in any order, and case is nothing."""
    found = {"%": 0, "_": 0, "\\": 0, "'": 0, "李 雷": 2, "lei li": 3, "LEI": 3}
    assert {query: filled.registrations.page(EVENT, query).total for query in found} == found


def test_a_pasted_novel_finds_nobody(filled: Desk) -> None:
    """What is longer than a pattern may be is looked for all the same."""
    assert filled.registrations.page(EVENT, "李" * 30_000).total == 0


def alike(desk: Desk, *typed: str) -> list[tuple[str, str | None]]:
    """Whom what is typed may mean."""
    return [(row.name, row.enterprise) for row in desk.registrations.similar(EVENT, *typed)]


def test_similar_by_phone(filled: Desk) -> None:
    """A phone that somebody has is told however it is written; an unfinished one is not."""
    assert alike(filled, "", "+86 199-0000-1002") == [("安娜", None)]
    assert alike(filled, "王", "19900001002") == [("安娜", None)]
    assert alike(filled, "", "1990000100") == alike(filled, "", "x") == alike(filled, "") == []
    assert alike(filled, "李明明", "19900005555") == []


def test_similar_by_name(filled: Desk) -> None:
    """The same name however it is written; whoever has the enterprise or the phone too comes first."""
    assert sorted(alike(filled, "李 雷")) == [("李雷", YANG), ("李雷", LED)]
    assert alike(filled, "李雷", "", "惠州华阳")[0] == ("李雷", YANG)
    assert alike(filled, "李雷", "", "样例光电")[0] == ("李雷", LED)
    assert alike(filled, "李雷", "19900001000", "惠州华阳")[0] == ("李雷", LED)
    assert alike(filled, "李雷", "19900001008", "惠州华阳")[0] == ("李蕾", YANG)
    assert alike(filled, "ＢＯ") == [("Bo", LED)]
    assert alike(filled, "李") == alike(filled, "!?") == []


def test_similar_by_sound(filled: Desk) -> None:
    """A name that only sounds the same is told within the enterprise."""
    assert alike(filled, "黎雷") == []
    assert alike(filled, "黎雷", "", "惠州华阳") == [("李蕾", YANG), ("李雷", YANG)]


def test_similar_are_few(desk: Desk) -> None:
    """A common name brings ten at most."""
    for number in range(12):
        desk.register("张伟", f"199000010{number:02}")
    assert len(alike(desk, "张伟")) == 10
