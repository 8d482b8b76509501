"""Reading spreadsheet files into tables."""

import codecs
import datetime as dt
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from ipweek.adapters import spreadsheet_limits
from ipweek.adapters.spreadsheets import read_table
from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.domain.import_recognition import HeaderRecogniser
from tests.unit import make_spreadsheets as make

DATA = Path(__file__).parent.parent / "data"
PEOPLE = HeaderRecogniser("registrations")
ENTERPRISES = HeaderRecogniser("enterprises")
HEADER = ["姓名", "手机号码", "单位名称"]
PERSON = ["样例甲", "19900001000", "样例科达有限公司"]


def read(path, header=PEOPLE, sheet=None):
    """The table of a file, by default one of registrations."""
    return read_table(path, sheet=sheet, header_fields=header)


def refusal(path, header=PEOPLE, sheet=None):
    """The code of the refusal, with its parameters."""
    with pytest.raises((InvalidError, NotFoundError)) as caught:
        read(path, header, sheet)
    return caught.value


def test_a_bureaus_list_begins_below_its_title_and_ends_above_its_remark():
    """Title, notes, remark and second sheet stay out; row numbers are those of the spreadsheet."""
    table = read(DATA / "bureau-enterprises.xlsx", ENTERPRISES)
    assert (table.sheet, table.header_row, len(table.rows)) == ("参会企业", 3, 40)
    assert (table.rows[0].number, table.rows[-1].number) == (4, 43)
    assert table.left_out == (45,)
    assert table.rows[0].cells[9] == "3"


def test_an_online_forms_export_is_read_as_people_meant_it():
    """Phones kept as numbers are digits, (空) and N/A are empty, and all 120 rows are there."""
    table = read(DATA / "online-form-registrations.xlsx")
    assert len(table.rows) == 120
    assert table.rows[6].cells[6] == "19900001006"
    assert table.rows[2].cells[9] == ""
    assert {row.cells[4] for row in table.rows} == {""}


def test_gb18030_with_quotes_is_read():
    """The sample in GB18030 keeps its rare characters and its quoted commas."""
    table = read(DATA / "late-registrations-gb18030.csv")
    assert len(table.rows) == 30
    assert table.rows[0].cells[6] == '现场补报, "转"'
    assert any("䶮" in row.cells[0] for row in table.rows)


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("gb18030", b""),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_files_in_every_encoding_and_delimiter(tmp_path, encoding, bom, delimiter):
    """The encoding is found by strict attempts, the delimiter by the header it gives."""
    text = "\r\n".join(delimiter.join(row) for row in (HEADER, PERSON)) + "\r\n"
    path = tmp_path / "people.csv"
    path.write_bytes(bom + text.encode(encoding))
    table = read(path)
    assert list(table.columns) == HEADER
    assert [(row.number, list(row.cells)) for row in table.rows] == [(2, PERSON)]


def test_rows_of_a_text_file_are_numbered_as_a_spreadsheet_shows_them(tmp_path):
    """A quoted line break is within its row, a blank line is a row, and ="…" is its text."""
    path = tmp_path / "people.csv"
    path.write_text('姓名,手机,备注\n甲,="0199","两\n行"\n\n乙,2,\n', encoding="utf-8")
    table = read(path)
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("甲", "0199", "两\n行")),
        (4, ("乙", "2", "")),
    ]


def test_a_quote_left_open_is_refused_with_its_row(tmp_path):
    """It would swallow the rest of the file, so nobody's registration is lost by it."""
    path = tmp_path / "people.csv"
    path.write_text('姓名,手机\n甲,1\n"乙,2\n丙,3\n', encoding="utf-8")
    error = refusal(path)
    assert (error.code, error.params) == ("quotes-broken", {"row": 3})


def test_a_table_that_begins_at_b3(tmp_path):
    """Columns count from A and rows from 1, wherever the table begins."""
    table = read(make.xlsx(tmp_path / "b3.xlsx", [HEADER, PERSON], at=(3, 2)))
    assert table.header_row == 3
    assert table.columns == ("", *HEADER)
    assert [(row.number, row.cells) for row in table.rows] == [(4, ("", *PERSON))]


def test_old_binary_files_are_read(tmp_path):
    """XLS with a phone kept as a number and a title row."""
    path = make.xls(tmp_path / "old.xls", [["名单"], HEADER, ["样例甲", 19900001000, "样例科达有限公司"]])
    table = read(path)
    assert table.header_row == 2
    assert [list(row.cells) for row in table.rows] == [PERSON]


def test_opendocument_files_are_read(tmp_path):
    """ODS, with the run of empty rows and columns that office programs append."""
    empties = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    table = read(make.ods(tmp_path / "list.ods", [HEADER, PERSON], more=empties))
    assert [(row.number, list(row.cells)) for row in table.rows] == [(2, PERSON)]


def test_values_become_the_texts_that_people_meant(tmp_path):
    """Numbers without a trailing .0, dates in ISO form, times, yes and no, white space stripped."""
    moment = dt.datetime(2019, 4, 25, 9, 30)  # noqa: DTZ001
    values = [3.0, 2.5, True, moment.date(), moment, moment.time()]
    path = make.xlsx(tmp_path / "v.xlsx", [["姓名", *"abcdefg"], [" 甲 ", *values, 914403001922038216]])
    cells = read(path).rows[0].cells
    assert cells[:7] == ("甲", "3", "2.5", "true", "2019-04-25", "2019-04-25 09:30:00", "09:30")
    assert cells[7] == "9.14403001922038E+17"


def test_a_cell_merged_down_holds_for_all_its_rows(tmp_path):
    """Delegates of one enterprise share its merged cell; a merged title is no data."""
    path = make.xlsx(
        tmp_path / "m.xlsx", [["名单", None, None], HEADER, PERSON, ["样例乙", "19900001001", None]]
    )
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("A1:C1")
    book.active.merge_cells("C3:C4")
    book.save(path)
    assert [row.cells[2] for row in read(path).rows] == ["样例科达有限公司"] * 2


def test_what_stands_beside_the_table_is_left_out(tmp_path):
    """Remarks, totals, signatures, repeated headers and numbered empty rows are no data."""
    rows = [
        ["序号", *HEADER], [1, *PERSON], ["序号", *HEADER], [2, "样例乙", "19900001001", ""], [3], [],
        ["合计", None, None, 2], ["备注：", None], ["1、请准时参加"],
        [None, "填报人：样例丙", None, "审核：样例丁"],
    ]  # fmt: skip
    table = read(make.xlsx(tmp_path / "r.xlsx", rows))
    assert [row.number for row in table.rows] == [2, 4]
    assert table.left_out == (5, 7, 8, 9, 10)


def test_a_row_with_something_missing_stays_to_be_refused(tmp_path):
    """A phone without a name, or a name alone after a blank row, is data."""
    rows = [HEADER, PERSON, [None, "19900001001"], [], ["样例丙"], [None, None, "样例注塑有限公司"]]
    assert [row.number for row in read(make.xlsx(tmp_path / "d.xlsx", rows)).rows] == [2, 3, 5, 6]


def test_the_sheet_recognised_best_is_read_and_others_are_told(tmp_path):
    """A second list is named, not silently dropped; hidden sheets are left alone; a named one is taken."""
    book = openpyxl.Workbook()
    for title, header in (
        ("少", ["姓名"]),
        ("多", HEADER),
        ("隐", [*HEADER, "职务"]),
        ("说明", ["请勿修改表头"]),
    ):
        sheet = book.create_sheet(title)
        sheet.append(header)
        sheet.append(PERSON[: len(header)])
    book["隐"].sheet_state = "hidden"
    book.save(path := tmp_path / "sheets.xlsx")
    assert (read(path).sheet, read(path).also) == ("多", ("少",))
    assert read(path, sheet="隐").columns == (*HEADER, "职务")
    missing = refusal(path, sheet="无")
    assert (missing.code, missing.params["sheets"]) == ("sheet-missing", ["Sheet", "少", "多", "隐", "说明"])


def test_without_a_header_it_says_what_was_seen_and_what_is_expected(tmp_path):
    """The fullest row is shown beside the header of the required field."""
    error = refusal(make.xlsx(tmp_path / "h.xlsx", [["名单"], ["甲", "乙", "丙"]]))
    assert error.code == "header-not-found"
    assert (error.params["row"], error.params["seen"]) == (2, ["甲", "乙", "丙"])
    assert "姓名" in error.params["expected"]


def test_files_that_are_no_spreadsheets_are_refused_by_code(tmp_path):
    """By content, whatever the name says."""
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256))
    for name, data, code in (
        ("a.xlsx", "hello,world\n甲,1\n".encode(), "not-a-spreadsheet"),
        ("b.xlsx", png, "file-no-table"),
        ("c.csv", png, "file-no-table"),
        ("d.csv", "姓名\n甲\0\n".encode(), "text-nul"),
        ("e.csv", b"\xff\xfe\xfd", "not-a-spreadsheet"),
        ("f.xlsx", b"", "file-empty"),
        ("g.csv", b"\n\n", "file-empty"),
        ("h.xlsx", b"PK\x03\x04" + bytes(100), "file-broken"),
        ("i.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file-broken"),
        ("~$j.xlsx", b"lock", "file-lock"),
    ):
        (tmp_path / name).write_bytes(data)
        assert refusal(tmp_path / name).code == code, name
    assert refusal(tmp_path).code == "file-is-folder"
    assert refusal(tmp_path / "nowhere.xlsx").code == "file-missing"
    with zipfile.ZipFile(tmp_path / "k.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert refusal(tmp_path / "k.xlsx").code == "file-no-table"


def test_a_spreadsheet_named_csv_is_read_by_its_content(tmp_path):
    """People rename files; a workbook stays one."""
    shutil.copy(DATA / "with-errors.xlsx", path := tmp_path / "renamed.csv")
    assert len(read(path).rows) == 9


def test_protected_files_say_so(tmp_path):
    """An encrypted package of an office program, an encrypted ODS, and an encrypted archive."""
    ole = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    )
    (tmp_path / "p.xlsx").write_bytes(ole)
    assert refusal(tmp_path / "p.xlsx").code == "file-protected"
    with zipfile.ZipFile(tmp_path / "p.ods", "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        archive.writestr("content.xml", b"\x01\x02")
    assert refusal(tmp_path / "p.ods").code == "file-protected"


def test_broken_files_are_refused_without_a_traceback(tmp_path):
    """Cut off, or with nonsense for XML; what remains readable is read, the rest is refused by code."""
    whole = (DATA / "bureau-enterprises.xlsx").read_bytes()
    for cut in range(0, len(whole), len(whole) // 12):
        (tmp_path / "cut.xlsx").write_bytes(whole[:cut])
        assert refusal(tmp_path / "cut.xlsx").code in ("file-broken", "file-empty")
    assert refusal(make.raw_xlsx(tmp_path / "x.xlsx", "<row><c r='A1'><v>1")).code == "file-broken"
    path = make.ods(tmp_path / "x.ods", [HEADER], more="<broken")
    assert refusal(path).code == "file-broken"


def test_a_zip_bomb_is_refused_before_it_unfolds(tmp_path, monkeypatch):
    """By the size it declares, and by its real size where it declares less."""
    monkeypatch.setattr(spreadsheet_limits, "UNFOLDED_BYTES", 1 << 20)
    size = (3 << 20) + 7
    path = make.raw_xlsx(tmp_path / "bomb.xlsx", "", extra={"xl/sharedStrings.xml": bytes(size)})
    assert path.stat().st_size < 20_000
    assert refusal(path).params["what"] == "bytes"
    make.understate_size(path, "xl/sharedStrings.xml", real=size, said=10)
    assert (refusal(path).code, refusal(path).params["what"]) == ("too-large", "bytes")


@pytest.mark.parametrize("place", ["XFD1", "A1048576", "SF900000", "AAA2"])
def test_one_cell_far_out_is_refused(tmp_path, place):
    """The reader would lay out the whole rectangle up to it."""
    rows = f"<row>{make.inline('A1', '姓名')}</row><row>{make.inline(place, '甲')}</row>"
    assert refusal(make.raw_xlsx(tmp_path / "far.xlsx", rows)).code == "too-large"


def test_an_absurd_number_announced_is_refused(tmp_path):
    """The reader would reserve memory for it and take the process down."""
    strings = b'<sst count="2" uniqueCount="999999999999"><si><t>x</t></si></sst>'
    path = make.raw_xlsx(tmp_path / "n.xlsx", f"<row>{make.inline('A1', '姓名')}</row>")
    assert read(path).columns == ("姓名",)
    path = make.raw_xlsx(path, make.inline("A1", "姓名"), extra={"xl/sharedStrings.xml": strings})
    assert refusal(path).code == "file-broken"


def test_cells_far_out_that_only_have_a_style_do_no_harm(tmp_path):
    """Office programs write them when somebody formats a whole row."""
    header = make.inline("A1", "姓名") + '<c r="XFD1" s="0"/>'
    rows = f'<row r="1">{header}</row><row r="2">{make.inline("A2", "甲")}</row>'
    assert [row.cells for row in read(make.raw_xlsx(tmp_path / "style.xlsx", rows)).rows] == [("甲",)]


def test_an_ods_that_repeats_a_filled_cell_without_end_is_refused(tmp_path):
    """A repeated cell or row costs nothing in the file and everything in memory."""
    cell = '<table:table-cell {} office:value-type="string"><text:p>x</text:p></table:table-cell>'
    wide = "<table:table-row>" + cell.format('table:number-columns-repeated="16384"') + "</table:table-row>"
    long = f'<table:table-row table:number-rows-repeated="1048576">{cell.format("")}</table:table-row>'
    for more in (wide, long):
        assert refusal(make.ods(tmp_path / "r.ods", [HEADER], more=more)).code == "too-large"


def test_a_text_file_of_too_many_rows_or_columns_is_refused(tmp_path, monkeypatch):
    """The limits hold for text files too."""
    path = tmp_path / "long.csv"
    path.write_text("姓名\n" + "甲\n" * 50, encoding="utf-8")
    monkeypatch.setattr(spreadsheet_limits, "MAX_ROWS", 20)
    assert refusal(path).params["what"] == "rows"
    path.write_text("姓名" + "," * 600 + "\n", encoding="utf-8")
    assert refusal(path).params["what"] == "columns"


def test_a_text_file_has_no_sheets_and_no_endless_fields(tmp_path):
    """A named sheet is not found in it; a field longer than any cell is refused with its row."""
    path = tmp_path / "field.csv"
    path.write_text("姓名\n甲\n", encoding="utf-8")
    assert refusal(path, sheet="名单").code == "sheet-missing"
    path.write_text("姓名\n" + "x" * 200_000, encoding="utf-8")
    error = refusal(path)
    assert (error.code, error.params["row"]) == ("row-too-long", 2)


def test_merges_that_overlap_without_end_are_refused(tmp_path):
    """Each would be laid out again."""
    merges = "".join('<mergeCell ref="A1:A100"/>' for _ in range(50))
    rows = f"<row>{make.inline('A1', '姓名')}</row>" + f'<row r="100">{make.inline("A100", "甲")}</row>'
    path = make.raw_xlsx(
        tmp_path / "m.xlsx", rows + f"</sheetData><mergeCells>{merges}</mergeCells><sheetData>"
    )
    assert refusal(path).code == "file-broken"
