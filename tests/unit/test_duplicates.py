"""Who may be one: the evidence, the ranking, crowds, and names of enterprises."""

import random

import pytest
from rapidfuzz import fuzz

from ipweek.adapters.name_pairs import alike, like
from ipweek.domain.duplicates import (
    EnterpriseFacts,
    Evidence,
    PersonFacts,
    compare_enterprises,
    likely_people,
    name_core,
    organisation,
)
from ipweek.domain.ids import new_id


def person(name, reading="zw", phone=None, email=None, firm=None):
    """Somebody to compare."""
    return PersonFacts(new_id(), name, reading, phone, email, firm)


def enterprise(name, code=None, district=None, *aliases):
    """An enterprise to compare."""
    return EnterpriseFacts(new_id(), name_core(name), frozenset((name, *aliases)), code, district)


def test_the_same_phone_and_name_comes_first():
    """Then a name that reads alike, the same e-mail, a colleague's phone last; who shares nothing is not proposed."""
    one = person("张伟", phone="+8619900001000", email="A@example.com", firm="x")
    twin = person("张 伟", phone="+8619900001000", firm="x")
    alike_ = person("张玮", phone="+8619900001000")
    mail = person("张伟", email="a@EXAMPLE.com")
    colleague = person("李静", "lj", phone="+8619900001000")
    stranger = person("李静", "lj", phone="+8619900001009", firm="x")
    found = likely_people([stranger, colleague, mail, alike_, twin, one])
    with_one = [pair for pair in found if one.id in (pair.first, pair.second)]
    others = [({pair.first, pair.second} - {one.id}).pop() for pair in with_one]
    assert others == [twin.id, mail.id, alike_.id, colleague.id]
    assert with_one[0].evidence == (Evidence.SAME_PHONE, Evidence.SAME_NAME, Evidence.SAME_ENTERPRISE)
    assert with_one[0].score == 100
    assert with_one[-1].evidence == (Evidence.SAME_PHONE, Evidence.NAME_DIFFERS)
    assert not any(stranger.id in (pair.first, pair.second) for pair in found)


def test_a_name_within_an_enterprise_and_another_phone():
    """Two of one name in one enterprise are proposed, far down where their phones differ."""
    pair = [person("张伟", phone=phone, firm="x") for phone in ("+8619900001000", "+8619900001001")]
    (found,) = likely_people(pair)
    assert found.evidence == (Evidence.SAME_NAME, Evidence.SAME_ENTERPRISE, Evidence.PHONE_DIFFERS)
    assert found.score < likely_people([pair[0], person("张伟", firm="x")])[0].score
    assert likely_people([pair[0], person("张伟", firm="y")]) == []


def test_an_office_phone_makes_no_crowd_of_pairs():
    """Of two hundred with one phone, only those whose names read alike are proposed."""
    crowd = [person(f"人{n}", f"ren{n}", phone="+867520000001") for n in range(200)]
    twins = [person("张伟", phone="+867520000001"), person("张玮", phone="+867520000001")]
    (found,) = likely_people([*crowd, *twins])
    assert {found.first, found.second} == {each.id for each in twins}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("惠州亿纬锂能股份有限公司", "惠州市亿纬锂能有限责任公司"),
        ("TCL（集团）股份有限公司", "TCL集团有限公司"),
        ("Huizhou HEG Technology Co., Ltd", "Huizhou HEG Technology Company Limited"),
        ("ＨＥＧ科技有限公司", "heg 科技公司"),
    ],
)
def test_the_legal_form_is_no_part_of_the_core(one, other):
    """股份, 集团, 市, and what ends a Latin name."""
    assert name_core(one) == name_core(other)


def test_enterprises_by_organisation_name_and_likeness():
    """A moved registrar, an alias, a similar name; another code, number and district speak against it."""
    first = enterprise("惠州华阳电子", "91441300734122111K", "惠城")
    moved = enterprise("华阳", "914403007341221110"[:8] + "734122111K"[:9] + "X", "惠阳")
    assert organisation(first.credit_code) == organisation(moved.credit_code)
    assert compare_enterprises(first, moved, 0).evidence[0] is Evidence.SAME_ORGANISATION
    named = compare_enterprises(first, enterprise("别名", None, None, "惠州华阳电子"), 0)
    similar = compare_enterprises(first, enterprise("惠州华阳电器"), 90)
    other = compare_enterprises(first, enterprise("惠州华阳电器", "914403001922038216", "惠阳"), 90)
    second = compare_enterprises(enterprise("惠州华阳一厂"), enterprise("惠州华阳二厂"), 90)
    assert [named.evidence, similar.evidence] == [(Evidence.SAME_NAME,), (Evidence.SIMILAR_NAME,)]
    assert named.score > similar.score > other.score
    assert set(other.evidence) == {Evidence.SIMILAR_NAME, Evidence.CODE_DIFFERS, Evidence.DISTRICT_DIFFERS}
    assert Evidence.NUMBER_DIFFERS in second.evidence


def test_blocks_find_what_comparing_all_with_all_finds():
    """Of two thousand names, some of them misspelt, one pair in a hundred at most is missed, and none is made up."""
    dice = random.Random(2019)
    signs = "华阳亿纬锂能德赛西威池星彩蓝晶科达恒益盛泰安信宏远嘉瑞明辉创新联合智微纳源天正旭日升腾龙海元"
    places, trades = (
        ("惠州", "深圳", "博罗", "仲恺"),
        ("科技", "电子", "光电", "新能源", "显示技术", "塑胶五金"),
    )
    names = [
        dice.choice(places) + "".join(dice.choices(signs, k=dice.randint(2, 4))) + dice.choice(trades)
        for _each in range(1800)
    ]
    for name in names[:200]:
        place = dice.randrange(2, len(name))
        names.append(name[:place] + dice.choice(signs) + name[place + dice.randint(0, 1) :])
    wanted = {
        (one, other)
        for other in range(len(names))
        for one in range(other)
        if fuzz.ratio(names[one], names[other], score_cutoff=85)
    }
    found = {(one, other) for one, other, _likeness in alike(names, 85)}
    assert len(wanted) > 150
    assert found <= wanted
    assert len(found) >= 0.99 * len(wanted)
    one, other = min(wanted)
    assert other in {place for place, _likeness in like(names[one], names, 85)}
