"""Results linked to events and sessions, released there, and read."""

from datetime import date

import pytest

from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.words import LinkRole, ResultStatus
from tests.desk import EVENT, Desk, refusal


@pytest.fixture
def linked(desk: Desk) -> Desk:
    """A desk with a session of the event, another event without a day, and a draft result."""
    desk.add("session", "talk", start="2019-04-26 10:00")
    desk.add("event", "undated")
    desk.add("industry", "led")
    desk.add("result", "led-2019", cut_off="2019-04-25")
    return desk


def roles(links) -> list[tuple[str, str, str, LinkRole]]:
    """Links as (place kind, place, result, role)."""
    return [(line.place_kind, line.place_code, line.result_code, line.role) for line in links]


def test_links_both_ways(linked: Desk) -> None:
    """A link shows from the session, from its event, and from the result; not from another event."""
    navigation, actor = linked.navigation, linked.actor
    told = navigation.link(actor, "talk", "led-2019", LinkRole.DISCUSSED)
    assert roles(told) == [("session", "talk", "led-2019", LinkRole.DISCUSSED)]
    navigation.link(actor, EVENT, "led-2019")
    both = [("event", EVENT, "led-2019", LinkRole.PRESENTED), *roles(told)]
    assert roles(navigation.links(place=EVENT)) == both
    assert roles(navigation.links(result="led-2019")) == both
    assert roles(navigation.links(place="talk")) == roles(told)
    assert navigation.links(place="undated") == ()
    assert [line.day for line in navigation.links(place=EVENT)] == [date(2019, 4, 25), date(2019, 4, 26)]
    assert navigation.result("led-2019").links == navigation.links(result="led-2019")


def test_unlink(linked: Desk) -> None:
    """Links of one role or of all go; what is not linked says so."""
    navigation, actor = linked.navigation, linked.actor
    for role in (LinkRole.PRESENTED, LinkRole.DISCUSSED):
        navigation.link(actor, "talk", "led-2019", role)
    assert navigation.unlink(actor, "talk", "led-2019", LinkRole.PRESENTED) == 1
    assert roles(navigation.links(place="talk")) == [("session", "talk", "led-2019", LinkRole.DISCUSSED)]
    navigation.link(actor, "talk", "led-2019")
    assert navigation.unlink(actor, "talk", "led-2019") == 2
    refusal(NotFoundError, "link-missing", navigation.unlink, actor, "talk", "led-2019")
    assert navigation.links() == ()


def test_link_twice(linked: Desk) -> None:
    """The same link again is refused; another role is another link."""
    linked.navigation.link(linked.actor, "talk", "led-2019")
    refusal(AlreadyThereError, "link-exists", linked.navigation.link, linked.actor, "TALK", "led-2019")
    assert len(linked.navigation.link(linked.actor, "talk", "led-2019", LinkRole.DISCUSSED)) == 2


@pytest.mark.parametrize(
    ("place", "day"), [(EVENT, date(2019, 4, 25)), ("talk", date(2019, 4, 26)), ("undated", None)]
)
def test_release_dates_the_result(linked: Desk, place: str, day: date | None) -> None:
    """Released at a place, a result bears its day, which is not stated where the place has none; once only."""
    linked.navigation.link(linked.actor, place, "led-2019", LinkRole.RELEASED)
    values = linked.navigation.result("led").result.values
    assert (values["status"], values["released_on"]) == (ResultStatus.RELEASED, day)
    elsewhere = EVENT if place != EVENT else "talk"
    arguments = (linked.actor, elsewhere, "led-2019", LinkRole.RELEASED)
    refusal(InvalidError, "released-elsewhere", linked.navigation.link, *arguments)
    refusal(InvalidError, "release-stands", linked.navigation.unlink, linked.actor, place, "led-2019")
    assert len(linked.navigation.links()) == 1


def test_session_without_a_day_has_its_event_s(linked: Desk) -> None:
    """A session that states no day of its own is on its event's."""
    linked.edit("session", "talk", start="")
    linked.navigation.link(linked.actor, "talk", "led-2019", LinkRole.RELEASED)
    assert linked.records.show("result", "led-2019").values["released_on"] == date(2019, 4, 25)


def test_cut_off_after_release(linked: Desk) -> None:
    """Data from after the day of release are a mistake: nothing is released."""
    linked.edit("result", "led-2019", cut_off="2019-04-26")
    arguments = (linked.actor, EVENT, "led-2019", LinkRole.RELEASED)
    params = refusal(InvalidError, "cut-off-after-release", linked.navigation.link, *arguments)
    assert (params["cut_off"], params["released_on"]) == (date(2019, 4, 26), date(2019, 4, 25))
    assert linked.records.show("result", "led-2019").values["status"] is ResultStatus.DRAFT
    assert linked.navigation.links() == ()


def test_versions_know_each_other(linked: Desk) -> None:
    """A page tells what it supersedes and what supersedes it."""
    linked.navigation.link(linked.actor, EVENT, "led-2019", LinkRole.RELEASED)
    linked.navigation.supersede(linked.actor, "led-2019", {"code": "led-2019-b"})
    assert linked.navigation.result("led-2019").superseded_by == "led-2019-b"
    newer = linked.navigation.result("led-2019-b")
    assert (newer.supersedes, newer.superseded_by, newer.industry_en) == ("led-2019", None, "LED screens")


def test_latest_of_an_industry(linked: Desk) -> None:
    """The industry's code names the result released last; an undated release is older than a dated one."""
    refusal(NotFoundError, "record-missing", linked.navigation.result, "led")
    linked.add("result", "led-undated")
    linked.navigation.link(linked.actor, "undated", "led-undated", LinkRole.RELEASED)
    assert linked.navigation.result("led").result.code == "led-undated"
    linked.navigation.link(linked.actor, EVENT, "led-2019", LinkRole.RELEASED)
    assert linked.navigation.result("led").result.code == "led-2019"


def test_unknown_places_and_results(linked: Desk) -> None:
    """What is not there is told by its code."""
    refusal(NotFoundError, "place-missing", linked.navigation.link, linked.actor, "none", "led-2019")
    refusal(NotFoundError, "record-missing", linked.navigation.link, linked.actor, EVENT, "none")
    refusal(NotFoundError, "place-missing", linked.navigation.links, "none")


def test_links_are_in_the_trail(linked: Desk) -> None:
    """Linking and unlinking are told, with the place and the role."""
    linked.navigation.link(linked.actor, "talk", "led-2019")
    linked.navigation.unlink(linked.actor, "talk", "led-2019")
    newest = {line.action: line.fields for line in linked.audit.lines(2)}
    assert newest == {"unlink": ("place", "result", "roles"), "link": ("place", "result", "role")}
