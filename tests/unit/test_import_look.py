"""What a spreadsheet is taken for by its first rows, and how corrections of its columns add up."""

from pathlib import Path

import pytest

from ipweek.adapters import spreadsheets
from ipweek.domain.import_look import FileStart, SheetStart, corrected, file_start, first_of_twins, name_of
from ipweek.domain.import_recognition import HeaderRecogniser, header_digest, recognise
from ipweek.domain.import_report import ColumnGuess
from ipweek.domain.import_rows import Row

DATA = Path(__file__).parent.parent / "data"
KINDS = ("registrations", "enterprises", "programme")
LIST = ("序号", "企业名称", "统一社会信用代码", "联系人", "联系电话")


def sheet(*rows: tuple[str, ...], name: str = "", hidden: bool = False) -> SheetStart:
    """A sheet with these rows from row 1 on."""
    return SheetStart(
        name,
        len(rows),
        max(map(len, rows)),
        hidden,
        tuple(Row(number, row) for number, row in enumerate(rows, 1)),
    )


def begun(*sheets: SheetStart, known: dict[str, dict[str, str]] | None = None) -> FileStart:
    """A file of these sheets; `known` is what earlier imports of registrations keep."""
    return file_start(sheets, {kind: (known or {}) if kind == "registrations" else {} for kind in KINDS})


@pytest.mark.parametrize(
    ("file", "kind", "name", "row"),
    [
        ("bureau-enterprises.xlsx", "enterprises", "参会企业", 3),
        ("online-form-registrations.xlsx", "registrations", "Sheet1", 1),
        ("late-registrations-gb18030.csv", "registrations", "", 1),
        ("with-errors.xlsx", "registrations", "Sheet", 1),
    ],
)
def test_samples_are_known_by_their_headers(file: str, kind: str, name: str, row: int) -> None:
    """Kind, sheet and row of headers, though the registrations' headers would do for enterprises too."""
    start = begun(*spreadsheets.starts(DATA / file))
    found, likeliest = start.likeliest(KINDS)
    assert (found.name, likeliest) == (name, kind)
    place = start.header(name, kind)
    assert place is not None
    assert place.row == row
    assert place.fields > 2


def test_a_hidden_sheet_is_not_chosen() -> None:
    """However well its headers are known; it can be chosen by hand."""
    start = begun(sheet(("姓名", "手机号码"), name="名单"), sheet(LIST, name="旧", hidden=True))
    assert start.likeliest(KINDS)[0].name == "名单"
    assert start.sheet("旧").hidden


def test_unknown_headers_are_a_guess() -> None:
    """Nothing is known of them, so that the first kind is taken, and the place says how little it knows."""
    start = begun(sheet(("aa", "bb"), ("1", "2")))
    found, kind = start.likeliest(KINDS)
    assert kind == KINDS[0]
    place = start.header(found.name, kind)
    assert place is not None
    assert place.fields == 0
    assert begun(SheetStart("", 0, 0, False, ())).header("", kind) is None


def test_remembered_headers_are_known() -> None:
    """What an earlier import kept of headers counts as if they were the usual ones."""
    header = ("甲", "乙", "丙")
    kept = {"甲": "name", "乙": "phone", "丙": "title"}
    start = begun(
        sheet(("标题", "", ""), header, ("张伟", "13800000000", "主任")), known={header_digest(header): kept}
    )
    place = start.header("", "registrations")
    assert place is not None
    assert (place.row, place.fields) == (2, 3)


def _guesses(headers: tuple[str, ...], said: dict[str, str]) -> tuple[ColumnGuess, ...]:
    fields = recognise(headers, "registrations", said).fields
    return tuple(ColumnGuess(place, text, fields.get(place), ()) for place, text in enumerate(headers))


def test_a_correction_takes_a_field_from_the_column_that_had_it() -> None:
    """So that no two columns ever hold the same, whatever was corrected before."""
    headers = ("姓名", "手机号码", "备用电话", "")
    said: dict[str, str] = {}
    for column, field in ((2, "phone"), (1, "phone"), (3, "phone"), (3, "-"), (2, "phone")):
        columns = _guesses(headers, said)
        said = corrected(said, columns, columns[column], field)
        held = [guess.field for guess in _guesses(headers, said) if guess.field]
        assert len(held) == len(set(held))
        assert _guesses(headers, said)[column].field == (None if field == "-" else field)
    assert _guesses(headers, said)[0].field == "name"


def test_columns_without_a_name_of_their_own_go_by_their_letter() -> None:
    """An empty header, and one that stands twice."""
    columns = _guesses(("单位", "电话", "电话", ""), {})
    assert [name_of(column, columns) for column in columns] == ["单位", "B", "C", "D"]


def test_of_twins_the_first_is_taken() -> None:
    """Two columns with the header of a required field can be imported all the same."""
    header = ("电话", "姓名", "姓名")
    said = first_of_twins(Row(1, header), ["姓名"], "name")
    assert recognise(header, "registrations", said).column("name") == 1
    assert HeaderRecogniser("registrations", said).score(header) == 2
