"""Spreadsheet files for tests, honest and hostile ones, made on the spot."""

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import xlwt

_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/{{kind}}" Target="{{target}}"/></Relationships>'
)
_WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{}</sheetData></worksheet>"
)
_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="S">{}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def xlsx(
    path: Path, rows: Sequence[Sequence[object]], *, at: tuple[int, int] = (1, 1), title: str = "S"
) -> Path:
    """Write one sheet whose first cell stands at this row and column."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for down, row in enumerate(rows):
        for right, value in enumerate(row):
            sheet.cell(at[0] + down, at[1] + right, value)
    book.save(path)
    return path


def xls(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """Write one sheet in the old binary format."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("S")
    for down, row in enumerate(rows):
        for right, value in enumerate(row):
            sheet.write(down, right, value)
    book.save(str(path))
    return path


def ods(path: Path, rows: Sequence[Sequence[str]], *, more: str = "") -> Path:
    """Write one sheet of texts as an OpenDocument spreadsheet, with more rows as XML below."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", _ODS.format(cells + more))
    return path


def raw_xlsx(path: Path, rows: str, *, extra: dict[str, bytes] | None = None) -> Path:
    """Write a sheet from the XML of its rows, whatever it says."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
        archive.writestr("_rels/.rels", _RELATION.format(kind="officeDocument", target="xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", _WORKBOOK)
        archive.writestr(
            "xl/_rels/workbook.xml.rels", _RELATION.format(kind="worksheet", target="worksheets/s.xml")
        )
        archive.writestr("xl/worksheets/s.xml", _SHEET.format(rows))
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return path


def inline(place: str, text: str) -> str:
    """The XML of a cell that holds a text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def understate_size(path: Path, name: str, *, real: int, said: int) -> None:
    """Make an archive's directory say that an entry unfolds to less than it does."""
    data = path.read_bytes()
    assert struct.pack("<I", real) in data
    path.write_bytes(data.replace(struct.pack("<I", real), struct.pack("<I", said)))
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo(name).file_size == said
