"""Everybody, registered somewhere or not: listed window by window, added, removed."""

import pytest

from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.registrations import NewRegistration
from ipweek.services.people import People
from tests.desk import EVENT, Desk, refusal


@pytest.fixture
def people(desk: Desk) -> People:
    """The service, at the desk's database."""
    return People(desk.uow, desk.clock)


def names(people: People, query: str = "", event: str | None = None, *, archived: bool = False) -> list[str]:
    """Who is listed, in windows of two."""
    found, after = list[str](), None
    while True:
        page = people.page(query, event, archived=archived, after=after, limit=2)
        found += [line.name for line in page.rows]
        after = page.after
        if after is None:
            return found


def test_everybody_by_pinyin(desk: Desk, people: People) -> None:
    """Each once whatever the events; narrowed by an event and by all words of what is typed; masked."""
    desk.add("event", "exchange", start="2019-04-24")
    for name in ("张伟", "李雷", "韩梅"):
        desk.register(name, f"1990000{ord(name[0]) % 10_000:04}", "样例光电")
    desk.registrations.register(desk.actor, "exchange", NewRegistration("李雷", phone="19900001000"))
    people.add(desk.actor, NewRegistration("安娜", phone="19900005555", email="anna@b.cn"))
    assert names(people) == ["安娜", "韩梅", "李雷", "李雷", "张伟"]
    assert names(people, event=EVENT) == ["韩梅", "李雷", "张伟"]
    assert names(people, "zw 光电") == ["张伟"]
    assert names(people, "%") == []
    (line,) = people.page("5555").rows
    assert (line.phone, line.email, line.events) == ("199****5555", "a***@b.cn", ())
    refusal(NotFoundError, "record-missing", people.page, "", "none")


def test_somebody_without_a_registration(desk: Desk, people: People) -> None:
    """He has a page of his own, is corrected and registered as the same person, and is added once."""
    line = people.add(desk.actor, NewRegistration(" 安娜 ", phone="199 0000 5555", enterprise="样例光电"))
    page = people.show(str(line.id))
    assert (page.name, page.registrations, page.badge_no) == ("安娜", (), None)
    known = refusal(
        AlreadyThereError,
        "person-known",
        people.add,
        desk.actor,
        NewRegistration("安娜", phone="19900005555"),
    )
    assert known["person"] == str(line.id)
    assert refusal(InvalidError, "field-required", people.add, desk.actor, NewRegistration("")) == {
        "field": "name"
    }
    made = desk.register("安娜", "19900005555")
    assert made.person == line.id
    assert people.show(str(line.id)).badge_no == made.badge_no


def test_who_has_history_is_archived(desk: Desk, people: People) -> None:
    """Nobody refers to one: he is gone; the other stays where he was registered, and is listed no more."""
    line = people.add(desk.actor, NewRegistration("安娜"))
    made = desk.register("李雷")
    assert not people.remove(desk.actor, str(line.id))
    refusal(NotFoundError, "registration-missing", people.show, str(line.id))
    assert people.remove(desk.actor, "1")
    assert names(people) == []
    assert names(people, archived=True) == ["李雷"]
    assert people.show("1").registrations[0].id == made.id
    assert {entry.action for entry in desk.audit.lines(3)} >= {"delete", "archive"}
    refusal(NotFoundError, "registration-missing", people.remove, desk.actor, "9")
