"""The enterprise as the unit: matched by one rule, its quota and group, its labels, contacts and other names."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ipweek.domain.enterprises import ContactChanges, EnterpriseFilter, LabelValues
from ipweek.domain.errors import AlreadyThereError, InvalidError, NotFoundError
from ipweek.domain.registrations import NewRegistration
from ipweek.domain.words import ImportKind, LabelKind, RegistrationStatus
from ipweek.services import matching
from ipweek.services.enterprises import Enterprises
from ipweek.services.import_lookups import EnterpriseIndex
from ipweek.services.quotas import Quotas
from ipweek.storage.tables.enterprises import EnterpriseContact, EnterpriseLabel
from tests.desk import EVENT, Desk, refusal

LED = "样例光电有限公司"
CODE, OTHER = "91441300734122111K", "91441300Q3DPARXD1L"


@pytest.fixture
def enterprises(desk: Desk) -> Enterprises:
    """The service, at the desk's database."""
    return Enterprises(desk.uow, desk.clock)


def delegates(desk: Desk, count: int, **given: Any) -> None:
    """So many people of one enterprise."""
    for number in range(count):
        desk.register(f"来宾{number}", f"1990000{number:04}", "gd-1", **given)


def test_an_enterprise_with_its_delegates(desk: Desk, enterprises: Enterprises) -> None:
    """Its record, labels, contacts masked, and who comes for it at this event, by pinyin."""
    made = desk.add("enterprise", "gd-1", quota="2", credit_code="91441300734122111K")
    desk.add("event", "exchange")
    with desk.uow.write() as session:
        session.add(EnterpriseLabel(enterprise_id=made.id, label=LabelKind.HIGH_TECH, certificate="GR1"))
        session.add(
            EnterpriseContact(enterprise_id=made.id, name="王", phone="+8619900009999", email="wang@b.cn")
        )
    delegates(desk, 2)
    desk.register("别人", "19900008888", "别家公司")
    desk.registrations.register(
        desk.actor, "exchange", NewRegistration("丙", phone="19900007777", enterprise="gd-1")
    )
    page = enterprises.show("gd-1", EVENT)
    assert (page.enterprise.code, page.as_of) == ("gd-1", desk.clock())
    assert [(line.label, line.certificate) for line in page.labels] == [(LabelKind.HIGH_TECH, "GR1")]
    assert [(line.name, line.phone, line.email) for line in page.contacts] == [
        ("王", "199****9999", "w***@b.cn")
    ]
    assert [row.name for row in page.delegates] == ["来宾0", "来宾1"]
    assert page.places.over == 0
    for ref in (LED, "91441300734122111k", "GD-1"):
        assert enterprises.show(ref, EVENT) == page, ref
    refusal(NotFoundError, "record-missing", enterprises.show, "没有", EVENT)
    refusal(NotFoundError, "record-missing", enterprises.show, "gd-1", "none")


def test_over_quota(desk: Desk, enterprises: Enterprises) -> None:
    """Those who hold a place or wait count; who is cancelled or blocked does not; no quota is no limit."""
    desk.add("enterprise", "gd-1", quota="2")
    desk.edit("event", EVENT, capacity="3")
    delegates(desk, 5)
    assert enterprises.show("gd-1", EVENT).places.over == 3
    desk.registrations.cancel(desk.actor, "5")
    desk.registrations.block(desk.actor, "4")
    page = enterprises.show("gd-1", EVENT)
    assert (len(page.delegates), page.places.over) == (5, 1)
    assert {row.status for row in page.delegates} == set(RegistrationStatus) - {RegistrationStatus.WAITING}
    desk.edit("enterprise", "gd-1", quota="0")
    assert enterprises.show("gd-1", EVENT).places.over == 3
    desk.edit("enterprise", "gd-1", quota="")
    assert enterprises.show("gd-1", EVENT).places.over == 0


def test_the_quota_of_an_event(desk: Desk, enterprises: Enterprises) -> None:
    """Who holds a place or waits counts, at this event only; no quota is no limit."""
    desk.add("enterprise", "gd-1", quota="1")
    for name in ("李雷", "韩梅", "吉姆"):
        desk.register(name, enterprise="gd-1")
    desk.registrations.cancel(desk.actor, "3")
    places = enterprises.quota("gd-1", EVENT)
    assert (places.coming, places.quota, places.over) == (2, 1, 1)
    assert enterprises.show("gd-1", EVENT).places == places
    desk.add("event", "exchange")
    assert enterprises.quota("gd-1", "exchange").over == 0
    desk.edit("enterprise", "gd-1", quota="")
    assert enterprises.quota("gd-1", EVENT).over == 0


# Matching


def imported(desk: Desk, folder: Path, kind: ImportKind, *rows: str) -> Any:
    """What an import of a table says."""
    file = folder / "list.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    return desk.imports.run(desk.actor, kind, file, EVENT if kind is ImportKind.REGISTRATIONS else None)


def known(desk: Desk) -> list[str]:
    """The enterprises that there are."""
    return [record.code for record in desk.records.list("enterprise")]


SPELLINGS = (
    LED, " 样例光电 有限责任公司 ", "样例光电", "样例光电公司", "GUANGDIAN", "guang dian", "样例光电集团",
    "９１４４1300734122111k", "9144-1300-7341-2211-1K", "GD-1",
)  # fmt: skip


@pytest.mark.parametrize("typed", SPELLINGS)
def test_every_way_in_means_the_same_enterprise(desk: Desk, enterprises: Enterprises, typed: str) -> None:
    """Desk, correction, new person, demand, receipt and page: names in either language, alias, credit code, code."""
    desk.add("enterprise", "gd-1", name_en="Guang Dian", credit_code=CODE)
    enterprises.add_alias(desk.actor, "gd-1", "样例光电集团有限公司")
    assert desk.register("甲", "19900000001", typed).enterprise_code == "gd-1"
    assert enterprises.show(typed, EVENT).enterprise.code == "gd-1"
    assert desk.records.show("enterprise", typed).code == "gd-1"
    assert known(desk) == ["gd-1"]


@pytest.mark.parametrize("typed", SPELLINGS[:7])
@pytest.mark.parametrize("kind", [ImportKind.ENTERPRISES, ImportKind.REGISTRATIONS])
def test_imports_mean_the_same_one(
    desk: Desk, enterprises: Enterprises, tmp_path: Path, typed: str, kind: ImportKind
) -> None:
    """Names and aliases of a file match as they do at the desk."""
    desk.add("enterprise", "gd-1", name_en="Guang Dian", credit_code=CODE)
    enterprises.add_alias(desk.actor, "gd-1", "样例光电集团有限公司")
    header, row = ("姓名,单位名称", f"甲,{typed}")
    if kind is ImportKind.ENTERPRISES:
        header, row = "企业名称,所属区域", f"{typed},惠阳"
    assert not imported(desk, tmp_path, kind, header, row).refused
    assert known(desk) == ["gd-1"]


NAMES = st.text(alphabet="样例光电ABab 公司有限（)　", min_size=1, max_size=6).filter(str.strip)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.tuples(NAMES, NAMES), max_size=4), aliases=st.lists(NAMES, max_size=3), typed=NAMES)
def test_the_index_of_an_import_finds_what_the_desk_finds(
    desk: Desk, names: list[tuple[str, str]], aliases: list[str], typed: str
) -> None:
    """Whatever the names: one rule, kept in two ways."""
    service = Enterprises(desk.uow, desk.clock)
    for record in desk.records.list("enterprise"):
        desk.records.remove(desk.actor, "enterprise", record.code)
    for place, (chinese, english) in enumerate(names):
        desk.add("enterprise", f"e{place}", name_zh=chinese, name_en=english)
    for alias in aliases if names else ():
        try:
            service.add_alias(desk.actor, "e0", alias)
        except (AlreadyThereError, InvalidError):
            continue
    with desk.uow.read() as session:
        found, indexed = matching.enterprise_of(session, typed), EnterpriseIndex(session).find(typed, None)
        assert (found.id if found else None) == (indexed.id if indexed else None)


def test_a_credit_code_is_no_name(desk: Desk, enterprises: Enterprises) -> None:
    """An unknown one makes no enterprise; that of an archived one brings it back, as in an import."""
    params = refusal(InvalidError, "credit-code-unknown", desk.register, "甲", "", OTHER)
    assert params == {"field": "enterprise", "value": OTHER}
    desk.add("enterprise", "gd-1", credit_code=CODE)
    desk.register("甲", enterprise="gd-1")
    assert desk.records.remove(desk.actor, "enterprise", "gd-1")
    assert desk.register("乙", enterprise=CODE).enterprise_code == "gd-1"
    assert not desk.records.show("enterprise", "gd-1").archived


@pytest.mark.parametrize("kind", [ImportKind.ENTERPRISES, ImportKind.REGISTRATIONS])
@pytest.mark.parametrize("is_known", [True, False])
def test_the_same_name_under_another_code_is_a_warning(
    desk: Desk, enterprises: Enterprises, tmp_path: Path, kind: ImportKind, *, is_known: bool
) -> None:
    """Whether the code is another enterprise's or nobody's; the row is taken."""
    desk.add("enterprise", "gd-1", credit_code=CODE)
    if is_known:
        desk.add("enterprise", "other", name_zh="别家公司", credit_code=OTHER)
    said = imported(desk, tmp_path, kind, "姓名,企业名称,信用代码", f"甲,样例光电,{OTHER}")
    assert [(one.code, one.severity) for one in said.problems] == [("credit-code-differs", "warning")]
    assert said.refused == 0


def test_namesakes_are_told(desk: Desk, enterprises: Enterprises) -> None:
    """An enterprise added by hand under a name that another has, or goes by."""
    desk.add("enterprise", "gd-1", credit_code=CODE)
    desk.add("enterprise", "gd-2", name_zh="样例光电", credit_code=OTHER)
    desk.add("enterprise", "far", name_zh="远处公司")
    assert [one.code for one in enterprises.namesakes("gd-1")] == ["gd-2"]
    assert [one.code for one in enterprises.show("gd-2", EVENT).namesakes] == ["gd-1"]
    assert enterprises.namesakes("far") == ()


# Quotas and groups


def group(desk: Desk) -> None:
    """A group of 5 whose factory may send 1, and whose shop has no quota of its own; the shop has a stall."""
    desk.add("enterprise", "head", name_zh="样例集团", quota="2")
    desk.add("enterprise", "factory", name_zh="样例工厂", group="head", quota="1")
    desk.add("enterprise", "shop", name_zh="样例商店", group="head")
    desk.add("enterprise", "stall", name_zh="样例摊位", group="shop")


def test_who_waits_is_said_apart_and_a_substitute_counts_once(desk: Desk, enterprises: Enterprises) -> None:
    """The delegate for whom somebody comes holds no place any more; whoever waits is among those who come."""
    desk.add("enterprise", "gd-1", quota="2")
    desk.edit("event", EVENT, capacity="2")
    delegates(desk, 3)
    desk.register("替补", "19900009999", substitute_for="1")
    places = enterprises.quota("gd-1", EVENT)
    assert (places.coming, places.waiting, places.over, places.group) == (3, 1, 1, None)


def test_a_group_shares_the_quota_of_its_head(desk: Desk, enterprises: Enterprises) -> None:
    """Those without a quota of their own, on whatever level; the factory has one, and stands by itself."""
    group(desk)
    for place, code in enumerate(("head", "shop", "stall", "factory")):
        desk.register(f"人{place}", f"1990000{place:04}", code)
    for code in ("head", "shop", "stall"):
        places = enterprises.quota(code, EVENT)
        assert (places.coming, places.quota, places.over) == (3, 2, 1), code
        assert (places.group.code if places.group else None) == (None if code == "head" else "head")
    assert enterprises.quota("factory", EVENT).over == 0
    page = enterprises.show("head", EVENT)
    assert page.totals is not None
    assert (page.totals.enterprises, page.totals.registered, page.totals.quota) == (4, 4, 3)
    assert [line.record.code for line in page.members] == ["factory", "shop", "stall"]
    assert [one.code for one in enterprises.show("stall", EVENT).above] == ["shop", "head"]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_quota_is_what_all_quotas_say(desk: Desk, enterprises: Enterprises, data: st.DataObject) -> None:
    """The desk asks for one enterprise, a list for all: both count alike in any tree."""
    codes = [f"e{place}" for place in range(5)]
    if not known(desk):
        for place, code in enumerate(codes):
            desk.add("enterprise", code, name_zh=f"样例{place}")
            desk.register(f"人{place}", f"1990000{place:04}", code)
    for place, code in enumerate(codes):
        above = data.draw(st.sampled_from(["", *codes[:place]]))
        desk.edit("enterprise", code, group=above, quota=data.draw(st.sampled_from(["", "0", "1", "3"])))
    with desk.uow.read() as session:
        event = desk.records.show("event", EVENT).id
        quotas = Quotas(session, event)
        for code in codes:
            one, other = enterprises.quota(code, EVENT), quotas.of(desk.records.show("enterprise", code).id)
            assert (one.quota, one.over) == (other.quota, other.over)
            assert one.quota is None or one.coming == other.coming


def test_a_group_goes_in_no_circle(desk: Desk, enterprises: Enterprises) -> None:
    """Neither by itself nor over several levels; moving within the group is free."""
    group(desk)
    params = refusal(InvalidError, "group-of-itself", desk.edit, "enterprise", "head", group="stall")
    assert params == {"field": "group", "value": "stall"}
    refusal(InvalidError, "group-of-itself", desk.edit, "enterprise", "head", group="head")
    desk.edit("enterprise", "stall", group="factory")
    assert [one.code for one in enterprises.show("stall", EVENT).above] == ["factory", "head"]


def test_an_import_warns_once_of_a_quota_it_exceeds(
    desk: Desk, enterprises: Enterprises, tmp_path: Path
) -> None:
    """Nobody is refused; the same file again adds nobody, and warns of nothing."""
    desk.add("enterprise", "gd-1", quota="1")
    rows = ("姓名,手机,单位", *(f"人{place},1990000{place:04},样例光电" for place in range(3)))
    for added in (3, 0):
        said = imported(desk, tmp_path, ImportKind.REGISTRATIONS, *rows)
        assert said.added == added
        told = [(one.row, one.code, dict(one.params)) for one in said.problems]
        assert told == ([(4, "over-quota", {"coming": 3, "quota": 1})] if added else [])


def test_groups_come_from_a_spreadsheet(desk: Desk, enterprises: Enterprises, tmp_path: Path) -> None:
    """The head by whichever name it is known or listed, before its row or behind; a new one is added; no circle."""
    desk.add("enterprise", "head", name_zh="样例集团有限公司")
    rows = (
        "企业名称,所属集团",
        "甲公司,样例集团", "乙公司,后来集团", "后来集团有限公司,后来集团", "丙公司,全新集团", "样例集团,甲",
    )  # fmt: skip
    said = imported(desk, tmp_path, ImportKind.ENTERPRISES, *rows)
    assert (said.added, said.updated, said.unchanged) == (4, 0, 1)
    assert [(one.row, one.code) for one in said.problems] == [(6, "group-circle")]
    above = {name: enterprises.show(name, EVENT).above for name in ("甲", "乙", "丙", "后来集团", "样例集团")}
    assert {name: [one.name_zh for one in heads] for name, heads in above.items()} == {
        "甲": ["样例集团有限公司"], "乙": ["后来集团有限公司"], "丙": ["全新集团"], "后来集团": [], "样例集团": [],
    }  # fmt: skip
    again = imported(desk, tmp_path, ImportKind.ENTERPRISES, *rows)
    assert (again.added, again.updated) == (0, 0)
    moved = imported(desk, tmp_path, ImportKind.ENTERPRISES, "企业名称,所属集团", "甲公司,全新集团")
    assert moved.updated == 1


# Labels, contacts, aliases


def test_labels_and_their_validity(desk: Desk, enterprises: Enterprises) -> None:
    """Added once, corrected, taken away; the event's day says whether one holds."""
    desk.add("enterprise", "gd-1")
    held = LabelValues("GR1", date(2016, 1, 1), date(2019, 4, 24))
    enterprises.add_label(desk.actor, "gd-1", LabelKind.HIGH_TECH, held)
    add = enterprises.add_label
    refusal(AlreadyThereError, "label-known", add, desk.actor, "gd-1", LabelKind.HIGH_TECH, LabelValues())
    page = enterprises.show("gd-1", EVENT)
    assert [line.standing(page.day) for line in page.labels] == ["expired"]
    wanted = EnterpriseFilter(label=LabelKind.HIGH_TECH)
    assert enterprises.page(wanted, EVENT).rows == ()
    edited = enterprises.edit_label(
        desk.actor, "gd-1", LabelKind.HIGH_TECH, LabelValues("GR2", None, date(2019, 4, 25))
    )
    assert (edited.certificate, edited.valid_from) == ("GR2", None)
    (line,) = enterprises.page(wanted, EVENT).rows
    assert line.labels == (LabelKind.HIGH_TECH,)
    backwards = LabelValues(None, date(2019, 1, 2), date(2019, 1, 1))
    refusal(InvalidError, "ends-before-start", add, desk.actor, "gd-1", LabelKind.LITTLE_GIANT, backwards)
    enterprises.remove_label(desk.actor, "gd-1", LabelKind.HIGH_TECH)
    assert enterprises.labels("gd-1") == ()
    refusal(NotFoundError, "label-missing", enterprises.remove_label, desk.actor, "gd-1", LabelKind.HIGH_TECH)


def test_labels_come_from_a_spreadsheet(desk: Desk, enterprises: Enterprises, tmp_path: Path) -> None:
    """Certificate and validity where the header says so; the same again is no change, another date is one."""
    header = "企业名称,是否高新技术企业,高新技术企业证书编号,高新技术企业有效期,专精特新有效期至,资质"
    row = "样例光电,是,GR1,2018-11-28至2021-11-27,2024年6月30日,小巨人；知识产权优势企业；别的"
    said = imported(desk, tmp_path, ImportKind.ENTERPRISES, header, row)
    assert [one.code for one in said.problems] == ["label-unknown"]
    assert [(line.label, line.certificate, line.valid_from, line.valid_to) for line in
            enterprises.labels("样例光电")] == [
        (LabelKind.HIGH_TECH, "GR1", date(2018, 11, 28), date(2021, 11, 27)),
        (LabelKind.SPECIALISED, None, None, date(2024, 6, 30)),
        (LabelKind.LITTLE_GIANT, None, None, None),
        (LabelKind.IP_ADVANTAGE, None, None, None),
    ]  # fmt: skip
    assert imported(desk, tmp_path, ImportKind.ENTERPRISES, header, row).unchanged == 1
    later = row.replace("2021-11-27", "2024-11-27")
    assert imported(desk, tmp_path, ImportKind.ENTERPRISES, header, later).updated == 1


def test_contacts_of_which_one_is_the_main_one(desk: Desk, enterprises: Enterprises) -> None:
    """The first is, until another is made so or it goes; masked in lists, whole where asked for, which is audited."""
    desk.add("enterprise", "gd-1")
    actor, add = desk.actor, enterprises.add_contact
    add(actor, "gd-1", ContactChanges("王", "知识产权经理", "199 0000 0001"))
    add(actor, "gd-1", ContactChanges("李", phone="19900000002", email="li@b.cn", main=True))
    add(actor, "gd-1", ContactChanges("陈"))
    refusal(InvalidError, "field-required", add, actor, "gd-1", ContactChanges(role="经理"))
    refusal(InvalidError, "phone-invalid", add, actor, "gd-1", ContactChanges("赵", phone="12"))
    shown = enterprises.contacts(actor, "gd-1")
    assert [(one.name, one.main, one.phone) for one in shown] == [
        ("李", True, "199****0002"), ("王", False, "199****0001"), ("陈", False, None),
    ]  # fmt: skip
    assert enterprises.contacts(actor, "gd-1", unmask=True)[0].phone == "19900000002"
    assert desk.audit.lines(1)[0].action == "unmask"
    edited = enterprises.edit_contact(actor, "gd-1", "2", ContactChanges(role="", email="wang@b.cn"))
    assert (edited.name, edited.role, edited.email) == ("王", None, "w***@b.cn")
    assert enterprises.remove_contact(actor, "gd-1", "李") == "李"
    assert [(one.name, one.main) for one in enterprises.contacts(actor, "gd-1")] == [
        ("王", True),
        ("陈", False),
    ]
    refusal(NotFoundError, "contact-missing", enterprises.remove_contact, actor, "gd-1", "3")
    add(actor, "gd-1", ContactChanges("陈"))
    refusal(InvalidError, "contact-ambiguous", enterprises.remove_contact, actor, "gd-1", "陈")


def test_an_import_completes_the_contact_it_means(
    desk: Desk, enterprises: Enterprises, tmp_path: Path
) -> None:
    """The one of the same name, else of the same phone, else the main one."""
    desk.add("enterprise", "gd-1")
    enterprises.add_contact(desk.actor, "gd-1", ContactChanges("王", phone="19900000001"))
    enterprises.add_contact(desk.actor, "gd-1", ContactChanges("李"))
    header = "企业名称,联系人,联系人电话,联系人职务"
    imported(desk, tmp_path, ImportKind.ENTERPRISES, header, "样例光电,李,19900000002,经理")
    with desk.uow.read() as session:
        found = session.execute(
            select(EnterpriseContact.name, EnterpriseContact.phone, EnterpriseContact.role, EnterpriseContact.main)
            .order_by(EnterpriseContact.main.desc())
        ).all()  # fmt: skip
    assert [tuple(row) for row in found] == [
        ("王", "+8619900000001", None, True), ("李", "+8619900000002", "经理", False),
    ]  # fmt: skip


def test_aliases(desk: Desk, enterprises: Enterprises) -> None:
    """Another enterprise's name is refused; people are found by the alias; removed, it means nobody."""
    desk.add("enterprise", "gd-1")
    desk.add("enterprise", "far", name_zh="远处公司")
    desk.register("甲", "19900000001", "gd-1")
    add = enterprises.add_alias
    assert add(desk.actor, "gd-1", " 惠州光电集团 ") == "惠州光电集团"
    refusal(AlreadyThereError, "alias-known", add, desk.actor, "gd-1", "惠州光电集团有限公司")
    refusal(AlreadyThereError, "alias-known", add, desk.actor, "gd-1", "样例光电")
    assert refusal(AlreadyThereError, "alias-taken", add, desk.actor, "gd-1", "远处")["code"] == "far"
    refusal(InvalidError, "field-formula", add, desk.actor, "gd-1", "=1+1")
    assert [row.name for row in desk.registrations.page(EVENT, "hzgd").rows] == ["甲"]
    assert enterprises.remove_alias(desk.actor, "gd-1", "惠州光电集团公司") == "惠州光电集团"
    refusal(NotFoundError, "alias-missing", enterprises.remove_alias, desk.actor, "gd-1", "惠州光电集团")
    assert enterprises.aliases("gd-1") == ()


# Lists


def test_the_list_is_searched_and_narrowed(desk: Desk, enterprises: Enterprises) -> None:
    """By any name, pinyin, codes; by district, industry, label, group and quota; windows follow each other."""
    group(desk)
    desk.add("industry", "led")
    desk.add(
        "enterprise",
        "gd-1",
        short_name="光电",
        district="惠阳区",
        industries="led",
        credit_code=CODE,
        quota="0",
    )
    enterprises.add_alias(desk.actor, "gd-1", "Shining Works")
    enterprises.add_label(desk.actor, "gd-1", LabelKind.LITTLE_GIANT, LabelValues())
    made = desk.register("甲", "19900000001", "gd-1")

    def codes(event: str | None = EVENT, **wanted: Any) -> list[str]:
        found, after = list[str](), None
        while True:
            page = enterprises.page(EnterpriseFilter(**wanted), event, after=after, limit=2)
            found += [line.record.code for line in page.rows]
            after = page.after
            if after is None:
                assert page.total == len(found)
                return found

    assert sorted(codes()) == ["factory", "gd-1", "head", "shop", "stall"]
    for text in ("样例光电", "光电", "ylgd", "guangdian", "shining", "122111k", "GD-1", "光"):
        assert codes(text=text) == ["gd-1"], text
    assert codes(text="%") == codes(text="_") == []
    for wanted in (
        {"district": "惠阳区"}, {"industry": "led"}, {"label": LabelKind.LITTLE_GIANT}, {"over_quota": True},
    ):  # fmt: skip
        assert codes(**wanted) == ["gd-1"], wanted
    assert sorted(codes(group="shop")) == ["shop", "stall"]
    assert len(codes(None)) == 5
    desk.registrations.cancel(desk.actor, str(made.id))
    assert codes(over_quota=True) == []
    refusal(NotFoundError, "record-missing", codes, industry="none")


def test_a_line_counts_who_came(desk: Desk, enterprises: Enterprises) -> None:
    """Registered, waiting and came, of this event; without an event nobody is counted."""
    desk.add("enterprise", "gd-1")
    desk.edit("event", EVENT, capacity="1")
    delegates(desk, 2)
    (line,) = enterprises.page(EnterpriseFilter(), EVENT).rows
    assert (line.registered, line.waiting, line.came, line.places.coming) == (1, 1, 0, 2)
    (line,) = enterprises.page().rows
    assert (line.registered, line.waiting, line.came, line.places.coming) == (0, 0, 0, 0)


def test_what_a_list_may_be_narrowed_by(desk: Desk, enterprises: Enterprises) -> None:
    """Districts, industries, labels in force and groups, with how many have them; and who is over the quota."""
    group(desk)
    desk.add("industry", "led")
    desk.add("enterprise", "gd-1", district="惠阳区", industries="led", quota="0")
    enterprises.add_label(desk.actor, "gd-1", LabelKind.HIGH_TECH, LabelValues(None, None, date(2019, 4, 1)))
    enterprises.add_label(desk.actor, "gd-1", LabelKind.LITTLE_GIANT, LabelValues())
    desk.register("甲", enterprise="gd-1")
    assert [(one.name, one.value, one.count) for one in enterprises.facets(EVENT)] == [
        ("over_quota", "", 1), ("district", "惠阳区", 1), ("industry", "led", 1), ("label", "little_giant", 1),
        ("group", "head", 2), ("group", "shop", 1),
    ]  # fmt: skip
