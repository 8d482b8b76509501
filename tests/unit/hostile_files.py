"""Files that nobody should be afraid to choose: each is made small on disk, with what is to be said of it.

`REFUSED` maps a name to how the file is made and the code of the refusal; `READ` to how it is made and the cells of
the one row of its table.
"""

import codecs
import contextlib
import datetime as dt
import gzip
import os
import re
import socket
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import xlsxwriter
import xlwt

from tests.unit import make_spreadsheets as make

Make = Callable[[Path], Path]

HEADER = ("姓名", "手机号码", "单位名称")
PERSON = ("样例甲", "19900001000", "样例科达有限公司")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {to} "{f"&{of};" * 10}">' for of, to in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
XXE = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def text_line(cells: tuple[str, ...]) -> str:
    """Cells as a line of a text file."""
    return ",".join(cells) + "\r\n"


LIST = text_line(HEADER) + text_line(PERSON)


def header_row() -> str:
    """The header as the XML of a row."""
    return (
        '<row r="1">'
        + "".join(make.inline(f"{c}1", t) for c, t in zip("ABC", HEADER, strict=True))
        + "</row>"
    )


def person_row(number: int = 2, **attributes: str) -> str:
    """The person as the XML of a row."""
    told = "".join(f' {name}="{value}"' for name, value in attributes.items())
    cells = "".join(make.inline(f"{c}{number}", t) for c, t in zip("ABC", PERSON, strict=True))
    return f'<row r="{number}"{told}>{cells}</row>'


def holding(suffix: str, data: bytes | str, encoding: str = "utf-8") -> Make:
    """Makes a file of these bytes."""

    def made(folder: Path) -> Path:
        path = folder / f"list{suffix}"
        path.write_bytes(data if isinstance(data, bytes) else data.encode(encoding))
        return path

    return made


def sheet(rows: str, **parts: bytes) -> Make:
    """Makes an XLSX file from the XML of its rows, with more parts: `xl__styles_xml` is xl/styles.xml."""
    extra = {_part(name): data for name, data in parts.items()}
    return lambda folder: make.raw_xlsx(folder / "list.xlsx", rows, extra=extra)


def _part(name: str) -> str:
    folders, _, ending = name.rpartition("_")
    return folders.replace("__", "/") + "." + ending


def changed(part: str, change: Callable[[bytes], bytes], suffix: str = ".xlsx") -> Make:
    """Makes an honest workbook with one part changed."""

    def made(folder: Path) -> Path:
        whole, path = make.xlsx(folder / "honest.xlsx", [HEADER, PERSON]), folder / f"list{suffix}"
        with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                data = source.read(name)
                target.writestr(name, change(data) if name == part else data)
        return path

    return made


def without(part: str) -> Make:
    """Makes an honest workbook that lacks one part."""

    def made(folder: Path) -> Path:
        whole, path = make.xlsx(folder / "honest.xlsx", [HEADER, PERSON]), folder / "list.xlsx"
        with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
            for name in source.namelist():
                if name != part:
                    target.writestr(name, source.read(name))
        return path

    return made


def values(*cells: object) -> Make:
    """Makes a workbook of one row below the header, by openpyxl."""
    return lambda folder: make.xlsx(folder / "list.xlsx", [HEADER, cells])


def archive(suffix: str, **parts: bytes) -> Make:
    """Makes a ZIP archive of parts."""

    def made(folder: Path) -> Path:
        with zipfile.ZipFile(path := folder / f"list{suffix}", "w") as target:
            for name, data in parts.items():
                target.writestr(_part(name), data)
        return path

    return made


def _loop(folder: Path) -> Path:
    (folder / "list.xlsx").symlink_to(folder / "other.xlsx")
    (folder / "other.xlsx").symlink_to(folder / "list.xlsx")
    return folder / "list.xlsx"


def _dangling(folder: Path) -> Path:
    (folder / "list.xlsx").symlink_to(folder / "nowhere.xlsx")
    return folder / "list.xlsx"


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "list.csv")
    return folder / "list.csv"


def _socket(folder: Path) -> Path:
    with socket.socket(socket.AF_UNIX) as made, contextlib.chdir(folder):  # its path must be short
        made.bind("s.csv")
    return folder / "s.csv"


def _folder(folder: Path) -> Path:
    (folder / "list.xlsx").mkdir()
    return folder / "list.xlsx"


def _sparse(folder: Path) -> Path:
    with (folder / "list.csv").open("wb") as file:
        file.truncate(5 << 30)
    return folder / "list.csv"


def _named(name: str) -> Make:
    def made(folder: Path) -> Path:
        return make.xlsx(folder / "list.xlsx", [HEADER, PERSON]).rename(folder / name)

    return made


def _told_size(folder: Path) -> Path:
    path = make.raw_xlsx(folder / "list.xlsx", header_row(), extra={"xl/sharedStrings.xml": b"x" * 12345})
    make.understate_size(path, "xl/sharedStrings.xml", real=12345, said=600 << 20)
    return path


def _bomb(folder: Path) -> Path:
    size = 600 << 20
    with zipfile.ZipFile(path := folder / "list.xlsx", "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("xl/workbook.xml", "<workbook/>")
        with target.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            for _ in range(size >> 20):
                part.write(bytes(1 << 20))
    return path


def _encrypted(folder: Path) -> Path:
    path = make.xlsx(folder / "list.xlsx", [HEADER, PERSON])
    data = bytearray(path.read_bytes())
    place = 0
    while (place := data.find(b"PK\x01\x02", place)) >= 0:
        data[place + 8] |= 1
        place += 4
    path.write_bytes(data)
    return path


def _cut(folder: Path) -> Path:
    path = make.xlsx(folder / "list.xlsx", [HEADER, PERSON])
    path.write_bytes(path.read_bytes()[:-200])
    return path


def _flipped(folder: Path) -> Path:
    path = make.xlsx(folder / "list.xlsx", [HEADER, PERSON])
    with zipfile.ZipFile(path) as archived:
        entry = archived.getinfo("xl/worksheets/sheet1.xml")
    data = bytearray(path.read_bytes())
    data[entry.header_offset + 30 + len(entry.filename) + 20] ^= 0xFF
    path.write_bytes(data)
    return path


def _xls_cut(folder: Path) -> Path:
    path = make.xls(folder / "list.xls", [HEADER, PERSON])
    path.write_bytes(path.read_bytes()[:700])
    return path


def _xls_far(folder: Path) -> Path:
    book = xlwt.Workbook()
    sheet_of = book.add_sheet("S")
    sheet_of.write(0, 0, HEADER[0])
    sheet_of.write(65_535, 255, 1)
    book.save(str(folder / "list.xls"))
    return folder / "list.xls"


def _xls_password(folder: Path) -> Path:
    path = make.xls(folder / "list.xls", [HEADER, PERSON])
    data = path.read_bytes()
    marked = data.replace(
        b"\x19\x00\x02\x00\x00\x00", b"\x2f\x00\x02\x00\x00\x00", 1
    )  # protection becomes password
    assert marked != data
    path.write_bytes(marked)
    return path


def _charts(folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.create_chartsheet("图")
    book.remove(book["Sheet"])
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"


def _all_hidden(folder: Path) -> Path:
    path = make.xlsx(folder / "list.xlsx", [HEADER, PERSON])
    book = openpyxl.load_workbook(path)
    book.create_sheet("封面")
    book["S"].sheet_state = "veryHidden"
    book.save(path)
    return path


def _macros(folder: Path) -> Path:
    return changed("xl/workbook.xml", lambda data: data, ".xlsm")(folder)


def _opendocument(beginning: str) -> Make:
    def made(folder: Path) -> Path:
        whole, path = make.ods(folder / "honest.ods", [HEADER, PERSON]), folder / "list.ods"
        with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
            for name in source.namelist():
                target.writestr(
                    name, (beginning.encode() if name == "content.xml" else b"") + source.read(name)
                )
        return path

    return made


def _repeated(repeats: str) -> Make:
    cell = f'<table:table-cell {repeats} office:value-type="string"><text:p>x</text:p></table:table-cell>'
    row = f"<table:table-row>{cell}</table:table-row>"
    return lambda folder: make.ods(folder / "list.ods", [HEADER], more=row)


def _openpyxl(change: Callable[[openpyxl.Workbook], None], *rows: tuple[object, ...]) -> Make:
    def made(folder: Path) -> Path:
        path = make.xlsx(folder / "list.xlsx", [HEADER, *rows])
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)
        return path

    return made


def _epoch_1904(folder: Path) -> Path:
    with xlsxwriter.Workbook(
        folder / "list.xlsx", {"date_1904": True, "default_date_format": "yyyy-mm-dd"}
    ) as book:
        written = book.add_worksheet()
        written.write_row(0, 0, ["姓名", "职务"])
        written.write(1, 0, "样例甲")
        written.write_datetime(1, 1, dt.datetime(2019, 4, 25))  # noqa: DTZ001
    return folder / "list.xlsx"


_WEB_PAGE = '<html><head><meta charset="gbk"></head><body><table><tr><td>姓名</td></tr></table></body></html>'
_XML_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)
_SHARED = '<row r="2"><c r="A2" t="s"><v>{}</v></c></row>'
_LINES = text_line(HEADER).encode()
_JUNK = bytes(range(128, 256)) * 8

REFUSED: dict[str, tuple[Make, str]] = {
    # No file to read
    "a folder": (_folder, "file-is-folder"),
    "a pipe": (_pipe, "file-is-device"),
    "a socket": (_socket, "file-is-device"),
    "a device": (lambda _folder: Path("/dev/zero"), "file-is-device"),
    "links in a circle": (_loop, "file-unreadable"),
    "a link to nothing": (_dangling, "file-missing"),
    "a name with NUL": (lambda folder: folder / "li\0st.xlsx", "file-missing"),
    "a name without end": (lambda folder: folder / ("x" * 5000), "file-unreadable"),
    "nothing": (holding(".xlsx", b""), "file-empty"),
    "five gigabytes of nothing": (_sparse, "too-large"),
    "an office lock file": (_named("~$list.xlsx"), "file-lock"),
    "LibreOffice's lock file": (_named(".~lock.list.xlsx#"), "file-lock"),
    # Something else under a spreadsheet's name
    "a PDF": (holding(".xlsx", b"%PDF-1.4\n%\xe2\xe3\n"), "file-no-table"),
    "a picture": (holding(".csv", b"\x89PNG\r\n\x1a\n\0\0"), "file-no-table"),
    "a text document": (archive(".xlsx", word__document_xml=b"<w/>"), "file-no-table"),
    "an RTF document": (holding(".xls", r"{\rtf1 x}"), "file-no-table"),
    "a web page": (holding(".xls", _WEB_PAGE, "gbk"), "file-other-kind"),
    "a saved web page": (holding(".xls", "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n"), "file-other-kind"),
    "a spreadsheet in XML": (holding(".xls", _XML_2003), "file-other-kind"),
    "a binary workbook": (archive(".xlsb", xl__workbook_bin=b"x"), "file-other-kind"),
    "gzip": (holding(".csv", gzip.compress(LIST.encode())), "file-packed"),
    "7z": (holding(".csv", b"7z\xbc\xaf\x27\x1c" + _JUNK), "file-packed"),
    "RAR": (holding(".xlsx", b"Rar!\x1a\x07\x01\0" + _JUNK), "file-packed"),
    "an archive with a spreadsheet in it": (archive(".xlsx", list_xlsx=b"PK"), "file-packed"),
    "an empty archive": (holding(".xlsx", b"PK\x05\x06" + bytes(18)), "file-packed"),
    "junk": (holding(".xlsx", _JUNK[:-1] + b"\xff"), "not-a-spreadsheet"),
    # Archives
    "an archive that says it unfolds to too much": (_told_size, "too-large"),
    "an archive cut short": (_cut, "file-broken"),
    "an archive with a wrong byte": (_flipped, "file-broken"),
    "an archive that is a beginning only": (holding(".xlsx", b"PK\x03\x04" + bytes(100)), "file-broken"),
    "an encrypted archive": (_encrypted, "file-protected"),
    "no workbook in it": (without("xl/workbook.xml"), "file-broken"),
    "no relations in it": (without("xl/_rels/workbook.xml.rels"), "file-broken"),
    "no sheet in it": (without("xl/worksheets/sheet1.xml"), "file-broken"),
    "only a chart sheet": (_charts, "sheets-none"),
    "everything hidden": (_all_hidden, "sheets-hidden"),
    "a sheet without rows": (sheet(""), "file-empty"),
    # The XML of a workbook
    "billion laughs": (
        sheet(header_row() + _SHARED.format(0), xl__sharedStrings_xml=f"{LAUGHS}<sst><si><t>&j;</t></si></sst>".encode()),
        "file-broken",
    ),
    "billion laughs in a sheet's name": (
        changed("xl/workbook.xml", lambda data: LAUGHS.encode() + data.replace(b'name="S"', b'name="&j;"')),
        "file-broken",
    ),
    "billion laughs, ODS": (_opendocument(LAUGHS), "file-broken"),
    "another file drawn in": (
        sheet(header_row() + _SHARED.format(0), xl__sharedStrings_xml=f"{XXE}<sst><si><t>&j;</t></si></sst>".encode()),
        "file-broken",
    ),
    "a shared text that is not there": (sheet(header_row() + _SHARED.format(99)), "file-broken"),
    "a shared text before the first": (sheet(header_row() + _SHARED.format(-1)), "file-broken"),
    "memory announced": (
        sheet(header_row(), xl__sharedStrings_xml=b'<sst uniqueCount="999999999999"><si><t>x</t></si></sst>'), "file-broken",
    ),
    "XML in another encoding": (
        changed("xl/worksheets/sheet1.xml", lambda data: data.decode().replace("UTF-8", "UTF-16").encode("utf-16")),
        "file-broken",
    ),
    "XML cut short": (sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>姓名'), "file-broken"),
    "row 0": (sheet(header_row() + '<row r="0"><c r="A0"><v>1</v></c></row>'), "file-broken"),
    "a row before the first": (sheet(header_row() + '<row r="-5"><c r="A-5"><v>1</v></c></row>'), "file-broken"),
    "a row without end": (sheet(header_row() + f'<row r="{"9" * 20}"><c r="A{"9" * 20}"><v>1</v></c></row>'), "file-broken"),
    "a row that wraps around": (sheet(header_row() + '<row><c r="A4294967298"><v>1</v></c></row>'), "file-broken"),
    "a column without end": (sheet(header_row() + '<row r="2"><c r="AAAAAAA2"><v>1</v></c></row>'), "file-broken"),
    "a place that is none": (sheet(header_row() + '<row r="2"><c r="!!"><v>1</v></c></row>'), "file-broken"),
    "a place written in entities": (sheet(header_row() + '<row r="2"><c r="XF&#68;2"><v>1</v></c></row>'), "file-broken"),
    "merges that are none": (
        sheet(header_row() + '</sheetData><mergeCells><mergeCell ref="x"/></mergeCells><sheetData>'),
        "file-broken",
    ),
    "1,000 columns": (lambda folder: make.xlsx(folder / "list.xlsx", [[*HEADER, *map(str, range(997))]]), "too-large"),
    "the last cell of all": (
        sheet(header_row() + f'<row r="1048576">{make.inline("XFD1048576", "x")}</row>'), "too-large",
    ),
    # XLS and ODS
    "a protected workbook": (holding(".xlsx", OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le")), "file-protected"),
    "a protected XLS": (_xls_password, "file-protected"),
    "an XLS cut short": (_xls_cut, "file-broken"),
    "an XLS of zeros": (holding(".xls", OLE + bytes(600)), "file-broken"),
    "an XLS of ones": (holding(".xls", OLE + b"\xff" * 4000), "file-broken"),
    "the last cell of an XLS": (_xls_far, "too-large"),
    "a protected ODS": (
        archive(".ods", content_xml=b"\x01\x02", **{"META-INF__manifest_xml": b"<manifest:encryption-data/>"}),
        "file-protected",
    ),
    "a cell repeated without end, ODS": (_repeated('table:number-columns-repeated="16384"'), "too-large"),
    "a number of repeats that is none, ODS": (_repeated('table:number-columns-repeated="many"'), "file-broken"),
    # Text
    "NUL in a cell": (holding(".csv", LIST.encode().replace(b"1000", b"1\x00000")), "text-nul"),
    "half a surrogate": (holding(".csv", "姓名\r\n\ud800\r\n".encode("utf-8", "surrogatepass")), "encoding-mixed"),
    "two encodings": (holding(".csv", _LINES + text_line(PERSON).encode("gb18030")), "encoding-mixed"),
    "Shift-JIS": (holding(".csv", "氏名,会社\r\nてすと,カブ\r\n", "shift-jis"), "header-not-found"),
    "a mark of UTF-8 only": (holding(".csv", codecs.BOM_UTF8), "file-empty"),
    "a mark of UTF-16 and a half": (holding(".csv", b"\xff\xfe\xfd"), "not-a-spreadsheet"),
    "blank lines only": (holding(".csv", "\r\n" * 1000 + " , , \r\n"), "file-empty"),
    "no header": (holding(".csv", "hello world\r\n"), "header-not-found"),
    "a quote left open": (holding(".csv", _LINES + '"甲,1,2\r\n乙,1,2\r\n'.encode()), "quotes-broken"),
    "1,000 columns of text": (holding(".csv", _LINES + b"," * 1000 + b"\r\n"), "too-large"),
    "a line without end": (holding(".csv", _LINES + b"x" * 3_000_000), "row-too-long"),
    "a quoted cell without end": (holding(".csv", _LINES + b'"' + b"x\n" * 200_000), "row-too-long"),
    "blank lines without end": (holding(".csv", _LINES + b"\n" * 1_100_000), "too-large"),
}  # fmt: skip

READ: dict[str, tuple[Make, tuple[str, ...]]] = {
    "a workbook under a text's name": (changed("xl/workbook.xml", lambda data: data, ".csv"), PERSON),
    "an XLS under an XLSX's name": (lambda f: make.xls(f / "l.xls", [HEADER, PERSON]).rename(f / "list.xlsx"), PERSON),
    "text under an XLS's name": (holding(".xls", LIST.replace(",", "\t"), "gb18030"), PERSON),
    "UTF-16 without a mark": (holding(".csv", LIST, "utf-16-le"), PERSON),
    "UTF-16 the other way": (holding(".csv", LIST, "utf-16-be"), PERSON),
    "UTF-32": (holding(".csv", LIST, "utf-32"), PERSON),
    "Big5": (holding(".csv", "姓名,手機,單位\r\n樣例甲,1,樣例公司\r\n", "big5"), ("樣例甲", "1", "樣例公司")),
    "Latin-1": (
        holding(".csv", "Name;Phone;Company\r\nJosé Müller;1;Café “Ö”\r\n", "cp1252"), ("José Müller", "1", "Café “Ö”"),
    ),
    "lines ended as on an old Mac": (holding(".csv", LIST.replace("\r\n", "\r")), PERSON),
    "macros": (_macros, PERSON),
    "strict OOXML": (
        changed("xl/workbook.xml", lambda data: data.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main")),
        PERSON,
    ),
    "shared texts missing": (without("xl/sharedStrings.xml"), PERSON),
    "no styles": (without("xl/styles.xml"), PERSON),
    "no content types": (without("[Content_Types].xml"), PERSON),
    "entries that climb": (
        lambda folder: make.raw_xlsx(folder / "list.xlsx", header_row() + person_row(), extra={"../../evil.txt": b"x"}),
        PERSON,
    ),
    "no places in it": (
        sheet(re.sub(r' r="\w+"', "", header_row() + person_row())), PERSON,
    ),
    "control characters": (
        sheet(header_row() + f'<row r="2">{make.inline("A2", "甲&#x1b;[31m")}</row>'), ("甲\x1b[31m", "", ""),
    ),
    "characters written as codes": (
        sheet(header_row() + f'<row r="2">{make.inline("A2", "甲_x000D_")}</row>'), ("甲", "", ""),
    ),
    "numbers beyond all": (
        sheet(header_row() + '<row r="2"><c r="A2"><v>1e308</v></c><c r="B2"><v>1e999</v></c><c r="C2"><v>x</v></c></row>'),
        ("1E+308", "INF", "x"),
    ),
    "a cell of three million characters": (
        sheet(header_row() + f'<row r="2">{make.inline("A2", "x" * 3_000_000)}</row>'), ("x" * 40_000, "", ""),
    ),
    "a cell of 32,767 characters": (values("甲" * 32_767, "1", "x"), ("甲" * 32_767, "1", "x")),
    "DDE": (sheet(
        header_row() + '<row r="2"><c r="A2" t="str"><f>cmd|\'/C calc\'!A0</f><v>=cmd|calc</v></c></row>',
        xl__externalLinks__externalLink1_xml=b"<externalLink/>"), ("=cmd|calc", "", "")),
    "the header in row 40": (lambda folder: make.xlsx(folder / "list.xlsx", [*[["说明"]] * 39, HEADER, PERSON]), PERSON),
    "headers twice and blank": (
        lambda folder: make.xlsx(folder / "list.xlsx", [[*HEADER, "手机号码", None, "职务"], [*PERSON, "2", "", "c"]]),
        (*PERSON, "2", "", "c"),
    ),
    "data merged across": (_openpyxl(lambda book: book["S"].merge_cells("A2:B2"), ("甲", None, "x")), ("甲", "", "x")),
    "a day before 1900": (
        sheet(header_row() + '<row r="2"><c r="A2"><v>-5</v></c><c r="B2" t="d"><v>1899-12-01</v></c></row>'),
        ("-5", "1899-12-01", ""),
    ),
    "days counted from 1904": (_epoch_1904, ("样例甲", "2019-04-25")),
    "a size that is not so": (
        sheet(header_row() + person_row() + '</sheetData><dimension ref="A1:XFD1048576"/><sheetData>'), PERSON,
    ),
    "tags nested without end": (sheet(header_row() + person_row() + "<a>" * 100_000), PERSON),
}  # fmt: skip


def poured(beginning: bytes, piece: bytes, times: int) -> Make:
    """Makes a text file without holding it."""

    def made(folder: Path) -> Path:
        with (path := folder / "list.csv").open("wb") as file:
            file.write(beginning)
            for _ in range(times):
                file.write(piece)
        return path

    return made


def poured_sheet(pieces: Callable[[], Iterable[str]], **parts: bytes) -> Make:
    """Makes an XLSX file without holding its rows."""

    def made(folder: Path) -> Path:
        path, whole = folder / "list.xlsx", sheet("", **parts)(folder).rename(folder / "frame.xlsx")
        with (
            zipfile.ZipFile(whole) as source,
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
        ):
            for name in source.namelist():
                if name != "xl/worksheets/s.xml":
                    target.writestr(name, source.read(name))
            with target.open("xl/worksheets/s.xml", "w", force_zip64=True) as part:
                part.write(f"<worksheet {MAIN}><sheetData>{header_row()}{person_row()}".encode())
                for piece in pieces():
                    part.write(piece.encode())
                part.write(b"</sheetData></worksheet>")
        return path

    return made


def _rows(end: int, cells: str) -> Callable[[], Iterable[str]]:
    return lambda: (f'<row r="{row}">{cells}</row>' for row in range(3, end))


def _texts(folder: Path) -> Path:
    texts = b"<sst>" + b"<si><t>x</t></si>" * 7_000_000 + b"</sst>"
    return poured_sheet(lambda: (), xl__sharedStrings_xml=texts)(folder)


_MEGABYTE = 1_000_000

HEAVY: dict[str, tuple[Make, str]] = {
    "a zip bomb": (_bomb, "too-large"),
    "a gigabyte of blanks": (poured_sheet(lambda: (" " * _MEGABYTE for _ in range(1000))), "too-large"),
    "half a gigabyte of blanks": (poured_sheet(lambda: (" " * _MEGABYTE for _ in range(500))), ""),
    "rows of nothing": (poured_sheet(_rows(999_000, "")), ""),
    "formatted cells of nothing": (poured_sheet(_rows(300_000, "<c s='0'/>" * 25)), ""),
    "as many cells as are read": (poured_sheet(_rows(240_000, "<c><v>1</v></c>" * 20)), ""),
    "shared texts without end": (_texts, ""),
    "95 MB in one line": (poured(_LINES, b"x" * _MEGABYTE, 95), "row-too-long"),
    "300 MB in one line": (poured(_LINES, b"x" * _MEGABYTE, 300), "too-large"),
    "95 MB of commas": (poured(_LINES, b"," * _MEGABYTE, 95), "row-too-long"),
    "95 MB of quotes": (poured(_LINES, b'"' * _MEGABYTE, 95), "row-too-long"),
    "95 MB of short rows": (poured(_LINES, b"x\n" * (_MEGABYTE // 2), 95), "too-large"),
    "95 MB of blank lines": (poured(_LINES, b"\n" * _MEGABYTE, 95), "too-large"),
}  # fmt: skip
"""What takes memory and time if it is let: the code of the refusal, or nothing where it is read."""
