"""Where an applicant is: the tables, and what addresses, codes and lists tell."""

import pytest

from ipweek.domain.errors import InvalidError
from ipweek.domain.patent_records import PatentRecord
from ipweek.domain.placing import Evidence, applicant_key, place
from ipweek.domain.regions import CITIES, PROVINCES, postcode_place, target_region
from ipweek.domain.words import ApplicantRule, CountBasis, Level

HUIZHOU = target_region("441300", "惠州", "Huizhou")
IN, OUT, UNKNOWN = True, False, None


def told(target=HUIZHOU, rule=ApplicantRule.FIRST, aliases=None, basis=CountBasis.APPLICANT_REGION, **row):
    """Country, province, city of a record with these cells."""
    found = place(PatentRecord(**row), target, aliases, rule, basis)
    return found.country, found.province, found.city


CITY = (IN, IN, IN)
OTHER_CITY = (IN, IN, OUT)
PROVINCE = (IN, IN, UNKNOWN)
OTHER_PROVINCE = (IN, OUT, OUT)
ABROAD = (OUT, OUT, OUT)
NOTHING = (UNKNOWN, UNKNOWN, UNKNOWN)


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("516006 广东省惠州市仲恺高新区惠风七路38号", CITY),
        ("广东省惠州市博罗县罗阳镇", CITY),
        ("广东惠州大亚湾西区", CITY),
        ("中国广东省惠州市惠城区江北", CITY),
        ("广东省仲恺高新区陈江", CITY),
        ("惠州市惠阳区淡水", CITY),
        ("惠州仲恺高新技术产业开发区", CITY),
        ("博罗县园洲镇", CITY),
        ("５１６００６　广东省惠州市", CITY),
        ("广东省深圳市龙岗区惠州路1号", OTHER_CITY),
        ("深圳市大亚湾区核电站", OTHER_CITY),
        ("广东省中山火炬开发区", OTHER_CITY),
        ("广东省惠州大道12号", PROVINCE),
        ("广东省", PROVINCE),
        ("广东省龙岗工业区惠州工业园", PROVINCE),
        ("江苏省苏州市工业园区惠州路", OTHER_PROVINCE),
        ("江苏省惠州路", OTHER_PROVINCE),
        ("苏州市惠州街9号", OTHER_PROVINCE),
        ("安徽省黄山市徽州区", OTHER_PROVINCE),
        ("吉林市昌邑区", OTHER_PROVINCE),
        ("广西壮族自治区南宁市", OTHER_PROVINCE),
        ("中国台湾新竹县", OTHER_PROVINCE),
        ("香港特别行政区九龙惠州街", OTHER_PROVINCE),
        ("日本东京都港区惠州", ABROAD),
        ("美国加利福尼亚州惠州市", ABROAD),
        ("惠州路5号", NOTHING),
        ("惠州学院", NOTHING),
        ("昆山市玉山镇", NOTHING),
        ("龙门镇惠州村", NOTHING),
        ("北京路7号", NOTHING),
        ("中国", (IN, UNKNOWN, UNKNOWN)),
        ("No. 38 Huifeng Rd., Zhongkai, Huizhou City, Guangdong 516006, China", CITY),
        ("Huizhou, Guangdong, CN", CITY),
        ("1 Huizhou Road, Shenzhen, Guangdong, China", OTHER_CITY),
        ("1 Huizhou Road, Guangdong, China", PROVINCE),
        ("Huizhou District, Huangshan, Anhui, China", OTHER_PROVINCE),
        ("Huizhou Street 5, San Jose, CA 95110, US", ABROAD),
        ("Huizhou", NOTHING),
        ("", NOTHING),
    ],
)  # fmt: skip
def test_addresses(address, where):
    """The place is read from the front; a street, a county or a foreign town of the same name is none."""
    assert told(addresses=(address,)) == where


@pytest.mark.parametrize(
    ("cell", "where"),
    [
        (("广东", "44"), PROVINCE),
        (("广东;44",), PROVINCE),
        (("44",), PROVINCE),
        (("CN-GD",), PROVINCE),
        (("广东(44)",), PROVINCE),
        (("44（广东）",), PROVINCE),
        (("广东省",), PROVINCE),
        (("中国,广东,44",), PROVINCE),
        (("Guangdong",), PROVINCE),
        (("440000",), PROVINCE),
        (("441300",), CITY),
        (("江苏", "32"), OTHER_PROVINCE),
        (("海南;66",), OTHER_PROVINCE),
        (("深圳", "94"), OTHER_CITY),
        (("广州", "81"), OTHER_CITY),
        (("中国香港", "81"), OTHER_PROVINCE),
        (("94",), OTHER_CITY),
        (("81",), NOTHING),
        (("美国", "US"), ABROAD),
        (("US",), ABROAD),
        (("中国台湾;71",), OTHER_PROVINCE),
        (("CN",), NOTHING),
        (("不详",), NOTHING),
    ],
)  # fmt: skip
def test_codes_of_provinces_and_countries(cell, where):
    """All the ways in which exports write 国省代码; 81 alone is two places, so none."""
    assert told(provinces=cell) == where


@pytest.mark.parametrize(
    ("cell", "where"),
    [("惠州", CITY), ("惠州市", CITY), ("441300", CITY), ("Huizhou", CITY), ("深圳", OTHER_CITY), ("深圳市", OTHER_CITY),
     ("苏州市", OTHER_PROVINCE), ("惠阳区", CITY), ("440300", OTHER_CITY), ("北京", OTHER_PROVINCE), ("未知", NOTHING)],
)  # fmt: skip
def test_the_citys_column(cell, where):
    """A name in either language, a code, or a district of the city."""
    assert told(cities=(cell,)) == where


@pytest.mark.parametrize(
    ("postcode", "where"),
    [("516006", CITY), ("516100", CITY), ("516800", CITY), ("516400", OTHER_CITY), ("518000", OTHER_CITY),
     ("511500", OTHER_CITY), ("215000", OTHER_PROVINCE), ("137400", NOTHING), ("95110", NOTHING), ("000000", NOTHING)],
)  # fmt: skip
def test_postcodes(postcode, where):
    """516400 to 516799 are Shanwei's; a number used across a border, or of another length, tells nothing."""
    assert told(postcodes=(postcode,)) == where


def test_a_postcode_of_a_foreign_applicant_tells_nothing():
    """Singapore has six digits too."""
    assert told(postcodes=("516006",), countries=("SG",)) == ABROAD
    assert told(addresses=("516006 新加坡惠州路",)) == ABROAD


def test_the_order_of_the_evidence():
    """City before address, address before postcode, postcode before the list, the list before the province."""

    def how(**row):
        aliases = {applicant_key("样例电池有限公司"): "441302"}
        return place(PatentRecord(applicants=("样例电池有限公司",), **row), HUIZHOU, aliases).how

    rows = [
        {"cities": ("惠州",)}, {"addresses": ("广东省惠州市",)}, {"postcodes": ("516001",)}, {},
    ]  # fmt: skip
    assert [how(**row) for row in rows] == [
        Evidence.CITY,
        Evidence.ADDRESS,
        Evidence.POSTCODE,
        Evidence.ALIAS,
    ]
    assert told(cities=("深圳",), addresses=("广东省惠州市",)) == OTHER_CITY
    assert place(PatentRecord(provinces=("广东",)), HUIZHOU).how is Evidence.PROVINCE
    assert place(PatentRecord(countries=("CN",)), HUIZHOU).how is Evidence.COUNTRY
    assert place(PatentRecord(countries=("CN",)), HUIZHOU).level is Level.COUNTRY


def test_what_one_evidence_leaves_open_another_tells():
    """The province from the address, the city from the list; a word against it is not heard."""
    aliases = {applicant_key("EVE Energy Co., Ltd."): "441300", applicant_key("Sample KK"): "320500"}
    row = {"addresses": ("广东省",)}
    assert told(aliases=aliases, applicants=("EVE ENERGY CO LTD",), **row) == CITY
    assert told(aliases=aliases, applicants=("SAMPLE K K",), **row) == PROVINCE
    assert told(aliases={applicant_key("样例"): "44"}, applicants=("样例公司",)) == PROVINCE


def test_a_name_is_no_evidence():
    """Huizhou in an applicant's name says nothing of where it is."""
    assert told(applicants=("惠州样例电子有限公司",)) == NOTHING


def test_several_applicants():
    """The first one counts, or any; that none is there needs all to be known."""
    names = {"applicants": ("甲", "乙")}
    cities = {"cities": ("深圳", "惠州"), **names}
    assert told(**cities) == OTHER_CITY
    assert told(rule=ApplicantRule.ANY, **cities) == CITY
    assert told(rule=ApplicantRule.ANY, cities=("深圳", "广州"), **names) == OTHER_CITY
    one_address = {"addresses": ("江苏省苏州市",), **names}
    assert told(**one_address) == OTHER_PROVINCE
    assert told(rule=ApplicantRule.ANY, **one_address) == (IN, UNKNOWN, UNKNOWN)
    assert told(cities=("深圳", "惠州"), applicants=("甲", "乙", "丙")) == NOTHING


def test_a_foreign_first_applicant():
    """The city's column names only the Chinese ones, so it does not speak for the first."""
    row = {"applicants": ("甲", "乙"), "countries": ("JP", "CN"), "cities": ("惠州",)}
    assert told(**row) == ABROAD
    assert told(rule=ApplicantRule.ANY, **row) == CITY


def test_by_office_only_the_countrys_own_filings_count():
    """A city's applicant counts where it filed at the country's office."""
    aliases = {applicant_key("甲公司"): "441300"}
    office = {"basis": CountBasis.OFFICE, "aliases": aliases, "applicants": ("甲公司",)}
    assert told(offices=("CN",), **office) == CITY
    assert told(offices=("US",), **office) == ABROAD
    assert told(**office) == NOTHING
    office["applicants"] = ("乙",)
    assert told(offices=("CN",), **office) == (IN, UNKNOWN, UNKNOWN)
    assert told(offices=("CN",), countries=("JP",), **office) == OTHER_PROVINCE


def test_any_week_has_its_city():
    """By code, by name, a municipality, a city outside the tables' detail."""
    suzhou = target_region("320500", "苏州市", "Suzhou")
    assert told(suzhou, addresses=("江苏省苏州市工业园区",)) == CITY
    assert told(suzhou, addresses=("江苏省昆山市",)) == PROVINCE
    assert told(suzhou, cities=("昆山市",)) == NOTHING
    assert told(suzhou, addresses=("江苏省南京市",)) == OTHER_CITY
    beijing = target_region("110000", "北京", "Beijing")
    assert told(beijing, addresses=("北京市海淀区",)) == CITY
    assert told(beijing, provinces=("北京;11",)) == CITY
    jilin = target_region("220200", "吉林", "Jilin")
    assert told(jilin, addresses=("吉林省长春市",)) == OTHER_CITY
    assert told(jilin, addresses=("吉林市昌邑区",)) == CITY
    assert target_region(None, "惠州") == target_region("441300", None, None)
    assert HUIZHOU.region_codes == ("440000", "441300")


@pytest.mark.parametrize(
    ("code", "city", "refused"),
    [(None, None, "region-unknown"), ("", "无此城", "region-unknown"), ("440000", "广东", "region-code-level"),
     ("441302", "惠城", "region-code-level"), ("999999", None, "region-unknown")],
)  # fmt: skip
def test_a_region_that_is_no_city_is_refused(code, city, refused):
    """Nobody can be placed in it."""
    with pytest.raises(InvalidError) as caught:
        target_region(code, city)
    assert caught.value.code == refused


def test_the_tables():
    """All provinces, all cities of Guangdong with codes, and no postcode of two cities."""
    assert len(PROVINCES) == 34
    guangdong = [city for city in CITIES.values() if city.code]
    assert len(guangdong) == 21
    assert len({city.code for city in guangdong}) == 21
    assert len(CITIES) > 300
    posts = [post for city in guangdong for post in city.postcodes]
    assert not [(one, two) for one in posts for two in posts if one != two and two.startswith(one)]
    assert len(posts) == len(set(posts))
    assert postcode_place("516006") == ("44", "惠州")
    assert postcode_place("201203") == ("31", "")


@pytest.mark.parametrize(
    ("one", "other"),
    [("EVE Energy Co., Ltd.", "EVE ENERGY CO LTD"), ("Sample Electronics, Inc.", "SAMPLE ELECTRONICS"),
     ("样例（惠州）有限公司", "样例(惠州)有限责任公司")],
)  # fmt: skip
def test_names_of_one_applicant_match(one, other):
    """Without legal form, width and case."""
    assert applicant_key(one) == applicant_key(other)
