"""Rows checked and made into drafts."""

from datetime import datetime
from pathlib import Path

import pytest

from ipweek.adapters import credit_codes, phones
from ipweek.adapters.spreadsheets import read_table
from ipweek.domain.errors import InvalidError
from ipweek.domain.import_labels import LabelDraft
from ipweek.domain.import_recognition import HeaderRecogniser, recognise
from ipweek.domain.import_rows import chosen, email_address
from ipweek.domain.imports import FieldChecks, Row, Table, check_enterprises, check_registrations
from ipweek.domain.words import LabelKind

DATA = Path(__file__).parent.parent / "data"
CHECKS = FieldChecks(phone=phones.normalise, credit_code=credit_codes.normalise)
CODE = "91441300Q3DPARXD1L"


def people(headers, *rows):
    """The check of rows of registrations; the header stands in row 1."""
    table = Table("", 1, tuple(headers), tuple(Row(place, tuple(row)) for place, row in enumerate(rows, 2)))
    return check_registrations(table, recognise(headers, "registrations"), CHECKS)


def enterprises(headers, *rows):
    """The same for enterprises."""
    table = Table("", 1, tuple(headers), tuple(Row(place, tuple(row)) for place, row in enumerate(rows, 2)))
    return check_enterprises(table, recognise(headers, "enterprises"), CHECKS)


def told(checked):
    """Rows, columns, codes and severities of the problems."""
    return [(problem.row, problem.column, problem.code, problem.severity) for problem in checked.problems]


def sample(file, kind, check):
    """The check of a sample."""
    table = read_table(DATA / file, header_fields=HeaderRecogniser(kind))
    return check(table, recognise(table.columns, kind), CHECKS)


def test_all_errors_of_a_file_are_told_at_once():
    """The sample with errors, row by row: six refused, one cleaned with a warning, one person twice."""
    checked = sample("with-errors.xlsx", "registrations", check_registrations)
    assert told(checked) == [
        (2, "姓名", "value-missing", "error"),
        (3, "手机号码", "phone-scientific", "error"),
        (4, "手机号码", "phone-invalid", "error"),
        (5, "统一社会信用代码", "credit-code-check", "error"),
        (6, "邮箱", "email-invalid", "error"),
        (7, "姓名", "formula", "error"),
        (8, "姓名", "hidden-removed", "warning"),
        (10, "姓名", "twice-in-file", "warning"),
    ]
    assert checked.refused == (2, 3, 4, 5, 6, 7)
    assert checked.rows == 9
    assert [(draft.row, draft.name) for draft in checked.drafts] == [(8, "样例己"), (9, "胡秀明")]
    assert checked.drafts[0].enterprise == "[red]样例括号科技有限公司"
    assert checked.problems[-1].params == {"first": 9, "differs": ()}


def test_the_good_samples_have_no_problems():
    """120 registrations of the form, 30 late ones and 40 enterprises."""
    form = sample("online-form-registrations.xlsx", "registrations", check_registrations)
    late = sample("late-registrations-gb18030.csv", "registrations", check_registrations)
    bureau = sample("bureau-enterprises.xlsx", "enterprises", check_enterprises)
    assert [(len(checked.drafts), checked.problems) for checked in (form, late, bureau)] == [
        (120, ()),
        (30, ()),
        (40, ()),
    ]
    assert all(draft.phone and draft.phone.startswith("+861990000") for draft in form.drafts)
    assert form.drafts[0].sessions == ("典型案例分析", "企业交流会")
    assert form.drafts[0].registered_at == datetime(2019, 4, 10, 19, 24, 34)  # noqa: DTZ001
    assert (late.drafts[0].category, late.drafts[0].seat, late.drafts[0].note) == (
        "delegate",
        "1排1座",
        '现场补报, "转"',
    )
    first = bureau.drafts[0]
    assert (first.industries, first.labels, first.quota) == (("LED显示屏",), (), 3)
    assert first.contact_phone == "+867522000001"


@pytest.mark.parametrize(
    ("header", "value", "code"),
    [
        ("手机", "138****5678", "masked-value"), ("邮箱", "s***@example.com", "masked-value"),
        ("信用代码", "9144****************", "masked-value"), ("单位", "样例**有限公司", "masked-value"),
        ("手机", "=1+1", "formula"), ("单位", "@SUM(A1)", "formula"), ("备注", "+cmd|x", "formula"),
        ("邮箱", "=a@example.com", "formula"), ("邮箱", "+a@example.com", "email-invalid"),
        ("职务", "长" * 201, "too-long"), ("信用代码", "91350100M000100Y4Z", "credit-code-form"),
    ],
)  # fmt: skip
def test_a_value_that_no_field_takes_refuses_its_row(header, value, code):
    """Each with its own code, the column and the value as they stand in the file."""
    checked = people(["姓名", header], ("甲", value))
    assert told(checked) == [(2, header, code, "error")]
    assert checked.problems[0].value == value
    assert checked.drafts == ()


@pytest.mark.parametrize("phone", ["+86 199-0000-1003", "+8619900001003", "0752-2000001转801"])
def test_a_phone_is_no_formula(phone):
    """Though it begins like one."""
    assert people(["姓名", "手机"], ("甲", phone)).problems == ()


@pytest.mark.parametrize(
    ("name", "code"), [("", "value-missing"), ("\u202e\u200b", "hidden-only"), ("张**", "masked-value")]
)
def test_a_name_must_be_there_whole(name, code):
    """An empty one, one of hidden characters only, a masked one."""
    assert told(people(["姓名", "手机"], (name, "19900001000"))) == [(2, "姓名", code, "error")]


def test_hidden_characters_are_cleaned_out_with_a_warning():
    """In any field; line breaks in a note are no hidden characters."""
    checked = people(["姓名", "单位", "备注"], ("甲", "样例\u2066有限公司", "一\n二"))
    assert told(checked) == [(2, "单位", "hidden-removed", "warning")]
    assert (checked.drafts[0].enterprise, checked.drafts[0].note) == ("样例有限公司", "一\n二")


def test_every_problem_of_a_row_is_told():
    """Three columns, three problems, one refused row."""
    checked = people(["姓名", "手机", "邮箱"], ("", "1", "x"))
    assert [problem.code for problem in checked.problems] == [
        "value-missing",
        "phone-invalid",
        "email-invalid",
    ]
    assert checked.refused == (2,)


def test_the_same_person_twice_is_counted_once_and_gaps_are_filled():
    """By phone and name, or by name and enterprise; what differs is told and the first row stands."""
    headers = ["姓名", "手机", "单位", "职务"]
    checked = people(
        headers, ("甲", "19900001000", "样例有限公司", ""), ("甲", "+86 19900001000", "另一公司", "经理"),
        ("乙", "", "样例有限公司", ""), ("乙", "", "样例公司", ""), ("丙", "19900001000", "样例公司", ""),
    )  # fmt: skip
    assert told(checked) == [(3, "姓名", "twice-in-file", "warning"), (5, "姓名", "twice-in-file", "warning")]
    assert checked.problems[0].params == {"first": 2, "differs": ("enterprise",)}
    assert [draft.name for draft in checked.drafts] == ["甲", "乙", "丙"]
    assert (checked.drafts[0].enterprise, checked.drafts[0].title) == ("样例有限公司", "经理")


def test_the_same_enterprise_twice_is_counted_once():
    """By credit code or by name without its ending; another code under the same name is told."""
    checked = enterprises(
        ["企业名称", "信用代码"], ("样例甲有限公司", CODE), ("样例乙公司", CODE.lower()), ("样例甲公司", ""),
        ("样例甲有限责任公司", "91350100M000100Y43"),
    )  # fmt: skip
    assert [problem.code for problem in checked.problems] == ["twice-in-file"] * 3
    assert checked.problems[2].params == {"first": 2, "differs": ("name", "credit_code")}
    assert [draft.name for draft in checked.drafts] == ["样例甲有限公司"]


def test_a_refused_row_is_nobody_twice():
    """The good row after a bad one for the same person makes the draft."""
    checked = people(["姓名", "手机", "邮箱"], ("甲", "19900001000", "x"), ("甲", "19900001000", ""))
    assert [draft.row for draft in checked.drafts] == [3]


@pytest.mark.parametrize(
    ("text", "sessions"),
    [
        ("成果发布会┋企业交流会", ("成果发布会", "企业交流会")),
        ("甲、乙会┋丙", ("甲、乙会", "丙")),
        ("甲;乙；丙,丁，戊、己", ("甲", "乙", "丙", "丁", "戊", "己")),
        ("甲\n甲", ("甲",)),
        (" ┋甲┋ ", ("甲",)),
        ("", ()),
    ],
)
def test_sessions_are_parted(text, sessions):
    """By the form's own mark where it is there, otherwise as people part them."""
    assert chosen(people(["姓名", "场次"], ("甲", text)).drafts[0].sessions) == sessions


@pytest.mark.parametrize(
    ("text", "sessions"),
    [
        ("甲、乙会、丙", ("甲、乙会", "丙")),
        ("丙，甲、 乙会", ("丙", "甲、 乙会")),
        ("甲、乙会", ("甲、乙会",)),
        ("甲、乙", ("甲", "乙")),
        ("丁、甲、乙会；丁", ("丁", "甲、乙会")),
    ],
)
def test_a_known_name_is_not_parted(text, sessions):
    """A session whose own name holds a comma is one, wherever it stands in the cell."""
    assert chosen(people(["姓名", "场次"], ("甲", text)).drafts[0].sessions, {"甲、乙会", "丙"}) == sessions


@pytest.mark.parametrize(
    ("header", "value", "expected", "codes"),
    [
        ("是否高新技术企业", "是", (LabelDraft(LabelKind.HIGH_TECH),), []),
        ("是否高新技术企业", "否", (), []),
        ("是否高新技术企业", "", (), []),
        ("是否高新技术企业", "申报中", (), ["flag-unknown"]),
        ("参会名额", "3", 3, []),
        ("参会名额", "３人", 3, []),
        ("参会名额", "", None, []),
    ],
)
def test_flags_and_quotas(header, value, expected, codes):
    """What is not stated is None, and never no or 0."""
    checked = enterprises(["企业名称", header], ("样例", value))
    draft = checked.drafts[0]
    assert (draft.quota if header == "参会名额" else draft.labels) == expected
    assert [problem.code for problem in checked.problems] == codes


@pytest.mark.parametrize("quota", ["若干", "2.5", "-1", "2147483648"])
def test_a_quota_that_is_no_number_is_refused(quota):
    """It would be guessed otherwise."""
    assert told(enterprises(["企业名称", "参会名额"], ("样例", quota))) == [
        (2, "参会名额", "number-invalid", "error")
    ]


def test_a_category_of_the_organizers_own_stays_a_text():
    """Known words become codes."""
    checked = people(["姓名", "类别"], ("甲", "嘉宾"), ("乙", "观察员"), ("丙", ""))
    assert [draft.category for draft in checked.drafts] == ["guest", "观察员", None]


def test_a_moment_that_cannot_be_read_is_a_warning():
    """The person is registered all the same."""
    checked = people(["姓名", "提交时间"], ("甲", "2019年4月10日 9:05"), ("乙", "2019-04-31"), ("丙", "昨天"))
    assert checked.drafts[0].registered_at == datetime(2019, 4, 10, 9, 5)  # noqa: DTZ001
    assert told(checked) == [
        (3, "提交时间", "moment-invalid", "warning"),
        (4, "提交时间", "moment-invalid", "warning"),
    ]


@pytest.mark.parametrize("address", ["a@example.com", "first.last+tag@mail.example.com.cn", "李@例子.公司"])
def test_plain_addresses_pass(address):
    """Tags, several labels and international addresses."""
    assert email_address(address) == address


def test_an_addresses_host_is_lower_case_and_half_width():
    """The local part stays as it is, for only its host knows what its case means."""
    assert email_address("A.b＠Example.COM") == "A.b@example.com"


@pytest.mark.parametrize(
    "address",
    ["not-an-address", "@example.com", "a@b", "a@b..com", "a..b@example.com", "a b@example.com",
     "a@example.com,b@example.com", "A <a@example.com>", "a@1.2.3.44", "-a@example.com",
     "a@" + "x" * 250 + ".com"],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused(address):
    """Several addresses, display names, missing parts."""
    with pytest.raises(InvalidError):
        email_address(address)
