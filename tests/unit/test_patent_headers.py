"""Columns of patent exports recognised by their headers."""

import pytest

from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.domain.patent_headers import NUMBERS, SYNONYMS, plain, recognise, score
from ipweek.domain.patent_records import PatentField, PatentSource
from ipweek.domain.words import CountUnit
from tests.unit.patent_exports import HEADERS, INCOPAT, LENS

SYNONYMS_OF = {header: field for field, headers in SYNONYMS.items() for header in headers.split("|")}
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@pytest.mark.parametrize("name", HEADERS)
def test_each_family_is_known_by_its_headers(name):
    """And what it can be counted by: Espacenet's rows are families, which is all there is."""
    layout = recognise(HEADERS[name])
    assert layout.source is PatentSource(name)
    assert layout.units[0] is (CountUnit.FAMILY if name == "espacenet" else CountUnit.APPLICATION)
    assert layout.tells_regions is (name in ("incopat", "patsnap", "cnipa", "espacenet"))
    assert set(layout.columns) & set(NUMBERS)


def test_the_lens_has_37_columns():
    """Every field of use among them is found by its own name."""
    assert len(LENS) == 37
    assert recognise(LENS).mapping == {
        "Jurisdiction": "office", "Kind": "kind", "Display Key": "publication_number",
        "Publication Date": "publication_date", "Application Number": "application_number",
        "Application Date": "application_date", "Earliest Priority Date": "priority_date", "Title": "title",
        "Applicants": "applicants", "Document Type": "type", "Simple Family Members": "family_members",
        "CPC Classifications": "cpc", "IPCR Classifications": "ipc", "Legal Status": "status",
    }  # fmt: skip


def test_incopat_columns():
    """The whole list of symbols is surer than the main one, which is told as unmapped."""
    layout = recognise(INCOPAT)
    told = [layout.header(PatentField(name)) for name in ("ipc", "city", "province", "address")]
    assert told == ["IPC", "中国申请人地市", "申请人省市代码", "申请人地址"]
    assert layout.unmapped == ("序号", "链接到incoPat", "IPC主分类")


@pytest.mark.parametrize("name", HEADERS)
def test_dress_and_order_make_no_difference(name):
    """Full-width letters and brackets, spaces, case, and columns the other way round."""
    plain = recognise(HEADERS[name])
    dressed = [f" {header.upper().translate(FULL_WIDTH)} " for header in reversed(HEADERS[name])]
    last = len(dressed) - 1
    assert {field: last - column for field, column in recognise(dressed).columns.items()} == dict(
        plain.columns
    )
    assert recognise(dressed).source is plain.source


def test_the_surest_synonym_wins():
    """申请人 before 标准化申请人, the original applicant before the current one."""
    headers = ["当前申请(专利权)人", "公开号", "申请日", "原始申请(专利权)人"]
    assert recognise(headers).header(PatentField.APPLICANTS) == "原始申请(专利权)人"


def test_every_synonym_names_its_field():
    """No word stands for two fields."""
    words = [header for headers in SYNONYMS.values() for header in headers.split("|")]
    for field, headers in SYNONYMS.items():
        for header in headers.split("|"):
            numbers = [] if field in NUMBERS else ["公开号"]
            rest = [other for other in ("专利标题", "申请人城市", "邮编") if SYNONYMS_OF[other] is not field]
            assert recognise([*numbers, header, *rest]).header(field) == header, header
    assert len({plain(word) for word in words}) > 150


@pytest.mark.parametrize(
    "headers", [["姓名", "手机", "单位"], ["公开号", "备注"], ["申请人", "申请日", "IPC", "标题"], ["", ""]]
)
def test_another_list_is_refused_with_what_it_has_and_what_is_needed(headers):
    """No number, or nothing beside it."""
    with pytest.raises(InvalidError) as caught:
        recognise(headers)
    assert caught.value.code == "not-a-patent-export"
    assert caught.value.params["seen"] == [header for header in headers if header]
    assert "申请号" in caught.value.params["needed"]


def test_equal_headers_are_refused_until_one_is_chosen():
    """With their letters, by which the map can name one."""
    headers = ["申请号", "申请日", "申请人", "申请人"]
    with pytest.raises(InvalidError) as caught:
        recognise(headers)
    assert (caught.value.code, caught.value.params["columns"]) == (
        "column-twice",
        ["申请人 (C)", "申请人 (D)"],
    )
    assert recognise(headers, {"D": "applicants"}).columns[PatentField.APPLICANTS] == 3


def test_a_map_names_columns_by_header_or_letter():
    """Of any table; a column can be left out."""
    layout = recognise(
        ["编号", "企业", "标题", "日期"], {"编号": "application_number", "B": "applicants", "标题": "-"}
    )
    assert {field.value: column for field, column in layout.columns.items()} == {
        "application_number": 0,
        "applicants": 1,
    }
    assert layout.unmapped == ("标题", "日期")
    assert layout.source is PatentSource.OTHER


@pytest.mark.parametrize(
    ("mapping", "error", "code"),
    [({"没有": "applicants"}, NotFoundError, "column-missing"), ({"申请号": "nonsense"}, InvalidError, "field-unknown"),
     ({"申请号": "family", "标题": "family"}, InvalidError, "column-twice")],
)  # fmt: skip
def test_a_map_that_does_not_fit_is_refused(mapping, error, code):
    """An unknown column, an unknown field, a field twice."""
    with pytest.raises(error) as caught:
        recognise(["申请号", "标题", "申请日"], mapping)
    assert caught.value.code == code


def test_a_row_without_a_number_is_no_header():
    """However much else it names; the map's words count."""
    assert score(["标题", "申请人", "申请日"]) == 0
    assert score(["申请号", "申请人", "甲"]) == 2
    assert score(["编号", "申请人"], {"编号": "family"}) == 2


def test_units_follow_the_columns():
    """Families need a column of families, granted ones something that tells a grant."""
    assert recognise(["申请号", "申请日", "申请人"]).units == (CountUnit.APPLICATION, CountUnit.PUBLICATION)
    assert recognise(["Family number", "Title", "Applicants"]).units == (CountUnit.FAMILY,)
    assert CountUnit.IN_FORCE in recognise(INCOPAT).units
