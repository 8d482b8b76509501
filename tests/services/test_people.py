"""A person and an enterprise on one page each, and correcting what was typed wrong."""

import pytest
from sqlalchemy import select

from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.domain.people import PersonChanges
from ipweek.domain.registrations import NewRegistration
from ipweek.services.checkin import CheckIn
from ipweek.services.people import People
from ipweek.storage.tables.audit import AuditEntry
from tests.desk import EVENT, Desk, refusal

LED = "样例光电有限公司"


@pytest.fixture
def people(desk: Desk) -> People:
    """The service, at the desk's database."""
    return People(desk.uow, desk.clock)


def names(desk: Desk, query: str) -> list[str]:
    """Whom a search finds."""
    return [row.name for row in desk.registrations.page(EVENT, query).rows]


def test_everything_on_one_page(desk: Desk, people: People) -> None:
    """Names, badge, registrations by day, answers and scans; phone and address masked."""
    desk.add("event", "exchange", start="2019-04-24")
    desk.add("question", "diet")
    made = desk.register(
        "李雷", "19900001000", LED, name_latin="Li Lei", email="lilei@example.com", title="经理",
        answers={"diet": "素食"},
    )  # fmt: skip
    other = desk.registrations.register(desk.actor, "exchange", NewRegistration("李雷", phone="19900001000"))
    checkin = CheckIn(desk.uow, desk.clock)
    door = checkin.open_door(desk.actor, EVENT)
    checkin.mark_present(desk.actor, door, made.id)
    page = people.show(str(made.id))
    assert (page.person, page.name, page.name_latin, page.title) == (made.person, "李雷", "Li Lei", "经理")
    assert (page.phone, page.email, page.rank) == ("199****1000", "l***@example.com", None)
    assert (page.badge_no, page.issue, page.prints) == (made.badge_no, 1, ())
    assert [row.id for row in page.registrations] == [other.id, made.id]
    assert page.answers == {made.id: {"diet": "素食"}, other.id: {}}
    assert [(scan.answer.name, scan.answer.verdict) for scan in page.scans] == [("李雷", "accepted")]
    assert people.show(page.badge_no, EVENT) == page


def test_nobody_under_that(desk: Desk, people: People) -> None:
    """Who is not there is told; the same badge at two events needs none named where one is left."""
    refusal(NotFoundError, "registration-missing", people.show, "1")
    refusal(NotFoundError, "registration-missing", people.edit, desk.actor, "1", PersonChanges(name="x"))


def test_a_typo_is_corrected(desk: Desk, people: People) -> None:
    """He is found by the right name and no longer by the wrong one; badge number and issue stay."""
    made = desk.register("李蕾", "19900001000", LED)
    page = people.edit(
        desk.actor, "1",
        PersonChanges(name=" 王 雷", name_latin="Ray Wang", phone="+86 199 0000 2000", email="R@EXAMPLE.com"),
    )  # fmt: skip
    assert (page.name, page.name_latin, page.phone, page.email) == (
        "王 雷",
        "Ray Wang",
        "199****2000",
        "R***@example.com",
    )
    assert (page.badge_no, page.issue) == (made.badge_no, 1)
    for query in ("王", "wl", "ray", "2000", "ylgd", "样例光电"):
        assert names(desk, query) == ["王 雷"], query
    for query in ("蕾", "lilei", "1000 "):
        assert names(desk, query) == [], query
    desk.register("赵", "19900003000")
    assert [row.name for row in desk.registrations.page(EVENT).rows] == ["王 雷", "赵"]


def test_the_corrected_are_still_found_by_every_enterprise(desk: Desk, people: People) -> None:
    """Also by the one that he comes for at another event only."""
    desk.add("event", "exchange")
    desk.register("李雷", "19900001000", LED)
    desk.registrations.register(
        desk.actor, "exchange", NewRegistration("李雷", phone="19900001000", enterprise="惠州华阳有限公司")
    )
    people.edit(desk.actor, "1", PersonChanges(name="李磊"), EVENT)
    for query in ("hzhy", "ylgd", "李磊"):
        assert [row.name for row in desk.registrations.page("exchange", query).rows] == ["李磊"], query


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"name": " \u200b"}, "field-required", "name"),
        ({"name": "=x"}, "field-formula", "name"),
        ({"name_latin": "x" * 201}, "field-too-long", "name_latin"),
        ({"rank": "first"}, "field-integer", "rank"),
        ({"rank": "-1"}, "field-integer", "rank"),
        ({"rank": "1234567"}, "field-integer", "rank"),
        ({"phone": "123"}, "phone-invalid", None),
        ({"email": "nobody"}, "email-invalid", None),
    ],
)
def test_a_bad_correction(
    desk: Desk, people: People, given: dict[str, str], code: str, field: str | None
) -> None:
    """It is refused whole."""
    desk.register("李雷", "19900001000")
    before = people.show("1")
    params = refusal(
        InvalidError, code, people.edit, desk.actor, "1", PersonChanges(**{"name": "韩梅", **given})
    )
    assert field is None or params["field"] == field
    assert people.show("1") == before


def test_clearing_and_ranking(desk: Desk, people: People) -> None:
    """An empty text clears, rank 0 is a rank, and what does not change leaves no trace."""
    desk.register("李雷", "19900001000", email="a@b.cn", name_latin="Li")
    page = people.edit(desk.actor, "1", PersonChanges(phone="", email="", name_latin="", rank="0"))
    assert (page.phone, page.email, page.name_latin, page.rank) == (None, None, None, 0)
    people.edit(desk.actor, "1", PersonChanges(name="李雷", rank="0"))
    with desk.uow.read() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.record_kind == "person")).all()
    assert [entry.fields for entry in entries] == [["email", "name_latin", "phone", "rank"]]
    assert people.edit(desk.actor, "1", PersonChanges(rank="")).rank is None
