"""The people of an event in order, and the list and the table cards made of them."""

from pathlib import Path

import pypdfium2
import pytest

from ipweek.config import Settings
from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.domain.people import PersonChanges
from ipweek.domain.registrations import Order
from ipweek.i18n import choose, speaking
from ipweek.jobs.name_lists import NameListJobs
from ipweek.services.name_lists import NameLists
from ipweek.services.people import People
from tests.desk import EVENT, Desk, refusal


@pytest.fixture
def lists(desk: Desk) -> NameLists:
    """Four people: two with a rank, one who cancelled."""
    choose("en")
    desk.add("enterprise", "gd-1")
    for name, rank, seat in (
        ("赵四", None, "A-2"),
        ("李雷", "2", "A-10"),
        ("单杰", "1", ""),
        ("王走", "1", ""),
    ):
        held = desk.register(name, enterprise="gd-1" if name == "李雷" else "", seat=seat)
        if rank:
            People(desk.uow, desk.clock).edit(desk.actor, str(held.id), PersonChanges(rank=rank), EVENT)
    desk.registrations.cancel(desk.actor, "4")
    return NameLists(desk.uow, desk.clock)


def _pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_orders(lists: NameLists) -> None:
    """By rank, those without one last by pinyin; by pinyin, seat and enterprise; who cancelled is on none."""
    for order, names in (
        (Order.RANK, ["单杰", "李雷", "赵四"]),
        (Order.PINYIN, ["李雷", "单杰", "赵四"]),
        (Order.SEAT, ["赵四", "李雷", "单杰"]),
        (Order.ENTERPRISE, ["李雷", "单杰", "赵四"]),
    ):
        assert [one.name for one in lists.people(EVENT, order).people] == names
    assert [one.name for one in lists.people(EVENT, Order.RANK, ["1"]).people] == ["赵四"]
    assert lists.people(EVENT).people[1].represents("zh") == "样例光电有限公司"


def test_on_paper(lists: NameLists, tmp_path: Path) -> None:
    """The list is in order and in the language; cards are a page each; a missing character stops by name."""
    settings = Settings(tmp_path, "sqlite://", "en", "A", "Chen", None, tmp_path / "cache")
    jobs = NameListJobs(lists, settings)
    run = jobs.pdf(EVENT, tmp_path / "list.pdf")
    (page,) = _pages(run.path)
    assert page.index("单杰") < page.index("李雷") < page.index("赵四")
    assert "Name list" in page
    with speaking("zh"):
        assert "人员名单" in _pages(jobs.pdf(EVENT, tmp_path / "zh.pdf").path)[0]
    cards = jobs.table_cards(EVENT, tmp_path / "cards.pdf")
    assert [text.count("单\u3000杰") for text in _pages(cards.path)] == [2, 0, 0]
    refusal(NotFoundError, "record-missing", jobs.table_cards, "none", tmp_path / "x.pdf")


def test_a_card_with_a_missing_character(desk: Desk, tmp_path: Path) -> None:
    """It is told before anything is written, and drawn as a box when that is allowed."""
    desk.register("张𓀀")
    settings = Settings(tmp_path, "sqlite://", "en", "A", "Chen", None, tmp_path / "cache")
    jobs, out = NameListJobs(NameLists(desk.uow, desk.clock), settings), tmp_path / "cards.pdf"
    error = refusal(InvalidError, "glyphs-missing", jobs.table_cards, EVENT, out)
    assert error["people"] == "张𓀀: 𓀀"
    assert not out.exists()
    assert jobs.table_cards(EVENT, out, allow_missing=True).missing == "𓀀"
