"""Large workbooks: piece by piece they read as they do whole."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from ipweek.adapters import large_workbooks, spreadsheets
from ipweek.adapters.patent_files import open_export
from ipweek.domain.errors import InvalidError, NotFoundError
from tests.desk import refusal
from tests.unit.patent_exports import INCOPAT, INCOPAT_ROWS, workbook

CELLS = [
    ["申请号", "日期", "数", "真", ""],
    ["CN1 & <x>", date(2018, 6, 1), 3, True, None],
    ["  rund  ", datetime(2018, 6, 1, 9, 30), 2.5, False, "end"],  # noqa: DTZ001 - spreadsheets know no zones
    [None, None, 44196, None, None],
    [None, None, None, None, None],
    ["长" * 3000, date(1999, 12, 31), 138001380001234, None, "=1+1"],
]


def _shared(path: Path) -> Path:
    """As office programs write it: texts shared, dates by a style."""
    book = openpyxl.Workbook()
    for row in CELLS:
        book.active.append(row)
    book.create_sheet("Second").append(["x"])
    book.create_sheet("Hidden").sheet_state = "hidden"
    book.save(path)
    return path


def _inline(path: Path) -> Path:
    """As databases export it: texts in their cells, custom formats of dates, rich text."""
    with xlsxwriter.Workbook(
        path, {"constant_memory": True, "default_date_format": "yyyy年m月d日", "strings_to_formulas": False}
    ) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(CELLS):
            for column, value in enumerate(row):
                sheet.write(number, column, value)
        sheet.write_rich_string(7, 1, book.add_format({"bold": True}), "fett", " und mager")
    return path


def _read(path: Path) -> list[tuple[int, list[str]]]:
    sheet = next(large_workbooks.sheets(path))
    return _trimmed(sheet.rows(lambda _done, _of: None))


def _trimmed(rows) -> list[tuple[int, list[str]]]:
    found = []
    for number, cells in rows:
        kept = list(cells)
        while kept and not kept[-1]:
            kept.pop()
        if kept:
            found.append((number, kept))
    return found


@pytest.mark.parametrize("make", [_shared, _inline])
def test_a_large_workbook_reads_as_a_small_one(tmp_path: Path, make) -> None:
    """Texts, numbers, dates and flags are the same, cell by cell, as those of the reader that holds it whole."""
    path = make(tmp_path / "book.xlsx")
    whole = next(spreadsheets.sheets(path))
    assert _read(path) == _trimmed(whole.rows())
    assert _read(path)[1][1][:4] == ["CN1 & <x>", "2018-06-01", "3", "true"]


def test_an_export_is_the_same_either_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows, header and sheet; progress ends at the whole."""
    path = workbook(tmp_path / "e.xlsx", [INCOPAT, *INCOPAT_ROWS])
    assert not large_workbooks.is_large(path)
    small = open_export(path)
    monkeypatch.setattr(large_workbooks, "LARGE_BYTES", 0)
    assert large_workbooks.is_large(path)
    large, told = open_export(path), []
    assert (large.sheet, large.header_row, large.layout) == (small.sheet, small.header_row, small.layout)
    assert list(large.rows(lambda done, of: told.append((done, of)))) == list(small.rows())
    assert told[-1][0] == told[-1][1] > 0


def test_sheets_by_name(tmp_path: Path) -> None:
    """Hidden ones only when named."""
    path = _shared(tmp_path / "book.xlsx")
    assert [sheet.name for sheet in large_workbooks.sheets(path)] == ["Sheet", "Second"]
    assert [sheet.name for sheet in large_workbooks.sheets(path, "Hidden")] == ["Hidden"]
    told = refusal(NotFoundError, "sheet-missing", list, large_workbooks.sheets(path, "None"))
    assert told["sheets"] == ["Sheet", "Second", "Hidden"]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
@pytest.mark.parametrize(
    "content",
    [b"<worksheet><sheetData><row r='1'><c r='A1'", b"<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>", b""],
)
def test_a_broken_part_is_refused(tmp_path: Path, part: str, content: bytes) -> None:
    """Cut short, with entities of its own, empty: the file is told to be damaged."""
    path, broken = _shared(tmp_path / "book.xlsx"), tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(broken, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, content if name == part else good.read(name))
    refusal(InvalidError, "file-broken", _read, broken)
