"""Hostile and hidden things in spreadsheets, as the command line tells of them."""

import re
from pathlib import Path

import openpyxl
import pytest
import xlwt

from tests.cli.conftest import Run
from tests.unit import make_spreadsheets as make
from tests.unit.hostile_files import HEADER, PERSON, REFUSED, header_row, person_row

OF_EVENT = ("--event", "release-2019")


@pytest.mark.parametrize("name", [name for name in REFUSED if "NUL" not in name or "cell" in name])
def test_a_hostile_file_is_one_line_and_stores_nothing(
    run: Run, seeded: Path, tmp_path: Path, name: str
) -> None:
    """The same of enterprises and of registrations, in English and in Chinese: status 1 or 4, nothing on stdout."""
    (folder := tmp_path / "files").mkdir()
    made, code = REFUSED[name]
    path = str(made(folder))
    before = (seeded / "ipweek.db").read_bytes()
    for command in (("enterprises", path), ("registrations", path, *OF_EVENT, "--lang", "zh")):
        done = run("import", *command)
        assert done.exit_code == (4 if code == "file-missing" else 1), done.output
        assert done.stdout == ""
        assert len(done.stderr.splitlines()) == 1
        assert "Traceback" not in done.stderr
    assert re.search(r"[一-鿿].*。$", done.stderr)
    assert (seeded / "ipweek.db").read_bytes() == before


def _list(path: Path) -> Path:
    """A list with rows, a column and a sheet that are hidden, and a formula that nobody calculated."""
    book = openpyxl.Workbook()
    shown, hidden = book.active, book.create_sheet("备用")
    for sheet in (shown, hidden):
        sheet.append(HEADER)
    hidden.append(PERSON)
    for number in range(6):
        shown.append((f"样例{'甲乙丙丁戊己'[number]}", f"1990000999{number}", PERSON[2]))
    for row in (3, 5, 6):
        shown.row_dimensions[row].hidden = True
    shown.column_dimensions["B"].hidden = True
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def test_hidden_rows_and_columns_are_read_and_told(run: Run, seeded: Path, tmp_path: Path) -> None:
    """All six come in; the rows, the column and the sheet with a list of its own are named."""
    done = run("import", "registrations", _list(tmp_path / "list.xlsx"), *OF_EVENT)
    assert "6 added" in done.stdout
    for said in (
        ": 3, 5–6;",
        "手机号码: This column is hidden",
        "备用: This sheet is hidden and was not read",
    ):
        assert said in done.stderr
    named = run(
        "import", "registrations", tmp_path / "list.xlsx", *OF_EVENT, "--sheet", "备用", "--lang", "zh"
    )
    assert "隐藏" not in named.stderr


def test_a_formula_without_a_value_is_an_error_of_its_row(run: Run, seeded: Path, tmp_path: Path) -> None:
    """Nothing is taken for empty that was meant: not calculated yet, or an error; #N/A is nothing."""
    formula = '<c r="{0}"><f>B{1}&amp;"x"</f></c>'
    error = '<c r="{0}" t="e"><f>1/0</f><v>{1}</v></c>'
    rows = [
        f'<row r="2">{formula.format("A2", 2)}{make.inline("B2", "19900009990")}</row>',
        f'<row r="3">{make.inline("A3", "样例乙")}{error.format("C3", "#DIV/0!")}</row>',
        f'<row r="4">{make.inline("A4", "样例丙")}{error.format("C4", "#N/A")}</row>',
        f'<row r="5">{make.inline("A5", "样例丁")}{make.inline("C5", "#REF!")}</row>',
    ]
    path = make.raw_xlsx(tmp_path / "list.xlsx", header_row() + "".join(rows))
    done = run("import", "registrations", path, *OF_EVENT, "--partial")
    assert done.exit_code == 3
    assert [line.split(":")[0] for line in done.stderr.splitlines() if line.startswith("row")] == [
        "row 2, 姓名", "row 3, 单位名称", "row 5, 单位名称, #REF!",
    ]  # fmt: skip
    assert "1 added" in done.stdout
    assert "3 refused" in done.stdout


def test_a_list_in_an_old_or_an_open_format_tells_what_is_hidden(
    run: Run, seeded: Path, tmp_path: Path
) -> None:
    """XLS by its records, ODS by its visibility, XLSX by rows folded to nothing."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for row, cells in enumerate((HEADER, PERSON)):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    sheet.row(1).hidden = True
    sheet.col(2).hidden = True
    book.save(str(tmp_path / "list.xls"))
    row = (
        '<table:table-row table:visibility="filter">'
        '<table:table-cell office:value-type="string"><text:p>样例乙</text:p></table:table-cell></table:table-row>'
    )
    make.ods(tmp_path / "list.ods", [HEADER], more=row)
    make.raw_xlsx(tmp_path / "list.xlsx", header_row() + person_row(ht="0", customHeight="1"))
    for name, found in (("list.xls", 2), ("list.ods", 1), ("list.xlsx", 1)):
        done = run("import", "registrations", tmp_path / name, *OF_EVENT, "--dry-run")
        hidden = [line for line in done.stderr.splitlines() if "idden" in line]
        assert len(hidden) == found, done.output
        assert ": 2;" in hidden[-1]
