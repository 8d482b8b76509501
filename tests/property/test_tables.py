"""Tables whose columns stand in any order, under headers in any dress, mean the same."""

import csv
import io
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ipweek.adapters import credit_codes, csv_text, phones
from ipweek.domain.import_recognition import recognise
from ipweek.domain.imports import FieldChecks, Row, Table, check_registrations
from ipweek.domain.text import clean

CHECKS = FieldChecks(phone=phones.normalise, credit_code=credit_codes.normalise)
COLUMNS = {
    "name": ("姓名", "Name", "您的姓名"),
    "phone": ("手机号码", "联系电话", "Mobile"),
    "enterprise": ("单位名称", "所在单位"),
    "title": ("职务", "Title"),
    "sessions": ("拟参加的场次", "场次"),
    "note": ("备注", "Remarks"),
}
ROWS = [
    ("样例甲", "19900001000", "样例科达有限公司", "经理", "发布会┋交流会", ""),
    ("样例乙", "+86 199-0000-1001", "样例恒能有限公司", "", "", "素食"),
    ("", "19900001002", "样例恒能有限公司", "主任", "", ""),
    ("样例甲", "19900001000", "样例科达有限公司", "", "", "改签"),
]
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@st.composite
def headers(draw):
    """One header for each field: a synonym, numbered or not, with hints, in half or full width."""
    made = {}
    for field, synonyms in COLUMNS.items():
        text = draw(st.sampled_from(synonyms))
        text = draw(st.sampled_from(("", "3、", "12. ", "*"))) + text
        text += draw(st.sampled_from(("", "(必填)", "【多选】", "：", " ")))
        made[field] = text.translate(FULL_WIDTH) if draw(st.booleans()) else text
    return made


def check(order, headed):
    """The drafts and problems of the rows with their columns in this order."""
    place = {field: column for column, field in enumerate(COLUMNS)}
    rows = tuple(
        Row(number, tuple(row[place[field]] for field in order)) for number, row in enumerate(ROWS, 2)
    )
    columns = tuple(headed[field] for field in order)
    checked = check_registrations(Table("", 1, columns, rows), recognise(columns, "registrations"), CHECKS)
    return checked.drafts, sorted((problem.row, problem.code) for problem in checked.problems)


@settings(max_examples=60, deadline=None)
@given(order=st.permutations(list(COLUMNS)), headed=headers())
def test_any_order_and_dress_of_headers_gives_the_same_drafts(order, headed):
    """And the same problems."""
    assert check(order, headed) == check(list(COLUMNS), {field: words[0] for field, words in COLUMNS.items()})


@settings(max_examples=60, deadline=None)
@given(name=st.text(max_size=40), phone=st.text(max_size=20), note=st.text(max_size=40))
def test_no_text_breaks_a_check(name, phone, note):
    """Whatever stands in the cells becomes a clean draft or a problem, never a traceback."""
    table = Table("", 1, ("姓名", "手机", "备注"), (Row(2, (name.strip(), phone.strip(), note.strip())),))
    checked = check_registrations(table, recognise(table.columns, "registrations"), CHECKS)
    assert len(checked.drafts) + len(checked.refused) == 1
    for draft in checked.drafts:
        assert draft.name == clean(name)
        assert replace(draft, note=None).phone is None or draft.phone.startswith("+")


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8), min_size=2, max_size=4
        ),
        max_size=6,
    ),
    encoding=st.sampled_from(("utf-8-sig", "utf-16", "utf-8")),
)
def test_what_a_csv_writer_writes_is_read_again(rows, encoding):
    """Quotes, delimiters and line breaks inside fields included."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    found = [
        fields
        for _, fields in csv_text.read(text.getvalue().encode(encoding), lambda _lines, mark: mark == ",")
    ]
    wanted = [row for row in rows if any(row)]
    assert [[field for field in fields if not field.startswith('="')] for fields in found] == [
        [field for field in row if not field.startswith('="')] for row in wanted
    ]
