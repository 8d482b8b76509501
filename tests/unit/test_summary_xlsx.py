"""The summary as a workbook: numbers count, rates follow from their counts, nothing in it runs."""

import io
import re
import shutil
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from ipweek.domain.figures import Rate
from ipweek.i18n import speaking
from ipweek.render.cell_formats import written
from ipweek.render.sheet_names import sheet_names
from ipweek.render.summary_layout import (
    Column,
    Document,
    Figure,
    Picture,
    Section,
    Table,
    figures_table,
    table,
)
from ipweek.render.summary_xlsx import xlsx
from tests.office import convert

HOSTILE = '=cmd|"/c calc"!A1\x1b[31m\u202e\uffff'
DAY = date(2019, 4, 25)


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of April 2019, as a spreadsheet has it."""
    return datetime.combine(date(2019, 4, day), time(hour, minute))


def count(number: int) -> Figure:
    """A count as it is shown."""
    return Figure(f"{number:,}", number)


def share(numerator: int, denominator: int) -> Figure:
    """A rate as it is shown."""
    rate = Rate(numerator, denominator)
    text = (
        f"{rate.value * 100:.1f} % ({numerator} of {denominator})" if rate.value is not None else "– (0 of 0)"
    )
    return Figure(text, rate.value, rate)


def document(*more: Section) -> Document:
    """A report with one of everything."""
    attendance = figures_table(
        (
            ("Attendance rate", share(1234, 1500), Decimal("0.8227")),
            ("Absent", count(266), None),
            ("On leave", Figure("<5"), None),
            ("Late", None, None),
            (HOSTILE, Figure(HOSTILE), None),
        )
    )
    events = table(
        ("Event", "Start", "Attended", "Rate", "Gap"),
        (
            (
                "Release",
                Figure("2019-04-25 14:30", DAY),
                count(1234),
                share(3, 7),
                Figure("≥ 1.01", Decimal("1.01")),
            ),
            ("Exchange", Figure("2019-04-26 (time not stated)", date(2019, 4, 26)), None, share(0, 0), "–"),
            ("Ceremony", Figure("2019-04-27", date(2019, 4, 27)), Figure("<5"), Figure("withheld"), None),
        ),
        texts=2,
        bar=True,
    )
    sections = (
        Section("Background", texts=("First.\nSecond.", HOSTILE)),
        Section("Attendance", (attendance,), ("Without a start nobody is late.",)),
        Section("Events / [all]", (events, Table(events.columns, events.rows, "Events: by day?")), depth=2),
        Section("Long", (table(("A", "B"), (("word " * 40, "b"), ("x", "y")), texts=2),)),
        Section("Photographs", pictures=(Picture("The hall", b"", 1, 1),)),
        *more,
    )
    facts = (("Week", "IP Week & friends"), ("Host", None), ("Organizer", HOSTILE))
    return Document(
        "2019年惠州市知识产权宣传周",
        "SYNTHETIC",
        facts,
        sections,
        alarms=("The parts are 3, the whole is 4.",),
        assurances=("40 relations hold.",),
        signed_by="惠州市市场监督管理局",
        signed_on="2019-04-30",
    )


def made(found: Document) -> bytes:
    """The file."""
    out = io.BytesIO()
    xlsx(found, out)
    assert not out.closed
    return out.getvalue()


def opened(file: bytes) -> openpyxl.Workbook:
    """The workbook with what its formulas came to."""
    return openpyxl.load_workbook(io.BytesIO(file), data_only=True)


def rows(sheet: Worksheet) -> list[list[Any]]:
    """The values of a sheet."""
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_numbers_are_numbers(language: str) -> None:
    """Counts, shares and dates keep their types; what is withheld or not stated is a text, and told apart."""
    with speaking(language):
        book = opened(made(document()))
    sheet = book["Attendance"]
    header, rate, absent, leave, late, hostile = rows(sheet)
    assert len(set(header)) == 4
    assert rate == ["Attendance rate", pytest.approx(1234 / 1500), 1234, 1500]
    assert (sheet["B2"].number_format, sheet["C2"].number_format) == ("0.0 %", "#,##0")
    assert (absent[1], leave[1:]) == (266, ["<5", None, None])
    assert late[1] == {"en": "not stated", "zh": "未公布"}[language]
    assert sheet["B5"].font.italic
    assert hostile[0] == hostile[1] == """'=cmd|"/c calc"!A1[31m"""


def test_a_table_with_dates_and_several_figures() -> None:
    """Only a column of rates gets counts beside it; the bars are left to screens; signs are the format's."""
    sheet = opened(made(document()))["Events - -all- – Event"]
    header, release, exchange, ceremony = rows(sheet)
    assert header == ["Event", "Start", "Attended", "Rate", "Numerator", "Denominator", "Gap"]
    assert release == ["Release", at(25, 14, 30), 1234, pytest.approx(3 / 7), 3, 7, 1.01]
    assert (sheet["B2"].number_format, sheet["G2"].number_format) == ("yyyy-mm-dd hh:mm", '"≥ "#,##0.00')
    assert exchange == ["Exchange", at(26), "not stated", "–", 0, 0, "–"]
    assert ceremony[1:] == [at(27), "<5", "withheld", None, None, "not stated"]


def test_what_the_workbook_opens_with() -> None:
    """Title, warning, alarms and facts; then every sheet with a link to it that leads there."""
    book = opened(made(document()))
    front = book.worksheets[0]
    told = {row[0]: row[1] for row in rows(front)}
    assert front["A1"].value == book.properties.title == "2019年惠州市知识产权宣传周"
    assert (told["Warning"], told["Does not add up"]) == ("SYNTHETIC", "The parts are 3, the whole is 4.")
    assert (told["Checked"], told["Host"], told["Signed by"]) == (
        "40 relations hold.",
        "not stated",
        "惠州市市场监督管理局",
    )
    links = [cell.hyperlink.location for row in front.iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    assert {row[0]: row[2] for row in rows(front)}["Attendance"] == 5


def test_what_is_told_in_words() -> None:
    """Texts, captions and notes stand on a sheet of their own, a paragraph a row, under their section."""
    assert rows(opened(made(document()))["Remarks"])[1:] == [
        ["Background", "First."],
        ["Background", "Second."],
        ["Background", """'=cmd|"/c calc"!A1[31m"""],
        ["Attendance", "Without a start nobody is late."],
        ["Photographs", "Photograph: The hall"],
    ]


def test_every_sheet_is_ready_for_work_and_for_paper() -> None:
    """Header frozen, filtered and repeated on each landscape page as wide as the paper; columns fit what is in them."""
    book = opened(made(document()))
    for sheet in book.worksheets[1:]:
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
        assert sheet.auto_filter.ref == sheet.dimensions
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert book["Attendance"].column_dimensions["A"].width > len("Attendance rate")
    assert book["Attendance"].column_dimensions["A"].width < 65


def test_only_shares_are_formulas() -> None:
    """Whatever people typed stays a text: the only formulas divide two counts beside them."""
    book = openpyxl.load_workbook(io.BytesIO(made(document())))
    formulas = [
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert formulas
    assert all(re.fullmatch(r"=[C-F]\d+/[C-F]\d+", text) for text in formulas)


def test_a_withheld_rate_keeps_its_counts() -> None:
    """A rate without a value tells neither numerator nor denominator, though it has both."""
    kept = Figure("withheld", None, Rate(3, 7))
    file = made(document(Section("Kept", (table(("A", "B"), (("x", kept),)),))))
    assert rows(opened(file)["Kept"]) == [["A", "B"], ["x", "withheld"]]


def test_another_reader_agrees() -> None:
    """The reader that the imports use finds the same sheets and the same numbers."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(made(document())))
    assert book.sheet_names == opened(made(document())).sheetnames
    assert book.get_sheet_by_name("Attendance").to_python()[1][1:] == [
        pytest.approx(1234 / 1500),
        1234.0,
        1500.0,
    ]


def test_many_rows() -> None:
    """A list of thousands is written whole."""
    listed = table(("No.", "Name"), ((count(n), f"来宾{n}") for n in range(5_000)), texts=0)
    sheet = opened(made(document(Section("People", (listed,), appendix=True))))["People"]
    assert (sheet.max_row, sheet["A5001"].value, sheet["B5001"].value) == (5_001, 4_999, "来宾4999")


def test_an_empty_table_and_no_notes() -> None:
    """A header without rows, and no sheet of remarks where there are none."""
    found = Document("T", "", (), (Section("Empty", (Table((Column("A"), Column(bar=True)), ()),)),))
    book = opened(made(found))
    assert book.sheetnames == ["Overview", "Empty"]
    assert rows(book["Empty"]) == [["A"]]
    assert opened(made(Document("T", "", (), ()))).sheetnames == ["Overview"]


def test_sheet_names() -> None:
    """Unique by Excel's rules, at most 31 of its units, none forbidden; parts of a title give way alike."""
    titles = [
        ("Enterprises",),
        ("ENTERPRISES",),
        ("enterprises",),
        ("History",),
        ("'a/b\\c:d?e*f[g]'",),
        ("",),
        ("\x00\u202e",),
        ("Ｅnterprises",),
        ("People who attended the release", "Patent navigation release conference of three industries"),
        ("People who attended the release", "Patent navigation release conference of another industry"),
        ("三大重点产业专利导航成果发布会暨知识产权宣传周启动仪式现场参会人员名单附表",),
        ("𠮷" * 40,),
        ("Short", "A very long caption that does not fit into the name"),
    ]
    names = sheet_names(titles, "Table")
    assert names[:3] == ["Enterprises", "ENTERPRISES (2)", "enterprises (3)"]
    assert names[3:8] == ["History (2)", "a-b-c-d-e-f-g-", "Table", "Table (2)", "Ｅnterprises (4)"]
    assert names[8] == "People who at… – Patent naviga…"
    assert names[9] == "People who… – Patent navig… (2)"
    assert names[12].startswith("Short – A very long caption")
    assert all(len(name.encode("utf-16-le")) <= 62 for name in names)
    assert not any(re.search(r"[\[\]:*?/\\]", name) for name in names)


def test_a_name_with_an_apostrophe_is_linked() -> None:
    """The link leads to the sheet though its name has to be quoted."""
    book = opened(made(document(Section("O'Neil's table", (table(("A",), (("x",),)),)))))
    front = book.worksheets[0]
    assert "'O''Neil''s table'!A1" in [
        cell.hyperlink.location for row in front.iter_rows() for cell in row if cell.hyperlink
    ]


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("1,234", 1234, "#,##0"),
        ("12.99", Decimal("12.99"), "#,##0.00"),
        ("-1.01", Decimal("-1.01"), "#,##0.00"),
        ("> 100", 100, '"> "#,##0'),
        ("92.79 %", Decimal("0.92786"), "#,##0.00 %"),
        ("≥ 92.79 %", Decimal("0.92786"), '"≥ "#,##0.00 %'),
        ("6 %", Decimal(6), '#,##0" %"'),
        ("4.33 (n = 12)", Decimal("4.3333"), '#,##0.00" (n = 12)"'),
        ("a dozen", 12, "#,##0"),
        ('12 ("x")', 12, "#,##0"),
        ("7", Decimal("8.25"), "#,##0.00"),
    ],
)
def test_a_number_reads_as_it_was_printed(text: str, value: Decimal | int, form: str) -> None:
    """Sign, percent and remark are its format; one that is not what is printed is shown as it is."""
    assert written(Figure(text, value)) == (value, form)


def test_dates_that_excel_cannot_count() -> None:
    """A day before its calendar stays a text, and so does what has no value."""
    assert written(Figure("1899-12-30", date(1899, 12, 30))) is None
    assert written(Figure("<5")) is None
    assert written(Figure("09:31", DAY)) == (at(25, 9, 31), "hh:mm")
    with speaking("zh"):
        day = Figure("2019年4月25日 14:30", DAY)
        assert written(day) == (at(25, 14, 30), 'yyyy"年"m"月"d"日" hh:mm')


@pytest.mark.system("libreoffice")
@pytest.mark.skipif(shutil.which("soffice") is None, reason="libreoffice is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    """It opens without complaint, and what it calculates anew is what was written."""
    file = made(document())
    (tmp_path / "report.xlsx").write_bytes(file)
    convert(tmp_path, "ods", tmp_path / "report.xlsx")
    again, first = (
        CalamineWorkbook.from_filelike(io.BytesIO(content))
        for content in ((tmp_path / "report.ods").read_bytes(), file)
    )
    assert again.sheet_names == first.sheet_names
    for name in first.sheet_names:
        told, read = (book.get_sheet_by_name(name).to_python() for book in (first, again))
        assert [[_near(value) for value in row] for row in read] == [
            [_near(value) for value in row] for row in told
        ]


def _near(value: object) -> object:
    return round(value, 9) if isinstance(value, float) else value
