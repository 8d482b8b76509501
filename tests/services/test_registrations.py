"""Registering, cancelling, the waiting list, finding people again, and what is refused."""

from typing import Any

import pytest
from sqlalchemy import func, select

from ipweek.domain.badge_code import grouped
from ipweek.domain.errors import AlreadyThereError, InvalidError, IpweekError, NotFoundError
from ipweek.domain.ids import new_id
from ipweek.domain.registrations import NewRegistration, PlaceCounts
from ipweek.domain.words import Category, RegistrationSource, RegistrationStatus
from ipweek.services.badges import Badges
from ipweek.storage.tables.audit import AuditEntry
from ipweek.storage.tables.badges import Badge
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseAlias
from ipweek.storage.tables.people import Person, Registration
from tests.desk import EVENT, Desk, refusal

LED = "样例光电有限公司"


def new(name: str, **given: Any) -> NewRegistration:
    """A new registration."""
    return NewRegistration(name=name, **given)


def names(desk: Desk, query: str = "") -> list[str]:
    """The names that a search finds."""
    return [row.name for row in desk.registrations.page(EVENT, query).rows]


def stored(desk: Desk, table: type) -> int:
    """How many rows a table has."""
    with desk.uow.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_registered_with_all_that_was_said(desk: Desk) -> None:
    """All fields are kept, the enterprise is made, a badge number given, and the page shows it masked."""
    desk.add("session", "opening")
    made = desk.register(
        "李 雷", "+86 199 0000 1000", LED, name_latin="Li Lei", email="lilei@EXAMPLE.com", title="经理",
        category="guest", seat="1排2座", note="vegetarian", sessions=("opening",),
    )  # fmt: skip
    assert made == desk.registrations.show(str(made.id)) == desk.registrations.page(EVENT).rows[0]
    assert (made.status, made.source, made.place_in_line) == (
        RegistrationStatus.REGISTERED,
        RegistrationSource.DESK,
        None,
    )
    assert (made.name, made.name_latin, made.enterprise, made.title) == ("李 雷", "Li Lei", LED, "经理")
    assert (made.category, made.seat, made.sessions) == ("guest", "1排2座", ("opening",))
    assert (made.phone, made.email, made.badge_no) == ("199****1000", "l***@example.com", "0001000001")
    assert made.registered_at == desk.clock()
    assert not made.synthetic


def test_known_person_by_phone_and_name(desk: Desk) -> None:
    """The same phone and name is the same person in another enterprise; another name is another person."""
    desk.add("event", "exchange")
    first = desk.register("李雷", "19900001000", LED)
    other = desk.registrations.register(
        desk.actor,
        "exchange",
        new("李 雷", phone="0086-199-0000-1000", enterprise="别家公司", email="a@b.cn"),
    )
    assert other.person == first.person
    assert (first.enterprise, other.enterprise) == (LED, "别家公司")
    assert desk.registrations.show(str(first.id)).enterprise == LED
    assert desk.registrations.show(str(first.id)).email == "a***@b.cn"
    assert [row.name for row in desk.registrations.page("exchange", "别家").rows] == ["李雷"]
    assert desk.register("韩梅", "19900001000", LED).person != first.person
    assert stored(desk, Person) == 2


def test_known_person_without_phone(desk: Desk) -> None:
    """Without a phone, the same name in the same enterprise is the same person, elsewhere another."""
    desk.register("李雷", enterprise=LED)
    params = refusal(AlreadyThereError, "already-registered", desk.register, "李雷", "", "样例光电")
    assert params["name"] == "李雷"
    desk.register("李雷", enterprise="别家公司")
    desk.register("李雷")
    assert stored(desk, Person) == 3


@pytest.mark.parametrize(
    "typed",
    ["样例光电", "样例光电公司", " 样例光电 有限责任公司", LED, "91441300734122111k", "GD-1", "光电集团有限公司"],
)  # fmt: skip
def test_enterprise_matched(desk: Desk, typed: str) -> None:
    """A name without its ending, in full width, a credit code, a code and an alias mean the one that is there."""
    made = desk.add("enterprise", "gd-1", name_zh=LED, credit_code="91441300734122111K")
    with desk.uow.write() as session:
        session.add(EnterpriseAlias(id=new_id(), enterprise_id=made.id, name="光电集团", key="光电集团"))
    assert desk.register("李雷", enterprise=typed).enterprise_code == "gd-1"
    assert stored(desk, Enterprise) == 1


@pytest.mark.parametrize(
    "typed", ["样例光电(惠州)有限公司", "样例光电（惠州）公司", "样例光电〔惠州〕", "样例光电［惠州］"]
)
def test_brackets_are_alike(desk: Desk, typed: str) -> None:
    """Brackets of all forms match."""
    desk.add("enterprise", "gd-1", name_zh="样例光电（惠州）有限责任公司")
    assert desk.register("李雷", enterprise=typed).enterprise_code == "gd-1"


def test_other_legal_form_is_another_enterprise(desk: Desk) -> None:
    """A 股份有限公司 is another enterprise than a 有限公司 of the name; a Latin name is kept as one."""
    first = desk.register("李雷", enterprise="样例光电股份有限公司")
    assert desk.register("韩梅", enterprise=LED).enterprise_code != first.enterprise_code
    code = desk.register("Jim", enterprise="HEG [red] Ltd").enterprise_code
    values = desk.records.show("enterprise", code).values
    assert (values["name_en"], values["name_zh"]) == ("HEG [red] Ltd", None)


def test_waiting_list(desk: Desk) -> None:
    """With two places of two taken the others wait in line; only a cancelled place lets the first move up."""
    desk.edit("event", EVENT, capacity="2")
    rows = []
    for number in range(5):
        desk.clock.forward(minutes=1)
        rows.append(desk.register(f"来宾{number}", f"1990000000{number}"))
    assert [row.place_in_line for row in rows] == [None, None, 1, 2, 3]
    assert desk.registrations.counts(EVENT) == PlaceCounts(2, 3, 0, 2)
    told = desk.registrations.cancel(desk.actor, str(rows[3].id))
    assert (told.promoted, told.registration.status) == (None, RegistrationStatus.CANCELLED)
    assert [row.place_in_line for row in desk.registrations.waiting_list(EVENT)] == [1, 2]
    told = desk.registrations.cancel(desk.actor, rows[0].badge_no)
    assert told.promoted.id == rows[2].id
    assert (told.promoted.status, told.promoted.place_in_line) == (RegistrationStatus.REGISTERED, None)
    assert desk.registrations.counts(EVENT) == PlaceCounts(2, 1, 2, 2)
    assert desk.records.show("event", EVENT).values["taken"] == 2
    assert [row.name for row in desk.registrations.page(EVENT, status=RegistrationStatus.WAITING).rows] == [
        "来宾4"
    ]


def test_cancelled_twice(desk: Desk) -> None:
    """What is cancelled cannot be cancelled again, and frees one place only."""
    desk.edit("event", EVENT, capacity="3")
    made = desk.register("李雷", "19900001000")
    desk.register("韩梅", "19900001001")
    desk.registrations.cancel(desk.actor, str(made.id))
    refusal(InvalidError, "already-cancelled", desk.registrations.cancel, desk.actor, str(made.id))
    assert desk.records.show("event", EVENT).values["taken"] == 1


def test_registered_again_after_cancelling(desk: Desk) -> None:
    """Who cancelled and comes back keeps row and badge, and stands at the end of the line."""
    desk.edit("event", EVENT, capacity="1")
    first = desk.register("李雷", "19900001000", LED)
    for number in range(2):
        desk.clock.forward(minutes=1)
        desk.register(f"来宾{number}", f"1990000000{number}")
    desk.registrations.cancel(desk.actor, str(first.id))
    desk.clock.forward(minutes=1)
    again = desk.register("李雷", "19900001000", "别家公司", category="media")
    assert (again.id, again.badge_no) == (first.id, first.badge_no)
    assert (again.status, again.place_in_line, again.category) == (RegistrationStatus.WAITING, 2, "media")
    assert (again.enterprise, again.registered_at) == ("别家公司", desk.clock())
    with desk.uow.read() as session:
        assert session.get_one(Registration, again.id).confirmed_at is None
    (guest,) = desk.registrations.page(EVENT, status=RegistrationStatus.REGISTERED).rows
    assert desk.registrations.cancel(desk.actor, str(guest.id)).promoted.name == "来宾1"


def test_substitute(desk: Desk) -> None:
    """Who comes for somebody else says for whom."""
    desk.register("李雷", "19900001000")
    made = desk.register("韩梅", "19900001001", substitute_for="0001000001")
    assert made.substitute_for == "李雷"
    refusal(NotFoundError, "registration-missing", desk.register, "吉姆", substitute_for="0001000009")
    assert "吉姆" not in names(desk)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("雷", ["李雷"]), ("lilei", ["李雷"]), ("LL", ["李雷"]), ("李雷 华阳", ["李雷"]), ("雷 光电", []),
        ("hzhy", ["李雷"]), ("huizhouhuayang", ["李雷"]), ("zeng", ["曾明"]), ("ceng", ["曾明"]), ("cm", ["曾明"]),
        ("shan", ["单杰"]), ("dan", ["单杰"]), ("1003", ["单杰"]), ("%", ["100%_a\\b"]), ("_", ["100%_a\\b"]),
        ("0%_", ["100%_a\\b"]), ("\\", ["100%_a\\b"]), ("lei_", []), ("'", []), ("[red]", []), ("\x00雷", ["李雷"]),
        ("1000002", ["曾明"]), ("999999999999999999999999", []),
    ],
)  # fmt: skip
def test_search(desk: Desk, query: str, found: list[str]) -> None:
    """People are found by one character, pinyin, both readings of a surname, enterprise, digits; wildcards are text."""
    desk.register("李雷", "19900001000", "惠州华阳有限公司", name_latin="Ray")
    desk.register("曾明", "19900002001", LED)
    desk.register("单杰", "19900001003", LED)
    desk.register("100%_a\\b", "19900007777", LED)
    page = desk.registrations.page(EVENT, query)
    assert [row.name for row in page.rows] == found
    assert page.total == len(found)


def test_pages_cover_everybody_once(desk: Desk) -> None:
    """Windows of any size show each row once, in the order of pinyin, namesakes too."""
    for number, name in enumerate(
        ["李雷", "李雷", "李雷", "安娜", "Zoe", "单杰", "曾明", "区明", "吉姆", "李蕾"]
    ):
        desk.register(name, f"1990000000{number}")
    whole = desk.registrations.page(EVENT)
    assert (len(whole.rows), whole.total, whole.after) == (10, 10, None)
    assert [row.name for row in whole.rows][:2] == ["安娜", "吉姆"]
    for limit in (1, 3, 5, 10):
        seen, after = [], None
        while True:
            page = desk.registrations.page(EVENT, limit=limit, after=after)
            seen += [row.id for row in page.rows]
            assert page.total == 10
            after = page.after
            if after is None:
                break
        assert seen == [row.id for row in whole.rows], limit


def test_masked_unless_asked_and_audited(desk: Desk) -> None:
    """Phones and addresses are masked; asking for them whole gives them and is in the trail."""
    desk.register("李雷", "19900001000", email="lilei@example.com")
    desk.register("韩梅", "0752-2000001")
    actions = select(AuditEntry.action)
    assert [row.phone for row in desk.registrations.all(desk.actor, EVENT)] == ["0752-***0001", "199****1000"]
    with desk.uow.read() as session:
        assert "unmask" not in session.scalars(actions).all()
    shown = desk.registrations.all(desk.actor, EVENT, unmask=True)
    assert [(row.phone, row.email) for row in shown] == [
        ("0752-2000001", None),
        ("19900001000", "lilei@example.com"),
    ]
    with desk.uow.read() as session:
        assert session.scalars(actions).all().count("unmask") == 1


def test_resolved_by_any_reference(desk: Desk) -> None:
    """A registration answers to its id, badge number, last digits and scanned code, and to nothing else."""
    made = desk.register("李雷", "19900001000")
    desk.register("韩梅", "19900001001")
    code = Badges(desk.uow).codes(EVENT)[1].code
    for ref in (
        str(made.id),
        made.id.hex,
        "0001000001",
        "1",
        "000001",
        "０００１００ ０００１",
        code,
        grouped(code),
    ):
        assert desk.registrations.show(ref).id == made.id, ref
    wrong_check = code[:-1] + str((int(code[-1]) + 1) % 10)
    for ref in ("", "nobody", "7", "0001000009", "12345678901", wrong_check, new_id().hex, "二", "\udcff"):
        refusal(NotFoundError, "registration-missing", desk.registrations.show, ref)


def test_last_digits_of_two_leases(desk: Desk) -> None:
    """Last digits that two leases share are ambiguous; the whole number is not."""
    first = desk.register("李雷", "19900001000")
    second = desk.register("韩梅", "19900001001")
    with desk.uow.write() as session:
        session.scalars(select(Badge).where(Badge.number == 1_000_002)).one().number = 2_000_001
    params = refusal(InvalidError, "registration-ambiguous", desk.registrations.show, "1")
    assert params["count"] == 2
    assert desk.registrations.show("0002000001").id == second.id
    assert desk.registrations.show("0001000001").id == first.id


def test_resolved_within_an_event(desk: Desk) -> None:
    """One badge at two events is ambiguous without the event; a cancelled registration steps back."""
    desk.add("event", "exchange")
    here = desk.register("李雷", "19900001000")
    there = desk.registrations.register(desk.actor, "exchange", new("李雷", phone="19900001000"))
    refusal(InvalidError, "registration-ambiguous", desk.registrations.show, "1")
    assert desk.registrations.show("1", "exchange").id == there.id
    desk.registrations.cancel(desk.actor, "1", "exchange")
    assert desk.registrations.show("1").id == here.id


def test_session_of_another_event(desk: Desk) -> None:
    """A session of another event is refused, and so is one that is not there; nobody is registered."""
    desk.add("event", "exchange")
    desk.add("session", "talk", event="exchange")
    refusal(InvalidError, "session-of-other-event", desk.register, "李雷", sessions=("talk",))
    refusal(NotFoundError, "record-missing", desk.register, "李雷", sessions=("nothing",))
    assert (stored(desk, Registration), stored(desk, Person), stored(desk, Badge)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": ""}, "field-required"),
        ({"name": "\u202e\u200b \x1b"}, "field-required"),
        ({"name": '=HYPERLINK("http://example.com","x")'}, "field-formula"),
        ({"name": "＝1+1"}, "field-formula"),
        ({"enterprise": "@SUM(1)"}, "field-formula"),
        ({"seat": "-cmd|' /C calc'!A0"}, "field-formula"),
        ({"name": "囧" * 201}, "field-too-long"),
        ({"category": "c" * 41}, "field-too-long"),
        ({"note": "n" * 201}, "field-too-long"),
        ({"phone": "1990000923"}, "phone-invalid"),
        ({"phone": "nonsense"}, "phone-invalid"),
        ({"phone": "1.99E+10"}, "phone-scientific"),
        ({"phone": "\udcff"}, "phone-invalid"),
        ({"email": "not-an-address"}, "email-invalid"),
    ],
)
def test_bad_fields(desk: Desk, given: dict[str, str], code: str) -> None:
    """Each bad field is refused by its code, and nothing is written."""
    before = stored(desk, AuditEntry)
    with pytest.raises(IpweekError) as caught:
        desk.register(**{"name": "李雷", "enterprise": LED, **given})
    assert caught.value.code == code
    assert [stored(desk, table) for table in (Person, Enterprise, Registration, AuditEntry)] == [
        0,
        0,
        0,
        before,
    ]


def test_hostile_but_harmless(desk: Desk) -> None:
    """Markup, quotes and wide characters are text; hidden characters go; no category is a delegate."""
    made = desk.register("[/red]'; DROP TABLE people; --\u202e", enterprise="𬭎㛃" * 100, category=" ")
    assert (made.name, made.enterprise) == ("[/red]'; DROP TABLE people; --", "𬭎㛃" * 100)
    assert made.category == Category.DELEGATE
    assert names(desk, "[/red]") == [made.name]


@pytest.mark.parametrize("work", ["register", "page", "all", "waiting_list", "counts"])
def test_unknown_event(desk: Desk, work: str) -> None:
    """An event that is not there is told by its code."""
    desks = desk.registrations
    does = {
        "register": lambda: desks.register(desk.actor, "none", new("李雷")),
        "page": lambda: desks.page("none"),
        "all": lambda: desks.all(desk.actor, "none", unmask=True),
        "waiting_list": lambda: desks.waiting_list("none"),
        "counts": lambda: desks.counts("none"),
    }
    assert refusal(NotFoundError, "record-missing", does[work])["code"] == "none"
