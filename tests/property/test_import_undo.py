"""Importing and taking it back is nothing, whatever a file holds and however it is written."""

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ipweek.domain.import_report import ImportReport
from ipweek.domain.words import ImportKind
from ipweek.storage.tables import Base
from tests.desk import EVENT, Desk

LOG = {
    "import_batches",
    "import_rows",
    "import_additions",
    "import_mappings",
    "audit_entries",
    "audit_values",
}
"""What remembers that something was imported and taken back."""

COUNTERS = {("leases", "next_counter"), ("sessions", "sequence"), ("events", "sequence")}
"""What only ever counts on: badge numbers are never given twice, calendars learn of a change by a larger number."""

CODES = ("", "91441300734122111K", "91441302MA000020X0", "914403001922038216")
PEOPLE = {
    "姓名": st.sampled_from(("李雷", "李 雷", "韩梅", "单杰", "Raymond Li", "")),
    "手机号码": st.sampled_from(("", "19900000001", "19900000002", "+86 199-0000-0001", "1990000000")),
    "单位名称": st.sampled_from(("甲有限公司", "甲公司", "乙（惠州）", "乙(惠州)公司", "丙科技有限公司", "")),
    "统一社会信用代码": st.sampled_from(CODES),
    "英文姓名": st.sampled_from(("", "Lei Li", "Mei Han")),
    "电子邮箱": st.sampled_from(("", "a@example.com", "b@example.com")),
    "职务": st.sampled_from(("经理", "工程师", "")),
    "类别": st.sampled_from(("嘉宾", "delegate", "观察员", "")),
    "座位号": st.sampled_from(("", "1排1座", "4-12")),
    "拟参加的场次": st.sampled_from(
        ("成果发布会", "甲、乙会", "成果发布会、甲、乙会", "甲、乙会┋成果发布会", "")
    ),
    "备注": st.sampled_from(("", "素食")),
}
ENTERPRISES = {
    "企业名称": st.sampled_from(
        ("甲有限公司", "甲公司", "乙（惠州）", "乙(惠州)公司", "丙科技有限公司", "Delta", "")
    ),
    "统一社会信用代码": st.sampled_from(CODES),
    "英文名称": st.sampled_from(("", "Alpha Ltd", "Beta Ltd")),
    "简称": st.sampled_from(("", "甲")),
    "所属区域": st.sampled_from(("", "惠城区", "惠阳区")),
    "产业领域": st.sampled_from(("", "led", "QLED", "led;QLED", "其他")),
    "是否高新技术企业": st.sampled_from(("是", "否", "")),
    "贯标证书编号": st.sampled_from(("", "IPMS-1", "IPMS-2")),
    "联系人": st.sampled_from(("", "王芳", "陈明")),
    "联系人电话": st.sampled_from(("", "19900000003", "0752-2000001")),
    "参会名额": st.sampled_from(("", "3", "５人")),
}
WIDE = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
"""Half-width characters in their full-width forms."""


CODED = ("手机号码", "统一社会信用代码", "电子邮箱", "参会名额", "联系人电话")
"""Columns whose values are the same in any width; a name is kept as it is written."""


def widened(text: str) -> str:
    """In full-width characters."""
    return "".join(WIDE.get(char, char) for char in text)


def narrowed(text: str) -> str:
    """In half-width characters."""
    return unicodedata.normalize("NFKC", text)


def rows_of(fields: dict[str, Any]) -> st.SearchStrategy[list[dict[str, str]]]:
    """Short lists with namesakes, shared phones, gaps and errors."""
    return st.lists(st.fixed_dictionaries(fields), min_size=1, max_size=8)


def files_of(kind: ImportKind, fields: dict[str, Any]) -> st.SearchStrategy[Any]:
    """A list, another order of its columns, and another way to write it."""
    writing = st.sampled_from((str, widened, narrowed))
    return st.tuples(st.just(kind), rows_of(fields), st.permutations(list(fields)), writing)


FILES = st.one_of(files_of(ImportKind.REGISTRATIONS, PEOPLE), files_of(ImportKind.ENTERPRISES, ENTERPRISES))


def write(path: Path, rows: Sequence[dict[str, str]], columns: Iterable[str]) -> Path:
    """The rows as tab-separated text with the columns in this order."""
    order = list(columns)
    lines = ["\t".join(order), *("\t".join(row[column] for column in order) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def picture(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the logs."""
    with desk.uow.read() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(*_columns(table)))), key=repr)
            for table in Base.metadata.sorted_tables
            if table.name not in LOG
        }


def _columns(table: Any) -> list[Any]:
    return [column for column in table.columns if (table.name, column.name) not in COUNTERS]


@pytest.fixture
def desk(uow, clock, actor) -> Desk:
    """A desk with an event of five places, two sessions, an industry, and people who are there already."""
    made = Desk(uow, clock, actor)
    made.workspaces.create(actor)
    made.add("week", "huizhou-2019")
    made.add("event", EVENT, capacity="5")
    made.add("session", "release", name_zh="成果发布会", capacity="2")
    made.add("session", "talk", name_zh="甲、乙会")
    made.add("industry", "led", name_zh="LED显示屏")
    made.add("industry", "qled", name_zh="QLED")
    made.register("李雷", "19900000001", "甲有限公司")
    made.register("韩梅", "", "丙科技有限公司")
    return made


def bring(desk: Desk, kind: ImportKind, path: Path) -> ImportReport:
    """Import the good rows."""
    desk.clock.forward(seconds=1)
    event = EVENT if kind is ImportKind.REGISTRATIONS else None
    return desk.imports.run(desk.actor, kind, path, event, partial=True)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    """Added, updated, unchanged, refused."""
    return report.added, report.updated, report.unchanged, report.refused


def undone(desk: Desk, report: ImportReport) -> None:
    """Take it back."""
    desk.clock.forward(seconds=1)
    assert desk.imports.undo(desk.actor, report.batch, dry_run=True).dependants == ()
    taken = desk.imports.undo(desk.actor, report.batch)
    assert (taken.removed, taken.restored) == (report.added, report.updated)


def _settings(examples: int) -> Any:
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def _a_file(desk: Desk, folder: Path, file: Any) -> None:
    """Twice is once, undone is nothing; and the columns' order and the widths of characters say nothing."""
    kind, rows, order, writing = file
    start = picture(desk)
    path = write(folder / "list.tsv", rows, rows[0])
    first = bring(desk, kind, path)
    once = picture(desk)
    second = bring(desk, kind, path)
    assert (second.added, second.updated, second.refused) == (0, 0, first.refused), changes(second)
    assert picture(desk) == once
    undone(desk, second)
    assert picture(desk) == once
    undone(desk, first)
    assert picture(desk) == start
    wanted = CODED if writing is widened else tuple(rows[0])
    others = [{key: writing(text) if key in wanted else text for key, text in row.items()} for row in rows]
    other = bring(desk, kind, write(folder / "other.tsv", others, order))
    assert counts(other) == counts(first)
    undone(desk, other)
    assert picture(desk) == start


def changes(report: ImportReport) -> list[Any]:
    """What a report tells, for the message of a failure."""
    return [*report.changes, *report.problems]


def _cleared(desk: Desk, before: set[Any]) -> None:
    """Whatever a failure left, so that the next example begins where this one did."""
    for line in desk.imports.batches(1000):
        if line.id not in before and line.undone_at is None:
            desk.imports.undo(desk.actor, line.id)


def _tried(desk: Desk, folder: Path, file: Any) -> None:
    before = {line.id for line in desk.imports.batches(1000)}
    try:
        _a_file(desk, folder, file)
    finally:
        _cleared(desk, before)


@_settings(12)
@given(file=FILES)
def test_twice_is_once_and_undone_is_nothing(desk, tmp_path, file) -> None:
    """A dozen files on each engine."""
    _tried(desk, tmp_path, file)


@pytest.mark.soak
@_settings(300)
@given(file=FILES)
def test_of_many_files(desk, tmp_path, file) -> None:
    """Three hundred of them."""
    _tried(desk, tmp_path, file)
