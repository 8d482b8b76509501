"""Blank badges: nobody's until they are bound at the desk, then somebody's in place of the badge before."""

from pathlib import Path

import pytest

from ipweek.domain.checkin import ScanRequest
from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.words import Reason, Verdict
from ipweek.services.checkin import CheckIn
from tests.desk import EVENT, Desk, refusal


def blanks(desk: Desk, count: int = 1) -> list[str]:
    """The codes of new blanks, printed."""
    run = desk.runs.begin(desk.actor, EVENT, [], 10, {"blank": count})
    desk.runs.log(desk.actor, run, run.pages, "label")
    return [face.code for face in desk.runs.blank_faces(run, "en").values()]


@pytest.fixture
def checkin(desk: Desk) -> CheckIn:
    """The doors."""
    return CheckIn(desk.uow, desk.clock)


def test_a_blank_becomes_a_walk_ins(desk: Desk, checkin: CheckIn) -> None:
    """At the door a blank is unknown; bound it lets its holder in, and the badge before is refused as revoked."""
    door = checkin.open_door(desk.actor, EVENT)
    (code,) = blanks(desk)
    assert checkin.scan(desk.actor, door, ScanRequest(code)).reason is Reason.UNKNOWN
    assert checkin.identify(code, EVENT).reason is Reason.UNKNOWN
    made = desk.register("李雷", "19900001000")
    former = desk.badges.codes(EVENT)[0].code
    assert not desk.bindings.would_revoke(made.id)
    bound = desk.bindings.bind(desk.actor, code, str(made.id))
    assert (bound.name, bound.badge_no, bound.former) == ("李雷", code[2:12], made.badge_no)
    assert [issued.code for issued in desk.badges.codes(EVENT)] == [code]
    told = checkin.scan(desk.actor, door, ScanRequest(former))
    assert (told.verdict, told.reason, told.name) == (Verdict.REFUSED, Reason.REVOKED, "李雷")
    assert checkin.identify(former, EVENT).reason is Reason.REVOKED
    assert checkin.scan(desk.actor, door, ScanRequest(code)).verdict is Verdict.ACCEPTED
    assert checkin.disagreements(EVENT) == ()
    assert desk.audit.lines(1)[0].action == "bind"
    assert desk.badges.faces(EVENT, only_new=True) == (), "the blank is his printed badge"
    assert [line.name for line in desk.badges.prints(EVENT)] == ["李雷"]
    again = desk.bindings.bind(desk.actor, code, str(made.id))
    assert again.former is None


def test_refusals(desk: Desk) -> None:
    """A badge of somebody else says whose it is; a slip, a forgery, a revoked badge and another week say so."""
    first, second = (desk.register(name, f"1990000100{place}") for place, name in enumerate(("李雷", "韩梅")))
    taken, code = desk.badges.codes(EVENT)[1].code, blanks(desk)[0]
    assert desk.badges.codes(EVENT)[1].registration == first.id

    def bind(digits: str, ref: str = str(second.id)) -> object:
        return desk.bindings.bind(desk.actor, digits, ref)

    assert refusal(AlreadyThereError, "badge-taken", bind, taken)["name"] == "李雷"
    refusal(InvalidError, "badge-code-digits", bind, "123")
    last = str((int(code[-1]) + 1) % 10)
    refusal(InvalidError, "badge-code-digits", bind, code[:-1] + last)
    former = desk.badges.codes(EVENT)[0].code
    bind(code)
    assert desk.bindings.would_revoke(second.id)
    refusal(InvalidError, "badge-revoked", bind, former)
    desk.registrations.cancel(desk.actor, str(first.id))
    refusal(InvalidError, "already-cancelled", bind, blanks(desk)[0], str(first.id))
    desk.add("week", "other")
    desk.add("event", "elsewhere", week="other")
    run = desk.runs.begin(desk.actor, "elsewhere", [], 10, {"blank": 1})
    (foreign,) = (face.code for face in desk.runs.blank_faces(run, "en").values())
    refusal(NotFoundError, "badge-other-week", bind, foreign)


def test_the_printed_badge_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    """Only a badge on paper is worth a question before it is revoked."""
    made = desk.register("李雷", "19900001000")
    assert not desk.bindings.would_revoke(made.id)
    desk.printed(made, target="label")
    assert desk.bindings.would_revoke(made.id)
    desk.badges.reissue(desk.actor, str(made.id))
    assert not desk.bindings.would_revoke(made.id)


def test_a_blank_names_its_week(desk: Desk) -> None:
    """What a layout prints on the back, the week's programme, is on a blank's too."""
    run = desk.runs.begin(desk.actor, EVENT, [], 10, {"blank": 1})
    (face,) = desk.runs.blank_faces(run, "en").values()
    week = desk.records.show("event", EVENT).values["week"]
    assert face.week_code == week
