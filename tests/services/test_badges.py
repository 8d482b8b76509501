"""Badge codes and faces, reissue, numbers, blanks, and the log of prints."""

import pytest
from sqlalchemy import select, update

from ipweek.domain.badge_code import Signer, parse
from ipweek.domain.errors import DatabaseError, InvalidError, NotFoundError
from ipweek.domain.words import ImportKind
from ipweek.services.badge_numbers import blank_badges
from ipweek.services.badges import LAST_ISSUE
from ipweek.storage.tables.badges import Badge, BadgeKey, Lease
from ipweek.storage.tables.programme import Week, Workspace
from tests.desk import EVENT, Desk, refusal


def keys(desk: Desk) -> tuple[bytes, object]:
    """The week's key and the workspace that codes are bound to."""
    with desk.uow.read() as session:
        return session.scalars(select(BadgeKey.secret)).one(), session.scalars(select(Workspace.id)).one()


def test_codes_are_genuine(desk: Desk) -> None:
    """Each registered person has a code of 27 digits, signed with the week's key for this workspace only."""
    for number, name in enumerate(("李雷", "安娜", "单杰")):
        desk.register(name, f"1990000000{number}")
    secret, workspace = keys(desk)
    codes = desk.badges.codes(EVENT)
    assert [issued.name for issued in codes] == ["安娜", "李雷", "单杰"]
    for issued in codes:
        assert Signer(secret, workspace).is_genuine(issued.code)
        assert not Signer(bytes(32), workspace).is_genuine(issued.code)
        assert not Signer(secret, issued.registration).is_genuine(issued.code)
        assert f"{parse(issued.code).number:010d}" == issued.badge_no
    assert {face.code for face in desk.badges.faces(EVENT)} == {issued.code for issued in codes}


def test_only_the_registered_have_badges(desk: Desk) -> None:
    """The waiting and the cancelled are not printed."""
    desk.edit("event", EVENT, capacity="2")
    for number in range(3):
        desk.clock.forward(minutes=1)
        desk.register(f"来宾{number}", f"1990000000{number}")
    desk.registrations.cancel(desk.actor, "1")
    desk.edit("event", EVENT, capacity="2")
    assert [face.name for face in desk.badges.faces(EVENT)] == ["来宾1", "来宾2"]
    assert desk.badges.faces(EVENT, ["1"]) == ()


def test_face(desk: Desk) -> None:
    """A badge shows what was registered, in either language, and neither phone nor address."""
    desk.edit("week", "huizhou-2019", name_zh="知识产权宣传周")
    desk.register("李雷", "19900001000", "样例光电有限公司", name_latin="Li Lei", title="经理", category="guest",
                  seat="1排2座", email="a@b.cn")  # fmt: skip
    (face,) = desk.badges.faces(EVENT, ["1"], language="zh")
    assert (face.name, face.name_latin, face.enterprise, face.title) == (
        "李雷",
        "Li Lei",
        "样例光电有限公司",
        "经理",
    )
    assert (face.category, face.seat, face.synthetic) == ("guest", "1排2座", False)
    assert (face.week, face.event) == ("知识产权宣传周", "Conference")
    assert desk.badges.faces(EVENT)[0].week == "IP Week"
    told = [getattr(face, name) for name in face.__slots__]
    assert not any("19900001000" in str(value) or "@" in str(value) for value in told)


def test_reissue_revokes(desk: Desk) -> None:
    """A new issue has the same number and another code; two digits of issues are all there are."""
    desk.register("李雷", "19900001000")
    (first,) = desk.badges.codes(EVENT)
    second = desk.badges.reissue(desk.actor, "1")
    assert (second.badge_no, second.registration) == (first.badge_no, first.registration)
    assert (parse(first.code).issue, parse(second.code).issue) == (1, 2)
    assert Signer(*keys(desk)).is_genuine(second.code)
    assert desk.badges.codes(EVENT)[0].code == second.code
    with desk.uow.write() as session:
        session.execute(update(Badge).values(issue=LAST_ISSUE))
    refusal(InvalidError, "badge-issues-used-up", desk.badges.reissue, desk.actor, "1")
    refusal(NotFoundError, "registration-missing", desk.badges.reissue, desk.actor, "7")


def test_numbers_of_a_thousand(desk: Desk, tmp_path) -> None:
    """A thousand people, imported and registered, have a thousand numbers in a row, and keep them in the week."""
    path = tmp_path / "people.csv"
    lines = ["姓名,手机号码", *(f"来宾{number},1990001{number:04}" for number in range(999))]
    path.write_text("\n".join(lines), encoding="utf-8")
    report = desk.imports.run(desk.actor, ImportKind.REGISTRATIONS, path, EVENT)
    assert (report.added, report.problems) == (999, ())
    desk.register("李雷", "19900000000")
    numbers = [int(issued.badge_no) for issued in desk.badges.codes(EVENT)]
    assert sorted(numbers) == list(range(1_000_001, 1_001_001))
    desk.add("event", "exchange")
    desk.imports.run(desk.actor, ImportKind.REGISTRATIONS, path, "exchange")
    again = {issued.name: issued.badge_no for issued in desk.badges.codes("exchange")}
    assert again == {
        issued.name: issued.badge_no for issued in desk.badges.codes(EVENT) if issued.name != "李雷"
    }


def test_numbers_run_out(desk: Desk) -> None:
    """The last number of a lease is given, the next one refused, and nobody is registered without."""
    with desk.uow.write() as session:
        session.execute(update(Lease).values(next_counter=999_999))
    assert desk.register("李雷", "19900001000").badge_no == "0001999999"
    refusal(DatabaseError, "badge-numbers-used-up", desk.register, "韩梅", "19900001001")
    assert desk.registrations.page(EVENT).total == 1


def test_print_log(desk: Desk) -> None:
    """Copies of an issue are counted from 1; a new issue begins again; who, where to and why is kept."""
    made = desk.register("李雷", "19900001000")
    for reason in (None, "lost"):
        desk.printed(made, target="badges.pdf", reason=reason)
        desk.clock.forward(minutes=1)
    desk.badges.reissue(desk.actor, "1")
    desk.printed(made, target="printer")
    told = [(line.issue, line.copy, line.reason, line.target) for line in desk.badges.prints(EVENT)]
    assert told == [(2, 1, None, "printer"), (1, 2, "lost", "badges.pdf"), (1, 1, None, "badges.pdf")]
    line = desk.badges.prints(EVENT, limit=1)[0]
    assert (line.name, line.badge_no, line.operator, line.desk) == (
        "李雷",
        made.badge_no,
        "operator",
        "desk-1",
    )
    assert desk.audit.lines(1)[0].action == "print"


def test_only_new(desk: Desk) -> None:
    """Only what was never printed in its current issue is new."""
    rows = [desk.register(f"来宾{number}", f"1990000000{number}") for number in range(3)]
    assert len(desk.badges.faces(EVENT, only_new=True)) == 3
    desk.printed(rows[0], rows[1], target="badges.pdf")
    assert [face.name for face in desk.badges.faces(EVENT, only_new=True)] == ["来宾2"]
    desk.badges.reissue(desk.actor, "1")
    assert {face.name for face in desk.badges.faces(EVENT, only_new=True)} == {"来宾0", "来宾2"}
    assert len(desk.badges.faces(EVENT)) == 3


def test_blank_badges(desk: Desk) -> None:
    """Blanks are numbered on, belong to nobody, and are in nobody's way."""
    desk.register("李雷", "19900001000")
    with desk.uow.write() as session:
        week = session.scalars(select(Week.id)).one()
        blank_badges(session, week, 3, desk.clock())
        blank_badges(session, week, 0, desk.clock())
    made = desk.register("韩梅", "19900001001")
    assert made.badge_no == "0001000005"
    with desk.uow.read() as session:
        blanks = session.scalars(select(Badge.number).where(Badge.person_id.is_(None))).all()
    assert sorted(blanks) == [1_000_002, 1_000_003, 1_000_004]
    refusal(NotFoundError, "registration-missing", desk.registrations.show, "2")


@pytest.mark.parametrize("work", ["faces", "codes", "prints"])
def test_unknown_event(desk: Desk, work: str) -> None:
    """An event that is not there is told by its code."""
    assert refusal(NotFoundError, "record-missing", getattr(desk.badges, work), "none")["code"] == "none"
