"""Reading and checking long lists: `python tests/bench/bench_read.py [rows]`, or pytest for the bounds."""

import sys
import tempfile
import time
from pathlib import Path

from stdnum.cn.uscc import calc_check_digit

from ipweek.adapters import credit_codes, phones, pinyin
from ipweek.adapters.spreadsheets import read_table
from ipweek.domain.import_recognition import HeaderRecogniser, recognise
from ipweek.domain.imports import FieldChecks, check_registrations

HEADER = (
    "序号",
    "姓名",
    "手机号码",
    "单位名称",
    "职务",
    "电子邮箱",
    "拟参加的场次",
    "统一社会信用代码",
    "座位号",
    "备注",
)
SURNAMES = "陈单曾区林李张王刘黄"
GIVEN = "明华杰玉婷伟强丽娜鑫芳敏静磊军洋勇艳涛超秀霞平刚桂英建国文辉力斌宇浩凯燕红梅兰竹菊松柏云雨雪风雷"
"""As many given names as make most names of a long list different, as they are."""
SIZE = len(GIVEN)
CODES = [code + calc_check_digit(code) for code in (f"91441300MA5{number:06}" for number in range(500))]


def write_list(path: Path, rows: int) -> Path:
    """Write a list of so many people."""
    import openpyxl  # whoever only reads does without

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    sheet.append(HEADER)
    for number in range(rows):
        name = SURNAMES[number % 10] + GIVEN[number // 10 % SIZE] + GIVEN[number // 10 // SIZE % SIZE]
        phone = 19900000000 + number if number % 3 else f"+86 199-{number // 10000:04}-{number % 10000:04}"
        sheet.append(
            (number, name, phone, f"样例科达{GIVEN[number % 500 % 7]}{number % 500}有限公司", "经理",
             f"s{number}@example.com",
             "成果发布会┋企业交流会", CODES[number % 500], f"{number}排", None)
        )  # fmt: skip
    book.save(path)
    return path


def timed(label, work, *arguments, **named):
    """The result of the work and its processor seconds, told on the way: a busy machine does not blur them."""
    begun = time.process_time()
    result = work(*arguments, **named)
    seconds = time.process_time() - begun
    print(f"{label:<28}{seconds:7.3f} s")
    return result, seconds


def run(rows: int) -> dict[str, float]:
    """Seconds for each step over a list of so many rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_list(Path(folder) / "list.xlsx", rows)
        read_table(path, header_fields=HeaderRecogniser("registrations"))
        table, reading = timed(
            f"read {rows}", read_table, path, header_fields=HeaderRecogniser("registrations")
        )
    checks = FieldChecks(phone=phones.normalise, credit_code=credit_codes.normalise)
    mapping = recognise(table.columns, "registrations")
    checked, checking = timed(f"check {rows}", check_registrations, table, mapping, checks)
    assert (len(checked.drafts), checked.refused) == (rows, ())
    _, numbers = timed(f"phones {rows}", lambda: [phones.normalise(row.cells[2]) for row in table.rows])
    pinyin.search_forms("预热")
    names = [(draft.name, draft.enterprise) for draft in checked.drafts]
    _, forms = timed(
        f"pinyin 2 x {rows}",
        lambda: [(pinyin.search_forms(one), pinyin.search_forms(two)) for one, two in names],
    )
    return {"read": reading, "check": checking, "phones": numbers, "pinyin": forms}


def test_ten_thousand_rows_are_read_and_checked_in_time():
    """Bounds of an import of 10,000 people, each step by itself."""
    seconds = run(10_000)
    assert seconds["read"] < 0.5
    assert seconds["check"] < 1
    assert seconds["phones"] < 0.3
    assert seconds["pinyin"] < 0.5


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
