"""Headers recognised as fields."""

from pathlib import Path

import pytest

from ipweek.adapters.spreadsheets import read_table
from ipweek.domain.errors import InvalidError, NotFoundError, UsageError
from ipweek.domain.import_fields import KINDS
from ipweek.domain.import_recognition import HeaderRecogniser, column_letter, likelier, parse_map, recognise

DATA = Path(__file__).parent.parent / "data"


@pytest.mark.parametrize(
    ("file", "kind", "fields", "unmapped"),
    [
        ("bureau-enterprises.xlsx", "enterprises",
         "name credit_code district industries high_tech certificate contact contact_phone quota",
         ("序号",)),
        ("online-form-registrations.xlsx", "registrations",
         "registered_at name phone enterprise title email sessions",
         ("序号", "所用时间", "来源", "来源详情", "7、是否用餐")),
        ("late-registrations-gb18030.csv", "registrations",
         "name enterprise phone title category seat note", ()),
        ("with-errors.xlsx", "registrations", "name phone enterprise credit_code email", ()),
        ("feedback-form.xlsx", "feedback",
         "number submitted_at phone session satisfaction result_rating comment", ()),
    ],
)  # fmt: skip
def test_the_headers_of_the_samples_map_without_help(file, kind, fields, unmapped):
    """Field by field in the order of the columns; what maps to nothing is told."""
    table = read_table(DATA / file, header_fields=HeaderRecogniser(kind))
    recognition = recognise(table.columns, kind)
    assert list(recognition.fields.values()) == fields.split()
    assert recognition.unmapped == unmapped


@pytest.mark.parametrize(
    "header",
    ["姓名", " 姓 名 ", "*姓名：", "1、您的姓名：", "Q1. 姓名", "（必填）姓名", "姓名（中文）",
     "3.请填写您的姓名【单选】", "第1题、姓名", "Name *", "ＮＡＭＥ", "姓\n名"],
)  # fmt: skip
def test_a_header_in_every_dress(header):
    """Numbering, hints in brackets, courtesies, width, case and white space make no difference."""
    assert recognise([header], "registrations").fields == {0: "name"}


def test_words_in_brackets_may_name_another_field():
    """名称（英文） is the English name, 名称（全称） the name."""
    fields = recognise(["企业名称（全称）", "企业名称（英文）"], "enterprises").fields
    assert fields == {0: "name", 1: "name_en"}


def test_the_surest_of_two_synonyms_wins():
    """手机号码 is the phone, and 联系电话 beside it is told as unmapped."""
    recognition = recognise(["联系电话", "姓名", "手机号码", "联系人"], "registrations")
    assert recognition.fields == {1: "name", 2: "phone"}
    assert recognition.unmapped == ("联系电话", "联系人")


def test_a_required_field_named_twice_is_refused():
    """Nobody can tell which of two columns 姓名 is meant."""
    with pytest.raises(InvalidError) as caught:
        recognise(["姓名", "手机", "姓名（中文）"], "registrations")
    assert (caught.value.code, caught.value.params["field"]) == ("column-twice", "name")


def test_a_map_overrides_by_header_or_letter():
    """The field moves to the column that was named, and a column can be left out."""
    headers = ["姓名", "推荐人", "联系电话", "备注"]
    overrides = parse_map(["推荐人=name", "C=note", "备注=-"])
    recognition = recognise(headers, "registrations", overrides)
    assert recognition.fields == {1: "name", 2: "note"}
    assert recognition.unmapped == ("姓名", "备注")
    assert recognition.column("note") == 2
    assert recognition.column("phone") is None


@pytest.mark.parametrize(
    ("items", "error", "code"),
    [
        (["姓名"], UsageError, "map-form"),
        (["=name"], UsageError, "map-form"),
        (["姓名=nonsense"], InvalidError, "field-unknown"),
        (["没有=name"], NotFoundError, "column-missing"),
        (["姓名=name", "手机=name"], InvalidError, "column-twice"),
    ],
)
def test_a_map_that_does_not_fit_is_refused(items, error, code):
    """By its form, its field, its column, and where it names a field twice."""
    with pytest.raises(error) as caught:
        recognise(["姓名", "手机"], "registrations", parse_map(items))
    assert caught.value.code == code


def test_a_row_without_the_required_field_is_no_header():
    """However much else it names."""
    assert HeaderRecogniser("registrations").score(["手机", "单位", "职务"]) == 0
    assert HeaderRecogniser("registrations").score(["姓名", "单位", "甲"]) == 2
    assert HeaderRecogniser("registrations", {"嘉宾代号": "name"}).score(["嘉宾代号", "单位"]) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_every_synonym_names_its_field(kind):
    """The surest one that very field; the others at least the first field that has them."""
    fields = KINDS[kind]
    for field in fields:
        assert recognise([field.headers[0]], kind).fields == {0: field.name}
        for header in field.headers:
            first = next(known.name for known in fields if header in known.headers)
            assert recognise([header], kind).fields == {0: first}, header


def test_english_headers_map_too():
    """Of several words, with hyphens, in any case."""
    headers = ["Full Name", "Mobile Phone", "E-mail", "Company name", "Job Title", "Seat No.", "Lunch"]
    recognition = recognise(headers, "registrations")
    assert list(recognition.fields.values()) == ["name", "phone", "email", "enterprise", "title", "seat"]
    assert recognition.unmapped == ("Lunch",)


def test_column_letters():
    """As spreadsheets show them."""
    assert [column_letter(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_list_of_another_kind_is_known_by_its_columns():
    """A list of enterprises read as registrations is told; one that fits as well as any other is not."""
    enterprises = ["企业名称", "统一社会信用代码", "所属区域", "产业领域", "联系人", "联系电话"]
    assert likelier(enterprises, "registrations") == "enterprises"
    assert likelier(enterprises, "enterprises") is None
    assert likelier(["？"], "registrations") is None
