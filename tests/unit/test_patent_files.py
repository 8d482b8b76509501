"""Patent exports read from files as they come."""

import csv

import pytest

from ipweek.adapters import patent_files
from ipweek.adapters.patent_files import open_export
from ipweek.domain.errors import InvalidError, NotFoundError
from ipweek.domain.patent_records import PatentSource, ReadingStoppedError
from ipweek.domain.patent_tally import Tally, tallied
from ipweek.domain.regions import target_region
from ipweek.domain.words import CountUnit, Level
from tests.unit.patent_exports import (
    ESPACENET,
    GOOGLE,
    HEADERS,
    INCOPAT,
    INCOPAT_ROWS,
    LENS,
    PATENTSCOPE,
    table,
    texts,
    workbook,
)

HUIZHOU = target_region("441300", "惠州", "Huizhou")


def written(path, text, encoding="utf-8"):
    """The path of a file with this text."""
    path.write_bytes(text.encode(encoding))
    return path


def counted(export):
    """World, country, province, city, and the rows that were refused."""
    found = tallied(Tally(export.layout, HUIZHOU), export.rows())
    return [
        found.level(level).count for level in (Level.WORLD, Level.COUNTRY, Level.PROVINCE, Level.CITY)
    ], found


EXPECTED = [7, 5, 4, 2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_encoding_and_delimiter(tmp_path, encoding, delimiter):
    """The same figures, and the note's row under the number that a spreadsheet shows."""
    path = written(tmp_path / "incopat.csv", table(INCOPAT, INCOPAT_ROWS, delimiter=delimiter), encoding)
    export = open_export(path)
    assert (export.layout.source, export.header_row, export.sheet) == (PatentSource.INCOPAT, 1, "")
    counts, found = counted(export)
    assert counts == EXPECTED
    assert [one.row for one in found.problems] == [10]


def test_columns_in_another_order_and_half_width_brackets(tmp_path):
    """The headers tell, not the places."""
    rows = [INCOPAT, *INCOPAT_ROWS]
    turned = [tuple(cell.replace("（", "(").replace("）", ")") for cell in reversed(row)) for row in rows]
    export = open_export(written(tmp_path / "turned.csv", table(turned[0], turned[1:])))
    assert counted(export)[0] == EXPECTED


def test_a_workbook_with_a_title_above(tmp_path):
    """In the sheet that has the records, with blank rows and a second header between."""
    rows = [
        ("惠州市软包锂离子电池专利检索结果",),
        (),
        INCOPAT,
        *INCOPAT_ROWS[:4],
        (),
        INCOPAT,
        *INCOPAT_ROWS[4:],
    ]
    path = workbook(tmp_path / "incopat.xlsx", rows, "检索结果")
    export = open_export(path)
    assert (export.sheet, export.header_row) == ("检索结果", 3)
    counts, found = counted(export)
    assert counts == EXPECTED
    assert [one.row for one in found.problems] == [14]


def test_the_lens(tmp_path):
    """37 columns, abstracts over several lines; a grant and its application are one."""
    made = [
        {"Jurisdiction": "CN", "Kind": kind, "Display Key": f"CN 109065805 {kind}", "Publication Date": day,
         "Application Number": "CN 201810123456 A", "Application Date": "2018-06-01",
         "Abstract": 'One\r\nand two, "three"',
         "Applicants": "EVE ENERGY CO LTD;;UNIV SAMPLE", "IPCR Classifications": "H01M10/0525;;H01M10/058",
         "Simple Family Members": "CN 109065805 A;;CN 109065805 B"}
        for kind, day in (("A", "2019-01-01"), ("B", "2020-05-05"))
    ]  # fmt: skip
    export = open_export(written(tmp_path / "lens.csv", texts("lens", made), "utf-8-sig"))
    counts, found = counted(export)
    assert (export.layout.headers, export.layout.source) == (LENS, PatentSource.LENS)
    assert (counts, found.duplicates, found.granted) == ([1, 1, 0, 0], 1, 1)
    assert [row for row, _ in export.rows()] == [2, 3]


def test_google_has_its_search_above(tmp_path):
    """The first line is an address with quotes and commas."""
    rows = [{"id": "CN-109065805-A", "assignee": "样例", "filing/creation date": "2018-06-01"}]
    above = 'search URL:,https://patents.google.com/?q="soft, pack"&oq="x"\r\n'
    export = open_export(written(tmp_path / "gp.csv", texts("google", rows, above=above)))
    assert (export.layout.headers, export.header_row) == (GOOGLE, 2)
    assert [(row, record.publication_number) for row, record in export.rows()] == [(3, "CN109065805A")]


def test_espacenet_has_seven_lines_above(tmp_path):
    """Parted by semicolons; a family's publications in a cell of several lines."""
    above = 'Espacenet search\n"Query:";"ti = ""soft pack"""\nDate;2019-03-01\n\n\nResults;1\n\n'
    rows = [{"Title": "Battery", "Applicants": "EVE ENERGY CO LTD [CN]",
             "Publication number": "CN109065805A\nUS2020123456A1",
             "Earliest priority": "2018-06-01", "Family number": "64788111"}]  # fmt: skip
    export = open_export(
        written(tmp_path / "espacenet.csv", texts("espacenet", rows, delimiter=";", above=above))
    )
    assert (export.layout.headers, export.header_row) == (ESPACENET, 8)
    counts, found = counted(export)
    assert (counts, found.unit) == ([1, 1, 0, 0], CountUnit.FAMILY)


def test_patentscope_as_a_workbook(tmp_path):
    """Days as cells with dates or texts, a query above."""
    row = (
        "CN238",
        "201810123456.7",
        "01.06.2018",
        "CN",
        "Battery",
        "",
        "H01M 10/0525",
        "样例",
        "109065805",
        "01.01.2019",
        "",
        "",
        "",
    )
    path = workbook(tmp_path / "resultList.xlsx", [("Query: soft pack",), (), PATENTSCOPE, row])
    export = open_export(path)
    assert export.layout.source is PatentSource.PATENTSCOPE
    assert [record.application_number for _, record in export.rows()] == ["CN201810123456"]


def test_an_unknown_table_by_its_map(tmp_path):
    """The header is found by the words of the map."""
    path = written(tmp_path / "own.csv", "专利清单\n编号,单位,日子\nCN201810123456.7,甲,2018-06-01\n")
    with pytest.raises(InvalidError) as caught:
        open_export(path)
    assert caught.value.code == "not-a-patent-export"
    assert caught.value.params["seen"] == ["编号", "单位", "日子"]
    export = open_export(
        path, {"编号": "application_number", "单位": "applicants", "日子": "application_date"}
    )
    assert [(row, record.application_year) for row, record in export.rows()] == [(3, 2018)]


def test_a_row_number_counts_quoted_line_breaks_as_spreadsheets_do(tmp_path):
    """And blank lines."""
    path = written(
        tmp_path / "x.csv",
        '申请号,申请日,申请人\n"CN201810123456.7",2018,"甲\n乙"\n\nCN201810123457.5,2018,丙\n',
    )
    assert [(row, record.applicants) for row, record in open_export(path).rows()] == [
        (2, ("甲", "乙")),
        (4, ("丙",)),
    ]


def test_progress_and_stopping(tmp_path):
    """Told every 500 rows and at the end, in bytes; a wish to stop is heard at the next step."""
    rows = [["CN201810123456.7", "2018-06-01", "甲"]] * 2600
    path = written(tmp_path / "long.csv", table(["申请号", "申请日", "申请人"], rows))
    told = []
    assert len(list(open_export(path).rows(lambda *done: told.append(done)))) == 2600
    size = path.stat().st_size
    assert told[-1] == (size, size)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert {of for _, of in told} == {size}
    assert len(told) >= 2600 // patent_files.STEP
    read = []
    with pytest.raises(ReadingStoppedError):
        read.extend(row for row, _ in open_export(path).rows(stopped=lambda: len(read) > 1000))
    assert 1000 < len(read) <= 1000 + patent_files.STEP


def test_progress_of_a_workbook(tmp_path):
    """In rows."""
    rows = [["申请号", "申请日", "申请人"], *[["CN201810123456.7", "2018-06-01", "甲"]] * 1200]
    told = []
    list(open_export(workbook(tmp_path / "x.xlsx", rows)).rows(lambda *done: told.append(done)))
    assert told == [(500, 1201), (1000, 1201), (1201, 1201)]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.csv", b"", "file-empty"),
        ("blank.csv", b"\n\n ,\n", "not-a-patent-export"),
        ("people.csv", "姓名,手机\n甲,1".encode(), "not-a-patent-export"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0", "not-a-spreadsheet"),
        ("broken.xlsx", b"PK\x03\x04rubbish", "file-broken"),
        ("~$x.xlsx", b"x", "file-lock"),
    ],
)
def test_wrong_files_are_refused(tmp_path, name, content, code):
    """With the reason, and none as a traceback."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InvalidError) as caught:
        open_export(path)
    assert caught.value.code == code


def test_a_missing_file_and_a_missing_sheet(tmp_path):
    """As with every import."""
    with pytest.raises(NotFoundError):
        open_export(tmp_path / "no.csv")
    path = written(tmp_path / "x.csv", table(INCOPAT, INCOPAT_ROWS))
    with pytest.raises(NotFoundError) as caught:
        open_export(path, sheet="检索")
    assert caught.value.code == "sheet-missing"


def test_an_open_quote_is_told_with_its_row(tmp_path):
    """It would swallow the rest of the file."""
    path = written(tmp_path / "x.csv", '申请号,申请日,申请人\nCN201810123456.7,2018,甲\n"CN2,2018,乙"x\n')
    with pytest.raises(InvalidError) as caught:
        list(open_export(path).rows())
    assert (caught.value.code, caught.value.params["row"]) == ("quotes-broken", 3)


def test_a_cell_past_the_limit_is_told(tmp_path):
    """With its row."""
    long = "x" * (csv.field_size_limit() + 1)
    path = written(tmp_path / "x.csv", f"申请号,申请日,申请人\nCN201810123456.7,2018,{long}\n")
    with pytest.raises(InvalidError) as caught:
        list(open_export(path).rows())
    assert (caught.value.code, caught.value.params["what"]) == ("too-large", "field")


@pytest.mark.parametrize("name", HEADERS)
def test_an_export_without_rows_is_read_as_such(tmp_path, name):
    """Zero is a figure too."""
    assert list(open_export(written(tmp_path / f"{name}.csv", texts(name, []))).rows()) == []
