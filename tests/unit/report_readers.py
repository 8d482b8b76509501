"""Readers of reports that are not the writers' own: each tells the text that is shown, and refuses what would act.

A reader of a format takes the file's bytes, asserts that nothing in it acts, and gives the text without white space.
"""

import csv
import io
import re
import unicodedata
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import openpyxl
import pypdfium2
from markdown_it import MarkdownIt

STEERING = re.compile("[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters but for line feeds, and what turns the reading direction."""


def squeezed(text: str) -> str:
    """Without white space, as a text may be broken into lines anywhere."""
    return "".join(text.split())


def terminal(data: bytes) -> str:
    """Nothing but texts, colours and line feeds reach a terminal."""
    text = re.sub("\x1b\\[[0-9;]*m", "", data.decode("utf-8"))
    assert not STEERING.search(text)
    return squeezed(text)


_INLINE = {"text", "softbreak", "hardbreak", "strong_open", "strong_close", "em_open", "em_close"}
_BLOCKS = {
    "inline",
    "heading",
    "paragraph",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "blockquote",
    "bullet_list",
}
_BLOCKS |= {"list_item"}


def markdown(data: bytes) -> str:
    """Headings, paragraphs, lists and whole tables; no HTML, link, picture or code."""
    text = data.decode("utf-8")
    assert not STEERING.search(text)
    shown, width, cells = [], 0, 0
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        assert re.sub("_(open|close)$", "", token.type) in _BLOCKS, token
        width = 0 if token.type == "thead_open" else width + (token.type == "th_open")
        cells = 0 if token.type == "tr_open" else cells + (token.type in ("th_open", "td_open"))
        assert token.type != "tr_close" or cells == width
        for part in token.children or ():
            assert part.type in _INLINE, part
            assert part.tag != "strong" or part.markup == "**"
            shown.append(part.content)
    return squeezed("".join(shown))


_TAGS = re.compile(
    "html|head|meta|title|style|body|header|main|nav|section|footer|aside|h[123]|p|[uod]l|li|d[dt]|br|bdi|span|div|"
    "table|caption|thead|tbody|t[rhd]|figure|figcaption|img|a|svg|desc|rect|line|path|text"
)
_EMPTY = ("meta", "br", "img")


class _Html(HTMLParser):
    """The texts of a page; tags and attributes are those that a report needs."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing that fetches, runs or leads out of the page."""
        assert _TAGS.fullmatch(tag), tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name != "href" or (value or "").startswith("#"), value
            assert name not in ("src", "srcset", "xlink:href") or (value or "").startswith("data:image/"), (
                value
            )
            assert name != "style" or re.fullmatch(r"width: [0-9.]+%", value or ""), value
            assert not STEERING.search(value or "")
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Every element ends in its place."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Texts but for the style sheet."""
        assert not STEERING.search(data), data
        if self.open and self.open[-1] != "style":
            self.shown.append(data)

    def handle_comment(self, data: str) -> None:
        """There is none."""
        raise AssertionError(data)

    handle_pi = unknown_decl = handle_comment


def html(data: bytes) -> str:
    """Elements of a report and their texts."""
    page = _Html()
    page.feed(data.decode("utf-8"))
    page.close()
    assert page.open == []
    return squeezed("".join(page.shown))


def pdf(data: bytes) -> str:
    """The letters of the pages; no script or link to elsewhere. Rare letters are outlines, which no reader knows."""
    assert not re.search(rb"/(JavaScript|JS|Launch|URI|EmbeddedFile|OpenAction)\b", data)
    found = pypdfium2.PdfDocument(data)
    text = "".join(page.get_textpage().get_text_range() for page in found)
    return plain(text)


def plain(text: str) -> str:
    """What of a text is letters, digits and signs that every font has."""
    return "".join(char for char in unicodedata.normalize("NFKD", squeezed(text)) if " " < char < "\x7f")


def workbook(data: bytes) -> str:
    """Cells, column by column, of which none is a formula; links stay in the file, and nothing is fetched from elsewhere."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            part = parts.read(name)
            assert not re.search(rb"<(\w+:)?(f|dataConsolidate|oleObject)[ >/]", part), name
            assert b'TargetMode="External"' not in part, name
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [
        cell for sheet in book for column in sheet.iter_cols() for cell in column if cell.value is not None
    ]
    assert all(cell.data_type != "f" for cell in cells)
    assert all(not STEERING.search(str(cell.value)) for cell in cells)
    return squeezed("".join(re.sub("^'(?=[=+@-])", "", str(cell.value)) for cell in cells))


def document(data: bytes) -> str:
    """The paragraphs of a text document; its fields tell of pages, and nothing is fetched from elsewhere."""
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    shown = []
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            part = parts.read(name)
            assert b'TargetMode="External"' not in part, name
            if not name.startswith("word/") or not name.endswith(".xml"):
                continue
            root = ET.fromstring(part)
            fields = [field.text or "" for field in root.iter(f"{word}instrText")]
            fields += [field.get(f"{word}instr", "") for field in root.iter(f"{word}fldSimple")]
            assert all(
                field.split()[0] in ("PAGE", "NUMPAGES", "TOC", "PAGEREF", "SEQ") for field in fields
            ), fields
            shown += [text.text or "" for text in root.iter(f"{word}t")]
    assert not any(STEERING.search(text) for text in shown)
    return squeezed("".join(shown))


def comma_separated(data: bytes) -> str:
    """Cells of which no spreadsheet makes a formula."""
    text = data.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    for cell in cells:
        assert not STEERING.search(cell.replace("\r\n", "\n"))
        first = unicodedata.normalize("NFKC", cell).lstrip()[:1]
        assert first not in ("=", "@", "+", "-") or re.fullmatch(r"[+-][\d\s().,%-]*", cell), cell
    return squeezed("".join(cells))
