"""Cells of patent exports read into records."""

from datetime import date

import pytest

from ipweek.domain import patent_numbers as numbers
from ipweek.domain.patent_headers import recognise
from ipweek.domain.patent_rows import RowReader
from ipweek.domain.words import PatentType
from tests.unit.patent_exports import HEADERS


def record(source, **cells):
    """The record of a row of a family with these cells; `_` stands for a space."""
    named = {name.replace("_", " "): cell for name, cell in cells.items()}
    assert set(named) <= set(HEADERS[source])
    row = [named.get(header, "") for header in HEADERS[source]]
    return RowReader(recognise(HEADERS[source])).read(row)


@pytest.mark.parametrize(
    "text",
    ["201910123456.7", "CN201910123456.7", "CN 201910123456 A", "ZL201910123456.7", "2019101234567", "ZL 2019 1 0123456.7",
     "２０１９１０１２３４５６．７", "CN201910123456", "201910123456.X"],
)  # fmt: skip
def test_one_application_number_in_every_form(text):
    """With and without prefix, check digit, kind, spaces, width."""
    assert numbers.application(text) == "CN201910123456"


@pytest.mark.parametrize(
    ("text", "office", "number"),
    [("CN00800797.7", "", "CN00800797"), ("99103828.2", "", "CN99103828"), ("PCT/CN2019/076543", "", "PCTCN2019076543"),
     ("CN 2019076543 W", "", "PCTCN2019076543"), ("EP 07022824 A", "", "EP07022824"), ("EP07022824.5", "", "EP07022824"),
     ("15/433003", "US", "US15433003"), ("201910123456", "US", "US201910123456"), ("特願2019-1", "JP", "JP20191")],
)  # fmt: skip
def test_other_application_numbers(text, office, number):
    """Eight digits before October 2003, PCT, and other offices' own."""
    assert numbers.application(text, office) == number


@pytest.mark.parametrize(
    ("text", "parts"),
    [("CN 109065805 A", ("CN", "109065805", "A")), ("CN-109065805-B", ("CN", "109065805", "B")),
     ("WO/2019/123456", ("WO", "2019123456", "")), ("US 2020/0123456 A1", ("US", "20200123456", "A1")),
     ("USD0812345S1", ("US", "D0812345", "S1")), ("CN1318218", ("CN", "1318218", "")), ("无", ("", "", ""))],
)  # fmt: skip
def test_publication_numbers(text, parts):
    """Office, number, kind, however they are parted."""
    assert tuple(numbers.publication(text)) == parts


def test_publications_of_one_application_share_their_number_but_other_kinds_do_not():
    """CN…A and CN…B are one; a utility model of that number is another thing."""
    shared = [
        numbers.shared_number(numbers.publication(text))
        for text in ("CN109065805A", "CN109065805B", "CN109065805U")
    ]
    assert shared[0] == shared[1] != shared[2]


@pytest.mark.parametrize(
    ("office", "kind", "kind_of_patent", "grant"),
    [("CN", "A", "invention", False), ("CN", "B", "invention", True), ("CN", "C", "invention", True),
     ("CN", "U", "utility", True), ("CN", "Y", "utility", True), ("CN", "S", "design", True),
     ("US", "A1", "invention", False), ("US", "A", "invention", True), ("US", "B2", "invention", True),
     ("US", "S1", "design", True), ("JP", "U", "utility", False), ("EP", "B1", "invention", True),
     ("WO", "A1", "invention", False), ("US", "P2", None, True), ("DE", "U1", "utility", False)],
)  # fmt: skip
def test_what_a_kind_code_tells(office, kind, kind_of_patent, grant):
    """The type, and whether it is a grant: Chinese utility models and designs come out only then."""
    assert numbers.type_of_kind(office, kind) == (PatentType(kind_of_patent) if kind_of_patent else None)
    assert numbers.is_grant(office, kind) is grant


@pytest.mark.parametrize(
    "text",
    ["2019-04-25", "2019/4/25", "2019.04.25", "20190425", "2019年4月25日", "25.04.2019", "2019-04-25 00:00:00",
     "2019-04-25T00:00:00Z", "２０１９－０４－２５", "2019-04-25 2020-01-01", "2020-01-01; 2019-04-25"],
)  # fmt: skip
def test_dates_in_every_form(text):
    """The earliest of several."""
    assert numbers.day(text) == (date(2019, 4, 25), 2019)


def test_a_year_alone_and_what_is_no_date():
    """04/25/2019 could be read two ways, so only its year counts."""
    assert numbers.day("2019") == numbers.day("04/05/2019") == (None, 2019)
    assert [numbers.day(text) for text in ("x", "2019-13-01", "2019-02-30", "43580")] == [None] * 4


def test_a_row_of_the_lens():
    """Lists by two semicolons; the family is the first of its members."""
    found = record(
        "lens", Jurisdiction="CN", Kind="B", Display_Key="CN 109065805 B", Application_Number="CN 201810123456 A",
        Application_Date="2018-06-01", Publication_Date="2020-05-05", Applicants="A CO LTD;;B INC",
        Document_Type="Granted Patent", Simple_Family_Members="US 2020/0123456 A1;;CN 109065805 B;;CN 109065805 A",
        IPCR_Classifications="H01M10/0525;;H01M10/058;;H01M10/0525", Legal_Status="Active",
    )  # fmt: skip
    assert (found.publication_number, found.application_number) == ("CN109065805B", "CN201810123456")
    assert (found.application_date, found.application_year) == (date(2018, 6, 1), 2018)
    assert found.applicants == ("A CO LTD", "B INC")
    assert (found.patent_type, found.granted, found.in_force) == (PatentType.INVENTION, True, True)
    assert found.family == "MCN109065805A"
    assert found.symbols == ("H01M 10/0525", "H01M 10/058")
    assert (found.offices, found.addresses, found.faults) == (("CN",), (), ())


def test_a_row_of_google():
    """The number in its id; names parted by commas, which stand before Ltd. too; a grant by its date."""
    cells = {
        "id": "CN-109065805-B",
        "assignee": "Sample Battery Co., Ltd., 样例大学, Beispiel, Inc.",
        "grant date": "2020-05-05",
    }
    found = RowReader(recognise(HEADERS["google"])).read(
        [cells.get(header, "") for header in HEADERS["google"]]
    )
    assert found.applicants == ("Sample Battery Co., Ltd.", "样例大学", "Beispiel, Inc.")
    assert (found.offices, found.kind, found.granted) == (("CN",), "B", True)


def test_a_row_of_espacenet():
    """A row is a family: all its publications in a cell, countries behind the names."""
    found = record(
        "espacenet", Applicants="EVE ENERGY CO LTD [CN]\nSAMPLE KK [JP]", Publication_number="CN109065805A\nUS2020123456A1",
        Earliest_priority="2018-06-01", Publication_date="2019-01-01 2020-01-01", Family_number="64788111",
        IPC="H01M10/0525\nH01M10/058", CPC="H01M10/0525 (EP,US)",
    )  # fmt: skip
    assert found.applicants == ("EVE ENERGY CO LTD", "SAMPLE KK")
    assert (found.countries, found.offices) == (("CN", "JP"), ("CN", "US"))
    assert (found.priority_year, found.publication_date, found.family) == (2018, date(2019, 1, 1), "64788111")
    assert found.symbols == ("H01M 10/0525", "H01M 10/058")


def test_a_row_of_patentscope():
    """Numbers without their office, days first."""
    found = record(
        "patentscope", Application_Number="201810123456.7", Application_Date="01.06.2018", Country="CN",
        Publication_Number="109065805", I_P_C="H01M 10/0525; H01M 10/058",
    )  # fmt: skip
    assert (found.publication_number, found.application_number) == ("CN109065805", "CN201810123456")
    assert (found.application_year, found.patent_type) == (2018, PatentType.INVENTION)
    assert found.granted is None


def test_a_row_of_patsnap():
    """Dashes are empty cells, a dash among several keeps its place; the year alone is told."""
    row = {
        "公开(公告)号": "CN207123456U", "受理局": "中国", "申请号": "CN201720123457.X", "申请年": "2017",
        "专利类型": "实用新型",
        "[标]原始申请(专利权)人": "甲公司 | 乙公司", "当前申请(专利权)人州/省": "广东", "当前申请(专利权)人地市": "- | 惠州",
        "简单法律状态": "失效", "授权日": "-",
    }  # fmt: skip
    found = RowReader(recognise(HEADERS["patsnap"])).read(
        [row.get(header, "") for header in HEADERS["patsnap"]]
    )
    assert (found.applicants, found.cities, found.provinces) == (
        ("甲公司", "乙公司"),
        ("", "惠州"),
        ("广东",),
    )
    assert (found.patent_type, found.granted, found.in_force) == (PatentType.UTILITY, True, False)
    assert (found.application_date, found.application_year, found.offices) == (None, 2017, ("CN",))


@pytest.mark.parametrize(
    ("text", "kind", "granted"),
    [("发明申请", "invention", False), ("发明授权", "invention", True), ("授权发明", "invention", True),
     ("发明", "invention", None), ("实用新型", "utility", None), ("外观设计", "design", None),
     ("Design Right", "design", None),
     ("Limited Patent", "utility", None), ("其他", None, None)],
)  # fmt: skip
def test_types_in_words(text, kind, granted):
    """As the Chinese columns and The Lens write them."""
    row = RowReader(recognise(["专利类型", "申请号", "申请日"])).read([text, "X1", ""])
    assert (row.patent_type, row.granted) == (PatentType(kind) if kind else None, granted)


def test_what_cannot_be_read_is_told():
    """With field, value and code; the rest of the row is kept."""
    layout = recognise(["申请号", "申请日", "IPC", "公开号"])
    found = RowReader(layout).read(["2.0191E+11", "昨天", "锂电池; H01M10/0525", "CN109065805A"])
    assert [(fault.field.value, fault.value, fault.code) for fault in found.faults] == [
        ("application_number", "2.0191E+11", "number-rounded"), ("application_date", "昨天", "date-unreadable"),
        ("ipc", "锂电池", "symbol-invalid"),
    ]  # fmt: skip
    assert (found.symbols, found.application_number) == (("H01M 10/0525",), "")


def test_a_row_shorter_than_its_header():
    """What is not there is not told."""
    found = RowReader(recognise(["申请号", "申请日", "申请人"])).read(['="201810123456.7"'])
    assert (found.application_number, found.application_year, found.applicants) == (
        "CN201810123456",
        2018,
        (),
    )
