"""What columns are taken for, what is remembered of them, and what is refused as a list to mend."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ipweek.domain.errors import CancelledError, InvalidError, NotFoundError
from ipweek.domain.import_recognition import REASON_HEADERS, recognise
from ipweek.domain.import_report import ImportProgress, ImportReport
from ipweek.domain.words import ImportKind
from ipweek.i18n import speaking
from ipweek.jobs.imports import write_refused
from ipweek.storage.tables import Base
from tests.desk import EVENT, Desk, refusal
from tests.property.test_import_undo import picture

FORM = Path(__file__).parent.parent / "data" / "online-form-registrations.xlsx"
ERRORS = FORM.parent / "with-errors.xlsx"


def written(path: Path, *rows: tuple[Any, ...]) -> Path:
    """A workbook of these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def bring(desk: Desk, path: Path, **more: Any) -> ImportReport:
    """Import registrations."""
    return desk.imports.run(desk.actor, ImportKind.REGISTRATIONS, path, EVENT, **more)


def fields(report: Any) -> dict[str, str | None]:
    """Headers and what they are taken for."""
    return {one.header: one.field for one in report.columns}


def test_a_mapping_is_remembered_by_its_headers(desk: Desk, tmp_path: Path) -> None:
    """What the first file was told, the next one with these headers knows, in any order and width; until forgotten."""
    first = written(tmp_path / "a.xlsx", ("哪位", "单位", "备注（可选）"), ("李雷", "甲公司", "经理"))
    refusal(InvalidError, "header-not-found", bring, desk, first)
    told = {"哪位": "name", "备注（可选）": "title"}
    assert bring(desk, first, columns=told, dry_run=True).added == 1
    assert desk.imports.mappings() == ()
    assert bring(desk, first, columns=told).remembered is False
    second = written(tmp_path / "b.xlsx", ("备注(可选)", "哪位", "单位"), ("工程师", "韩梅", "甲公司"))
    report = bring(desk, second)
    assert (report.added, report.remembered) == (1, True)
    assert fields(report) == {"备注(可选)": "title", "哪位": "name", "单位": "enterprise"}
    corrected = bring(desk, second, columns={"备注(可选)": "-"}, dry_run=True)
    assert fields(corrected) == {"备注(可选)": None, "哪位": "name", "单位": "enterprise"}
    ((line),) = desk.imports.mappings()
    assert line.mapping == {"哪位": "name", "单位": "enterprise", "备注可选": "title"}
    assert desk.imports.forget(line.id) == 1
    refusal(InvalidError, "header-not-found", bring, desk, second)
    refusal(NotFoundError, "mapping-missing", desk.imports.forget, line.id)


def test_a_guess_that_does_is_not_remembered(desk: Desk, tmp_path: Path) -> None:
    """Only what the synonyms do not say; what they say again is forgotten."""
    path = written(tmp_path / "a.xlsx", ("姓名", "备注"), ("李雷", "经理"))
    bring(desk, path)
    assert desk.imports.mappings() == ()
    bring(desk, path, columns={"备注": "title"})
    assert len(desk.imports.mappings()) == 1
    bring(desk, path, columns={"备注": "note"})
    assert desk.imports.mappings() == ()


def test_a_look_before_anything_is_known(desk: Desk, tmp_path: Path) -> None:
    """Columns with samples and what is missing, even where no header is recognised; the sheets to choose from."""
    path = written(tmp_path / "a.xlsx", ("名单",), (), ("哪位", "在哪"), ("李雷", "甲公司"), ("韩梅", ""))
    seen = desk.imports.look(ImportKind.REGISTRATIONS, path)
    assert (seen.header_row, seen.missing, seen.rows) == (3, ("name",), 2)
    assert [(one.header, one.field, one.samples) for one in seen.columns] == [
        ("哪位", None, ("李雷", "韩梅")),
        ("在哪", None, ("甲公司",)),
    ]
    better = desk.imports.look(ImportKind.REGISTRATIONS, path, columns={"B": "enterprise", "哪位": "name"})
    assert (better.missing, fields(better)) == ((), {"哪位": "name", "在哪": "enterprise"})
    ((line),) = desk.imports.sheets(path)
    assert (line.name, line.rows, line.columns, line.hidden) == ("Sheet", 5, 2, False)
    several = desk.imports.sheets(FORM.parent / "bureau-enterprises.xlsx")
    assert (several[0].name, len(several)) == ("参会企业", 2)


def test_the_header_row_is_named(desk: Desk, tmp_path: Path) -> None:
    """Where two rows look like headers the user says which; a blank row and one without names are refused."""
    path = written(tmp_path / "a.xlsx", ("姓名", "单位"), ("姓名", "手机"), ("李雷", "19900001000"))
    assert bring(desk, path, header_row=2).rows == 1
    with desk.uow.read() as session:
        people = Base.metadata.tables["people"]
        assert [(row.name, row.phone) for row in session.execute(people.select())] == [
            ("李雷", "+8619900001000")
        ]
    assert refusal(InvalidError, "header-row-blank", bring, desk, path, header_row=9)["row"] == 9
    refused = refusal(InvalidError, "field-unmapped", bring, desk, path, header_row=3)
    assert (refused["field"], refused["columns"]) == ("name", ["李雷", "19900001000"])
    assert refusal(InvalidError, "table-empty", bring, desk, written(tmp_path / "b.xlsx", ("姓名", "单位")))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_refused_rows_are_mended_and_come_again(huizhou: Desk, tmp_path: Path, language: str) -> None:
    """Headers and values as read, the reason in the last column, no formula; mended, the rows are taken."""
    report = bring(huizhou, ERRORS, partial=True)
    assert [row.number for row in report.refused_rows] == [2, 3, 4, 5, 6, 7]
    with speaking(language):
        out = write_refused(report, tmp_path / "refused.xlsx")
    sheet = openpyxl.load_workbook(out).active
    header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert header[:-1] == list(report.headers)
    assert header[-1] in REASON_HEADERS
    assert len(rows) == 6
    assert "1.99E+10" in [str(cell) for cell in rows[1]]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    again = bring(huizhou, out, dry_run=True)
    assert (again.refused, len(again.refused_rows)) == (6, 6)
    assert header[-1] not in (*again.unmapped, *again.mapping)
    mended = tmp_path / "mended.xlsx"
    _mend(out, mended)
    assert bring(huizhou, mended).refused == 0


def _mend(source: Path, target: Path) -> None:
    """Give every row a good name, phone, address and no credit code."""
    book = openpyxl.load_workbook(source)
    headers = {cell.value: cell.column for cell in book.active[1]}
    taken = recognise(list(headers), "registrations").fields
    for number, row in enumerate(book.active.iter_rows(min_row=2)):
        good = {
            "name": f"改{number}",
            "phone": f"1990000900{number}",
            "email": "a@example.com",
            "credit_code": None,
        }
        for column, name in taken.items():
            if name in good:
                row[column].value = good[name]
    book.save(target)


def test_no_refused_row_no_list(desk: Desk, tmp_path: Path) -> None:
    """And another ending than .xlsx is told."""
    report = bring(desk, written(tmp_path / "a.xlsx", ("姓名",), ("李雷",)))
    refusal(InvalidError, "refused-none", write_refused, report, tmp_path / "out.xlsx")


@pytest.mark.parametrize("stage", ["checking", "matching", "storing"])
def test_a_cancelled_import_leaves_nothing(huizhou: Desk, stage: str) -> None:
    """Whoever hears of the progress may stop it, at any stage; told are the stages in their order."""
    before, heard = picture(huizhou), []

    def told(progress: ImportProgress) -> None:
        heard.append(progress.stage)
        if progress.stage == stage:
            raise CancelledError("import-stopped", file=FORM.name)

    refusal(CancelledError, "import-stopped", bring, huizhou, FORM, progress=told)
    assert picture(huizhou) == before
    assert huizhou.imports.batches() == ()
    stages = ["reading", "checking", "matching", "storing"]
    assert list(dict.fromkeys(heard)) == stages[: stages.index(stage) + 1]


def test_a_cancelled_programme_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    """Rows that are written already go too."""
    path = written(tmp_path / "a.xlsx", ("场次", "日期"), ("会谈", "2019-04-25"), ("茶歇", "2019-04-25"))
    before = picture(desk)

    def told(progress: ImportProgress) -> None:
        if progress.stage == "storing":
            raise CancelledError("import-stopped", file=path.name)

    refusal(
        CancelledError, "import-stopped", desk.imports.programme, desk.actor, path, event=EVENT, progress=told
    )
    assert picture(desk) == before


def test_values_as_people_meant_them(desk: Desk, tmp_path: Path) -> None:
    """A phone as a number is a phone, a rounded one and a credit code as a number are told, a date is a date."""
    import datetime as dt

    path = written(
        tmp_path / "a.xlsx",
        ("姓名", "手机", "信用代码", "提交时间"),
        ("李雷", 19900001000, None, dt.datetime(2019, 4, 10, 9, 30)),  # noqa: DTZ001
        ("韩梅", "1.99E+10", None, None),
        ("单杰", 19900001002, 914413007341221110, None),
    )
    report = bring(desk, path, partial=True)
    assert [(one.row, one.code) for one in report.problems] == [
        (3, "phone-scientific"),
        (4, "credit-code-scientific"),
    ]
    ((row),) = desk.registrations.page(EVENT).rows
    with desk.uow.read() as session:
        moment = session.execute(Base.metadata.tables["registrations"].select()).one().registered_at
    assert (row.name, moment.isoformat()) == ("李雷", "2019-04-10T01:30:00+00:00")


def test_rows_that_are_about_one_enterprise(desk: Desk, tmp_path: Path) -> None:
    """By its names and its code, in any order: one enterprise, the first row counts and the others fill its gaps."""
    code = "91441300734122111K"
    path = written(
        tmp_path / "a.xlsx",
        ("企业名称", "信用代码", "所属区域", "名额", "贯标证书", "联系人"),
        ("甲有限公司", None, "惠城区", 2, "IP-1", "王芳"),
        ("乙有限公司", code, None, 3, None, None),
        ("甲公司", code, "惠阳区", None, None, "陈明"),
        ("乙公司", None, "博罗县", 5, "IP-2", None),
    )
    report = desk.imports.run(desk.actor, ImportKind.ENTERPRISES, path)
    assert {one.code for one in report.problems} == {"twice-in-file"}
    stored = picture(desk)
    assert {row[2] for row in stored["enterprises"]} == {"甲有限公司"}
    again = desk.imports.run(desk.actor, ImportKind.ENTERPRISES, path)
    assert (again.added, again.updated) == (0, 0)
    assert picture(desk) == stored


def test_one_person_known_by_phone_and_by_name(desk: Desk, tmp_path: Path) -> None:
    """Two rows that mean one known person are one registration; a full event puts it on the list."""
    desk.edit("event", EVENT, capacity="1")
    desk.register("韩梅")
    desk.add("event", "other")
    rows = (("姓名", "手机", "单位"), ("李雷", "19900001000", "甲公司"))
    desk.imports.run(desk.actor, ImportKind.REGISTRATIONS, written(tmp_path / "a.xlsx", *rows), "other")
    report = bring(desk, written(tmp_path / "b.xlsx", *rows, ("李雷", None, "甲有限公司")))
    assert (report.added, report.unchanged, report.waiting) == (1, 1, 1)
    assert [(one.row, one.code) for one in report.problems] == [(3, "twice-in-file")]


def test_possible_duplicates_are_told(desk: Desk, tmp_path: Path) -> None:
    """A known phone under another name, in the file too; an enterprise of a similar name; both are new."""
    desk.register("李雷", "19900001000", "惠州恒益电子科技有限公司")
    rows = (
        ("韩梅", "19900001000", "惠州恒溢电子科技有限公司"),
        ("单杰", "19900001002", ""),
        ("王芳", "19900001002", ""),
    )
    report = bring(desk, written(tmp_path / "a.xlsx", ("姓名", "手机", "单位"), *rows), dry_run=True)
    assert [(one.name, one.duplicate_of) for one in report.changes] == [
        ("韩梅", "李雷"),
        ("单杰", None),
        ("王芳", "单杰"),
    ]
    names = written(
        tmp_path / "b.xlsx", ("企业名称",), ("惠州恒溢电子科技有限公司",), ("惠州市星彩光电公司",)
    )
    found = desk.imports.run(desk.actor, ImportKind.ENTERPRISES, names, dry_run=True)
    assert [one.duplicate_of for one in found.changes] == ["惠州恒益电子科技有限公司", None]
