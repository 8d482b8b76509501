"""Synthetic enterprises and people for the demonstration: invented names, numbers of no one, a fixed seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from stdnum.cn import uscc

_SEED = 2019
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PARTS = (
    "科达",
    "恒能",
    "明视",
    "联创",
    "信德",
    "新源",
    "博能",
    "星彩",
    "鼎芯",
    "万屏",
    "蓝晶",
    "亿光",
    "瑞显",
    "锐视",
    "华光",
    "新锐",
    "宏图",
    "东江",
)
_FORMS = ("科技有限公司", "有限公司", "股份有限公司", "（惠州）电子有限公司", "集团有限公司")
_DISTRICTS = ("惠城区", "惠阳区", "仲恺高新区", "大亚湾区", "博罗县", "惠东县", "龙门县")
INDUSTRIES = ("软包锂离子电池", "QLED显示技术", "LED显示屏")
OTHER = "其他"
_SURNAMES = "陈李黄张林刘罗叶吴曾朱杨何周梁单钟郑谢欧阳"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建文辉玲玉兰波志健喆"
_TITLES = ("知识产权经理", "研发总监", "专利工程师", "总经理", "法务", "市场部经理", "工程师", "主任")
_LATIN = ("Marta Łukasiewicz", "José Núñez", "Anna Müller", "Nguyễn Thị Hương")
_RARE = ("龚䶮", "马骉", "杨㛃")
SESSIONS = ("成果发布会", "企业交流会", "典型案例分析")
MARK = "样例"


@dataclass(frozen=True, slots=True)
class DemoEnterprise:
    """An invented enterprise."""

    name: str
    credit_code: str
    district: str
    industry: str
    high_tech: bool
    quota: int
    phone: str


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An invented delegate; `sessions` are names as a form lists them."""

    name: str
    phone: str
    enterprise: str
    title: str
    email: str
    sessions: tuple[str, ...]


def enterprises(count: int = 40) -> tuple[DemoEnterprise, ...]:
    """Enterprises of the three industries and of none, with credit codes right in form and check digit."""
    source = random.Random(_SEED)  # noqa: S311 - names, not secrets
    names: dict[str, None] = {}
    while len(names) < count:
        first, second = source.sample(_PARTS, 2)
        names[f"{MARK}{first}{second}{source.choice(_FORMS)}"] = None
    return tuple(
        DemoEnterprise(
            name,
            _credit_code(source),
            source.choice(_DISTRICTS),
            OTHER if place % 10 == 9 else INDUSTRIES[source.choice((0, 0, 1, 1, 2))],
            source.random() < 0.4,
            source.randint(2, 5),
            f"0752-2{place:06d}",
        )
        for place, name in enumerate(names)
    )


def people(held: Sequence[DemoEnterprise], count: int = 120) -> tuple[DemoPerson, ...]:
    """Delegates of nine in ten of the enterprises: the others are those that missed it."""
    source = random.Random(_SEED + 1)  # noqa: S311 - names, not secrets
    sending = held[: len(held) * 9 // 10]
    special = [*_LATIN, *_RARE]
    return tuple(
        DemoPerson(
            special.pop() if place % 17 == 16 and special else _name(source),
            f"1990000{place:04d}",
            source.choice(sending).name,
            source.choice(_TITLES),
            f"sample{place:04d}@example.com" if source.random() < 0.7 else "",
            tuple(name for name in SESSIONS if source.random() < 0.6) or SESSIONS[:1],
        )
        for place in range(count)
    )


def _name(source: random.Random) -> str:
    return source.choice(_SURNAMES[:-2]) + "".join(source.sample(_GIVEN, source.choice((1, 2, 2))))


def _credit_code(source: random.Random) -> str:
    body = "91441300" + "".join(source.choice(_ALPHABET) for _place in range(9))
    return body + str(uscc.calc_check_digit(body))


def write_enterprises(path: Path, held: Sequence[DemoEnterprise]) -> None:
    """The bureau's list: a title, a note, the header in the third row, a remark below."""
    header = (
        "序号",
        "企业名称（全称）",
        "统一社会信用代码",
        "所属区域",
        "产业领域",
        "是否高新技术企业",
        "联系电话",
        "参会名额",
    )
    rows = [
        (
            number,
            one.name,
            one.credit_code,
            one.district,
            one.industry,
            "是" if one.high_tech else "否",
            one.phone,
            one.quota,
        )
        for number, one in enumerate(held, 1)
    ]
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("参会企业")
        sheet.merge_range(
            0, 0, 0, len(header) - 1, "参会企业名单（样例数据 SYNTHETIC）", book.add_format({"bold": True})
        )
        sheet.write_row(1, 0, ("填报单位：样例单位",))
        _write_table(sheet, 2, header, rows)
        sheet.write_row(len(rows) + 4, 0, ("备注：样例数据，企业均为虚构。",))


def write_people(path: Path, held: Sequence[DemoPerson]) -> None:
    """An online form's export: numbered questions as headers, sessions joined by ┋."""
    header = (
        "序号",
        "提交答卷时间",
        "1、您的姓名：",
        "2、手机号码",
        "3、单位名称（请填写全称）",
        "4、职务",
        "5、电子邮箱",
        "6、拟参加的场次【多选】",
    )
    rows = [
        (
            number,
            f"2019/4/{10 + number % 8} {9 + number % 9}:{number % 60:02d}:00",
            one.name,
            one.phone,
            one.enterprise,
            one.title,
            one.email or "(空)",
            "┋".join(one.sessions),
        )
        for number, one in enumerate(held, 1)
    ]
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        _write_table(book.add_worksheet("Sheet1"), 0, header, rows)


def _write_table(
    sheet: xlsxwriter.worksheet.Worksheet, top: int, header: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    sheet.write_row(top, 0, header)
    for number, row in enumerate(rows, top + 1):
        sheet.write_row(number, 0, row)
